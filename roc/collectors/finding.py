"""Which exports lie where: files, folders, zips in many parts, whole download folders.

A folder that is one source's is one export, whatever else lies in it. In one that holds several,
each is looked for below it. Nothing is read here but how files begin.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from roc.collectors.archive import Export, ending
from roc.collectors.parts import Part, open_together
from roc.collectors.registry import collector, recognises
from roc.errors import BrokenExport, UnknownExport

_DEEPEST = 6  # folders below the one named, in which nothing was recognised so far
_NOT_LOOKED_INTO = frozenset({"node_modules", "site-packages", "__pycache__"})
_PART_NUMBER = re.compile(
    r"[-_ .]*(?:\(\d{1,3}\)|(?:part|teil|partie|parte)?[-_ ]?\d{1,4}(?:[-_ ]?of[-_ ]?\d{1,4})?"
    r"|[0-9a-z]{8})$",
    re.I,
)
_MANY = 500  # files side by side that one source takes as one: no more is looked for among them


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

    exports: tuple[Found, ...]
    unread: tuple[Unread, ...]
    others: int


def in_parts(paths: Iterable[Path]) -> list[tuple[Path, ...]]:
    """Paths, with the zips that are parts of one export together.

    They lie in one folder, are called the same but for a number at the end, and have no file in
    common: an export that was downloaded twice is two exports.

    Example:
        >>> in_parts([Path("b.ics"), Path("a.mbox")])
        [(PosixPath('b.ics'),), (PosixPath('a.mbox'),)]
    """
    families: dict[tuple[Path, str], list[Path]] = {}
    for path in dict.fromkeys(paths):
        is_zip = path.suffix.lower() == ".zip" and not path.is_dir()
        stem = _PART_NUMBER.sub("", path.stem).casefold() if is_zip else path.name
        families.setdefault((path.parent, stem), []).append(path)
    return [part for family in families.values() for part in _without_common_files(family)]


def find_exports(paths: tuple[Path, ...], among: Sequence[str]) -> Finding:
    """The exports in a file, a folder, or the zips that one came in.

    Args:
        paths: the file or folder; several for a zip in parts.
        among: the sources to ask.

    Raises:
        BrokenExport: it cannot be opened.
        UnknownExport: there is nothing in it that any source takes for its own.
    """
    finding = _found(paths, among)
    if not finding.exports:
        raise _unknown(paths[0], finding, among)
    return finding


def _without_common_files(family: list[Path]) -> Iterator[tuple[Path, ...]]:
    if len(family) > 1:
        names: Counter[str] = Counter()
        try:
            for path in family:
                with open_together((path,)) as export:
                    names.update(export.names())
        except BrokenExport:
            names = Counter("two")  # what is broken is told when it is read
        if max(names.values(), default=0) < 2:
            yield tuple(sorted(family))
            return
    yield from ((path,) for path in family)


def _found(paths: tuple[Path, ...], among: Sequence[str]) -> Finding:
    label = _label(paths)
    with open_together(paths) as export:
        zips = [name for name in export.names() if name.lower().endswith(".zip")]
        zips = zips if len(export.names()) > 1 or paths[0].is_dir() else []
        names = [name for name in export.names() if name not in set(zips)]
        search = _Search(export, paths, among)
        units = sorted(search.divided(names, ""))
        read = [search.found(*unit, whole=len(names)) for unit in units]
        claimed = {name for unit in units for name in unit[2]}
        unread = search.left(claimed)
        claimed |= unread.keys()
        rest = [name for name in names if name not in claimed and export.size_of(name)]
        told = list(_told(unread, label))
        told += [Unread(f"{label}/{name}", f"{why}.") for name, why in export.closed.items()]
        told += [Unread(label, why) for why in search.resembling(rest)]
        if paths[0].is_dir():
            inner = in_parts(export.path_of(name) for name in zips)
        else:
            inner = []
            told += [
                Unread(f"{label}/{name}", "unpack it first: it is a zip within a zip.")
                for name in zips
            ]
    found = Finding(tuple(read), tuple(told), len(rest))
    for zipped in inner:
        found = _both(found, _within(zipped, among))
    return found


def _within(paths: tuple[Path, ...], among: Sequence[str]) -> Finding:
    """What is in a zip that lies in a folder."""
    try:
        found = _found(paths, among)
    except BrokenExport as error:
        return Finding((), (Unread(_label(paths), f"{error.message} {error.hint}"),), 0)
    nothing = not (found.exports or found.unread)
    return Finding(found.exports, found.unread, int(nothing))


def _both(one: Finding, other: Finding) -> Finding:
    return Finding(
        one.exports + other.exports, one.unread + other.unread, one.others + other.others
    )


def _unknown(path: Path, finding: Finding, among: Sequence[str]) -> UnknownExport:
    if finding.unread:
        return UnknownExport(
            f"Nothing in {path.name} can be read.",
            hint="; ".join(f"{each.label}: {each.reason}" for each in finding.unread[:3]),
        )
    if not finding.others:
        return UnknownExport(f"{path.name} is empty.", hint="download or save it again.")
    return UnknownExport(
        f"No collector recognises {path.name}.",
        hint=f"what can be read: {', '.join(among)}; if it is one of them, put that word "
        "before it, and see docs/sources for how to get a whole export.",
    )


_Unit = tuple[str, str, tuple[str, ...]]
"""A source, the folder its files lie in, and the files."""


def _told(unread: Mapping[str, str], label: str) -> Iterator[Unread]:
    """What is not read and why; the folders of one folder, such as chats, are told as one."""
    alike: dict[tuple[str, str], list[str]] = {}
    for name, why in unread.items():
        folder, _, _ = name.rpartition("/")
        above = folder.rpartition("/")[0] if folder else name
        alike.setdefault((above, why), []).append(name)
    for (above, why), names in alike.items():
        yield Unread(f"{label}/{above if len(names) > 1 else names[0]}".rstrip("/"), why)


class _Search:
    """Looks for exports among the files of a folder or zip."""

    def __init__(self, export: Export, paths: tuple[Path, ...], among: Sequence[str]) -> None:
        self._export = export
        self._paths = paths
        self._among = among
        self.unread: dict[str, str] = {}
        self._torn: dict[str, frozenset[str]] = {}

    def divided(self, names: Sequence[str], below: str, depth: int = 0) -> list[_Unit]:
        """The exports among files that lie in one folder."""
        rooted = self._rooted(names, below)
        if rooted:
            return [(rooted, below, tuple(names))]
        judged = self._judged(names, below)
        folders, loose = _children(names, below)
        if not judged and depth > _DEEPEST:
            return []
        alone = {} if judged and len(loose) > _MANY else self._loose(loose, below)
        others_below = any(ending(names, *_roots(source)) for source in self._among)
        is_one = len(judged) == 1 and alone.keys() <= {*judged} and not others_below
        if is_one and not _twice(judged[0], names):
            return [(judged[0], below, tuple(names))]
        units = [
            unit
            for folder, inside in folders.items()
            if not folder.startswith(".") and folder not in _NOT_LOOKED_INTO
            for unit in self.divided(inside, f"{below}/{folder}".lstrip("/"), depth + 1)
        ]
        units += [
            unit for source in alone for unit in self._loose_units(source, alone[source], below)
        ]
        rivals = self._rivals(judged, units, names)
        for source in judged:
            if source not in rivals:
                units = _joined(source, units, names, below)
        return units

    def found(self, source: str, below: str, names: tuple[str, ...], *, whole: int) -> Found:
        """A unit of the search as its reader is told of it."""
        label = _label(self._paths)
        if len(names) == 1 and self._paths[0].is_dir():
            return Found(source, (self._export.path_of(names[0]),), f"{label}/{names[0]}")
        if len(names) == whole and not below:
            return Found(source, self._paths, label)
        return Found(source, self._paths, f"{label}/{below}".rstrip("/"), below, names)

    def left(self, claimed: Container[str]) -> dict[str, str]:
        """Files that are not read, or not as they are, and why."""
        return {
            name: why
            for name, why in self.unread.items()
            if name not in self._torn or name not in claimed
        }

    def resembling(self, names: Sequence[str]) -> Iterator[str]:
        """What is nearly an export of some source, and what is missing."""
        if not names:
            return
        view = Part(self._export, names)
        for source in self._among:
            judge = getattr(collector(source), "resembles", None)
            reason = judge(view) if judge else ""
            if reason:
                yield reason

    def _rooted(self, names: Sequence[str], below: str) -> str:
        """The source whose folder this is, whatever else is in it; empty for none."""
        prefix = f"{below}/" if below else ""
        for source in self._among:
            roots = [prefix + root for root in _roots(source)]
            has_root = not {*names}.isdisjoint(roots)
            if has_root and self._takes(source, Part(self._export, names, below)):
                return source
        return ""

    def _judged(self, names: Sequence[str], below: str) -> list[str]:
        if not names:
            return []
        view = Part(self._export, names, below)
        return [source for source in self._among if self._takes(source, view)]

    def _takes(self, source: str, view: Part) -> bool:
        try:
            return recognises(source, view)
        except BrokenExport as error:
            if len(view.names()) == 1:
                self.unread[view.names()[0]] = f"{error.message} {error.hint}"
            return False

    def _loose(self, names: Sequence[str], below: str) -> dict[str, list[str]]:
        """Files that lie in the folder itself, by the one source that takes each for its own."""
        found: dict[str, list[str]] = {}
        for name in names:
            sources = self._judged([name], below)
            if len(sources) == 1:
                found.setdefault(sources[0], []).append(name)
            elif sources:
                self._torn[name] = frozenset(sources)
                listed = " or ".join(sources)
                self.unread[name] = f"it may be of {listed}: put the right word before it."
        return found

    def _rivals(self, judged: list[str], units: list[_Unit], names: Sequence[str]) -> list[str]:
        """The sources that take the very same files for their own, and have none beside them."""
        found = [source for source in judged if all(unit[0] != source for unit in units)]
        torn = (self._torn.get(name, frozenset()).intersection(found) for name in names)
        both = next((sources for sources in torn if len(sources) > 1), frozenset())
        return [source for source in found if source in both]

    def _loose_units(self, source: str, names: list[str], below: str) -> Iterator[_Unit]:
        """Files of one source that lie side by side: one export, if it takes them as one."""
        if len(names) > 1 and self._takes(source, Part(self._export, names, below)):
            yield source, below, tuple(names)
        else:
            yield from ((source, below, (name,)) for name in names)


def _children(names: Sequence[str], below: str) -> tuple[dict[str, list[str]], list[str]]:
    """Files by the folder they lie in, and those that lie in none."""
    folders: dict[str, list[str]] = {}
    loose = []
    start = len(below) + 1 if below else 0
    for name in names:
        folder, slash, _ = name[start:].partition("/")
        if slash:
            folders.setdefault(folder, []).append(name)
        else:
            loose.append(name)
    return folders, loose


def _joined(source: str, units: list[_Unit], names: Sequence[str], below: str) -> list[_Unit]:
    """Units, with those of one source joined where they are pieces of one export.

    Where an export has files of its own, what nobody else takes goes with them: not every one of
    its files tells whose it is.
    """
    mine = [unit for unit in units if unit[0] == source]
    others = [unit for unit in units if unit[0] != source]
    is_one_folder = len(mine) == 1 and mine[0][1] != below
    pieces = {name for unit in mine for name in unit[2]}
    if is_one_folder or _twice(source, pieces):
        return units
    if _once(source) or not mine:
        pieces = {*names}.difference(*(unit[2] for unit in others))
    if not pieces:  # it is all somebody else's
        return units
    return [*others, (source, below, tuple(name for name in names if name in pieces))]


def _roots(source: str) -> tuple[str, ...]:
    return getattr(collector(source), "ROOTS", ())


def _once(source: str) -> tuple[str, ...]:
    return getattr(collector(source), "ONCE", ())


def _twice(source: str, names: Iterable[str]) -> bool:
    """Whether there are two of a file of which an export of this source has one."""
    return any(len(ending(names, file)) > 1 for file in _once(source))


def _label(paths: tuple[Path, ...]) -> str:
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return f"{paths[0].name}{more}"
