"""Ways to write a log into a database: ours, and those that it is measured against."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.log import Log, newest
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


def roc_columns(log: Log, path: Path) -> None:
    """``Graph.add`` of acts in columns, as a plain table hands them over."""
    from roc.graph.records import Interactions, Precision
    from roc.graph.store import Graph

    def told() -> Iterator[Interactions]:
        for start in range(0, len(log), BATCH_ROWS):
            part = slice(start, start + BATCH_ROWS)
            people, place = np.unique(
                np.concatenate((log.sender[part], log.recipient[part])), return_inverse=True
            )
            yield Interactions(
                source="table",
                kind=Kind.MESSAGE,
                precision=Precision.INSTANT,
                accounts=tuple(Account("table", f"person{one}") for one in people.tolist()),
                external_ids=[f"{number:x}@mail.example" for number in log.id[part].tolist()],
                at=log.at[part],
                sender=place[: len(place) // 2],
                recipient=place[len(place) // 2 :],
            )

    with Graph(path) as graph:
        graph.add(told(), source="table", export="log")


def sqlite_same_schema(log: Log, path: Path) -> None:
    """The standard library's sqlite3 into our own tables, the shortest way there is.

    It takes every act for new and every account's number from a dictionary: what is left is what
    Python and SQLite need for these rows at the least.
    """
    from roc.graph.acts import ACT_COLUMNS
    from roc.graph.store import Graph
    from roc.graph.told import hashed, salt_of

    Graph(path).close()
    salt, day = salt_of("table", ""), 86_400
    accounts: dict[str, int] = {}
    with _Database(path) as database:
        database.execute("INSERT OR IGNORE INTO source VALUES (1, 'table')")
        for batch in _batches(rows(log)):
            acts, days, first = [], Counter[tuple[int, ...]](), len(accounts)
            for sender, recipient, at, number in batch:
                one = accounts.setdefault(sender, len(accounts) + 2)
                other = accounts.setdefault(recipient, len(accounts) + 2)
                nothing = None
                acts.append(
                    (hashed(number) ^ salt, 1, 0, at, 0, 0, one, other, 1, nothing, nothing, 1)
                )
                days[at // day, one, other] += 1
            acts.sort()
            new = islice(accounts.items(), first, None)
            database.execute("BEGIN")
            database.executemany(
                "INSERT INTO account VALUES (?2, 'table', ?1, '', '', 'person', 0, 0, ?2)", new
            )
            signs = ", ".join("?" * len(ACT_COLUMNS))
            database.executemany(f"INSERT INTO interaction VALUES ({signs})", acts)
            database.executemany(
                "INSERT INTO contact VALUES (?, ?, ?, 0, 1, 1, ?)"
                " ON CONFLICT DO UPDATE SET acts = acts + excluded.acts",
                [(*key, count) for key, count in sorted(days.items())],
            )
            database.execute("COMMIT")


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


def pandas_to_sql(log: Log, path: Path) -> None:
    """Pandas' ``to_sql`` into a staging table, and from there what is new, same plain schema."""
    import pandas as pd

    sqlite_text(newest(log, 0), path)
    with _Database(path) as database:
        for batch in _batches(rows(log)):
            frame = pd.DataFrame(batch, columns=["sender", "recipient", "at", "id"])
            frame.to_sql("staged", database, if_exists="append", index=False)  # commits
            database.execute("BEGIN")
            database.execute(
                "INSERT INTO act (sender, recipient, at, id, source, kind)"
                " SELECT sender, recipient, at, id, 'table', 'message' FROM staged"
                " WHERE true ON CONFLICT DO NOTHING"
            )
            database.execute("DELETE FROM staged")
            database.execute("COMMIT")


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
    "roc, columns": roc_columns,
    "records only": records_only,
    "sqlite3, same schema": sqlite_same_schema,
    "sqlite3, no key": sqlite_floor,
    "sqlite3, text keys": sqlite_text,
    "SQLAlchemy ORM bulk": orm_bulk,
    "pandas to_sql": pandas_to_sql,
}
"""Ways to write, by the name in the table."""
