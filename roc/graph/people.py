"""People in the graph file: who an account is, whose it is, and what the owner decided about it.

Merging, splitting and muting lose nothing and can be undone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, bindparam, or_, select, update

from roc.errors import TwoOwners, UnknownPerson
from roc.graph import tables
from roc.graph.dialects import insert, these_numbers
from roc.graph.identity import BASIS_OWN_ACCOUNT, BASIS_OWNER, persons, the_one
from roc.graph.records import ME, Account, AccountSeen, Nature
from roc.graph.tables import storable

LONGEST_NAME = 200

Link = tuple[int, int, str]
"""Two accounts that are one person, and the basis on which that is held."""


def claim_owners(
    connection: Connection, numbers: Mapping[Account, int], seen: Sequence[AccountSeen]
) -> None:
    """Take accounts as the owner's where an export says that they are its owner's.

    Raises:
        TwoOwners: the source's earlier exports belong to another account.
    """
    claimed = {record.account: record.name for record in seen if record.owner}
    if not claimed:
        return
    columns = tables.account.c
    rows = connection.execute(
        select(columns.source, columns.handle, columns.name).where(columns.owner)
    )
    owners = {Account(row.source, row.handle): row.name for row in rows}
    for account, name in claimed.items():
        known = {own: called for own, called in owners.items() if own.source == account.source}
        # An old export may know its owner by name alone, a newer one by their profile.
        is_namesake = any(_alike(called, name) for called in known.values())
        if known and account not in known and not is_namesake:
            first = min(map(str, known))
            raise TwoOwners(
                f"This export belongs to {account}, but the graph's owner is {first}.",
                hint=f'if both are you, add "{account}" to [me] accounts in the config; '
                "if not, keep it in a graph file of its own (--graph FILE).",
            )
        owners[account] = name
    own(connection, [numbers[account] for account in claimed if account in numbers])


def _alike(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()


def own(connection: Connection, accounts: Sequence[int]) -> None:
    """Mark accounts as the owner's and link them to the journal's ``me``."""
    if not accounts:
        return
    me = account_number(connection, ME)
    mine = tables.account.c.id.in_(accounts)
    connection.execute(update(tables.account).where(mine).values(owner=True))
    hold_one(connection, [(me, account, BASIS_OWN_ACCOUNT) for account in accounts])


def describe(
    connection: Connection, numbers: Mapping[Account, int], seen: Sequence[AccountSeen]
) -> None:
    """Keep the longest name and organisation told: the order of reading is then no matter."""
    told: dict[int, tuple[str, str, str]] = defaultdict(lambda: ("", "", ""))
    for record in seen:
        if (number := numbers.get(record.account)) is not None:
            nature = "" if record.nature is Nature.PERSON else record.nature.value
            fresh = (_short(record.name), _short(record.organisation), nature)
            told[number] = _fuller(told[number], fresh)
    columns = tables.account.c
    rows = select(columns.id, columns.name, columns.organisation, columns.nature).where(
        columns.id.in_(among(connection, told))
    )
    changes = []
    for number, name, organisation, nature in connection.execute(rows):
        before = (name, organisation, "" if nature == Nature.PERSON else nature)
        after = _fuller(before, told[number])
        if after != before:
            name, organisation, nature = after
            changes.append(
                {"_id": number, "name": name, "organisation": organisation}
                | {"nature": nature or Nature.PERSON.value}
            )
    if changes:
        connection.execute(update(tables.account).where(columns.id == bindparam("_id")), changes)


def _short(name: str) -> str:
    """A name as it is kept; what is spelt out may make it longer again."""
    return storable(name[:LONGEST_NAME])[:LONGEST_NAME]


def hold_one(connection: Connection, links: Sequence[Link]) -> None:
    """Keep that accounts are one person; a link that the owner withdrew stays withdrawn."""
    _add_links(connection, links)
    refresh_persons(connection, {number for one, other, _ in links for number in (one, other)})


def _add_links(connection: Connection, links: Sequence[Link], confidence: float = 1.0) -> None:
    pairs = {(min(one, other), max(one, other), basis) for one, other, basis in links}
    apart = _held_apart(connection, {one for one, _, _ in pairs})
    rows = [
        {
            "account_id": one,
            "other_id": other,
            "basis": basis,
            "confidence": confidence,
            "withdrawn": (one, other) in apart,
        }
        for one, other, basis in sorted(pairs)
        if one != other
    ]
    if rows:
        connection.execute(insert(connection, tables.link).on_conflict_do_nothing(), rows)


def _held_apart(connection: Connection, accounts: Collection[int]) -> set[tuple[int, int]]:
    """Pairs, the smaller of some accounts first, that the owner said are different people."""
    link = tables.link.c
    rows = select(link.account_id, link.other_id).where(
        link.account_id.in_(among(connection, accounts)),
        link.withdrawn,
        link.basis == BASIS_OWNER,
    )
    return {(one, other) for one, other in connection.execute(rows)}


def refresh_persons(connection: Connection, touched: Collection[int]) -> None:
    """Compute anew which accounts are one person, where links of some accounts changed.

    Whoever is not one person with any of them is not looked at: the cost is that of the change,
    however large the graph is.
    """
    columns, link = tables.account.c, tables.link.c
    hit = select(columns.person_id).where(columns.id.in_(among(connection, touched)))
    rows = connection.execute(
        select(columns.id, columns.source, columns.handle, columns.person_id).where(
            columns.person_id.in_(hit)
        )
    ).all()
    keys = {number: f"{source}:{handle}" for number, source, handle, _ in rows}
    before = {number: person for number, _, _, person in rows}
    standing = select(link.account_id, link.other_id).where(
        link.account_id.in_(among(connection, keys)), ~link.withdrawn
    )
    after = persons(keys, [(one, other) for one, other in connection.execute(standing)])
    changed = [
        {"_id": number, "_person": person}
        for number, person in after.items()
        if before[number] != person
    ]
    if changed:
        connection.execute(
            update(tables.account)
            .where(columns.id == bindparam("_id"))
            .values(person_id=bindparam("_person")),
            changed,
        )


def find(connection: Connection, words: str) -> int:
    """The one person who answers to an account, a name or a part of either.

    Returns:
        The person's id: the id of the account that stands for them.

    Raises:
        UnknownPerson: nobody does, or more than one.
    """
    columns = tables.account.c
    rows = connection.execute(
        select(columns.person_id, columns.source, columns.handle, columns.name)
    )
    return the_one(
        words, ((person, f"{source}:{handle}", name) for person, source, handle, name in rows)
    )


def account_number(connection: Connection, account: Account) -> int:
    """The id of an account.

    Raises:
        UnknownPerson: it is not in the graph.
    """
    columns = tables.account.c
    number = connection.execute(
        select(columns.id).where(
            columns.source == storable(account.source), columns.handle == storable(account.handle)
        )
    ).scalar_one_or_none()
    if number is None:
        raise UnknownPerson(f"There is no account {account}.", hint="see: roc people list")
    return int(number)


def owner(connection: Connection) -> int:
    """The person whose graph this is: whoever hangs together with the journal's ``me``."""
    columns = tables.account.c
    return int(
        connection.execute(
            select(columns.person_id).where(
                columns.source == ME.source, columns.handle == ME.handle
            )
        ).scalar_one()
    )


