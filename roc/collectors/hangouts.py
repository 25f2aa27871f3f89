"""Google Hangouts, from Takeout's ``Hangouts.json``: messages in chats, and calls.

A source of its own beside ``google_chat``, which took its place in 2022: people are Google's
numeric ids there and mail addresses here, and it is one file where Chat has two for each chat.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import islice
from pathlib import PurePosixPath

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.chats import MAX_MEMBERS, ChatMessage, message_act
from roc.collectors.formats.hashed_ids import MAX_ID, hashed
from roc.collectors.formats.json_stream import items_at
from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.formats.moments import unix_moment
from roc.collectors.formats.named import phone
from roc.collectors.formats.tolerance import Unusable, file_by_file, usable
from roc.errors import BrokenExport
from roc.graph.records import Account, AccountSeen, Interaction, Kind, Record

SOURCE = "hangouts"

ONCE = ("hangouts.json",)
"""Files of which one export has no more than one."""

_AGES = {
    "conversations": (
        "conversations.item.conversation.conversation",
        "conversations.item.events.item",
    ),
    "conversation_state": (
        "conversation_state.item.conversation_state.conversation",
        "conversation_state.item.conversation_state.event.item",
    ),
}
"""Where chats and their events are: since about 2017, and before."""

_HEADS = re.compile(rb'\s*\{.{0,300}?"(conversations|conversation_state)"\s*:\s*\[', re.DOTALL)
_TELLING = re.compile(rb'"(?:conversation_id|response_header|self_conversation_state)"')
_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_MOST_CHATS = 200_000  # nobody has been in more
_LONGEST_NUMBER = 50  # characters; a longer one is none
_LONGEST_CALL = 7 * 24 * 3600  # seconds


class _Chat:
    """What a conversation's head says: who is in it, and who of them is a telephone."""

    def __init__(self, told: Item) -> None:
        self.seen: list[AccountSeen] = []
        self.phones: dict[str, Account] = {}
        for participant in items(told.get("participant_data")):
            self._meet(participant)
        own = item(told, "self_conversation_state", "self_read_state", "participant_id")
        self.owner = self.account(own)
        everyone = [item(one, "id") for one in items(told.get("participant_data"))]
        present = list(items(told.get("current_participant")))
        there = present if len(present) > 1 else everyone
        self.size = len(there)
        accounts = (self.account(one) for one in islice(there, MAX_MEMBERS + 1))
        self.members = tuple(dict.fromkeys(one for one in accounts if one))

    def account(self, told: Item) -> Account | None:
        """Whose ``gaia_id`` it is."""
        number = word(told, "gaia_id", "chat_id")
        return self.phones.get(number) or _google(number)

    def _meet(self, participant: Item) -> None:
        number = phone(word(item(participant, "phone_number"), "e164")[:_LONGEST_NUMBER])
        if number and word(participant, "participant_type") != "GAIA":
            for key in ("gaia_id", "chat_id"):
                if told := word(item(participant, "id"), key):
                    self.phones[told] = number
        who, name = self.account(item(participant, "id")), tidy(word(participant, "fallback_name"))
        if who and name and not phone(name):
            self.seen.append(AccountSeen(who, name))


def recognises(export: Export) -> bool:
    """Whether one of its files begins as ``Hangouts.json`` does."""
    return any(True for _ in _files(export))


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Who wrote to whom in which chat, and who called whom; both ways.

    Raises:
        BrokenExport: a file is damaged, or most of its messages cannot be used.
    """
    return file_by_file(_records(export, name, age) for name, age in _files(export))


def _files(export: Export) -> Iterator[tuple[str, str]]:
    names = export.names()
    for name in names:
        likely = PurePosixPath(name).name.casefold().startswith("hangouts")
        if name.casefold().endswith(".json") and (likely or len(names) == 1):
            start = head(export, name).removeprefix(b"\xef\xbb\xbf")
            found = _HEADS.match(start)
            if found and _TELLING.search(start):
                yield name, found[1].decode()


def _records(export: Export, name: str, age: str) -> Iterator[Record]:
    heads, events = _AGES[age]
    chats: dict[str, _Chat] = {}
    told: set[AccountSeen] = set()
    with export.open(name) as stream:
        for value in items_at(stream, heads, name, far_apart=True):
            chat = _Chat(item(value))
            chats[_chat_id(item(value, "id") or item(value, "conversation_id"))] = chat
            owner = [AccountSeen(chat.owner, owner=True)] if chat.owner else []
            news = dict.fromkeys(seen for seen in (*owner, *chat.seen) if seen not in told)
            told.update(news)
            yield from news
            chat.seen.clear()
            if len(chats) > _MOST_CHATS:
                raise BrokenExport(
                    f"{name} is not read: it has more conversations than anybody can have.",
                    hint="do not trust where it came from.",
                )
    with export.open(name) as stream:
        rows = enumerate(items_at(stream, events, name), 1)
        yield from usable(name, (_row(f"{name}, event {n}", value, chats) for n, value in rows))


def _row(where: str, value: object, chats: Mapping[str, _Chat]) -> Iterator[Record]:
    try:
        act = _act(item(value), chats)
    except Unusable as reason:
        yield reason.at(where)
    else:
        if act:
            yield act


def _act(event: Item, chats: Mapping[str, _Chat]) -> Interaction | None:
    """The act that an event is; ``None`` for those that reach nobody, such as a chat renamed."""
    call = item(event, "hangout_event")
    if not call and "chat_message" not in event and event:
        return None
    scope = _chat_id(item(event, "conversation_id"))
    chat = chats.get(scope)
    if chat is None:
        raise Unusable("no_chat", "it belongs to no conversation of the file")
    sender = chat.account(item(event, "sender_id"))
    if sender is None:
        raise Unusable("no_sender", "it does not say whose it is")
    at = unix_moment(event.get("timestamp"), per_second=1_000_000)
    if at is None:
        raise Unusable("bad_date", "no readable timestamp")
    told_id = word(event, "event_id")
    own_id = told_id if len(told_id) <= MAX_ID else ""
    name = own_id or hashed(scope, str(sender), told_id, word(event, "timestamp"))
    if not call:
        return message_act(
            ChatMessage(
                SOURCE,
                name,
                at,
                sender,
                chat.members,
                scope=scope,
                chat=scope,
                size=chat.size,
                text=_text(item(event, "chat_message")),
            )
        )
    seconds = _duration(call)
    there = [
        chat.account(who) for who in islice(items(call.get("participant_id")), MAX_MEMBERS + 1)
    ]
    others = tuple(dict.fromkeys(who for who in there if who and who != sender))
    if not seconds or not others or len(there) > MAX_MEMBERS:
        return None
    began = at - timedelta(seconds=seconds)
    return Interaction(SOURCE, name, Kind.CALL, began, sender, others, scope=scope, thread=scope)


def _text(message: Item) -> str:
    segments = items(item(message, "message_content").get("segment"))
    return "".join(word(segment, "text") or " " for segment in segments)


def _duration(call: Item) -> int:
    """How long a call was in seconds, told where it ends; 0 where nobody answered."""
    told = word(call, "hangout_duration_secs")
    ended = word(call, "event_type") == "END_HANGOUT" and len(told) < 9
    seconds = int(told) if ended and told.isascii() and told.isdigit() else 0
    return seconds if seconds <= _LONGEST_CALL else 0


def _chat_id(told: Item) -> str:
    name = word(told, "id")
    return name if len(name) <= MAX_ID else hashed(name)


def _google(number: str) -> Account | None:
    return Account("google", number) if _ID.fullmatch(number) else None
