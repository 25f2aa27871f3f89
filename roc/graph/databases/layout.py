"""An empty graph laid out in a database, and whether what is there is one of ours."""

import secrets
from collections.abc import Callable

from sqlalchemy import Connection, insert, inspect, select

from roc.errors import GraphError, NewerGraph
from roc.graph import tables
from roc.graph.aggregates import reached
from roc.graph.frames import KINDS
from roc.graph.records import ME, Precision


def lay_out(connection: Connection, begin_writing: Callable[[Connection], None]) -> None:
    """Lay out an empty graph where nothing is, whole or not at all.

    Args:
        connection: not in a transaction.
        begin_writing: begins one, and waits for whoever writes.
    """
    if inspect(connection).get_table_names():
        return
    connection.rollback()
    begin_writing(connection)
    if inspect(connection).get_table_names():  # another process just did
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


def check(connection: Connection, place: str, hint: str) -> None:
    """Look whether what is there is a graph that this version knows.

    Args:
        connection: to the database.
        place: what people read of where it is.
        hint: what to do where it is somebody else's.

    Raises:
        GraphError: it is not laid out as ours.
        NewerGraph: a newer version wrote it.
    """
    version = schema_version(connection)
    if version is None:
        raise GraphError(f"{place} is a database, but not a graph of ours.", hint=hint)
    if version > tables.SCHEMA_VERSION:
        raise NewerGraph(
            f"{place} was written by a newer version of roc (its schema is {version}, "
            f"this one knows {tables.SCHEMA_VERSION}).",
            hint="upgrade with: pip install --upgrade return-on-connections",
        )


def schema_version(connection: Connection) -> int | None:
    """The version of the layout; ``None`` where it is not laid out as ours."""
    ours = tables.setting
    found = inspect(connection)
    if not found.has_table(ours.name):
        return None
    if {column["name"] for column in found.get_columns(ours.name)} != set(ours.c.keys()):
        return None
    told = connection.execute(select(ours.c.value).filter_by(name="schema_version")).scalar()
    return int(told) if told is not None and str(told).isdecimal() else None
