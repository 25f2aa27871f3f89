"""A graph that rests in an SQLite file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from roc.errors import UnwritableGraph
from roc.graph.databases.limits import CACHE_KIB, WHOLE_CACHE_KIB
from roc.graph.databases.migrations import bring_up_to_date
from roc.graph.databases.opening import OF_SQLITE, begin_writing, in_our_words, opened_engine


class GraphFile:
    """What only a file does its own way.

    Args:
        path: the file, which is made where there is none.

    Raises:
        NewerGraph: a newer version wrote it.
        UnwritableGraph: the folder or the file is in the way.
        GraphError: it is not a graph file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.where = str(path)
        self.engine = opened_engine(path)
        self.backup: Path | None = None
        try:
            self.backup = bring_up_to_date(path)
        except BaseException:
            self.engine.dispose()
            raise

    @contextmanager
    def transaction(self, *, writing: bool, whole: bool = False) -> Iterator[Connection]:
        """One moment of the file; nobody else writes while one is ``writing``.

        One that goes through the ``whole`` file may put what it sorts on the disk.
        """
        with in_our_words(self.path, OF_SQLITE), self._connected(whole=whole) as connection:
            if writing:
                begin_writing(connection)
            else:
                connection.exec_driver_sql("BEGIN")
            yield connection
            if writing:
                connection.commit()

    def overwrite_deleted(self) -> bool:
        """Overwrite what was deleted; whether that is done, as nobody else had the file open."""
        try:
            with in_our_words(self.path), self._connected(whole=True) as connection:
                connection.exec_driver_sql("VACUUM")
                busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        except UnwritableGraph:
            return False
        return not busy

    @contextmanager
    def _connected(self, *, whole: bool) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            if not whole:
                yield connection
                return
            _hold(connection, "FILE", WHOLE_CACHE_KIB)
            try:
                yield connection
            finally:
                connection.rollback()
                _hold(connection, "MEMORY", CACHE_KIB)

    def damage(self) -> list[str]:
        """What SQLite's own check finds wrong with the file; empty where it is sound."""
        with self.transaction(writing=False) as connection:
            try:
                told = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            except DatabaseError as error:  # so damaged that the check cannot be finished
                told = [str(error.orig)]
            return [f"SQLite: {line}" for line in told if line != "ok"]

    def free_bytes(self, connection: Connection) -> int:
        """Room inside the file that holds nothing."""
        pages = ("freelist_count", "page_size")
        free, size = (connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in pages)
        return int(free * size)

    def size(self) -> int:
        """Bytes that it takes up."""
        return self.path.stat().st_size


def _hold(connection: Connection, where: str, cache_kib: int) -> None:
    """Hold what is sorted or laid out anew in memory or in a file, and so many pages."""
    connection.exec_driver_sql(f"PRAGMA temp_store = {where}")
    connection.exec_driver_sql(f"PRAGMA cache_size = -{cache_kib}")
