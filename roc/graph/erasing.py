"""Overwriting what was removed: pages are laid out anew, and the log beside the file is emptied.

Until that is done, a row in the file's settings says that it is still to do. Another process that
reads the file, or a full disk, can be in the way; the removal itself holds all the same.
"""

from sqlalchemy import Connection, delete, select

from roc.graph import tables
from roc.graph.dialects import insert

_PENDING = "erase_pending"


def erase_later(connection: Connection) -> None:
    """Note, within the transaction that removes rows, that their pages are to be overwritten."""
    row = insert(connection, tables.setting).values(name=_PENDING, value="1")
    connection.execute(row.on_conflict_do_nothing())


def is_pending(connection: Connection) -> bool:
    """Whether removed rows may still be read in the bytes of the file."""
    wanted = select(tables.setting.c.value).where(tables.setting.c.name == _PENDING)
    return connection.execute(wanted).scalar_one_or_none() is not None


def erase(connection: Connection) -> bool:
    """Overwrite what was removed, outside of any transaction.

    Returns:
        Whether nothing is left to do; otherwise somebody else reads the file.

    Raises:
        sqlalchemy.exc.OperationalError: the disk has no room for a second copy of the file, or
            somebody else writes into it.
    """
    connection.exec_driver_sql("VACUUM")
    busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    if busy:
        return False
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.execute(delete(tables.setting).where(tables.setting.c.name == _PENDING))
    connection.commit()
    return True
