"""Inputs that were worth keeping: for each source a zip of them in ``corpus/``.

An input is one file of one sample, changed: its first two bytes say which file it takes the place
of, the rest is its content.
"""

import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from tests.fuzzing.exports import Files, targets

FOLDER = Path(__file__).parent / "corpus"
_DATE = (2026, 1, 1, 0, 0, 0)


@cache
def _targets(source: str) -> list[tuple[Files, str]]:
    return targets(source)


def files_of(source: str, data: bytes) -> Files:
    """The files that an input stands for."""
    found = _targets(source)
    files, name = found[int.from_bytes(data[:2], "big") % len(found)]
    return files | {name: data[2:]}


def seeds(source: str) -> Iterator[bytes]:
    """The samples themselves, as inputs."""
    for number, (files, name) in enumerate(_targets(source)):
        yield number.to_bytes(2, "big") + files[name]


def inputs(source: str) -> list[bytes]:
    """The inputs that were kept."""
    path = FOLDER / f"{source}.zip"
    if not path.exists():
        return []
    with zipfile.ZipFile(path) as kept:
        return [kept.read(name) for name in kept.namelist()]


def remembered(source: str) -> Iterator[Files]:
    """What was kept, as files."""
    return (files_of(source, data) for data in inputs(source))


def keep(source: str, found: Iterable[bytes]) -> None:
    """Keep inputs, each once, in an order and with dates that do not depend on the day."""
    named = {sha256(data).hexdigest()[:16]: data for data in found}
    FOLDER.mkdir(exist_ok=True)
    with zipfile.ZipFile(FOLDER / f"{source}.zip", "w", zipfile.ZIP_DEFLATED) as kept:
        for name in sorted(named):
            kept.writestr(zipfile.ZipInfo(name, _DATE), named[name], zipfile.ZIP_DEFLATED)
