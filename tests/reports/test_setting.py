import json
import os
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from roc.reports import (
    audit,
    audit_page,
    project,
    project_page,
    setting,
    text,
    weekly,
    weekly_page,
)
from roc.reports.document import Document, Section, Table
from roc.scoring.measures import Measures
from roc.scoring.parameters import ScoringParameters
from tests.reports.told import contacts, declared, exchanges, measures, people, tie

GOLDEN = Path(__file__).parent / "weekly.md"

THREE = """
    2026-01-05 me -> Ana message
    2026-02-20 Ana -> me reply
    2026-02-26 Ana -> me message
    2026-02-27 Ben -> me introduction linkedin
    2026-03-01 me -> Ben meeting calendar
"""

HOSTILE = (
    "me",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202egpj.ana\x00\x1b[31m",
    "$\\frac{1}{0}$ | [x](https://example.org) `rm`",
    "]]><!-- -->&amp;{{ 7*7 }}",
    "A" * 2**20,
    "王小明 أحمد",
)


def three_people(when: str, *, strength: float, two_way: int) -> Measures:
    return measures(
        when,
        tie(
            1,
            strength=strength,
            strength_low=strength - 5,
            strength_high=strength + 5,
            alive=0.8,
            given_days=1,
            received_days=2,
            given=1.0,
            received=2.0,
            balance=0.94,
            give_get=-0.4,
            silence_days=3,
            gap_days=26,
            known=1.1,
            trust=0.0,
            known_and_trusted=0.55,
            returned=0.4,
            invested=1.0,
            lever=4.0,
            owed_by_ego_days=3,
            attention_share=0.6,
        ),
        tie(
            2,
            strength=20,
            strength_low=2,
            strength_high=60,
            alive=0.6,
            given_days=1,
            received_days=2 if two_way > 1 else 0,
            given=4.0,
            received=4.3,
            balance=1.0,
            give_get=-0.1,
            silence_days=0,
            known=1.5,
            trust=0.5,
            known_and_trusted=1.125,
            returned=0.45,
            invested=4.0,
            lever=2.5,
            attention_share=0.4,
        ),
        roc_score=44.0,
        known_and_trusted=1.675,
        known=2.6,
        two_way_ties=two_way,
        people=2,
        weighted_reciprocity=0.82,
        reply_hours=30.0,
        attention_gini=0.1,
        inner_circle_share=1.0,
    )


def weekly_of_three(*, moved: bool = True) -> weekly.WeeklyReport:
    now = three_people("2026-03-01", strength=44, two_way=2)
    before = three_people("2026-02-22", strength=35 if moved else 44, two_way=1 if moved else 2)
    return weekly.build(
        people("me", "Ana", "Ben"),
        contacts(THREE),
        exchanges(THREE),
        now,
        before,
        ScoringParameters(),
        problems=1,
    )


def test_the_weekly_report_of_three_people_reads_as_expected() -> None:
    page = setting.as_markdown(weekly_page.page(weekly_of_three()))
    # The settings that follow are the scores' own.
    told = page.partition("Settings of the scores:")[0]
    if os.environ.get("ROC_ACCEPT"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")


def test_a_week_in_which_nothing_moved_makes_a_short_page() -> None:
    quiet = weekly_page.page(weekly_of_three(moved=False))
    assert quiet.lead[0] == "Nothing moved this week."
    titles = [section.title for section in quiet.sections]
    assert titles == [
        "The week in numbers",
        "Owed, both ways",
        "What you could do next",
        "Doubts",
        "Where the numbers come from",
        "The acts behind it",
    ]


def hostile_pages() -> Iterator[Document]:
    lines = "\n".join(
        f"2026-02-{10 + number} {sender} -> {recipient} reply"
        for number in range(1, 8)
        for sender, recipient in (("0", str(number)), (str(number), "0"))
    )
    numbered = tuple(str(number) for number in range(8))
    passed, turns = contacts(lines, numbered), exchanges(lines, numbered)
    who = people(*HOSTILE, organisations=HOSTILE)
    ties = [
        tie(
            number,
            "cooling",
            strength=90 - number,
            strength_low=80,
            strength_high=95,
            balance=0.9,
            give_get=0.1,
            given_days=5,
            received_days=5,
            given=2.0,
            received=2.0,
            silence_days=9,
            known=2.0,
            known_and_trusted=1.0,
            invested=1.0,
            returned=0.5,
            lever=0.5,
            owed_by_ego_days=4,
            attention_share=1 / 7,
        )
        for number in range(1, 8)
    ]
    network = {"known_and_trusted": 7.0, "known": 14.0, "roc_score": 50.0, "attention_gini": 0.0}
    now = measures("2026-03-01", *ties, **network)
    before = measures("2026-02-22", *[{**row, "strength": 10} for row in ties], **network)
    parameters = ScoringParameters()
    week = weekly.build(who, passed, turns, now, before, parameters)
    whole = audit.build(who, passed, declared(), now, parameters)
    work = project.build(
        who,
        passed,
        parameters,
        start=text.day(passed.day.min()),
        end=text.day(passed.day.max()),
        as_of=text.day(now.day),
        title=HOSTILE[1],
        named=True,
    )
    yield weekly_page.page(week)
    yield audit_page.page(whole)
    yield project_page.page(work)


def empty_pages() -> Iterator[Document]:
    now, nothing, parameters = measures("2026-03-01"), contacts(""), ScoringParameters()
    who = people("me")
    yield weekly_page.page(weekly.build(who, nothing, exchanges(""), now, None, parameters))
    yield audit_page.page(audit.build(who, nothing, declared(), now, parameters))
    day = text.day(now.day)
    empty = project.build(who, nothing, parameters, start=day, end=day, as_of=day)
    yield project_page.page(empty)


NAMES = ("weekly", "audit", "project")


@cache
def pages() -> dict[str, Document]:
    hostile = dict(zip(NAMES, hostile_pages(), strict=True))
    empty = dict(zip((f"no {name}" for name in NAMES), empty_pages(), strict=True))
    return {**hostile, **empty, "three": weekly_page.page(weekly_of_three())}


class Page(HTMLParser):
    """What a browser sees: elements in order, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in {"meta", "img", "br", "link", "hr"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "an element is closed that was not open"


@pytest.fixture(params=[*NAMES, *(f"no {name}" for name in NAMES), "three"])
def document(request: pytest.FixtureRequest) -> Document:
    return pages()[request.param]


def test_a_page_is_whole_and_runs_and_loads_nothing(document: Document) -> None:
    page = Page(setting.as_html(document))
    assert page.open == []
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "link", "iframe", "object", "embed", "form", "b", "image"}
    for _, attributes in page.elements:
        assert not any(name.startswith("on") for name in attributes)
        for name in ("href", "src", "xlink:href", "action"):
            assert (attributes.get(name) or "#").startswith("#")
        assert "url(http" not in (attributes.get("style") or "")
    policies = [attributes.get("content") for tag, attributes in page.elements if tag == "meta"]
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in policies


def test_every_figure_is_told_in_words(document: Document) -> None:
    page = Page(setting.as_html(document))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for tag, attributes in page.elements:
        if tag == "svg":
            labels = (attributes["aria-labelledby"] or "").split()
            assert len(labels) == 2
            assert set(labels) <= set(ids)
    for section in document.sections:
        for block in section.blocks:
            if block.kind == "picture":
                assert len(block.drawing.alt) > 20  # type: ignore[union-attr]


def test_headings_and_landmarks_are_in_order(document: Document) -> None:
    tags = [tag for tag, _ in Page(setting.as_html(document)).elements]
    assert [tag for tag in tags if tag in {"header", "nav", "main", "footer"}] == [
        "header",
        "nav",
        "main",
        "footer",
    ]
    headings = [tag for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert headings == ["h1", *["h2"] * len(document.sections)]
    assert tags.count("table") == tags.count("caption")


def test_a_folded_table_opens_without_a_script_and_a_spare_column_bears_its_mark() -> None:
    table = Table("Rows", ("Who", "Days"), (("Ana", "3"),), frozenset({1}), frozenset({1}), True)
    plain = Table("Plain", ("Who", "Days"), (("Ben", "4"),))
    section = Section("Numbers", (table, plain))
    page = setting.as_html(Document("T", "S", "", (), (section,), "F"))
    assert page.count("<details>") == page.count("</details>") == 1
    assert "<summary>Rows</summary>" in page
    assert '<th scope="col" class="number spare">Days</th>' in page
    assert '<td class="number spare">3</td>' in page
    assert "<td>4</td>" in page


def test_no_page_holds_a_control_or_a_bidi_override(document: Document) -> None:
    for shown in (setting.as_html(document), setting.as_markdown(document)):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]", shown)
        assert "A" * 81 not in shown
        assert "<script" not in shown


def test_a_name_is_shown_as_it_is_and_never_computed() -> None:
    for document in hostile_pages():
        page = setting.as_html(document)
        assert "]]&gt;&lt;!-- --&gt;&amp;amp;{{ 7*7 }}" in page
        assert "$\\frac{1}{0}$" in page


def test_the_same_report_gives_the_same_bytes() -> None:
    for first, again in zip(hostile_pages(), hostile_pages(), strict=True):
        assert setting.as_html(first) == setting.as_html(again)
        assert setting.as_markdown(first) == setting.as_markdown(again)


def test_a_reader_of_the_json_sees_the_numbers_of_the_page() -> None:
    report = weekly_of_three()
    data = json.loads(setting.as_json(report))
    page = setting.as_markdown(weekly_page.page(report))
    assert data["basis"]["as_of"] == "2026-03-01"
    assert data["numbers"][2]["value"] is None  # nobody ever waited for an answer of ego's
    assert "You answer them within: **none**" in page
    assert data["returns"]["score"] == 44.0
    assert "The score is 44.0 of 100" in page
    assert [truster["who"]["name"] for truster in data["trusters"]] == ["Ben", "Ana"]
    assert data["moves"][0]["what"] == "two_way"


def test_only_data_goes_into_json() -> None:
    with pytest.raises(TypeError, match="is not report data"):
        setting.as_json({"what": object()})
    assert setting.jsonable(np.float64("inf")) is None
    assert setting.jsonable(-1e-9) == 0.0
