"""A data request: its tables, each read by the rule of its kind."""

from collections.abc import Iterator, Mapping
from itertools import chain

from roc.collectors.archive import Export
from roc.collectors.base import Options
from roc.collectors.formats.addresses import is_address
from roc.collectors.formats.once import said_once
from roc.collectors.formats.tolerance import Unusable, file_by_file, usable
from roc.collectors.reddit.acts import Rows, comment_rows, friend_rows, message_rows, post_rows
from roc.collectors.reddit.chats import Channels, channels_of, chat_rows
from roc.collectors.reddit.people import account
from roc.collectors.reddit.tables import kinds, rows
from roc.graph.records import ME, Account, AccountSeen, Problem, Record

_READERS: Mapping[str, Rows] = {
    "messages": message_rows,
    "comments": comment_rows,
    "posts": post_rows,
    "friends": friend_rows,
}


def recognises(export: Export) -> bool:
    """Whether it holds one of the tables that only Reddit writes."""
    return bool(kinds(export))


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Messages and chats both ways, whom the owner names and comments on, whom they follow.

    Raises:
        BrokenExport: a table cannot be read or mostly not; all others have been read by then.
    """
    found = kinds(export)
    seen = _owner(export, found)
    owner = seen.account if seen else None
    channels = channels_of(export, [name for name, kind in found.items() if kind == "chat"])
    read = (
        usable(name, _rows(export, name, kind, channels, owner)) for name, kind in found.items()
    )
    yield from chain([seen] if seen else [], said_once(file_by_file(read)))


def _rows(
    export: Export, name: str, kind: str, channels: Channels, owner: Account | None
) -> Iterator[list[Record]]:
    if kind == "chat":
        yield from chat_rows(export, name, channels, owner)
    elif kind in _READERS:
        for read in rows(export, name):
            if isinstance(read, Problem):
                yield [read]
                continue
            where, row = read
            try:
                yield _READERS[kind](row, owner or ME)
            except Unusable as reason:
                yield [reason.at(where)]


def _owner(export: Export, found: Mapping[str, str]) -> AccountSeen | None:
    told: dict[str, str] = {}
    for name in (name for name, kind in found.items() if kind == "statistics"):
        for read in rows(export, name):
            if not isinstance(read, Problem) and len(told) < 1000:
                told[read[1]["statistic"].strip().casefold().replace("_", " ")] = read[1]["value"]
    name, address = told.get("account name", "").strip(), told.get("email address", "").strip()
    owner = account(name)
    mail = (Account("email", address.lower()),) if is_address(address) else ()
    return AccountSeen(owner, name=name, owner=True, same_as=mail) if owner else None
