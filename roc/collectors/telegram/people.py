"""Who is meant by Telegram's ids, and who is in a chat."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.json_values import Item, word
from roc.collectors.formats.named import phone
from roc.graph.records import Account, AccountSeen

SOURCE = "telegram"
_MOST_MEMBERS = 5000  # of a chat; one of more than a few is a crowd anyway
_LONGEST_ID = 20
_OLD_SHIFT = 32  # until 2021 an id was one number: who in the lower half, what above it
_OLD_USER, _OLD_CHAT = 1, 2  # what stood there; 0 where the id was written without it
_PEERS = {
    "personal_chat": "user",
    "bot_chat": "user",
    "private_group": "chat",
    "private_supergroup": "channel",
    "public_supergroup": "channel",
}
"""Types of chats in which people talk to each other, and what their ids are ids of."""


def user(told: object) -> Account | None:
    """The account of ``from_id`` or ``actor_id``; ``None`` for channels, groups and nobody.

    Example:
        >>> str(user("user123")), str(user(4294967419)), user("channel5")
        ('telegram:123', 'telegram:123', None)
    """
    if isinstance(told, int) and not isinstance(told, bool):
        what, number = told >> _OLD_SHIFT, told % 2**_OLD_SHIFT
        return numbered(number) if what in (0, _OLD_USER) else None
    if isinstance(told, str) and told.startswith("user"):
        return numbered(told.removeprefix("user"))
    return None


def numbered(told: object) -> Account | None:
    """The account with an id as a number; ``None`` where it is none."""
    if isinstance(told, bool) or not isinstance(told, int | str):
        return None
    if isinstance(told, int):
        return Account(SOURCE, str(told)) if 0 < told < 2**63 else None
    fits = 0 < len(told) <= _LONGEST_ID and told.isascii() and told.isdigit()
    return Account(SOURCE, told) if fits and int(told) else None


@dataclass(slots=True)
class Chat:
    """A chat, and what the first reading finds out about it.

    Args:
        peer: what tells it from others, as ``user5``; empty for channels, notes to oneself and
            whatever people do not talk to each other in.
        other: in a chat between two, the other one.
        is_bot: whether that is a program.
        members: who writes or does something there, with their names.
        unknown: names of members who did nothing.
        lacks_id: whether people talk to each other in it, but it has no id (exports of 2018).
    """

    peer: str
    other: Account | None = None
    is_bot: bool = False
    members: dict[Account, str] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    lacks_id: bool = False

    def see(self, message: Item) -> None:
        """Whoever takes part in a message or is named in it as a member."""
        for key, name in (("from_id", "from"), ("actor_id", "actor")):
            account = user(message.get(key))
            if account and isinstance(message[key], int):
                self._is_old()
            if account and (account in self.members or len(self.members) < _MOST_MEMBERS):
                self.members[account] = word(message, name) or self.members.get(account, "")
        members = message.get("members")
        if isinstance(members, list) and len(self.unknown) < _MOST_MEMBERS:
            self.unknown.update(name for name in members if isinstance(name, str))

    def _is_old(self) -> None:
        """Take the kind of peer off an id of 2019 to 2021, when authors were numbers.

        Later ids may be as large, and have nothing in them but themselves.
        """
        what = self.peer.rstrip("0123456789")
        number = int(self.peer.removeprefix(what))
        shift = _OLD_USER if self.other else _OLD_CHAT
        if number >> _OLD_SHIFT == shift and (found := numbered(number % 2**_OLD_SHIFT)):
            self.peer = f"{what}{found.handle}"
            self.other = found if self.other else None

    def size(self) -> int:
        """How many are known to be there, also those of whom only a name is told."""
        return len(self.members) + len(self.unknown.difference(self.members.values()))


def chat(told: Item) -> Chat:
    """A chat as the file introduces it."""
    kind = word(told, "type")
    who = numbered(told.get("id"))
    what = _PEERS.get(kind, "")
    if who is None or not what:
        return Chat("", lacks_id=bool(what))
    between_two = who if what == "user" else None
    return Chat(f"{what}{who.handle}", other=between_two, is_bot=kind == "bot_chat")


def described(told: Item, *, owner: bool = False) -> Iterator[AccountSeen]:
    """An entry of the contacts, or the owner: name, number and handle."""
    account = numbered(told.get("user_id"))
    name = tidy(f"{word(told, 'first_name')} {word(told, 'last_name')}")
    number = phone(word(told, "phone_number"))
    handle = word(told, "username").lower()
    others = (number, Account(SOURCE, handle) if handle.startswith("@") else None)
    if account:
        same = tuple(other for other in others if other)
        yield AccountSeen(account, name, owner=owner, same_as=same)
    elif number:
        yield AccountSeen(number, name, owner=owner)
