"""From a record in a repository to acts and ties: one rule for exports and the API.

Accounts are decentralised identifiers, ``bluesky:did:plc:…``: handles change, these do not. An
act's id is the record's address, ``at://did:plc:…/app.bsky.feed.post/3k…``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.hashed_ids import MAX_ID, hashed
from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.formats.moments import iso_moment
from roc.collectors.formats.posts import Post, post_act
from roc.graph.records import (
    Account,
    AccountSeen,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Kind,
    Problem,
    Record,
)

SOURCE = "bluesky"

_POST = "app.bsky.feed.post"
_DID = re.compile(r"did:[a-z]{1,20}:[A-Za-z0-9._:%-]{1,220}")
_ADDRESS = re.compile(r"at://([^/]{1,250})/([A-Za-z0-9.-]{1,300})/[^/]{1,512}")
_EMBEDS = ("app.bsky.embed.record", "app.bsky.embed.recordWithMedia")
_MENTION = "app.bsky.richtext.facet#mention"

_SIGNS = {sign: value for value, sign in enumerate("234567abcdefghijklmnopqrstuvwxyz")}
_KEY_LENGTH = 13
_FIRST_KEY = datetime(2022, 1, 1, tzinfo=UTC)  # before the network was
_LAST_KEY = datetime(2100, 1, 1, tzinfo=UTC)
_FIRST_MOMENT = datetime(1990, 1, 1, tzinfo=UTC)
_SLACK = timedelta(days=1)


def account(did: str) -> Account | None:
    """The account of a decentralised identifier; ``None`` where it is none."""
    return Account(SOURCE, did) if _DID.fullmatch(did) else None


def key_time(key: str) -> datetime | None:
    """When a key was made, which most keys tell; else ``None``.

    Example:
        >>> key_time("3kmwnslxshs2l").isoformat(timespec="seconds")
        '2024-03-05T07:39:27+00:00'
    """
    if len(key) != _KEY_LENGTH or not all(sign in _SIGNS for sign in key):
        return None
    number = 0
    for sign in key:
        number = number * 32 + _SIGNS[sign]
    microseconds = (number >> 10) & (2**53 - 1)
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    return at if _FIRST_KEY <= at < _LAST_KEY else None


def moment(told: str, key: str) -> datetime | None:
    """When a record was made; ``None`` where neither it nor its key tells.

    It tells what the clock of its maker showed, or what they wanted it to show. Where it tells
    nothing readable, a moment before 1990, or one a day and more after its key was made, the key
    is believed. An earlier one stands: old posts are brought over from other networks.
    """
    at, made = iso_moment(told), key_time(key)
    believed = at is not None and at >= _FIRST_MOMENT and not (made and at > made + _SLACK)
    return at if believed else made


def record_rows(where: str, key: str, value: Item, owner: Account) -> list[Record]:
    """What one record of the owner's says: an act, a tie, or nothing.

    Args:
        where: its place, for problems.
        key: the key under which it is kept.
        value: the record.
        owner: whose repository it is.
    """
    kind = word(value, "$type")
    read = _READERS.get(kind)
    if read is None:
        return []
    at = moment(word(value, "createdAt"), key)
    if at is None and kind in _ACTS:
        return [Problem(where, "bad_date", "no readable date and time")]
    address = f"at://{owner.handle}/{kind}/{key}"
    return list(read(_kept(address), at, value, owner))


def _kept(address: str) -> str:
    return address if len(address) <= MAX_ID else hashed(address)


def _author(address: str) -> Account | None:
    """Whose record an address leads to."""
    found = _ADDRESS.fullmatch(address)
    return account(found[1]) if found else None


def _post_rows(
    address: str, at: datetime | None, value: Item, owner: Account
) -> Iterator[Interaction]:
    if at is None:
        return
    parent = word(item(value, "reply", "parent"), "uri")
    act = post_act(
        Post(
            source=SOURCE,
            id=address,
            author=owner,
            at=at,
            replies_to=_author(parent),
            parent=_kept(parent),
            quotes=_quoted(item(value, "embed")),
            mentions=tuple(_mentioned(value)),
        )
    )
    if act:
        yield act


def _quoted(embed: Item) -> Account | None:
    """The author of the post that is shown in a post; feeds and lists are shown likewise."""
    if word(embed, "$type") not in _EMBEDS:
        return None
    shown = item(embed, "record")
    address = word(shown, "uri") or word(item(shown, "record"), "uri")
    return _author(address) if f"/{_POST}/" in address else None


def _mentioned(value: Item) -> Iterator[Account]:
    for facet in items(value.get("facets")):
        for feature in items(facet.get("features")):
            named = account(word(feature, "did"))
            if named and word(feature, "$type") == _MENTION:
                yield named


def _repost_rows(
    address: str, at: datetime | None, value: Item, owner: Account
) -> Iterator[Interaction]:
    author = _author(word(item(value, "subject"), "uri"))
    if at and author:
        act = post_act(Post(SOURCE, address, owner, at, reposts=author))
        yield from (act,) if act else ()


def _like_rows(
    address: str, at: datetime | None, value: Item, owner: Account
) -> Iterator[Interaction]:
    author = _author(word(item(value, "subject"), "uri"))
    if at and author and author != owner:
        yield Interaction(
            source=SOURCE,
            external_id=address,
            kind=Kind.REACTION,
            at=at,
            sender=owner,
            recipients=(author,),
        )


def _follow_rows(
    address: str, at: datetime | None, value: Item, owner: Account
) -> Iterator[Record]:
    other = account(word(value, "subject"))
    if other and other != owner:
        since = at.date() if at else None
        yield DeclaredTie(SOURCE, DeclaredKind.FOLLOWS, owner, other, since)


def _profile_rows(
    address: str, at: datetime | None, value: Item, owner: Account
) -> Iterator[AccountSeen]:
    name = tidy(word(value, "displayName"))
    if name:
        yield AccountSeen(owner, name=name, owner=True)


_ACTS: Mapping[str, Callable[[str, datetime | None, Item, Account], Iterator[Record]]] = {
    _POST: _post_rows,
    "app.bsky.feed.like": _like_rows,
    "app.bsky.feed.repost": _repost_rows,
}
_READERS = {
    **_ACTS,
    "app.bsky.graph.follow": _follow_rows,
    "app.bsky.actor.profile": _profile_rows,
}
COLLECTIONS = frozenset(_READERS)
"""The kinds of records that are read."""
