"""What each kind of database wants said differently: rows in bulk, many values, rows that exist."""

import json
from collections.abc import Iterator, Sequence
from itertools import chain
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
    connection: Connection, table: Table, names: Sequence[str], columns: Sequence[Ints]
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
    connection: Connection, table: Table, names: Sequence[str], columns: Sequence[Ints]
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
    connection: Connection, table: Table, names: Sequence[str], columns: Sequence[Ints]
) -> None:
    """Delete rows in bulk, by the values of some columns."""
    where = " AND ".join(f"{name} = ?" for name in names)
    _run_in_bulk(connection, f"DELETE FROM {table.name} WHERE {where}", columns)


def _insert_text(table: Table, names: Sequence[str]) -> str:
    signs = ", ".join("?" * len(names))
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({signs})"


def _run_in_bulk(connection: Connection, statement: str, columns: Sequence[Ints]) -> None:
    for start in range(0, len(columns[0]), _CHUNK_ROWS):
        chunk = [_plain(values[start : start + _CHUNK_ROWS]) for values in columns]
        connection.exec_driver_sql(statement, list(zip(*chunk, strict=True)))


def _plain(values: Ints) -> list[int | None]:
    """A column as the driver takes it."""
    plain: list[int | None] = values.tolist()
    if np.any(values == NOTHING):
        return [None if one == NOTHING else one for one in plain]
    return plain


def read_rows(connection: Connection, statement: Select[Any]) -> list[Ints]:
    """A select of whole numbers as columns, read in chunks so that memory stays bounded."""
    width = len(statement.selected_columns)
    blocks = [
        np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(rows) * width)
        for rows in _chunks(connection, statement)
    ]
    table: Ints = np.concatenate(blocks) if blocks else np.empty(0, dtype=np.int64)
    return [np.ascontiguousarray(table[place::width]) for place in range(width)]


def _chunks(connection: Connection, statement: Select[Any]) -> Iterator[Any]:
    """Bare tuples from the driver itself: a row object for each of millions costs thrice."""
    text = statement.compile(connection, compile_kwargs={"literal_binds": True})
    cursor = connection.connection.cursor()
    try:
        cursor.execute(str(text))
        while rows := cursor.fetchmany(_CHUNK_ROWS):
            yield rows
    finally:
        cursor.close()
