"""Taking rows out for good: acts with all that hangs on them, and accounts with all that is theirs.

What is removed leaves a mark in the file's settings: its pages are to be overwritten
(``roc.graph.erasing``), and numbers of accounts that others remember no longer hold.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Integer, Select, cast, delete, or_, select

from roc.graph import tables
from roc.graph.databases.dialects import insert, these_numbers
from roc.graph.decisions import drop_about
from roc.graph.erasing import erase_later

_REMOVALS = "removals"


def removals(connection: Connection) -> int:
    """How often accounts were taken out of the file."""
    value = tables.setting.c.value
    told = select(cast(value, Integer)).where(tables.setting.c.name == _REMOVALS)
    return int(connection.execute(told).scalar_one_or_none() or 0)


def remove_acts(connection: Connection, acts: Select[Any]) -> int:
    """Remove acts; their contact days are the caller's to remove.

    Returns:
        How many.
    """
    gone = np.array(connection.execute(acts).scalars().all(), dtype=np.int64)
    if not len(gone):
        return 0
    ids = these_numbers(connection, gone)
    return remove_acts_where(connection, tables.interaction.c.id.in_(ids))


def remove_acts_where(connection: Connection, old: ColumnElement[bool]) -> int:
    """Remove acts, however many, by what their own rows say.

    Returns:
        How many.
    """
    acts = select(tables.interaction.c.id).where(old)
    for table in (tables.participant, tables.interaction_tag, tables.expense, tables.tone):
        connection.execute(delete(table).where(table.c.interaction_id.in_(acts)))
    gone = connection.execute(delete(tables.interaction).where(old)).rowcount
    if gone:
        erase_later(connection)
    return gone


def remove_outcomes(connection: Connection, old: ColumnElement[bool]) -> int:
    """Remove outcomes by what their own rows say; how many."""
    outcomes = select(tables.outcome.c.id).where(old)
    people = tables.outcome_person
    connection.execute(delete(people).where(people.c.outcome_id.in_(outcomes)))
    gone = connection.execute(delete(tables.outcome).where(old)).rowcount
    if gone:
        erase_later(connection)
    return gone


def remove_accounts(
    connection: Connection, numbers: Sequence[int], *, overwritten: bool = True
) -> None:
    """Remove accounts that take part in no act any more, with all else that is theirs.

    Args:
        connection: within a transaction.
        numbers: of the accounts.
        overwritten: whether their pages are to be overwritten by laying out the whole file anew.
    """
    if not numbers:
        return
    drop_about(connection, numbers)
    ids = these_numbers(connection, np.array(numbers, dtype=np.int64))
    own_snapshots = select(tables.snapshot.c.id).where(tables.snapshot.c.ego_id.in_(ids))
    remove_snapshots(connection, own_snapshots)
    for table, names in (
        (tables.contact, ("sender_id", "recipient_id")),
        (tables.declared_tie, ("account_id", "other_id")),
        (tables.outcome_person, ("account_id",)),
        (tables.link, ("account_id", "other_id")),
        (tables.account_tag, ("account_id",)),
        (tables.care, ("account_id",)),
        (tables.score, ("account_id",)),
        (tables.account, ("id",)),
    ):
        gone = or_(*(table.c[name].in_(ids) for name in names))
        connection.execute(delete(table).where(gone))
    _set(connection, _REMOVALS, removals(connection) + 1)
    if overwritten:
        erase_later(connection)


def remove_snapshots(connection: Connection, snapshots: Select[Any]) -> int:
    """Remove snapshots with their scores; how many."""
    gone = np.array(connection.execute(snapshots).scalars().all(), dtype=np.int64)
    if not len(gone):
        return 0
    ids = these_numbers(connection, gone)
    connection.execute(delete(tables.score).where(tables.score.c.snapshot_id.in_(ids)))
    connection.execute(delete(tables.snapshot).where(tables.snapshot.c.id.in_(ids)))
    erase_later(connection)
    return len(gone)


def _set(connection: Connection, name: str, value: int) -> None:
    new = insert(connection, tables.setting).values(name=name, value=str(value))
    connection.execute(
        new.on_conflict_do_update(index_elements=["name"], set_={"value": new.excluded.value})
    )
