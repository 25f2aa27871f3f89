"""Files that were written for people to read, so that whoever is forgotten can be found in them."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, insert, select

from roc.graph import tables
from roc.graph.tables import storable


def note(connection: Connection, digests: Mapping[str, bytes]) -> None:
    """Remember files: their paths and hashes of their content."""
    rows = [{"path": storable(path), "digest": digest} for path, digest in digests.items()]
    drop(connection, digests)
    connection.execute(insert(tables.output), rows)


def noted(connection: Connection) -> dict[str, bytes]:
    """The files that were written, with the hashes of what was written into each."""
    rows = connection.execute(select(tables.output.c.path, tables.output.c.digest))
    return {path: bytes(digest) for path, digest in rows}


def drop(connection: Connection, paths: Iterable[str]) -> None:
    """Remember files no longer."""
    gone = tables.output.c.path.in_([storable(path) for path in paths])
    connection.execute(delete(tables.output).where(gone))
