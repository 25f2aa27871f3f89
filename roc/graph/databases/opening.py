"""Opening a graph file: made if need be, checked, and what is in its way said in our own words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from roc.errors import GraphError
from roc.graph.databases.layout import check, lay_out
from roc.graph.databases.limits import CACHE_KIB, WAIT_FOR_LOCK_SECONDS
from roc.graph.databases.troubles import in_words

_TICK_SECONDS = 0.02
_OLDEST_SQLITE = (3, 37)  # the first with STRICT tables


def opened_engine(path: Path) -> Engine:
    """An engine for the file, which is made, readable by its owner alone, where there is none.

    Raises:
        NewerGraph: a newer version wrote it.
        UnwritableGraph: the folder or the file is in the way.
        GraphError: it is not a graph file, or SQLite is too old.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise GraphError(
            f"SQLite {sqlite3.sqlite_version} is too old for {path}: roc needs 3.37 or later.",
            hint="SQLite comes with Python: use a newer Python, or upgrade libsqlite3.",
        )
    with in_our_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        engine = _engine_of(path)
        try:
            with engine.connect() as connection:
                lay_out(connection, begin_writing)
                check(connection, str(path), "name another file with --graph FILE.")
        except BaseException:
            engine.dispose()
            raise
    return engine


def _engine_of(path: Path) -> Engine:
    # Absolute and not written as a URL, in which "?" and ":memory:" mean something else.
    url = URL.create("sqlite", database=str(path.absolute()))
    engine = create_engine(
        url,
        connect_args={"timeout": WAIT_FOR_LOCK_SECONDS},
        hide_parameters=True,  # names and addresses of people stand in no error
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where this file says so
        _log_ahead(connection)
        for pragma in (
            "synchronous = NORMAL",
            f"cache_size = -{CACHE_KIB}",
            "temp_store = MEMORY",
            "secure_delete = ON",  # what is forgotten is overwritten, not only unlinked
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _log_ahead(connection: Any) -> None:
    """Have what is written logged first, so that readers and a writer do not wait for each other.

    While another process is making the same file, SQLite refuses this at once, without waiting.
    """
    until = monotonic() + WAIT_FOR_LOCK_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as refusal:
            if "locked" not in str(refusal) or monotonic() > until:
                raise
        else:
            return
        sleep(_TICK_SECONDS)


def begin_writing(connection: Connection) -> None:
    """Begin a transaction that no other writer is in."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


OF_SQLITE = (DatabaseError, sqlite3.DatabaseError)
"""What SQLite raises, for ``in_our_words``: within it, others may do what the system refuses."""


@contextmanager
def in_our_words(
    path: Path, raised: tuple[type[Exception], ...] = (OSError, *OF_SQLITE)
) -> Iterator[None]:
    """Tell what SQLite or the system finds in the way of the file as an error of ours."""
    try:
        yield
    except raised as error:
        told = in_words(path, error)
        if told is None:
            raise
        raise told from error
