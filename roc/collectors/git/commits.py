"""What a commit says: who wrote it, who took it in, and the trailers below its message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from roc.collectors.formats.addresses import addresses, tidy
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.git.history import Entry

MAX_TRAILERS = 200
"""Trailers of a commit that are looked at; nobody is thanked two hundred times."""

_LONGEST_VALUE = 1000
_TRAILER = re.compile(r"^([a-z][a-z-]{1,40}-by) ?:(.*)$", re.IGNORECASE | re.MULTILINE)
_REQUEST = re.compile(
    r"Merge pull request #\d"  # GitHub
    r"|Merged in .{1,200} \(pull request #\d"  # Bitbucket
    r"|Merge tag '.{1,200}' of "  # what a maintainer was asked to pull
)
_REQUEST_BELOW = "See merge request "  # GitLab
_BELOW_TRAILERS = "git-svn-id:"
_ENCODINGS = re.compile(
    r"(?:us-)?ascii|utf-?8|(?:iso-?|latin-?)[\d-]{1,8}|(?:windows-|cp)\d{3,4}|koi8-?[ru]"
    r"|euc-?(?:jp|kr|cn)|shift[-_]?jis|sjis|gb(?:2312|k|18030)|big5|iso-2022-jp",
    re.IGNORECASE,
)


class Person(NamedTuple):
    """Somebody as a commit names them: the address in lower case, either may be empty."""

    name: str
    address: str


class Trailer(NamedTuple):
    """A line such as ``Reviewed-by: Ana <ana@example.org>``, its word in lower case."""

    word: str
    person: Person


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit.

    Args:
        id: its object id.
        author: who wrote the change.
        authored: when, in seconds since 1970, as the commit has it.
        committer: who made the commit of it.
        committed: when.
        parents: ids of the commits it follows; several for a merge.
        subject: the first line of its message.
        is_request: whether it merges what somebody asked to have merged.
        trailers: what stands below the message.
    """

    id: str
    author: Person
    authored: int
    committer: Person
    committed: int
    parents: tuple[str, ...]
    subject: str
    is_request: bool
    trailers: tuple[Trailer, ...]


def commit(entry: Entry) -> Commit:
    """A commit, read.

    Raises:
        Unusable: it is too long, or does not say by whom and when it was made.
    """
    if entry.message is None:
        raise Unusable("too_long", "the commit is longer than a megabyte")
    encoding = _encoding(entry.head)
    author, authored = _signed(entry.head, b"\nauthor ", encoding)
    committer, committed = _signed(entry.head, b"\ncommitter ", encoding)
    message = entry.message.strip()
    first, _, _ = message.partition(b"\n")
    below = _last_paragraph(message)
    parents = _parents(entry.head)
    subject = _decoded(first, encoding).strip()
    return Commit(
        id=entry.id,
        author=author,
        authored=authored,
        committer=committer,
        committed=committed,
        parents=parents,
        subject=subject,
        is_request=len(parents) > 1 and _is_request(subject, below),
        trailers=tuple(_trailers(_decoded(below, encoding))) if b":" in below else (),
    )


def _signed(head: bytes, key: bytes, encoding: str) -> tuple[Person, int]:
    """The person and the seconds in a line such as ``author Ana <ana@example.org> 17… +0100``."""
    begins = head.find(key)
    line = head[begins + len(key) :].partition(b"\n")[0]
    name, _, rest = line.partition(b"<")
    address, closed, moment = rest.rpartition(b">")
    seconds = moment.split(maxsplit=1)[:1]
    if begins < 0 or not closed or not seconds:
        raise Unusable("no_author", "the commit does not say by whom and when it was made")
    try:
        at = int(seconds[0][:20])
    except ValueError:
        raise Unusable("bad_date", "the commit's moment is no number") from None
    return _person(name, address, encoding), at


@lru_cache(65536)  # a history names the same people again and again
def _person(name: bytes, address: bytes, encoding: str) -> Person:
    return Person(tidy(_decoded(name, encoding)), _decoded(address, encoding).strip().lower())


def _parents(head: bytes) -> tuple[str, ...]:
    lines = head.partition(b"\nauthor ")[0].split(b"\n")
    return tuple(
        line[7:].decode("ascii", "replace") for line in lines if line.startswith(b"parent ")
    )


def _last_paragraph(message: bytes) -> bytes:
    """Where trailers stand; empty where the message is of one paragraph."""
    above, _, below = message.replace(b"\r", b"").rpartition(b"\n\n")
    if below.startswith(_BELOW_TRAILERS.encode()):
        above, _, below = above.rstrip().rpartition(b"\n\n")
    return below if above else b""


def _trailers(text: str) -> Iterator[Trailer]:
    for number, found in enumerate(_TRAILER.finditer(text)):
        if number == MAX_TRAILERS:
            return
        if person := _named(found[2][:_LONGEST_VALUE]):
            yield Trailer(found[1].lower(), person)


@lru_cache(65536)
def _named(text: str) -> Person | None:
    """The person in a trailer; one told by name alone cannot be known again."""
    return next((Person(name, address) for name, address in addresses(text)), None)


def _is_request(subject: str, below: bytes) -> bool:
    return bool(_REQUEST.match(subject)) or _REQUEST_BELOW.encode() in below


def _encoding(head: bytes) -> str:
    begins = head.find(b"\nencoding ")
    if begins < 0:
        return "utf-8"
    told = head[begins + 10 :].partition(b"\n")[0].decode("ascii", "replace").strip()
    return told if _ENCODINGS.fullmatch(told) else "utf-8"


def _decoded(text: bytes, encoding: str) -> str:
    """Text in its encoding, else in that of western Europe before there was UTF-8."""
    try:
        return text.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return text.decode("latin-1")
