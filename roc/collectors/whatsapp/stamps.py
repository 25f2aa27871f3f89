"""The stamp before each message: which signs it is made of, and which number is the day."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from roc.collectors.whatsapp.clock import EAST_ASIAN, hour_of_day, plain, tells_half

MARKS = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
"""Signs that steer the direction of writing and cannot be seen, as a set for patterns."""

ORDERS = ("dmy", "mdy", "ymd")
"""In which order a date may be written."""

_FIRST_YEAR, _LAST_YEAR = 2009, 2099  # nobody wrote there before
_BUDDHIST = 543  # years that Thailand is ahead
_REIWA = 2018  # the year before Japan's first of this era
_FIRST_BUDDHIST = 52  # of two digits: 2552 was 2009

_WORD = r"[^\W\d_][^\d\s/:\[\]\-]{0,19}"
_DATE = r"""
    (?P<a>\d{1,4}) (?P<sign>[/.\-]|\.\s|[年년]\s?) (?P<b>\d{1,2}) (?:[/.\-]|\.\s|[月월]\s?)
    (?P<era>R)?(?P<c>\d{1,4}) [.日일]? (?:\s(?:г\.?|BE|B\.E\.|พ\.ศ\.))?
"""
_TIME = rf"""
    (?:(?P<word>{_WORD})\s?)??
    (?P<hour>\d{{1,2}}) (?:[:.]|\s?[hH]\s?) (?P<minute>\d{{2}})
    (?:(?:[:.]|\s?min\s?)(?P<second>\d{{2}})(?:\s?s)?)?
    (?:\s?(?P<half>[^\W\d_][^\d:\[\]\-]{{0,24}}))?
"""
_DATE_FIRST = re.compile(rf"{_DATE}(?P<comma>[,،])?\s{{0,2}}{_TIME}", re.VERBOSE)
_TIME_FIRST = re.compile(rf"{_TIME}(?P<comma>[,،])\s{{0,2}}{_DATE}", re.VERBOSE)
_LONGEST_STAMP = 60
_ENDS = re.compile(r"\s[-\u2013]\s|:\s")  # with which stamps without brackets do
_UNSEEN = re.compile(f"[{MARKS}]")
_LEADING = re.compile(f"[{MARKS}]*")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp as it stands there: three numbers whose order has to be found, and a time of day.

    Args:
        numbers: of the date.
        sign: what stands between them.
        time: hour, minute and second; ``None`` where there is no such time.
        unsure: a word beside the time that may say which half of the day it is of, or nothing.
        is_east_asian: whether a word beside the time is of a language that writes the year first.
        form: what all stamps of one file have in common.
        pads: for each of two numbers and the hour, whether it is filled up with a zero; ``None``
            where it has two digits anyway.
    """

    numbers: tuple[int, int, int]
    sign: str
    time: tuple[int, int, int] | None
    unsure: str
    is_east_asian: bool
    form: tuple[str | bool, ...]
    pads: tuple[bool | None, ...]

    def day(self, order: str) -> date | None:
        """The day, if the numbers are in this order; ``None`` where no such day can be meant."""
        first, second, third = self.numbers
        match order:
            case "dmy":
                year, month, day = third, second, first
            case "mdy":
                year, month, day = third, first, second
            case _:
                year, month, day = first, second, third
        year = _year(year)
        if not (_FIRST_YEAR <= year <= _LAST_YEAR and 0 < month < 13):
            return None
        try:
            return date(year, month, day)
        except ValueError:
            return None

    def at(self, order: str) -> datetime | None:
        """The moment on the wall clock, read as UTC."""
        day = self.day(order) if order else None
        if day is None or self.time is None:
            return None
        hour, minute, second = self.time
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)


def stamped(line: str) -> tuple[Stamp, str] | None:
    """The stamp that a line begins with, and what comes after it; ``None`` for any other line.

    Example:
        >>> stamp, rest = stamped("[04/03/25, 2:05:09 PM] Ana: text")
        >>> stamp.at("dmy").isoformat(), rest
        ('2025-03-04T14:05:09+00:00', 'Ana: text')
    """
    begin = _LEADING.match(line).end()  # type: ignore[union-attr]
    first = line[begin : begin + 1]
    if first == "[":
        end = line.find("]", begin, begin + _LONGEST_STAMP + 2)
        found = _stamp(line[begin + 1 : end], "]") if end > 0 else None
        rest = line[end + 1 :]
        return (found, rest[1:] if rest[:1].isspace() else rest) if found else None
    if first.isdigit():
        for sign in _ENDS.finditer(line, begin, begin + _LONGEST_STAMP + 3):
            if found := _stamp(line[begin : sign.start()], sign[0].strip()):
                return found, line[sign.end() :]
    return None


@lru_cache(1024)
def _stamp(written: str, end: str) -> Stamp | None:
    written = _UNSEEN.sub("", written)
    found = _DATE_FIRST.fullmatch(written)
    is_date_first = found is not None
    found = found or _TIME_FIRST.fullmatch(written)
    if found is None:
        return None
    words = [found["word"] or "", found["half"] or ""]
    last = int(found["c"]) + (_REIWA if found["era"] else 0)
    time, unsure = _time(found, words)
    year_is_long = len(found["a"]) > 2, len(found["c"]) > 2
    return Stamp(
        numbers=(int(found["a"]), int(found["b"]), last),
        sign=found["sign"].strip(),
        time=time,
        unsure=unsure,
        is_east_asian=not EAST_ASIAN.isdisjoint("".join(words)),
        form=(
            end,
            is_date_first,
            found["sign"],
            found["comma"] or "",
            bool(found["second"]),
            *map(bool, words),
            *year_is_long,
        ),
        pads=tuple(map(_is_padded, (found["a"], found["b"], found["hour"]))),
    )


def _time(found: re.Match[str], words: list[str]) -> tuple[tuple[int, int, int] | None, str]:
    """The time of day, and the word that leaves it unsure."""
    hour, minute, second = (int(found[key] or 0) for key in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 59:
        return None, ""
    unsure = "".join(plain(word) for word in words if hour_of_day(hour, word) is None)
    for word in words:
        told = hour_of_day(hour, word)
        hour = hour if told is None else told
    return (hour, minute, second), "" if any(map(tells_half, words)) else unsure


def _is_padded(number: str) -> bool | None:
    if len(number) == 1:
        return False
    return True if int(number) < 10 else None


def _year(number: int) -> int:
    """The year of our own reckoning, also of two digits."""
    if number < _FIRST_BUDDHIST:
        return 2000 + number
    if number < 100:
        return 2500 + number - _BUDDHIST
    return number - _BUDDHIST if number > _LAST_YEAR else number


class Shape:
    """What all stamps of one file look like; whatever looks otherwise was written by somebody."""

    def __init__(self, form: tuple[str | bool, ...] | None = None) -> None:
        self._form = form
        self._pads: list[bool | None] = [None, None, None]

    def fits(self, stamp: Stamp) -> bool:
        """Whether a stamp may be one of the file's own; the first tells what that is."""
        self._form = self._form or stamp.form
        if stamp.form != self._form:
            return False
        both = [*zip(self._pads, stamp.pads, strict=True)]
        if any(is_so is not None and was is not None and is_so != was for was, is_so in both):
            return False
        self._pads = [was if is_so is None else is_so for was, is_so in both]
        return True
