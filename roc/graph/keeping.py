"""Acts that are told, kept: new ones are written, known ones joined with what is told of them.

Only what changes is written: an act told again as it is known costs a look-up. The kept contact
days follow every change, and are never counted anew.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, literal_column, select

from roc.graph import tables
from roc.graph.acts import ACT_COLUMNS, Acts, acts_of
from roc.graph.aggregates import CONTACT_COLUMNS
from roc.graph.contact_days import ContactRows, contact_rows
from roc.graph.databases.dialects import (
    NOTHING,
    count_rows,
    delete_rows,
    read_rows,
    these_numbers,
    update_rows,
    write_rows,
)
from roc.graph.frames import Bools, Ints
from roc.graph.joining import Telling, joined_all
from roc.graph.removing import remove_acts_where

_MEMBER_COLUMNS = ("interaction_id", "account_id", "role")


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of acts that were told; that one is withdrawn is no act.

    Args:
        new: acts that were not known before.
        known: tellings of acts that were.
        corrected: known acts of which more, or something else that is newer, was told.
    """

    new: int
    known: int
    corrected: int


class Keeping:
    """Keeps acts within a transaction.

    Args:
        connection: the transaction.
        key: ``source:handle`` of an account.
    """

    def __init__(self, connection: Connection, key: Callable[[int], str]) -> None:
        self._connection = connection
        self._key = key

    def keep(self, told: Acts) -> Kept:
        """Write what is new in acts; reading them again changes nothing."""
        count = int(told.reach_somebody().sum())
        told = self._each_once(told)
        before = self._known(told.id)
        is_known = np.isin(told.id, before.id, assume_unique=True)
        new = told.take(~is_known)
        write_rows(self._connection, tables.interaction, ACT_COLUMNS, new.columns())
        self._write_members(new)
        self._write_contacts(contact_rows(new))
        corrected = 0
        if len(before):
            corrected = self._correct(told.take(is_known), before)
        added = int(new.reach_somebody().sum())
        return Kept(added, count - added, corrected)

    def remove(self, ids: Ints) -> None:
        """Take acts out for good, with the contact days that they made."""
        gone = self._known(np.unique(ids))
        self._write_contacts(contact_rows(gone.take(gone.id[:0]), gone))
        numbers = these_numbers(self._connection, gone.id)
        remove_acts_where(self._connection, tables.interaction.c.id.in_(numbers))

    def _each_once(self, told: Acts) -> Acts:
        """The acts by id, those that stand more than once joined."""
        told = told.take(np.argsort(told.id, kind="stable"))
        same = told.id[1:] == told.id[:-1]
        if not np.any(same):
            return told
        repeated = np.zeros(len(told), dtype=np.bool_)
        repeated[1:] |= same
        repeated[:-1] |= same
        joined = acts_of(self._joined(told.take(repeated).tellings()))
        return _sorted(told.take(~repeated), joined)

    def _joined(self, tellings: Any) -> list[Telling]:
        by_id: dict[int, list[Telling]] = defaultdict(list)
        for telling in tellings:
            by_id[telling.id].append(telling)
        return [joined_all(same, self._key) for same in by_id.values()]

    def _known(self, ids: Ints) -> Acts:
        """Those acts that the graph keeps already, by id."""
        act, member = tables.interaction.c, tables.participant.c
        found = self._rows(act, ACT_COLUMNS, act.id, ids)
        columns = [column[np.argsort(found[0])] for column in found]
        has_members = columns[0][columns[7] == NOTHING]
        held = self._rows(member, _MEMBER_COLUMNS, member.interaction_id, has_members)
        act_id, account, role = (column[np.lexsort((held[1], held[0]))] for column in held)
        return Acts(*(*columns, np.searchsorted(columns[0], act_id), account, role))

    def _rows(self, column: Any, names: Sequence[str], key: Any, ids: Ints) -> list[Ints]:
        """Rows of some acts, in no order, as columns."""
        wanted = these_numbers(self._connection, ids)
        values = (func.coalesce(column[name], literal_column(str(NOTHING))) for name in names)
        return read_rows(self._connection, select(*values).where(key.in_(wanted)))

    def _correct(self, told: Acts, before: Acts) -> int:
        """Join known acts with what is told of them; both have the same ids in the same order."""
        differs = _differing(told, before)
        told, before = told.take(differs), before.take(differs)
        joined = [
            joined_all([kept, telling], self._key)
            for kept, telling in zip(before.tellings(), told.tellings(), strict=True)
        ]
        changed = np.array(
            [now != kept for now, kept in zip(joined, before.tellings(), strict=True)],
            dtype=np.bool_,
        )
        if not np.any(changed):
            return 0
        old, now = before.take(changed), acts_of(joined).take(changed)
        delete_rows(self._connection, tables.participant, ["interaction_id"], [old.id])
        update_rows(self._connection, tables.interaction, ACT_COLUMNS, now.columns())
        self._write_members(now)
        self._write_contacts(contact_rows(now, old))
        return sum(map(_says_otherwise, now.tellings(), old.tellings()))

    def _write_members(self, acts: Acts) -> None:
        members = (acts.id[acts.member_act], acts.member, acts.member_role)
        write_rows(self._connection, tables.participant, _MEMBER_COLUMNS, members)

    def _write_contacts(self, rows: ContactRows) -> None:
        count_rows(self._connection, tables.contact, CONTACT_COLUMNS, rows)
        gone = rows[-1] < 0
        if np.any(gone):
            keys = [*(column[gone] for column in rows[:-1]), np.zeros(gone.sum(), dtype=np.int64)]
            delete_rows(self._connection, tables.contact, CONTACT_COLUMNS, keys)


def _says_otherwise(now: Telling, before: Telling) -> bool:
    """Whether more has changed than which edition it is and who told of it."""
    return now != replace(before, revision=now.revision, places=now.places)


def _differing(told: Acts, before: Acts) -> Bools:
    """Which acts are told otherwise than they are kept, places apart that are known."""
    differs = np.zeros(len(told), dtype=np.bool_)
    for name, one, other in zip(ACT_COLUMNS, told.columns(), before.columns(), strict=True):
        differs |= (one & ~other != 0) if name == "places" else (one != other)
    sizes = [np.bincount(acts.member_act, minlength=len(acts)) for acts in (told, before)]
    differs |= sizes[0] != sizes[1]
    # Where the sizes agree act by act, the rows of both lie alike and can be laid side by side.
    alike = [acts.take(~differs) for acts in (told, before)]
    unlike = (alike[0].member != alike[1].member) | (alike[0].member_role != alike[1].member_role)
    differs[np.flatnonzero(~differs)[alike[0].member_act[unlike]]] = True
    return differs


def _sorted(one: Acts, other: Acts) -> Acts:
    """Both together, by id."""
    columns = [np.concatenate(both) for both in zip(one.columns(), other.columns(), strict=True)]
    members = (
        np.concatenate((one.member_act, other.member_act + len(one))),
        np.concatenate((one.member, other.member)),
        np.concatenate((one.member_role, other.member_role)),
    )
    both = Acts(*(*columns, *members))
    return both.take(np.argsort(both.id))
