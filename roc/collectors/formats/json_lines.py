"""Tables of JSON Lines: an object a line, its keys the columns, its values told as text.

So a table says the same whether it was written as JSON Lines or as CSV.
"""

import json
import math
import re
from collections.abc import Callable, Iterator, Sequence

LONGEST_LINE = 2**20  # characters; a longer line is a broken row

_SURROGATES = re.compile("[\ud800-\udfff]")
_MOST_COLUMNS = 10_000


def columns(start: str) -> tuple[str, ...]:
    r"""The keys of the objects in a file's beginning, in the order in which they turn up.

    Args:
        start: as much of the file as is to be judged by; its last line may be cut off.

    Returns:
        Nothing where the first line that is not empty is no object: it is no such table.

    Example:
        >>> columns('{"from": 1, "to": 2}\n{"to": 3, "at": "2026-01-05"}')
        ('from', 'to', 'at')
    """
    names: dict[str, None] = {}
    for line in start.lstrip("\ufeff").split("\n"):
        found = _object(line) if line.strip() else {}
        if found is None and not names:
            return ()
        names.update(dict.fromkeys(map(_readable, found or ())))
    return tuple(names)[:_MOST_COLUMNS]


def rows(
    readline: Callable[[int], str], names: Sequence[str]
) -> Iterator[tuple[int, tuple[str, ...] | None]]:
    """Each line's number and its values under some keys; ``None`` for what is no object.

    A key that is not there, ``null``, a list or an object within is an empty text.

    Args:
        readline: reads a line of a file, up to so many characters.
        names: the keys.
    """
    number = 0
    while line := readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            while (rest := readline(LONGEST_LINE)) and not rest.endswith("\n"):
                pass
            yield number, None
        elif line.strip("\ufeff \t\r\n"):
            found = _object(line.lstrip("\ufeff"))
            cells = None if found is None else tuple([_text(found.get(name)) for name in names])
            yield number, cells


def _object(line: str) -> dict[str, object] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _text(value: object) -> str:
    if isinstance(value, str):
        return value if value.isascii() else _readable(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        whole = math.isfinite(value) and value.is_integer()
        return str(int(value)) if whole else str(value) if math.isfinite(value) else ""
    return str(value) if isinstance(value, int) else ""


def _readable(text: str) -> str:
    """Text without halves of characters, which no file can hold."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
