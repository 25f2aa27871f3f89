"""Google+, from a Takeout made before it closed in 2019: posts, comments, +1s and reshares.

Reads the JSON files of ``Google+ Stream/Posts`` (``docs/sources/google_plus.md``).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import PurePosixPath

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.hashed_ids import MAX_ID, hashed
from roc.collectors.formats.json_stream import items_at
from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.formats.named import named
from roc.collectors.formats.tolerance import Unusable, usable
from roc.errors import BrokenExport
from roc.graph.records import Account, AccountSeen, Interaction, Kind, Precision, Problem, Record

SOURCE = "google_plus"

ONE_WAY = frozenset({Kind.MESSAGE, Kind.MENTION, Kind.QUOTE})
"""Others' posts are not in it; of what others did there are comments, +1s and reshares."""

_POST_NAME = re.compile(r"\d{8} - .*\.json", re.DOTALL)
_PAGE_NAME = re.compile(r"\d{8} - .*\.html", re.DOTALL)
_POST = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{.{0,2000}?"https?://plus\.google\.com/', re.DOTALL)
_OF_POST = re.compile(rb'"(?:creationTime|postAcl|resourceName)"\s*:')
_USER = re.compile(r"(?:users/|https?://plus\.google\.com/)(\d{5,30})", re.ASCII)
_LINK = re.compile(r"href=[\"']https?://plus\.google\.com/(\d{5,30})[\"']", re.ASCII)
_BEFORE_ZONE = re.compile(r":(?=[+-])")  # some describe the moments with a colon there
_MOMENT = "%Y-%m-%d %H:%M:%S%z"
_OWN_FOLDERS = """
    posts|post|beiträge|publications|publicaciones|entradas|publicações|postagens|berichten|posty
    |inlägg|opslag|innlegg
"""
_OWN = frozenset(" ".join(name.split()) for name in _OWN_FOLDERS.split("|"))
# Parts of a path by which posts of others stand there, too.
_OF_OTHERS = re.compile(r"communit|communaut|comunid|comunit|gemeinschaft|społeczn|gemenskap")
_ENOUGH = 3  # posts of one author, and of nobody else, are the owner's
_MOST_NAMED = 100  # in one post or comment


def recognises(export: Export) -> bool:
    """Whether one of its files is a post."""
    return any(True for _ in _posts(export))


def resembles(export: Export) -> str:
    """Whether it is the stream as pages, of which nothing is read."""
    for name in export.names():
        is_page = _PAGE_NAME.fullmatch(PurePosixPath(name).name) is not None
        if is_page and b"plus.google.com/" in head(export, name, 2**14):
            return "This is Google+'s stream as HTML pages; only its JSON files can be read."
    return ""


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Whom the owner's posts reached, and who commented, marked or passed them on.

    Raises:
        BrokenExport: more than a fifth of the posts cannot be used.
    """
    authors: Counter[Account] = Counter()
    told: set[AccountSeen] = set()
    rows = (
        _row(export, name, _place(name, n), authors) for n, name in enumerate(_posts(export), 1)
    )
    for record in usable(export.path.name, rows):
        if isinstance(record, AccountSeen):
            if record in told:
                continue
            told.add(record)
        yield record
    if len(authors) == 1 and authors.total() >= _ENOUGH:
        (author,) = authors
        yield AccountSeen(author, owner=True)


def _posts(export: Export) -> Iterator[str]:
    names = export.names()
    for name in names:
        likely = _POST_NAME.fullmatch(PurePosixPath(name).name) is not None
        if likely or (len(names) == 1 and name.casefold().endswith(".json")):
            start = head(export, name)
            if _POST.match(start) and _OF_POST.search(start):
                yield name


def _place(name: str, number: int) -> str:
    """Where a post is, without the text that a file's name begins with after the day."""
    day = PurePosixPath(name).name[:8]
    return f"{day} - …, post {number}" if day.isdigit() else f"post {number}"


def _row(export: Export, name: str, where: str, authors: Counter[Account]) -> Iterator[Record]:
    """What one file says; one that cannot be read is one bad post."""
    try:
        with export.open(name) as stream:
            found = next(islice(items_at(stream, "", name), 1), None)
        post = _post(item(found))
    except BrokenExport:
        yield Problem(where, "bad_json", "the file is cut off, damaged or beyond reason")
        return
    except Unusable as reason:
        yield reason.at(where)
        return
    if _is_own(export.full_name(name)):
        authors[post.author] += 1
    yield from _records(post, where)


def _is_own(path: str) -> bool:
    """Whether a file is in the folder of the owner's posts, in any of several languages.

    Elsewhere, as in the folders of communities, posts of others stand, too.
    """
    plain = unicodedata.normalize("NFC", path).casefold()
    return PurePosixPath(plain).parent.name in _OWN and not _OF_OTHERS.search(plain)


@dataclass(frozen=True, slots=True)
class _Post:
    told: Item
    id: str
    author: Account
    at: datetime


def _post(told: Item) -> _Post:
    author = _account(item(told, "author"))
    if author is None:
        raise Unusable("no_author", "it does not say whose it is")
    at = _moment(word(told, "creationTime"))
    if at is None:
        raise Unusable("bad_date", "no readable date and time")
    return _Post(told, _id(told, author, at), author, at)


def _records(post: _Post, where: str) -> Iterator[Record]:
    yield from _seen(item(post.told, "author"))
    yield from _own(post)
    for number, comment in enumerate(items(post.told.get("comments")), 1):
        yield from _comment(post, comment, f"{where}, comment {number}")
    plus_ones = (item(one, "plusOner") for one in items(post.told.get("plusOnes")))
    yield from _marks(post, Kind.REACTION, "+1", plus_ones)
    reshares = (item(one, "resharer") for one in items(post.told.get("reshares")))
    yield from _marks(post, Kind.REPOST, "reshare", reshares)


def _own(post: _Post) -> Iterator[Record]:
    """The post itself: it passes on another, or is for certain people, or names some."""
    told = post.told
    reshared = item(told, "resharedPost")
    passed_on = _account(item(reshared, "author"))
    acl = item(told, "postAcl", "visibleToStandardAcl")
    guests = list(islice(items(acl.get("users")), _MOST_NAMED))
    for someone in (item(reshared, "author"), *guests):
        yield from _seen(someone)
    shared_with = _others((_account(guest) for guest in guests), post.author)
    aimed = _others((*shared_with, *_named(told)), post.author)
    if passed_on and passed_on != post.author:
        kind = Kind.QUOTE if word(told, "content") else Kind.REPOST
        copied = tuple(who for who in aimed if who != passed_on)
        parent = word(reshared, "resourceName")[:MAX_ID]
        yield _act(post.id, kind, post.at, post.author, (passed_on,), copied=copied, parent=parent)
    elif aimed:
        circles = any(True for _ in items(acl.get("circles")))
        kind = Kind.MENTION if circles or not shared_with else Kind.MESSAGE
        yield _act(post.id, kind, post.at, post.author, aimed)


def _comment(post: _Post, told: Item, where: str) -> Iterator[Record]:
    """A comment reaches the post's author; those whom it names are copied.

    The author's own, below their own post, is a mention of those whom it names.
    """
    writer, at = _account(item(told, "author")), _moment(word(told, "creationTime"))
    if writer is None or at is None:
        yield Problem(where, "bad_comment", "no author, or no readable date and time")
        return
    yield from _seen(item(told, "author"))
    reached = _others((post.author, *_named(told)), writer)
    if not reached:
        return
    is_own = writer == post.author
    recipients, copied = (reached, ()) if is_own else (reached[:1], reached[1:])
    kind = Kind.MENTION if is_own else Kind.COMMENT
    name = _id(told, writer, at)
    yield _act(name, kind, at, writer, recipients, copied=copied, parent=post.id, thread=post.id)


def _marks(post: _Post, kind: Kind, word_for_it: str, people: Iterable[Item]) -> Iterator[Record]:
    """What people did to the post, of which no moment is told."""
    found: dict[Account, None] = {}
    for someone in people:
        who = _account(someone)
        if who and who != post.author and who not in found:
            found[who] = None
            yield from _seen(someone)
            yield _act(
                f"{post.id}/{word_for_it}/{who}",
                kind,
                post.at,
                who,
                (post.author,),
                parent=post.id,
                precision=Precision.PROXY,
            )


def _act(
    name: str,
    kind: Kind,
    at: datetime,
    sender: Account,
    recipients: tuple[Account, ...],
    *,
    copied: tuple[Account, ...] = (),
    parent: str = "",
    thread: str = "",
    precision: Precision = Precision.INSTANT,
) -> Interaction:
    return Interaction(
        source=SOURCE,
        external_id=name,
        kind=kind,
        at=at,
        sender=sender,
        recipients=recipients,
        copied=copied,
        precision=precision,
        thread=thread,
        parent=parent,
    )


def _account(told: Item) -> Account | None:
    """Whose it is: Google's number, told in two ways, else a name."""
    for key in ("resourceName", "profilePageUrl"):
        found = _USER.fullmatch(word(told, key))
        if found:
            return Account("google", found[1])
    return named(SOURCE, tidy(word(told, "displayName")))


def _seen(told: Item) -> Iterator[AccountSeen]:
    who, name = _account(told), tidy(word(told, "displayName"))
    if who and name:
        yield AccountSeen(who, name)


def _named(told: Item) -> list[Account]:
    """Those whose profiles the text links to, in order."""
    found = islice(_LINK.finditer(word(told, "content")), _MOST_NAMED)
    return [Account("google", link[1]) for link in found]


def _others(people: Iterable[Account | None], sender: Account) -> tuple[Account, ...]:
    return tuple(who for who in dict.fromkeys(people) if who and who != sender)


def _id(told: Item, author: Account, at: datetime) -> str:
    given = word(told, "resourceName", "url")
    if given and len(given) <= MAX_ID - 50:  # what marks append to it has to fit
        return given
    return hashed(given, str(author), str(at), word(told, "content"))


def _moment(told: str) -> datetime | None:
    """Such as ``2018-10-21 19:23:51+0000``."""
    try:
        return datetime.strptime(_BEFORE_ZONE.sub("", told[:30]), _MOMENT).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