def person_of(connection: Connection, account: int) -> int:
    """The person whose account it is."""
    columns = tables.account.c
    row = select(columns.person_id).where(columns.id == account)
    return int(connection.execute(row).scalar_one())


def members(connection: Connection, person: int) -> list[int]:
    """Ids of a person's accounts, ascending."""
    columns = tables.account.c
    rows = connection.execute(
        select(columns.id).where(columns.person_id == person).order_by(columns.id)
    )
    return list(rows.scalars())


def merge(
    connection: Connection,
    person: int,
    other: int,
    *,
    basis: str = BASIS_OWNER,
    confidence: float = 1.0,
) -> None:
    """Hold two people to be one.

    Args:
        connection: within a transaction.
        person: one of them.
        other: the other.
        basis: on what that is held: the owner's own word, or what the owner agreed to.
        confidence: how sure that basis is, from 0 to 1.

    Raises:
        UnknownPerson: they are one already.
    """
    if person == other:
        raise UnknownPerson("Those two are one person already.", hint="see: roc people list")
    _hold_one_as_told(connection, [(person, other)], basis, confidence)
    refresh_persons(connection, [person, other])


def _hold_one_as_told(
    connection: Connection,
    pairs: Iterable[tuple[int, int]],
    basis: str = BASIS_OWNER,
    confidence: float = 1.0,
) -> None:
    """Link accounts at the owner's word, which restores what was withdrawn between them."""
    columns = tables.link.c
    for one, other in pairs:
        _add_links(connection, [(one, other, basis)], confidence)
        between = (columns.account_id == min(one, other), columns.other_id == max(one, other))
        connection.execute(update(tables.link).where(*between).values(withdrawn=False))


