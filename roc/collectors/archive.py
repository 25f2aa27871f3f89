"""Zips, folders and bare files opened safely and alike, however they were packed.

Nothing is ever extracted. Names that climb out of the archive, archives that swell beyond reason
and encrypted or damaged ones are refused with a ``BrokenExport``.
"""

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Self

from roc.errors import BrokenExport

MAX_ENTRIES = 1_000_000
MAX_RATIO = 200  # text compresses 5 to 20 times; a bomb, thousands of times
RATIO_MATTERS_FROM_BYTES = 256 * 2**20
_MOST_STARTS_BYTES = 64 * 2**20  # of files' starts, kept while an export is looked at
MAX_WHOLE_BYTES = 512 * 2**20  # what a caller may load at once; larger members are streamed

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    # How zipfile meets offsets, lengths, names and flags that were overwritten:
    ValueError,
    OverflowError,
    RuntimeError,
    struct.error,
)
_READABLE_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED_FLAG = 0x1
_JUNK = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_DRIVE = re.compile(r"[A-Za-z]:(?:[\\/]|$)")
_TELLING = frozenset({"cur", "new"})  # folders by whose names alone a Maildir's mails are known


class Export:
    """The files a source gave, by name, whatever they were packed in.

    Args:
        path: the file or folder that the owner named.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.folder = path
        """The folder that names begin at, where the files lie in one."""
        self.size = 0
        """Bytes in all, unpacked."""
        self.bytes_read = 0
        """Bytes handed out so far, for progress."""
        self.closed: dict[str, str] = {}
        """What lies in a folder and may not be looked into, each with the reason."""
        self._origin: Mapping[str, str] = {}
        self._sizes: Mapping[str, int] = {}
        self._starts: dict[str, tuple[int, bytes]] = {}
        self._starts_bytes = 0

    def names(self) -> tuple[str, ...]:
        """All files, sorted, ``/`` between folders, a single common top folder left out.

        Unless its name tells what is in it, as a Maildir's ``cur`` and ``new`` do.
        """
        return tuple(self._origin)

    def size_of(self, name: str) -> int:
        """Bytes of one file, unpacked."""
        return self._sizes[self._origin[name]]

    def checksum_of(self, name: str) -> int:
        """What tells one file's content from another's; -1 where that would need reading it."""
        return -1

    def path_of(self, name: str) -> Path:
        """Where a file of a folder lies."""
        return self.path / self._origin[name]

    def full_name(self, name: str) -> str:
        """A file's name with the folders that ``names`` leaves out, which may tell whose it is."""
        return _slashed(self._origin[name])

    def start(self, name: str, count: int) -> bytes:
        """The first ``count`` bytes of a file, or fewer; see ``head``."""
        asked, known = self._starts.get(name, (0, b""))
        if asked >= count:
            return known[:count]
        with self.open(name) as stream:
            found = stream.raw.read(count) or b""
        if self._starts_bytes < _MOST_STARTS_BYTES:
            self._starts[name] = count, found
            self._starts_bytes += len(found)
        return found

    def open(self, name: str) -> io.BufferedReader:
        """One file as a stream of bytes."""
        try:
            stream = self.stream(name)
        except _DAMAGE as error:
            raise BrokenExport(
                f"{self.path.name}: {name} cannot be opened.",
                hint="check that you may read it, or download the export again.",
            ) from error
        return io.BufferedReader(_Counted(stream, self, name), 2**20)

    def stream(self, name: str) -> IO[bytes]:
        """One file as it comes, neither counted nor its damage named: for whoever does both."""
        return self._stream(self._origin[name])

    def _stream(self, origin: str) -> IO[bytes]:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None


def find(export: Export, *endings: str) -> list[str]:
    """Names that end with one of ``endings`` at a folder's border, in order.

    Case does not matter and a space is an underscore: ``Email Addresses.csv`` is found by
    ``email_addresses.csv``, ``a/data/tweets.js`` by ``data/tweets.js``.
    """
    return ending(export.names(), *endings)


