"""Mail in mbox files: each message's headers, read past its body in bounded memory.

A message begins at a line ``From …`` that follows an empty line (or opens the file), names a time
of day and is itself followed by a header. All three are asked for, because many programs do not
quote a body's own lines that begin with "From ".
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import IO

MAX_HEADERS = 2**18  # bytes kept of one message's wanted headers; 5,000 recipients fit
_PIECE = 2**16  # a longer line is read in pieces, so that it never stands in memory whole
_BLOCK = 2**18  # bytes read at once
_AT_ONCE = 2**16  # headers that are taken apart as a whole; larger ones go line by line
_BEFORE = 3  # bytes kept of what was passed: they tell whether the line above is empty

_SEPARATOR = re.compile(rb"From .*\b\d\d?:\d\d(?::\d\d)?\b")
_HEADER = re.compile(rb"(>From |[!-9;-~]+[ \t]*:)")
_HEADERS_END = re.compile(rb"\n\r?\n")
_NEXT = re.compile(rb"(?:\A|\n\r?\n)From .*\b\d\d?:\d\d")
_EMPTY = (b"\n", b"\r\n")
_BORDERS = (b"\n\n", b"\n\r\n")
_MOST_NAMES = 4096


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above one message's body.

    Args:
        number: the message's place in the file, from 1.
        envelope: the ``From …`` line, decoded; empty for a message that stands alone.
        headers: the wanted headers by lower-case name, each time they occur, unfolded, not decoded.
        body: how the body begins, where that was asked for.
    """

    number: int
    envelope: str = field(repr=False)
    headers: dict[str, list[bytes]] = field(repr=False)
    body: bytes = field(default=b"", repr=False)

    def first(self, name: str) -> str:
        """The first header of that name, or an empty text."""
        found = self.headers.get(name)
        return _text(found[0]) if found else ""

    def joined(self, name: str) -> str:
        """All headers of that name, with commas between them."""
        found = self.headers.get(name)
        if not found:
            return ""
        return ", ".join([_text(header) for header in found])


def opens_mbox(start: bytes) -> bool:
    """Whether a file's first bytes are the beginning of an mbox."""
    separator, _, rest = start.lstrip(b"\r\n").partition(b"\n")
    return bool(_SEPARATOR.match(separator) and _HEADER.match(rest))


def opens_message(start: bytes) -> bool:
    """Whether a file's first bytes are the headers of one message, as in ``.eml`` and Maildir."""
    lines = start.splitlines()[:-1]
    until = next((place for place, line in enumerate(lines) if not line.strip()), len(lines))
    named = {line.partition(b":")[0].strip().lower() for line in lines[:until]}
    begins = bool(lines) and _HEADER.match(lines[0]) is not None
    return begins and b"from" in named and bool(named & {b"date", b"received", b"message-id"})


def heads(stream: IO[bytes], wanted: Collection[str], body_bytes: int = 0) -> Iterator[Head]:
    """The head of each message in an mbox, in order.

    Args:
        stream: the file's bytes; only ``read`` is used.
        wanted: lower-case names of the headers to keep; all others are passed over.
        body_bytes: how much of each body is told, too.
    """
    names = _Names(wanted)
    mailbox = _Mailbox(stream)
    number = 0
    while separator := mailbox.separator():
        number += 1
        headers = mailbox.headers(names)
        yield Head(number, _text(separator), headers, mailbox.beginning(body_bytes))


def single_head(stream: IO[bytes], wanted: Collection[str], body_bytes: int = 0) -> Head:
    """The head of a message that stands alone in its file."""
    mailbox = _Mailbox(stream)
    headers = mailbox.headers(_Names(wanted))
    return Head(1, "", headers, mailbox.beginning(body_bytes))


class _Names(dict[bytes, str]):
    """Wanted headers by their names as they are written; an empty name for all others."""

    def __init__(self, wanted: Collection[str]) -> None:
        self._wanted = {name.encode(): name for name in wanted}

    def __missing__(self, written: bytes) -> str:
        name = self._wanted.get(written.lower(), "")
        if len(self) < _MOST_NAMES and len(written) < _MOST_NAMES:
            self[written] = name
        return name


