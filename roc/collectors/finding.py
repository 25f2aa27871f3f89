"""Which exports lie where: files, folders, zips in many parts, whole download folders.

Each file and folder is asked for by all sources. Pieces of one source that lie together are one
export; where there are two of what an export has once, they are two. Nothing is read here but how
files begin.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from roc.collectors.archive import Export, ending
from roc.collectors.parts import Part, open_together
from roc.collectors.registry import sources
from roc.collectors.searching import Search, once
from roc.errors import BrokenExport, UnknownExport

_PART_NUMBER = re.compile(
    r"[-_ .]+(?:\d{1,3}|(?:part|teil|partie|parte)[-_ ]?\d{1,3})(?:[-_ ]?of[-_ ]?\d{1,3})?$", re.I
)
_RANDOM_PART = re.compile(r"(?<=\d)-[0-9a-z]{8}$", re.I)  # of Facebook's and Instagram's zips
_META = ("facebook-", "instagram-")
_TOOLS = ".cache .cargo .npm .nox .rustup .tox .Trash .venv __pycache__ node_modules site-packages"
_NOT_LOOKED_INTO = frozenset([*_TOOLS.split(), "venv"])
_OTHER_PACKINGS = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".7z", ".rar")


@dataclass(frozen=True, slots=True)
class Found:
    """An export, and whose it is.

    Args:
        source: the source that takes it for its own.
        paths: the file or folder it lies in; several for a zip in parts.
        label: what the owner calls it.
        below: the folder within, that all of it lies in; or empty.
        names: its files; empty for all there are.
    """

    source: str
    paths: tuple[Path, ...]
    label: str
    below: str = ""
    names: tuple[str, ...] = ()

    @contextmanager
    def opened(self) -> Iterator[Export]:
        """The export, open."""
        with open_together(self.paths) as export:
            yield Part(export, self.names, self.below) if self.names else export


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that looks like an export, and is not read.

    Args:
        label: what the owner calls it.
        reason: why not, and what to do, in a sentence.
    """

    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What lies in a file or folder.

    Args:
        exports: what can be read.
        unread: what cannot be, and why.
        others: how many files are nobody's.
    """

    exports: tuple[Found, ...] = ()
    unread: tuple[Unread, ...] = ()
    others: int = 0

    def __add__(self, other: "Finding") -> "Finding":
        return Finding(
            self.exports + other.exports, self.unread + other.unread, self.others + other.others
        )


def in_parts(paths: Iterable[Path]) -> list[tuple[Path, ...]]:
    """Paths, with the zips that are parts of one export together.

    They lie in one folder, are called the same but for the number of the part, and hold different
    files, but for such as are the same in all. What an export has once is not in two of them.

    Example:
        >>> in_parts([Path("b.ics"), Path("a.mbox")])
        [(PosixPath('b.ics'),), (PosixPath('a.mbox'),)]
    """
    families: dict[tuple[Path, str], list[Path]] = {}
    for path in dict.fromkeys(paths):
        is_zip = path.suffix.lower() == ".zip" and not path.is_dir()
        families.setdefault((path.parent, _stem(path) if is_zip else path.name), []).append(path)
    return [part for family in families.values() for part in _parts(family)]


def find_exports(paths: tuple[Path, ...], among: Sequence[str]) -> Finding:
    """The exports in a file, a folder, or the zips that one came in.

    Args:
        paths: the file or folder; several for a zip in parts.
        among: the sources to ask.

    Raises:
        BrokenExport: it cannot be opened.
        UnknownExport: there is nothing in it that any source takes for its own.
    """
    finding = _found(paths, among, _label(paths))
    if not finding.exports:
        raise _unknown(paths[0], finding, among)
    return finding


def _stem(path: Path) -> str:
    name = path.stem.casefold()
    pattern = _RANDOM_PART if name.startswith(_META) else _PART_NUMBER
    return pattern.sub("", name) or name


def _parts(family: list[Path]) -> Iterator[tuple[Path, ...]]:
    """Zips that are called alike: together where they are parts, else each on its own."""
    if len(family) == 1:
        yield (family[0],)
        return
    whole: list[Path] = []
    files: dict[str, tuple[int, int]] = {}
    are_parts = True
    for path in sorted(family):
        try:
            with open_together((path,)) as export:
                told = {
                    name: (export.size_of(name), export.checksum_of(name))
                    for name in export.names()
                }
        except BrokenExport:
            yield (path,)  # told when it is read; it must not cost the others
            continue
        whole.append(path)
        are_parts &= all(files.setdefault(name, print_) == print_ for name, print_ in told.items())
    if (
        whole
        and are_parts
        and not any(len(ending(files, file)) > 1 for source in sources() for file in once(source))
    ):
        yield tuple(whole)
    else:
        yield from ((path,) for path in whole)


def _found(paths: tuple[Path, ...], among: Sequence[str], label: str) -> Finding:
    """What is in a file, a folder, or a zip; in a folder's zips, too."""
    is_folder = paths[0].is_dir()
    with open_together(paths) as export:
        looked_into = [
            name for name in export.names() if _NOT_LOOKED_INTO.isdisjoint(name.split("/"))
        ]
        is_file = export.names() == (paths[0].name,) and not is_folder
        zips = [name for name in looked_into if name.lower().endswith(".zip") and not is_file]
        names = [name for name in looked_into if name not in set(zips)]
        search = Search(export, among, is_folder=is_folder)
        units = sorted(search.units(names))
        read = [
            _as_found(export, paths, label, source, below, files, whole=len(names))
            for source, below, files in units
        ]
        claimed = {name for unit in units for name in unit[2]}
        unclear = {
            label: reason
            for label, reason in search.left().items()
            if not any(f"{name}/".startswith(f"{label}/") for name in claimed)
        }
        rest = [name for name in names if name not in claimed and export.size_of(name)]
        told = export.closed | search.resembling([name for name in rest if name not in unclear])
        told |= unclear
        told |= {name: "unpack it first." for name in rest if _is_packed(name)}
        if not is_folder:
            told |= dict.fromkeys(zips, "unpack it first: it is a zip within a zip.")
        unread = tuple(_unread(label, {"": min(told.values())} if is_file and told else told))
        left_out = len(export.names()) - len(looked_into)
        finding = Finding(tuple(read), unread, len({*rest}.difference(told)) + left_out)
        inner = {export.path_of(name): f"{label}/{name}" for name in zips} if is_folder else {}
    for zipped in in_parts(inner):
        more = f" and {len(zipped) - 1} more" if len(zipped) > 1 else ""
        finding += _within(zipped, among, f"{inner[zipped[0]]}{more}")
    return finding


