"""One chat: who is in it and since when, what it is called, and whom it is with."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.named import named, phone
from roc.collectors.whatsapp import words
from roc.collectors.whatsapp.dates import Dates
from roc.collectors.whatsapp.lines import Message
from roc.collectors.whatsapp.titles import folded
from roc.graph.records import ME, Account

SOURCE = "whatsapp"
_MOST_MEMBERS = 5000  # no group is as large; a file with more is made up
_QUOTES = frozenset("\"'“”„«»「」")
_LONG_LINE = 60  # characters; of all that stands first without an author, the notice alone is long
_TWO = 2


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
    """What is found out about a chat before it is read for its acts.

    Args:
        name: the file.
        title: whom or which group the chat is with, by the names of files; empty if not told.
        whole_title: the same with a number at its end, which may be that of a copy.
        dates: in which order its dates are.
        authors: everyone who writes, with their names.
        members: the same, and whom WhatsApp names as coming or going.
        came: since when those are there of whom it is told.
        went: until when.
        until: the last moment of a message; what claims to be later is none.
        is_group: whether anybody comes or goes.
        has_you: whether the owner writes as "You".
        has_unknown: whether WhatsApp writes lines that are not known here.
    """

    name: str
    title: str
    whole_title: str = ""
    dates: Dates = field(default_factory=Dates)
    authors: dict[Account, str] = field(default_factory=dict)
    members: dict[Account, str] = field(default_factory=dict)
    came: dict[Account, datetime] = field(default_factory=dict)
    went: dict[Account, datetime] = field(default_factory=dict)
    until: datetime | None = None
    is_group: bool = False
    has_you: bool = False
    has_unknown: bool = False

    @property
    def called(self) -> Account | None:
        """Whom the chat's title names: between two it is the other one, a group is nobody.

        File names have not all the signs that names have.
        """
        account = someone(self.title) if self.title else None
        if account in self.authors:
            return account
        alike = [who for who, name in self.authors.items() if folded(name) == folded(self.title)]
        return alike[0] if self.title and len(alike) == 1 else account

    @property
    def key(self) -> str:
        """What tells this chat from others, the same in every export of it.

        The title, as long as there is one; where there is none, who is in it.
        """
        if self.title:
            number = phone(self.title)
            return str(number) if number else folded(bare_name(self.title))
        return "\n".join(sorted(map(str, self.authors)))

    def rest(self) -> Account | None:
        """Who is left in a chat between two when the one is taken away after whom it is called."""
        if self.is_group or len(self.authors) != _TWO:
            return None
        called = self.called
        left = [who for who in self.authors if who != called]
        return left[0] if len(left) == 1 else None

    def see(self, message: Message, at: datetime | None) -> None:
        """A message in its place."""
        if is_spoken(message):
            if is_you(message):
                self.has_you = True
            elif account := _add(self.authors, message.author):
                _add(self.members, message.author)
                self.went.pop(account, None)
            self.until = max(self.until or at, at) if at else self.until
        elif told := words.members(message.plain):
            self.is_group = True
            self._see_members(told, at)
        elif message.is_first and _is_notice(message):
            self.title = self.title or bare_name(message.author)
        elif not _is_known(message):
            self.has_unknown = True

    def _see_members(self, told: words.Members, at: datetime | None) -> None:
        for name in told.names:
            is_new = someone(name) not in self.members
            account = _add(self.members, name)
            if account is None:
                continue
            if name in told.went and at:
                self.went[account] = at
            else:
                self.went.pop(account, None)
                if is_new and name in told.came and at:
                    self.came[account] = at

    def settle(self) -> None:
        """Once all was read: a group is nobody, and who never answered is there nevertheless."""
        if self.whole_title and someone(self.whole_title) in self.authors:
            self.title = self.whole_title
        self.is_group = self.is_group or len(self.authors) > _TWO
        called = self.called
        if self.is_group:
            if called and called not in self.authors:
                self.members.pop(called, None)
        elif len(self.authors) + self.has_you == 1 and not self.has_unknown:
            _add(self.members, self.title)

    def everyone(self, owner: Account | None) -> tuple[Account, ...]:
        """Who is in it, as far as is known, the owner among them.

        Args:
            owner: whose export it is, as they are called in it; ``None`` where that is not known.
        """
        there = dict.fromkeys(self.members)
        is_silent = not self.is_group and len(there) == 1 and self.called in there
        if self.has_you or is_silent:
            there[owner or ME] = None
        elif owner and self.is_group:
            there[owner] = None
        return tuple(there)


def is_spoken(message: Message) -> bool:
    """Whether somebody wrote it, rather than WhatsApp."""
    if not message.author or (message.is_first and _is_notice(message)):
        return False
    if message.marked:
        plain = message.plain
        is_its_own = words.members(plain) is not None or words.is_known_line(plain)
        return not is_its_own and (words.is_call(plain) or words.is_sent(plain))
    if _QUOTES.intersection(message.author):
        # "Ana changed the subject to "Books: new"" has no author
        return not words.is_known_line(f"{message.author}: {message.plain}")
    return True


def is_you(message: Message) -> bool:
    """Whether the author is the owner, by the word for them."""
    return message.author.casefold() in words.YOU


def _is_notice(message: Message) -> bool:
    return words.is_notice(message.plain) or (
        not message.author and len(message.plain) > _LONG_LINE
    )


def _is_known(message: Message) -> bool:
    """Whether a line of WhatsApp's is one that says nothing about who is there."""
    plain = message.plain
    if message.author and not message.marked:
        plain = f"{message.author}: {plain}"
    is_notice = message.is_first and _is_notice(message)
    return is_notice or any(
        is_known(plain) for is_known in (words.is_notice, words.is_known_line, words.is_call)
    )


def _add(people: dict[Account, str], name: str) -> Account | None:
    """Note somebody under a name; who they are, if they are noted."""
    account = someone(name)
    if account is None or name.casefold() in words.YOU:
        return None
    if account not in people and len(people) < _MOST_MEMBERS:
        people[account] = "" if account.source == "phone" else bare_name(name)
    return account if account in people else None
