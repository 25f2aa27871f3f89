"""A chat read for its acts: messages and calls, and whom each reached."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from roc.collectors.archive import Export
from roc.collectors.formats.by_minute import ByMinute
from roc.collectors.formats.chats import MAX_MEMBERS, ChatMessage, message_act
from roc.collectors.formats.hashed_ids import hashed
from roc.collectors.formats.named import phone
from roc.collectors.whatsapp import words
from roc.collectors.whatsapp.chats import SOURCE, Chat, is_spoken, is_you, someone
from roc.collectors.whatsapp.lines import Message, messages
from roc.graph.records import ME, Account, Interaction, Kind, Precision, Problem, Record

_SLIP = timedelta(days=1)


class Reader:
    """Reads a chat for its acts.

    Args:
        chat: what was found out about it.
        order: in which order its dates are.
        owner: whose export it is, as they are called in it; ``None`` where that is not known.
    """

    def __init__(self, chat: Chat, order: str, owner: Account | None) -> None:
        self._chat = chat
        self._order = order
        self._you = owner or ME
        self._thread = hashed(SOURCE, chat.key)
        self._members = _Members(chat, owner)
        self._ids = ByMinute(SOURCE, chat.key)

    def rows(self, export: Export, titles: Collection[str]) -> Iterator[list[Record]]:
        """What each message says; an empty list for lines that WhatsApp wrote.

        Raises:
            BrokenExport: the file cannot be read; after what could be.
        """
        for message in messages(export, self._chat.name, titles):
            sender = self._you if is_you(message) else someone(message.author)
            if sender not in self._members.ever or sender is None or not is_spoken(message):
                yield []
                continue
            at = message.stamp.at(self._order)
            if at is None:
                yield [self._problem(message, "no such day or time of day")]
            elif self._chat.until and at > self._chat.until + _SLIP:
                yield [self._problem(message, "long after everything else in the chat")]
            else:
                act = self._act(message, sender, at)
                yield [act] if act else []

    def _problem(self, message: Message, detail: str) -> Problem:
        return Problem(f"{self._chat.name}:{message.line}", "bad_date", detail)

    def _act(self, message: Message, sender: Account, at: datetime) -> Interaction | None:
        knows_time = self._chat.dates.knows_time(message.stamp)
        is_call = message.marked and words.is_call(message.plain)
        there = self._members.at(at)
        # Who took part in a group's call is not told, and an attempt is no call.
        if is_call and not (len(there) == 2 and words.was_taken(message.plain)):
            return None
        said = ChatMessage(
            source=SOURCE,
            id="",
            at=at if knows_time else at.replace(hour=0, minute=0, second=0),
            sender=sender,
            members=there,
            mentions=tuple(self._named(message.text)),
            precision=Precision.LOCAL if knows_time else Precision.DAY,
            chat=self._thread,
            text="" if message.marked else message.text,
        )
        act = message_act(said)
        if act is None:
            return None
        apart = ["call"] if is_call else []
        if (
            len(there) > MAX_MEMBERS
        ):  # only what names somebody is an act, and others may be cut off
            apart = [*map(str, act.recipients)]
        name = self._ids.id(said.at, sender, *apart)
        return replace(act, external_id=name, kind=Kind.CALL if is_call else act.kind)

    def _named(self, text: str) -> Iterator[Account]:
        for name, number in words.mentions(text):
            account = phone(number) if number else someone(name)
            if account in self._members.ever and account:
                yield account


class _Members:
    """Who is in a chat at a moment, as far as lines about members tell."""

    def __init__(self, chat: Chat, owner: Account | None) -> None:
        self._chat = chat
        everyone = chat.everyone(owner)
        self.ever = dict.fromkeys(everyone)
        self._moments = sorted({*chat.came.values(), *chat.went.values()})
        self._place: tuple[int, int] | None = None
        self._there = everyone

    def at(self, at: datetime) -> tuple[Account, ...]:
        """Whoever did not come later nor go before."""
        if not self._moments:
            return self._there
        place = bisect_left(self._moments, at), bisect_right(self._moments, at)
        if place != self._place:
            self._place = place
            came, went = self._chat.came, self._chat.went
            self._there = tuple(
                who for who in self.ever if came.get(who, at) <= at <= went.get(who, at)
            )
        return self._there
