"""A message of a Slack export as acts: what was written, the marks on it, a call."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from roc.collectors.formats.chats import ChatMessage, message_act, reaction_act
from roc.collectors.formats.excerpts import excerpt
from roc.collectors.formats.json_values import Item, item, items, word, words
from roc.collectors.formats.moments import unix_moment
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.slack.layout import Conversation
from roc.collectors.slack.people import SLACKBOT, SOURCE, People, account
from roc.graph.records import Account, Interaction, Kind, Record

_MAX_ROOTS = 200_000  # threads of one conversation whose beginners are remembered

_WRITTEN = frozenset({"", "thread_broadcast", "file_share", "me_message"})
"""Subtypes of what people write. Others tell who came and went, or what a program has to say."""

_CALLS = frozenset({"huddle_thread", "sh_room_created"})

_STAMP = re.compile(r"\d{9,11}(?:\.\d{1,9})?")
_MARKUP = re.compile(r"<[^<>]{0,999}>|:[a-z0-9_+-]{1,60}:")  # people, links, emoji
_NAMED = re.compile(r"<@([UW][A-Z0-9]{1,39})(?:\|[^<>]{0,99})?>")


class Threads:
    """Who began which thread of a conversation: a file of a later day tells only when it began."""

    def __init__(self) -> None:
        self._roots: dict[str, Account] = {}

    def add(self, stamp: str, author: Account) -> None:
        """Remember who began a thread; beyond reason, the oldest is forgotten."""
        self._roots[stamp] = author
        if len(self._roots) > _MAX_ROOTS:
            del self._roots[next(iter(self._roots))]

    def author(self, stamp: str) -> Account | None:
        """Who began the thread, where it is known."""
        return self._roots.get(stamp)


def message_records(
    told: Item, chat: Conversation, threads: Threads, people: People
) -> Iterator[Record]:
    """The acts in one entry of a day's file; nothing where no person did anything.

    Raises:
        Unusable: it tells no moment, or no sender.
    """
    subtype = word(told, "subtype")
    if word(told, "type") not in ("message", "") or subtype not in _WRITTEN | _CALLS:
        return
    stamp = word(told, "ts")
    if not _STAMP.fullmatch(stamp):
        raise Unusable("no_id", "the message has no time stamp, which is its id")
    at = unix_moment(stamp)
    if at is None:
        raise Unusable("bad_date", "no readable date and time")
    if subtype in _CALLS:
        call = _call(told, chat, stamp, at)
        yield from [call] if call else []
        return
    by_app = bool(word(told, "bot_id"))
    sender = account(word(told, "user"))
    if sender is None:
        if by_app or word(told, "username"):
            return
        raise Unusable("no_sender", "the message does not tell who wrote it")
    if word(told, "thread_ts") == stamp or told.get("replies") or told.get("reply_count"):
        threads.add(stamp, sender)
    if people.is_program(sender, by_app=by_app):
        return
    stranger = people.stranger(sender, told)
    yield from [stranger] if stranger else []
    message = _message(told, chat, threads, stamp, at, sender)
    act = message_act(message)
    yield from [act] if act else []
    yield from _reactions(told, message, people)


def _message(
    told: Item,
    chat: Conversation,
    threads: Threads,
    stamp: str,
    at: datetime,
    sender: Account,
) -> ChatMessage:
    root = word(told, "thread_ts")
    is_answer = _STAMP.fullmatch(root) is not None and root != stamp
    answers = _begun_by(told, threads, root) if is_answer else None
    return ChatMessage(
        source=SOURCE,
        id=stamp,
        at=at,
        sender=sender,
        members=chat.members,
        answers=None if answers == SLACKBOT else answers,
        parent=root,
        mentions=_people(found[1] for found in _NAMED.finditer(word(told, "text"))),
        scope=chat.id,
        chat=chat.id,
        size=chat.size,
        private=chat.private,
        text=_MARKUP.sub(" ", excerpt(word(told, "text"))),
    )


def _begun_by(told: Item, threads: Threads, root: str) -> Account | None:
    """Who began the thread of an answer; exports before 2019 leave that to the first message."""
    written = word(told, "parent_user_id") or word(item(told, "root"), "user")
    return account(written) or threads.author(root)


def _reactions(told: Item, message: ChatMessage, people: People) -> Iterator[Interaction]:
    marks = items(told.get("reactions"))
    for who in _people(user for mark in marks for user in words(mark.get("users"))):
        act = None if people.is_program(who) else reaction_act(message, who)
        if act:
            yield act


def _call(told: Item, chat: Conversation, stamp: str, at: datetime) -> Interaction | None:
    """A huddle or a call, whose entry tells who was there; ``None`` where that were not two."""
    room = item(told, "room")
    listed = (*words(room.get("participant_history")), *words(room.get("participants")))
    present = dict.fromkeys(_people(listed))
    if len(present) < 2:
        return None
    caller = account(word(room, "created_by"))
    sender = caller if caller in present else next(iter(present))
    return Interaction(
        source=SOURCE,
        external_id=stamp,
        kind=Kind.CALL,
        at=unix_moment(room.get("date_start")) or at,
        sender=sender,
        recipients=tuple(who for who in present if who != sender),
        scope=chat.id,
        thread=chat.id,
    )


def _people(ids: Iterable[str]) -> tuple[Account, ...]:
    """The accounts of these ids, each once; Slackbot is nobody."""
    found = dict.fromkeys(who for each in ids if (who := account(each)))
    found.pop(SLACKBOT, None)
    return tuple(found)
