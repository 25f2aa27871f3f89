"""Discord's ids, moments and people, and what a message is an act of: one rule for both roads."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.chats import ChatMessage, message_act
from roc.collectors.formats.json_values import Item, word
from roc.collectors.formats.moments import iso_moment
from roc.collectors.formats.tolerance import Unusable
from roc.graph.records import Account, AccountSeen, Interaction, Kind, Nature, Precision

SOURCE = "discord"

_DELETED = "456226577798135808"
"""One id that stands for everybody whose account is gone: nobody in particular."""

_ID = re.compile(r"[1-9]\d{0,19}", re.ASCII)
_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)  # of Discord's ids, which begin with a moment
_FIRST_ID, _LAST_ID = 10**16, 2**63  # of January 2015; of 2084
_AGREEING = timedelta(seconds=10)
_PRIVATE = frozenset({"1", "3", "dm", "group_dm", "directtextchat", "directgrouptextchat"})


@lru_cache(65536)
def account(told: str) -> Account | None:
    """The account of an id; ``None`` where it is none, or nobody's any more."""
    return Account(SOURCE, told) if _ID.fullmatch(told) and told != _DELETED else None


def accounts(ids: Iterable[str]) -> tuple[Account, ...]:
    """The accounts of these ids, each once."""
    return tuple(dict.fromkeys(who for each in ids if (who := account(each))))


def is_id(told: str) -> bool:
    """Whether a text is an id of Discord's."""
    return _ID.fullmatch(told) is not None


def is_private(channel: Item) -> bool:
    """Whether a channel is a talk between two or in a group, by its type of any age."""
    return word(channel, "type").casefold() in _PRIVATE


def someone_seen(told: Item) -> AccountSeen | None:
    """What Discord says of somebody: their name, and whether they are a program.

    The name is the one that others read. A handle is not kept as an account: it changes hands.
    """
    who = account(word(told, "id"))
    if who is None:
        return None
    is_program = told.get("isBot") is True or told.get("bot") is True
    name = tidy(word(told, "nickname", "global_name", "username", "name"))
    return AccountSeen(who, name, nature=Nature.BOT if is_program else Nature.PERSON)


def moment(message_id: str, told: str) -> tuple[datetime, Precision]:
    """When a message was written, to the second.

    Packages since 2023 name no zone. It is UTC: the id tells the moment as well, and where both
    agree it is an instant.

    Raises:
        Unusable: neither tells.
    """
    by_id = _id_time(message_id)
    at = iso_moment(told)
    if at is not None and at >= _EPOCH:
        return at.replace(microsecond=0), Precision.INSTANT
    clock = iso_moment(f"{told}+00:00") if at is None else None
    if clock is not None and clock >= _EPOCH:
        agrees = by_id is not None and abs(clock - by_id) < _AGREEING
        return clock.replace(microsecond=0), Precision.INSTANT if agrees else Precision.LOCAL
    if by_id is None:
        raise Unusable("bad_date", "no readable date and time")
    return by_id.replace(microsecond=0), Precision.INSTANT


def spoken(message: ChatMessage) -> Interaction | None:
    """The act that a message is; ``None`` where it reaches nobody.

    How many are in a channel of a server neither road tells. It is taken for a public place, in
    which only those are addressed whom a message answers or names.
    """
    act = message_act(message)
    if act and act.kind is Kind.MESSAGE and not message.private:
        return replace(act, kind=Kind.MENTION)
    return act


def _id_time(message_id: str) -> datetime | None:
    number = int(message_id)
    if not _FIRST_ID <= number < _LAST_ID:
        return None
    return _EPOCH + timedelta(milliseconds=number >> 22)
