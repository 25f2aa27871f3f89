"""A copy of a graph file, whole or not at all, while others may go on writing into it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import mkstemp

from roc.errors import GraphError, UnwritableGraph
from roc.graph.databases.limits import CACHE_KIB


def copy_whole(source: Path, target: Path) -> None:
    """Copy a graph file as it is at one moment, and check the copy.

    The copy is readable by its owner alone and gets its name when it is whole and sound. It holds
    everything: what other processes had written but not yet moved from the log into the file, too.

    Args:
        source: the graph file.
        target: the copy; never one that exists.

    Raises:
        UnwritableGraph: ``target`` exists already.
        GraphError: the copy is not sound, which means that the file is damaged.
        OSError: the folder of ``target`` is in the way.
        sqlite3.Error: the disk is full, or ``source`` cannot be read.
    """
    _refuse_existing(target)
    # A name of its own, as another may be at the same copy; readable by its owner alone.
    descriptor, name = mkstemp(".part", f".{target.name}.", target.parent)
    unfinished = Path(name)
    try:
        try:
            damage = _copied(source, unfinished)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if damage:
            raise GraphError(
                f"{source} is damaged, so no copy of it was made: {damage}.",
                hint="restore it from an earlier backup; roc doctor tells more.",
            )
        _refuse_existing(target)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _copied(source: Path, target: Path) -> str:
    """Copy page by page; what is wrong with the copy, or nothing."""
    with (
        closing(sqlite3.connect(source.absolute())) as old,
        closing(sqlite3.connect(target.absolute())) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")  # the copy is one file, without a log beside it
        new.execute(f"PRAGMA cache_size = -{CACHE_KIB}")  # the check looks back and forth
        told = new.execute("PRAGMA integrity_check(1)").fetchone()[0]
    return "" if told == "ok" else str(told)


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise UnwritableGraph(
            f"There is a file already: {target}.", hint="name another; no backup is overwritten."
        )
