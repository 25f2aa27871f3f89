"""Reports in another language: each message is in its catalogue, and no page speaks English."""

import re
from collections.abc import Iterator
from datetime import date
from gettext import NullTranslations
from string import Formatter

import pytest

from roc.config import load
from roc.reports import (
    audit,
    audit_page,
    budget,
    budget_page,
    outcomes,
    outcomes_page,
    project,
    project_page,
    text,
    weekly,
    weekly_page,
    words,
)
from roc.reports.document import Block, Bullets, Document, Paragraph, Picture, Table, Tiles
from roc.reports.sharing import hidden
from roc.reports.spending import Plan
from roc.reports.words import LANGUAGES, say, speaking
from roc.reports.years import quarter_ends
from roc.workflows.measuring import measured_on, viewed_with_return, weeks_before
from roc.workflows.reporting import demo
from tests.catalogue import OTHERS, catalogue, path, renewed
from tests.shell import Shell

JOURNAL = """
2026-01-05 me -> ana, ben dinner
2026-02-01 me -> ana mail
2026-02-02 ana -> me reply
2026-02-26 me -> ana mail
"""


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_holds_what_reports_say_and_nothing_else(language: str) -> None:
    assert path(language).read_bytes() == renewed(language), "bring it up: make tree"


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated_with_the_values_that_it_tells(language: str) -> None:
    for message in catalogue(language):
        for said, told in zip(_forms(message.id), _forms(message.string), strict=True):
            assert told or not said, f"{said!r} has no translation"
            assert _values(told) == _values(said), said


def _forms(told: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [told] if isinstance(told, str) else list(told or ())


def _values(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


class Bracketed(NullTranslations):
    """A language of brackets: what is said in it stands in ⟦⟧."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


@pytest.fixture(scope="module")
def bracketed(tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    """The reports on the invented network, names hidden, in a language of brackets."""
    shown = demo(tmp_path_factory.mktemp("words") / "demo")
    config, day = load(shown.config), shown.day
    with (
        pytest.MonkeyPatch.context() as patch,
        viewed_with_return(config, as_of=day) as (_, view, back),
    ):
        patch.setattr(words, "_catalogue", lambda _: Bracketed())
        people = hidden(view.people, view.measures)
        earlier = weeks_before(view, weekly.HISTORY_WEEKS)
        week = weekly.build(
            people,
            view.contacts,
            view.exchanges,
            view.measures,
            earlier[-1],
            view.parameters,
            history=[one.network for one in earlier],
            problems=3,
            undated=2,
        )
        whole = audit.build(people, view.contacts, view.declared, view.measures, view.parameters)
        spring = project.build(
            people,
            view.contacts,
            view.parameters,
            start=date(2026, 3, 1),
            end=date(2026, 5, 31),
            as_of=day,
        )
        facts = (back.gatherings, back.outcomes)
        spent = budget.build(
            people, view.contacts, *facts, view.day, view.parameters, plans=[Plan("2026-Q4", 9.0)]
        )
        ends = [*measured_on(view, quarter_ends(view.day, 2)[:-1]), view.measures]
        came = outcomes.build(people, view.contacts, *facts, ends, view.parameters)
        return [
            *(weekly_page.page(week), audit_page.page(whole), project_page.page(spring)),
            *(budget_page.page(spent), outcomes_page.page(came)),
        ]


def test_nothing_on_a_page_is_said_past_the_catalogue(bracketed: list[Document]) -> None:
    left = {_unsaid(told) for page in bracketed for told in _texts(page)} - {""}
    assert left == set()


def _unsaid(told: str) -> str:
    """What stands outside the brackets, without names, sources, dates and numbers."""
    while (inner := re.sub(r"⟦[^⟦⟧]*⟧", "", told)) != told:
        told = inner
    told = re.sub(r"\bP\d+\b|\d+ \w+ \d{4}|\d{4}-\d\d-\d\d|\b[A-E]\b", "", told)
    told = re.sub("LinkedIn|X|EUR|#harbour", "", told)
    return " ".join(re.findall(r"\w*[^\W\d_]{2,}\w*", told))


def _texts(page: Document) -> Iterator[str]:
    yield from (page.title, page.subtitle, page.origin, *page.lead, page.footer)
    for section in page.sections:
        yield section.title
        for block in section.blocks:
            yield from _said(block)


def _said(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield block.text
        case Bullets():
            yield from block.items
        case Tiles():
            for tile in block.tiles:
                yield from (tile.label, tile.value, tile.note)
        case Table():
            yield from (block.caption, *block.head)
            if "Settings of the scores" not in block.caption:  # names of the config
                yield from (cell for row in block.rows for cell in row)
        case Picture():
            yield from (block.drawing.title, block.drawing.alt)
            letters = re.findall(r"<text[^>]*>([^<]*)</text>", block.drawing.svg)
            yield from (letter for letter in letters if letter not in _months())


def _months() -> set[str]:
    return {text.short_month(date(2026, month, 1)) for month in range(1, 13)}


def test_a_report_is_in_the_language_that_the_config_names(roc: Shell) -> None:
    roc.write("config.toml", '[graph]\nfile = "me.graph"\n[report]\nlanguage = "de"\n')
    roc.write("journal.txt", JOURNAL)
    roc("collect", "journal.txt", "--config", "config.toml")
    roc("report", "--config", "config.toml", "--as-of", "2026-03-01")
    page = (roc.folder / "report-2026-03-01.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in page
    assert "<h1>Ihre Beziehungen diese Woche</h1>" in page
    assert "23. Februar 2026 bis 1. März 2026" in page


def test_numbers_are_written_as_the_language_does() -> None:
    with speaking("de"):
        assert text.count(1234567) == "1.234.567"
        assert text.decimal(-1234.56) == "−1.234,6"
        assert (text.percent(0.304), text.percent(0.001)) == ("30 %", "unter 1 %")
        assert [text.ago(days) for days in (0, 1, 3, 21, 800)] == [
            "heute",
            "gestern",
            "vor 3 Tagen",
            "vor 3 Wochen",
            "vor 2 Jahren",
        ]


def test_nobody_speaks_an_unknown_language() -> None:
    with pytest.raises(KeyError), speaking("tlh"):
        say("none")
    assert set(OTHERS) < set(LANGUAGES)
