"""Halves of the day, as the telephones of many countries write them beside the time."""

import unicodedata
from functools import lru_cache

_BEFORE_NOON = (
    "am|a|sa|pg|vm|fm|dop|de|öö|πμ|ص|صباحا|ق.ظ|上午|午前|凌晨|早上|清晨|오전|पूर्वाह्न|முற்பகல்"
    "|e paradites|da manhã|de la mañana|da madrugada|de la madrugada|in the morning"
)
_AFTER_NOON = (
    "pm|p|ch|ptg|nm|em|odp|du|ös|μμ|م|مساء|ب.ظ|下午|午後|傍晚|오후|अपराह्न|பிற்பகல்|e pasdites"
    "|da tarde|de la tarde|in the afternoon|in the evening"
)
_NIGHT = "晚上|da noite|de la noche|at night"  # before midnight, and in some places beyond it
_NOON = "中午|noon|del mediodía"
_NOT_A_HALF = "klo|kl|à|at|um|a las|às|ore|ora|o|в|uhr|ч|h|s|godz|г"
EAST_ASIAN = frozenset("上午下午前後凌晨早晚清傍中오전후")


def plain(word: str) -> str:
    """A word as it is compared: letters alone, in lower case.

    Example:
        >>> plain("p.\u00a0M."), plain("مساءً") == plain("مساء")
        ('pm', True)
    """
    whole = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in whole if unicodedata.category(sign)[0] == "L")


def _table() -> dict[str, str]:
    told = {"before": _BEFORE_NOON, "after": _AFTER_NOON, "night": _NIGHT, "noon": _NOON}
    told["none"] = _NOT_A_HALF
    return {plain(word): half for half, words in told.items() for word in words.split("|")}


_HALVES = _table()


def tells_half(word: str) -> bool:
    """Whether a word is known to say which half of the day it is."""
    return _HALVES.get(plain(word), "none") != "none"


@lru_cache(4096)
def hour_of_day(hour: int, word: str) -> int | None:
    """The hour from 0 to 23; ``None`` where the word may be a half of the day, and is not known.

    Example:
        >>> hour_of_day(12, "a. m."), hour_of_day(1, "中午"), hour_of_day(9, "eftirmiðdag")
        (0, 13, None)
    """
    half = _HALVES.get(plain(word), "") if word else "none"
    if not half:
        return None
    if hour > 12 or half == "none":
        return hour
    match half:
        case "before":
            return hour % 12
        case "noon":
            return hour + 12 if hour < 6 else hour
        case "night" if hour == 12 or hour < 6:
            return hour % 12
        case _:
            return hour % 12 + 12
