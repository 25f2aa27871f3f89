"""How sources that limit their visitors say so, and when they want to be asked again."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LIMITS = ("x-rate-limit", "x-ratelimit", "x-user-limit-24hour", "x-app-limit-24hour", "ratelimit")
_EPOCH_FROM = 1_000_000_000  # a smaller number counts seconds from now, as the IETF draft has it


def resume_at(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When a source that limits its visitors wants to be asked again.

    Reads ``Retry-After`` (seconds or an HTTP date) and the reset of every limit that is used up
    (seconds since 1970, seconds from now, or an ISO date). The latest one counts, and it is never
    before ``now``.

    Args:
        headers: of the answer, found in any case.
        now: the moment of the run, aware UTC.

    Returns:
        Aware UTC, or ``None`` where the answer does not say.

    Example:
        >>> from datetime import UTC, datetime
        >>> resume_at({"Retry-After": "90"}, datetime(2026, 1, 1, tzinfo=UTC)).isoformat()
        '2026-01-01T00:01:30+00:00'
    """
    found = _in_lower_case(headers)
    told = [_moment(found["retry-after"], now, epoch=False)] if "retry-after" in found else []
    told += [
        _moment(found[f"{limit}-reset"], now, epoch=True)
        for limit in _LIMITS
        if f"{limit}-reset" in found and found.get(f"{limit}-remaining", "0") == "0"
    ]
    moments = [moment for moment in told if moment is not None]
    return max([now, *moments]) if moments else None


def is_limit(headers: Mapping[str, str]) -> bool:
    """Whether a refusal is one of haste and not of right: GitHub's second limit answers 403.

    Args:
        headers: of the answer, found in any case.
    """
    found = _in_lower_case(headers)
    used_up = any(found.get(f"{limit}-remaining") == "0" for limit in _LIMITS)
    return used_up or "retry-after" in found


def _in_lower_case(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value.strip() for name, value in headers.items()}


def _moment(value: str, now: datetime, *, epoch: bool) -> datetime | None:
    """A reset told as a number or a date; ``None`` where it is neither."""
    try:
        seconds = float(value)
    except ValueError:
        return _date(value)
    if not math.isfinite(seconds):
        return None
    try:
        if epoch and seconds >= _EPOCH_FROM:
            return datetime.fromtimestamp(seconds, UTC)
        return now + timedelta(seconds=seconds)
    except (OverflowError, OSError, ValueError):
        return None


def _date(value: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(value)
            return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        except (OverflowError, TypeError, ValueError):
            continue
    return None
