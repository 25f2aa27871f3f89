"""Repeated events, compared with dateutil's expansion of the same rules."""

from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Literal
from unittest.mock import patch

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from roc.collectors.formats.recurrence import MAX_OCCURRENCES, Frequency, Rule, occurrences

FREQUENCIES: dict[Frequency, Literal[0, 1, 2, 3]] = {
    "DAILY": rrule.DAILY,
    "WEEKLY": rrule.WEEKLY,
    "MONTHLY": rrule.MONTHLY,
    "YEARLY": rrule.YEARLY,
}


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    """A wall-clock moment."""
    return datetime(year, month, day, hour, tzinfo=UTC).replace(tzinfo=None)


START = at(2026, 1, 31)
HORIZON = at(2030, 1, 1)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Rules that dateutil understands as the RFC does.

    It reads "MO,1FR" as both at once, and numbers the days of the first week from its start.
    """
    freq = draw(st.sampled_from(sorted(FREQUENCIES)))
    ordinals = draw(st.sampled_from([(0,), (1, 2, 5, -1, -5)]))
    days = st.tuples(st.integers(0, 6), st.sampled_from(ordinals))
    month_days = st.integers(-31, 31).filter(bool)
    some_days = draw(st.frozensets(days, max_size=3))
    some_month_days = draw(st.frozensets(month_days, max_size=4))
    positions = st.frozensets(st.integers(-4, 4).filter(bool), max_size=2)
    numbered = freq != "WEEKLY" and (some_days or some_month_days)
    return Rule(
        freq=freq,
        interval=draw(st.integers(1, 5)),
        count=draw(st.none() | st.integers(1, 40)),
        by_day=some_days,
        by_month_day=some_month_days,
        by_month=draw(st.frozensets(st.integers(1, 12), max_size=3)),
        by_set_pos=draw(positions) if numbered else frozenset(),
        week_start=draw(st.integers(0, 6)),
    )


def dateutils(rule: Rule, start: datetime, horizon: datetime) -> list[datetime]:
    """The same rule, expanded by dateutil."""
    theirs = rrule.rrule(
        FREQUENCIES[rule.freq],
        dtstart=start,
        interval=rule.interval,
        count=rule.count,
        until=None if rule.count else horizon,
        byweekday=[rrule.weekday(day, n or None) for day, n in sorted(rule.by_day)] or None,
        bymonthday=sorted(rule.by_month_day) or None,
        bymonth=sorted(rule.by_month) or None,
        bysetpos=sorted(rule.by_set_pos) or None,
        wkst=rule.week_start,
    )
    with patch("datetime.MAXYEAR", horizon.year):  # or it looks for impossible days until 9999
        return list(takewhile(lambda moment: moment <= horizon, theirs))


@settings(deadline=None)
@given(rules(), st.integers(0, 1500))
def test_occurrences_are_those_that_dateutil_finds(rule: Rule, days: int) -> None:
    start = at(2024, 1, 1) + timedelta(days)
    ours = takewhile(lambda moment: moment <= HORIZON, occurrences(rule, start, HORIZON))
    assert list(ours) == dateutils(rule, start, HORIZON)


def test_an_endless_rule_ends_at_the_horizon() -> None:
    found = list(occurrences(Rule("WEEKLY"), START, START + timedelta(weeks=3)))
    assert found == [START + timedelta(weeks=week) for week in range(4)]


def test_the_last_moment_allowed_is_still_one() -> None:
    rule = Rule("DAILY", until=START + timedelta(days=2))
    assert len(list(occurrences(rule, START, HORIZON))) == 3
    earlier = Rule("DAILY", until=START + timedelta(days=2, seconds=-1))
    assert len(list(occurrences(earlier, START, HORIZON))) == 2


def test_a_day_that_a_month_does_not_have_is_left_out() -> None:
    months = [found.month for found in occurrences(Rule("MONTHLY", count=4), START, HORIZON)]
    assert months == [1, 3, 5, 7]


def test_weekdays_with_and_without_a_number_may_be_mixed() -> None:
    rule = Rule("MONTHLY", count=6, by_day=frozenset({(0, 0), (4, 1)}))
    found = [moment.day for moment in occurrences(rule, at(2026, 2, 1), HORIZON)]
    assert found == [2, 6, 9, 16, 23, 2]  # each Monday, and the 6th, the first Friday


@pytest.mark.parametrize(
    "rule",
    [
        Rule("DAILY", by_month=frozenset({2}), by_month_day=frozenset({30})),
        Rule("YEARLY", by_month=frozenset({2}), by_month_day=frozenset({30}), count=3),
        Rule("MONTHLY", by_month_day=frozenset({1}), by_set_pos=frozenset({7})),
    ],
)
def test_a_rule_that_nothing_satisfies_ends(rule: Rule) -> None:
    assert list(occurrences(rule, START, at(9999, 12, 31))) == []


def test_a_series_is_cut_off_after_fifty_years_and_ten_thousand_times() -> None:
    daily = list(occurrences(Rule("DAILY"), START, at(9999, 12, 31)))
    assert len(daily) == MAX_OCCURRENCES
    weekly = list(occurrences(Rule("WEEKLY", count=10**9), START, HORIZON))
    assert weekly[-1].year in (2075, 2076)
