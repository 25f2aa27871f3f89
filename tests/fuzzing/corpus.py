"""Inputs that were worth keeping: for each source a zip of them in ``corpus/``.

An input is one file of one sample, changed. In the zip it lies under the sample's and the file's
names, so that it stays what it is when samples are added. For atheris it is its content behind two
bytes, which say whose place it takes.
"""

import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from tests.fuzzing.exports import Files, Target, targets

FOLDER = Path(__file__).parent / "corpus"
_DATE = (2026, 1, 1, 0, 0, 0)
_WRONG = "wrong/"
"""Inputs with which something once went wrong; they are never left out."""

_targets = cache(targets)


def files_of(source: str, data: bytes) -> Files:
    """The files that an input stands for."""
    found = _targets(source)
    target = found[int.from_bytes(data[:2], "big") % len(found)]
    return target.files | {target.name: data[2:]}


def seeds(source: str) -> Iterator[bytes]:
    """The samples themselves, as inputs."""
    for number, target in enumerate(_targets(source)):
        yield number.to_bytes(2, "big") + target.files[target.name]


def inputs(source: str) -> list[bytes]:
    """The inputs that were kept, of samples that are still there."""
    places = {_path(target): number for number, target in enumerate(_targets(source))}
    return [
        places[changed].to_bytes(2, "big") + data
        for path, data in _kept(source)
        if (changed := path.removeprefix(_WRONG).rpartition("/")[0]) in places
    ]


def remembered(source: str) -> Iterator[Files]:
    """What was kept, as files."""
    return (files_of(source, data) for data in inputs(source))


def keep(source: str, found: Iterable[bytes], wrong: Iterable[bytes] = ()) -> None:
    """Keep inputs, each once, in an order and with dates that do not depend on the day."""
    named = {path: data for path, data in _kept(source) if path.startswith(_WRONG)}
    for start, many in (("", found), (_WRONG, wrong)):
        for data in many:
            target = _targets(source)[int.from_bytes(data[:2], "big") % len(_targets(source))]
            digest = sha256(data[2:]).hexdigest()[:16]
            named[f"{start}{_path(target)}/{digest}"] = data[2:]
    FOLDER.mkdir(exist_ok=True)
    with zipfile.ZipFile(FOLDER / f"{source}.zip", "w", zipfile.ZIP_DEFLATED) as kept:
        for path in sorted(named):
            kept.writestr(zipfile.ZipInfo(path, _DATE), named[path], zipfile.ZIP_DEFLATED)


def _path(target: Target) -> str:
    return f"{target.sample}/{target.name}"


def _kept(source: str) -> list[tuple[str, bytes]]:
    path = FOLDER / f"{source}.zip"
    if not path.exists():
        return []
    with zipfile.ZipFile(path) as kept:
        return [(name, kept.read(name)) for name in kept.namelist()]
