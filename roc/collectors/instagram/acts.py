"""Follows, requests, comments and likes: what one row of each gives."""

from collections.abc import Iterator, Mapping

from roc.collectors.formats.hashed_ids import Ordinals
from roc.collectors.formats.json_values import Item, items
from roc.collectors.formats.meta_labels import author, labelled, moment, username
from roc.collectors.formats.meta_text import is_nobody, label
from roc.collectors.formats.named import named
from roc.collectors.formats.tolerance import Unusable
from roc.graph.records import (
    Account,
    AccountSeen,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Kind,
    Record,
)

SOURCE = "instagram"


class Acts:
    """Makes records of the rows of one file.

    Args:
        me: the owner's account.
    """

    def __init__(self, me: Account) -> None:
        self._me = me
        self._ids = Ordinals()

    def follower(self, value: object) -> Iterator[Record]:
        """Somebody who follows the owner."""
        row, other = _profile(value)
        yield self._follows(other, self._me, row)

    def followed(self, value: object) -> Iterator[Record]:
        """Somebody whom the owner follows."""
        row, other = _profile(value)
        yield self._follows(self._me, other, row)

    def request_sent(self, value: object) -> Iterator[Record]:
        """Somebody whom the owner asked to be let follow."""
        row, other = _profile(value)
        yield self._act(Kind.INVITATION, self._me, other, row)

    def request_received(self, value: object) -> Iterator[Record]:
        """Somebody who asked the owner."""
        row, other = _profile(value)
        yield self._act(Kind.INVITATION, other, self._me, row)

    def comment(self, value: object) -> Iterator[Record]:
        """A comment on what somebody published."""
        row = _row(value)
        yield from self._to_author(Kind.COMMENT, *author(row), row)

    def like(self, value: object) -> Iterator[Record]:
        """A mark on what somebody published, or on a comment of theirs."""
        row = _row(value)
        name, user = author(row)
        yield from self._to_author(Kind.REACTION, name, user or username(label(row, "title")), row)

    def _to_author(self, kind: Kind, name: str, user: str, row: Item) -> Iterator[Record]:
        is_known = bool(name) and not is_nobody(SOURCE, name)
        other = Account(SOURCE, user) if user else named(SOURCE, name) if is_known else None
        if other is None or other == self._me:
            return
        act = self._act(kind, self._me, other, row)
        if is_known:
            yield AccountSeen(other, name)
        yield act

    def _follows(self, account: Account, other: Account, row: Item) -> DeclaredTie:
        found = moment(row)
        since = found[1].date() if found else None
        return DeclaredTie(SOURCE, DeclaredKind.FOLLOWS, account, other, since)

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


def profile_user(value: object) -> str:
    """The user name that a row of people tells, in whichever of its three places; or nothing."""
    row = value if isinstance(value, Mapping) else {}
    entry = next(items(row.get("string_list_data")), {})
    _, user = author(row)
    addresses = [entry, *(under for _, _, under in labelled(row.get("label_values")))]
    return (
        username(label(entry, "value"))
        or username(label(row, "title"))
        or user
        or next(filter(None, (_user_at(label(told, "href")) for told in addresses)), "")
    )


def _user_at(address: str) -> str:
    """Whose page it is."""
    path = address.split("?")[0].rstrip("/")
    return username(path.rsplit("/", 1)[-1]) if "instagram.com/" in path else ""


def _profile(value: object) -> tuple[Item, Account]:
    row = _row(value)
    user = profile_user(row)
    if not user:
        raise Unusable("no_name", "the person has no user name")
    return row, Account(SOURCE, user)


def _row(value: object) -> Item:
    if not isinstance(value, Mapping):
        raise Unusable("bad_shape", "not an object with names and values")
    return value
