"""Exports in memory, and the samples they are made from."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import IO, NamedTuple

from roc.collectors.archive import Export, open_export
from tests.collectors.lines import samples

Files = dict[str, bytes]

LARGEST = 200_000
"""Bytes of a sample's file above which it is not changed, only read."""


class InMemory(Export):
    """Files that are nowhere but in memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(Path("export"))
        self._files = files
        self._origin = {name: name for name in sorted(files)}
        self._sizes = {name: len(data) for name, data in files.items()}
        self.size = sum(self._sizes.values())

    def _stream(self, origin: str) -> IO[bytes]:
        return io.BytesIO(self._files[origin])


class Target(NamedTuple):
    """A file of a sample that can be changed, beside the files it lies with."""

    sample: str
    files: Files
    name: str


def sample_files(source: str) -> dict[str, Files]:
    """The files of each of a source's samples."""
    found = {}
    for sample in samples(source):
        with open_export(sample) as export:
            found[sample.name] = {name: export.open(name).read() for name in export.names()}
    return found


def targets(source: str) -> list[Target]:
    """Every file of every sample that can be changed."""
    return [
        Target(sample, files, name)
        for sample, files in sample_files(source).items()
        for name, data in files.items()
        if len(data) <= LARGEST
    ]
