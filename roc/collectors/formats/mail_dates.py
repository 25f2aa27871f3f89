"""When a message was sent, from whichever of its headers still knows."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from roc.collectors.formats.mbox import Head
from roc.graph.records import Precision

_FIRST_YEAR = 1971  # of the first mail between machines: an earlier date is a clock never set

_ENVELOPE = re.compile(
    r"([A-Z][a-z]{2}) +(\d{1,2}) +(\d{1,2}:\d\d)(:\d\d)?(?: +([+-]\d{4}|[A-Z]{1,5}))? +(\d{4})"
    r"(?: +([+-]\d{4}))?$"
)


_COMMON = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) ([A-Z][a-z]{2}) ([12]\d{3})"
    r" (\d\d):(\d\d):(\d\d) ([+-])([01]\d|2[0-3])([0-5]\d)(?: \([A-Z]{1,5}\))?",
    re.ASCII,
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
_MONTH = {name: number for number, name in enumerate(_MONTHS.split(), 1)}


def sent_at(message: Head) -> tuple[datetime, Precision] | None:
    """The moment a message was sent, aware UTC, and how well it is known.

    The ``Date`` header tells; where it is missing or broken, the ``From …`` line above the
    message, then the topmost ``Received``. ``None`` where none of them can be read. A date in
    the future is kept as it is: whoever measures decides up to when.
    """
    return (
        _dated(message.first("date"))
        or _by_envelope(message.envelope)
        or _dated(message.first("received").rpartition(";")[2])
    )


def _dated(text: str) -> tuple[datetime, Precision] | None:
    found = _COMMON.fullmatch(text)
    try:
        if found and "-0000" not in text:
            return _at_a_glance(*found.groups())
        return _settled(parsedate_to_datetime(text), "-0000" in text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _at_a_glance(
    day: str, month: str, year: str, hour: str, minute: str, second: str, sign: str, *ahead: str
) -> tuple[datetime, Precision] | None:
    """A date as nearly all are written, several times as fast as by the standard library."""
    at = datetime(
        int(year), _MONTH.get(month, 0), int(day), int(hour), int(minute), int(second), tzinfo=UTC
    )
    if at.year < _FIRST_YEAR:
        return None
    return at - _zone(sign, *ahead), Precision.INSTANT


@lru_cache(maxsize=256)
def _zone(sign: str, hours: str, minutes: str) -> timedelta:
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return -ahead if sign == "-" else ahead


def _by_envelope(line: str) -> tuple[datetime, Precision] | None:
    """From ``From ana@example.org Mon Mar  4 11:20:34 2024``, with or without a zone."""
    found = _ENVELOPE.search(line)
    if not found:
        return None
    month, day, clock, seconds, zone, year, late_zone = found.groups()
    told = f"{day} {month} {year} {clock}{seconds or ':00'} {zone or late_zone or ''}"
    return _dated(told)


def _settled(at: datetime, is_utc: bool) -> tuple[datetime, Precision] | None:
    """A moment in UTC; one without a zone is a wall clock, unless ``-0000`` said it is UTC."""
    if at.year < _FIRST_YEAR:
        return None
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC), Precision.INSTANT if is_utc else Precision.LOCAL
    return at.astimezone(UTC), Precision.INSTANT
