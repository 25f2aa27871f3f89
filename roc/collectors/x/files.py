"""The archive's JavaScript files: their kinds, and their items one by one in bounded memory."""

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from roc.collectors.archive import Export, head, text, whole
from roc.errors import BrokenExport

_DATA = re.compile(r"\s*window\.YTD\.(\w+)\.part\d+\s*=\s*\[", re.ASCII)
_MANIFEST = re.compile(r"\s*window\.__THAR_CONFIG\s*=")
_BETWEEN = re.compile(r"[\s,]*")
_CHUNK_CHARACTERS = 2**20
_MOST_CHARACTERS = 2**27  # of one item; a conversation of years is one item


def kinds(export: Export) -> dict[str, str]:
    """The data files by name, each with its kind, such as ``tweets`` or ``direct_messages``."""
    found = {}
    for name in export.names():
        if name.casefold().endswith(".js"):
            start = _DATA.match(head(export, name).decode("utf-8-sig", "replace"))
            if start:
                found[name] = start[1]
    return found


def manifest(export: Export) -> dict[str, Any]:
    """The archive's own list of what is in it; empty where there is none or it is unreadable."""
    for name in export.names():
        if PurePosixPath(name).name != "manifest.js":
            continue
        content = whole(export, name).decode("utf-8-sig", "replace")
        if _MANIFEST.match(content):
            try:
                found = json.loads(content.split("=", 1)[1].rstrip().rstrip(";"))
            except (ValueError, RecursionError):
                return {}
            return found if isinstance(found, dict) else {}
    return {}


def items(export: Export, name: str) -> Iterator[object]:
    """What a data file lists, in its order.

    Raises:
        BrokenExport: the list is cut off, or is not JSON; after what could be read.
    """
    decoder = json.JSONDecoder()
    with text(export, name) as stream:
        buffer = stream.read(_CHUNK_CHARACTERS)
        start = _DATA.match(buffer)
        position = start.end() if start else len(buffer)
        while True:
            position = _end_of(_BETWEEN, buffer, position)
            if buffer[position : position + 1] == "]":
                return
            try:
                item, position = decoder.raw_decode(buffer, position)
            except (ValueError, RecursionError) as error:
                # Not whole yet, as far as one can tell; each try reads twice as much.
                more = stream.read(max(_CHUNK_CHARACTERS, len(buffer) - position))
                buffer, position = buffer[position:] + more, 0
                if not more or len(buffer) > _MOST_CHARACTERS:
                    raise BrokenExport(
                        f"{name} is cut off or damaged.", hint="download the archive again."
                    ) from error
            else:
                yield item


def _end_of(pattern: re.Pattern[str], buffer: str, position: int) -> int:
    found = pattern.match(buffer, position)
    return found.end() if found else position
