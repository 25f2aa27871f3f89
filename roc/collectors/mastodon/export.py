"""The archive's files and the lists beside it: which they are, and what each of their rows says."""

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import PurePosixPath

from roc.collectors.archive import Export, head, text
from roc.collectors.base import Options
from roc.collectors.formats.delimited import lines, pieces
from roc.collectors.formats.json_stream import items_at
from roc.collectors.formats.json_values import Item, item, word
from roc.collectors.formats.once import said_once
from roc.collectors.formats.tolerance import file_by_file, usable
from roc.collectors.mastodon.people import (
    SOURCE,
    Owner,
    by_address,
    by_link,
    own_id,
    owner,
    person,
    post_time,
)
from roc.collectors.mastodon.posts import activity_records
from roc.errors import BrokenExport
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Kind,
    Precision,
    Problem,
    Record,
)

_HEAD = 2**14
_ACTOR = 2**22  # bytes; a person's description is not longer
_COLLECTION = re.compile(rb'"id"\s*:\s*"(outbox|likes)\.json"')
_PERSON = re.compile(rb'"(?:preferredUsername|outbox)"\s*:')
_MARK = b"activitystreams"
_GZIP = b"\x1f\x8b"
_IN_OLD_ARCHIVES = (b"media_attachments/", b"outbox.json", b"avatar.", b"header.")
_HEADER = "account address"


def recognises(export: Export) -> bool:
    """Whether it holds an outbox, a list of likes, an actor or a list of accounts."""
    return bool(_kinds(export))


def resembles(export: Export) -> str:
    """What an archive of before 2024 is told, which is packed in a way that is not read here."""
    names = export.names()
    if len(names) != 1 or not names[0].lower().endswith((".gz", ".tgz")):
        return ""
    packed = head(export, names[0])
    if not packed.startswith(_GZIP):
        return ""
    try:
        start = zlib.decompressobj(wbits=31).decompress(packed, 512)
    except zlib.error:
        return ""
    if not start.startswith(_IN_OLD_ARCHIVES) or start[257:262] != b"ustar":
        return ""
    return "It is an archive of Mastodon packed as .tar.gz: unpack it, and name the folder."


def collect(export: Export, options: Options) -> Iterator[Record]:
    """What the owner posted, boosted and liked, and who follows whom.

    Raises:
        BrokenExport: a file cannot be read or mostly not; all others have been read by then.
    """
    kinds = _kinds(export)
    whose = _owner(export, kinds)
    seen = [whose.seen] if whose.seen else []
    read = (
        usable(name, _READERS[kind](export, name, whose))
        for name, kind in kinds.items()
        if kind in _READERS
    )
    yield from chain(seen, said_once(file_by_file(read)))


def _kinds(export: Export) -> dict[str, str]:
    found = {}
    for name in export.names():
        base = PurePosixPath(name.casefold()).name
        kind = ""
        if base.endswith(".json") and base.startswith(("outbox", "likes", "actor")):
            kind = _json_kind(head(export, name, _HEAD))
        elif base.endswith(".csv"):
            kind = _list_kind(base, head(export, name, 512))
        if kind:
            found[name] = kind
    return found


def _json_kind(start: bytes) -> str:
    if _MARK not in start:
        return ""
    collection = _COLLECTION.search(start)
    if collection:
        return collection[1].decode()
    return "actor" if _PERSON.search(start) else ""


def _list_kind(base: str, start: bytes) -> str:
    """Which list of accounts it is; only the one of who is followed shows it by its headers."""
    first = start.decode("utf-8-sig", "replace").partition("\n")[0].strip().casefold()
    columns = first.split(",")
    if columns[0] == _HEADER:
        if "show boosts" in columns or "following" in base:
            return "following"
        return "followers" if len(columns) == 1 and "follower" in base else ""
    # Lists of before 2019 have no headers.
    return "following" if base == "following_accounts.csv" and _is_address(first) else ""


def _is_address(told: str) -> bool:
    return "@" in told and by_address(told) is not None


def _owner(export: Export, kinds: Mapping[str, str]) -> Owner:
    for name in (name for name, kind in kinds.items() if kind == "actor"):
        try:
            told = json.loads(head(export, name, _ACTOR).decode("utf-8-sig", "replace"))
        except (ValueError, RecursionError):
            continue
        found = owner(item(told))
        if found:
            return found
    for name in (name for name, kind in kinds.items() if kind == "outbox"):
        with export.open(name) as stream, suppress(BrokenExport):
            first = item(next(items_at(stream, "orderedItems.item", name), None))
            link = word(first, "actor")
            account = person(link)
            if account:
                return Owner(account, link, AccountSeen(account, owner=True))
    return Owner(ME)


def _outbox_rows(export: Export, name: str, whose: Owner) -> Iterator[list[Record]]:
    for where, value in _items(export, name):
        if isinstance(value, Mapping):
            yield activity_records(where, value, whose)
        else:
            yield [Problem(where, "bad_shape", "not an object with names and values")]


def _like_rows(export: Export, name: str, whose: Owner) -> Iterator[list[Record]]:
    for where, value in _items(export, name):
        link = value if isinstance(value, str) else word(_mapping(value), "id")
        if not link:
            yield [Problem(where, "bad_shape", "not the link of a post")]
            continue
        author = by_link(link)
        yield [_like(link, author, whose.account)] if author and not whose.owns(author) else []


def _mapping(value: object) -> Item:
    return value if isinstance(value, Mapping) else {}


def _like(link: str, author: Account, sender: Account) -> Interaction:
    """The act of liking a post. When, is not told: the post's own moment stands for it.

    Its id does not name the owner, of whom a list alone does not tell.
    """
    at = post_time(link)
    return Interaction(
        source=SOURCE,
        external_id=own_id(link),
        kind=Kind.REACTION,
        at=at,
        sender=sender,
        recipients=(author,),
        precision=Precision.PROXY if at else Precision.UNKNOWN,
        scope="like",
    )


def _items(export: Export, name: str) -> Iterator[tuple[str, object]]:
    with export.open(name) as stream:
        for number, value in enumerate(items_at(stream, "orderedItems.item", name), 1):
            yield f"{name}, item {number}", value


def _following_rows(export: Export, name: str, whose: Owner) -> Iterator[list[Record]]:
    for other in _accounts(export, name, whose):
        if isinstance(other, Problem):
            yield [other]
        elif not whose.owns(other):
            yield [_follows(whose.account, other)]


def _follower_rows(export: Export, name: str, whose: Owner) -> Iterator[list[Record]]:
    for other in _accounts(export, name, whose):
        if isinstance(other, Problem):
            yield [other]
        elif not whose.owns(other):
            yield [_follows(other, whose.account)]


def _follows(account: Account, other: Account) -> DeclaredTie:
    return DeclaredTie(SOURCE, DeclaredKind.FOLLOWS, account, other)


def _accounts(export: Export, name: str, whose: Owner) -> Iterator[Account | Problem]:
    home = whose.account.handle.partition("@")[2]
    with text(export, name) as stream:
        for line, cells in lines(pieces(stream)):
            told = cells[0].strip() if cells else ""
            if cells is None:
                yield Problem(f"{name}:{line}", "bad_csv", "the row cannot be split into cells")
            elif told and told.casefold() != _HEADER:
                found = by_address(told, home)
                yield found or Problem(f"{name}:{line}", "no_address", "no address of an account")


_READERS = {
    "outbox": _outbox_rows,
    "likes": _like_rows,
    "following": _following_rows,
    "followers": _follower_rows,
}
