"""Which accounts are one person, and which are not: links, and the persons that follow from them.

Nothing is merged for good: a link is added or withdrawn, and the persons are computed anew.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, union, update

from roc.errors import UnknownPerson
from roc.graph import tables
from roc.graph.databases.dialects import insert
from roc.graph.identity import BASIS_OWNER, persons
from roc.graph.lookup import account_number, among, members, person_of
from roc.graph.records import ME

Link = tuple[int, int, str]
"""Two accounts that are one person, and the basis on which that is held."""


def hold_one(connection: Connection, links: Sequence[Link]) -> None:
    """Keep that accounts are one person; whom the owner holds apart stays apart all the same."""
    if not links:
        return
    _add_links(connection, links)
    refresh_persons(connection, {number for one, other, _ in links for number in (one, other)})


def _add_links(connection: Connection, links: Sequence[Link], confidence: float = 1.0) -> None:
    pairs = {(min(one, other), max(one, other), basis) for one, other, basis in links}
    rows = [
        {"account_id": one, "other_id": other, "basis": basis, "confidence": confidence}
        for one, other, basis in sorted(pairs)
        if one != other
    ]
    if rows:
        connection.execute(insert(connection, tables.link).on_conflict_do_nothing(), rows)


def refresh_persons(connection: Connection, touched: Collection[int]) -> None:
    """Compute anew which accounts are one person, where links of some accounts changed.

    Whoever hangs together with none of them is not looked at: the cost is that of the change,
    however large the graph is.
    """
    columns, link = tables.account.c, tables.link.c
    together = among(connection, _hanging_together(connection, set(touched)))
    keys, before = {}, {}
    for number, source, handle, person in connection.execute(
        select(columns.id, columns.source, columns.handle, columns.person_id).where(
            columns.id.in_(together)
        )
    ):
        keys[number] = f"{source}:{handle}"
        before[number] = person
    rows = connection.execute(
        select(link.account_id, link.other_id, link.basis, link.withdrawn).where(
            link.account_id.in_(together), link.other_id.in_(together)
        )
    ).all()

    def weight(row: Any) -> tuple[bool, list[str]]:
        """The owner's word weighs more than a source's; then keys decide, not numbers."""
        return row.basis.startswith("told by ") and row.basis != BASIS_OWNER, sorted(
            (keys[row.account_id], keys[row.other_id])
        )

    after = persons(
        keys,
        [(row.account_id, row.other_id) for row in sorted(rows, key=weight) if not row.withdrawn],
        [(row.account_id, row.other_id) for row in rows if row.withdrawn],
    )
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


def _hanging_together(connection: Connection, fresh: set[int]) -> set[int]:
    """Accounts that hang together with some by links or as one person, even where held apart."""
    columns, link = tables.account.c, tables.link.c
    found: set[int] = set()
    while fresh:
        found |= fresh
        these = among(connection, fresh)
        persons_of = select(columns.person_id).where(columns.id.in_(these))
        neighbours = union(
            select(link.other_id).where(link.account_id.in_(these)),
            select(link.account_id).where(link.other_id.in_(these)),
            select(columns.id).where(columns.person_id.in_(persons_of)),
        )
        fresh = set(connection.execute(neighbours).scalars()) - found
    return found


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
    ones, others = members(connection, person), members(connection, other)
    link = tables.link.c
    for one, twin in ((ones, others), (others, ones)):
        apart = link.account_id.in_(one) & link.other_id.in_(twin) & link.withdrawn
        connection.execute(delete(tables.link).where(apart))
    _add_links(connection, [(person, other, basis)], confidence)
    refresh_persons(connection, [person, other])


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
    # Who hung together through that account alone stays one.
    _add_links(connection, [(one, other, BASIS_OWNER) for one, other in pairwise(others)])
    columns = tables.account.c
    connection.execute(update(tables.account).where(columns.id == account).values(owner=False))
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
