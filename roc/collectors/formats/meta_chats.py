"""Chats of Facebook and Instagram: messages, marks on them, calls, in both shapes of their files.

One shape is that of the whole exports: a folder per chat, ``message_1.json`` and so on, newest
first. The other is that of the separate download of end-to-end encrypted chats: a file per chat,
with other names for the same. Neither has ids of messages or of people.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import PurePosixPath

from roc.collectors.archive import Export
from roc.collectors.formats.chats import MAX_MEMBERS, ChatMessage, message_act, reaction_act
from roc.collectors.formats.hashed_ids import Ordinals, hashed
from roc.collectors.formats.json_values import Item, items, word
from roc.collectors.formats.meta_files import rows
from roc.collectors.formats.meta_notices import is_notice
from roc.collectors.formats.meta_text import label, repaired
from roc.collectors.formats.meta_threads import Chat
from roc.collectors.formats.moments import unix_moment
from roc.collectors.formats.tolerance import Unusable
from roc.graph.records import AccountSeen, Interaction, Kind, Record

_NO_MESSAGES = frozenset({"subscribe", "unsubscribe", "placeholder"})
"""Who came to a group and who left; what could not be unlocked."""
_SECONDS_BELOW = 10**11  # as milliseconds that is 1973
_MOST_REMEMBERED = 200_000  # messages in groups
_AFTER_NAME = re.compile(r"_\d{1,30}$", re.ASCII)


class Groups:
    """The groups of an export, so that no two messages in two of them are taken for one.

    The two shapes have nothing in common that names a group and lasts: people come and go, and
    names change. A message's id is made without it. Where somebody wrote in two groups at one
    moment, the second group's people are added. Two folders with the same people, or the same name,
    are one group.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._first: dict[int, int] = {}  # by hashes of what was written

    def number(self, chat: Chat) -> int:
        """The group that a chat is, as a number."""
        name = _AFTER_NAME.sub("", PurePosixPath(chat.key).name.removesuffix(".json"))
        name = "".join(filter(str.isalnum, name.casefold()))
        told = [everyone(chat), *([f"name {name}"] if name else [])]
        known = (self._numbers[each] for each in told if each in self._numbers)
        number = next(known, len(self._numbers))
        for each in told:
            self._numbers.setdefault(each, number)
        return number

    def is_anothers(self, message: str, group: int) -> bool:
        """Whether what identifies a message was met before, in another group."""
        key = hash(message)
        if len(self._first) < _MOST_REMEMBERED:
            self._first.setdefault(key, group)
        return self._first.get(key, group) != group


def everyone(chat: Chat) -> str:
    """Those in a chat as one text, the same in both shapes."""
    return "\n".join(sorted(map(str, chat.accounts)))


def chat_rows(
    export: Export, chat: Chat, groups: Groups
) -> Iterator[tuple[str, Iterator[list[Record]]]]:
    """The files of a chat, each with what its messages give, one by one.

    Args:
        export: where they are.
        chat: the chat, looked into.
        groups: one for all chats of an export.
    """
    reader = _Reader(chat, groups)
    for name in chat.files:
        yield name, (reader.row(*row) for row in rows(export, name, "messages.item"))


class _Reader:
    """Reads the messages of one chat, in the order of its files."""

    def __init__(self, chat: Chat, groups: Groups) -> None:
        self._chat = chat
        self._groups = groups
        self._ids = Ordinals()
        self._people = frozenset(map(str, chat.accounts))
        # Where two are named the owner is one of them, under a name that may not be known.
        owner = () if chat.owner is None or len(self._people) > 1 else (chat.owner,)
        members = tuple(dict.fromkeys((*chat.accounts, *owner)))
        self._members = members[: MAX_MEMBERS + 2]  # enough to see that it is a crowd
        self._news: list[Record] = [
            AccountSeen(who, name) for name in chat.people if (who := chat.account(name))
        ]
        self._number = chat.number if chat.source == "instagram" else ""
        self._group = groups.number(chat) if chat.is_group else 0
        self._id = hashed("chat", self._number or self._pair() or PurePosixPath(chat.key).name)

    def _pair(self, *more: str) -> str:
        """The two who are in the chat, in both shapes of files; empty where there are others."""
        if self._chat.is_group:
            return ""
        people = self._people.union(more)
        return "\n".join(sorted(people)) if len(people) <= 2 else ""

    def row(self, where: str, value: object) -> list[Record]:
        """What one message gives: an act, marks on it, a problem, or nothing."""
        news, self._news = self._news, []
        try:
            return [*news, *self._records(value)]
        except Unusable as reason:
            return [*news, reason.at(where)]

    def _records(self, value: object) -> Iterator[Record]:
        if not isinstance(value, Mapping):
            raise Unusable("bad_shape", "not an object with names and values")
        if _is_none(value):
            return
        message = self._message(value)
        is_call = _is_call(value)
        if is_call and self._chat.is_group:
            return
        act = _call(value, message) if is_call else message_act(message)
        if act:
            yield act
        marked = {
            self._chat.account(label(mark, "actor")) for mark in items(value.get("reactions"))
        }
        for who in sorted(filter(None, marked)):
            mark = reaction_act(message, who)
            if mark:
                yield mark

    def _message(self, value: Item) -> ChatMessage:
        sender = self._chat.account(label(value, "sender_name", "senderName"))
        if sender is None:
            raise Unusable("no_sender", "the message tells no sender")
        told, at = _moment(value)
        return ChatMessage(
            source=self._chat.source,
            id=self._message_id(told, str(sender)),
            at=at,
            sender=sender,
            members=self._members,
            chat=self._id,
            text="" if _is_call(value) else repaired(word(value, "content", "text")),
        )

    def _message_id(self, told: str, sender: str) -> str:
        """From the moment and the chat's number; without one, from what both shapes tell."""
        if self._number:
            return self._ids.id(told, "message", self._number)
        there = self._pair(sender)
        if self._chat.is_group and self._groups.is_anothers(f"{told} {sender}", self._group):
            there = everyone(self._chat)
        return self._ids.id(told, "message", sender, there)


def _is_none(value: Item) -> bool:
    """Whether it is no message: taken back, kept locked, a coming or going, or a notice."""
    if value.get("is_unsent") is True or value.get("isUnsent") is True:
        return True
    if word(value, "type").casefold() in _NO_MESSAGES:
        return True
    content = value.get("content", value.get("text"))
    sender = label(value, "sender_name", "senderName")
    return isinstance(content, str) and not _is_call(value) and is_notice(content, sender)


def _moment(value: Item) -> tuple[str, datetime]:
    """When, in milliseconds as text, and as a moment."""
    told = word(value, "timestamp_ms", "timestamp")
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 20 else 0
    number *= 1000 if number < _SECONDS_BELOW else 1
    at = unix_moment(number, per_second=1000)
    if at is None:
        raise Unusable("bad_date", "no readable moment")
    return str(number), at


def _is_call(value: Item) -> bool:
    return word(value, "type").casefold() == "call" or "call_duration" in value


def _call(value: Item, message: ChatMessage) -> Interaction | None:
    """The call, if two talked."""
    others = tuple(who for who in message.members if who != message.sender)
    is_missed = value.get("missed") is True or word(value, "call_duration") == "0"
    if is_missed or len(others) != 1:
        return None
    return Interaction(
        source=message.source,
        external_id=message.id,
        kind=Kind.CALL,
        at=message.at,
        sender=message.sender,
        recipients=others,
        thread=message.chat,
    )
