"""The stamp before each message: which signs it is made of, and which number is the day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

MARKS = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
"""Signs that steer the direction of writing and cannot be seen, as a set for patterns."""

ORDERS = ("dmy", "mdy", "ymd")
"""In which order a date may be written."""

_FIRST_YEAR, _LAST_YEAR = 2009, 2099  # nobody wrote there before

_BEFORE_NOON = "am|a|sa|pg|öö|πμ|ص|上午|午前|凌晨|早上|清晨|오전"
_AFTER_NOON = "pm|p|ch|ptg|ös|μμ|م|下午|午後|晚上|傍晚|오후"
_HALF = dict.fromkeys(_BEFORE_NOON.split("|"), 0)
_HALF |= dict.fromkeys(_AFTER_NOON.split("|"), 12)

_STAMP = r"""
    (?P<a>\d{1,4}) (?P<sign>[/.\-]|\.\ |年\ ?) (?P<b>\d{1,2}) (?:[/.\-]|\.\ |月\ ?) (?P<c>\d{1,4})
    [.日]?[,،]?\s{0,2}
    (?:(?P<word>[^\W\d]{1,12})\.?\s?)?
    (?P<hour>\d{1,2}) [:.hH] (?P<minute>\d{2}) (?: [:.] (?P<second>\d{2}))?
    (?:\s?(?P<half>[^\W\d]{1,12}(?:\.\s?[^\W\d]\.?)?|[^\W\d]\.\s?[^\W\d]\.?))?
"""
_IPHONE = re.compile(rf"\[{_STAMP}\]\s?(?P<rest>.*)", re.VERBOSE | re.DOTALL)
_ANDROID = re.compile(rf"{_STAMP}(?:\s[-\u2013]|:)\s(?P<rest>.*)", re.VERBOSE | re.DOTALL)
_LONGEST_STAMP = 60
_LEADING = re.compile(f"[{MARKS}]*")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp as it stands there: three numbers whose order has to be found, and a time of day.

    ``time`` is hour, minute and second, or ``None`` where there is no such time. ``sign`` is what
    stands between the numbers.
    """

    numbers: tuple[int, int, int]
    sign: str
    time: tuple[int, int, int] | None
    iphone: bool

    def day(self, order: str) -> date | None:
        """The day, if the numbers are in this order; ``None`` where no such day can be meant."""
        first, second, third = self.numbers
        year, month, day = {
            "dmy": (third, second, first),
            "mdy": (third, first, second),
            "ymd": (first, second, third),
        }[order]
        year += 2000 if year < 100 else 0
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            return None
        try:
            return date(year, month, day)
        except ValueError:
            return None

    def at(self, order: str) -> datetime | None:
        """The moment on the wall clock, read as UTC."""
        day = self.day(order)
        if day is None or self.time is None:
            return None
        hour, minute, second = self.time
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)


def stamped(line: str, iphone: bool | None = None) -> tuple[Stamp, str] | None:
    """The stamp that a line begins with, and what comes after it; ``None`` for any other line.

    Args:
        line: the line.
        iphone: read only stamps as iPhones write them (with brackets), or as other telephones do;
            ``None`` reads both.

    Example:
        >>> stamp, rest = stamped("[04/03/25, 2:05:09 PM] Ana: text")
        >>> stamp.at("dmy").isoformat(), rest
        ('2025-03-04T14:05:09+00:00', 'Ana: text')
    """
    begin = _LEADING.match(line).end()  # type: ignore[union-attr]
    head = line[begin : begin + 1]
    brackets = head == "["
    if not (brackets or head.isdigit()) or (iphone is not None and brackets != iphone):
        return None
    found = (_IPHONE if brackets else _ANDROID).match(line, begin)
    if found is None or found.start("rest") - begin > _LONGEST_STAMP:
        return None
    numbers = (int(found["a"]), int(found["b"]), int(found["c"]))
    return Stamp(numbers, found["sign"].strip(), _time(found), brackets), found["rest"]


def _time(found: re.Match[str]) -> tuple[int, int, int] | None:
    hour, minute, second = (int(found[key] or 0) for key in ("hour", "minute", "second"))
    halves = (_HALF.get(_plain(found[key] or "")) for key in ("word", "half"))
    half = next((each for each in halves if each is not None), None)
    if half is not None and hour <= 12:
        hour = hour % 12 + half
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _plain(word: str) -> str:
    return "".join(sign for sign in word.casefold() if sign not in ". \u00a0\u202f")


class Dates:
    """Finds out from all the stamps of a chat in which order their numbers are."""

    def __init__(self) -> None:
        self._count = 0
        self._bad = dict.fromkeys(ORDERS, 0)
        self._back = dict.fromkeys(ORDERS, 0)
        self._last: dict[str, date] = {}
        self._signs: set[str] = set()
        self.is_alike = True
        """Whether day first and month first come to the same in all of them."""

    def see(self, stamp: Stamp) -> None:
        """The next stamp of the chat."""
        self._count += 1
        self._signs.add(stamp.sign)
        days = {order: stamp.day(order) for order in ORDERS}
        self.is_alike = self.is_alike and days["dmy"] == days["mdy"]
        for order, day in days.items():
            if day is None:
                self._bad[order] += 1
            else:
                self._back[order] += order in self._last and day < self._last[order]
                self._last[order] = day

    def told(self) -> str:
        """The order that the stamps themselves tell; empty where two are left.

        A number above 12 is no month, one above 31 is a year, and time goes on from message to
        message.
        """
        bad = min(self._bad["dmy"], self._bad["mdy"])
        if 2 * bad > self._count and self._bad["ymd"] < bad:
            return "ymd"
        left = [order for order in ("dmy", "mdy") if self._bad[order] == bad]
        least = min(self._back[order] for order in left)
        left = [order for order in left if self._back[order] == least]
        return left[0] if len(left) == 1 else ""

    def likely(self) -> str:
        """The order, by the signs between the numbers; empty where they do not tell.

        Wherever the month comes first, strokes are written, and neither dots nor hyphens.
        """
        return "" if "/" in self._signs and not self.is_alike else "dmy"


def agreed(chats: Iterable[Dates]) -> str:
    """The order that the chats of one telephone tell; empty where none tells, or they differ."""
    found = {order for dates in chats if (order := dates.told())}
    return found.pop() if len(found) == 1 else ""
