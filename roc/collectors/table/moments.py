"""Moments as tables write them: Unix time or ISO 8601, and nothing that has to be guessed."""

import re
from datetime import UTC, date, datetime, time

from roc.graph.records import Precision

_INSTANT = Precision.INSTANT  # looked up once: a table has millions of moments
_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,9})?")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?")
MILLISECONDS_FROM = 1e11  # as seconds, the year 5138; as milliseconds, 1973
_FIRST_DIGITS_OF_MILLISECONDS = 12


def moment(value: object) -> tuple[datetime, Precision] | None:
    """A table's cell as a moment, aware UTC, and how well it is known.

    Args:
        value: text, a number, or a date or datetime as Parquet stores them.

    Returns:
        Numbers are seconds since 1970, or milliseconds where they are 1e11 or larger. A date is a
        day; a time without a zone is a wall clock. ``None`` where it is neither: ``3/4/26``
        might be March or April.

    Example:
        >>> moment("1082040961")[0].isoformat()
        '2004-04-15T14:56:01+00:00'
    """
    if isinstance(value, str) and value.isdecimal() and len(value) < _FIRST_DIGITS_OF_MILLISECONDS:
        return datetime.fromtimestamp(int(value), UTC), _INSTANT  # most rows, so first
    if isinstance(value, datetime):
        return _clock(value)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC), Precision.DAY
    text = value.strip() if isinstance(value, str) else str(value)
    if _NUMBER.fullmatch(text):
        return _unix(text)
    if not _ISO.fullmatch(text):
        return None
    try:
        if len(text) == 10:
            return datetime.combine(date.fromisoformat(text), time(), UTC), Precision.DAY
        return _clock(datetime.fromisoformat(text))
    except ValueError:
        return None


def _clock(at: datetime) -> tuple[datetime, Precision] | None:
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC), Precision.LOCAL
    try:
        return at.astimezone(UTC), _INSTANT
    except OverflowError:
        return None


def _unix(text: str) -> tuple[datetime, Precision] | None:
    seconds = int(text) if text.isdigit() else float(text)
    if abs(seconds) >= MILLISECONDS_FROM:
        seconds /= 1000
    try:
        return datetime.fromtimestamp(seconds, UTC), _INSTANT
    except (ValueError, OverflowError, OSError):
        return None
