"""What an act was read from: kinds of export and streams, each a bit, so that acts name several.

An export's place is its name without dates and numbers: next week's file of the same kind is the
same place, and reading it changes nothing in the acts that it tells again.
"""

import re

from sqlalchemy import Connection, insert, select, update

from roc.graph import tables
from roc.graph.databases.dialects import next_number
from roc.graph.tables import storable

MOST_PLACES = 62
"""Places beyond this many share the last bit: a whole number in the database holds 63."""


def place_name(export: str) -> str:
    """The place that an export or a stream stands for.

    Example:
        >>> place_name("Basic_LinkedInDataExport_11-25-2026.zip"), place_name("work.ics")
        ('Basic_LinkedInDataExport.zip', 'work.ics')
    """
    stem, dot, ending = export.rpartition(".")
    if not dot or any(sign.isdigit() for sign in ending):
        stem, dot, ending = export, "", ""
    words = re.split(r"([-_ .()]+)", stem)
    kept = [word for word in words[::2] if word and not any(map(str.isdigit, word))]
    joins = [sign for word, sign in zip(words[::2], words[1::2], strict=False) if word in kept]
    name = "".join(word + sign for word, sign in zip(kept, [*joins, ""], strict=False))
    return storable((name.rstrip("-_ .()") + dot + ending).lstrip("."))


def place_of(connection: Connection, source_id: int, name: str, read_at: int | None) -> int:
    """The bit of a place, which is kept if it is new, with when it was last read."""
    columns = tables.place.c
    wanted = select(columns.id).filter_by(source_id=source_id, name=name)
    number = connection.execute(wanted).scalar_one_or_none()
    if number is None:
        values = {"id": next_number(tables.place), "source_id": source_id, "name": name}
        new = insert(tables.place).values(values).returning(columns.id)
        number = connection.execute(new).scalar_one()
    if read_at is not None:
        later = columns.read_at.is_(None) | (columns.read_at < read_at)
        connection.execute(
            update(tables.place).where(columns.id == number, later).values(read_at=read_at)
        )
    return 1 << int(min(number, MOST_PLACES)) - 1
