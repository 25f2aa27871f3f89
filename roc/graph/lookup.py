"""Finding accounts and people in the graph's database."""

from collections.abc import Collection
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, select

from roc.errors import UnknownPerson
from roc.graph import tables
from roc.graph.databases.dialects import these_numbers
from roc.graph.identity import the_one
from roc.graph.records import ME, Account
from roc.graph.tables import storable


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


def among(connection: Connection, accounts: Collection[int]) -> Select[Any]:
    """Accounts, for ``column.in_(…)``."""
    return these_numbers(connection, np.array(sorted(accounts), dtype=np.int64))
