"""Whose the files of a folder or zip are: asked of every source, folder by folder."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from roc.collectors.archive import Export, ending, head
from roc.collectors.parts import Part
from roc.collectors.registry import collector, recognises
from roc.errors import BrokenExport

Unit = tuple[str, str, tuple[str, ...]]
"""A source, the folder its files lie in, and the files."""

_DEEPEST = 8  # folders below the one named
_MANY_FOLDERS = 200  # more than that in one source's folder are that source's, and not looked into
_MOST_ASKED = 200  # folders and files that are asked what they resemble
_SIGNATURE = 16
_NEVER_READ = (
    b"\xff\xd8\xff",  # JPEG
    b"\x89PNG",
    b"GIF8",
    b"%PDF",
    b"MZ",
    b"\x7fELF",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"\x1aE\xdf\xa3",  # Matroska
    b"PK\x03\x04",  # office files and packages; zips are opened before
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
)


def once(source: str) -> tuple[str, ...]:
    """Files of which an export of the source has no more than one; see ``base``."""
    return getattr(collector(source), "ONCE", ())


def _roots(source: str) -> tuple[str, ...]:
    return getattr(collector(source), "ROOTS", ())


class Search:
    """Looks for exports among files.

    Args:
        export: what they lie in.
        among: the sources to ask.
        is_folder: whether it is a folder, in which anything may lie.
    """

    def __init__(self, export: Export, among: Sequence[str], *, is_folder: bool) -> None:
        self._export = export
        self._among = among
        self._is_folder = is_folder
        self._unreadable: dict[str, str] = {}
        self._torn: list[tuple[frozenset[str], str, tuple[str, ...]]] = []

    def units(self, names: Sequence[str], below: str = "", depth: int = 0) -> list[Unit]:
        """The exports among files that lie in one folder."""
        rooted = self._rooted(names, below)
        if rooted:
            return [(rooted, below, tuple(names))]
        judged = self._judged(names, below) if len(names) > 1 else []
        folders, loose = _children(names, below)
        alone = self._alone(loose, below)
        found = [
            unit
            for source, files in alone.items()
            for unit in self._side_by_side(source, files, below)
        ]
        is_large = len(judged) == 1 and alone.keys() <= {*judged} and len(folders) > _MANY_FOLDERS
        if is_large and not (_roots(judged[0]) or _twice(judged[0], names)):
            return [(judged[0], below, tuple(names))]
        if depth < _DEEPEST:
            for folder, inside in folders.items():
                found += self.units(inside, f"{below}/{folder}".lstrip("/"), depth + 1)
        found += self._settled(judged, below)
        seen = {source for source, _, _ in found}
        unseen = [source for source in judged if source not in seen]
        if len(unseen) > 1:
            judged = [source for source in judged if source in seen]
            self._torn.append((frozenset(unseen), below, tuple(names)))
        for source in judged:
            found = self._joined(source, found, names, below)
        return self._unambiguous(found)

    def left(self) -> dict[str, str]:
        """What looks like an export and is not read, each with the reason."""
        torn = {
            files[0] if len(files) == 1 else below: sorted(sources)
            for sources, below, files in self._torn
        }
        return self._unreadable | {
            label: f"it may be of {' or '.join(sources)}: put the right word before it."
            for label, sources in torn.items()
        }

    def _settled(self, judged: Sequence[str], below: str) -> list[Unit]:
        """Files that two sources took for their own, of which here but one does."""
        within = f"{below}/" if below else ""
        settled: list[Unit] = []
        torn = []
        for sources, folder, files in self._torn:
            rivals = sources.intersection(judged)
            if len(rivals) == 1 and files[0].startswith(within):
                settled.append((min(rivals), folder, files))
            else:
                torn.append((sources, folder, files))
        self._torn = torn
        return settled

    def resembling(self, names: Sequence[str]) -> dict[str, str]:
        """What is nearly an export of some source, and what is missing, by file or folder."""
        folders, loose = _children(names, "")
        asked = [(name, [name]) for name in loose] + list(folders.items())
        found: dict[str, str] = {}
        for label, files in asked[:_MOST_ASKED]:
            view = Part(self._export, files)
            reason = next(filter(None, (_resembles(source, view) for source in self._among)), "")
            if reason:
                found["" if len(asked) == 1 else label] = reason
        return found

    def _rooted(self, names: Sequence[str], below: str) -> str:
        """The source whose folder this is, whatever else is in it; empty for none."""
        prefix = f"{below}/" if below else ""
        for source in self._among:
            roots = [prefix + root for root in _roots(source)]
            has_root = bool(roots) and not {*names}.isdisjoint(roots)
            if has_root and self._takes(source, Part(self._export, names, below)):
                return source
        return ""

    def _judged(self, names: Sequence[str], below: str) -> list[str]:
        view = Part(self._export, names, below)
        return [source for source in self._among if self._takes(source, view)]

    def _takes(self, source: str, view: Part) -> bool:
        try:
            return recognises(source, view)
        except BrokenExport as error:
            if len(view.names()) == 1:
                self._unreadable[view.origin_of(view.names()[0])] = f"{error.message} {error.hint}"
            return False

    def _alone(self, names: Sequence[str], below: str) -> dict[str, list[str]]:
        """Files that lie in the folder itself, by the one source that takes each for its own."""
        found: dict[str, list[str]] = {}
        for name in names:
            sources = [] if self._is_never_read(name) else self._judged([name], below)
            if len(sources) > 1:
                self._torn.append((frozenset(sources), below, (name,)))
            elif sources and self._is_sure(sources[0], name):
                found.setdefault(sources[0], []).append(name)
        return found

    def _is_never_read(self, name: str) -> bool:
        start = b""
        with suppress(BrokenExport):  # told when a source looks at it
            start = head(self._export, name, _SIGNATURE)
        return start.startswith(_NEVER_READ) or start[4:8] == b"ftyp"

    def _is_sure(self, source: str, name: str) -> bool:
        judge = getattr(collector(source), "is_sure", None)
        if not (self._is_folder and judge) or judge(Part(self._export, [name])):
            return True
        self._unreadable[name] = f"it may be a {source} or not: put that word before it, if it is."
        return False

    def _side_by_side(self, source: str, names: list[str], below: str) -> Iterator[Unit]:
        """Files of one source that lie side by side: one export, if it takes them as one."""
        if len(names) > 1 and self._takes(source, Part(self._export, names, below)):
            yield source, below, tuple(names)
        else:
            yield from ((source, below, (name,)) for name in names)

    def _joined(
        self, source: str, units: list[Unit], names: Sequence[str], below: str
    ) -> list[Unit]:
        """Units, with those of one source joined where they are pieces of one export.

        What nobody else takes goes with them where the folder is the export's own: not every file
        of an export tells whose it is. What is found by its root is whole: another beside it is
        another one.
        """
        mine = [unit for unit in units if unit[0] == source]
        others = [unit for unit in units if unit[0] != source]
        pieces = {name for unit in mine for name in unit[2]}
        is_all = not (self._is_folder or below or others)
        is_one_folder = len(mine) == 1 and mine[0][1] != below and not is_all
        is_whole = bool(mine and _roots(source))
        if is_whole or is_one_folder or _twice(source, pieces):
            return units
        _, loose = _children(sorted(pieces), below)
        is_its_own = not others or ending(loose, *once(source))
        if not mine or (once(source) and is_its_own):
            pieces = {*names}.difference(*(unit[2] for unit in others))
        if not pieces:  # it is all somebody else's
            return units
        return [*others, (source, below, tuple(name for name in names if name in pieces))]

    def _unambiguous(self, units: list[Unit]) -> list[Unit]:
        """Units but those that two sources take for their own, file for file."""
        owners: dict[tuple[str, ...], list[str]] = {}
        for source, _, files in units:
            owners.setdefault(files, []).append(source)
        for _, below, files in units:
            if len(owners[files]) > 1:
                self._torn.append((frozenset(owners[files]), below, files))
        return [unit for unit in units if len(owners[unit[2]]) == 1]


def _resembles(source: str, view: Part) -> str:
    judge = getattr(collector(source), "resembles", None)
    with suppress(BrokenExport):
        return judge(view) if judge else ""
    return ""


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


def _twice(source: str, names: Iterable[str]) -> bool:
    """Whether there are two of a file of which an export of this source has one."""
    inner = {*getattr(collector(source), "INNER", ())}
    own = [name for name in names if inner.isdisjoint(name.split("/"))] if inner else [*names]
    return any(len(ending(own, file)) > 1 for file in once(source))
