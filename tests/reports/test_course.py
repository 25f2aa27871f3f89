"""The score week by week, with the days on which people were gathered."""

import math
from datetime import date

import pytest

from roc.reports.course import Course, course, course_chart
from tests.reports.told import contacts, measures

LINES = """
    2026-01-01 me -> Ana,Ben meeting
    2026-02-10 me -> Ana,Ben meeting
    2026-02-12 me -> Ana meeting
    2026-02-14 Ana -> Ben,Chidi meeting
    2026-03-09 me -> Ana,Ben meeting
"""


def told(*scores: float) -> Course:
    *before, now = (measures("2026-03-01", roc_score=score).network for score in scores)
    return course(contacts(LINES), 0, measures("2026-03-01").day, now, before)


def test_scores_are_a_week_apart_and_gatherings_lie_within_them() -> None:
    found = told(40, 42, 41, 45)
    assert found.days == (
        *(date(2026, 2, 8), date(2026, 2, 15), date(2026, 2, 22)),
        date(2026, 3, 1),
    )
    assert found.scores == (40, 42, 41, 45)
    # One met by two is a meeting, others' meetings are theirs, and the rest lies outside.
    assert found.gatherings == (date(2026, 2, 10),)


def test_the_chart_says_where_the_score_went() -> None:
    alt = course_chart(told(40, math.nan, 41, 45)).alt
    assert alt.startswith("From 40 on 8 February 2026 it went to 45.")
    assert alt.endswith("Marks above the line are 1 gathering.")
    assert "it stayed at 40" in course_chart(told(40, 40.2)).alt
    assert course_chart(told(math.nan, 41, 45)).alt.startswith("From 41 on 22 February 2026")


@pytest.mark.parametrize("scores", [(40,), (math.nan, 40)])
def test_one_score_has_no_course(scores: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="two scores"):
        course_chart(told(*scores))
