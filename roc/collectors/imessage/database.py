"""A database of messages, copied and opened so that whatever is in it can do no harm.

The copy is made because Messages may be writing, and because reading a database that was not
closed writes beside it. A database can bring views and columns that run what somebody wrote; one
that has them in the place of tables is refused. Nothing is written, so no trigger is run.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from roc.collectors.archive import Export
from roc.errors import BrokenExport, CollectError

TABLES = ("message", "handle", "chat", "chat_message_join", "chat_handle_join")

_CHUNK = 2**20
_LONGEST_VALUE = 2**20  # bytes; nothing that is asked for is as long as that
_MAX_COLUMNS = 2000
_STEP = 100_000  # of the database's own small steps, between two looks at how many are left
_STEPS_PER_BYTE = 10  # an honest database needs fewer than three; one built to loop, any number
_LEAST_STEPS = 20_000_000
_JOURNAL = "-wal"  # what was written last and is not yet in the database itself

# Among them what Python makes of a complaint about a name that is not UTF-8.
_DAMAGE = (sqlite3.Error, sqlite3.Warning, UnicodeDecodeError, OverflowError, MemoryError)


class Database:
    """An opened database of messages.

    Args:
        connection: to the copy.
        size: bytes of the copy, by which the work it may cost is bounded.
        name: of the file, as the owner knows it.
    """

    def __init__(self, connection: sqlite3.Connection, size: int, name: str) -> None:
        self._connection = connection
        self._name = name
        self._steps_left = _LEAST_STEPS + _STEPS_PER_BYTE * size
        connection.text_factory = _text
        connection.set_progress_handler(self._spend, _STEP)
        self._protect()
        self._check_tables()
        self.columns = {table: self._columns(table) for table in TABLES}

    def rows(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one after the other.

        Raises:
            BrokenExport: the database is damaged, or asks for more work than is in it.
        """
        try:
            yield from self._connection.execute(query, values)
        except _DAMAGE as error:
            raise self._broken() from error

    def first(self, query: str, *values: object) -> tuple[Any, ...] | None:
        """The first row of a query."""
        rows = self.rows(query, *values)
        try:
            return next(rows, None)
        finally:
            rows.close()  # type: ignore[attr-defined]

    def _protect(self) -> None:
        connection = self._connection
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        connection.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, _MAX_COLUMNS)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        for told in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
            self._run(f"PRAGMA {told}")

    def _run(self, statement: str) -> list[tuple[Any, ...]]:
        return list(self.rows(statement))

    def _check_tables(self) -> None:
        """Views and virtual tables run what somebody else wrote: only tables are asked."""
        found = {
            str(name).lower()
            for name, kind, made in self.rows("SELECT name, type, sql FROM sqlite_master")
            if kind == "table" and str(made).upper().startswith("CREATE TABLE")
        }
        if not found.issuperset(TABLES):
            raise self._broken()

    def _columns(self, table: str) -> frozenset[str]:
        """Names of a table's columns; Messages has none that is worked out when it is read."""
        found = self._run(f"PRAGMA table_xinfo({table})")
        if any(hidden for *_, hidden in found):
            raise self._broken()
        return frozenset(str(row[1]).lower() for row in found)

    def _spend(self) -> int:
        self._steps_left -= _STEP
        return self._steps_left < 0

    def _broken(self) -> BrokenExport:
        return BrokenExport(
            f"{self._name} is damaged, or is no database of Messages.",
            hint="quit Messages and copy the whole folder again; what was read before is kept.",
        )


@contextmanager
def opened(export: Export, name: str) -> Iterator[Database]:
    """A database in an export, as a copy that is removed in the end.

    Raises:
        BrokenExport: it cannot be opened as a database of messages.
        CollectError: it cannot be copied, as where the disk is full.
    """
    with tempfile.TemporaryDirectory(prefix="roc-imessage-") as folder:
        copy = Path(folder) / "chat.db"
        try:
            _copy(export, name, copy)
            connection = sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)
        except (OSError, sqlite3.Error) as error:
            raise CollectError(
                f"{name} cannot be copied to be read: {error}.",
                hint="make room where temporary files are kept, then collect again.",
            ) from error
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        with closing(connection):
            yield Database(connection, size, name)


def _copy(export: Export, name: str, copy: Path) -> None:
    """Copy a database, and the journal beside it, also where only the database was named."""
    beside = export.path.with_name(export.path.name + _JOURNAL)
    with copy.open("wb") as target, export.open(name) as stream:
        shutil.copyfileobj(stream, target, _CHUNK)
    journal = copy.with_name(copy.name + _JOURNAL)
    if name + _JOURNAL in export.names():
        with journal.open("wb") as target, export.open(name + _JOURNAL) as stream:
            shutil.copyfileobj(stream, target, _CHUNK)
    elif export.names() == (export.path.name,) and beside.is_file():
        shutil.copyfile(beside, journal)


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
