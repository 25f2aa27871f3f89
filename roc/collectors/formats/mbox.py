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

_SEPARATOR = re.compile(rb"From .*\b\d\d?:\d\d(?::\d\d)?\b")
_HEADER = re.compile(rb"(>From |[!-9;-~]+[ \t]*:)")
_EMPTY = (b"\n", b"\r\n")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above one message's body.

    Args:
        number: the message's place in the file, from 1.
        envelope: the ``From …`` line, decoded; empty for a message that stands alone.
        headers: the wanted headers by lower-case name, each time they occur, unfolded.
    """

    number: int
    envelope: str = field(repr=False)
    headers: dict[str, list[str]] = field(repr=False)

    def first(self, name: str) -> str:
        """The first header of that name, or an empty text."""
        return self.headers.get(name, [""])[0]


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


def heads(stream: IO[bytes], wanted: Collection[str]) -> Iterator[Head]:
    """The head of each message in an mbox, in order.

    Args:
        stream: the file's bytes; only ``readline`` is used.
        wanted: lower-case names of the headers to keep; all others are passed over.
    """
    names = frozenset(name.encode() for name in wanted)
    number = 0
    separator, line = _next_separator(stream, b"")
    while separator:
        number += 1
        headers, line = _headers(stream, line, names)
        yield Head(number, _text(separator).strip(), headers)
        separator, line = _next_separator(stream, line)


def single_head(stream: IO[bytes], wanted: Collection[str]) -> Head:
    """The head of a message that stands alone in its file."""
    names = frozenset(name.encode() for name in wanted)
    headers, _ = _headers(stream, stream.readline(_PIECE), names)
    return Head(1, "", headers)


def _next_separator(stream: IO[bytes], line: bytes) -> tuple[bytes, bytes]:
    """The next ``From …`` line and the header line after it; both empty at the end.

    ``line`` is what was read last: the empty line above a body, or nothing yet.
    """
    readline = stream.readline
    line = line or readline(_PIECE)
    at_border = True
    while line:
        if line in _EMPTY:
            at_border = True
            line = readline(_PIECE)
        elif at_border and line.startswith(b"From ") and _SEPARATOR.match(line):
            after = readline(_PIECE)
            if _HEADER.match(after):
                return line, after
            line, at_border = after, False
        else:
            at_border = False
            line = _rest_skipped(stream, line) if len(line) == _PIECE else readline(_PIECE)
    return b"", b""


def _rest_skipped(stream: IO[bytes], line: bytes) -> bytes:
    """The line after a long one, whose pieces never begin a message."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(_PIECE)
    return stream.readline(_PIECE)


def _headers(
    stream: IO[bytes], line: bytes, wanted: frozenset[bytes]
) -> tuple[dict[str, list[str]], bytes]:
    """The wanted headers from ``line`` on, and the line that ends them."""
    kept: dict[str, list[list[bytes]]] = {}
    pieces: list[bytes] | None = None  # of the header being read, where it is wanted
    room = MAX_HEADERS
    begins = True
    while line and line not in _EMPTY:
        if begins and line[0] not in b" \t":
            if line.startswith(b"From ") and _SEPARATOR.match(line):
                break
            colon = line.find(b":")
            name = line[:colon].lower()
            pieces = None
            if name in wanted and room > 0:
                pieces = [line[colon + 1 :][:room]]
                kept.setdefault(name.decode(), []).append(pieces)
                room -= len(line)
        elif pieces is not None and room > 0:
            pieces.append(line[:room])
            room -= len(line)
        begins = len(line) < _PIECE or line.endswith(b"\n")
        line = stream.readline(_PIECE)
    return {name: [_unfolded(pieces) for pieces in each] for name, each in kept.items()}, line


def _unfolded(pieces: list[bytes]) -> str:
    return _text(b"".join(pieces).replace(b"\r", b"").replace(b"\n", b"")).strip()


def _text(raw: bytes) -> str:
    """A header's bytes as text: UTF-8 where it is, else the Latin-1 that older programs wrote."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