def ending(names: Iterable[str], *endings: str) -> list[str]:
    """Those of some names that ``find`` would find."""
    wanted = tuple("/" + _folded(each) for each in endings)
    return [name for name in names if ("/" + _folded(name)).endswith(wanted)]


def head(export: Export, name: str, count: int = 4096) -> bytes:
    """The first ``count`` bytes of a file, or fewer; nothing beyond them is unpacked.

    They are kept for whoever asks next: every collector looks at the same few.
    """
    return export.start(name, count)


def whole(export: Export, name: str) -> bytes:
    """A file's bytes, for formats that cannot be streamed.

    Raises:
        BrokenExport: it is larger than anything of its kind can honestly be.
    """
    with export.open(name) as stream:
        data = stream.read(MAX_WHOLE_BYTES + 1)
    if len(data) > MAX_WHOLE_BYTES:
        raise BrokenExport(
            f"{export.path.name}: {name} is larger than {MAX_WHOLE_BYTES // 2**20} MiB.",
            hint="take the media out of the export, or ask for it in smaller parts.",
        )
    return data


def text(export: Export, name: str) -> io.TextIOWrapper:
    """A file as UTF-8 text with its line ends kept, as the ``csv`` module wants it.

    A leading byte order mark is dropped; bytes that are not UTF-8 become U+FFFD, so that one bad
    name does not cost the file.
    """
    return io.TextIOWrapper(export.open(name), encoding="utf-8-sig", errors="replace", newline="")


def open_export(path: Path) -> "Export":
    """Open whatever the owner named: a zip, a folder, or one file.

    Raises:
        BrokenExport: the file is not there, cannot be read, is damaged, encrypted or hostile.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return _Folder(path)
        if not stat.S_ISREG(mode):
            raise BrokenExport(f"{path} is neither a file nor a folder.", hint="name an export.")
        if zipfile.is_zipfile(path):
            return _Zip(path)
        with path.open("rb") as stream:
            signature = stream.read(4)
    except OSError as error:
        raise BrokenExport(
            f"Cannot read {path}: {error.strerror or error}.",
            hint="check the path and that you may read it.",
        ) from error
    if signature == b"PK\x03\x04" or path.suffix.lower() == ".zip":
        raise BrokenExport(
            f"{path.name} is not a whole zip file.",
            hint="it may have been cut off while downloading: download it again.",
        )
    return _File(path)


def _folded(name: str) -> str:
    return name.casefold().replace(" ", "_")


def _is_junk(name: str) -> bool:
    parts = name.split("/")
    return "__MACOSX" in parts or parts[-1].startswith("._") or parts[-1] in _JUNK


def _shown(name: str) -> str:
    """A name fit for a terminal: what cannot be printed may be a command to it."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)


def tidied(origins: Iterable[str]) -> dict[str, str]:
    """Names as ``Export.names`` promises them, sorted, mapped to the names they came from."""
    found: dict[str, str] = {}
    for origin in sorted(origins):
        name = shown = _shown(_slashed(origin))
        while name in found:  # two names may look alike
            name = f"{shown}\N{REPLACEMENT CHARACTER}"
            shown = name
        found[name] = origin
    found = {name: origin for name, origin in sorted(found.items()) if not _is_junk(name)}
    tops = {name.split("/", 1)[0] for name in found}
    if len(tops) == 1 and not tops & _TELLING and all("/" in name for name in found):
        return {name.split("/", 1)[1]: origin for name, origin in found.items()}
    return found


def left_out(origin: Mapping[str, str]) -> str:
    """The common top folder that names are without, as ``top/``; empty where there is none."""
    return next((came_from.removesuffix(name) for name, came_from in origin.items()), "")


def _slashed(name: str) -> str:
    """A zip's name with ``/`` between folders, also where it was made on Windows."""
    return str(PurePosixPath(name.replace("\\", "/")))


