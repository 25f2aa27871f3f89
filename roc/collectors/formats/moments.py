"""Moments as sources write them: ISO 8601 and seconds since 1970."""

from datetime import UTC, datetime

_EARLIEST = datetime(1970, 1, 2, tzinfo=UTC).timestamp()  # 0 stands for "not told"
_LATEST = datetime(2200, 1, 1, tzinfo=UTC).timestamp()
_LONGEST = 24  # characters; a number of more is no moment, and is slow to read


def iso_moment(told: str) -> datetime | None:
    """An instant such as ``2024-03-06T09:15:00.120Z``; ``None`` where it names no zone."""
    try:
        at = datetime.fromisoformat(told)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):  # the year 1 and 9999 have neighbours in no calendar
        return None


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
    if not _EARLIEST <= seconds < _LATEST:  # false for what is not a number
        return None
    return datetime.fromtimestamp(int(seconds), UTC)