class _Mailbox:
    """A file of messages, of which some blocks stand in memory.

    Bodies are passed over by searching for what would end them, many times as fast as by line.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._data = b"\n\n"  # what opens the file is at a border
        self._at = 2  # where the line begins that is read next
        self._is_cut = False  # by a separator, where an empty line was to be expected

    def separator(self) -> bytes:
        """Pass over everything up to the next ``From …`` line, and over it; empty at the end."""
        while self._is_cut or self._finds_border():
            self._is_cut = False
            line = self._line()
            after = self._line(len(line))
            self._at += len(line)
            if _SEPARATOR.match(line) and _HEADER.match(after):
                return line
        return b""

    def headers(self, names: _Names) -> dict[str, list[bytes]]:
        """The wanted headers from here on; passes them and the empty line below."""
        block = self._block()
        if block is None:
            return self._headers_by_line(names)
        kept: dict[str, list[bytes]] = {}
        for header in _unfolded(block).split(b"\n"):
            written, colon, told = header.partition(b":")
            if colon and (name := names[written]):
                kept.setdefault(name, []).append(told)
        return kept

    def beginning(self, size: int) -> bytes:
        """How the body begins that comes next; it is passed over later."""
        if not size or self._is_cut:
            return b""
        while len(self._data) - self._at < size and self._reads_on():
            pass
        begins = self._data[self._at : self._at + size]
        following = _NEXT.search(begins)
        return begins[: following.start()] if following else begins

    def _finds_border(self) -> bool:
        """Go to the next line that begins with "From " below an empty one."""
        while True:
            found = self._data.find(b"\nFrom ", self._at - 1)
            if found < 0:
                self._at = max(self._at, len(self._data) - 4)  # which may be "\nFrom"
                if not self._reads_on():
                    return False
                continue
            self._at = found + 1
            if self._data.endswith(_BORDERS, 0, self._at):
                return True
            self._at += len(b"From ")

    def _block(self) -> bytes | None:
        """All headers from here on as they stand; ``None`` where they are large or cut off."""
        while True:
            start = self._at
            end = _HEADERS_END.search(self._data, start - 1, start + _AT_ONCE)
            if end:
                break
            if len(self._data) - start >= _AT_ONCE or not self._reads_on():
                return None
        if self._data.find(b"\nFrom ", start - 1, end.start()) >= 0:
            return None
        self._at = end.end()
        return self._data[start : end.start()]

    def _headers_by_line(self, names: _Names) -> dict[str, list[bytes]]:
        kept: dict[str, list[list[bytes]]] = {}
        pieces: list[bytes] | None = None  # of the header being read, where it is wanted
        room = MAX_HEADERS
        begins = True
        while (line := self._line()) and not (begins and line in _EMPTY):
            if begins and line[0] not in b" \t":
                if line.startswith(b"From ") and _SEPARATOR.match(line):
                    self._is_cut = True
                    break
                colon = line.find(b":")
                name = names[line[:colon]] if colon > 0 else ""
                pieces = None
                if name and room > 0:
                    pieces = [line[colon + 1 :][:room]]
                    kept.setdefault(name, []).append(pieces)
                    room -= len(line)
            elif pieces is not None and room > 0:
                pieces.append(line[:room])
                room -= len(line)
            begins = len(line) < _PIECE or line.endswith(b"\n")
            self._at += len(line)
        if not self._is_cut:
            self._at += len(line)
        return {
            name: [_unfolded(b"".join(pieces)).strip(b"\n") for pieces in each]
            for name, each in kept.items()
        }

    def _line(self, beyond: int = 0) -> bytes:
        """The line so many bytes from here, or the first piece of a long one; empty at the end."""
        while True:
            start = self._at + beyond
            end = self._data.find(b"\n", start, start + _PIECE) + 1
            if end:
                return self._data[start:end]
            if len(self._data) - start >= _PIECE:
                return self._data[start : start + _PIECE]
            if not self._reads_on():
                return self._data[self._at + beyond :]

    def _reads_on(self) -> bool:
        """Take in another block; what was passed is dropped."""
        block = self._stream.read(_BLOCK)
        passed = max(self._at - _BEFORE, 0)
        self._data = self._data[passed:] + block
        self._at -= passed
        return bool(block)


def _unfolded(headers: bytes) -> bytes:
    """Headers, each on one line."""
    # One sign is found far faster than two, and most files have neither of these.
    if b"\r" in headers:
        headers = headers.replace(b"\r\n", b"\n")
    if b"\t" in headers:
        headers = headers.replace(b"\n\t", b"\t")
    return headers.replace(b"\n ", b" ")


def _text(raw: bytes) -> str:
    """A header's bytes as text: UTF-8 where it is, else the Latin-1 that older programs wrote."""
    bare = raw.replace(b"\r", b"") if b"\r" in raw else raw
    try:
        return bare.decode("utf-8").strip()
    except UnicodeDecodeError:
        return bare.decode("latin-1").strip()
