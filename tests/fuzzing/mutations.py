"""Changes to a file that keep its shape and break its sense: JSON by value, tables by cell."""

import json
import re
from random import Random
from typing import Any

_PREFIX = re.compile(rb"\s*window\.[\w.]+\s*=\s*")
_SEPARATOR = re.compile(rb"([,;\t\"\r\n: <>=\[\]])")
_ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**63,
    10**30,
    1e308,
    "",
    " ",
    "\0",
    "\ud800",
    "9" * 5000,
    "2026-13-45T99:99:99Z",
    "0001-01-01T00:00:00+14:00",
    "a@b.example",
    "../../x",
    "https://x.com/ana/status/1",
    [],
    {},
    [[]],
    {"": {}},
)
_ODD_BYTES = (
    b"",
    b"\0",
    b"\xff",
    b'"',
    b"\n",
    b"\r\n\r\n",
    b",",
    b"9" * 400,
    b"-1",
    b"\xe2\x80\xae",
    b"\xed\xa0\x80",
    b"2026-02-30",
    b"<!DOCTYPE x [<!ENTITY a 'a'>]>&a;",
    b"=cmd()",
    b"a" * 3000,
)


def mutated(data: bytes, random: Random) -> bytes:
    """A file with one to four changes."""
    for _ in range(random.randint(1, 4)):
        data = _json(data, random) if random.random() < 0.6 else _pieces(data, random)
    return data


def _json(data: bytes, random: Random) -> bytes:
    """A JSON file with one value changed, gone or doubled; any other file by its pieces."""
    prefix = _PREFIX.match(data)
    start = prefix.end() if prefix else 0
    try:
        value = json.loads(data[start:])
    except (ValueError, RecursionError):
        return _pieces(data, random)
    holder = {"": value}
    parent, key = random.choice(_places(holder))
    change = random.randrange(4)
    if change == 0 and parent is not holder:
        del parent[key]
    elif change == 1 and isinstance(parent, list):
        parent.insert(key, parent[key])
    elif change == 2 and isinstance(parent, dict) and parent is not holder:
        parent[random.choice(["", "type", "id", "name", "x"])] = parent.pop(key)
    else:
        parent[key] = random.choice(_ODD)
    try:
        return data[:start] + json.dumps(holder[""]).encode("utf-8", "surrogatepass")
    except ValueError:  # a number of more digits than Python writes
        return data


def _places(holder: Any) -> list[tuple[Any, Any]]:
    """Every place of a value in a tree: what holds it, and under which key."""
    found: list[tuple[Any, Any]] = []
    waiting = [holder]
    while waiting:
        parent = waiting.pop()
        keys = list(parent) if isinstance(parent, dict) else range(len(parent))
        found += [(parent, key) for key in keys]
        waiting += [parent[key] for key in keys if isinstance(parent[key], dict | list)]
    return found


def _pieces(data: bytes, random: Random) -> bytes:
    """A file with one of its pieces changed, gone, doubled or moved, or cut off."""
    pieces = _SEPARATOR.split(data)
    place = random.randrange(len(pieces))
    change = random.randrange(6)
    if change == 0:
        pieces[place] = random.choice(_ODD_BYTES)
    elif change == 1:
        del pieces[place]
    elif change == 2:
        pieces[place] *= 2
    elif change == 3:
        pieces[place] = random.choice(pieces)
    elif change == 4:
        pieces[place:] = [] if random.random() < 0.2 else pieces[place + 1 :]
    else:
        spot = bytearray(pieces[place] or b"a")
        spot[random.randrange(len(spot))] = random.randrange(256)
        pieces[place] = bytes(spot)
    return b"".join(pieces)
