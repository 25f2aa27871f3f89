"""Which number each account and source has in the file; new ones are given one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, func, insert, select

from roc.graph import tables
from roc.graph.databases.dialects import next_number, these_texts
from roc.graph.lookup import account_number
from roc.graph.records import ME, Account, Interaction
from roc.graph.removing import removals
from roc.graph.sealing import Sealed, sealed
from roc.graph.tables import LONGEST_TEXT, storable

_MOST_REMEMBERED = 300_000  # accounts; beyond them, memory would grow with the graph


class Numbers:
    """Numbers by account and source, remembered over the batches of one export."""

    _connection: Connection
    me: int

    def __init__(self) -> None:
        self._sealed = Sealed(b"", ())
        self._known: dict[Account, int | None] = {}
        self._sources: dict[str, int] = {}
        self._removals = 0
        self.new_accounts = 0

    @property
    def forgotten(self) -> Sealed:
        """The accounts that asked to be forgotten."""
        return self._sealed

    def begin(self, connection: Connection) -> None:
        """Start a batch: take in who was removed or forgotten since the last one."""
        self._connection = connection
        before, self._sealed = self._sealed, sealed(connection)
        counted, self._removals = self._removals, removals(connection)
        is_fresh = counted == self._removals and len(self._sealed) == len(before)
        if not is_fresh or len(self._known) > _MOST_REMEMBERED:
            self._known.clear()  # a number that went may have been given to somebody else
        self.me = account_number(connection, ME)

    def accounts(self, accounts: Iterable[Account]) -> dict[Account, int]:
        """Numbers of those accounts that may be kept; new ones are written."""
        wanted = set(accounts)
        self._learn(wanted)
        return {
            account: number for account in wanted if (number := self._known[account]) is not None
        }

    def accounts_of(self, interactions: Sequence[Interaction]) -> dict[Account, int | None]:
        """Numbers of everyone who takes part; ``None`` for whoever asked to be forgotten."""
        wanted = {interaction.sender for interaction in interactions}
        for interaction in interactions:
            wanted.update(interaction.recipients)
            if interaction.copied:
                wanted.update(interaction.copied)
        self._learn(wanted)
        return self._known

    def source(self, name: str) -> int:
        """The source's number."""
        name = storable(name)
        if name not in self._sources:
            row = select(tables.source.c.id).filter_by(name=name)
            found = self._connection.execute(row).scalar_one_or_none()
            if found is None:
                values = {"id": next_number(tables.source), "name": name}
                new = insert(tables.source).values(values).returning(tables.source.c.id)
                found = self._connection.execute(new).scalar_one()
            self._sources[name] = int(found)
        return self._sources[name]

    def key(self, number: int) -> str:
        """``source:handle`` of an account."""
        columns = tables.account.c
        row = select(columns.source, columns.handle).where(columns.id == number)
        return ":".join(self._connection.execute(row).one())

    def _learn(self, wanted: set[Account]) -> None:
        """Find or give the numbers of accounts, so that all of them are remembered."""
        strange = wanted - self._known.keys()
        if not strange:
            return
        kept = {account: self._kept(account) for account in strange}
        by_source: dict[str, list[str]] = defaultdict(list)
        for account in set(kept.values()):
            if account is not None:
                by_source[account.source].append(account.handle)
        found: dict[Account | None, int] = {}
        for source in sorted(by_source):
            found |= self._numbers_at(source, sorted(by_source[source]))
        self._known.update((account, found.get(kept[account])) for account in strange)

    def _kept(self, account: Account) -> Account | None:
        """The account as it is kept; ``None`` where it asked to be forgotten."""
        text = str(account)
        if not text.isascii() or "\0" in text or len(text) > LONGEST_TEXT:
            account = Account(storable(account.source), storable(account.handle))
        return None if account in self._sealed else account

    def _numbers_at(self, source: str, handles: list[str]) -> dict[Account | None, int]:
        columns = tables.account.c
        wanted = columns.handle.in_(these_texts(self._connection, handles))
        rows = select(columns.handle, columns.id).where(columns.source == source, wanted)
        found = dict(map(tuple, self._connection.execute(rows)))
        new = [handle for handle in handles if handle not in found]
        if new:
            newest = self._connection.execute(select(func.max(columns.id))).scalar_one()
            found |= {handle: number for number, handle in enumerate(new, start=newest + 1)}
            self._connection.execute(
                insert(tables.account),
                [
                    {"id": found[handle], "source": source, "handle": handle}
                    | {"person_id": found[handle]}
                    for handle in new
                ],
            )
            self.new_accounts += len(new)
        return {Account(source, handle): number for handle, number in found.items()}
