"""The archive of "Export account data": files of JSON, each a list of things of one kind.

Things refer to each other by address: threads are read first, then what was said in them, and each
thread is told whole. Memory grows with the number of comments, not with their texts.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.formats.addresses import is_address, tidy
from roc.collectors.formats.json_stream import items_at
from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.formats.moments import iso_moment
from roc.collectors.formats.tolerance import Tolerance, Unusable
from roc.collectors.github.things import is_program, said, seen, thing, user
from roc.collectors.github.threads import Mark, Said, thread_acts
from roc.errors import BrokenExport
from roc.graph.records import Record

_FILE = re.compile(
    r"(users|issues|pull_requests|issue_comments|pull_request_reviews"
    r"|pull_request_review_comments)_\d{6}\.json"
)
_TYPES = re.compile(
    rb'\s*\[\s*\{[^{}]{0,400}?"type"\s*:\s*"(?:user|issue|pull_request|issue_comment'
    rb'|pull_request_review|pull_request_review_comment)"'
)
_OPENINGS = ("issues", "pull_requests")
_SPOKEN = ("issue_comments", "pull_request_reviews", "pull_request_review_comments")
_GZIP = b"\x1f\x8b"


def recognises(export: Export) -> bool:
    """Whether it holds lists of GitHub's things."""
    return bool(_files(export))


def resembles(export: Export) -> str:
    """What an archive is told as GitHub hands it out, which is packed as .tar.gz."""
    names = export.names()
    alone = len(names) == 1 and names[0].lower().endswith((".tar.gz", ".tgz"))
    telling = alone and re.fullmatch(r"[0-9a-f-]{20,60}\.tar\.gz", PurePosixPath(names[0]).name)
    if telling and head(export, names[0]).startswith(_GZIP):
        return "it looks like GitHub's account archive: unpack it, and name the folder."
    return ""


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Who is there, then what was said to whom, thread by thread.

    Raises:
        BrokenExport: a file cannot be read, or too many things cannot be used; all others have
            been read by then.
    """
    reading = _Reading(export)
    yield from reading.users()
    yield from reading.openings()
    yield from reading.spoken()
    yield from reading.threads()
    reading.end()


def _files(export: Export) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in export.names():
        kind = _FILE.fullmatch(PurePosixPath(name).name)
        if kind and _TYPES.match(head(export, name, 4096).removeprefix(b"\xef\xbb\xbf")):
            found[kind[1]].append(name)
    return found


class _Reading:
    """One archive being read, and what is known of it so far."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._files = _files(export)
        self._tolerance = Tolerance(export.path.name)
        self._openings: dict[tuple[str, str], Said] = {}
        self._said: dict[tuple[str, str], list[Said]] = defaultdict(list)
        self._failure: BrokenExport | None = None

    def users(self) -> Iterator[Record]:
        """Those whom the archive describes; with addresses, they are whose archive it is."""
        for _, told in self._things(("users",)):
            account = user(word(told, "url")) or user(word(told, "login"))
            if account:
                mails = [word(each, "address").lower() for each in items(told.get("emails"))]
                addresses = tuple(each for each in mails if is_address(each))
                name = tidy(word(told, "name"))
                yield seen(account, name=name, owner=bool(addresses), addresses=addresses)

    def openings(self) -> Iterator[Record]:
        """Take in what opened the threads; problems only."""
        for where, told in self._things(_OPENINGS):
            try:
                key, opening = _said(told)
            except Unusable as reason:
                yield self._tolerance.count_bad(reason.at(where))
            else:
                self._tolerance.good += 1
                self._openings[key] = opening

    def spoken(self) -> Iterator[Record]:
        """Take in what was said in the threads; problems only."""
        for where, told in self._things(_SPOKEN):
            try:
                key, spoken = _said(told)
                if key not in self._openings:
                    raise Unusable("no_thread", "the archive does not have what it belongs to")
            except Unusable as reason:
                yield self._tolerance.count_bad(reason.at(where))
            else:
                self._tolerance.good += 1
                self._said[key].append(spoken)

    def threads(self) -> Iterator[Record]:
        """The programs that spoke, then the acts, thread by thread."""
        everything = chain(self._openings.values(), *self._said.values())
        programs = {each.author for each in everything if is_program(each.author)}
        yield from map(seen, sorted(programs))
        for key in sorted(self._openings):
            distinct = {each.id: each for each in self._said.pop(key, ())}
            yield from thread_acts(key[0], self._openings[key], list(distinct.values()))

    def end(self) -> None:
        """Tell a failure that was met on the way."""
        if self._failure is not None:
            raise self._failure
        self._tolerance.check()

    def _things(self, kinds: tuple[str, ...]) -> Iterator[tuple[str, Item]]:
        for name in (name for kind in kinds for name in self._files.get(kind, ())):
            try:
                with self._export.open(name) as stream:
                    for number, value in enumerate(items_at(stream, "item", name), 1):
                        yield f"{name}, item {number}", item(value)
            except BrokenExport as failure:
                self._failure = self._failure or failure


def _said(told: Item) -> tuple[tuple[str, str], Said]:
    link = word(told, "url")
    host, thread, _ = thing(link)
    under = thing(word(told, "in_reply_to"))[2]
    author = user(word(told, "user"))
    return (host, thread), said(told, link, author, under, tuple(_marks(told)))


def _marks(told: Item) -> Iterator[Mark]:
    for each in items(told.get("reactions")):
        who, at = user(word(each, "user")), iso_moment(word(each, "created_at"))
        if who and at:
            yield Mark(who, at)
