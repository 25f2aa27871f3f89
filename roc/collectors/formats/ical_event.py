"""What an iCalendar event says: who is asked to meet whom, when, and how often.

What each line says is read by ``roc.collectors.formats.ical_values``.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

from roc.collectors.formats.ical import Block, Zones
from roc.collectors.formats.ical_values import Party, Told, values
from roc.collectors.formats.recurrence import Frequency, Rule
from roc.collectors.formats.tolerance import Unusable

YEARS = range(1970, 2200)
"""A meeting outside them is a slip or a trap."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When something was written that does not say so."""

_LARGEST_SEQUENCE = 2**31 - 1  # of the integers that iCalendar knows

_FREQUENCIES: dict[str, Frequency] = {
    "DAILY": "DAILY",
    "WEEKLY": "WEEKLY",
    "MONTHLY": "MONTHLY",
    "YEARLY": "YEARLY",
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BY_DAY = re.compile(rf"([+-]?\d{{1,2}})?({'|'.join(_WEEKDAYS)})")
_RULE_PARTS = frozenset(
    ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"]
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something begins.

    Args:
        wall: the clock on the wall, without a zone; midnight for a whole day.
        zone: whose clock it is; ``None`` where the file does not tell.
        is_day: it is a whole day.
    """

    wall: datetime
    zone: tzinfo | None = None
    is_day: bool = False

    def at(self, wall: datetime | None = None) -> datetime:
        """This moment, or another on the same clock, aware UTC; without a zone, read as UTC."""
        return (wall or self.wall).replace(tzinfo=self.zone or UTC).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Event:
    """An event, or the changed occurrence of a repeated one.

    Args:
        uid: what all versions and occurrences share; empty where the file gives none.
        start: when it begins.
        replaces: which occurrence it stands for; ``None`` for the event itself.
        rule: how it repeats.
        odd_rule: it repeats in a way that is not understood.
        added: further moments at which it takes place.
        left_out: moments at which it does not.
        cancelled: it does not take place.
        organiser: who calls the others; ``None`` where the file does not tell.
        attendees: who is called.
        edition: how often it was changed, as its organiser counts, and when last, in seconds since
            1970: the larger, the newer. Both are at least 0.
    """

    uid: str
    start: Moment
    replaces: Moment | None
    rule: Rule | None
    odd_rule: bool
    added: tuple[Moment, ...]
    left_out: tuple[Moment, ...]
    cancelled: bool
    organiser: Party | None
    attendees: tuple[Party, ...]
    edition: tuple[int, int]

    @property
    def repeats(self) -> bool:
        """Whether it takes place more than once, as far as is understood or not."""
        return bool(self.rule or self.odd_rule or self.added)


def event(block: Block) -> Event:
    """What a block of lines says.

    Raises:
        Unusable: there is no start that can be read, or no sense in it at all.
    """
    told = values(block.lines)
    start = _moment(_first(told, "DTSTART"), block.zones)
    if start is None:
        raise Unusable("bad_date", "no readable start")
    rules = told.get("RRULE", ())
    rule = _rule(rules[0], start) if len(rules) == 1 else None
    organisers = told.get("ORGANIZER", ())
    whole_day = _word(told, "X-MICROSOFT-CDO-ALLDAYEVENT") == "TRUE"
    return Event(
        uid=str(_first(told, "UID") or "").strip(),
        start=Moment(start.wall, start.zone, start.is_day or whole_day),
        replaces=_moment(_first(told, "RECURRENCE-ID"), block.zones),
        rule=rule,
        odd_rule=block.has("RRULE") and rule is None,
        added=_moments(told, "RDATE", block.zones),
        left_out=_moments(told, "EXDATE", block.zones),
        cancelled=block.method == "CANCEL" or _word(told, "STATUS") == "CANCELLED",
        organiser=organisers[0] if organisers else None,
        attendees=tuple(told.get("ATTENDEE", ())),
        edition=(_sequence(told), int(stamped(block.changed).timestamp())),
    )


def stamped(stamp: str) -> datetime:
    """The moment that a stamp such as ``20260305T120000`` names, or ``NEVER``."""
    try:
        at = datetime.fromisoformat(stamp).replace(tzinfo=UTC)
    except ValueError:
        return NEVER
    return at if at.year in YEARS else NEVER


def _first(told: Told, name: str) -> Any:
    return next(iter(told.get(name, ())), None)


def _word(told: Told, name: str) -> str:
    return str(_first(told, name) or "").strip().upper()


def _sequence(told: Told) -> int:
    word = _word(told, "SEQUENCE")
    known = word.isdecimal() and len(word) <= 10
    return min(int(word), _LARGEST_SEQUENCE) if known else 0


def _moment(value: Any, zones: Zones) -> Moment | None:
    return _clock(getattr(value, "dt", None), getattr(value, "params", {}), zones)


def _moments(told: Told, name: str, zones: Zones) -> tuple[Moment, ...]:
    found = (
        _clock(each.dt, getattr(dates, "params", {}), zones)
        for dates in told.get(name, ())
        for each in getattr(dates, "dts", ())
    )
    return tuple(moment for moment in found if moment)


def _clock(value: Any, params: Any, zones: Zones) -> Moment | None:
    """A moment from what the library made of it: a day, a moment, or a span of two."""
    if isinstance(value, tuple):
        value = value[0]
    if not isinstance(value, date) or value.year not in YEARS:
        return None
    if not isinstance(value, datetime):
        return Moment(datetime.combine(value, time()), is_day=True)
    zone = value.tzinfo or zones.zone(str(params.get("TZID", "")).upper())
    return Moment(value.replace(tzinfo=None), zone)


def _rule(value: Any, start: Moment) -> Rule | None:
    """How it repeats; ``None`` where that is not understood."""
    if not isinstance(value, dict):
        return None
    parts = {str(name).upper(): given for name, given in value.items()}
    _forget_the_start(parts, start.wall)
    freq = _FREQUENCIES.get(str(_only(parts, "FREQ")).upper())
    interval, count = _only(parts, "INTERVAL"), _only(parts, "COUNT")
    days = [_BY_DAY.fullmatch(str(day).upper()) for day in parts.get("BYDAY", [])]
    if freq is None or set(parts) - _RULE_PARTS or not all(days):
        return None
    if (interval is not None and interval < 1) or (count is not None and count < 1):
        return None
    return Rule(
        freq=freq,
        interval=interval or 1,
        count=count,
        until=_until(_only(parts, "UNTIL"), start),
        by_day=frozenset((_WEEKDAYS.index(day[2]), int(day[1] or 0)) for day in days if day),
        by_month_day=frozenset(map(int, parts.get("BYMONTHDAY", []))),
        by_month=frozenset(map(int, parts.get("BYMONTH", []))),
        by_set_pos=frozenset(map(int, parts.get("BYSETPOS", []))),
        week_start=_WEEKDAYS.index(str(_only(parts, "WKST") or "MO").upper()),
    )


def _forget_the_start(parts: dict[str, Any], wall: datetime) -> None:
    """Drop the parts of a rule that only repeat the first occurrence's time of day."""
    for name, own in (("BYHOUR", wall.hour), ("BYMINUTE", wall.minute), ("BYSECOND", wall.second)):
        if parts.get(name) == [own]:
            del parts[name]


def _only(parts: dict[str, Any], name: str) -> Any:
    values = parts.get(name)
    return values[0] if isinstance(values, list) and values else values


def _until(value: Any, start: Moment) -> datetime | None:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return value
        return value.astimezone(start.zone or UTC).replace(tzinfo=None)
    return datetime.combine(value, time.max) if isinstance(value, date) else None
