"""A history as ``git`` prints it: every commit that a reference leads to, newest first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from roc.collectors.git.program import Desk, answer, set_up
from roc.errors import BrokenExport

MAX_COMMIT = 2**20
"""Bytes of the longest commit that is looked at; nobody writes a message of a megabyte."""

_MAX_MAILMAP = 2**22
_NEITHER_WORK_NOR_ITS_PARENT = ("refs/replace/", "refs/notes/", "refs/stash")
_BRANCHES = ("HEAD", "refs/heads/main", "refs/heads/master")
_INDENT = b"    "  # before each line of a message
_ID = re.compile(rb"[0-9a-f]{40,64}")


@dataclass(frozen=True, slots=True)
class History:
    """What is to be read, once a desk has been laid for it.

    Args:
        desk: where ``git`` works.
        tips: a file of the ids that references name.
        head: the id of the commit whose ``.mailmap`` counts; empty where there is no commit.
    """

    desk: Desk
    tips: Path
    head: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One commit as it is printed.

    Args:
        id: its object id.
        head: its header lines, the first being its id.
        message: its message; ``None`` where the commit is longer than ``MAX_COMMIT``.
    """

    id: str
    head: bytes
    message: bytes | None


def history(desk: Desk, references: Iterable[tuple[str, str]]) -> History:
    """Lay a desk for the history that references lead to.

    Args:
        desk: where ``git`` is to work.
        references: name and object id of each; they may be many, and are not held.
    """
    named: dict[str, str] = {}

    def wanted() -> Iterator[str]:
        for name, found in references:
            if name.startswith(_NEITHER_WORK_NOR_ITS_PARENT):
                continue
            if not named:
                set_up(desk, found)
                named[""] = found
            if name in _BRANCHES:
                named[name] = found
            yield found

    tips = desk.write("tips", wanted())
    return History(
        desk, tips, next((named[each] for each in (*_BRANCHES, "") if each in named), "")
    )


def entries(history: History) -> Iterator[Entry]:
    """Every commit once, children before their parents as far as clocks are right.

    Raises:
        BrokenExport: the history ends early, after what could be read of it.
    """
    if not history.head:
        return
    # Messages are not recoded: what they are written in may be a lie, and is looked at later.
    told = answer(
        history.desk,
        *("rev-list", "--header", "--encoding=none", "--ignore-missing", "--stdin"),
        asked=history.tips,
    )
    for record in _records(told):
        head, _, message = record.partition(b"\n\n")
        found = _ID.match(head)
        if found:
            is_whole = len(record) <= MAX_COMMIT
            unindented = message.removeprefix(_INDENT).replace(b"\n" + _INDENT, b"\n")
            yield Entry(found[0].decode("ascii"), head, unindented if is_whole else None)


def mailmap(history: History) -> bytes:
    """The ``.mailmap`` of HEAD; empty where there is none."""
    found = b""
    if history.head:
        try:
            for piece in answer(history.desk, "cat-file", "blob", f"{history.head}:.mailmap"):
                found += piece
                if len(found) > _MAX_MAILMAP:
                    return b""
        except BrokenExport:  # there is none
            return b""
    return found


def _records(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What stands between NULs; of a record that is too long its beginning."""
    rest = b""
    for piece in pieces:
        if b"\0" not in piece and len(rest) > MAX_COMMIT:
            continue
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole
