"""Friends, requests, followers, comments and reactions: what one row of each gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from roc.collectors.facebook.titles import Target, target
from roc.collectors.formats.addresses import is_address
from roc.collectors.formats.hashed_ids import Ordinals
from roc.collectors.formats.json_values import Item
from roc.collectors.formats.meta_labels import author, moment
from roc.collectors.formats.meta_text import is_nobody, label
from roc.collectors.formats.named import named
from roc.collectors.formats.tolerance import Unusable
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Kind,
    Record,
)

SOURCE = "facebook"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whoever exported the data.

    Args:
        name: as the export writes it; empty where it is not known.
    """

    name: str = ""

    @property
    def account(self) -> Account:
        """The account by name, else ``ME``."""
        return named(SOURCE, self.name) or ME


class Acts:
    """Makes records of the rows of one file.

    Args:
        owner: whoever exported the data.
    """

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self._me = owner.account
        self._ids = Ordinals()

    def friend(self, value: object) -> Iterator[Record]:
        """Somebody who is a friend, with the day since when."""
        row = _row(value)
        for other in _person(row):
            yield _person_seen(row, other)
            yield _tie(DeclaredKind.CONNECTED, self._me, other, row)

    def follower(self, value: object) -> Iterator[Record]:
        """Somebody who follows the owner."""
        row = _row(value)
        for other in _person(row):
            yield _person_seen(row, other)
            yield _tie(DeclaredKind.FOLLOWS, other, self._me, row)

    def followed(self, value: object) -> Iterator[Record]:
        """Somebody whom the owner follows."""
        row = _row(value)
        for other in _person(row):
            yield _person_seen(row, other)
            yield _tie(DeclaredKind.FOLLOWS, self._me, other, row)

    def request_received(self, value: object) -> Iterator[Record]:
        """Somebody who asked to be a friend."""
        row = _row(value)
        for other in _person(row):
            yield _person_seen(row, other)
            yield self._act(Kind.INVITATION, other, self._me, row)

    def request_sent(self, value: object) -> Iterator[Record]:
        """Somebody whom the owner asked to be a friend."""
        row = _row(value)
        for other in _person(row):
            yield _person_seen(row, other)
            yield self._act(Kind.INVITATION, self._me, other, row)

    def comment(self, value: object) -> Iterator[Record]:
        """A comment on what somebody published, or an answer to somebody's comment."""
        row = _row(value)
        found = self._target(row)
        kind = Kind.REPLY if found and found.is_comment else Kind.COMMENT
        yield from self._to_author(kind, found, row)

    def reaction(self, value: object) -> Iterator[Record]:
        """A mark on what somebody published."""
        row = _row(value)
        yield from self._to_author(Kind.REACTION, self._target(row), row)

    def _target(self, row: Item) -> Target | None:
        """Of whoever published it: under a label, else in the title."""
        name, _ = author(row)
        if name:
            return Target(name, is_comment=False)
        return target(label(row, "title"), self._owner.name)

    def _to_author(self, kind: Kind, found: Target | None, row: Item) -> Iterator[Record]:
        other = named(SOURCE, found.name) if found else None
        if found is None or other is None or other == self._me or is_nobody(SOURCE, found.name):
            return
        act = self._act(kind, self._me, other, row)
        yield AccountSeen(other, found.name)
        yield act

    def _act(self, kind: Kind, sender: Account, recipient: Account, row: Item) -> Interaction:
        found = moment(row)
        if found is None:
            raise Unusable("bad_date", "no readable moment")
        told, at = found
        # The owner's own name is not in it: not every part of an export tells it.
        other = recipient if sender == self._me else sender
        direction = "sent" if sender == self._me else "received"
        return Interaction(
            source=SOURCE,
            external_id=self._ids.id(told, str(kind), direction, str(other)),
            kind=kind,
            at=at,
            sender=sender,
            recipients=(recipient,),
        )


def _person(row: Item) -> tuple[Account, ...]:
    """Who a row is about; nobody where they left Facebook."""
    name = label(row, "name")
    other = named(SOURCE, name)
    if other is None:
        raise Unusable("no_name", "the person has no name")
    return () if is_nobody(SOURCE, name) else (other,)


def _person_seen(row: Item, other: Account) -> AccountSeen:
    address = label(row, "contact_info").lower()  # in exports up to 2019
    same = (Account("email", address),) if is_address(address) else ()
    return AccountSeen(other, label(row, "name"), same_as=same)


def _tie(kind: DeclaredKind, account: Account, other: Account, row: Item) -> DeclaredTie:
    found = moment(row)
    return DeclaredTie(SOURCE, kind, account, other, found[1].date() if found else None)


def _row(value: object) -> Item:
    if not isinstance(value, Mapping):
        raise Unusable("bad_shape", "not an object with names and values")
    return value
