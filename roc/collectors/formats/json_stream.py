"""The items of a JSON file one by one, in bounded memory, however large the file is."""

from codecs import getincrementaldecoder
from collections.abc import Collection, Iterator
from typing import IO, Any

from roc.errors import BrokenExport

MOST_BYTES = 2**24
"""Of one item, with what stands before it: a message is not larger, a trap may be."""

_MOST_OPEN = 5_000
"""Brackets; real files have a dozen, and the texts of one item a few more. The reader names each
value by its whole path, so that time grows with the square of the depth."""


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
    depth = 0
    for place, event, value in ijson.parse(bounded, **settings):
        depth += event.startswith("start") - event.startswith("end")
        if building is None:
            bounded.begin(depth)
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
        self.begin()

    def begin(self, depth: int = 0) -> None:
        """Count anew: another item begins, so many brackets deep."""
        self._open, self._waiting = depth, 0

    def read(self, count: int = -1) -> bytes:
        data = self._stream.read(count)
        self._waiting += len(data)
        self._open += data.count(b"[") + data.count(b"{") - data.count(b"]") - data.count(b"}")
        if self._waiting > MOST_BYTES or self._open > _MOST_OPEN:
            raise BrokenExport(
                f"{self._name} is not read: it nests or swells beyond reason.",
                hint="an honest export does not look like this; do not trust where it came from.",
            )
        return self._decoder.decode(data, final=not data).encode()
