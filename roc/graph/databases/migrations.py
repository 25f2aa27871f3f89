"""Bringing an earlier version's file up to date: a backup, then numbered steps, each once."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from itertools import count
from pathlib import Path

from roc.graph.databases import to_version_2, to_version_3, to_version_4
from roc.graph.databases.copying import copy_whole
from roc.graph.databases.limits import CACHE_KIB, WAIT_FOR_LOCK_SECONDS
from roc.graph.databases.opening import in_our_words
from roc.graph.tables import SCHEMA_VERSION

STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {
    1: to_version_2.migrate,
    2: lambda connection: to_version_3.migrate(connection.execute),
    3: lambda connection: to_version_4.migrate(connection.execute),
}
"""What takes a file from a version to the next one. A step is never changed once it is released."""


def bring_up_to_date(path: Path) -> Path | None:
    """Bring a graph file of an earlier version up to date.

    It is copied beside itself first, as ``me.graph.v1-backup``. All steps are one transaction:
    whatever happens, the file is as it was or up to date. A second process waits, and finds it
    done.

    Args:
        path: a graph file.

    Returns:
        Where the file as it was before rests; ``None`` where it was up to date.

    Raises:
        UnwritableGraph: the disk has no room for backup and file, or another process is at it.
        GraphError: the file is damaged.
    """
    with (
        in_our_words(path),
        closing(
            sqlite3.connect(path.absolute(), timeout=WAIT_FOR_LOCK_SECONDS, isolation_level=None)
        ) as connection,
    ):
        if _version(connection) >= SCHEMA_VERSION:
            return None
        # Sorting millions of acts spills to the disk; memory stays bounded.
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        version = _version(connection)
        if version >= SCHEMA_VERSION:
            return None
        backup = _backed_up(path, version)
        try:
            _apply(connection, version)
        except BaseException:
            backup.unlink()  # nothing was changed, and the room may be what is missing
            raise
        connection.execute("COMMIT")
    return backup


def _version(connection: sqlite3.Connection) -> int:
    told = connection.execute("SELECT value FROM setting WHERE name = 'schema_version'")
    return int(told.fetchone()[0])


def _apply(connection: sqlite3.Connection, version: int) -> None:
    for number in range(version, SCHEMA_VERSION):
        STEPS[number](connection)
        connection.execute(
            "UPDATE setting SET value = ? WHERE name = 'schema_version'", (str(number + 1),)
        )


def _backed_up(path: Path, version: int) -> Path:
    """A copy beside the file, under a name that is free."""
    first = path.with_name(f"{path.name}.v{version}-backup")
    names = (first.with_name(f"{first.name}-{number}") for number in count(2))
    backup = first if not first.exists() else next(name for name in names if not name.exists())
    with in_our_words(backup):
        copy_whole(path, backup)
    return backup
