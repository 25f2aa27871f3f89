"""What a commit says: who wrote it, who took it in, and the trailers below its message."""

import re
from dataclasses import dataclass
from functools import lru_cache

from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.git.history import Entry
from roc.collectors.git.trailers import Person, Trailer, closing, trailers

_REQUEST = re.compile(
    r"Merge pull request #\d"  # GitHub
    r"|Merged in .{1,200} \(pull request #\d"  # Bitbucket
    r"|Merge tag '.{1,200}' of "  # what a maintainer was asked to pull
)
_REQUEST_BELOW = b"\nSee merge request "  # GitLab
# What brings a branch up to date, by a button (GitHub) or by hand.
_UPDATE = re.compile(
    r"Merge (?:remote-tracking )?branch '(?:[^']{1,100}/)?(?:main|master|trunk|develop|dev)'"
)
_ENCODINGS = re.compile(
    r"(?:us-)?ascii|utf-?8|(?:iso-?|latin-?)[\d-]{1,8}|(?:windows-|cp)\d{3,4}|koi8-?[ru]"
    r"|euc-?(?:jp|kr|cn)|shift[-_]?jis|sjis|gb(?:2312|k|18030)|big5|iso-2022-jp",
    re.IGNORECASE,
)


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
        is_update: whether it only brings the branch of its first parent up to date.
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
    is_update: bool
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
    below = closing(message)
    parents = _parents(entry.head)
    is_merge = len(parents) > 1
    subject = _decoded(first, encoding).strip()
    is_request = is_merge and _is_request(subject, message)
    return Commit(
        id=entry.id,
        author=author,
        authored=authored,
        committer=committer,
        committed=committed,
        parents=parents,
        subject=subject,
        is_request=is_request,
        is_update=is_merge and not is_request and _UPDATE.match(subject) is not None,
        trailers=trailers(_decoded(below, encoding)) if below else (),
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


def _is_request(subject: str, message: bytes) -> bool:
    return bool(_REQUEST.match(subject)) or _REQUEST_BELOW in message


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
