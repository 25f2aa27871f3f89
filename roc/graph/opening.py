"""Opening a graph file: made if need be, checked, and what is in its way said in our own words."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from roc.errors import GraphError, UnwritableGraph
from roc.graph.layout import check, lay_out

WAIT_FOR_LOCK_SECONDS = 10
_CACHE_KIB = 256 * 1024


def opened_engine(path: Path) -> Engine:
    """An engine for the file, which is made, readable by its owner alone, where there is none.

    Raises:
        NewerGraph: a newer version wrote it.
        UnwritableGraph: the folder or the file is in the way.
        GraphError: it is not a graph file.
    """
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
    engine = create_engine(url, connect_args={"timeout": WAIT_FOR_LOCK_SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where this file says so
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            f"cache_size = -{_CACHE_KIB}",
            "temp_store = MEMORY",
            "secure_delete = ON",  # what is forgotten is overwritten, not only unlinked
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def begin_writing(connection: Connection) -> None:
    """Begin a transaction that no other writer is in."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


_REASONS = (
    ("readonly", "is read-only", "make it writable, or name another with --graph FILE."),
    (
        "disk is full",
        "does not fit: the disk is full",
        "free some space; nothing was half-written.",
    ),
    ("locked", "is in use by another roc", "wait for it to finish, then run this again."),
    ("unable to open", "cannot be opened", "check that the folder exists and is writable."),
)


@contextmanager
def in_our_words(path: Path) -> Iterator[None]:
    """Tell what SQLite or the system finds in the way of the file as an error of ours."""
    try:
        yield
    except OSError as error:
        raise UnwritableGraph(
            f"The graph file {path} cannot be written: {error.strerror or error}.",
            hint="choose a folder that you may write to, with --graph FILE.",
        ) from error
    except OperationalError as error:
        for sign, state, hint in _REASONS:
            if sign in str(error.orig):
                raise UnwritableGraph(f"The graph file {path} {state}.", hint=hint) from error
        raise
    except DatabaseError as error:
        if "file is not a database" in str(error.orig) or "malformed" in str(error.orig):
            raise GraphError(
                f"{path} is not a graph file, or is damaged.",
                hint="name another file with --graph FILE, or restore it from a backup.",
            ) from error
        raise
