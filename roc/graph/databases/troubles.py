"""What SQLite or the system finds in the way of a graph file, told as an error of ours."""

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from roc.errors import GraphError, UnwritableGraph
from roc.graph.databases.holders import holders

_RESTORE = (
    "restore it from a backup, or name another file with --graph FILE; roc doctor looks further."
)
_IN_THE_WAY = (
    ("readonly", "is read-only", "make it writable, or name another with --graph FILE."),
    (
        "disk is full",
        "does not fit: the disk is full",
        "free some space; nothing was half-written.",
    ),
    ("unable to open", "cannot be opened", "check that the folder exists and is writable."),
    (
        "disk I/O error",
        "cannot be read or written: the disk refuses",
        "look after the disk and its limits; nothing was half-written.",
    ),
)
_DAMAGED = (
    "file is not a database",
    "malformed",
    "unsupported file format",
    "Could not decode to UTF-8",
)


def in_words(path: Path, error: Exception) -> GraphError | None:
    """An error as one of ours; ``None`` where it is not about the file.

    Args:
        path: the file.
        error: what SQLite, SQLAlchemy or the system raised.
    """
    if isinstance(error, OSError):
        return UnwritableGraph(
            f"The graph file {path} cannot be written: {error.strerror or error}.",
            hint="choose a folder that you may write to, with --graph FILE.",
        )
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, sqlite3.Error):
        return None
    said = str(cause)
    if "locked" in said:
        return UnwritableGraph(
            f"The graph file {path} is in use by {' and '.join(holders(path)) or 'another roc'}.",
            hint="wait for it to finish, then run this again.",
        )
    for sign, state, hint in _IN_THE_WAY:
        if sign in said:
            return UnwritableGraph(f"The graph file {path} {state}.", hint=hint)
    if "constraint failed" in said:
        return GraphError(
            f"What {path} holds contradicts itself.",
            hint="see roc doctor, and restore a backup if it is damaged; if not, report a fault.",
        )
    if any(sign in said for sign in _DAMAGED):
        return GraphError(f"{path} is not a graph file, or is damaged.", hint=_RESTORE)
    return None
