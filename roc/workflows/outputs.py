"""What roc wrote for people to read, and which of it names somebody who is to be forgotten.

The graph remembers the path of each such file and hashes of its content: so a file that somebody
else wrote, or changed since, is never taken for one of roc's.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from unicodedata import normalize
from zipfile import BadZipFile, ZipFile, is_zipfile

from roc.config import Config
from roc.graph.sealing import words_of
from roc.graph.store import Graph
from roc.workflows.collecting import opened
from roc.workflows.files import write_whole

_PIECE = 2**20  # bytes of a file that are looked through at once
_OVERLAP = 4096  # longer than any name, however it is written
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_MARKDOWN = re.compile(r"\\([^\w\s]|_)")
_DIGEST = 16  # bytes
_SHORTEST = 3  # letters; a shorter name would be found in every file


@dataclass(frozen=True, slots=True)
class Traces:
    """Files that name somebody, as far as roc can know.

    Args:
        outputs: those that roc wrote.
        changed: those that roc wrote and somebody changed since, who is to look after them.
        backups: copies of the graph file beside it, in which everyone of their day still is.
        journal: the owner's journal, where it names them; roc never edits it.
    """

    outputs: tuple[Path, ...]
    changed: tuple[Path, ...]
    backups: tuple[Path, ...]
    journal: tuple[Path, ...]


def write_outputs(config: Config, contents: Mapping[Path, bytes], *, hint: str) -> None:
    """Write files for people to read, and remember that roc did.

    Args:
        config: the settings.
        contents: what to write, by file.
        hint: what to do where that cannot be.

    Raises:
        UnwritableGraph: the folder or the disk is in the way.
    """
    with opened(config) as graph:  # noted first: a file without a note would never be found again
        known = graph.outputs()
        graph.note_outputs(
            {
                # What stands there stays ours until it is written over, which may fail.
                _path(file): _digest([content]) + _digest_if_ours(file, known)
                for file, content in contents.items()
            }
        )
    for file, content in contents.items():
        write_whole(file, content, hint=hint)


def traces(config: Config, graph: Graph, words: Iterable[str]) -> Traces:
    """Which files name somebody.

    Args:
        config: the settings.
        graph: remembers what was written.
        words: their names, and their accounts as ``source:handle``.
    """
    wanted = list(words)
    pattern = _any_of(wanted)
    ours: list[Path] = []
    changed: list[Path] = []
    known = graph.outputs()
    for file in map(Path, sorted(known)):
        if file.is_file() and (_in_path(file.name, wanted) or _names(file, pattern)):
            (ours if _digest_if_ours(file, known) else changed).append(file)
    journal = [config.journal_file] if config.journal_file.is_file() else []
    return Traces(
        outputs=tuple(ours),
        changed=tuple(changed),
        backups=_backups(config),
        journal=tuple(file for file in journal if _names(file, pattern)),
    )


def _backups(config: Config) -> tuple[Path, ...]:
    """Copies of the graph file beside it, those that were never finished, too; a server's are its.

    They are known by their names.
    """
    if config.store.url:
        return ()
    graph = config.graph_file
    return tuple(
        file
        for file in sorted(graph.parent.iterdir())
        if file.name.removeprefix(".").startswith(graph.stem)
        and ("backup" in file.name or file.suffix == ".part")
        and file.is_file()
    )


def delete_outputs(graph: Graph, files: Iterable[Path]) -> tuple[Path, ...]:
    """Delete files that roc wrote, as they are still as roc wrote them; which ones were."""
    known = graph.outputs()
    gone = []
    for file in files:
        if _digest_if_ours(file, known):
            with suppress(OSError):  # it stays, and is told among those that still name them
                file.unlink()
                gone.append(file)
    return tuple(gone)


def named_in_paths(graph: Graph, words: Iterable[str]) -> list[str]:
    """The noted paths that themselves name somebody."""
    wanted = list(words)
    return [path for path in graph.outputs() if _in_path(path, wanted)]


def _path(file: Path) -> str:
    return str(file.absolute())


def _digest_if_ours(file: Path, known: Mapping[str, bytes]) -> bytes:
    """The digest of a file as roc wrote it; nothing where it is not, or changed since.

    Args:
        file: a file.
        known: by path, the digests of what was to be written there, one after the other.
    """
    noted = known.get(_path(file), b"")
    if not noted or not file.is_file():
        return b""
    digest = _digest(_pieces(file))
    each = (noted[start : start + _DIGEST] for start in range(0, len(noted), _DIGEST))
    return digest if digest in each else b""


def _digest(pieces: Iterable[bytes]) -> bytes:
    whole = blake2b(digest_size=_DIGEST)
    for piece in pieces:
        whole.update(piece)
    return whole.digest()


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of some names and accounts; handles count without their source, too."""
    wanted = sorted(map(re.escape, {_plain(text) for text in _with_handles(words)}))
    return re.compile(rf"(?<!\w)(?:{'|'.join(wanted) or '(?!)'})(?!\w)")


def _with_handles(words: Iterable[str]) -> set[str]:
    """Names, accounts, and their handles without the source; none so short that all have it."""
    wanted: set[str] = set()
    for text in words:
        _, _, handle = text.partition(":")
        wanted |= {text, text if handle.isdecimal() else handle}
    return {text for text in wanted if len(text) >= _SHORTEST}


def _in_path(path: str, words: Iterable[str]) -> bool:
    """Whether a path names somebody, whatever stands between the words there."""
    text = f" {' '.join(words_of(path))} "
    told = (" ".join(words_of(one)) for one in _with_handles(words))
    return any(f" {one} " in text for one in told if one)


def _names(file: Path, wanted: re.Pattern[str]) -> bool:
    """Whether a file names somebody, piece by piece, so that any file fits into memory."""
    return any(_named_in(pieces, wanted) for pieces in _texts(file))


def _texts(file: Path) -> Iterator[Iterator[bytes]]:
    """The file's bytes; those of each part of a workbook, which is a zip of texts."""
    if not is_zipfile(file):
        yield _pieces(file)
        return
    with suppress(BadZipFile, OSError, RuntimeError, NotImplementedError), ZipFile(file) as parts:
        for name in parts.namelist():
            with parts.open(name) as stream:
                yield iter(partial(stream.read, _PIECE), b"")


def _named_in(pieces: Iterable[bytes], wanted: re.Pattern[str]) -> bool:
    before = b""
    for piece in pieces:
        text = (before + piece).decode("utf-8", "replace")
        if wanted.search(_plain(text)):
            return True
        before = piece[-_OVERLAP:]
    return False


def _plain(text: str) -> str:
    """Text as it is read: what pages and JSON write in signs of their own is spelt out."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), html.unescape(text))
    text = _MARKDOWN.sub(r"\1", text)
    return normalize("NFC", text.replace("_", " ")).casefold()
