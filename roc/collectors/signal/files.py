"""One chat's messages, from ``chat.md`` or from ``data.json``, which say the same."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from roc.collectors.archive import Export, head
from roc.collectors.formats.excerpts import excerpt
from roc.collectors.formats.json_values import Item, word
from roc.collectors.formats.text_lines import numbered
from roc.collectors.formats.tolerance import Unusable

_LINE = re.compile(
    r"\[(?P<at>\d{4}-\d{2}-\d{2},? \d{2}:\d{2}(?::\d{2})?)\]"
    r" ?(?P<sender>[^\n]{1,200}?):(?:\s(?P<text>.*)|$)",
    re.DOTALL,
)
_OBJECT = re.compile(r'\s*\{"date": ?"\d{4}-\d{2}-\d{2}T[^"]{5,30}", ?"sender": ?["n]')
_MARKS = re.compile(r"\(- (?P<marks>.{1,4000}) -\)")
_CALL = re.compile(
    r"(?P<way>Incoming|Outgoing|Missed) (?:\w{1,20} )?call(?: \((?P<how>[^)\n]{1,60})\))?"
)
_FILES = frozenset({"chat.md", "index.md"})
_LONGEST_LINE = 2**22  # bytes, of data.json: a message with everything about it
_MOST_MARKS = 1000
_HAS_MORE = ("attachments", "sticker", "quote", "reactions", "deleted")


@dataclass(slots=True)
class Message:
    """A message as both kinds of file tell it.

    Args:
        line: where it begins, from 1.
        at: the wall clock; aware only where the file tells the zone.
        sender: the name of whoever wrote it; ``Me`` is the owner; empty where nobody is told.
        marks: names of those who marked it.
        call: for a call, whether it was taken; ``None`` for what is none.
        is_outgoing: of a call, whether the owner made it. The sender is not asked: versions differ.
        is_empty: whether nothing was written, sent or marked: so stand notes about the group.
        text: how it begins.
    """

    line: int
    at: datetime
    sender: str
    marks: list[str] = field(default_factory=list)
    call: bool | None = None
    is_outgoing: bool = False
    is_empty: bool = False
    text: str = field(default="", repr=False)


def plain(name: str) -> str:
    """A name as signal-export writes it in folders, and did for people until 2025."""
    return "".join(filter(str.isalnum, name)).casefold()


def is_text(export: Export, name: str) -> bool:
    """Whether a file begins as ``chat.md`` does, and is called so: other notes have such lines."""
    if PurePosixPath(name).name.casefold() not in _FILES:
        return False
    return _LINE.match(head(export, name).decode("utf-8-sig", "replace").lstrip()) is not None


def is_data(export: Export, name: str) -> bool:
    """Whether a file begins as ``data.json`` does: an object on each line."""
    if not name.casefold().endswith(".json"):
        return False
    return _OBJECT.match(head(export, name).decode("utf-8-sig", "replace")) is not None


def messages(export: Export, name: str, title: str) -> Iterator[Message | tuple[int, Unusable]]:
    """The messages of one file; for a line that is none, its number and what is wrong with it.

    Args:
        export: the export.
        name: the file.
        title: whom or which group the chat is with, as ``plain`` gives it.

    Raises:
        BrokenExport: the file cannot be read.
    """
    is_data = name.casefold().endswith(".json")
    yield from _data(export, name) if is_data else _text(export, name, title)


def _text(export: Export, name: str, title: str) -> Iterator[Message | tuple[int, Unusable]]:
    with export.open(name) as stream:
        current: Message | None = None
        for number, line in numbered(stream):
            if marks := _MARKS.fullmatch(line.rstrip()):
                if current is not None:
                    current.marks = list(_in_brackets(marks["marks"]))
                    current.is_empty = False
                continue
            found = _LINE.match(line.removeprefix("\ufeff")) if number else None
            if found is None:  # a message goes on, or is quoted
                if current is not None and line.strip():
                    current.is_empty = False
                    current.text = excerpt(f"{current.text}\n{line.rstrip()}")
                continue
            if current is not None:
                yield current
                current = None
            at = _moment(found["at"].replace(",", ""))
            if at is None:
                yield number, Unusable("bad_date", "no such day or time of day")
            else:
                sender, text = _split(found["sender"], found["text"] or "", title)
                rest = (*_call(text), not text.strip(), excerpt(text))
                current = Message(number, at, sender, [], *rest)
        if current is not None:
            yield current


def _data(export: Export, name: str) -> Iterator[Message | tuple[int, Unusable]]:
    with export.open(name) as stream:
        for number, line in numbered(stream, _LONGEST_LINE):
            if number and line.strip():
                try:
                    yield _object(number, json.loads(line.removeprefix("\ufeff")))
                except Unusable as error:
                    yield number, error
                except (ValueError, RecursionError):
                    yield number, Unusable("bad_json", "the line is not JSON, or is too long")


def _object(number: int, told: object) -> Message:
    if not isinstance(told, dict):
        raise Unusable("bad_shape", "not an object with names and values")
    at = _moment(word(told, "date"))
    if at is None:
        raise Unusable("bad_date", "no readable date and time")
    text = word(told, "body")
    there = text or any(told.get(key) for key in _HAS_MORE)
    rest = (*_call(text), not there, excerpt(text))
    return Message(number, at, word(told, "sender"), _marks(told), *rest)


def _marks(told: Item) -> list[str]:
    """Who marked a message; each mark is a pair of a name and a sign."""
    marks = told.get("reactions")
    found = []
    for mark in marks[:_MOST_MARKS] if isinstance(marks, list) else ():
        if isinstance(mark, list) and mark and isinstance(mark[0], str):
            found.append(mark[0])
        elif isinstance(mark, dict):
            found.append(word(mark, "name"))
    return found


def _in_brackets(marks: str) -> Iterator[str]:
    """Who marked a message, from ``Doe, Jane: +1, Ben: +1``: names may have commas in them."""
    pending = ""
    for piece in marks.split(", "):
        pending = f"{pending}, {piece}" if pending else piece
        if ": " in piece:
            yield pending.rpartition(": ")[0]
            pending = ""


def _split(sender: str, text: str, title: str) -> tuple[str, str]:
    """Sender and text; whoever the chat is with may have a colon and a space in their name."""
    whole = f"{sender}: {text[:200]}"
    for colon in re.finditer(r":\s", whole):
        if colon.start() > len(sender) and plain(whole[: colon.start()]) == title:
            return whole[: colon.start()].strip(), text[colon.end() - len(sender) - 2 :]
    return sender.strip(), text


def _call(text: str) -> tuple[bool | None, bool]:
    """Whether a call was taken, and the owner's, by the words that stand for it.

    The first is ``None`` where it is none.
    """
    found = _CALL.fullmatch(text[:200].strip())
    if found is None:
        return None, False
    return (found["how"] or "").startswith("accepted"), found["way"] == "Outgoing"


def _moment(written: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(written[:40])
    except ValueError:
        return None
    return at.replace(microsecond=0) if 1970 < at.year < 2200 else None
