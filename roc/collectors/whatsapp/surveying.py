"""A chat read for who is in it, by the messages that stand in their place in time."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain

from roc.collectors.archive import Export
from roc.collectors.whatsapp.chats import Chat
from roc.collectors.whatsapp.lines import Message, messages

_SLIP = timedelta(days=1)  # by so much messages that came late may stand in the wrong place
_MOST_BEHIND = 3  # lines, one after the other: then it is the clock that was set
_LOOKED_AHEAD = 4
_FAR_AHEAD = timedelta(days=3650)


def survey(export: Export, chat: Chat, order: str, titles: Collection[str]) -> None:
    """Read a chat for who is in it.

    Args:
        export: the export.
        chat: the chat.
        order: in which order its dates are; empty if not known.
        titles: see ``messages``.

    Raises:
        BrokenExport: the file cannot be read.
    """
    for message, at in _in_place(messages(export, chat.name, titles), order):
        chat.see(message, at)


def _in_place(found: Iterable[Message], order: str) -> Iterator[tuple[Message, datetime | None]]:
    """Messages with their moments, without those whose time is out of all order.

    They stand within other messages: somebody pasted a list of dates, or part of a chat.
    """
    last: datetime | None = None
    behind = 0
    for message, at, following in _with_what_follows(found, order):
        if at and last and at < last - _SLIP:
            behind += 1
            if behind <= _MOST_BEHIND:
                continue
        elif at and message.author and _is_ahead(at, last, following):
            continue
        if message.author and at:
            last, behind = at, 0
        yield message, at


def _is_ahead(at: datetime, last: datetime | None, following: list[datetime]) -> bool:
    """Whether time is back soon where it was before."""
    if not following:
        return last is not None and at > last + _FAR_AHEAD
    if last is None:
        return all(at > then + _SLIP for then in following)
    return any(at - _SLIP > then >= last - _SLIP for then in following)


def _with_what_follows(
    found: Iterable[Message], order: str
) -> Iterator[tuple[Message, datetime | None, list[datetime]]]:
    """Each message with its moment, and those of the next few that have one."""
    waiting: deque[tuple[Message, datetime | None]] = deque()
    for message in chain(found, [None] * _LOOKED_AHEAD):
        if message:
            waiting.append((message, message.stamp.at(order)))
        if waiting and (message is None or len(waiting) > _LOOKED_AHEAD):
            first, at = waiting.popleft()
            yield first, at, [then for _, then in waiting if then]
