"""Forgetting people: nothing is left but a salted hash, by which no import brings them back.

Unlike merging, splitting and muting it cannot be undone, by design.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, delete, func, insert, or_, select, update

from roc.errors import UnknownPerson
from roc.graph import tables
from roc.graph.aggregates import PRESENT, RECIPIENT
from roc.graph.decisions import without_decisions_about
from roc.graph.dialects import these_numbers
from roc.graph.people import owner
from roc.graph.records import Account


class Sealed:
    """Accounts that asked to be forgotten: they can be recognised, not listed."""

    def __init__(self, salt: bytes, hashes: Iterable[bytes]) -> None:
        self._salt = salt
        self._hashes = frozenset(hashes)

    def seal(self, account: Account) -> bytes:
        """What is kept of a forgotten account: a salted hash."""
        text = str(account).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(text, key=self._salt, digest_size=32).digest()

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, account: Account) -> bool:
        return bool(self._hashes) and self.seal(account) in self._hashes


def sealed(connection: Connection) -> Sealed:
    """The accounts that asked to be forgotten."""
    salt = select(tables.setting.c.value).where(tables.setting.c.name == "salt")
    hashes = connection.execute(select(tables.forgotten.c.hash)).scalars()
    return Sealed(bytes.fromhex(connection.execute(salt).scalar_one()), map(bytes, hashes))


def without(cursor: Any, source: str, known: Sealed) -> Any:
    """A stream's cursor without the forgotten: some hold whom they met first the last time.

    Args:
        cursor: plain JSON.
        source: whose stream it is; what stands in its lists may be handles there.
        known: who is forgotten.
    """
    if isinstance(cursor, dict):
        return {name: without(value, source, known) for name, value in cursor.items()}
    if isinstance(cursor, list):
        return [
            without(value, source, known)
            for value in cursor
            if not isinstance(value, str) or Account(source, value) not in known
        ]
    return cursor


def forget(connection: Connection, person: int) -> None:
    """Remove a person, their accounts, acts, ties and scores, and remember only a salted hash.

    Acts with others stay for those others, without the person; acts that only the person took
    part in, or sent, go. The caller overwrites the freed pages (``VACUUM``).

    Raises:
        UnknownPerson: it is the owner, who would leave nothing to keep.
    """
    columns = tables.account.c
    rows = connection.execute(
        select(columns.id, columns.source, columns.handle).where(columns.person_id == person)
    ).all()
    if person == owner(connection):
        raise UnknownPerson(
            "That is you: the graph's owner cannot be forgotten.",
            hint="delete the graph file instead.",
        )
    known = sealed(connection)
    hashes = [{"hash": known.seal(Account(row.source, row.handle))} for row in rows]
    connection.execute(insert(tables.forgotten), hashes)
    numbers = [row.id for row in rows]
    without_decisions_about(connection, numbers)
    _remove_acts(connection, numbers)
    for table, names in (
        (tables.contact, ("sender_id", "recipient_id")),
        (tables.declared_tie, ("account_id", "other_id")),
        (tables.link, ("account_id", "other_id")),
        (tables.account_tag, ("account_id",)),
        (tables.score, ("account_id",)),
        (tables.account, ("id",)),
    ):
        gone = or_(*(table.c[name].in_(numbers) for name in names))
        connection.execute(delete(table).where(gone))
    _clean_cursors(connection)


def _remove_acts(connection: Connection, numbers: Sequence[int]) -> None:
    acts, member = tables.interaction.c, tables.participant.c
    theirs = select(member.interaction_id).where(member.account_id.in_(numbers))
    touched = np.array(connection.execute(theirs).scalars().all(), dtype=np.int64)
    connection.execute(delete(tables.participant).where(member.account_id.in_(numbers)))
    # A meeting has no real sender: one of those who stay takes the place.
    stays = (
        select(func.min(member.account_id))
        .where(member.interaction_id == acts.id, member.role == PRESENT)
        .scalar_subquery()
    )
    connection.execute(
        update(tables.interaction)
        .where(acts.sender_id.in_(numbers), stays.is_not(None))
        .values(sender_id=stays)
    )
    ids = these_numbers(connection, touched)
    _remove(connection, _reaching_nobody(ids))
    # A sender who is gone takes the act along, and so does the only one whom it was for.
    gone = select(acts.id).where(or_(acts.sender_id.in_(numbers), acts.recipient_id.in_(numbers)))
    _remove(connection, gone)
    _set_only_recipients(connection, ids)


def _reaching_nobody(ids: Select[Any]) -> Select[Any]:
    """Acts whose last recipient is gone; a meeting of one is no longer an act between people."""
    acts, member = tables.interaction.c, tables.participant.c
    others = (
        select(func.count())
        .where(member.interaction_id == acts.id, member.account_id != acts.sender_id)
        .scalar_subquery()
    )
    return select(acts.id).where(acts.id.in_(ids), acts.recipient_id.is_(None), others == 0)


def _set_only_recipients(connection: Connection, ids: Select[Any]) -> None:
    """Keep the one recipient who is left of several where a single one is kept."""
    acts, member = tables.interaction.c, tables.participant.c
    alone = (
        select(member.interaction_id)
        .where(member.interaction_id.in_(ids))
        .group_by(member.interaction_id)
        .having(func.count() == 1, func.min(member.role) == RECIPIENT)
    )
    left = connection.execute(alone).scalars().all()
    theirs = these_numbers(connection, np.array(left, dtype=np.int64))
    only = select(member.account_id).where(member.interaction_id == acts.id).scalar_subquery()
    connection.execute(
        update(tables.interaction).where(acts.id.in_(theirs)).values(recipient_id=only)
    )
    connection.execute(delete(tables.participant).where(member.interaction_id.in_(theirs)))


def _remove(connection: Connection, acts: Select[Any]) -> None:
    gone = np.array(connection.execute(acts).scalars().all(), dtype=np.int64)
    ids = these_numbers(connection, gone)
    for table, column in (
        (tables.participant, "interaction_id"),
        (tables.interaction_tag, "interaction_id"),
        (tables.expense, "interaction_id"),
        (tables.interaction, "id"),
    ):
        connection.execute(delete(table).where(table.c[column].in_(ids)))


def _clean_cursors(connection: Connection) -> None:
    known, columns = sealed(connection), tables.cursor.c
    for row in connection.execute(select(tables.cursor)).all():
        cleaned = without(row.cursor, row.source, known)
        if cleaned != row.cursor:
            connection.execute(
                update(tables.cursor)
                .where(columns.source == row.source, columns.stream == row.stream)
                .values(cursor=cleaned)
            )
