"""The items of a JSON file one by one, in bounded memory, however large the file is."""

from codecs import getincrementaldecoder
from collections.abc import Collection, Iterator
from itertools import accumulate
from typing import IO, Any

from roc.errors import BrokenExport

MOST_BYTES = 2**24
"""Of one item, with what stands before it: a message is not larger, a trap may be."""

_MOST_OPEN = 1_000
"""Brackets within brackets; real files have a dozen. The reader names each value by its whole
path, so that time grows with the square of the depth."""


def items_at(
    stream: IO[bytes], path: str, name: str, *, far_apart: bool = False
) -> Iterator[object]:
    """The values at a path of a JSON file, in the file's order.

    Args:
        stream: the file.
        path: as in ``messages.item``: keys with dots between them, ``item`` for each of a list.
        name: the file's name, for the message.
        far_apart: any number of other values may stand between two of these, such as the messages
            of a chat between what is said of two chats. Reading takes a little longer.

    Raises:
        BrokenExport: the file is cut off, is not JSON, or nests or swells beyond reason; after
            what could be read.

    Example:
        >>> from io import BytesIO
        >>> list(items_at(BytesIO(b'{"a": [1, {"b": null}]}'), "a.item", "a.json"))
        [1, {'b': None}]
    """
    import ijson  # takes a moment that most commands need not spend

    bounded = _Bounded(stream, name)
    find = _far_apart if far_apart else ijson.items
    try:
        for value in find(bounded, path, use_float=True):
            bounded.begin()
            yield value
    except BrokenExport:
        raise
    except (ijson.JSONError, ValueError, OverflowError, RecursionError) as error:
        raise BrokenExport(
            f"{name} is cut off or damaged.", hint="download the export again."
        ) from error


def values_of(stream: IO[bytes], keys: Collection[str], name: str) -> dict[str, object]:
    """The values of some keys of the object that a JSON file is; whatever else it has is skipped.

    Args:
        stream: the file; it is read no further than the last of the keys.
        keys: those wanted, at the top.
        name: the file's name, for the message.

    Returns:
        Those that are there, the first one where a key comes twice; none for a list.

    Raises:
        BrokenExport: as for ``items_at``.

    Example:
        >>> from io import BytesIO
        >>> values_of(BytesIO(b'{"long": [1, 2], "people": ["Ana"]}'), {"people"}, "a.json")
        {'people': ['Ana']}
    """
    import ijson

    bounded = _Bounded(stream, name)
    found: dict[str, object] = {}
    depth, key, builder = 0, "", None
    try:
        for event, value in ijson.basic_parse(bounded, use_float=True):
            if builder is None:
                bounded.begin()
            depth += _STEPS.get(event, 0)
            if event == "map_key" and depth == 1:
                key = value
                builder = ijson.ObjectBuilder() if key in keys and key not in found else None
            elif builder is not None:
                builder.event(event, value)
                if depth == 1:
                    found[key], builder = builder.value, None
                    if len(found) == len(keys):
                        break
    except BrokenExport:
        raise
    except (ijson.JSONError, ValueError, OverflowError, RecursionError) as error:
        raise BrokenExport(
            f"{name} is cut off or damaged.", hint="download the export again."
        ) from error
    return found


_STEPS = {"start_map": 1, "start_array": 1, "end_map": -1, "end_array": -1}


def _far_apart(bounded: "_Bounded", path: str, **settings: bool) -> Iterator[Any]:
    """The same as ``ijson.items``; what is passed over is not counted as one item."""
    import ijson

    building = None
    for place, event, value in ijson.parse(bounded, **settings):
        if building is None:
            bounded.begin()
            if place != path:
                continue
            building = ijson.ObjectBuilder()
        building.event(event, value)
        if place == path and event not in ("start_map", "start_array", "map_key"):
            yield building.value
            building = None


class _Bounded:
    """A stream that refuses to feed a reader without end; bytes that are no UTF-8 become U+FFFD."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self._decoder = getincrementaldecoder("utf-8-sig")("replace")
        self._nesting = _Nesting()
        self.begin()

    def begin(self) -> None:
        """Count bytes anew: another item begins."""
        self._waiting = 0

    def read(self, count: int = -1) -> bytes:
        data = self._stream.read(count)
        self._waiting += len(data)
        if self._waiting > MOST_BYTES or self._nesting.deepest(data) > _MOST_OPEN:
            raise BrokenExport(
                f"{self._name} is not read: it nests or swells beyond reason.",
                hint="an honest export does not look like this; do not trust where it came from.",
            )
        return self._decoder.decode(data, final=not data).encode()


class _Nesting:
    """How deep a JSON file nests, piece by piece; brackets in texts do not count."""

    def __init__(self) -> None:
        self._depth = 0
        self._in_text = False
        self._kept = b""  # a backslash at the end of a piece, which belongs to what comes next

    def deepest(self, data: bytes) -> int:
        """How deep the next piece nests; where that is not too deep, no less than it does."""
        data = self._kept + data
        ends = len(data) - len(data.rstrip(b"\\"))
        self._kept = b"\\" * (ends % 2)
        if b"\\" in data:
            data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
        parts = data.split(b'"')
        signs = b"".join(parts[self._in_text :: 2])
        self._in_text ^= len(parts) % 2 == 0
        opened = signs.count(b"[") + signs.count(b"{")
        most = self._depth + opened
        if most > _MOST_OPEN:  # or merely many side by side
            steps = (_BRACKETS.get(sign, 0) for sign in signs)
            most = max(accumulate(steps, initial=self._depth))
        self._depth += opened - signs.count(b"]") - signs.count(b"}")
        return most


_BRACKETS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
