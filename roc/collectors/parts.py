"""Some of an export's files as an export of their own, and the zips that one came in as one."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Self

from roc.collectors.archive import Export, left_out, open_export, tidied


class Part(Export):
    """Some of the files of an export.

    Args:
        of: the export; it has to stay open.
        names: the files.
        below: the folder that all of them lie in, left out of their names.
    """

    def __init__(self, of: Export, names: Iterable[str], below: str = "") -> None:
        super().__init__(of.path / below)
        self._of = of
        within = {name.removeprefix(f"{below}/"): name for name in names}
        self._origin = {name: within[origin] for name, origin in tidied(within).items()}
        self.folder = of.folder / left_out(self._origin)
        self._sizes = {origin: of.size_of(origin) for origin in self._origin.values()}
        self.size = sum(self._sizes.values())

    def origin_of(self, name: str) -> str:
        """What the export calls a file."""
        return self._origin[name]

    def full_name(self, name: str) -> str:
        """As in the export that the file is of."""
        return self._of.full_name(self._origin[name])

    def start(self, name: str, count: int) -> bytes:
        """As for any export, and known to the export that the file is of."""
        return self._of.start(self._origin[name], count)

    def _stream(self, origin: str) -> IO[bytes]:
        return self._of.stream(origin)


class Together(Export):
    """Several exports whose files are those of one, as when a large one is packed into many zips.

    Args:
        paths: where they are; where two have a file of the same name, the first one's counts.

    Raises:
        BrokenExport: one of them cannot be opened.
    """

    def __init__(self, paths: tuple[Path, ...]) -> None:
        super().__init__(paths[0])
        self._holder: dict[str, Export] = {}
        self._open = ExitStack()
        with self._open:
            for path in paths:
                export = self._open.enter_context(open_export(path))
                self._holder = {**dict.fromkeys(export.names(), export), **self._holder}
            self._open = self._open.pop_all()
        self._origin = {name: name for name in sorted(self._holder)}
        self._sizes = {name: export.size_of(name) for name, export in self._holder.items()}
        self.size = sum(self._sizes.values())

    def full_name(self, name: str) -> str:
        """As in the export that the file is in."""
        return self._holder[name].full_name(name)

    def start(self, name: str, count: int) -> bytes:
        """As for any export, and known to the export that the file is of."""
        return self._holder[name].start(name, count)

    def _stream(self, origin: str) -> IO[bytes]:
        return self._holder[origin].stream(origin)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self._open.close()


def open_together(paths: tuple[Path, ...]) -> Export:
    """Open an export that came in one piece or in several."""
    return open_export(paths[0]) if len(paths) == 1 else Together(paths)
