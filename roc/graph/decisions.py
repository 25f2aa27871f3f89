"""What the owner decided about people, so that it can be undone: last decision first.

A decision is kept as what it changed: links, muting, tags and care as they
were before. Undoing puts
exactly that back, whatever was read in between.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from roc.errors import NothingToUndo
from roc.graph import tables
from roc.graph.links import refresh_persons
from roc.graph.lookup import among

_Key = tuple[Any, ...]
"""A table's name, then the key of a row in it."""

_DECIDED: Mapping[str, tuple[str, ...]] = {
    "link": ("account_id", "other_id", "basis"),
    "account": ("id",),
    "account_tag": ("account_id", "tag"),
    "care": ("account_id", "word"),
}
"""The tables that hold decisions, and their keys."""

_VALUES: Mapping[str, tuple[str, ...]] = {
    "link": ("confidence", "withdrawn"),
    "account": ("muted", "owner"),
    "care": ("value",),
}
"""What of a row is decided; the rows themselves where nothing stands here."""


@contextmanager
def deciding(connection: Connection, word: str, accounts: Collection[int]) -> Iterator[None]:
    """Keep what a decision about some accounts changes.

    Args:
        connection: within a transaction.
        word: what was decided: merge, split, mute …
        accounts: all accounts that it can touch.
    """
    before = _state(connection, accounts)
    yield
    after = _state(connection, accounts)
    changes = [
        [list(key), before.get(key)]
        for key in sorted({*before, *after}, key=repr)
        if before.get(key) != after.get(key)
    ]
    if changes:
        connection.execute(insert(tables.decision).values(word=word, changes=changes))


def undo(connection: Connection) -> tuple[str, list[int]]:
    """Put back what the last decision changed.

    Returns:
        What had been decided, and the accounts that it was about, ascending.

    Raises:
        NothingToUndo: nothing was decided, or all of it is undone.
    """
    columns = tables.decision.c
    last = connection.execute(select(tables.decision).order_by(columns.id.desc()).limit(1)).first()
    if last is None:
        raise NothingToUndo(
            "There is no decision about people that could be undone.", hint="see: roc people list"
        )
    for (name, *key), before in last.changes:
        _put_back(connection, tables.metadata.tables[name], key, before)
    connection.execute(delete(tables.decision).where(columns.id == last.id))
    accounts = sorted(_accounts_in(last.changes))
    refresh_persons(connection, accounts)
    return last.word, accounts


def drop_about(connection: Connection, accounts: Collection[int]) -> None:
    """Drop decisions that concern accounts which are about to go; they cannot be undone then."""
    gone = set(accounts)
    _drop(connection, lambda changes: bool(_accounts_in(changes) & gone))


def drop_naming(connection: Connection, names: Callable[[str], bool]) -> None:
    """Drop decisions about tags that name somebody who is forgotten."""
    _drop(connection, lambda changes: any(names(tag) for tag in _tags_in(changes)))


def _drop(connection: Connection, concerns: Callable[[list[Any]], bool]) -> None:
    """Drop decisions, and earlier ones about the same rows, which could not be undone alone."""
    rows = connection.execute(select(tables.decision).order_by(tables.decision.c.id.desc()))
    gone, keys = [], set[_Key]()
    for row in rows.all():
        touched = {tuple(key) for key, _ in row.changes}
        if touched & keys or concerns(row.changes):
            gone.append(row.id)
            keys |= touched
    connection.execute(delete(tables.decision).where(tables.decision.c.id.in_(gone)))


def _tags_in(changes: list[Any]) -> set[str]:
    return {key[-1] for (name, *key), _ in changes if name == tables.account_tag.name}


def _accounts_in(changes: list[Any]) -> set[int]:
    return {part for (_, *key), _ in changes for part in key if isinstance(part, int)}


def _state(connection: Connection, accounts: Collection[int]) -> dict[_Key, list[Any]]:
    """What is decided about accounts, row by row."""
    state: dict[_Key, list[Any]] = {}
    for name, key in _DECIDED.items():
        columns = tables.metadata.tables[name].c
        values = _VALUES.get(name, ())
        touching = or_(
            *(columns[part].in_(among(connection, accounts)) for part in key if part.endswith("id"))
        )
        rows = select(*(columns[part] for part in (*key, *values))).where(touching)
        for row in connection.execute(rows):
            state[(name, *row[: len(key)])] = [_plain(value) for value in row[len(key) :]]
    return state


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _put_back(connection: Connection, table: Any, key: list[Any], before: Any) -> None:
    values = _VALUES.get(table.name, ())
    names = _DECIDED[table.name]
    here = [table.c[name] == part for name, part in zip(names, key, strict=True)]
    if before is None:
        connection.execute(delete(table).where(*here))
        return
    was = {
        name: bool(value) if name in ("withdrawn", "muted", "owner") else value
        for name, value in zip(values, before, strict=True)
    }
    if connection.execute(select(table.c[names[0]]).where(*here)).first() is None:
        connection.execute(insert(table).values(**dict(zip(names, key, strict=True)), **was))
    elif was:
        connection.execute(update(table).where(*here).values(**was))
