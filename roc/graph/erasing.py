"""Whether the bytes of what was removed are still to be overwritten.

Until that is done, a row in the settings says so. Another process that reads the file, or a full
disk, can be in the way; the removal itself holds all the same. Each removal leaves a mark of its
own: whoever has overwritten what they knew of takes back that mark, and not one that came since.
"""

from secrets import token_hex

from sqlalchemy import Connection, delete, select

from roc.graph import tables
from roc.graph.databases.dialects import insert

_PENDING = "erase_pending"


def erase_later(connection: Connection) -> None:
    """Note, within the transaction that removes rows, that their pages are to be overwritten."""
    new = insert(connection, tables.setting).values(name=_PENDING, value=token_hex(8))
    connection.execute(
        new.on_conflict_do_update(index_elements=["name"], set_={"value": new.excluded.value})
    )


def pending(connection: Connection) -> str | None:
    """The mark of the last removal whose rows may still be read in the bytes; ``None`` of none."""
    wanted = select(tables.setting.c.value).where(tables.setting.c.name == _PENDING)
    return connection.execute(wanted).scalar_one_or_none()


def is_done(connection: Connection, mark: str) -> None:
    """Note that no removed row can be read any more, unless another removal came since."""
    columns = tables.setting.c
    known = (columns.name == _PENDING) & (columns.value == mark)
    connection.execute(delete(tables.setting).where(known))
