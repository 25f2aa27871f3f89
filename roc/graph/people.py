"""People in the graph file: who an account is, whose it is, and what the owner decided about it.

Merging, splitting and muting lose nothing and can be undone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from roc.errors import TwoOwners, UnknownPerson
from roc.graph import tables
from roc.graph.identity import BASIS_OWN_ACCOUNT, BASIS_OWNER, persons, the_one
from roc.graph.records import ME, Account, AccountSeen, Nature
from roc.graph.tables import storable

LONGEST_NAME = 200
_CHUNK = 500


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
    add_links(connection, [(me, account, BASIS_OWN_ACCOUNT) for account in accounts])


def describe(
    connection: Connection, numbers: Mapping[Account, int], seen: Sequence[AccountSeen]
) -> None:
    """Keep the longest name and organisation told: the order of reading is then no matter."""
    told: dict[int, tuple[str, str, str]] = defaultdict(lambda: ("", "", ""))
    for record in seen:
        if (number := numbers.get(record.account)) is not None:
            nature = "" if record.nature is Nature.PERSON else record.nature.value
            name, organisation = storable(record.name), storable(record.organisation)
            fresh = (name[:LONGEST_NAME], organisation[:LONGEST_NAME], nature)
            told[number] = _fuller(told[number], fresh)
    columns = tables.account.c
    changes = []
    for chunk in chunks(sorted(told)):
        rows = connection.execute(
            select(columns.id, columns.name, columns.organisation, columns.nature).where(
                columns.id.in_(chunk)
            )
        )
        for number, name, organisation, nature in rows:
            before = (name, organisation, "" if nature == Nature.PERSON else nature)
            after = _fuller(before, told[number])
            if after != before:
                changes.append((after[0], after[1], after[2] or Nature.PERSON.value, number))
    if changes:
        connection.exec_driver_sql(
            "UPDATE account SET name = ?, organisation = ?, nature = ? WHERE id = ?", changes
        )


def add_links(connection: Connection, links: Sequence[tuple[int, int, str]]) -> None:
    """Keep that accounts are one person; a link that the owner withdrew stays withdrawn."""
    rows = [
        {"account_id": min(one, other), "other_id": max(one, other), "basis": basis}
        for one, other, basis in links
        if one != other
    ]
    if rows:
        connection.execute(sqlite_insert(tables.link).on_conflict_do_nothing(), rows)


def refresh_persons(connection: Connection) -> None:
    """Compute anew which accounts are one person, and write what changed."""
    columns = tables.account.c
    keys, before = {}, {}
    for number, source, handle, person in connection.execute(
        select(columns.id, columns.source, columns.handle, columns.person_id)
    ):
        keys[number] = f"{source}:{handle}"
        before[number] = person
    standing = select(tables.link.c.account_id, tables.link.c.other_id).where(
        ~tables.link.c.withdrawn
    )
    after = persons(keys, [(one, other) for one, other in connection.execute(standing)])
    changed = [(person, number) for number, person in after.items() if before[number] != person]
    if changed:
        connection.exec_driver_sql("UPDATE account SET person_id = ? WHERE id = ?", changed)


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


def members(connection: Connection, person: int) -> list[int]:
    """Ids of a person's accounts, ascending."""
    columns = tables.account.c
    rows = connection.execute(
        select(columns.id).where(columns.person_id == person).order_by(columns.id)
    )
    return list(rows.scalars())


def merge(connection: Connection, person: int, other: int) -> None:
    """Hold two people to be one; splitting either's accounts off again undoes it.

    Raises:
        UnknownPerson: they are one already.
    """
    if person == other:
        raise UnknownPerson("Those two are one person already.", hint="see: roc people list")
    _hold_one(connection, [(person, other)])
    refresh_persons(connection)


def _hold_one(connection: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """Link accounts at the owner's word, which restores what was withdrawn between them."""
    columns = tables.link.c
    for one, other in pairs:
        add_links(connection, [(one, other, BASIS_OWNER)])
        between = (columns.account_id == min(one, other), columns.other_id == max(one, other))
        connection.execute(update(tables.link).where(*between).values(withdrawn=False))


def split(connection: Connection, account: int) -> None:
    """Hold an account to be a person of its own; the person's other accounts stay one.

    No import joins them again; ``merge`` undoes it.

    Raises:
        UnknownPerson: the person has no other account, or the account is the journal's ``me``.
    """
    columns = tables.account.c
    if account == account_number(connection, ME):
        raise UnknownPerson(
            f"{ME} stands for you, whatever your accounts are.",
            hint="split the accounts off that are not yours, as roc people split x:12345.",
        )
    person = connection.execute(select(columns.person_id).where(columns.id == account)).scalar_one()
    others = [number for number in members(connection, person) if number != account]
    if not others:
        raise UnknownPerson(
            "That account is a person of its own already.", hint="see: roc people list"
        )
    touching = or_(tables.link.c.account_id == account, tables.link.c.other_id == account)
    connection.execute(update(tables.link).where(touching).values(withdrawn=True))
    _hold_one(connection, pairwise(others))
    refresh_persons(connection)


def mute(connection: Connection, person: int, *, muted: bool) -> None:
    """Leave a person out of scores and reports, or take them in again.

    Raises:
        UnknownPerson: it is the owner, without whom there is nothing to score.
    """
    if muted and person == owner(connection):
        raise UnknownPerson(
            "That is you: the graph's owner cannot be muted.", hint="see: roc people list"
        )
    numbers = members(connection, person)
    connection.execute(
        update(tables.account).where(tables.account.c.id.in_(numbers)).values(muted=muted)
    )


def tag(connection: Connection, person: int, words: Sequence[str]) -> None:
    """Keep the owner's words for a person."""
    rows = [{"account_id": person, "tag": storable(word)} for word in words]
    connection.execute(sqlite_insert(tables.account_tag).on_conflict_do_nothing(), rows)


def _fuller(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, str, str]:
    first, second, third = (
        max(pair, key=lambda text: (len(text), text)) for pair in zip(one, other, strict=True)
    )
    return first, second, third


def chunks(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    """Values in pieces that fit into one ``IN (…)`` of any engine."""
    return (numbers[start : start + _CHUNK] for start in range(0, len(numbers), _CHUNK))
