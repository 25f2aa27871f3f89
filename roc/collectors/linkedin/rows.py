"""What each kind of LinkedIn row says: one function per kind, the same for exports and the API."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import chain

from roc.collectors.formats.tolerance import Unusable
from roc.collectors.linkedin.columns import Table, column, table
from roc.collectors.linkedin.contacts import AddressBook
from roc.collectors.linkedin.messages import Message, Repeats, message, named_cells, pick_from
from roc.collectors.linkedin.moments import day, moment
from roc.collectors.linkedin.people import SOURCE, UNKNOWN_MEMBER, People, Watch, address, tidy
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Kind,
    Problem,
    Record,
)

Cells = Mapping[str, str]
"""A row by its columns, named as ``columns.column`` writes them."""

Row = tuple[str, Mapping[str, str]] | Problem
"""A row with its place, or what is wrong with it before it can be read."""


Numbered = Iterator[tuple[int, list[str] | None]]
"""Cells with the line each row begins on, as ``formats.delimited`` gives them."""


def records(name: str, rows: Iterable[Row], owner: Account = ME) -> Iterator[Record]:
    """What the rows of one file or API domain say.

    Args:
        name: the file's name or the API's domain, such as ``messages.csv`` or ``INBOX``.
        rows: each with its place; headers as LinkedIn writes them, of any age. Hand over all rows
            of a table at once: exact repeats of a message are counted from the first row on.
        owner: whose data it is.

    Example:
        >>> row = {"First Name": "Ben", "Last Name": "Adler", "Connected On": "05 Mar 2024"}
        >>> for record in records("CONNECTIONS", [("page 1, item 1", row)]):
        ...     print(type(record).__name__)
        AccountSeen
        DeclaredTie
    """
    reader = Reader(owner)
    yield from chain.from_iterable(reader.each_row(name, rows))
    yield from reader.identities()


@dataclass(frozen=True, slots=True)
class _Praise:
    """How a table of endorsements or recommendations calls things, and which way it goes."""

    kind: Kind
    given: bool
    prefix: str
    url: str
    date: str


_PRAISE = {
    Table.ENDORSEMENTS_RECEIVED: _Praise(
        Kind.ENDORSEMENT, False, "endorser ", "endorser public url", "endorsement date"
    ),
    Table.ENDORSEMENTS_GIVEN: _Praise(
        Kind.ENDORSEMENT, True, "endorsee ", "endorsee public url", "endorsement date"
    ),
    Table.RECOMMENDATIONS_RECEIVED: _Praise(Kind.RECOMMENDATION, False, "", "", "creation date"),
    Table.RECOMMENDATIONS_GIVEN: _Praise(Kind.RECOMMENDATION, True, "", "", "creation date"),
}

_DOMAINS = {
    "CONNECTIONS": Table.CONNECTIONS,
    "INBOX": Table.MESSAGES,
    "INVITATIONS": Table.INVITATIONS,
}
"""The API may leave out empty cells, so that columns do not tell; its domains do."""


@lru_cache(4096)
def _told(name: str, headers: tuple[str, ...]) -> tuple[tuple[str, ...], Table | None]:
    columns = tuple(map(column, headers))
    return columns, table(name, columns) or _DOMAINS.get(name)


class Reader:
    """Reads rows of one owner's tables and remembers whom it met.

    Args:
        owner: the account of whoever the data is about; ``ME`` where it is not told.
        watch: see ``People``.
    """

    def __init__(self, owner: Account = ME, watch: Watch | None = None) -> None:
        self.owner = owner
        self.people = People(watch)
        self.address_book = AddressBook()

    def identities(self) -> Iterator[AccountSeen]:
        """Who turned out to be whom, once everything was read."""
        yield from self.people.same_people()
        yield from self.address_book.people()

    def each_row(self, name: str, rows: Iterable[Row]) -> Iterator[list[Record]]:
        """What each row says: accounts first, then the act or tie; an empty list for nothing."""
        repeats = Repeats()
        headers: tuple[str, ...] = ()
        columns, found = _told(name, headers)
        for item in rows:
            if isinstance(item, Problem):
                yield [item]
                continue
            where, row = item
            if headers != (told := tuple(row)):
                headers = told
                columns, found = _told(name, headers)
            if columns != headers:
                row = dict(zip(columns, row.values(), strict=True))
            acts = list(self._acts(where, row, found, repeats))
            yield [*self.people.news(), *acts]

    def each_message(
        self, name: str, columns: Sequence[str], rows: Numbered
    ) -> Iterator[Sequence[Record]]:
        """What each row of a table of messages says: ``each_row``, in half the time.

        Args:
            name: the file's name.
            columns: as ``columns.column`` writes them.
            rows: all below the header.
        """
        repeats, people, pick, width = Repeats(), self.people, pick_from(columns), len(columns)
        told: Sequence[Record]
        for line, cells in rows:
            if cells == []:
                continue
            try:
                if cells is None or len(cells) != width:
                    cells = mended(columns, cells)
                cells.append("")
                act = message(pick(cells), people, repeats)
                told = (act,) if act else ()
            except Unusable as reason:
                told = (reason.at(f"{name}:{line}"),)
            yield (*people.news(), *told) if people.has_news else told

    def _message(self, where: str, row: Message, repeats: Repeats) -> Sequence[Record]:
        try:
            act = message(row, self.people, repeats)
        except Unusable as reason:
            return (reason.at(where),)
        return (act,) if act else ()

    def _acts(
        self, where: str, row: Cells, found: Table | None, repeats: Repeats
    ) -> Iterable[Record]:
        match found:
            case Table.MESSAGES:
                return self._message(where, named_cells(row), repeats)
            case Table.CONNECTIONS:
                return self._connection(where, row)
            case Table.INVITATIONS:
                return self._invitation(where, row)
            case Table.RECOMMENDATIONS:
                return (Problem(where, "no_direction", "not told who recommended whom"),)
            case Table.CONTACTS:
                self.address_book.see(row)
                return ()
            case None | Table.PROFILE | Table.ADDRESSES | Table.PHONES:
                return ()
            case _:
                return self._praise(where, row, _PRAISE[found])

    def _connection(self, where: str, row: Cells) -> Iterator[Record]:
        other = self.people.account(
            row.get("url", ""),
            _full_name(row),
            organisation=row.get("company", ""),
            addresses=address(row.get("email address", "")),
        )
        if other is None:  # a member who hides from exports; only the day is told
            return
        told = row.get("connected on", "").strip()
        since = day(told)
        if told and since is None:
            yield Problem(where, "bad_date", "no readable day; the connection is kept without it")
        yield DeclaredTie(SOURCE, DeclaredKind.CONNECTED, self.owner, other, since)

    def _invitation(self, where: str, row: Cells) -> Iterator[Record]:
        sender = self.people.account(row.get("inviterprofileurl", ""), row.get("from", ""))
        recipient = self.people.account(row.get("inviteeprofileurl", ""), row.get("to", ""))
        if UNKNOWN_MEMBER in (row.get("from"), row.get("to")):  # somebody who left LinkedIn
            return
        if sender is None or recipient is None:
            yield Problem(where, "no_person", "neither a name nor a profile of one of the two")
            return
        pair = (str(sender), str(recipient))
        yield _act(where, Kind.INVITATION, sender, recipient, row.get("sent at", ""), *pair)

    def _praise(self, where: str, row: Cells, praise: _Praise) -> Iterator[Record]:
        name = _full_name(row, praise.prefix)
        url, organisation = row.get(praise.url, ""), row.get("company", "")
        other = self.people.account(url, name, organisation=organisation)
        if other is None:  # somebody who left LinkedIn
            return
        pair = (self.owner, other) if praise.given else (other, self.owner)
        # Not the owner's account, which another export may name otherwise.
        parts = ("given" if praise.given else "received", row.get("skill name", ""))
        yield _act(where, praise.kind, *pair, row.get(praise.date, ""), str(other), *parts)


def mended(columns: Sequence[str], cells: list[str] | None) -> list[str]:
    """The cells of a row that has not one for each column, where it can be told what is meant.

    Raises:
        Unusable: it cannot.
    """
    if cells is None:
        raise Unusable("bad_csv", "the row cannot be split into cells")
    if len(cells) == len(columns) + 1 and "creation date" in columns:
        # 01/24/18, 03:00 PM was seen without the quotes that it needs.
        at = columns.index("creation date")
        return [*cells[:at], f"{cells[at]}, {cells[at + 1]}", *cells[at + 2 :]]
    if len(cells) != len(columns):
        raise Unusable("wrong_width", f"{len(cells)} cells under {len(columns)} headers")
    return cells


def _full_name(row: Cells, prefix: str = "") -> str:
    return tidy(f"{row.get(f'{prefix}first name', '')} {row.get(f'{prefix}last name', '')}")


def _act(
    where: str, kind: Kind, sender: Account, recipient: Account, told: str, *identity: str
) -> Record:
    found = moment(told)
    if found is None:
        return Problem(where, "bad_date", "no readable date and time")
    at, precision = found
    parts = "\x1f".join((kind, at.isoformat(), *identity))
    return Interaction(
        source=SOURCE,
        external_id=sha256(parts.encode("utf-8", "replace")).hexdigest()[:32],
        kind=kind,
        at=at,
        sender=sender,
        recipients=(recipient,),
        precision=precision,
    )
