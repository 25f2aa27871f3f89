"""Forgetting people: nothing is left but salted hashes, by which no reading brings them back.

Unlike merging, splitting and muting it cannot be undone, by design.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import product
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, delete, func, or_, select, union, update

from roc.errors import UnknownPerson
from roc.graph import tables
from roc.graph.aggregates import PRESENT, RECIPIENT
from roc.graph.databases.dialects import insert, these_numbers
from roc.graph.decisions import drop_naming
from roc.graph.lookup import owner
from roc.graph.records import Account, AccountSeen
from roc.graph.removing import remove_accounts, remove_acts
from roc.graph.sealing import Sealed, one_spelling, sealed, words_of
from roc.graph.tables import storable


def forget(connection: Connection, person: int) -> None:
    """Remove a person, their accounts, acts, ties and scores, and remember only salted hashes.

    Acts with others stay for those others, without the person; acts that only the person took
    part in, or sent, go. So does their name where it stands in names, tags, cursors and the names
    of files. The caller overwrites the freed pages (``roc.graph.erasing``).

    Raises:
        UnknownPerson: it is the owner, who would leave nothing to keep.
    """
    rows = _accounts_gone(connection, person)
    known, numbers = sealed(connection), [row.id for row in rows]
    accounts = [Account(row.source, row.handle) for row in rows]
    hashes = [known.seal(account) for account in accounts]
    hashes += [seal for row in rows for seal in known.seals_of_name(row.name)]
    hashes += [known.seal_apart(*both) for both in product(accounts, _apart(connection, numbers))]
    files = _files_naming(connection, [word for row in rows for word in _told_by(row)])
    _seal(connection, [*hashes, *map(known.seal_file, files)])
    _leave_acts(connection, numbers)
    _leave_outcomes(connection, numbers)
    remove_accounts(connection, numbers)
    _clean(connection, sealed(connection))


def going(connection: Connection, person: int) -> dict[str, frozenset[str]]:
    """Who goes if a person is forgotten: by key, with all names of their accounts; they first.

    With them goes whoever has an account that is one of theirs in another spelling.

    Raises:
        UnknownPerson: it is the owner.
    """
    keys: dict[int, str] = {}
    names: dict[int, set[str]] = {person: set()}
    for row in _accounts_gone(connection, person):
        names.setdefault(row.person_id, set()).add(row.name)
        if row.id == row.person_id:
            keys[row.id] = f"{row.source}:{row.handle}"
    return {keys[one]: frozenset(called - {""}) for one, called in names.items()}


def _accounts_gone(connection: Connection, person: int) -> Sequence[Any]:
    """The accounts that go with a person.

    Raises:
        UnknownPerson: it is the owner, who would leave nothing to keep.
    """
    if person == owner(connection):
        raise UnknownPerson(
            "That is you: the graph's owner cannot be forgotten.",
            hint="delete the whole graph instead: its file, or its database on the server.",
        )
    columns = tables.account.c
    gone = columns.person_id.in_(_under_every_spelling(connection, person))
    wanted = (columns.id, columns.person_id, columns.source, columns.handle, columns.name)
    return connection.execute(select(*wanted).where(gone).order_by(columns.id)).all()


def _under_every_spelling(connection: Connection, person: int) -> set[int]:
    """The person, and whoever has an account that is one of theirs in another spelling."""
    columns, mine = tables.account.c, owner(connection)
    rows = connection.execute(select(columns.person_id, columns.source, columns.handle)).all()
    spelt: dict[Account, set[int]] = defaultdict(set)
    theirs: dict[int, set[Account]] = defaultdict(set)
    for number, source, handle in rows:
        account = one_spelling(Account(source, handle))
        spelt[account].add(number)
        theirs[number].add(account)
    found, fresh = {person}, {person}
    while fresh:
        fresh = {other for one in fresh for account in theirs[one] for other in spelt[account]}
        fresh -= {*found, mine}
        found |= fresh
    return found


def forget_told_anew(connection: Connection, seen: Sequence[AccountSeen]) -> None:
    """Forget what a source tells anew of somebody forgotten: other accounts, other names.

    Args:
        connection: within a transaction.
        seen: what a source says about accounts.
    """
    _forget_alike(connection, seen)
    known = sealed(connection)
    names = {one.name for one in seen if one.name and _stored(one.account) in known}
    new = [seal for name in names if not known.within(name) for seal in known.seals_of_name(name)]
    if new:
        _seal(connection, new)
        _clean(connection, sealed(connection))


def _forget_alike(connection: Connection, seen: Sequence[AccountSeen]) -> None:
    """Forget the accounts that a source states to be those of somebody forgotten.

    They are that person under another account, whether they were met before or not; with them
    goes whoever is one person with them. Never the owner, and never whom the owner held apart from
    the forgotten, however many accounts the source puts between them.
    """
    told = [(_stored(one.account), _stored(same)) for one in seen for same in one.same_as]
    kept = {_stored(one.account) for one in seen if one.owner}
    while told:
        known = sealed(connection)
        found: dict[Account, set[Account]] = defaultdict(set)
        for pair in told:
            for new, old in (pair, pair[::-1]):
                if old in known and new not in known and new not in kept:
                    found[new].add(old)
        if not found:
            return
        columns = tables.account.c
        met = {Account(*row) for row in connection.execute(select(columns.source, columns.handle))}
        met.update(*told)
        for account, forgotten in sorted(found.items()):
            apart = {other for other in met if any(known.apart(old, other) for old in forgotten)}
            if not _forget_account(connection, account, known, apart):
                kept.add(account)


def _forget_account(
    connection: Connection, account: Account, known: Sealed, apart: Collection[Account]
) -> bool:
    """Forget whose account it is, if that is known, or keep it from coming.

    Not the owner, nor anyone with an account that is held ``apart`` from the forgotten; the owner's
    word about these holds for the account, too.
    """
    columns = tables.account.c
    person = connection.execute(
        select(columns.person_id).filter_by(source=account.source, handle=account.handle)
    ).scalar_one_or_none()
    if person == owner(connection):
        return False
    gone = {account}
    if person is not None:
        gone |= {Account(row.source, row.handle) for row in _accounts_gone(connection, person)}
    if not gone.isdisjoint(apart):
        return False
    if person is not None:
        forget(connection, person)
    words = [known.seal_apart(*both) for both in product(gone, apart)]
    _seal(connection, [known.seal(account), *words])
    return True


def _stored(account: Account) -> Account:
    return Account(storable(account.source), storable(account.handle))


def _seal(connection: Connection, hashes: Iterable[bytes]) -> None:
    rows = [{"hash": seal} for seal in sorted(set(hashes))]
    if rows:
        connection.execute(insert(connection, tables.forgotten).on_conflict_do_nothing(), rows)


def _apart(connection: Connection, numbers: Sequence[int]) -> list[Account]:
    """Whom the owner held apart from accounts, so that they are not taken for the same later."""
    link, columns = tables.link.c, tables.account.c
    mine, theirs = link.account_id.in_(numbers), link.other_id.in_(numbers)
    apart = union(
        select(link.other_id).where(link.withdrawn, mine),
        select(link.account_id).where(link.withdrawn, theirs),
    )
    rows = select(columns.source, columns.handle).where(
        columns.id.in_(apart), columns.id.not_in(numbers)
    )
    return [Account(*row) for row in connection.execute(rows)]


# --- acts -------------------------------------------------------------------------------------


def _leave_acts(connection: Connection, numbers: Sequence[int]) -> None:
    """Take people out of all acts; those that are none without them go."""
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
    remove_acts(connection, _reaching_nobody(ids))
    # A sender who is gone takes the act along, and so does the only one whom it was for.
    gone = select(acts.id).where(or_(acts.sender_id.in_(numbers), acts.recipient_id.in_(numbers)))
    remove_acts(connection, gone)
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


def _leave_outcomes(connection: Connection, numbers: Sequence[int]) -> None:
    """Take the titles of the outcomes that people had a part in: a single name may stand there.

    The outcomes stay, as what the owner's side won and lost; the people go with their accounts.
    """
    person = tables.outcome_person.c
    theirs = select(person.outcome_id).where(person.account_id.in_(numbers)).distinct()
    known = sealed(connection)
    _seal(connection, map(known.seal_untitled, connection.execute(theirs).scalars().all()))
    untitled = update(tables.outcome).where(tables.outcome.c.id.in_(theirs))
    connection.execute(untitled.values(title=""))


# --- names ------------------------------------------------------------------------------------


def _told_by(row: Any) -> list[str]:
    """Words that name whoever has an account: in file names, a part of a name is enough."""
    handle = row.handle.partition("@")[0] or row.handle
    return [word for word in (*words_of(row.name), *words_of(handle)) if len(word) > 2]


def _files_naming(connection: Connection, words: Sequence[str]) -> list[str]:
    """Names of files read, and of files within them, that name somebody."""
    wanted, problem = set(words), tables.problem.c
    names = set(connection.execute(select(tables.place.c.name)).scalars())
    for export, place in connection.execute(select(problem.export, problem.place).distinct()):
        names |= {export, place, place.rpartition(":")[0]}
    return [name for name in sorted(names) if wanted & set(words_of(name))]


def _clean(connection: Connection, known: Sealed) -> None:
    """Take the forgotten out of what others are called, of tags, cursors and names of files."""
    account, place, problem = tables.account, tables.place, tables.problem
    named = select(account.c.id, account.c.name, account.c.nature).where(account.c.name != "")
    for number, name, nature in connection.execute(named).all():
        _rename(connection, account.c.name, number, name, known.person_name(name, nature))
    for column, fit in (
        (account.c.organisation, known.text),
        (tables.outcome.c.organisation, known.text),
        (tables.outcome.c.title, known.text),
        (place.c.name, known.file_name),
        (problem.c.export, known.file_name),
        (problem.c.place, known.file_name),
    ):
        texts = select(column.table.c.id, column).where(column != "")
        for number, text in connection.execute(texts).all():
            _rename(connection, column, number, text, fit(text))
    for table in (tables.account_tag, tables.interaction_tag):
        tags = connection.execute(select(table.c.tag).distinct()).scalars()
        gone = [tag for tag in tags if known.is_tag(tag)]
        connection.execute(delete(table).where(table.c.tag.in_(gone)))
    drop_naming(connection, known.is_tag)
    columns = tables.cursor.c
    for row in connection.execute(select(tables.cursor)).all():
        cleaned = known.without(row.cursor, row.source)
        if cleaned != row.cursor:
            connection.execute(
                update(tables.cursor)
                .where(columns.source == row.source, columns.stream == row.stream)
                .values(cursor=cleaned)
            )


def _rename(connection: Connection, column: Any, number: int, text: str, fitting: str) -> None:
    if fitting != text:
        change = update(column.table).where(column.table.c.id == number)
        connection.execute(change.values({column.name: fitting}))
