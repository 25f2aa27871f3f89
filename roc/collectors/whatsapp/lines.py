"""A chat's text, message by message: the line with the stamp, and the lines that go on with it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from roc.collectors.archive import Export
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.text_lines import numbered
from roc.collectors.whatsapp.stamps import MARKS, Stamp, stamped

_MOST_TEXT = 2**16  # characters of a message that are looked at, to find whom it names
_LONGEST_LINE_OF_ITS_OWN = 1000  # characters of what WhatsApp writes
_AUTHOR = re.compile(r"(?P<author>[^:]{1,120}?)\s?:(?:\s(?P<text>.*))?", re.DOTALL)
_UNSEEN = re.compile(f"[{MARKS}]")


@dataclass(slots=True)
class Message:
    """A message, or a line that WhatsApp itself wrote.

    Args:
        line: where it begins, from 1.
        stamp: when.
        author: who wrote it, as it stands there; empty for a line without one.
        text: what follows, with the lines that go on with it, as far as it is looked at.
    """

    line: int
    stamp: Stamp
    author: str
    text: str

    @property
    def marked(self) -> bool:
        """Whether WhatsApp put its sign before the text, as it does before its own words."""
        return self.text.startswith("\u200e")

    @property
    def plain(self) -> str:
        """How the text begins, without signs that cannot be seen."""
        return _UNSEEN.sub("", self.text[:_LONGEST_LINE_OF_ITS_OWN]).strip()


def messages(export: Export, name: str) -> Iterator[Message]:
    """The messages of one file; lines before the first are left out."""
    with export.open(name) as stream:
        current: Message | None = None
        for number, line in numbered(stream):
            iphone = current.stamp.iphone if current else None
            found = stamped(line, iphone) if number else None
            if found is None:
                if current is not None and len(current.text) < _MOST_TEXT:
                    current.text += "\n" + line
                continue
            if current is not None:
                yield current
            current = Message(number, found[0], *_split(found[1]))
        if current is not None:
            yield current


def begins(start: bytes) -> Iterator[Message]:
    """The messages at the beginning of a file, without the lines that go on with them."""
    for number, line in enumerate(start.decode("utf-8", "replace").splitlines(), 1):
        if found := stamped(line):
            yield Message(number, found[0], *_split(found[1]))


def _split(rest: str) -> tuple[str, str]:
    """Author and text; a line without an author is all text."""
    found = _AUTHOR.match(rest)
    if found is None or (found["text"] is None and found.end() != len(rest)):
        return "", rest
    author = tidy(found["author"])
    return (author, found["text"] or "") if author else ("", rest)
