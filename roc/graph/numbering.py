"""Which row each account, source and scope has; new ones are given one."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from roc.graph import tables
from roc.graph.forgetting import Sealed, sealed
from roc.graph.records import Account
from roc.graph.tables import storable


class Numbers:
    """Row ids by account, source and scope, remembered over the batches of one export."""

    _connection: Connection

    def __init__(self) -> None:
        self._sealed = Sealed(b"", ())
        self._accounts: dict[Account, int | None] = {}
        self._newest = 0
        self._fresh: list[Account] = []
        self._sources: dict[str, int] = {}
        self._scopes: dict[tuple[str, str], tuple[int, int]] = {}

    @property
    def forgotten(self) -> Sealed:
        """The accounts that asked to be forgotten."""
        return self._sealed

    def begin(self, connection: Connection) -> None:
        """Start a batch: take in what others wrote, or forgot, since the last one."""
        self._connection = connection
        before, self._sealed = self._sealed, sealed(connection)
        if len(self._sealed) != len(before):
            self._accounts.clear()  # a row that went may have been given to somebody else
            self._newest = 0
        columns = tables.account.c
        rows = connection.execute(
            select(columns.id, columns.source, columns.handle)
            .where(columns.id > self._newest)
            .order_by(columns.id)
        )
        for number, source, handle in rows:
            self._accounts[Account(source, handle)] = number
            self._newest = number

    def account(self, account: Account) -> int | None:
        """The account's row; ``None`` for one that asked to be forgotten."""
        try:
            return self._accounts[account]
        except KeyError:
            number = self._accounts[account] = self._new_account(account)
            return number

    def _new_account(self, account: Account) -> int | None:
        kept = Account(storable(account.source), storable(account.handle))
        if kept != account:
            return self.account(kept)
        if account in self._sealed:
            return None
        self._newest += 1
        self._fresh.append(account)
        return self._newest

    def accounts(self, accounts: Iterable[Account]) -> dict[Account, int]:
        """Rows of those accounts that may be kept."""
        numbers = {account: self.account(account) for account in accounts}
        return {account: number for account, number in numbers.items() if number is not None}

    def write_new_accounts(self) -> int:
        """Write the rows given out since the last call; how many they were."""
        rows = [
            {"id": number, "source": account.source, "handle": account.handle, "person_id": number}
            for account in self._fresh
            if (number := self._accounts[account]) is not None
        ]
        if rows:
            self._connection.execute(insert(tables.account), rows)
        self._fresh.clear()
        return len(rows)

    def source(self, name: str) -> int:
        """The source's row."""
        name = storable(name)
        if name not in self._sources:
            self._sources[name] = self._row(tables.source, name=name)
        return self._sources[name]

    def scope(self, source: str, name: str) -> tuple[int, int]:
        """The rows of the scope and of its source."""
        try:
            return self._scopes[source, name]
        except KeyError:
            source_id = self.source(source)
            scope_id = self._row(tables.scope, source_id=source_id, name=storable(name))
            self._scopes[source, name] = scope_id, source_id
            return scope_id, source_id

    def _row(self, table: Any, **values: Any) -> int:
        self._connection.execute(sqlite_insert(table).values(**values).on_conflict_do_nothing())
        found = select(table.c.id).filter_by(**values)
        return int(self._connection.execute(found).scalar_one())
