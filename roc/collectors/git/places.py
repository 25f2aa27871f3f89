"""Where a repository's parts are on disk: its objects, its references, what HEAD is.

Only plain files are looked at, and nothing in them is obeyed: a repository may come from anyone.
"""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO

from roc.errors import BrokenExport

OBJECT_ID = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_SHORT_FILE = 4096  # bytes; no reference, HEAD or pointer to another folder is longer
_LONGEST_LINE = 2**16
_POINTER = "gitdir:"
_JUNK = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Place:
    """A repository on disk.

    Args:
        own: what belongs to this working copy: HEAD.
        common: what all working copies share: objects and references.
    """

    own: Path
    common: Path

    @property
    def objects(self) -> Path:
        """The folder of objects."""
        return self.common / "objects"


def place(folder: Path) -> Place | None:
    """The repository whose working copy or bare folder this is, or the one folder in it.

    Raises:
        OSError: it cannot be read.
    """
    if not folder.is_dir():
        return None
    found = _at(folder / ".git") or _at(folder)
    if found:
        return found
    within = list(islice((each for each in folder.iterdir() if each.name not in _JUNK), 2))
    if len(within) != 1 or within[0].is_symlink() or not within[0].is_dir():
        return None
    return _at(within[0] / ".git") or _at(within[0])


def references(place: Place) -> Iterator[tuple[str, str]]:
    """Name and object id of every reference, HEAD's last; names may come twice.

    Raises:
        BrokenExport: they are kept in a way that is not read here.
        OSError: they cannot be read.
    """
    if (place.common / "reftable").is_dir():
        raise BrokenExport(
            "The repository keeps its references in a table (reftable), which is not read here.",
            hint="make a bundle and name that: git bundle create history.bundle --all",
        )
    target = head_reference(place)
    at_head = target if OBJECT_ID.fullmatch(target) else ""
    for name, found in chain(_packed(place), _loose(place.common / "refs", "refs")):
        if name == target:  # a loose reference comes after a packed one, and is the newer
            at_head = found
        yield name, found
    if at_head:
        yield "HEAD", at_head


def head_reference(place: Place) -> str:
    """What HEAD names: a reference, or an object id; empty where it cannot be told."""
    return _short(place.own / "HEAD").removeprefix("ref:").strip()


def shallow(place: Place) -> Iterator[str]:
    """Ids of the commits before which a shallow clone has nothing."""
    yield from (line for line in _lines(place.common / "shallow") if OBJECT_ID.fullmatch(line))


def check_plain(place: Place) -> None:
    """Refuse a repository in which ``git`` would wait for ever for something that is no file.

    Raises:
        BrokenExport: there is something among its packs that is neither file nor folder.
        OSError: it cannot be read.
    """
    for folder in (place.objects / "pack", place.objects / "info"):
        for entry in _within(folder):
            if not (entry.is_file() or entry.is_dir()):
                raise BrokenExport(
                    "The repository holds something that is neither a file nor a folder.",
                    hint="an honest repository does not look like this; do not trust it.",
                )


def _at(path: Path) -> Place | None:
    if _is_plain(path):  # of a further working copy, or of a part with a history of its own
        pointer = _short(path)
        if not pointer.startswith(_POINTER):
            return None
        path = path.parent / pointer.removeprefix(_POINTER).strip()
    shared = _short(path / "commondir")
    common = path / shared if shared else path
    is_one = _is_plain(path / "HEAD") and (common / "objects").is_dir()
    return Place(path, common) if is_one and (common / "refs").is_dir() else None


def _packed(place: Place) -> Iterator[tuple[str, str]]:
    for line in _lines(place.common / "packed-refs"):
        found, _, name = line.partition(" ")
        if OBJECT_ID.fullmatch(found) and name:
            yield name, found


def _loose(folder: Path, name: str) -> Iterator[tuple[str, str]]:
    waiting = [(folder, name)]
    while waiting:
        folder, name = waiting.pop()
        for entry in _within(folder):
            if entry.is_dir(follow_symlinks=False):
                waiting.append((Path(entry.path), f"{name}/{entry.name}"))
            elif OBJECT_ID.fullmatch(found := _short(Path(entry.path))):
                yield f"{name}/{entry.name}", found


def _within(folder: Path) -> list[os.DirEntry[str]]:
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return list(entries)


def _lines(path: Path) -> Iterator[str]:
    if not _is_plain(path):
        return
    with path.open("rb") as stream:
        for line in _bounded(stream):
            yield line.decode("utf-8", "replace").strip()


def _bounded(stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(_LONGEST_LINE):
        yield line


def _short(path: Path) -> str:
    if not _is_plain(path):
        return ""
    with path.open("rb") as stream:
        return stream.read(_SHORT_FILE).decode("utf-8", "surrogateescape").strip()


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):  # ValueError: a NUL in a name that a file gave
        return False
