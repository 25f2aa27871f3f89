"""What a message in a chat is an act of: one rule for all chats.

In a small chat a message reaches everybody who is in it. In a large one it is said to a crowd, and
reaches those whom it answers or names. Nobody is reached by what they write themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from roc.collectors.formats.excerpts import excerpt
from roc.graph.records import Account, Interaction, Kind, Precision

MAX_MEMBERS = 25
"""In a chat of more people than this nobody is addressed by merely being there."""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message as the rule needs to know it, from whichever source.

    Args:
        source: where it was written.
        id: the source's own id, or a hash; unique within ``scope``.
        at: when, aware UTC.
        sender: who wrote it.
        members: everyone in the chat as far as is known, the sender among them or not.
        answers: who wrote the message that this one answers, where it answers one.
        parent: that message's id.
        mentions: whom it names.
        precision: how well ``at`` is known.
        scope: the space in which ids are unique; empty where they are unique everywhere.
        chat: the conversation's id.
        size: how many are in the chat, where the source tells more than whom.
        private: nobody but its members can read the chat. Whoever else is named in it is talked
            about and not talked to.
        text: what is written, or empty.
    """

    source: str
    id: str
    at: datetime
    sender: Account
    members: tuple[Account, ...]
    answers: Account | None = None
    parent: str = ""
    mentions: tuple[Account, ...] = ()
    precision: Precision = Precision.INSTANT
    scope: str = ""
    chat: str = ""
    size: int = 0
    private: bool = False
    text: str = field(default="", repr=False)


def message_act(message: ChatMessage) -> Interaction | None:
    """The act that a message is; ``None`` where it reaches nobody.

    A message that answers somebody is a reply to them; others in a small chat are copied. The same
    is so of whom it names, in a private chat as far as they are known to be in it. In a large chat
    there is nobody to copy.
    """
    others = _others(message.members, message.sender)
    answered = () if message.answers is None else _others((message.answers,), message.sender)
    named = _others(message.mentions, message.sender)
    if message.private and message.members:
        there = {*message.members}
        named = tuple(who for who in named if who in there)
    is_crowd = max(len(others), message.size - 1) >= MAX_MEMBERS
    aimed = tuple(dict.fromkeys((*answered, *named)))
    recipients = aimed or (() if is_crowd else others)
    if not recipients:
        return None
    copied = () if is_crowd else tuple(who for who in others if who not in recipients)
    reached = max(len(others), message.size - 1)
    plain = Kind.MENTION if is_crowd else Kind.MESSAGE
    return Interaction(
        source=message.source,
        external_id=message.id,
        kind=Kind.REPLY if answered else plain,
        at=message.at,
        sender=message.sender,
        recipients=recipients,
        copied=copied,
        precision=message.precision,
        scope=message.scope,
        thread=message.chat,
        parent=message.parent if answered else "",
        audience=reached if reached > len(recipients) + len(copied) else 0,
        text=excerpt(message.text),
    )


def reaction_act(
    message: ChatMessage, who: Account, at: datetime | None = None
) -> Interaction | None:
    """Somebody's mark on a message; ``None`` for one's own.

    Args:
        message: what was marked.
        who: whose mark it is; several marks of one person on one message are one act.
        at: when; ``None`` takes the message's own moment, as a proxy.
    """
    if who == message.sender:
        return None
    return Interaction(
        source=message.source,
        external_id=f"{message.id}/{who}",
        kind=Kind.REACTION,
        at=at or message.at,
        sender=who,
        recipients=(message.sender,),
        precision=message.precision if at else Precision.PROXY,
        scope=message.scope,
        thread=message.chat,
        parent=message.id,
    )


def _others(people: Iterable[Account], sender: Account) -> tuple[Account, ...]:
    return tuple(who for who in dict.fromkeys(people) if who != sender)
