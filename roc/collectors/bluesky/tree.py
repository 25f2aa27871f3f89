"""The tree of a repository: under which key each record is kept.

A record does not tell its key, but its address is made of it. The tree's nodes do
(https://atproto.com/specs/repository); each can be read alone, wherever in the file it stands.
"""

import re
from collections.abc import Iterator

from roc.collectors.bluesky.dag_cbor import Link
from roc.errors import BrokenExport

MOST_RECORDS = 5_000_000
"""Of one repository; each costs some 200 bytes of memory while it is read."""

_NODE = b"\xa2ae"  # a map of two whose first key is "e": no record begins so
_LONGEST_KEY = 1024
_MOST_KEYS = 20  # under which one and the same record is kept
_KEY = re.compile(rb"[A-Za-z0-9.]{1,300}/([A-Za-z0-9._:~-]{1,512})")


def is_node(data: bytes) -> bool:
    """Whether a block is a node of the tree."""
    return data.startswith(_NODE)


class Keys:
    """Under which keys records are kept, by the identifiers of their blocks.

    Args:
        collections: of which records the keys are kept; ``app.bsky.feed.post`` is one.
        name: the file, for the message.
    """

    def __init__(self, collections: frozenset[str], name: str) -> None:
        self._wanted = tuple(f"{collection}/".encode() for collection in collections)
        self._name = name
        # Keys have no blanks, so that one text holds several.
        self._found: dict[bytes, str] = {}

    def add(self, node: object) -> None:
        """Learn the keys in a node.

        Raises:
            BrokenExport: there are more records than can honestly be.
        """
        for key, cid in _entries(node):
            if not key.startswith(self._wanted):
                continue
            told = _KEY.fullmatch(key)
            if told:
                self._add(cid, told[1].decode())
        if len(self._found) > MOST_RECORDS:
            raise BrokenExport(
                f"{self._name} is not read: it has more records than any honest repository.",
                hint="do not trust where it came from.",
            )

    def _add(self, cid: bytes, key: str) -> None:
        known = self._found.get(cid[-32:], "").split()
        if key not in known and len(known) < _MOST_KEYS:
            self._found[cid[-32:]] = " ".join((*known, key))

    def take(self, cid: bytes) -> list[str] | None:
        """The keys of a record; empty the second time, ``None`` where the tree has it not."""
        found = self._found.get(cid[-32:])
        if found is None:
            return None
        self._found[cid[-32:]] = ""
        return sorted(found.split())


def _entries(node: object) -> Iterator[tuple[bytes, bytes]]:
    """Each key in a node with the identifier of its record; a key tells how it differs."""
    entries = node.get("e") if isinstance(node, dict) else None
    before = b""
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            return
        shared, rest, record = entry.get("p"), entry.get("k"), entry.get("v")
        if not (isinstance(shared, int) and isinstance(rest, bytes) and isinstance(record, Link)):
            return
        if not 0 <= shared <= len(before) or shared + len(rest) > _LONGEST_KEY:
            return
        before = before[:shared] + rest
        yield before, record.cid
