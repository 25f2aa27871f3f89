"""The table of chats: who is in which channel, and whom each message reaches.

It does not tell who is in a channel: they are taken to be those who wrote there, and the owner. A
channel of a subreddit is open to a crowd; there a message reaches whom it answers or names.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from roc.collectors.archive import Export
from roc.collectors.formats.chats import MAX_MEMBERS, ChatMessage, message_act
from roc.collectors.formats.hashed_ids import MAX_ID, hashed
from roc.collectors.reddit.people import SOURCE, account, named
from roc.collectors.reddit.tables import Row, moment, rows
from roc.graph.records import Account, Problem, Record

_MOST_KNOWN = 1_000_000  # people in channels, and messages that are answered
_MOST_IN_CHANNEL = 1000


@dataclass(slots=True)
class _Channels:
    """What all messages together tell.

    Args:
        people: who wrote in which channel, in order.
        authors: who wrote the messages that are answered.
    """

    people: dict[str, dict[Account, None]] = field(default_factory=dict)
    authors: dict[str, Account | None] = field(default_factory=dict)


def chat_rows(export: Export, name: str, owner: Account | None) -> Iterator[list[Record]]:
    """The act that each message is; the table is read three times, to be streamed.

    Args:
        export: where it is.
        name: the table.
        owner: whose data it is; ``None`` where that is not known.
    """
    channels = _channels(export, name)
    for read in rows(export, name):
        yield [read] if isinstance(read, Problem) else _message(*read, channels, owner)


def _channels(export: Export, name: str) -> _Channels:
    found = _Channels()
    known = 0
    for row in _readable(export, name):
        people = found.people.setdefault(_channel(row), {}) if known < _MOST_KNOWN else {}
        who, answered = account(row["username"]), row.get("thread_parent_message_id", "").strip()
        if who and who not in people and len(people) < _MOST_IN_CHANNEL:
            people[who] = None
            known += 1
        if answered and len(found.authors) < _MOST_KNOWN:
            found.authors[_kept(answered)] = None
    if found.authors:
        for row in _readable(export, name):
            message = _kept(row["message_id"].strip())
            if message in found.authors:
                found.authors[message] = account(row["username"])
    return found


def _readable(export: Export, name: str) -> Iterator[Row]:
    return (read[1] for read in rows(export, name) if not isinstance(read, Problem))


def _message(where: str, row: Row, channels: _Channels, owner: Account | None) -> list[Record]:
    message_id, told = row["message_id"].strip(), moment(row["created_at"])
    if not message_id:
        return [Problem(where, "no_id", "the message has no id")]
    if told is None:
        return [Problem(where, "bad_date", "no readable date and time")]
    sender, channel = account(row["username"]), _channel(row)
    if sender is None:  # somebody who is gone
        return []
    is_public = bool(row.get("subreddit", "").strip())
    there = () if is_public else channels.people.get(channel, {})
    parent = _kept(row.get("thread_parent_message_id", "").strip())
    act = message_act(
        ChatMessage(
            source=SOURCE,
            id=_kept(message_id),
            at=told[0],
            sender=sender,
            members=(*there, owner) if owner and not is_public else tuple(there),
            answers=channels.authors.get(parent),
            parent=parent,
            mentions=named(row.get("message", "")),
            precision=told[1],
            scope="chat",
            chat=channel,
            size=MAX_MEMBERS + 1 if is_public else 0,
        )
    )
    # How many there are in a crowd nobody says.
    return [replace(act, audience=0) if is_public else act] if act else []


def _channel(row: Row) -> str:
    return _kept(row["channel_url"].strip())


def _kept(told: str) -> str:
    return told if len(told) <= MAX_ID else hashed(told)
