"""Why a tie is as strong as it is."""

import numpy as np
import pytest

from roc.graph.records import Kind
from roc.scoring.explain import Explanation, explanation
from roc.scoring.measures import Measures
from roc.scoring.parameters import ScoringParameters
from tests.telling import day_of, measured, told

LINES = """
    2026-06-28 me -> ben message every 7 for 10
    2026-06-28 me -> ben reaction
    2026-06-16 ben -> me message
    2026-05-01 me -> ben, ana meeting
    2026-07-09 ben -> me message
"""


def of_ben(lines: str, day: str = "2026-06-30") -> tuple[Explanation, Measures, int]:
    frames = told(lines)
    found = measured(frames, day)
    ben = frames.number["ben"]
    told_why = explanation(frames.contacts, found, ben, ScoringParameters())
    return told_why, found, found.ties.alter.tolist().index(ben)


def test_the_days_are_those_behind_the_number_newest_first() -> None:
    found, _, _ = of_ben(LINES)
    newest = found.days[0]
    assert (newest.day, newest.by_ego, newest.kind) == (day_of("2026-06-28"), True, Kind.MESSAGE)
    assert newest.left[0] == 0.5  # two days old, at a half-life of two days
    assert [day.day for day in found.days] == sorted((day.day for day in found.days), reverse=True)
    meeting = [day for day in found.days if day.kind is Kind.MEETING]
    assert [(day.by_ego, day.weight) for day in meeting] == [(True, 3.0), (False, 3.0)]


def test_days_add_up_to_what_was_measured() -> None:
    found, measures, row = of_ben(LINES)
    assert found.given[2] == pytest.approx(measures.ties.given[row])
    assert found.received[2] == pytest.approx(measures.ties.received[row])
    assert sum(found.parts) == pytest.approx(found.strength)
    assert len([day for day in found.days if day.by_ego]) == measures.ties.given_days[row]


def test_what_one_more_day_would_do_is_what_it_does() -> None:
    found, _, _ = of_ben(LINES)
    more, _, _ = of_ben(LINES + "2026-06-30 me -> ben message\n2026-06-30 ben -> me message\n")
    assert found.two_way_day.strength == pytest.approx(more.strength)


def test_what_silence_would_do_is_what_it_does() -> None:
    lines = LINES.replace("2026-07-09 ben -> me message", "")
    now, _, _ = of_ben(lines)
    later, measures, row = of_ben(lines, "2026-07-30")
    assert now.silence.strength == pytest.approx(later.strength)
    assert now.silence.alive == pytest.approx(measures.ties.alive[row])


def test_a_tie_without_contact_has_nothing_behind_it() -> None:
    found, _, _ = of_ben("me connected ben")
    assert found.days == ()
    assert np.isnan([found.strength, found.silence.strength, *found.parts]).all()
    assert 0.0 < found.two_way_day.alive < found.two_way_day.strength


def test_a_stranger_cannot_be_explained() -> None:
    frames = told("2026-06-01 me -> ben message", cast=("ana",))
    measures = measured(frames, "2026-06-30")
    with pytest.raises(ValueError, match="no tie"):
        explanation(frames.contacts, measures, frames.number["ana"], ScoringParameters())
