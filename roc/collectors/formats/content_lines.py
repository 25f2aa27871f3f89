"""Content lines, of which iCalendar and vCard files are made: unfolded, and taken apart."""

import re
from collections.abc import Iterator
from typing import IO

LONGEST = 2**16
"""Bytes of a line that are looked at; a photo is longer, and nothing else is."""

_MOST_PARAMETERS = 50
_HEAD = re.compile(rb'(?:[^":]|"[^"]*")*')
_PART = re.compile(rb'(?:[^";]|"[^"]*"?)+')
_QUOTED_PRINTABLE = re.compile(rb"[^:]*[;=]quoted-printable", re.IGNORECASE)


def unfolded(stream: IO[bytes], *, soft_breaks: bool = False) -> Iterator[tuple[int, bytes]]:
    """Whole lines and where they begin, from 1; of a very long one the beginning.

    Args:
        stream: the file's bytes; only ``readline`` is used.
        soft_breaks: whether a quoted-printable line that ends with ``=`` goes on in the next one,
            as in vCard 2.1.
    """
    pieces: list[bytes] = []
    room, began = 0, 1
    number = 0
    fresh = True  # whether the next piece begins a line of the file
    soft = False  # whether that line goes on from the one before, whatever it begins with
    quoted = False
    while raw := stream.readline(LONGEST):
        number += fresh
        continues = not fresh or soft or raw[:1] in (b" ", b"\t")
        if not continues:
            if pieces:
                yield began, b"".join(pieces)
            pieces, room, began = [], LONGEST, number
            quoted = soft_breaks and _QUOTED_PRINTABLE.match(raw) is not None
            raw_piece = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        else:
            raw_piece = raw[1:] if fresh and not soft else raw
        if soft:
            pieces[-1] = pieces[-1].removesuffix(b"=")
        if room > 0:
            pieces.append(raw_piece[:room].rstrip(b"\r\n"))
            room -= len(raw_piece)
        fresh = raw.endswith(b"\n")
        soft = quoted and fresh and room > 0 and pieces[-1].endswith(b"=")
    if pieces:
        yield began, b"".join(pieces)


def apart(line: bytes) -> tuple[str, dict[str, str], bytes]:
    """A line's name and parameters, and its value as it stands.

    Returns:
        The name in upper case without its group (``item1.``); the parameters by name in upper case,
        those of one name joined by commas, those without a name (vCard 2.1) under ``TYPE``; the
        value. Empty for what is no content line.

    Example:
        >>> apart(b'item1.TEL;HOME;TYPE=cell,pref;X="a:b":+49 170')
        ('TEL', {'TYPE': 'HOME,cell,pref', 'X': 'a:b'}, b'+49 170')
    """
    found = _HEAD.match(line)
    end = found.end() if found else 0
    if line[end : end + 1] != b":":  # a quotation mark that is never closed
        end = line.find(b":")
    if end < 1:
        return "", {}, b""
    name, *parts = (part.decode("utf-8", "replace") for part in _PART.findall(line[:end]))
    parameters: dict[str, str] = {}
    for part in parts[:_MOST_PARAMETERS]:
        key, is_named, value = part.partition("=")
        key, value = (key.strip().upper(), value) if is_named else ("TYPE", key)
        value = value.strip().replace('"', "")
        parameters[key] = f"{parameters[key]},{value}" if key in parameters else value
    return name.rpartition(".")[2].strip().upper(), parameters, line[end + 1 :]
