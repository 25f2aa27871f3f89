"""What is told of accounts, and what the owner decided: whose they are, muting, tags, care."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, select, update

from roc.errors import TwoOwners, UnknownPerson
from roc.graph import tables
from roc.graph.databases.dialects import insert
from roc.graph.identity import BASIS_OWN_ACCOUNT
from roc.graph.links import hold_one
from roc.graph.lookup import account_number, among, members, owner
from roc.graph.records import ME, Account, AccountSeen, Nature
from roc.graph.tables import storable

LONGEST_NAME = 200


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
                "if not, keep it in a graph of its own: --graph FILE.",
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
    connection: Connection,
    numbers: Mapping[Account, int],
    seen: Sequence[AccountSeen],
    person_name: Callable[[str, str], str],
) -> None:
    """Keep the longest name and organisation told: the order of reading is then no matter.

    Args:
        connection: the graph.
        numbers: those of the accounts.
        seen: what is told of them.
        person_name: a name as it may be kept, which hangs on the nature of the account: whichever
            record told that.
    """
    told: dict[int, list[AccountSeen]] = defaultdict(list)
    for record in seen:
        if (number := numbers.get(record.account)) is not None:
            told[number].append(record)
    columns = tables.account.c
    rows = select(columns.id, columns.name, columns.organisation, columns.nature).where(
        columns.id.in_(among(connection, told))
    )
    changes = []
    for number, *before in connection.execute(rows):
        name, organisation, nature = before
        records = told[number]
        natures = {record.nature.value for record in records} | {nature}
        after_nature = max(
            natures - {Nature.PERSON.value}, key=_length, default=Nature.PERSON.value
        )
        names = {short(record.name) for record in records} | {name}
        fit = {person_name(each, after_nature) for each in names}
        organisations = {short(record.organisation) for record in records} | {organisation}
        after = [max(fit, key=_length), max(organisations, key=_length), after_nature]
        if after != before:
            changes.append(
                dict(zip(("_id", "name", "organisation", "nature"), (number, *after), strict=True))
            )
    if changes:
        connection.execute(update(tables.account).where(columns.id == bindparam("_id")), changes)


def _length(text: str) -> tuple[int, str]:
    return len(text), text


def short(name: str) -> str:
    """A name as it is kept; what is spelt out may make it longer again."""
    return storable(name[:LONGEST_NAME])[:LONGEST_NAME]


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


def care(connection: Connection, person: int, word: str, value: int | None) -> None:
    """Keep how the owner wants to keep in touch with a person; ``None`` takes it back."""
    columns = tables.care.c
    theirs = columns.account_id.in_(members(connection, person))
    connection.execute(delete(tables.care).where(theirs, columns.word == word))
    if value is not None:
        row = {"account_id": person, "word": word, "value": value}
        connection.execute(insert(connection, tables.care).values(**row))