class _Counted(io.RawIOBase):
    """A stream that tells its export how much was read, and names damage for what it is."""

    def __init__(self, stream: IO[bytes], export: "Export", name: str) -> None:
        self._stream = stream
        self._export = export
        self._name = name

    def readable(self) -> bool:
        return True

    def read(self, count: int = -1, /) -> bytes:
        try:
            data = self._stream.read(count)
        except _DAMAGE as error:
            raise BrokenExport(
                f"{self._export.path.name}: {self._name} is damaged.",
                hint="download the export again; what was read before is kept.",
            ) from error
        self._export.bytes_read += len(data)
        return data

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


class _File(Export):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.size = path.stat().st_size
        self._origin = {path.name: path.name}
        self._sizes = {path.name: self.size}

    def _stream(self, origin: str) -> IO[bytes]:
        return self.path.open("rb", buffering=0)


class _Folder(Export):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._name = path.absolute().name
        files = _files_below(path, self.closed)
        self._sizes = {file.relative_to(path).as_posix(): size for file, size in files}
        self._origin = tidied(self._sizes)
        self.size = sum(self._sizes[origin] for origin in self._origin.values())
        self.folder = path / left_out(self._origin)

    def full_name(self, name: str) -> str:
        """The same, from the folder itself on."""
        return f"{self._name}/{self._origin[name]}"

    def _stream(self, origin: str) -> IO[bytes]:
        return (self.path / origin).open("rb", buffering=0)


def _files_below(path: Path, closed: dict[str, str]) -> Iterator[tuple[Path, int]]:
    """Regular files below a folder with their sizes; links are not followed, they lead anywhere.

    Folders that may not be looked into, and files that may not be read, are noted in ``closed``.
    """
    found = [*path.iterdir()]
    while found:
        child = found.pop()
        try:
            details = child.lstat()
            if stat.S_ISDIR(details.st_mode):
                found += child.iterdir()
        except OSError as error:
            closed[child.relative_to(path).as_posix()] = error.strerror or str(error)
            continue
        if stat.S_ISREG(details.st_mode):
            if not os.access(child, os.R_OK):
                closed[child.relative_to(path).as_posix()] = "Permission denied"
                continue
            yield child, details.st_size


class _Zip(Export):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except _DAMAGE as error:
            raise BrokenExport(
                f"{path.name} is not a whole zip file.",
                hint="it may have been cut off while downloading: download it again.",
            ) from error
        try:
            # not is_dir(), which stumbles over an empty name
            entries = [entry for entry in self._zip.infolist() if not entry.filename.endswith("/")]
            self._check(entries)
        except BrokenExport:
            self._zip.close()
            raise
        self.size = sum(entry.file_size for entry in entries)
        self._origin = tidied(entry.filename for entry in entries)
        self._sizes = {entry.filename: entry.file_size for entry in entries}

    def checksum_of(self, name: str) -> int:
        """The CRC-32 that the zip itself tells."""
        return self._zip.getinfo(self._origin[name]).CRC

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        hint = "an honest export does not look like this; do not trust where it came from."
        if any(_leads_outside(entry.filename) for entry in entries):
            raise BrokenExport(f"{self.path.name} has a name that leads outside it.", hint=hint)
        unpacked = sum(entry.file_size for entry in entries)
        # Against the file itself: what entries say of their packed size may overlap or lie.
        swollen = unpacked > MAX_RATIO * self.path.stat().st_size
        if (swollen and unpacked > RATIO_MATTERS_FROM_BYTES) or len(entries) > MAX_ENTRIES:
            raise BrokenExport(f"{self.path.name} swells beyond reason (a zip bomb).", hint=hint)

    def _stream(self, origin: str) -> IO[bytes]:
        entry = self._zip.getinfo(origin)
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise BrokenExport(
                f"{self.path.name} is encrypted.",
                hint="unpack it with its password first, then name the folder.",
            )
        if entry.compress_type not in _READABLE_PACKINGS:
            raise BrokenExport(
                f"{self.path.name} is packed in a way that is not read here.",
                hint="unpack it first, then name the folder.",
            )
        return self._zip.open(entry)

    def __exit__(self, *details: object) -> None:
        self._zip.close()


def _leads_outside(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return not parts or ".." in parts or parts[0] == "/" or _DRIVE.match(name) is not None
