"""Moments as Google Chat writes them: in words, in the language of the account."""

import re
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache

from roc.graph.records import Precision

_MONTHS = """
    january february march april may june july august september october november december
    január február március április május június július augusztus szeptember október november
    december
    januar februar märz april mai juni juli august september oktober november dezember
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
    januari februari maart april mei juni juli augustus september oktober november december
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada
    grudnia
    januari februari mars april maj juni juli augusti september oktober november december
    januar februar marts april maj juni juli august september oktober november december
    januar februar mars april mai juni juli august september oktober november desember
"""
"""Twelve words a language; none of them stands for two months."""

_MONTH = {word: place % 12 + 1 for place, word in enumerate(_MONTHS.split())}
_LONGEST = 100  # characters
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?!\d)(?: ?([ap])\.? ?m\b\.?)?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_ZONE = re.compile(r"\b(?:utc|gmt)$")


def prose_moment(told: str) -> tuple[datetime, Precision] | None:
    """A moment written in words, and how well it is known; ``None`` where it is none.

    It has to name one month, one year, one day and one time of day, in any order. Without a zone it
    is a wall clock.

    Example:
        >>> at, precision = prose_moment("2015. február 15., vasárnap 21:54:36 UTC")
        >>> at.isoformat(), precision.value
        ('2015-02-15T21:54:36+00:00', 'instant')
    """
    return _moment(told) if len(told) <= _LONGEST else None


@lru_cache(1024)
def _moment(told: str) -> tuple[datetime, Precision] | None:
    text = " ".join(unicodedata.normalize("NFKC", told).casefold().split())
    months = {_MONTH[word] for word in _WORD.findall(text) if word in _MONTH}
    zone = _ZONE.search(text)
    years = _YEAR.findall(text)
    rest = _YEAR.sub(" ", text)
    clocks = list(_CLOCK.finditer(rest))
    if len(months) != 1 or len(years) != 1 or len(clocks) != 1:
        return None
    (clock,) = clocks
    days = _DAY.findall(rest[: clock.start()] + " " + rest[clock.end() :])
    if len(days) != 1:
        return None
    hour, minute, second = (int(part or 0) for part in clock.groups()[:3])
    if clock[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if clock[4] == "p" else 0)
    try:
        at = datetime(int(years[0]), months.pop(), int(days[0]), hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return at, Precision.INSTANT if zone else Precision.LOCAL
