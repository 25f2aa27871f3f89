"""Chats as DiscordChatExporter writes them: one JSON file for a channel, what everybody wrote."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain

from roc.collectors.archive import Export, head
from roc.collectors.discord.acts import (
    SOURCE,
    accounts,
    is_id,
    is_private,
    moment,
    someone_seen,
    spoken,
)
from roc.collectors.formats.chats import MAX_MEMBERS, ChatMessage, reaction_act
from roc.collectors.formats.json_stream import items_at
from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.formats.tolerance import Tolerance, Unusable
from roc.errors import BrokenExport
from roc.graph.records import Account, AccountSeen, Interaction, Nature, Record

_HEAD_BYTES = 2**13
_CHAT = re.compile(r'\s*\{\s*"guild"\s*:\s*\{')
_OF_CHATS = re.compile(r'"channel"\s*:\s*\{')

_REPLY = frozenset({"reply", "19"})
_WRITTEN = frozenset({"default", "0"}) | _REPLY
"""Types of what people write. Others tell who joined, what was pinned, and the like."""

_MAX_REMEMBERED = 100_000  # messages, of which it is known who wrote them: answers follow soon


def is_chat(export: Export, name: str) -> bool:
    """Whether a file is a chat that the exporter wrote."""
    start = head(export, name, _HEAD_BYTES).decode("utf-8-sig", "replace")
    return _CHAT.match(start) is not None and _OF_CHATS.search(start) is not None


@dataclass(frozen=True, slots=True)
class _Chat:
    """A channel, or a file that does not tell which; who is in it where it is private, no crowd."""

    id: str
    members: tuple[Account, ...] = ()
    size: int = 0
    private: bool = False


def seen_there(export: Export, names: Iterable[str]) -> dict[str, dict[Account, AccountSeen]]:
    """Who is in each private chat, by its id: whoever wrote or marked something in it.

    Its files, of which there may be several, do not list them. Whoever is merely named is talked
    about. Of a crowd no more are told than make it one.
    """
    found: dict[str, dict[Account, AccountSeen]] = {}
    for name in names:
        with suppress(BrokenExport):  # told when the file is read for what is in it
            channel = _channel(export, name)
            if not is_private(channel):
                continue
            there = found.setdefault(word(channel, "id") or name, {})
            for told in _messages(export, name):
                if len(there) > MAX_MEMBERS:
                    break
                people = map(someone_seen, (item(told, "author"), *_markers(told)))
                there |= {who.account: who for who in people if who and who.account not in there}
    return found


class Chats:
    """Chats being read, one file after another; parts of one channel may be several files.

    Args:
        export: where they are.
        names: the files.
        members: who is in which channel, as far as that is told elsewhere.
        tolerance: counts their messages.
    """

    def __init__(
        self,
        export: Export,
        names: Iterable[str],
        members: Mapping[str, tuple[Account, ...]],
        tolerance: Tolerance,
    ) -> None:
        self._export = export
        self._tolerance = tolerance
        self._members = members
        self._there = seen_there(export, names)
        self._met: set[Account] = set()
        self._authors: dict[str, AccountSeen] = {}

    def records(self, name: str) -> Iterator[Record]:
        """What was written in one file, and the marks on it.

        Raises:
            BrokenExport: the file is cut off or damaged; after what could be read.
        """
        chat = self._chat(name)
        yield from self._new(self._there.get(chat.id, {}).values() if chat.members else ())
        for number, told in enumerate(_messages(self._export, name), 1):
            try:
                found = list(self._message(told, chat))
            except Unusable as reason:
                yield self._tolerance.count_bad(reason.at(f"{name}, message {number}"))
            else:
                self._tolerance.good += 1
                yield from found

    def _chat(self, name: str) -> _Chat:
        channel = _channel(self._export, name)
        own_id = word(channel, "id") or name
        if not is_private(channel):
            return _Chat(own_id)
        there = self._members.get(own_id) or tuple(self._there.get(own_id, ()))
        is_crowd = len(there) > MAX_MEMBERS
        return _Chat(own_id, () if is_crowd else there, len(there), private=True)

    def _message(self, told: Item, chat: _Chat) -> Iterator[Record]:
        kind = word(told, "type").casefold()
        if kind not in _WRITTEN and told:
            return
        message_id, author = word(told, "id"), item(told, "author")
        if not is_id(message_id):
            raise Unusable("no_id", "the message has no id")
        at, precision = moment(message_id, word(told, "timestamp"))
        if not word(author, "id"):
            raise Unusable("no_sender", "the message does not tell who wrote it")
        seen = someone_seen(author)
        if seen is None:
            return  # whoever it was is gone
        self._remember(message_id, seen)
        if seen.nature is not Nature.PERSON:
            return
        parent = word(item(told, "reference"), "messageId") if kind in _REPLY else ""
        answered = self._authors.get(parent)
        message = ChatMessage(
            source=SOURCE,
            id=message_id,
            at=at,
            sender=seen.account,
            members=chat.members,
            answers=answered.account if answered else None,
            parent=parent,
            mentions=accounts(word(who, "id") for who in items(told.get("mentions"))),
            precision=precision,
            chat=chat.id if is_id(chat.id) else "",
            size=chat.size,
            private=chat.private,
            text=word(told, "content"),
        )
        act = spoken(message)
        acts = [*([act] if act else []), *_reactions(told, message)]
        if acts:
            yield from self._new([*_people(told), *([answered] if answered else [])])
        yield from acts

    def _remember(self, message_id: str, author: AccountSeen) -> None:
        self._authors[message_id] = author
        if len(self._authors) > _MAX_REMEMBERED:
            del self._authors[next(iter(self._authors))]

    def _new(self, people: Iterable[AccountSeen]) -> Iterator[AccountSeen]:
        """Who of these was not met before."""
        for seen in people:
            if seen.account not in self._met:
                self._met.add(seen.account)
                yield seen


def _channel(export: Export, name: str) -> Item:
    with export.open(name) as stream:
        return item(next(items_at(stream, "channel", name), None))


def _messages(export: Export, name: str) -> Iterator[Item]:
    with export.open(name) as stream:
        yield from map(item, items_at(stream, "messages.item", name))


def _people(told: Item) -> list[AccountSeen]:
    """Everyone that a message tells of: who wrote it, is named in it, or marked it."""
    people = chain([item(told, "author")], items(told.get("mentions")), _markers(told))
    return [seen for seen in map(someone_seen, people) if seen]


def _markers(told: Item) -> Iterator[Item]:
    return (who for mark in items(told.get("reactions")) for who in items(mark.get("users")))


def _reactions(told: Item, message: ChatMessage) -> Iterator[Interaction]:
    people = [word(who, "id") for who in _markers(told) if who.get("isBot") is not True]
    for who in accounts(people):
        act = reaction_act(message, who)
        if act:
            yield act
