"""Chats of Facebook and Instagram: messages, marks on them, calls, in both shapes of their files.

One shape is that of the whole exports: a folder per chat, ``message_1.json`` and so on, newest
first. The other is that of the separate download of end-to-end encrypted chats: a file per chat,
with other names for the same. Neither has ids of messages or of people.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from roc.collectors.archive import Export
from roc.collectors.formats.chats import MAX_MEMBERS, ChatMessage, message_act, reaction_act
from roc.collectors.formats.hashed_ids import Ordinals, hashed
from roc.collectors.formats.json_stream import values_of
from roc.collectors.formats.json_values import Item, items, word
from roc.collectors.formats.meta_files import chat_number, is_in, rows, skip_mark
from roc.collectors.formats.meta_text import is_nobody, label
from roc.collectors.formats.moments import unix_moment
from roc.collectors.formats.named import named
from roc.collectors.formats.tolerance import Unusable
from roc.errors import BrokenExport
from roc.graph.records import Account, AccountSeen, Interaction, Kind, Record

_NUMBER = re.compile(r"_(\d{5,30})$", re.ASCII)
_NO_MESSAGES = frozenset({"subscribe", "unsubscribe"})  # who came to a group and who left
_SECONDS_BELOW = 10**11  # as milliseconds that is 1973
_MOST_PEOPLE = 5000  # whom a chat names; larger ones are crowds anyway
_NOTICE = re.compile(r"(?:Reacted .{1,60} to your message|Liked a message)\s*")


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation and what is known of it before it is read.

    Args:
        source: ``facebook`` or ``instagram``.
        key: its folder, or its file where it has none.
        files: its files, in order.
        people: names of those in it, as they are written.
        owner: the owner's account among those in chats; ``None`` where it is not known.
    """

    source: str
    key: str
    files: tuple[str, ...]
    people: tuple[str, ...] = ()
    owner: Account | None = None

    @property
    def number(self) -> str:
        """The chat's own number, where its name ends in one."""
        found = _NUMBER.search(self.key)
        return found[1] if found else ""

    def account(self, name: str) -> Account | None:
        """Who bears a name in this chat; whoever left the source is somebody of this chat only."""
        if is_nobody(self.source, name):
            return Account(self.source, f"gone:{hashed(PurePosixPath(self.key).name)}")
        return named(self.source, name)

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts of those in it."""
        found = (self.account(name) for name in self.people)
        return tuple(dict.fromkeys(who for who in found if who))


def find_chats(source: str, export: Export, elsewhere: tuple[str, ...]) -> list[Chat]:
    """The chats of an export, by their folders.

    Args:
        source: whose they are.
        export: where they are looked for.
        elsewhere: folders of the other source.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for name in export.names():
        number = chat_number(name)
        if number is not None and not is_in(export, name, elsewhere):
            folder = str(PurePosixPath(name).parent)
            key = name if folder == "." else folder
            found.setdefault(key, []).append((number, name))
    return [
        Chat(source, key, tuple(name for _, name in sorted(files))) for key, files in found.items()
    ]


def looked_into(export: Export, chat: Chat) -> Chat:
    """The chat with who is in it, and where it has no folder, with the path that it tells.

    Those in it stand before the messages or after them. Where they are not told they are those
    who wrote.
    """
    is_bare = chat.key in chat.files and chat_number(chat.key) is not None
    wanted = {"participants", "thread_path"} if is_bare else {"participants"}
    people: dict[str, None] = {}
    for name in chat.files:
        try:
            told = _values(export, name, wanted)
            people |= dict.fromkeys(_people(told.get("participants")))
            path = label({"": told.get("thread_path")}, "")
            chat = replace(chat, key=path) if is_bare and path else chat
            people = people or _writers(export, name)
        except BrokenExport:  # told when its messages are read
            continue
        if people:
            break
    return replace(chat, people=tuple(people)[:_MOST_PEOPLE])


def always_there(chats: Iterable[Chat]) -> str:
    """The one name that is in all chats of two and more; empty where there are too few to tell."""
    common: dict[Account, str] | None = None
    different = set()
    for chat in chats:
        there = {who: name for name in chat.people if (who := named(chat.source, name))}
        if len(there) > 1:
            different.add(frozenset(there))
            common = {who: name for who, name in (common or there).items() if who in there}
            if not common:
                return ""
    return next(iter(common.values())) if common and len(common) == 1 < len(different) else ""


def chat_rows(export: Export, chat: Chat) -> Iterator[tuple[str, Iterator[list[Record]]]]:
    """The files of a chat, each with what its messages give, one by one."""
    reader = _Reader(chat)
    for name in chat.files:
        yield name, (reader.row(*row) for row in rows(export, name, "messages.item"))


class _Reader:
    """Reads the messages of one chat, in the order of its files."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._ids = Ordinals()
        self._people = frozenset(map(str, chat.accounts))
        owner = () if chat.owner is None else (chat.owner,)
        members = tuple(dict.fromkeys((*chat.accounts, *owner)))
        self._members = members[: MAX_MEMBERS + 2]  # enough to see that it is a crowd
        self._news: list[Record] = [
            AccountSeen(who, name) for name in chat.people if (who := chat.account(name))
        ]
        self._number = chat.number if chat.source == "instagram" else ""
        self._id = hashed("chat", self._number or self._pair() or PurePosixPath(chat.key).name)

    def _pair(self, *more: str) -> str:
        """The two who are in the chat, in both shapes of files; empty where there are others."""
        if len(self._people) > 2:
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
        act = _call(value, message) if _is_call(value) else message_act(message)
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
        )

    def _message_id(self, told: str, sender: str) -> str:
        """From the moment and the chat's number; without one, from what both shapes tell."""
        if self._number:
            return self._ids.id(told, "message", self._number)
        return self._ids.id(told, "message", sender, self._pair(sender))


def _values(export: Export, name: str, keys: set[str]) -> dict[str, object]:
    with export.open(name) as stream:
        skip_mark(stream)
        return values_of(stream, keys, name)


def _people(value: object) -> Iterator[str]:
    """Names in a list of them, or of objects that have one."""
    for each in value if isinstance(value, list) else ():
        name = label(each, "name") if isinstance(each, Mapping) else label({"": each}, "")
        if name:
            yield name


def _writers(export: Export, name: str) -> dict[str, None]:
    found: dict[str, None] = {}
    for key in ("sender_name", "senderName"):
        for _, who in rows(export, name, f"messages.item.{key}"):
            found[label({"": who}, "")] = None
            if len(found) > _MOST_PEOPLE:
                break
    found.pop("", None)
    return found


def _is_none(value: Item) -> bool:
    """Whether it is no message: taken back, a coming or going, or the notice of a mark."""
    if value.get("is_unsent") is True or value.get("isUnsent") is True:
        return True
    if word(value, "type").casefold() in _NO_MESSAGES:
        return True
    content = value.get("content")
    return isinstance(content, str) and _NOTICE.fullmatch(content) is not None


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
    """The call, if two talked; of a call in a group nobody tells who took part."""
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
