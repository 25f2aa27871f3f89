"""When a repeated event takes place: the part of RFC 5545's rules that calendars offer.

Our own, because a library that expands a rule lazily cannot be stopped while it finds nothing:
"every day that is a 30 February" keeps one busy for seconds, up to the year 9999. Here each period
is looked at once and the last day is known from the start. A test compares the answers with
dateutil's.
"""

from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Literal

MAX_OCCURRENCES = 10_000  # every working day for 38 years
LONGEST_SERIES = timedelta(days=50 * 365)

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]


@dataclass(frozen=True, slots=True)
class Rule:
    """How an event repeats; the parts are named and meant as in RFC 5545, 3.3.10.

    Args:
        freq: the period.
        interval: every how many periods; at least 1.
        count: how many occurrences there are; ``None`` for no such end.
        until: the last wall-clock moment at which one may begin; ``None`` for no such end.
        by_day: weekdays as ``(0 for Monday … 6, n)``; ``n`` is 0 for each, 2 for the second,
            -1 for the last of the month or year.
        by_month_day: days of the month; -1 is the last.
        by_month: months from 1.
        by_set_pos: which of a period's days count; -1 is the last.
        week_start: 0 for Monday.
    """

    freq: Frequency
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    by_day: frozenset[tuple[int, int]] = frozenset()
    by_month_day: frozenset[int] = frozenset()
    by_month: frozenset[int] = frozenset()
    by_set_pos: frozenset[int] = frozenset()
    week_start: int = 0


def occurrences(rule: Rule, start: datetime, horizon: datetime) -> Iterator[datetime]:
    """Moments at which a rule lets an event begin, in order.

    Args:
        rule: how it repeats.
        start: the first moment, as the wall clock of the event's own zone, without a zone.
        horizon: where an endless rule is cut off, on the same clock.

    Returns:
        At most ``MAX_OCCURRENCES`` moments from ``start`` on, none later than the rule's own end
        (for a rule without one, the horizon) or ``LONGEST_SERIES`` after the start.
    """
    latest = start + LONGEST_SERIES
    end = min(latest, rule.until or (latest if rule.count else horizon))
    days = _days(_with_defaults(rule, start.date()), start.date(), end.date())
    moments = (datetime.combine(day, start.time()) for day in days)
    allowed = MAX_OCCURRENCES if rule.count is None else min(rule.count, MAX_OCCURRENCES)
    return islice((moment for moment in moments if moment <= end), allowed)


def _with_defaults(rule: Rule, start: date) -> Rule:
    """What the rule leaves open is as in the first occurrence."""
    if rule.by_day or rule.by_month_day or rule.freq == "DAILY":
        return rule
    if rule.freq == "WEEKLY":
        by_day = frozenset({(start.weekday(), 0)})
        return replace(rule, by_day=by_day)
    by_month = rule.by_month
    if rule.freq == "YEARLY" and not by_month:
        by_month = frozenset({start.month})
    return replace(rule, by_month=by_month, by_month_day=frozenset({start.day}))


def _days(rule: Rule, start: date, end: date) -> Iterator[date]:
    for first, length in _periods(rule, start, end):
        days = [first + timedelta(place) for place in range(length)]
        matching = [day for day in days if _matches(rule, day)]
        for day in _at_set_positions(rule, matching):
            if start <= day <= end:
                yield day


def _periods(rule: Rule, start: date, end: date) -> Iterator[tuple[date, int]]:
    """First day and length of each period the rule looks at, up to the one that holds ``end``."""
    if rule.freq in ("DAILY", "WEEKLY"):
        length = 1 if rule.freq == "DAILY" else 7
        back = (start.weekday() - rule.week_start) % 7 if length == 7 else 0
        first, last = start.toordinal() - back, end.toordinal()
        for ordinal in range(first, last + 1, length * rule.interval):
            yield date.fromordinal(ordinal), length
        return
    step = rule.interval * (12 if rule.freq == "YEARLY" else 1)
    month = start.year * 12 + (start.month - 1 if rule.freq == "MONTHLY" else 0)
    while month <= end.year * 12 + end.month - 1:
        first_day = date(month // 12, month % 12 + 1, 1)
        months = monthrange(first_day.year, first_day.month)[1]
        yield first_day, months if rule.freq == "MONTHLY" else _year_length(first_day.year)
        month += step


def _matches(rule: Rule, day: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    month_length = monthrange(day.year, day.month)[1]
    if rule.by_month_day and rule.by_month_day.isdisjoint((day.day, day.day - month_length - 1)):
        return False
    if not rule.by_day:
        return True
    weekday = day.weekday()
    if rule.freq in ("DAILY", "WEEKLY"):
        return any(wanted == weekday for wanted, _ in rule.by_day)
    if rule.freq == "MONTHLY" or rule.by_month:
        place, length = day.day, month_length
    else:
        place, length = day.timetuple().tm_yday, _year_length(day.year)
    nth, nth_from_end = (place - 1) // 7 + 1, -((length - place) // 7) - 1
    return not rule.by_day.isdisjoint(((weekday, 0), (weekday, nth), (weekday, nth_from_end)))


def _at_set_positions(rule: Rule, days: list[date]) -> list[date]:
    if not rule.by_set_pos:
        return days
    count = len(days)
    return [
        day
        for place, day in enumerate(days)
        if not rule.by_set_pos.isdisjoint((place + 1, place - count))
    ]


def _year_length(year: int) -> int:
    return 366 if isleap(year) else 365
