"""A folder of everything that was downloaded: all is collected, nothing is harmed."""

import hashlib
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from roc.collectors.base import Options
from roc.collectors.registry import collector, sources
from roc.graph.records import ME, AccountSeen
from roc.graph.told import act_id
from tests.collectors.lines import line, samples
from tests.collectors.reading import acts, read
from tests.shell import Shell

JUNK = {
    "photo.jpg": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40,
    "invoice.pdf": b"%PDF-1.7\n" + b"\x00\xff" * 500,
    "setup.exe": b"MZ" + bytes(1000),
    "notes.txt": b"Buy milk.\n" * 20,
    "numbers.csv": b"a;b\n1;2\n",
    "settings.json": b'{"dark": true, "items": [1, 2, 3]}',
    "page.html": b"<html><body>Hello</body></html>",
    "empty": b"",
    "broken.zip": b"PK\x03\x04 cut off",
    "code/node_modules/mail/index.mbox": b"From a Mon Mar 04 11:20:34 2024\n\n",
}


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def owners() -> set[str]:
    """The accounts that samples say are their owners': all of them are one person here."""
    return {
        str(record.account)
        for source in sources()
        for sample in samples(source)
        for record in read(source, sample, Options(date_order="dmy"))
        if isinstance(record, AccountSeen) and record.owner
    }


def alone() -> dict[int, str]:
    """The acts that each sample tells when it is read on its own.

    But for those of somebody whom it does not know: beside other exports it may.
    """
    found: dict[int, str] = {}
    for source in sources():
        for sample in samples(source):
            told = acts(read(source, sample, Options(date_order="dmy")))
            reach = [act for act in told if {*act.recipients, *act.copied} - {act.sender}]
            reach = [act for act in reach if source != "whatsapp" or act.sender != ME]
            found |= {act_id(act): f"{sample.name}: {line(act)}" for act in reach}
    return found


def kept(roc: Shell) -> set[int]:
    """The acts in the graph."""
    (graph,) = roc.folder.rglob("me.graph")
    with closing(sqlite3.connect(graph)) as connection:
        return {number for (number,) in connection.execute("SELECT id FROM interaction")}


@pytest.fixture
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home") / "Downloads"
    for name, data in JUNK.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    for source in sources():
        for sample in samples(source):
            target = folder / source / sample.name
            target.parent.mkdir(exist_ok=True)
            shutil.copytree(sample, target) if sample.is_dir() else shutil.copy(sample, target)
    with zipfile.ZipFile(folder / "old junk.zip", "w") as made:
        made.writestr("photo.jpg", JUNK["photo.jpg"])
    return folder


def test_a_whole_download_folder_is_collected_and_nothing_in_it_is_harmed(
    roc: Shell, downloads: Path
) -> None:
    before = digests(downloads)
    roc("init", "--name", "Ana", *(word for owner in owners() for word in ("--me", owner)))
    first = roc.run("collect", str(downloads), "--date-order", "dmy")
    assert "Traceback" not in first.stderr
    read = {line.split()[0] for line in first.stdout.splitlines()}
    assert read == {name for name in sources() if hasattr(collector(name), "collect")}
    assert "broken.zip is not a whole zip file" in first.stderr
    assert digests(downloads) == before
    assert [told for number, told in alone().items() if number not in kept(roc)] == []
    again = roc.run("collect", str(downloads), "--date-order", "dmy")
    assert all(": 0 new" in line for line in again.stdout.splitlines())
    assert digests(downloads) == before
