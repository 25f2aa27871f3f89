"""Bluesky: what others did, from its notifications, and what the owner did, from their repository.

Both tell records, the same ones that a repository's file holds, and go through the same reader.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from roc.collectors.base import LiveSettings, SignedIn, SignIn
from roc.collectors.bluesky.acts import SOURCE, account, record_rows
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.formats.newest_first import Page, Place, walk
from roc.collectors.formats.one_owner import another_name, one_owner
from roc.collectors.http import Line, Words, json_object, secret, signed_in, unavailable
from roc.errors import ConfigError
from roc.graph.records import (
    Account,
    AccountSeen,
    Checkpoint,
    DeclaredTie,
    Interaction,
    Problem,
    Record,
)

__all__ = ["SIGN_IN", "connect", "pull", "streams", "who"]

SIGN_IN = SignIn(
    name="Bluesky",
    page="https://bsky.app/settings/app-passwords",
    steps=("Add an app password, without access to direct messages, and copy it.",),
    secret="app password",
    asks_user="Your handle, such as ana.bsky.social",
)

_REAL = "https://bsky.social"
_COLLECTIONS = {
    "posts": "app.bsky.feed.post",
    "likes": "app.bsky.feed.like",
    "reposts": "app.bsky.feed.repost",
    "follows": "app.bsky.graph.follow",
    "profile": "app.bsky.actor.profile",
}
_STREAMS = ("notifications", *_COLLECTIONS)
_PAGE = 100  # the most that Bluesky gives
_MOST_PAGES = 100_000
_KEY = re.compile(r"[A-Za-z0-9._:~-]{1,512}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]{8,20}Z")
_WORDS = Words(
    source="Bluesky",
    sign_in="make a new app password at bsky.app/settings/app-passwords, and connect anew.",
    permission="an app password reads all that is asked for here: make a new one.",
    payment="Bluesky should cost nothing: look at your account there.",
)


class Client:
    """Bluesky for one run; it signs in with the first question.

    Args:
        settings: see ``LiveSettings``; the token is an app password.
    """

    def __init__(self, settings: LiveSettings) -> None:
        self._settings = settings
        self._line: Line | None = None
        self._owner: Account | None = None
        self.handle = ""

    def owner(self) -> Account:
        """Whose app password it is."""
        if self._owner is None:
            told = signed_in(
                self._settings,
                _REAL,
                "/xrpc/com.atproto.server.createSession",
                {
                    "identifier": self._settings.user,
                    "password": secret(self._settings, _WORDS),
                },
                _WORDS,
            )
            owner = account(word(told, "did"))
            if owner is None:
                raise unavailable(_WORDS, "does not say whose app password this is")
            self._line = Line(replace(self._settings, token=word(told, "accessJwt")), _REAL, _WORDS)
            self._owner, self.handle = owner, word(told, "handle")
        return self._owner

    def ask(self, method: str, **asked: str) -> Item:
        """An answer of one of Bluesky's methods."""
        self.owner()
        assert self._line is not None
        params = {name: value for name, value in asked.items() if value}
        return json_object(
            self._line.get(f"/xrpc/{method}", {"limit": _PAGE, **params}, _WORDS), _WORDS
        )


def connect(settings: LiveSettings) -> Client:
    """A client for one run; no request is made yet.

    Raises:
        ConfigError: it was not told whose app password it is.
    """
    if not settings.user:
        raise ConfigError(
            "It was not told whose app password it is.",
            hint="name yourself: roc connect bluesky --user ana.bsky.social",
        )
    return Client(settings)


def who(client: Client) -> SignedIn:
    """Whose app password it is."""
    owner = client.owner()
    return SignedIn(client.handle or owner.handle)


def streams(client: Client) -> Sequence[str]:
    """What can be pulled."""
    return _STREAMS


def pull(client: Client, stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """What is new in a stream, each page followed by its checkpoint.

    Args:
        client: from ``connect``.
        stream: one of ``streams``.
        cursor: of the stream's last checkpoint, or empty.

    Raises:
        TwoOwners: the cursor was made with another person's app password.
        CollectError: see ``roc.collectors.http``.
    """
    owner = client.owner()
    one_owner(
        cursor,
        owner.handle,
        "This app password belongs to somebody else than the one before it.",
        hint=another_name("bluesky"),
    )
    yield AccountSeen(owner, owner=True)
    reached: Iterator[tuple[dict[str, str], Sequence[Record]]]
    if stream == "notifications":
        steps = walk(Place.of(cursor), lambda token: _notified(client, owner, token), stream)
        reached = ((place.told(), records) for place, records in steps)
    else:
        reached = _kept(client, owner, stream, cursor)
    for place, records in reached:
        yield from records
        yield Checkpoint(SOURCE, stream, {"owner": owner.handle, **place})


def _notified(client: Client, owner: Account, token: str) -> Page:
    """A page of what others did to the owner, the newest first."""
    answer = client.ask("app.bsky.notification.listNotifications", cursor=token)
    told = list(items(answer.get("notifications")))
    records: list[Record] = []
    for count, notice in enumerate(told, 1):
        records += _notice(notice, owner, f"notifications, item {count} of a page")
    moments = [at for notice in told if _MOMENT.fullmatch(at := word(notice, "indexedAt"))]
    return Page(moments, word(answer, "cursor") if told else "", records)


def _notice(notice: Item, owner: Account, where: str) -> list[Record]:
    """Somebody's record that concerns the owner. Others in a thread are told of, too."""
    who = item(notice, "author")
    author, address = account(word(who, "did")), word(notice, "uri")
    key = address.rpartition("/")[2]
    theirs = author is not None and address.startswith(f"at://{author.handle}/")
    if author is None or not theirs or not _KEY.fullmatch(key):
        return [Problem(where, "no_sender", "it does not say who did it, or where that is kept")]
    found = [
        each
        for each in record_rows(where, key, item(notice, "record"), author)
        if isinstance(each, Problem) or _concerns(each, owner)
    ]
    name = tidy(word(who, "displayName", "handle"))
    return [AccountSeen(author, name), *found] if found else []


def _concerns(record: Record, owner: Account) -> bool:
    if isinstance(record, Interaction):
        return owner in (*record.recipients, *record.copied)
    return isinstance(record, DeclaredTie) and record.other == owner


def _kept(
    client: Client, owner: Account, stream: str, cursor: Mapping[str, Any]
) -> Iterator[tuple[dict[str, str], list[Record]]]:
    """Records of one kind in the owner's repository, in the order of their keys, which is time."""
    collection, after = _COLLECTIONS[stream], word(cursor, "after")
    for number in range(1, _MOST_PAGES + 1):
        answer = client.ask(
            "com.atproto.repo.listRecords",
            repo=owner.handle,
            collection=collection,
            cursor=after,
            reverse="true",
        )
        told = list(items(answer.get("records")))
        keys = [word(each, "uri").rpartition("/")[2] for each in told]
        records: list[Record] = []
        for count, (key, each) in enumerate(zip(keys, told, strict=True), 1):
            where = f"{stream}, page {number}, item {count}"
            if _KEY.fullmatch(key):
                records += record_rows(where, key, item(each, "value"), owner)
            else:
                records.append(Problem(where, "no_key", "it has no key"))
        last = next((key for key in reversed(keys) if _KEY.fullmatch(key)), "")
        if last in ("", after):
            if records:
                yield ({"after": after} if after else {}), records
            return
        after = last
        yield {"after": after}, records
