"""Keeping no longer than the owner wants: acts, and people of whom nothing younger is known, go.

Nobody is forgotten by this: who was removed comes back with newer acts.
"""

from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, Select, delete, func, or_, select

from roc.graph import tables
from roc.graph.aggregates import DAY_SECONDS
from roc.graph.frames import Ints
from roc.graph.identity import AGREED, BASIS_OWNER
from roc.graph.removing import remove_accounts, remove_acts, remove_snapshots


@dataclass(frozen=True, slots=True)
class Removed:
    """What was older than it should be.

    Args:
        acts: how many acts, with those of which no moment is known.
        accounts: how many accounts of which nothing else was left.
        snapshots: how often scores had been kept.
    """

    acts: int = 0
    accounts: int = 0
    snapshots: int = 0


def keep_from(connection: Connection, day: int) -> Removed:
    """Remove what is from before a day. An act without a moment may be, and goes too.

    Declared ties stay: they stand until the source says otherwise.

    Args:
        connection: within a transaction; the caller overwrites the freed pages.
        day: first UTC day of what is kept.
    """
    act = tables.interaction.c
    old = select(act.id).where(or_(act.at.is_(None), act.at < day * DAY_SECONDS))
    acts = remove_acts(connection, old)
    connection.execute(delete(tables.contact).where(tables.contact.c.day < day))
    snapshot = tables.snapshot.c
    snapshots = remove_snapshots(connection, select(snapshot.id).where(snapshot.day < day))
    gone = _with_nothing(connection)
    remove_accounts(connection, gone.tolist())
    return Removed(acts, len(gone), snapshots)


def last_known_day(connection: Connection) -> int | None:
    """The day of the newest act, or of the last reading if that is later; ``None`` of neither."""
    newest = select(func.max(tables.contact.c.day))
    read = select(func.max(tables.place.c.read_at))
    days = [connection.execute(newest).scalar_one(), connection.execute(read).scalar_one()]
    if days[1] is not None:
        days[1] //= DAY_SECONDS
    return max((day for day in days if day is not None), default=None)


def _with_nothing(connection: Connection) -> Ints:
    """Accounts of people of whom nothing is left but what they are called.

    No act, no declared tie, and nothing that the owner decided; the owner stays.
    """
    account, act, member = tables.account.c, tables.interaction.c, tables.participant.c
    tie, link = tables.declared_tie.c, tables.link.c
    decided = link.withdrawn | (link.basis == BASIS_OWNER) | link.basis.endswith(AGREED)
    used: list[Select[tuple[int]]] = [
        select(act.sender_id),
        select(act.recipient_id).where(act.recipient_id.is_not(None)),
        select(member.account_id),
        select(tie.account_id),
        select(tie.other_id),
        select(link.account_id).where(decided),
        select(link.other_id).where(decided),
        select(tables.account_tag.c.account_id),
        select(account.id).where(or_(account.owner, account.muted)),
    ]
    rows = connection.execute(select(account.id, account.person_id)).all()
    numbers, persons = np.array(rows, dtype=np.int64).T
    in_use = np.zeros(numbers.max() + 1, dtype=np.bool_)
    for one in used:
        in_use[connection.execute(one.distinct()).scalars().all()] = True
    people = np.unique(persons[in_use[numbers]])
    gone: Ints = numbers[~np.isin(persons, people)]
    return gone
