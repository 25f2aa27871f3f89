"""Tone: what is kept of how messages are written, and that their texts are not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from roc.collectors.base import Options
from roc.collectors.registry import collector, sources
from roc.collectors.tone import tone_of, toned
from roc.graph.records import Account, Interaction, Kind, Tone
from tests.architecture import ROOT
from tests.collectors.lines import samples
from tests.collectors.reading import acts, read

ANA, BEN = Account("email", "ana@example.org"), Account("email", "ben@example.org")
WITH_TEXT = """
    beeper discord email facebook google_chat hangouts instagram linkedin reddit signal slack
    telegram whatsapp x
"""


def message(text: str, kind: Kind = Kind.MESSAGE) -> Interaction:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return Interaction("email", "1", kind, at, ANA, (BEN,), thread="t", text=text)


def test_warm_words_are_warmer_than_cold_ones() -> None:
    warm = tone_of("What a wonderful evening, I loved every minute of it!")
    plain = tone_of("The minutes of the meeting are in the folder.")
    cold = tone_of("This is a terrible mess and I am very angry about it.")
    assert warm.warmth is not None
    assert plain.warmth is not None
    assert cold.warmth is not None
    assert warm.warmth > 0.5 > plain.warmth > -0.5 > cold.warmth
    assert (warm.language, warm.letters) == ("en", 53)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Vielen Dank für den wunderschönen Abend bei euch", "de"),
        ("Merci pour cette soirée magnifique avec vous tous", "fr"),
        ("ok", ""),
        ("👍👍👍", ""),
        ("https://example.org/a-wonderful-lovely-great-page", ""),
    ],
)
def test_what_cannot_be_judged_is_not(text: str, language: str) -> None:
    assert tone_of(text) == Tone(len(text), language)


def test_thanks_and_wishes_are_acts_beside_the_message() -> None:
    told = list(toned([message("Thank you, and congratulations to you!")]))
    assert all(isinstance(act, Interaction) for act in told)
    assert [(act.kind, act.external_id, act.parent) for act in acts(told)] == [
        (Kind.MESSAGE, "1", ""),
        (Kind.THANKS, "1/thanks", "1"),
        (Kind.CONGRATULATION, "1/congratulation", "1"),
    ]
    first, *noticed = acts(told)
    assert first.tone is not None
    for act in noticed:
        assert (act.at, act.sender, act.recipients, act.thread) == (
            *(first.at, first.sender, first.recipients),
            first.thread,
        )
        assert act.tone is None


def test_thanks_to_a_crowd_or_on_a_call_are_no_acts() -> None:
    assert len(list(toned([message("thanks all", Kind.MENTION)]))) == 1


def test_no_text_is_left_and_none_is_shown() -> None:
    secret = "Thank you for the xyzzy"
    assert secret not in repr(message(secret))
    assert all(not act.text and "xyzzy" not in repr(act) for act in acts(toned([message(secret)])))


def test_the_longer_a_text_the_less_of_it_is_held() -> None:
    told = read("whatsapp", samples("whatsapp")[0], Options(tone=True))
    assert max(len(act.text) for act in acts(told)) <= 1000


@pytest.mark.parametrize("source", sources())
def test_the_page_says_which_sources_have_texts(source: str) -> None:
    if not hasattr(collector(source), "collect"):
        return
    told = (read(source, sample, Options(tone=True)) for sample in samples(source))
    texts = any(act.text for records in told for act in acts(records))
    assert texts == (source in WITH_TEXT.split())


def test_sources_with_texts_are_listed_where_tone_is_explained() -> None:
    page = (ROOT / "docs" / "scores" / "tone.md").read_text(encoding="utf-8")
    listed = page.partition("Read of: ")[2].partition(".")[0]
    assert [word.strip() for word in listed.replace("\n", " ").split(",")] == WITH_TEXT.split()


def test_bodies_of_letters_are_read_only_when_asked_for(tmp_path: Path) -> None:
    letter = tmp_path / "one.eml"
    letter.write_text("From: ana@example.org\nTo: ben@example.org\nDate: Mon, 2 Mar 2026 09:00:00"
                      " +0000\nMessage-ID: <1@example.org>\n\nhello there\n")  # fmt: skip
    assert [act.text for act in acts(read("email", letter))] == [""]
    assert [act.text for act in acts(read("email", letter, Options(tone=True)))] == ["hello there"]
