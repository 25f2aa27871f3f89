"""Ids of our own making, for acts whose source gives none that can be kept."""

import hashlib
from collections import Counter

MAX_ID = 250
"""Characters of the longest id that is kept as it is; a longer one is kept as its hash."""


def hashed(*parts: str) -> str:
    """An id from what makes an act the same act wherever it is met.

    Args:
        parts: what identifies it, in a fixed order; any text, also such as no file can hold.

    Returns:
        32 hexadecimal digits. What was hashed cannot be read from them.

    Example:
        >>> hashed("2026-03-05", "ana") == hashed("2026-03-05", "ana") != hashed("2026-03-05")
        True
    """
    told = "\n".join(parts)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Ordinals:
    """Ids for acts of which exact repeats are told apart by their number among themselves.

    Repeats stand beside each other wherever acts are listed by their moment: only those of one
    moment are remembered.

    Example:
        >>> ids = Ordinals()
        >>> first, second = ids.id("2026-03-05", "ana"), ids.id("2026-03-05", "ana")
        >>> second == first + ".2"
        True
    """

    def __init__(self) -> None:
        self._moment = ""
        self._seen: Counter[str] = Counter()

    def id(self, moment: str, *parts: str) -> str:
        """The id of an act at a moment that is told to the source's own precision."""
        if moment != self._moment or len(self._seen) > _MOST_AT_ONCE:
            self._moment = moment
            self._seen.clear()
        found = hashed(moment, *parts)
        self._seen[found] += 1
        number = self._seen[found]
        return found if number == 1 else f"{found}.{number}"


_MOST_AT_ONCE = 10_000
