"""Opening a graph file: made if need be, checked, and what is in its way said in our own words."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.exc import DatabaseError

from roc.errors import GraphError, NewerGraph
from roc.graph import tables
from roc.graph.aggregates import reached
from roc.graph.frames import KINDS
from roc.graph.records import ME, Precision
from roc.graph.troubles import in_words

WAIT_FOR_LOCK_SECONDS = 10
_CACHE_KIB = 256 * 1024
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
                if not inspect(connection).get_table_names():
                    _create(connection)
                _check(connection, path)
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


def _create(connection: Connection) -> None:
    """Lay out an empty graph, whole or not at all, unless another process just did."""
    connection.rollback()
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    if inspect(connection).get_table_names():
        connection.rollback()
        return
    tables.metadata.create_all(connection)
    seen = reached().compile(connection, compile_kwargs={"literal_binds": True})
    connection.exec_driver_sql(f"CREATE VIEW reached AS {seen}")
    connection.execute(
        insert(tables.setting),
        [
            {"name": "schema_version", "value": str(tables.SCHEMA_VERSION)},
            {"name": "salt", "value": secrets.token_hex(32)},
        ],
    )
    connection.execute(
        insert(tables.kind), [{"id": n, "word": kind.value} for n, kind in enumerate(KINDS)]
    )
    connection.execute(
        insert(tables.precision),
        [{"id": n, "word": precision.value} for n, precision in enumerate(Precision)],
    )
    connection.execute(
        insert(tables.account),
        {"source": ME.source, "handle": ME.handle, "owner": True, "person_id": 1},
    )
    connection.commit()


def _check(connection: Connection, path: Path) -> None:
    version = _schema_version(connection)
    if version is None:
        raise GraphError(
            f"{path} is a database, but not a graph of ours.",
            hint="name another file with --graph FILE.",
        )
    if version > tables.SCHEMA_VERSION:
        raise NewerGraph(
            f"{path} was written by a newer version of roc (its schema is {version}, "
            f"this one knows {tables.SCHEMA_VERSION}).",
            hint="upgrade with: pip install --upgrade return-on-connections",
        )


def _schema_version(connection: Connection) -> int | None:
    """The version of the file's layout; ``None`` where it is not laid out as ours."""
    ours = tables.setting
    found = inspect(connection)
    if not found.has_table(ours.name):
        return None
    if {column["name"] for column in found.get_columns(ours.name)} != set(ours.c.keys()):
        return None
    told = connection.execute(select(ours.c.value).filter_by(name="schema_version")).scalar()
    return int(told) if told is not None and str(told).isdecimal() else None


@contextmanager
def in_our_words(path: Path) -> Iterator[None]:
    """Tell what SQLite or the system finds in the way of the file as an error of ours."""
    try:
        yield
    except (OSError, DatabaseError, sqlite3.DatabaseError) as error:
        told = in_words(path, error)
        if told is None:
            raise
        raise told from error
