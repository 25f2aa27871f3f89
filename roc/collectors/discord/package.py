"""Discord's own package: the owner and their friends, and what the owner wrote, to whom.

A folder for each channel has ``channel.json`` beside ``messages.json``, up to 2024
``messages.csv``. The folders' names come in the owner's language.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from roc.collectors.archive import Export, head, text
from roc.collectors.discord.acts import (
    SOURCE,
    account,
    accounts,
    is_id,
    is_private,
    moment,
    someone_seen,
    spoken,
)
from roc.collectors.formats.addresses import is_address
from roc.collectors.formats.chats import ChatMessage
from roc.collectors.formats.delimited import lines
from roc.collectors.formats.json_stream import items_at
from roc.collectors.formats.json_values import Item, item, items, word, words
from roc.collectors.formats.moments import iso_moment
from roc.collectors.formats.named import phone
from roc.collectors.formats.tolerance import Tolerance, Unusable
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    DeclaredKind,
    DeclaredTie,
    Problem,
    Record,
)

_HEAD_BYTES = 2**14
_LONGEST_LINE = 2**20  # characters
_FRIEND = frozenset({"1", "friend"})
_NAMED = re.compile(r"<@!?(\d{1,20})>", re.ASCII)
_OF_USERS = re.compile(r'"(?:discriminator|relationships|global_name)"\s*:')
_WITH_NAME = re.compile(r'"username"\s*:\s*"')
_WITH_ID = re.compile(r'\s*\{\s*"id"\s*:\s*"?[1-9]\d{16,19}\b', re.ASCII)
_OF_CHANNELS = re.compile(r'"type"\s*:')

Row = tuple[str, Item]
"""A message as it is told, with its place; an empty one where it is no message at all."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that the owner wrote in.

    Args:
        id: Discord's own.
        messages: the file with what the owner wrote.
        private: it is a talk between two or in a group.
        members: who is in it, the owner among them; empty for channels of a server.
    """

    id: str
    messages: str
    private: bool
    members: tuple[Account, ...]


def users(export: Export) -> list[str]:
    """The files that say whose package it is: one, or none in a part of a package."""
    names = export.names()
    found = [name for name in names if len(names) == 1 or _ends(name, "user.json")]
    return [name for name in found if _is_user(_start(export, name))]


def channels(export: Export) -> Iterator[tuple[str, str]]:
    """What describes a channel, and the messages beside it."""
    names = set(export.names())
    for name in export.names():
        if _ends(name, "channel.json"):
            folder = name[: -len("channel.json")]
            beside = (folder + "messages.json", folder + "messages.csv")
            messages = next((each for each in beside if each in names), "")
            if messages and _is_channel(_start(export, name)):
                yield name, messages


def owner_records(told: Item) -> Iterator[Record]:
    """Whose package it is, first, and who their friends are."""
    seen = someone_seen(told)
    if seen is None:
        return
    address, number = word(told, "email").lower(), phone(word(told, "phone"))
    mail = (Account("email", address),) if is_address(address) else ()
    same_as = (*mail, *((number,) if number else ()))
    yield AccountSeen(seen.account, seen.name, owner=True, same_as=same_as)
    for relation in items(told.get("relationships")):
        if word(relation, "type").casefold() not in _FRIEND:
            continue
        other = account(word(relation, "id")) or account(word(item(relation, "user"), "id"))
        if other is None or other == seen.account:
            continue
        friend = someone_seen(item(relation, "user"))
        yield from [friend] if friend and friend.account == other else []
        began = iso_moment(word(relation, "since"))
        since = began.date() if began else None
        yield DeclaredTie(SOURCE, DeclaredKind.CONNECTED, seen.account, other, since)


def channel(told: Item, messages: str) -> Channel | None:
    """A channel with whoever is in it; ``None`` where it has no id."""
    if not is_id(word(told, "id")):
        return None
    members = accounts(words(told.get("recipients")))
    private = is_private(told) or bool(members)
    return Channel(word(told, "id"), messages, private, members)


def owner_by(channels: Iterable[Channel]) -> Account | None:
    """Whose package it is, where only a part of it is there: who is in all private channels."""
    groups = [set(each.members) for each in channels if len(each.members) > 1]
    common = set.intersection(*groups) if groups else set()
    return common.pop() if len(common) == 1 else None


def channel_records(
    export: Export, channel: Channel, owner: Account | None, tolerance: Tolerance
) -> Iterator[Record]:
    """What the owner wrote in a channel, and to whom."""
    if owner is None and channel.private:
        yield Problem(channel.messages, "no_owner", "nothing tells which of the two wrote it")
        return
    for place, told in _rows(export, channel.messages):
        try:
            act = _act(told, channel, owner or ME)
        except Unusable as reason:
            yield tolerance.count_bad(reason.at(place))
        else:
            tolerance.good += 1
            yield from act


def root(export: Export, name: str) -> Item:
    """The one object that a file holds; empty where it holds something else."""
    with export.open(name) as stream:
        return item(next(items_at(stream, "", name), None))


def _act(told: Item, channel: Channel, owner: Account) -> Iterable[Record]:
    message_id = word(told, "ID", "id")
    if not is_id(message_id):
        raise Unusable("no_id", "the message has no id")
    at, precision = moment(message_id, word(told, "Timestamp", "timestamp"))
    text = word(told, "Contents", "contents")
    message = ChatMessage(
        source=SOURCE,
        id=message_id,
        at=at,
        sender=owner,
        members=channel.members,
        mentions=accounts(found[1] for found in _NAMED.finditer(text)),
        precision=precision,
        chat=channel.id,
        private=channel.private,
        text=text,
    )
    act = spoken(message)
    return [act] if act else []


def _rows(export: Export, name: str) -> Iterator[Row]:
    if name.endswith(".csv"):
        yield from _csv_rows(export, name)
        return
    with export.open(name) as stream:
        for number, value in enumerate(items_at(stream, "item", name), 1):
            yield f"{name}, item {number}", item(value)


def _csv_rows(export: Export, name: str) -> Iterator[Row]:
    header: list[str] = []
    with text(export, name) as stream:
        for line, row in lines(iter(partial(stream.readline, _LONGEST_LINE), "")):
            if row and not header:
                header = row
            elif row or row is None:
                yield f"{name}:{line}", dict(zip(header, row or (), strict=False))


def _start(export: Export, name: str) -> str:
    return head(export, name, _HEAD_BYTES).decode("utf-8-sig", "replace")


def _is_user(start: str) -> bool:
    marks = (_WITH_ID.match(start), _WITH_NAME.search(start), _OF_USERS.search(start))
    return None not in marks


def _is_channel(start: str) -> bool:
    return _WITH_ID.match(start) is not None and _OF_CHANNELS.search(start) is not None


def _ends(name: str, ending: str) -> bool:
    return f"/{name}".endswith(f"/{ending}")
