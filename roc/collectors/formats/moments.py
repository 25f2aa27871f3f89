"""Moments as sources write them: ISO 8601 and seconds since 1970."""

from datetime import UTC, date, datetime

from roc.graph.records import Precision

_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)  # 0 stands for "not told"
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_FIRST_SECOND, _LAST_SECOND = _EARLIEST.timestamp(), _LATEST.timestamp()
_LONGEST = 24  # characters; a number of more is no moment, and is slow to read


def iso_moment(told: str) -> datetime | None:
    """An instant such as ``2024-03-06T09:15:00.120Z``.

    Returns:
        Aware UTC. ``None`` where it names no zone, and before 1970-01-02 and after 2200, as such a
        moment stands for "not known" or "never".
    """
    try:
        at = datetime.fromisoformat(told)
        return _likely(at.astimezone(UTC)) if at.tzinfo else None
    except (ValueError, OverflowError):  # the year 1 and 9999 have neighbours in no calendar
        return None


def iso_clock(told: str) -> tuple[datetime, Precision] | None:
    """What a clock or a calendar showed, such as ``2024-03-06 09:15:00`` or ``2024-03-06``.

    Returns:
        The wall clock read as UTC, or the beginning of the day where no time of day is told, with
        which of the two it is. ``None`` where a zone is named, or beyond the years of
        ``iso_moment``.

    Example:
        >>> iso_clock("2024-03-06")
        (datetime.datetime(2024, 3, 6, 0, 0, tzinfo=datetime.timezone.utc), <Precision.DAY: 'day'>)
    """
    try:
        clock = datetime.fromisoformat(told)
    except ValueError:
        return None
    at = None if clock.tzinfo else _likely(clock.replace(tzinfo=UTC))
    return (at, Precision.DAY if _is_day(told) else Precision.LOCAL) if at else None


def unix_moment(told: object, per_second: int = 1) -> datetime | None:
    """An instant from seconds since 1970, or parts of them; ``None`` where it is none.

    Args:
        told: a number, or one written as text.
        per_second: how many of the source's units make a second.

    Returns:
        Aware UTC, to the second: a part of one is cut off. ``None`` before 1970-01-02, which is how
        sources write "not known", and after 2200.

    Example:
        >>> unix_moment("1709647331123", per_second=1000).isoformat()
        '2024-03-05T14:02:11+00:00'
    """
    if isinstance(told, bool) or not isinstance(told, str | int | float):
        return None
    if isinstance(told, str) and len(told) > _LONGEST:
        return None
    try:
        seconds = (int(told) if isinstance(told, int) else float(told)) / per_second
    except (ValueError, OverflowError):
        return None
    if not _FIRST_SECOND <= seconds < _LAST_SECOND:  # false for what is not a number
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


def _likely(at: datetime) -> datetime | None:
    return at if _EARLIEST <= at < _LATEST else None


def _is_day(told: str) -> bool:
    try:
        date.fromisoformat(told)
    except ValueError:
        return False
    return True
