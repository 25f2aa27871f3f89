"""A chat's text, message by message: the line with the stamp, and the lines that go on with it."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from roc.collectors.archive import Export, head
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.text_lines import numbered
from roc.collectors.whatsapp.stamps import MARKS, Shape, Stamp, stamped
from roc.collectors.whatsapp.titles import folded

_MOST_TEXT = 2**16  # characters of a message that are looked at, to find whom it names
_LONGEST_LINE_OF_ITS_OWN = 1000  # characters of what WhatsApp writes
_AUTHOR = re.compile(r"(?P<author>[^\n]{1,120}?)\s?:(?:\s(?P<text>.*)|$)", re.DOTALL)
_COLON = re.compile(r":\s")
_UNSEEN = re.compile(f"[{MARKS}]")


@dataclass(slots=True)
class Message:
    """A message, or a line that WhatsApp itself wrote.

    Args:
        line: where it begins, from 1.
        stamp: when.
        author: who wrote it, as it stands there; empty for a line without one.
        text: what follows, with the lines that go on with it, as far as it is looked at.
        is_first: whether nothing stands before it in the file.
    """

    line: int
    stamp: Stamp
    author: str
    text: str
    is_first: bool = False

    @property
    def marked(self) -> bool:
        """Whether WhatsApp put its sign before the text, as it does before its own words."""
        return self.text.startswith("\u200e")

    @property
    def plain(self) -> str:
        """How the text begins, without signs that cannot be seen."""
        return _UNSEEN.sub("", self.text[:_LONGEST_LINE_OF_ITS_OWN]).strip()


def stamps(export: Export, name: str) -> Iterator[Stamp]:
    """The stamps of one file alone."""
    shape = _shape(export, name)
    with export.open(name) as stream:
        for number, line in numbered(stream):
            if number and (found := stamped(line)) and shape.fits(found[0]):
                yield found[0]


def messages(export: Export, name: str, titles: Collection[str] = ()) -> Iterator[Message]:
    """The messages of one file; lines before the first are left out.

    Args:
        export: the export.
        name: the file.
        titles: of chats, ``folded``: names of people that may have a colon within.
    """
    shape = _shape(export, name)
    with export.open(name) as stream:
        current: Message | None = None
        for number, line in numbered(stream):
            found = stamped(line) if number else None
            if found is None or not shape.fits(found[0]):
                if current is not None and len(current.text) < _MOST_TEXT:
                    current.text += "\n" + line
                continue
            if current is not None:
                yield current
            is_first = current is None
            current = Message(number, found[0], *_split(found[1], titles), is_first)
        if current is not None:
            yield current


def begins(export: Export, name: str) -> list[Message]:
    """The messages at the beginning of a file, without the lines that go on with them."""
    shape = _shape(export, name)
    found = (
        Message(number, told[0], *_split(told[1], ()))
        for number, line in enumerate(_start(export, name), 1)
        if (told := stamped(line)) and shape.fits(told[0])
    )
    return [*found]


def _start(export: Export, name: str) -> list[str]:
    return head(export, name).decode("utf-8", "replace").splitlines()


def _shape(export: Export, name: str) -> Shape:
    """How stamps look in a file: as most do at its beginning."""
    found = (stamped(line) for line in _start(export, name))
    forms = Counter(told[0].form for told in found if told)
    return Shape(forms.most_common(1)[0][0] if forms else None)


def _split(rest: str, titles: Collection[str]) -> tuple[str, str]:
    """Author and text; a line without an author is all text.

    An author ends with a colon and a space, so that ``Mama :)`` is one; whoever a chat is called
    after may have these within, too.
    """
    found = _AUTHOR.match(rest)
    if found is None:
        return "", rest
    if titles and (known := _known(rest, found.end("author"), titles)):
        return known
    author = tidy(found["author"])
    return (author, found["text"] or "") if author else ("", rest)


def _known(rest: str, first: int, titles: Collection[str]) -> tuple[str, str] | None:
    for colon in _COLON.finditer(rest, first + 2, 120):
        if folded(_UNSEEN.sub("", rest[: colon.start()])) in titles:
            return tidy(rest[: colon.start()]), rest[colon.end() :]
    return None