def _unread(label: str, told: Mapping[str, str]) -> Iterator[Unread]:
    """What is not read and why; the folders of one folder, such as chats, are told as one."""
    alike: dict[tuple[str, str], list[str]] = {}
    for name, reason in sorted(told.items()):
        folder = name.rpartition("/")[0]
        above = folder.rpartition("/")[0] if folder else name
        alike.setdefault((above, reason), []).append(name)
    for (above, reason), names in alike.items():
        yield Unread(f"{label}/{above if len(names) > 1 else names[0]}".rstrip("/"), reason)


def _as_found(
    export: Export,
    paths: tuple[Path, ...],
    label: str,
    source: str,
    below: str,
    names: tuple[str, ...],
    *,
    whole: int,
) -> Found:
    """A unit of the search as its reader is told of it."""
    if len(names) == 1 and paths[0].is_dir():
        return Found(source, (export.path_of(names[0]),), f"{label}/{names[0]}")
    if len(names) == whole == len(export.names()) and not below:
        return Found(source, paths, label)
    return Found(source, paths, f"{label}/{below}".rstrip("/"), below, names)


def _within(paths: tuple[Path, ...], among: Sequence[str], label: str) -> Finding:
    """What is in a zip that lies in a folder; one that holds nothing is one other file."""
    try:
        found = _found(paths, among, label)
    except BrokenExport as error:
        return Finding(unread=(Unread(label, f"{error.message} {error.hint}"),))
    return found if found.exports or found.unread else Finding(others=1)


def _is_packed(name: str) -> bool:
    return name.lower().endswith(_OTHER_PACKINGS)


def _unknown(path: Path, finding: Finding, among: Sequence[str]) -> UnknownExport:
    if finding.unread:
        first = finding.unread[0]
        return UnknownExport(f"Nothing in {first.label} can be read.", hint=first.reason)
    if not finding.others:
        return UnknownExport(f"{path.name} is empty.", hint="download or save it again.")
    return UnknownExport(
        f"No collector recognises {path.name}.",
        hint=f"what can be read: {', '.join(among)}; if it is one of them, put that word "
        "before it, and see docs/sources for how to get a whole export.",
    )


def _label(paths: tuple[Path, ...]) -> str:
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return f"{paths[0].name}{more}"