def split(connection: Connection, account: int) -> None:
    """Hold an account to be a person of its own; the person's other accounts stay one.

    No import joins them again; ``merge`` undoes it.

    Raises:
        UnknownPerson: the person has no other account, or the account is the journal's ``me``.
    """
    if account == account_number(connection, ME):
        raise UnknownPerson(
            f"{ME} stands for you, whatever your accounts are.",
            hint="split the accounts off that are not yours, as roc people split x:12345.",
        )
    person = person_of(connection, account)
    others = [number for number in members(connection, person) if number != account]
    if not others:
        raise UnknownPerson(
            "That account is a person of its own already.", hint="see: roc people list"
        )
    hold_apart(connection, [account], others)
    touching = or_(tables.link.c.account_id == account, tables.link.c.other_id == account)
    connection.execute(update(tables.link).where(touching).values(withdrawn=True))
    _hold_one_as_told(connection, pairwise(others))
    refresh_persons(connection, [account, *others])


def keep_apart(connection: Connection, person: int, other: int) -> None:
    """Hold two people to be different: they are not suggested again, and no import joins them.

    Raises:
        UnknownPerson: they are one.
    """
    if person == other:
        raise UnknownPerson(
            "Those two are one person.", hint="take an account off with: roc people split ACCOUNT"
        )
    hold_apart(connection, members(connection, person), members(connection, other))


def hold_apart(connection: Connection, ones: Iterable[int], others: Collection[int]) -> None:
    """Hold accounts to be different people at the owner's word, whatever any source will state."""
    rows = [
        {"account_id": min(one, other), "other_id": max(one, other)}
        for one in ones
        for other in others
    ]
    apart = insert(connection, tables.link).values(basis=BASIS_OWNER, withdrawn=True)
    connection.execute(
        apart.on_conflict_do_update(
            index_elements=["account_id", "other_id", "basis"], set_={"withdrawn": True}
        ),
        rows,
    )


def mute(connection: Connection, person: int, *, muted: bool) -> None:
    """Leave a person out of scores and reports, or take them in again.

    Raises:
        UnknownPerson: it is the owner, without whom there is nothing to score.
    """
    if muted and person == owner(connection):
        raise UnknownPerson(
            "That is you: the graph's owner cannot be muted.", hint="see: roc people list"
        )
    theirs = tables.account.c.person_id == person
    connection.execute(update(tables.account).where(theirs).values(muted=muted))


def tag(connection: Connection, person: int, words: Sequence[str]) -> None:
    """Keep the owner's words for a person."""
    rows = [{"account_id": person, "tag": storable(word)} for word in words]
    connection.execute(insert(connection, tables.account_tag).on_conflict_do_nothing(), rows)


def among(connection: Connection, accounts: Collection[int]) -> Select[Any]:
    """Accounts, for ``column.in_(…)``."""
    return these_numbers(connection, np.array(sorted(accounts), dtype=np.int64))


def _fuller(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str, str]:
    first, second, third = (
        max(pair, key=lambda text: (len(text), text)) for pair in zip(one, other, strict=True)
    )
    return first, second, third
