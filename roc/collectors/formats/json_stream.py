"""The items of a JSON file one by one, in bounded memory, however large the file is."""

from collections.abc import Iterator
from typing import IO, Any

from roc.errors import BrokenExport

MOST_BYTES = 2**24
"""Of one item, with what stands before it: a message is not larger, a trap may be."""

_MOST_OPEN = 2000
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
            bounded.waiting = bounded.open = 0
            yield value
    except BrokenExport:
        raise
    except (ijson.JSONError, ValueError, OverflowError, RecursionError) as error:
        raise BrokenExport(
            f"{name} is cut off or damaged.", hint="download the export again."
        ) from error


def _far_apart(bounded: "_Bounded", path: str, **settings: bool) -> Iterator[Any]:
    """The same as ``ijson.items``; what is passed over is not counted as one item."""
    import ijson

    building = None
    depth = 0
    for place, event, value in ijson.parse(bounded, **settings):
        depth += event.startswith("start") - event.startswith("end")
        if building is None:
            bounded.waiting, bounded.open = 0, depth
            if place != path:
                continue
            building = ijson.ObjectBuilder()
        building.event(event, value)
        if place == path and event not in ("start_map", "start_array", "map_key"):
            yield building.value
            building = None


class _Bounded:
    """A stream that refuses to feed a reader without end."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._name = name
        self.open = 0
        self.waiting = 0

    def read(self, count: int = -1) -> bytes:
        data = self._stream.read(count)
        self.waiting += len(data)
        self.open += data.count(b"[") + data.count(b"{") - data.count(b"]") - data.count(b"}")
        if self.waiting > MOST_BYTES or self.open > _MOST_OPEN:
            raise BrokenExport(
                f"{self._name} is not read: it nests or swells beyond reason.",
                hint="an honest export does not look like this; do not trust where it came from.",
            )
        return data
