"""A JSON file walked from the outside in: objects name by name and lists item by item.

For files whose outer parts say what the inner ones mean, such as chats around their messages. What
is not walked is read as a whole, one value at a time, so that memory is bounded by the largest.
"""

import json
import re
from collections.abc import Iterator
from typing import Protocol

from roc.errors import BrokenExport

MOST_CHARACTERS = 2**24
"""Of one value that is read as a whole: a message is not larger, a trap may be."""

_CHUNK = 2**20
_DEEPEST = 20  # levels that are walked to be skipped; what is deeper is read as a whole
_AFTER = frozenset(",:]} \t\r\n")
_SPACE = re.compile(r"[ \t\r\n]*")


class Text(Protocol):
    """A text that is read from the beginning to the end."""

    def read(self, count: int, /) -> str:
        """The next so many characters, or a few more or less; empty at the end."""


class Walk:
    """A position in a JSON file, which only moves on.

    Whoever enters an object or a list has to take every value in it: by ``names``, ``items``,
    ``value`` or ``skip``.

    Args:
        stream: the file, as text.
        name: its name, for messages.

    Raises:
        BrokenExport: from each method, where the file is cut off, is not JSON, or a value in it
            nests or swells beyond reason.

    Example:
        >>> from io import StringIO
        >>> walk = Walk(StringIO('{"name": "a", "list": [1, {"b": null}]}'), "a.json")
        >>> for name in walk.names():
        ...     value = [walk.value() for _ in walk.items()] if name == "list" else walk.value()
        ...     print(name, value)
        name a
        list [1, {'b': None}]
    """

    def __init__(self, stream: Text, name: str) -> None:
        self._stream = stream
        self._name = name
        self._decoder = json.JSONDecoder(strict=False)
        self._buffer = ""
        self._at = 0
        self._ended = False

    def opens(self) -> str:
        """The sign with which the next value begins: ``{`` opens an object, ``[`` a list."""
        return self._peek()

    def names(self) -> Iterator[str]:
        """The names in the object that comes next; none where it is something else."""
        if self._peek() != "{":
            self.skip()
            return
        for _ in self._parts("}"):
            name = self.value()
            if not isinstance(name, str) or self._peek() != ":":
                raise self._broken()
            self._at += 1
            yield name

    def items(self) -> Iterator[None]:
        """Once for each item of the list that comes next; never where it is something else."""
        if self._peek() != "[":
            self.skip()
            return
        yield from self._parts("]")

    def value(self) -> object:
        """The next value as a whole."""
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except (ValueError, RecursionError) as error:
                # Not whole yet, as far as one can tell; each try has twice as much to read.
                if not self._more(max(_CHUNK, len(self._buffer) - self._at)):
                    raise self._broken() from error
                continue
            # What stands at the end of what was read so far may go on, if it is a number.
            if self._buffer[end : end + 1] in _AFTER or not self._more(_CHUNK):
                self._at = end
                return value

    def skip(self, depth: int = 0) -> None:
        """Pass over the next value, however large."""
        opened = self._peek()
        if depth < _DEEPEST and opened == "{":
            for _ in self.names():
                self.skip(depth + 1)
        elif depth < _DEEPEST and opened == "[":
            for _ in self.items():
                self.skip(depth + 1)
        else:
            self.value()

    def _parts(self, close: str) -> Iterator[None]:
        self._at += 1
        if self._peek() == close:
            self._at += 1
            return
        while True:
            yield
            sign = self._peek()
            self._at += 1
            if sign == close:
                return
            if sign != ",":
                raise self._broken()

    def _peek(self) -> str:
        """The next sign that is no space; never an empty one."""
        while True:
            self._at = _SPACE.match(self._buffer, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more(_CHUNK):
                raise self._broken()

    def _more(self, count: int) -> bool:
        """Read on; whether there was anything, and it is not too much already."""
        if self._ended or len(self._buffer) - self._at > MOST_CHARACTERS:
            return False
        more = self._stream.read(count)
        self._ended = not more
        self._buffer = self._buffer[self._at :] + more
        self._at = 0
        return bool(more)

    def _broken(self) -> BrokenExport:
        return BrokenExport(
            f"{self._name} is cut off or damaged.",
            hint="make or download the export again; what was read before is kept.",
        )
