"""The table of chats: who is in which channel, and whom each message reaches.

It does not tell who is in a channel: they are taken to be those who wrote there, and the owner. A
channel of a subreddit is open to a crowd; there a message reaches whom it answers or names.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from roc.collectors.archive import Export
from roc.collectors.formats.chats import MAX_MEMBERS, ChatMessage, message_act
from roc.collectors.formats.hashed_ids import MAX_ID, hashed
from roc.collectors.reddit.people import SOURCE, account, named
from roc.collectors.reddit.tables import Row, moment, rows
from roc.errors import BrokenExport
from roc.graph.records import Account, Problem, Record

_MOST_KNOWN = 1_000_000  # people in channels, and messages that are answered


@dataclass(slots=True)
class Channels:
    """What all messages together tell.

    Args:
        people: who wrote in which channel, in order; of a crowd, as many as make it one.
        authors: who wrote the messages that are answered.
    """

    people: dict[str, dict[Account, None]] = field(default_factory=dict)
    authors: dict[str, Account | None] = field(default_factory=dict)


def chat_rows(
    export: Export, name: str, channels: Channels, owner: Account | None
) -> Iterator[list[Record]]:
    """The act that each message is.

    Args:
        export: where it is.
        name: the table.
        channels: what all tables of chats together tell.
        owner: whose data it is; ``None`` where that is not known.
    """
    for read in rows(export, name):
        yield [read] if isinstance(read, Problem) else _message(*read, channels, owner)


def channels_of(export: Export, names: Sequence[str]) -> Channels:
    """Who wrote in which channel, and what is answered; to be streamed, tables are read twice."""
    found = Channels()
    known = 0
    for row in _readable(export, names):
        people = found.people.setdefault(_channel(row), {}) if known < _MOST_KNOWN else {}
        who, answered = account(row["username"]), row.get("thread_parent_message_id", "").strip()
        if who and who not in people and len(people) <= MAX_MEMBERS:
            people[who] = None
            known += 1
        if answered and len(found.authors) < _MOST_KNOWN:
            found.authors[_kept(answered)] = None
    if found.authors:
        for row in _readable(export, names):
            message = _kept(row["message_id"].strip())
            if message in found.authors:
                found.authors[message] = account(row["username"])
    return found


def _readable(export: Export, names: Sequence[str]) -> Iterator[Row]:
    for name in names:
        with suppress(BrokenExport):  # told when the table is read for what is in it
            yield from (read[1] for read in rows(export, name) if not isinstance(read, Problem))


def _message(where: str, row: Row, channels: Channels, owner: Account | None) -> list[Record]:
    message_id, told = row["message_id"].strip(), moment(row["created_at"])
    if not message_id:
        return [Problem(where, "no_id", "the message has no id")]
    if told is None:
        return [Problem(where, "bad_date", "no readable date and time")]
    sender, channel = account(row["username"]), _channel(row)
    if sender is None:  # somebody who is gone
        return []
    is_public = bool(row.get("subreddit", "").strip())
    there = dict.fromkeys((*channels.people.get(channel, ()), *([owner] if owner else [])))
    is_crowd = is_public or len(there) > MAX_MEMBERS
    parent = _kept(row.get("thread_parent_message_id", "").strip())
    act = message_act(
        ChatMessage(
            source=SOURCE,
            id=_kept(message_id),
            at=told[0],
            sender=sender,
            members=() if is_crowd else tuple(there),
            answers=channels.authors.get(parent),
            parent=parent,
            mentions=named(row.get("message", "")),
            precision=told[1],
            scope="chat",
            chat=channel,
            size=MAX_MEMBERS + 1 if is_crowd else 0,
            private=not is_public,
            text=row.get("message", ""),
        )
    )
    # How many there are in a crowd nobody says.
    return [replace(act, audience=0) if is_crowd else act] if act else []


def _channel(row: Row) -> str:
    return _kept(row["channel_url"].strip())


def _kept(told: str) -> str:
    return told if len(told) <= MAX_ID else hashed(told)
