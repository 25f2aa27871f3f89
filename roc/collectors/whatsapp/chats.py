"""One chat: who is in it, what it is called, and what its messages are acts of."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from roc.collectors.archive import Export
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.by_minute import ByMinute
from roc.collectors.formats.chats import ChatMessage, message_act
from roc.collectors.formats.hashed_ids import hashed
from roc.collectors.formats.named import named, phone
from roc.collectors.whatsapp import words
from roc.collectors.whatsapp.lines import Message, messages
from roc.collectors.whatsapp.stamps import Dates
from roc.graph.records import ME, Account, Interaction, Kind, Precision, Problem, Record

SOURCE = "whatsapp"
_MOST_MEMBERS = 5000  # no group is as large; a file with more is made up
_QUOTES = frozenset("\"'“”„«»「」")


@lru_cache(65536)
def someone(name: str) -> Account | None:
    r"""The account of an author: a telephone number, else a name.

    The ``~`` before a name says that it is the one which the person chose for themselves.

    Example:
        >>> str(someone("~\u202fAna")), str(someone("+49 170 1234567"))
        ('whatsapp:name:ana', 'phone:+491701234567')
    """
    bare = bare_name(name)
    return phone(bare) or named(SOURCE, bare)


def bare_name(name: str) -> str:
    """A name on one line without the ``~`` before it."""
    return tidy(name.removeprefix("~"))


@dataclass(slots=True)
class Chat:
    """What the first reading of a chat's file finds out.

    Args:
        name: the file.
        title: whom or which group the chat is with, by the names of files; empty if not told.
        dates: in which order its dates are.
        authors: everyone who writes, with their names.
        members: the same, and whom WhatsApp names as coming or going.
        notice: who stands before the sentence about encryption: iPhones write the chat's title.
        is_group: whether anybody comes or goes.
        has_you: whether the owner writes as "You".
    """

    name: str
    title: str
    dates: Dates = field(default_factory=Dates)
    authors: dict[Account, str] = field(default_factory=dict)
    members: dict[Account, str] = field(default_factory=dict)
    notice: str = ""
    is_group: bool = False
    has_you: bool = False

    @property
    def called(self) -> Account | None:
        """The chat's title as an account: between two it is the other one's."""
        title = self.title or self.notice
        return someone(title) if title else None

    def key(self, owner: Account | None) -> str:
        """What tells this chat from others, the same in every export of it.

        The title, as long as there is one; where there is none, who is in it.
        """
        others = [who for who in self.authors if who != owner]
        called = self.called
        if called is None and owner and len(others) == 1 and not self.is_group:
            called = others[0]
        return str(called) if called else "\n".join(sorted(map(str, self.authors)))

    def rest(self) -> Account | None:
        """Who is left in a chat between two when the one is taken away after whom it is called."""
        left = [who for who in self.authors if who != self.called]
        return left[0] if len(self.authors) == 2 and len(left) == 1 else None

    def settle(self) -> None:
        """Once all was read: a group is nobody, and who never answered is there nevertheless."""
        title = self.title or self.notice
        self.is_group = self.is_group or len(self.authors) > 2
        if self.called and self.is_group:
            self.authors.pop(self.called, None)
            self.members.pop(self.called, None)
        elif len(self.authors) == 1:
            _add(self.members, title)

    def everyone(self, owner: Account | None, you: Account) -> tuple[Account, ...]:
        """Who is in it, as far as is known, the owner among them.

        Args:
            owner: whose export it is, as they are called in it; ``None`` where that is not known.
            you: who they are nevertheless, for lines of "You", and if they never wrote.
        """
        there = dict.fromkeys(self.members)
        is_silent = not self.is_group and len(there) == 1 and (self.called in there or you != ME)
        if owner or self.has_you or is_silent:
            there[owner or you] = None
        return tuple(there)


def survey(export: Export, name: str, title: str) -> Chat:
    """Read a chat for who is in it and how its dates are written.

    Raises:
        BrokenExport: the file cannot be read.
    """
    chat = Chat(name, title)
    for message in messages(export, name):
        chat.dates.see(message.stamp)
        if message.author and words.is_notice(message.plain):
            chat.notice = chat.notice or message.author
        elif is_spoken(message):
            chat.has_you = chat.has_you or _is_you(message)
            _add(chat.authors, message.author)
            _add(chat.members, message.author)
        elif told := words.names_in_line(message.plain):
            chat.is_group = True
            for name_told in told:
                _add(chat.members, name_told)
    chat.settle()
    return chat


def is_spoken(message: Message) -> bool:
    """Whether somebody wrote it, rather than WhatsApp."""
    author, plain = message.author, ""
    if not author:
        return False
    if message.marked:
        plain = message.plain
        if words.names_in_line(plain) is not None or words.is_known_line(plain):
            return False
    if _QUOTES.intersection(author) and words.is_known_line(f"{author}: {message.plain}"):
        return False  # "Ana changed the subject to "Books: new"" has no author
    return not words.is_notice(plain or message.plain)


def _is_you(message: Message) -> bool:
    return message.author.casefold() in words.YOU


def _add(people: dict[Account, str], name: str) -> None:
    account = someone(name)
    if (
        account
        and name.casefold() not in words.YOU
        and account not in people
        and len(people) < _MOST_MEMBERS
    ):
        people[account] = "" if account.source == "phone" else bare_name(name)


class Reader:
    """Reads a chat for its acts.

    Args:
        chat: what the first reading found.
        order: in which order its dates are.
        owner: whose export it is, as they are called in it; ``None`` where that is not known.
        you: who they are nevertheless, or ``ME``.
    """

    def __init__(self, chat: Chat, order: str, owner: Account | None, you: Account = ME) -> None:
        self._chat = chat
        self._order = order
        self._you = owner or you
        key = chat.key(owner)
        self._thread = hashed(SOURCE, key)
        self._members = chat.everyone(owner, self._you)
        self._ids = ByMinute(SOURCE, key)

    def rows(self, export: Export) -> Iterator[list[Record]]:
        """What each message says; an empty list for lines that WhatsApp wrote.

        Raises:
            BrokenExport: the file cannot be read; after what could be.
        """
        for message in messages(export, self._chat.name):
            sender = self._you if _is_you(message) else someone(message.author)
            if self._chat.is_group and sender == self._chat.called:
                sender = None  # what a group writes, WhatsApp writes
            at = message.stamp.at(self._order)
            if sender is None or not is_spoken(message):
                yield []
            elif at is None:
                where = f"{self._chat.name}:{message.line}"
                yield [Problem(where, "bad_date", "no such day or time of day")]
            else:
                act = self._act(message, sender, at)
                yield [act] if act else []

    def _act(self, message: Message, sender: Account, at: datetime) -> Interaction | None:
        said = ChatMessage(
            source=SOURCE,
            id=self._ids.id(at, sender),
            at=at,
            sender=sender,
            members=self._members,
            mentions=tuple(self._named(message.text)),
            precision=Precision.LOCAL,
            chat=self._thread,
        )
        act = message_act(said)
        if act is None or not (message.marked and words.is_call(message.plain)):
            return act
        # Who took part in a group's call is not told, and an attempt is no call.
        is_call = len(self._members) == 2 and words.was_taken(message.plain)
        return replace(act, kind=Kind.CALL) if is_call else None

    def _named(self, text: str) -> Iterator[Account]:
        for name, number in words.mentions(text):
            account = phone(number) if number else someone(name)
            if account in self._chat.members:
                yield account
