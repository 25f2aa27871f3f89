"""Messages and tapbacks of the database as acts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import groupby, islice
from typing import Any

from roc.collectors.formats.chats import ChatMessage, message_act, reaction_act
from roc.collectors.formats.hashed_ids import MAX_ID, hashed
from roc.collectors.formats.moments import unix_moment
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.imessage import queries
from roc.collectors.imessage.database import Database
from roc.collectors.imessage.people import SOURCE, account, nature_behind, own_account
from roc.graph.records import ME, Account, AccountSeen, Interaction, Nature, Record

_BEGINNING = 978_307_200  # 2001-01-01, from which Apple counts, in seconds since 1970
_NANOSECONDS_FROM = 10**12  # a larger number are nanoseconds: since 2017
_PER_SECOND = 10**9
_MAX_OF_ONE = 50  # handles of one person
_MAX_REMEMBERED = 1_000_000


@dataclass(frozen=True, slots=True)
class _Chat:
    """A chat: a name for it that tells nobody's number, and who is in it beside the owner."""

    id: str
    members: tuple[Account, ...]


_NO_CHAT = _Chat("", ())


class Reader:
    """Reads one database.

    Args:
        database: where from.
        name: of the file, for problems.
    """

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._name = name
        self._own: frozenset[Account] = frozenset()
        self._described: set[Account] = set()
        self._chat = lru_cache(4096)(self._chat_unseen)

    def rows(self) -> Iterator[Iterable[Record]]:
        """What each row gives: who the owner is, who is one person, messages, tapbacks."""
        self._own = frozenset(self._own_accounts())
        yield [AccountSeen(ME, owner=True, same_as=(one,)) for one in sorted(self._own)]
        yield from self._one_person()
        columns = self._database.columns
        for row in self._database.rows(queries.messages(columns)):
            yield self._usable(row, self._message)
        if marks := queries.tapbacks(columns):
            for row in self._database.rows(marks):
                yield self._usable(row, self._tapback)

    def _usable(
        self, row: tuple[Any, ...], read: Callable[[tuple[Any, ...]], Interaction | None]
    ) -> list[Record]:
        try:
            act = read(row)
        except Unusable as reason:
            number = row[0] if isinstance(row[0], int) else "?"
            return [reason.at(f"{self._name}, message {number}")]
        return [*self._described_in(act), act] if act else []

    def _message(self, row: tuple[Any, ...]) -> Interaction | None:
        _, guid, date, mine, handle, chat_id, answered, answered_mine, answered_handle = row
        chat = self._chat(chat_id)
        sender = self._somebody(mine, handle, chat)
        if sender is None:
            raise Unusable("no_sender", "the message does not say who wrote it")
        # A message that is in no chat any more went between the owner and its handle.
        alone = self._somebody(0, handle, chat)
        members = chat.members or ((alone,) if alone else ())
        parent = answered if _is_id(answered) else ""
        return message_act(
            ChatMessage(
                source=SOURCE,
                id=_id(guid),
                at=_moment(date),
                sender=sender,
                members=(*members, ME),
                answers=self._somebody(answered_mine, answered_handle, chat) if parent else None,
                parent=parent,
                chat=chat.id,
            )
        )

    def _tapback(self, row: tuple[Any, ...]) -> Interaction | None:
        """The last that somebody did to a message: marked it, or took the mark away."""
        _, date, what, mine, handle, chat_id, target, target_mine, target_handle = row
        chat, at = self._chat(chat_id), _moment(date)
        by = self._somebody(mine, handle, chat)
        writer = self._somebody(target_mine, target_handle, chat)
        if by is None or writer is None:
            raise Unusable("no_sender", "the tapback does not say whose it is")
        marked = ChatMessage(SOURCE, _id(target), at, writer, members=(), chat=chat.id)
        act = reaction_act(marked, by, at)
        if act is None:
            return None
        # An older export may know of a mark that was taken away since, or the other way about.
        act = replace(act, revision=int(at.timestamp()) - _BEGINNING)
        is_gone = isinstance(what, int) and what >= queries.FIRST_REMOVED
        return replace(act, recipients=()) if is_gone else act

    def _somebody(self, mine: object, handle: object, chat: _Chat) -> Account | None:
        """Who a row is of; in a chat of two it can be but one where no handle is told."""
        if mine == 1:
            return ME
        found = account(handle)
        if found is None and len(chat.members) == 1:
            return chat.members[0]
        return ME if found in self._own else found

    def _chat_unseen(self, number: object) -> _Chat:
        found = isinstance(number, int) and self._database.first(queries.CHAT, number)
        if not found:
            return _NO_CHAT
        guid, identifier = found
        handles = [row[0] for row in self._database.rows(queries.MEMBERS, number)]
        told = map(account, handles or [identifier])
        members = dict.fromkeys(one for one in told if one and one not in self._own)
        return _Chat(hashed(guid) if isinstance(guid, str) else "", tuple(members))

    def _own_accounts(self) -> Iterator[Account]:
        columns = self._database.columns
        if "destination_caller_id" in columns["message"]:
            yield from self._own_told(queries.OWN)
        if "account_login" in columns["chat"]:
            yield from self._own_told(queries.OWN_IN_CHATS)

    def _own_told(self, query: str) -> Iterator[Account]:
        for (told,) in self._database.rows(query):
            if one := own_account(told):
                yield one

    def _one_person(self) -> Iterator[Iterable[Record]]:
        """Handles that the owner's address book has under one person."""
        if "person_centric_id" not in self._database.columns["handle"]:
            return
        told = self._database.rows(queries.ONE_PERSON)
        for _, group in groupby(told, key=lambda row: row[0]):
            found = (account(row[1]) for row in islice(group, _MAX_OF_ONE))
            others = list(dict.fromkeys(one for one in found if one and one not in self._own))
            if len(others) > 1:
                yield [AccountSeen(others[0], same_as=tuple(others[1:]))]

    def _described_in(self, act: Interaction) -> Iterator[AccountSeen]:
        """Those in an act who are no persons, where that was not told before."""
        for one in (act.sender, *act.recipients, *act.copied):
            nature = nature_behind(one)
            if nature is not Nature.PERSON and one not in self._described:
                if len(self._described) < _MAX_REMEMBERED:
                    self._described.add(one)
                yield AccountSeen(one, nature=nature)


def _is_id(told: object) -> bool:
    return isinstance(told, str) and 0 < len(told) <= MAX_ID


def _id(told: object) -> str:
    if not isinstance(told, str) or not _is_id(told):
        raise Unusable("no_id", "the message has no id")
    return told


def _moment(told: object) -> datetime:
    seconds = told if isinstance(told, int) else 0
    seconds = seconds // _PER_SECOND if abs(seconds) >= _NANOSECONDS_FROM else seconds
    at = unix_moment(seconds + _BEGINNING) if seconds else None
    if at is None:
        raise Unusable("bad_date", "no readable date and time")
    return at
