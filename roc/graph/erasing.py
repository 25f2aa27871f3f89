"""Whether the bytes of what was removed are still to be overwritten.

Until that is done, a row in the settings says so. Another process that reads the file, or a full
disk, can be in the way; the removal itself holds all the same.
"""

from sqlalchemy import Connection, delete, select

from roc.graph import tables
from roc.graph.databases.dialects import insert

_PENDING = "erase_pending"


def erase_later(connection: Connection) -> None:
    """Note, within the transaction that removes rows, that their pages are to be overwritten."""
    row = insert(connection, tables.setting).values(name=_PENDING, value="1")
    connection.execute(row.on_conflict_do_nothing())


def is_pending(connection: Connection) -> bool:
    """Whether removed rows may still be read in the bytes of the file."""
    wanted = select(tables.setting.c.value).where(tables.setting.c.name == _PENDING)
    return connection.execute(wanted).scalar_one_or_none() is not None


def is_done(connection: Connection) -> None:
    """Note that no removed row can be read any more."""
    connection.execute(delete(tables.setting).where(tables.setting.c.name == _PENDING))
