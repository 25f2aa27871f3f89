"""What Beeper says of accounts, chats and messages, in the neutral words of ``formats.chats``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.chats import ChatMessage, message_act, reaction_act
from roc.collectors.formats.hashed_ids import MAX_ID
from roc.collectors.formats.json_values import Item, item, items, word, words
from roc.collectors.formats.moments import iso_moment
from roc.collectors.formats.named import phone
from roc.collectors.formats.tolerance import Unusable
from roc.graph.records import Account, AccountSeen, Nature, Record

SOURCE = "beeper"

_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,190}")
_NOT_SAID = frozenset({"NOTICE", "REACTION"})
"""A notice is the network's own word, and a reaction stands with what it is a mark on."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation as the list of chats tells it.

    Args:
        id: Beeper's own id.
        activity: when anything last happened in it, as Beeper writes it.
        owner: who the owner is in it.
        seen: what it says about those who are in it.
        members: those who are in it, as far as the list tells.
        size: how many are in it.
    """

    id: str
    activity: str
    owner: Account
    seen: tuple[AccountSeen, ...]
    members: tuple[Account, ...]
    size: int


def owners(accounts: object) -> dict[str, AccountSeen]:
    """Who the owner is on each network, by the id of the account in Beeper."""
    found = {}
    for told in items(accounts):
        if seen := _person(item(told, "user"), owner=True):
            found[word(told, "accountID")] = seen
    return found


def chat(told: Item, known: dict[str, AccountSeen]) -> Chat | None:
    """A chat of the list; ``None`` for one that only gathers others, or is nobody's."""
    name, owner = word(told, "id"), known.get(word(told, "accountID"))
    if not 0 < len(name) <= MAX_ID or owner is None or told.get("merge"):
        return None
    present = item(told, "participants")
    seen = [each for one in items(present.get("items")) if (each := _person(one))]
    total = present.get("total")
    size = total if isinstance(total, int) and 0 <= total < 10**7 else 0
    members = dict.fromkeys((owner.account, *(each.account for each in seen)))
    others = tuple(each for each in seen if each.account != owner.account)
    activity = word(told, "lastActivity")
    return Chat(name, activity, owner.account, others, tuple(members), max(size, len(members)))


def message_records(told: Item, where: Chat) -> Iterator[Record]:
    """The acts that a message is, with the marks on it.

    Beeper tells which message it answers, but not whose that is; it may lie years of pages back.
    So an answer is a message to all who are there, as any other.

    Args:
        told: the message.
        where: its chat.

    Raises:
        Unusable: it has no id, author or moment.
    """
    name = word(told, "id")
    if not 0 < len(name) <= MAX_ID:
        raise Unusable("no_id", "it has no id")
    at = iso_moment(word(told, "timestamp"))
    if at is None:
        raise Unusable("bad_date", "no readable moment")
    own = told.get("isSender") is True
    sender = where.owner if own else _account(word(told, "senderID"))
    if sender is None:
        raise Unusable("no_sender", "it does not say who wrote it")
    if told.get("isHidden") is True or word(told, "type") in _NOT_SAID:
        return
    message = ChatMessage(
        SOURCE,
        name,
        at,
        sender,
        where.members,
        mentions=tuple(who for one in words(told.get("mentions")) if (who := _account(one))),
        scope=where.id,
        chat=where.id,
        size=where.size,
        private=True,
        text=word(told, "text"),
    )
    if act := message_act(message):
        yield act
    marks = [_account(word(one, "participantID")) for one in items(told.get("reactions"))]
    for who in dict.fromkeys(marks):
        if who and (mark := reaction_act(message, who)):
            yield mark


def _person(told: Item, *, owner: bool = False) -> AccountSeen | None:
    """Whoever Beeper describes; a number or an address that it knows is theirs as well."""
    account = _account(word(told, "id"))
    if account is None:
        return None
    number = phone(word(told, "phoneNumber")[:40])
    address = word(told, "email").casefold()
    mail = Account("email", address) if _ADDRESS.fullmatch(address) else None
    return AccountSeen(
        account,
        tidy(word(told, "fullName", "username")),
        owner=owner,
        nature=Nature.BOT if told.get("isNetworkBot") is True else Nature.PERSON,
        same_as=tuple(other for other in (number, mail) if other),
    )


def _account(name: str) -> Account | None:
    return Account(SOURCE, name) if 0 < len(name) <= MAX_ID and name.isprintable() else None
