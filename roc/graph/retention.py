"""Keeping no longer than the owner wants: acts, outcomes, and people with nothing younger, go.

Nobody is forgotten by this: who was removed comes back with newer acts.
"""

from dataclasses import dataclass

import numpy as np
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    and_,
    cast,
    delete,
    func,
    or_,
    select,
)

from roc.graph import tables
from roc.graph.aggregates import DAY_SECONDS
from roc.graph.databases.dialects import insert
from roc.graph.frames import Ints
from roc.graph.identity import AGREED, BASIS_OWNER
from roc.graph.records import OutcomeStatus
from roc.graph.removing import (
    remove_accounts,
    remove_acts_where,
    remove_outcomes,
    remove_snapshots,
)

LONG_DAYS = 366
"""Nothing known for longer than this: rather the clock is wrong."""

_SETTLED = "settled"
_NEWEST = 1000  # contact days that are looked at
_MOST_STRAY = 10


@dataclass(frozen=True, slots=True)
class Removed:
    """What was older than it should be.

    Args:
        acts: how many acts, with those of which no moment is known.
        accounts: how many accounts of which nothing else was left.
        snapshots: how often scores had been kept.
        outcomes: how many outcomes, with those of which no day is known.
    """

    acts: int = 0
    accounts: int = 0
    snapshots: int = 0
    outcomes: int = 0


def keep_from(connection: Connection, day: int) -> Removed:
    """Remove what is from before a day. An act without a moment may be, and goes too.

    One that was withdrawn and has no moment stays: it holds nobody, and keeps older tellings out.

    Declared ties stay: they stand until the source says otherwise.

    Args:
        connection: within a transaction; the caller overwrites the freed pages.
        day: first UTC day of what is kept.
    """
    snapshot = tables.snapshot.c
    snapshots = remove_snapshots(connection, select(snapshot.id).where(snapshot.day < day))
    outcomes = remove_outcomes(connection, _outcomes_before(day))
    if not outcomes and _is_settled(connection, day):
        return Removed(snapshots=snapshots)
    act = tables.interaction.c
    undated = act.at.is_(None) & (act.audience > 0)
    acts = remove_acts_where(connection, or_(act.at < day * DAY_SECONDS, undated))
    connection.execute(delete(tables.contact).where(tables.contact.c.day < day))
    gone = _with_nothing(connection)
    # An export tells each time who they are of whom it has old acts alone: that is no cause to lay
    # out the whole file anew.
    remove_accounts(connection, gone.tolist(), overwritten=bool(acts or snapshots or outcomes))
    new = insert(connection, tables.setting).values(name=_SETTLED, value="1")
    connection.execute(new.on_conflict_do_nothing())
    return Removed(acts, len(gone), snapshots, outcomes)


def _outcomes_before(day: int) -> ColumnElement[bool]:
    """Outcomes of which nothing younger is known, as for acts; withdrawn ones hold nobody."""
    outcome = tables.outcome.c
    last = func.coalesce(outcome.closed_day, outcome.opened_day)
    stands = outcome.status != OutcomeStatus.WITHDRAWN.value
    return and_(stands, or_(last < day, last.is_(None)))


def unsettle(connection: Connection) -> None:
    """Note that an act may have no moment, or an account no act: to be looked for once more."""
    connection.execute(delete(tables.setting).where(tables.setting.c.name == _SETTLED))


def _is_settled(connection: Connection, day: int) -> bool:
    """Whether nothing is to be removed, without a look at every act."""
    noted = select(tables.setting.c.value).where(tables.setting.c.name == _SETTLED)
    if connection.execute(noted).scalar_one_or_none() is None:
        return False
    first = connection.execute(select(func.min(tables.contact.c.day))).scalar_one()
    return first is None or bool(first >= day)


def last_known_day(connection: Connection, today: int) -> int | None:
    """The UTC day of the newest act up to today; ``None`` where there is none.

    One in a hundred of the newest, and ten at most, may be dated wrongly and do not count. Nor do
    readings: they tell what the same clock said before.
    """
    contact = tables.contact.c
    newest = select(contact.day, contact.acts).where(contact.day <= today)
    rows = connection.execute(newest.order_by(contact.day.desc()).limit(_NEWEST)).all()
    if not rows:
        return None
    days, acts = np.array(rows, dtype=np.int64).T
    stray = min(acts.sum() // 100, _MOST_STRAY)
    return int(days[np.searchsorted(np.cumsum(acts), stray, side="right")])


def silence(connection: Connection, today: int, oldest_day: int) -> tuple[int, int] | None:
    """A silence of more than a year that a clock may have leapt over, where much hangs on it.

    Args:
        connection: within a transaction.
        today: UTC day that it is said to be.
        oldest_day: first UTC day of what is to be kept.

    Returns:
        The days before and after the last such silence that ends within what is to be kept;
        ``None`` where there is none, or no more than half of the acts would go.
    """
    contact = tables.contact.c
    first = connection.execute(select(func.min(contact.day))).scalar_one()
    if first is None or first >= oldest_day:
        return None
    told = select(contact.day, cast(func.sum(contact.acts), BigInteger)).group_by(contact.day)
    rows = connection.execute(told.where(contact.day <= today).order_by(contact.day)).all()
    days, acts = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    if 2 * acts[days < oldest_day].sum() <= acts.sum():
        return None
    leaps = np.flatnonzero((np.diff(days) > LONG_DAYS) & (days[1:] >= oldest_day))
    return (int(days[leaps[-1]]), int(days[leaps[-1] + 1])) if len(leaps) else None


def _with_nothing(connection: Connection) -> Ints:
    """Accounts of people of whom nothing is left but what they are called.

    No act, no declared tie, no outcome, and nothing that the owner decided; the owner stays.
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
        select(tables.outcome_person.c.account_id),
        select(link.account_id).where(decided),
        select(link.other_id).where(decided),
        select(tables.account_tag.c.account_id),
        select(tables.care.c.account_id),
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
