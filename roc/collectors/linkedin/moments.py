"""The ways in which LinkedIn writes a moment, each read as well as it is known."""

import re
from datetime import UTC, date, datetime

from roc.graph.records import Precision

_ISO = re.compile(
    r"(\d{4})[-/](\d\d?)[-/](\d\d?)[T ](\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(UTC|Z|\+00:?00)?"
)
_AMERICAN = re.compile(
    r"(\d\d?)/(\d\d?)/(\d{4}|\d\d),?\s+(\d\d?):(\d\d)(?::(\d\d))?(?:\s*([AP])\.?M\.?)?", re.I
)
_DAY = re.compile(r"(\d\d?)\.?\s+([^\W\d_]{3,})\.?\s+(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GERMAN_MONTHS = {"mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12}
_MONTH = {**{month: number for number, month in enumerate(_MONTHS, 1)}, **_GERMAN_MONTHS}

_INSTANT = Precision.INSTANT  # looked up once: there are many

Moment = tuple[datetime, Precision]


def moment(text: str) -> Moment | None:
    """A date with a time, and how well it is known; ``None`` where it cannot be read.

    Forms with ``UTC`` are instants; the others are a wall clock whose zone is not told. Two-digit
    years are of this century: LinkedIn is younger.

    Example:
        >>> at, precision = moment("3/14/25, 2:37 PM")
        >>> at.isoformat(), precision.value
        ('2025-03-14T14:37:00+00:00', 'local')
    """
    if len(text) == 23 and text.endswith(" UTC"):  # nearly all of them, and five times as fast
        try:
            return datetime.fromisoformat(text[:19] + "+00:00"), _INSTANT
        except ValueError:
            pass
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, zone = found.groups()
        precision = Precision.INSTANT if zone else Precision.LOCAL
        return _moment((year, month, day, hour, minute, second), precision)
    if found := _AMERICAN.fullmatch(text):
        month, day, year, hour, minute, second, half = found.groups()
        if half:
            hour = str(int(hour) % 12 + (12 if half in "pP" else 0))
        year = year if len(year) == 4 else f"20{year}"
        return _moment((year, month, day, hour, minute, second), Precision.LOCAL)
    return None


def day(text: str) -> date | None:
    """A date without a time, such as ``05 Mar 2024``; ``None`` where it cannot be read.

    Months are read in English and German.
    """
    text = text.strip()
    if found := _DAY.fullmatch(text):
        number = _MONTH.get(found[2][:3].casefold())
        return _day(int(found[3]), number, int(found[1])) if number else None
    if found := _ISO_DAY.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    return None


def _moment(parts: tuple[str | None, ...], precision: Precision) -> Moment | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC), precision
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
