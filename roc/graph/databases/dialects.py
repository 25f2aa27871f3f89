"""What each kind of database wants said differently: rows in bulk, many values, rows that exist."""

import json
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

import numpy as np
from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    Select,
    Table,
    Text,
    cast,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from roc.graph.databases.copy_format import HEAD, TAIL, packed, unpacked
from roc.graph.frames import Ints

NOTHING = -(2**63)
"""Stands in a column for what is null in the database; no moment, account or hash is that."""

_CHUNK_ROWS = 50_000  # rows that are Python objects at one time


def insert(connection: Connection, table: Table) -> Any:
    """An insert that knows what to do about rows that exist: ``on_conflict_do_nothing`` and so on.

    Both kinds of database spell it alike, in classes of their own.
    """
    return postgresql_insert(table) if _is_server(connection) else sqlite_insert(table)


def _is_server(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def next_number(table: Table) -> Any:
    """The number for a new row, as a value to insert, where numbers are few and none may be wasted.

    A server's own numbering leaves a gap wherever a transaction fails.
    """
    return select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()


def these_numbers(connection: Connection, values: Ints) -> Select[Any]:
    """Whole numbers as a select, for ``column.in_(…)``, however many they are.

    In this form databases look each of them up and never read all rows.
    """
    return _values(connection, json.dumps(values.tolist()), BigInteger)


def these_texts(connection: Connection, values: Sequence[str]) -> Select[Any]:
    """Texts as a select, for ``column.in_(…)``, however many they are."""
    return _values(connection, json.dumps(values), Text)


def _values(connection: Connection, array: str, kind: Any) -> Select[Any]:
    if _is_server(connection):
        each = func.json_array_elements_text(cast(literal(array, Text), JSON))
        return select(cast(each.table_valued(column("value", Text)).c.value, kind))
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
    if _is_server(connection):
        _copy_in(connection, table.name, names, columns)
    else:
        _each(connection, _insert_text(table, names), columns)


def count_rows(
    connection: Connection, table: Table, names: Sequence[str], columns: Sequence[Ints]
) -> None:
    """Insert rows in bulk, each key once; where one exists, add the last column to what is there.

    The other columns are the key.
    """
    *key, counted = names
    add = (
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE"
        f" SET {counted} = {table.name}.{counted} + excluded.{counted}"
    )
    if _is_server(connection):
        new = f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {', '.join(names)} FROM told"
        _all_at_once(connection, f"{new} {add}", names, columns)
    else:
        _each(connection, f"{_insert_text(table, names)} {add}", columns)


def update_rows(
    connection: Connection, table: Table, names: Sequence[str], columns: Sequence[Ints]
) -> None:
    """Give rows new values, in bulk; the first column is the key by which they are found."""
    key, *others = names
    if _is_server(connection):
        setting = ", ".join(f"{name} = told.{name}" for name in others)
        found = f"FROM told WHERE {table.name}.{key} = told.{key}"
        _all_at_once(connection, f"UPDATE {table.name} SET {setting} {found}", names, columns)
    else:
        setting = ", ".join(f"{name} = ?" for name in others)
        update = f"UPDATE {table.name} SET {setting} WHERE {key} = ?"
        _each(connection, update, [*columns[1:], columns[0]])


def delete_rows(
    connection: Connection, table: Table, names: Sequence[str], columns: Sequence[Ints]
) -> None:
    """Delete rows in bulk, by the values of some columns."""
    if _is_server(connection):
        found = " AND ".join(f"{table.name}.{name} = told.{name}" for name in names)
        delete = f"DELETE FROM {table.name} USING told WHERE {found}"
        _all_at_once(connection, delete, names, columns)
    else:
        found = " AND ".join(f"{name} = ?" for name in names)
        _each(connection, f"DELETE FROM {table.name} WHERE {found}", columns)


def read_rows(connection: Connection, statement: Select[Any]) -> list[Ints]:
    """A select of whole numbers as columns, read in chunks so that memory stays bounded."""
    width = len(statement.selected_columns)
    chunks = _copied_out if _is_server(connection) else _fetched
    blocks = list(chunks(connection, statement, width))
    table: Ints = np.concatenate(blocks) if blocks else np.empty((0, width), dtype=np.int64)
    return [np.ascontiguousarray(table[:, place]) for place in range(width)]


# --- SQLite: a statement for each row, prepared once ----------------------------------------------


def _insert_text(table: Table, names: Sequence[str]) -> str:
    signs = ", ".join("?" * len(names))
    return f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({signs})"


def _each(connection: Connection, statement: str, columns: Sequence[Ints]) -> None:
    for start in range(0, len(columns[0]), _CHUNK_ROWS):
        chunk = [_plain(values[start : start + _CHUNK_ROWS]) for values in columns]
        connection.exec_driver_sql(statement, list(zip(*chunk, strict=True)))


def _plain(values: Ints) -> list[int | None]:
    """A column as the driver takes it."""
    plain: list[int | None] = values.tolist()
    if np.any(values == NOTHING):
        return [None if one == NOTHING else one for one in plain]
    return plain


def _fetched(connection: Connection, statement: Select[Any], width: int) -> Iterator[Ints]:
    """Bare tuples from the driver itself: a row object for each of millions costs thrice."""
    # Values are bound, not written out: the driver keeps the text of its last hundred statements.
    with connection.execute(statement) as result:
        cursor: Any = result.cursor
        while rows := cursor.fetchmany(_CHUNK_ROWS):
            values = chain.from_iterable(rows)
            yield np.fromiter(values, np.int64, count=len(rows) * width).reshape(-1, width)


# --- PostgreSQL: COPY, and a table of the transaction's own from which one statement takes all ---


def _all_at_once(
    connection: Connection, statement: str, names: Sequence[str], columns: Sequence[Ints]
) -> None:
    """Run a statement that finds the rows in the table ``told``."""
    if len(columns[0]):
        kinds = ", ".join(f"{name} bigint" for name in names)
        connection.exec_driver_sql(f"CREATE TEMPORARY TABLE told ({kinds}) ON COMMIT DROP")
        _copy_in(connection, "told", names, columns)
        connection.exec_driver_sql(statement)
        connection.exec_driver_sql("DROP TABLE told")


def _copy_in(
    connection: Connection, table: str, names: Sequence[str], columns: Sequence[Ints]
) -> None:
    cursor: Any = connection.connection.cursor()
    copy = f"COPY {table} ({', '.join(names)}) FROM STDIN (FORMAT BINARY)"
    with cursor, cursor.copy(copy) as stream:
        stream.write(HEAD)
        for start in range(0, len(columns[0]), _CHUNK_ROWS):
            chunk = [values[start : start + _CHUNK_ROWS] for values in columns]
            stream.write(packed(chunk, NOTHING))
        stream.write(TAIL)


def _copied_out(connection: Connection, statement: Select[Any], width: int) -> Iterator[Ints]:
    numbers = select(*(cast(value, BigInteger) for value in statement.subquery().c))
    text = numbers.compile(connection, compile_kwargs={"literal_binds": True})
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY ({text}) TO STDOUT (FORMAT BINARY)", ()) as stream:
        rows = iter(stream)
        while chunk := b"".join(islice(rows, _CHUNK_ROWS)):
            yield unpacked(chunk, width)
