"""Ids of our own making, for acts whose source gives none that can be kept."""

import hashlib

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
