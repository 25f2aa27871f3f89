"""The database of messages in an export: recognised, copied, read."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.formats.tolerance import file_by_file, usable
from roc.collectors.imessage.database import opened
from roc.collectors.imessage.reading import Reader
from roc.graph.records import Record

_SIGNATURE = b"SQLite format 3\0"
_IN_BACKUP = "3d0d7e5fb2ce288813306e4d4636395e047a3d28"  # what a backup calls Library/SMS/sms.db
_NAMES = frozenset({"chat.db", "sms.db", _IN_BACKUP})
_SUFFIXES = frozenset({".db", ".sqlite", ".sqlite3"})
# A table that no other database of messages has; databases keep their tables' names near the top.
_TELLING = b"chat_message_join"
_HEAD_BYTES = 2**20


def recognises(export: Export) -> bool:
    """Whether there is a database with the tables of Messages in it."""
    return any(_databases(export))


def resembles(export: Export) -> str:
    """Of a backup that is encrypted: what to do."""
    for name in export.names():
        if PurePosixPath(name).name == _IN_BACKUP and head(export, name, 16) != _SIGNATURE:
            return "This is an encrypted iPhone backup: make one without encryption, and name that."
    return ""


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Who wrote to whom, answered whom and marked whose message.

    Raises:
        BrokenExport: a database is damaged or hostile, or too many rows cannot be used.
    """
    yield from file_by_file(_records(export, name) for name in _databases(export))


def _records(export: Export, name: str) -> Iterator[Record]:
    with opened(export, name) as database:
        yield from usable(name, Reader(database, name).rows())


def _databases(export: Export) -> Iterator[str]:
    names = export.names()
    for name in names:
        path = PurePosixPath(name)
        known = path.name.lower() in _NAMES
        if not (known or path.suffix.lower() in _SUFFIXES or len(names) == 1):
            continue
        # Where a table was altered often, its name may lie further down: then Apple's own name,
        # which nothing else bears, has to do.
        start = head(export, name, 16 if known else _HEAD_BYTES)
        if start.startswith(_SIGNATURE) and (known or _TELLING in start):
            yield name
