"""What each kind of database wants said differently: rows in bulk, many values, rows that exist."""

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, Connection, Select, Table, Text, column, func, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from roc.graph.frames import Ints

NOTHING = -(2**63)
"""Stands in a column for what is null in the database; no moment, account or hash is that."""

_CHUNK_ROWS = 50_000  # rows that are Python objects at one time


def insert(connection: Connection, table: Table) -> Any:
    """An insert that knows what to do about rows that exist: ``on_conflict_do_nothing`` and so on.

    Both kinds of database spell it alike, in classes of their own.
    """
    return sqlite_insert(table)


def these_numbers(connection: Connection, values: Ints) -> Select[Any]:
    """Whole numbers as a select, for ``column.in_(…)``, however many they are.

    In this form databases look each of them up and never read all rows.
    """
    return _values(json.dumps(values.tolist()), BigInteger)


def these_texts(connection: Connection, values: Sequence[str]) -> Select[Any]:
    """Texts as a select, for ``column.in_(…)``, however many they are."""
    return _values(json.dumps(values), Text)


def _values(array: str, kind: Any) -> Select[Any]:
    return select(func.json_each(array).table_valued(column("value", kind)).c.value)


def write_rows(
    connection: Connection, table: Table, names: Sequence[str], columns: Iterable[Ints]
) -> None:
    """Insert rows whose keys are new, in bulk.

    Args:
        connection: within a transaction.
        table: where to.
        names: of the columns.
        columns: their values, of equal length; ``NOTHING`` is null.
    """
    _run_in_bulk(connection, _insert_text(table, names), columns)


def count_rows(
    connection: Connection, table: Table, names: Sequence[str], columns: Iterable[Ints]
) -> None:
    """Insert rows in bulk; where a key exists, add the last column to what is there."""
    *_, counted = names
    _run_in_bulk(
        connection,
        f"{_insert_text(table, names)} ON CONFLICT DO UPDATE"
        f" SET {counted} = {counted} + excluded.{counted}",
        columns,
    )


def update_rows(
    connection: Connection, table: Table, names: Sequence[str], columns: Sequence[Ints]
) -> None:
    """Give rows new values, in bulk; the first column is the key by which they are found."""
    key, *others = names
    setting = ", ".join(f"{name} = ?" for name in others)
    _run_in_bulk(
        connection,
        f"UPDATE {table.name} SET {setting} WHERE {key} = ?",
        [*columns[1:], columns[0]],
    )


def delete_rows(
    connection: Connection, table: Table, names: Sequence[str], columns: Iterable[Ints]
) -> None:
    """Delete rows in bulk, by the values of some columns."""
    where = " AND ".join(f"{name} = ?" for name in names)
    _run_in_bulk(connection, f"DELETE FROM {table.name} WHERE {where}", columns)


def _insert_text(table: Table, names: Sequence[str]) -> str:
    signs = ", ".join("?" * len(names))
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({signs})"


def _run_in_bulk(connection: Connection, statement: str, columns: Iterable[Ints]) -> None:
    rows = zip(*map(_plain, columns), strict=True)
    while chunk := list(islice(rows, _CHUNK_ROWS)):
        connection.exec_driver_sql(statement, chunk)


def _plain(values: Ints) -> Iterable[int | None]:
    """A column as the driver takes it, chunk by chunk."""
    for start in range(0, len(values), _CHUNK_ROWS):
        chunk = values[start : start + _CHUNK_ROWS]
        plain = chunk.tolist()
        has_nothing = np.any(chunk == NOTHING)
        yield from [None if one == NOTHING else one for one in plain] if has_nothing else plain
