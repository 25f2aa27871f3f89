"""Ways to write a log into a database: ours, and those that it is measured against."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks.log import Log
from roc.graph.records import Account, Interaction, Kind

BATCH_ROWS = 100_000

Row = tuple[str, str, int, str]
"""Sender, recipient, moment and id, as any client would hand them over."""


def rows(log: Log) -> Iterator[Row]:
    """A log row by row; ids and people are text, as sources give them."""
    for start in range(0, len(log), BATCH_ROWS):
        part = slice(start, start + BATCH_ROWS)
        columns = (log.sender[part], log.recipient[part], log.at[part], log.id[part])
        for sender, recipient, at, number in zip(*(c.tolist() for c in columns), strict=True):
            yield f"person{sender}", f"person{recipient}", at, f"{number:x}@mail.example"


def interactions(log: Log) -> Iterator[Interaction]:
    """A log as the records that a collector yields."""
    for sender, recipient, at, number in rows(log):
        yield Interaction(
            source="table",
            external_id=number,
            kind=Kind.MESSAGE,
            at=datetime.fromtimestamp(at, UTC),
            sender=Account("table", sender),
            recipients=(Account("table", recipient),),
        )


def records_only(log: Log, path: Path) -> None:
    """Make the records and drop them: what is spent before a store comes into play."""
    for _ in interactions(log):
        pass


def roc(log: Log, path: Path) -> None:
    """``Graph.add``: idempotent, with accounts, participants and contact days kept in step."""
    from roc.graph.store import Graph

    with Graph(path) as graph:
        graph.add(interactions(log), source="table", export="log")


def sqlite_floor(log: Log, path: Path) -> None:
    """The standard library's sqlite3 into a table with no key and no index."""
    with _Database(path) as database:
        database.execute("CREATE TABLE IF NOT EXISTS act (sender, recipient, at INTEGER, id)")
        _insert(database, "INSERT INTO act VALUES (?, ?, ?, ?)", rows(log))


def sqlite_text(log: Log, path: Path) -> None:
    """The standard library's sqlite3 into a plain schema keyed by the text of the id."""
    with _Database(path) as database:
        database.execute(
            "CREATE TABLE IF NOT EXISTS act (number INTEGER PRIMARY KEY, source TEXT NOT NULL,"
            " id TEXT NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL,"
            " at INTEGER NOT NULL, kind TEXT NOT NULL, UNIQUE (source, id))"
        )
        database.execute("CREATE INDEX IF NOT EXISTS dyad ON act (sender, recipient, at)")
        insert = (
            "INSERT INTO act (sender, recipient, at, id, source, kind)"
            " VALUES (?, ?, ?, ?, 'table', 'message') ON CONFLICT DO NOTHING"
        )
        _insert(database, insert, rows(log))


def orm_bulk(log: Log, path: Path) -> None:
    """SQLAlchemy's ORM, bulk insert of mapped classes, same plain schema."""
    from sqlalchemy import Index, UniqueConstraint, create_engine, insert
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    class Base(DeclarativeBase):
        pass

    class Act(Base):
        __tablename__ = "act"
        __table_args__ = (
            UniqueConstraint("source", "id"),
            Index("dyad", "sender", "recipient", "at"),
        )
        number: Mapped[int] = mapped_column(primary_key=True)
        source: Mapped[str]
        id: Mapped[str]
        sender: Mapped[str]
        recipient: Mapped[str]
        at: Mapped[int]
        kind: Mapped[str]

    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    names = ("sender", "recipient", "at", "id")
    for batch in _batches(rows(log)):
        mappings = [
            {"source": "table", "kind": "message", **dict(zip(names, row, strict=True))}
            for row in batch
        ]
        with Session(engine) as unit, unit.begin():
            unit.execute(insert(Act), mappings)
    engine.dispose()


class _Database:
    """A connection with the settings that our store has, closed at the end."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", f"cache_size = {-(2**18)}"):
            self._database.execute(f"PRAGMA {pragma}")

    def __enter__(self) -> sqlite3.Connection:
        return self._database

    def __exit__(self, *details: object) -> None:
        self._database.close()


def _insert(database: sqlite3.Connection, statement: str, found: Iterator[Row]) -> None:
    for batch in _batches(found):
        database.execute("BEGIN")
        database.executemany(statement, batch)
        database.execute("COMMIT")


def _batches(found: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(found)
    while batch := list(islice(iterator, BATCH_ROWS)):
        yield batch


WRITERS: Mapping[str, Callable[[Log, Path], None]] = {
    "roc": roc,
    "records only": records_only,
    "sqlite3, no key": sqlite_floor,
    "sqlite3, text keys": sqlite_text,
    "SQLAlchemy ORM bulk": orm_bulk,
}
"""Ways to write, by the name in the table."""
