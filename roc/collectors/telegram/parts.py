"""What stands in ``result.json``, in its order: the owner, contacts, chats and their messages."""

import re
from collections.abc import Iterator
from typing import Literal

from roc.collectors.archive import Export, text
from roc.collectors.formats.json_walk import Text, Walk

Part = tuple[Literal["owner", "contact", "chat", "message"], object]
"""What it is, and what the file says of it. Messages follow the chat that they belong to."""

_CHAT_KEYS = frozenset({"name", "type", "id"})
_BAD_ESCAPE = re.compile(r"\\\\|\\x")


def parts(export: Export, name: str) -> Iterator[Part]:
    """Walk through one file, of a whole account or of one chat.

    Raises:
        BrokenExport: the file is cut off or is not JSON; after what could be read.
    """
    with text(export, name) as stream:
        yield from _chat(Walk(_Mended(stream), name), outermost=True)


def _chat(walk: Walk, *, outermost: bool = False) -> Iterator[Part]:
    """A chat; the file of one chat is one, and that of an account has chats within."""
    told: dict[str, object] = {}
    for key in walk.names():
        if key in _CHAT_KEYS:
            told[key] = walk.value()
        elif key == "messages":
            yield "chat", dict(told)
            for _ in walk.items():
                yield "message", walk.value()
        elif outermost and key == "personal_information":
            yield "owner", walk.value()
        elif outermost and key == "contacts":
            for _ in _listed(walk):
                yield "contact", walk.value()
        elif outermost and key in ("chats", "left_chats"):
            for _ in _listed(walk):
                yield from _chat(walk)
        else:
            walk.skip()


def _listed(walk: Walk) -> Iterator[None]:
    """Once for each item of the list within the next object."""
    for key in walk.names():
        if key == "list":
            yield from walk.items()
        else:
            walk.skip()


class _Mended:
    r"""A text in which ``\x0b`` is JSON: so Telegram writes signs that steer, and JSON does not."""

    def __init__(self, stream: Text) -> None:
        self._stream = stream

    def read(self, count: int, /) -> str:
        """The next so many characters, and as many more as make the last escape whole."""
        data = self._stream.read(count)
        while (len(data) - len(data.rstrip("\\"))) % 2 and (more := self._stream.read(1)):
            data += more
        if "\\x" not in data:
            return data
        return _BAD_ESCAPE.sub(lambda found: r"\\x" if found[0] == r"\x" else found[0], data)
