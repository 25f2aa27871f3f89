"""One message of a chat: whom it reaches, what it answers, and who marked it."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from roc.collectors.formats.chats import ChatMessage, message_act, reaction_act
from roc.collectors.formats.json_values import Item, items, word
from roc.collectors.formats.moments import unix_moment
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.telegram.people import SOURCE, Chat, numbered, user
from roc.graph.records import ME, Account, Interaction, Kind, Precision

_REMEMBERED = 100_000  # messages whose authors are known when they are answered
_NOT_TAKEN = frozenset({"missed", "busy"})
_LONGEST_TIME = 40


class Messages:
    """Reads the messages of one chat, in their order.

    Args:
        chat: the chat, and who is in it.
        owner: whose export it is, where that is known.
        handle: the owner's ``@name``, by which others name them.
    """

    def __init__(self, chat: Chat, owner: Account | None, handle: str = "") -> None:
        self._chat = chat
        self._owner = owner
        self._handle = handle
        self._authors: OrderedDict[str, Account] = OrderedDict()
        there = dict.fromkeys(chat.members)
        if chat.other:
            there[chat.other] = None
        if len(there) < 2 if chat.other else owner:
            there[owner or ME] = None
        self._members = tuple(there)
        self._size = max(len(there), chat.size())

    def acts(self, message: Item) -> Iterator[Interaction]:
        """What a message and the marks on it are acts of.

        Raises:
            Unusable: it has no id, no author or no date.
        """
        what = word(message, "type")
        if what == "message":
            said = self._said(message, "from_id", "from")
            if said:
                if act := message_act(said):
                    yield act
                yield from self._reactions(message, said)
        elif what == "service" and word(message, "action") == "phone_call":
            said = self._said(message, "actor_id", "actor")
            taken = word(message, "discard_reason") not in _NOT_TAKEN
            if said and taken and word(message, "duration_seconds") and (act := message_act(said)):
                yield replace(act, kind=Kind.CALL)

    def _said(self, message: Item, id_key: str, name_key: str) -> ChatMessage | None:
        number, sender = word(message, "id"), user(message.get(id_key))
        if not number:
            raise Unusable("no_id", "the message has no id")
        if sender is None:
            if message.get(id_key):  # a channel's, or an administrator's who does not say who
                return None
            raise Unusable("no_sender", "the message has no author")
        found = _moment(message)
        if found is None:
            raise Unusable("bad_date", "no readable date and time")
        answered, parent = self._answered(message)
        self._remember(number, sender)
        return ChatMessage(
            source=SOURCE,
            id=number,
            at=found[0],
            sender=sender,
            members=self._members,
            answers=answered,
            parent=parent,
            mentions=tuple(self._mentions(message)),
            precision=found[1],
            scope=self._chat.peer,
            chat=self._chat.peer,
            size=self._size,
            text=_text(message),
        )

    def _answered(self, message: Item) -> tuple[Account | None, str]:
        if message.get("reply_to_peer_id"):  # it stands in another chat
            return None, ""
        parent = word(message, "reply_to_message_id")
        return self._authors.get(parent), parent

    def _remember(self, number: str, sender: Account) -> None:
        self._authors[number] = sender
        if len(self._authors) > _REMEMBERED:
            self._authors.popitem(last=False)

    def _mentions(self, message: Item) -> Iterator[Account]:
        """Members whom it names; who is behind any other ``@name`` is not told."""
        written = message.get("text_entities") or message.get("text")
        for entity in items(written):
            match entity.get("type"):
                case "mention_name":
                    if (account := numbered(entity.get("user_id"))) in self._members and account:
                        yield account
                case "mention":
                    is_owner = word(entity, "text").lower() == self._handle
                    if self._owner and self._handle and is_owner:
                        yield self._owner

    def _reactions(self, message: Item, said: ChatMessage) -> Iterator[Interaction]:
        told: set[Account] = set()
        for reaction in items(message.get("reactions")):
            for mark in items(reaction.get("recent")):
                who = user(mark.get("from_id"))
                if who is None or who in told:
                    continue
                told.add(who)
                at = _wall_clock(mark)
                if at and (act := reaction_act(said, who, at - _ahead(message, said))):
                    yield replace(act, precision=Precision.LOCAL)
                elif not at and (act := reaction_act(said, who)):
                    yield act


def _moment(message: Item) -> tuple[datetime, Precision] | None:
    """When; exports of before 2022 tell the wall clock alone."""
    if at := unix_moment(message.get("date_unixtime")):
        return at, Precision.INSTANT
    clock = _wall_clock(message)
    return (clock, Precision.LOCAL) if clock else None


def _wall_clock(told: Item) -> datetime | None:
    """What a clock at the exporter's place showed, as if it were UTC."""
    written = word(told, "date")
    try:
        at = datetime.fromisoformat(written[:_LONGEST_TIME])
    except ValueError:
        return None
    at = at.replace(tzinfo=UTC)
    return at if 1970 < at.year < 2200 else None


def _ahead(message: Item, said: ChatMessage) -> timedelta:
    """How far that clock was ahead of UTC at the message: marks tell nothing but the clock."""
    clock = _wall_clock(message)
    known = said.precision is Precision.INSTANT and clock is not None
    ahead = clock - said.at if known and clock else timedelta()
    return ahead if abs(ahead) < timedelta(days=1) else timedelta()


def _text(message: Item) -> str:
    """What is written: a text, or pieces of one, some of which are more than text."""
    written = message.get("text")
    pieces = written if isinstance(written, list) else [written]
    return "".join(
        piece if isinstance(piece, str) else word(piece, "text") if isinstance(piece, dict) else ""
        for piece in pieces
    )
