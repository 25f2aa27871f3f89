"""The archive of X: since 2018 JavaScript files below ``data/``, before that a table."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath

from roc.collectors.archive import Export
from roc.collectors.base import Options
from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.formats.once import said_once
from roc.collectors.formats.tolerance import file_by_file, usable
from roc.collectors.x import files, grailbird
from roc.collectors.x.acts import SOURCE, Someone, like_records, someone_seen
from roc.collectors.x.messages import conversation_rows
from roc.collectors.x.posts import linked_author, post_rows
from roc.errors import BrokenExport
from roc.graph.records import ME, Account, AccountSeen, DeclaredKind, DeclaredTie, Problem, Record

_PART = re.compile(r"YTD\.(\w+)\.part\d+", re.ASCII)

Rows = Callable[[str, Item, Someone], Iterator[list[Record]]]


def recognises(export: Export) -> bool:
    """Whether it holds one of X's data files, the manifest or the table of old."""
    return bool(files.kinds(export) or files.manifest(export) or grailbird.tables(export))


def collect(export: Export, options: Options) -> Iterator[Record]:
    """What the owner wrote, and to whom; direct messages both ways; who follows whom.

    Raises:
        BrokenExport: a file cannot be read or mostly not; all others have been read by then.
    """
    kinds, listed = files.kinds(export), files.manifest(export)
    owner, seen = _owner(export, kinds, listed)
    since_2018 = (
        usable(name, _rows(export, name, _READERS[kind], owner))
        for name, kind in kinds.items()
        if kind in _READERS
    )
    before = (grailbird.records(export, name, owner) for name in grailbird.tables(export))
    read = file_by_file(chain(since_2018, before))
    yield from said_once(chain(seen, _missing(export, listed), read))


def _follower_rows(where: str, value: Item, owner: Someone) -> Iterator[list[Record]]:
    other = Someone(word(item(value, "follower"), "accountId")).account
    yield _follows(where, other, owner.account or ME)


def _following_rows(where: str, value: Item, owner: Someone) -> Iterator[list[Record]]:
    other = Someone(word(item(value, "following"), "accountId")).account
    yield _follows(where, owner.account or ME, other)


def _follows(where: str, account: Account | None, other: Account | None) -> list[Record]:
    if account is None or other is None:
        return [Problem(where, "no_id", "the account has no id")]
    return [DeclaredTie(SOURCE, DeclaredKind.FOLLOWS, account, other)]


def _like_rows(where: str, value: Item, owner: Someone) -> Iterator[list[Record]]:
    told = item(value, "like")
    author = linked_author(word(told, "expandedUrl"))
    if not word(told, "tweetId"):
        yield [Problem(where, "no_id", "the liked post has no id")]
    elif author:  # today's archives link to /i/web/status/…, which names nobody
        yield list(like_records(owner, word(told, "tweetId"), author))


_READERS: Mapping[str, Rows] = {
    "tweet": post_rows,
    "tweets": post_rows,
    "community_tweet": post_rows,
    "direct_message": conversation_rows,
    "direct_messages": conversation_rows,
    "direct_message_group": conversation_rows,
    "direct_messages_group": conversation_rows,
    "like": _like_rows,
    "follower": _follower_rows,
    "following": _following_rows,
}
"""Kinds as the files call themselves; those up to 2022 are in the singular."""


def _rows(export: Export, name: str, rows: Rows, owner: Someone) -> Iterator[list[Record]]:
    for number, value in enumerate(files.items(export, name), 1):
        where = f"{name}, item {number}"
        if isinstance(value, Mapping):
            yield from rows(where, value, owner)
        else:
            yield [Problem(where, "bad_shape", "not an object with names and values")]


def _owner(
    export: Export, kinds: Mapping[str, str], listed: Item
) -> tuple[Someone, list[AccountSeen]]:
    """Whose archive it is, and what is known of them."""
    for name in (name for name, kind in kinds.items() if kind == "account"):
        with suppress(BrokenExport):  # the manifest says it, too
            for value in items(list(files.items(export, name))):
                told = item(value, "account")
                owner = Someone(word(told, "accountId"), word(told, "username"))
                if owner.account:
                    return owner, _owner_seen(owner, word(told, "email"))
    told = item(listed, "userInfo")
    owner = Someone(word(told, "accountId"), word(told, "userName"))
    if owner.account is None:
        owner = grailbird.owner(export)
    return owner, _owner_seen(owner)


def _owner_seen(owner: Someone, address: str = "") -> list[AccountSeen]:
    if owner.account is None:
        return []
    seen = someone_seen(owner) or AccountSeen(owner.account)
    mail = (Account("email", address.lower()),) if "@" in address else ()
    return [replace(seen, owner=True, same_as=(*seen.same_as, *mail))]


def _missing(export: Export, listed: Item) -> Iterator[Problem]:
    """Files that the manifest lists and that are not there: large archives come in parts."""
    there = {PurePosixPath(name).name for name in export.names()}
    for data_type in items(list(item(listed, "dataTypes").values())):
        for file in items(data_type.get("files")):
            name = PurePosixPath(word(file, "fileName")).name
            part = _PART.fullmatch(word(file, "globalName"))
            if part and part[1] in _READERS and name not in there:
                yield Problem("manifest.js", "missing_file", f"{part[0]} is in another part")
