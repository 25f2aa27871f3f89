"""Days as tables write them: whether the day or the month comes first is judged by all of them."""

import re
from datetime import date
from functools import lru_cache

from roc.errors import BrokenExport

_LONGEST = 40  # characters; no date is longer
_DAY = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:(?:T| +)(.*))?")
_TIME = re.compile(
    r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)? ?([AaPp]\.?[Mm]\.?)?"
    r" ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?"
)
_FIRST_DAY = date(1970, 1, 1)

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"


class Order:
    """Whether a file writes the day or the month first.

    Args:
        name: the file, for the error.
        told: what the owner says, or empty.
    """

    def __init__(self, name: str, told: str = "") -> None:
        self._name = name
        self._told = told
        self._shown: set[str] = set()

    def see(self, cell: str) -> None:
        """Take note of how a day is written."""
        if not self._told and (found := _taken_apart(cell)):
            self._shown.add(_shown_by(*found[:4]))

    def order(self) -> str:
        """Which comes first, once all days were seen.

        Raises:
            BrokenExport: it cannot be told, or days are written in both ways.
        """
        if self._told:
            return self._told
        orders = self._shown & {DAY_FIRST, MONTH_FIRST}
        if len(orders) == 1:
            return orders.pop()
        if orders or "?" in self._shown:
            seen = "in both orders" if orders else "so that 3/4 may be in March or April"
            raise BrokenExport(
                f"{self._name}: days are written {seen}.",
                hint="say what comes first: --map dates=day-first, or dates=month-first.",
            )
        return DAY_FIRST  # where it does not matter


def day(cell: str, order: str) -> date | None:
    """A day; ``None`` where it is none. What time it was, and where, is passed over.

    Example:
        >>> day("2026-04-15 00:00", "day-first"), day("4/15/2026 5:00 PM", "month-first")
        (datetime.date(2026, 4, 15), datetime.date(2026, 4, 15))
    """
    found = _taken_apart(cell)
    return _date(*found[:4], order) if found else None


def edition(cell: str, order: str) -> int | None:
    """The moment of a change as a number that grows with it: seconds of the clock since 1970."""
    found = _taken_apart(cell)
    on = _date(*found[:4], order) if found else None
    if found is None or on is None:
        return None
    return max(1, (on - _FIRST_DAY).days * 86_400 + _seconds(found[4]))


_Parts = tuple[str, str, str, str, str]


def _taken_apart(cell: str) -> _Parts | None:
    """First number, sign, second, third, and the time; ``None`` where it is no date."""
    return _short_taken_apart(cell) if len(cell) <= _LONGEST and cell.isascii() else None


@lru_cache(4096)  # an export names the same days again and again
def _short_taken_apart(cell: str) -> _Parts | None:
    found = _DAY.fullmatch(cell.strip())
    if found is None:
        return None
    first, sign, second, third, time = found.groups()
    if time and not _TIME.fullmatch(time.strip()):
        return None
    return first, sign, second, third, (time or "").strip()


def _shown_by(first: str, sign: str, second: str, third: str) -> str:
    """Which order a date shows, ``?`` where it may be either, and nothing where it is plain."""
    if len(first) == 4 or len(third) != 4 or sign == ".":
        return ""
    one, other = int(first), int(second)
    if one > 12 >= other:
        return DAY_FIRST
    if other > 12 >= one:
        return MONTH_FIRST
    return "" if one == other else "?"


def _date(first: str, sign: str, second: str, third: str, order: str) -> date | None:
    if len(first) == 4 and len(third) <= 2:
        year, month, on = first, second, third
    elif len(third) == 4 and len(first) <= 2:
        year = third
        # 5.3.2026 is the fifth of March wherever points are written
        is_day = sign == "." or order == DAY_FIRST
        on, month = (first, second) if is_day else (second, first)
    else:
        return None
    try:
        return date(int(year), int(month), int(on))
    except ValueError:
        return None


def _seconds(time: str) -> int:
    found = _TIME.fullmatch(time)
    if found is None:
        return 0
    hour, minute, second, half = found.groups()
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half[0] in "Pp" else 0)
    return min(hours * 3600 + int(minute) * 60 + int(second or 0), 86_399)
