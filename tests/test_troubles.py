"""What can befall a graph file: each is told in two lines, and what was kept stays."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from roc.graph import tables
from roc.graph.databases import opening
from tests.shell import Shell
from tests.test_two_at_once import ROOT, lines

MANY = "".join(
    f"2026-01-{day:02} me -> p{who} message\n" for day in range(1, 29) for who in range(300)
)


@pytest.fixture
def kept(roc: Shell) -> Shell:
    """A graph that holds 48 acts, with nothing left in its log."""
    roc("init", "--graph", "me.graph")
    roc("collect", roc.write("good.txt", lines("ben", range(1, 3))))
    roc.write("many.txt", MANY)
    return roc


def acts(roc: Shell, graph: str = "me.graph") -> int:
    health = json.loads(roc("doctor", "--json", "--graph", graph))
    assert health["sound"]
    return int(health["sources"][0]["acts"])


# --- disks ------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 600 KiB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_disk_that_is_full_loses_and_doubles_nothing(kept: Shell, small_disk: Path) -> None:
    graph = str(small_disk / "me.graph")
    kept("collect", "good.txt", "--graph", graph)
    (small_disk / "other").write_bytes(bytes(250_000))
    assert "disk is full" in kept.refused("collect", "many.txt", "--graph", graph)
    assert acts(kept, graph) == 48
    (small_disk / "other").unlink()
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    assert "8400 new, 0 known" in kept("collect", "many.txt", "--graph", graph)
    assert acts(kept, graph) == 48 + 8400


def test_a_backup_onto_a_full_disk_leaves_nothing_there(kept: Shell, small_disk: Path) -> None:
    kept("collect", "many.txt")
    (small_disk / "other").write_bytes(bytes(400_000))
    said = kept.refused("backup", str(small_disk / "copy.graph"))
    assert "copy.graph does not fit: the disk is full" in said
    assert [file.name for file in small_disk.iterdir()] == ["other"]


def test_a_limit_on_the_size_of_files_is_told(kept: Shell) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = subprocess.run(
        [sys.executable, "-m", "roc", "collect", "many.txt"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=limit, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 2
    assert "me.graph cannot be read or written: the disk refuses" in done.stderr
    assert acts(kept) == 48


# --- modes ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("modes_obeyed")
def test_a_file_that_may_not_be_written_is_told(kept: Shell) -> None:
    (kept.folder / "me.graph").chmod(0o400)
    for words in (["collect", "many.txt"], ["score"], ["doctor"]):
        assert "me.graph cannot be written: Permission denied" in kept.refused(*words)
    (kept.folder / "me.graph").chmod(0o600)
    assert acts(kept) == 48


@pytest.mark.usefixtures("modes_obeyed")
def test_a_folder_that_may_not_be_written_is_told(kept: Shell) -> None:
    kept.folder.chmod(0o500)
    try:
        for words in (["collect", "many.txt"], ["score"], ["backup"]):
            said = kept.refused(*words)
            assert "me.graph cannot be opened" in said or "me.graph is read-only" in said
    finally:
        kept.folder.chmod(0o700)
    assert acts(kept) == 48


# --- locks ------------------------------------------------------------------------------------

_HOLDER = """
import sqlite3, sys, time
holder = sqlite3.connect("me.graph", isolation_level=None)
holder.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


@contextmanager
def held(roc: Shell) -> Iterator[subprocess.Popen[str]]:
    """Another process, a program called ``roc``, that is writing into the graph."""
    roc.write("roc", _HOLDER)
    holder = subprocess.Popen(
        [sys.executable, "roc"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        yield holder
    finally:
        holder.communicate("let go\n")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")
def test_who_holds_the_file_is_told(kept: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "WAIT_FOR_LOCK_SECONDS", 0.1)
    with held(kept) as holder:
        said = kept.refused("collect", "many.txt")
        assert f"me.graph is in use by process {holder.pid} (roc)." in said
    assert "8400 new" in kept("collect", "many.txt")


def test_a_lock_is_waited_for(kept: Shell) -> None:
    with held(kept) as holder:
        assert holder.stdin is not None
        threading.Timer(1.0, lambda: print("let go", file=holder.stdin, flush=True)).start()
        assert "8400 new" in kept("collect", "many.txt")


# --- damage -----------------------------------------------------------------------------------


def without_header(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.write(bytes(100))


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def another_file(path: Path) -> None:
    path.write_bytes(b"From ana@example.org Thu Jan  1 00:00:00 2026\n" * 100)


def spoilt(table: str) -> Callable[[Path], None]:
    """What overwrites the first page of a table or an index."""

    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            row = "SELECT rootpage FROM sqlite_master WHERE name = ?"
            (page,) = connection.execute(row, (table,)).fetchone()
            (size,) = connection.execute("PRAGMA page_size").fetchone()
        with path.open("r+b") as stream:
            stream.seek((page - 1) * size)
            stream.write(b"\xa5" * size)

    spoil.__name__ = table
    return spoil


def readable(path: Path) -> dict[str, object]:
    """The rows of each table as far as they can be read; when places were read may change."""
    found: dict[str, object] = {}
    with closing(sqlite3.connect(path)) as connection:
        for table in tables.metadata.tables.keys() - {"place"}:
            try:
                found[table] = connection.execute(f"SELECT * FROM {table}").fetchall()
            except sqlite3.DatabaseError as error:
                found[table] = str(error)
    return found


@pytest.mark.parametrize(
    "damage",
    [
        without_header,
        cut_in_half,
        another_file,
        *map(
            spoilt, ("setting", "account", "interaction", "contact", "sqlite_autoindex_account_1")
        ),
    ],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_file_is_told_and_left_as_it_is(
    kept: Shell, damage: Callable[[Path], None]
) -> None:
    kept("collect", "many.txt")
    kept("backup", "sound.graph")
    path = kept.folder / "me.graph"
    damage(path)
    before = readable(path)
    for words in (["collect", "good.txt"], ["score", "--as-of", "2026-02-01"], ["backup", "b"]):
        said = kept.refused(*words)
        assert "me.graph" in said
        assert "backup" in said.splitlines()[1]
    ran = kept.run("doctor")
    assert ran.status == 1
    assert "Traceback" not in ran.stderr
    assert "NOT sound" in ran.stdout or "is damaged" in ran.stderr
    assert readable(path) == before
    assert not (kept.folder / "b").exists()
    (kept.folder / "sound.graph").replace(path)  # as the hint says
    assert acts(kept) == 48 + 8400


def test_a_file_that_contradicts_itself_is_told(kept: Shell) -> None:
    with closing(sqlite3.connect(kept.folder / "me.graph")) as connection:
        connection.execute("DELETE FROM participant")
        connection.execute("DELETE FROM interaction")
        connection.execute("UPDATE place SET name = 'other'")
        connection.execute(
            "CREATE UNIQUE INDEX one ON place (source_id)"
        )  # a second is one too many
        connection.commit()
    said = kept.refused("collect", "good.txt")
    assert "contradicts itself" in said
    assert "roc doctor" in said


def test_a_log_that_was_cut_short_leaves_the_transactions_before(kept: Shell) -> None:
    """As after a power cut: the file, and a log whose last transaction did not reach the disk."""
    path, log = kept.folder / "me.graph", kept.folder / "me.graph-wal"
    with closing(sqlite3.connect(path)) as holder:
        holder.execute("SELECT count(*) FROM setting").fetchall()  # who keeps the log from going
        kept("collect", "many.txt")
        content, written = path.read_bytes(), log.read_bytes()
    for share in (0.0, 0.3, 0.9):
        (kept.folder / "cut.graph").write_bytes(content)
        (kept.folder / "cut.graph-wal").write_bytes(written[: int(len(written) * share)])
        assert acts(kept, "cut.graph") == 48
        assert "8400 new, 0 known" in kept("collect", "many.txt", "--graph", "cut.graph")
        for file in kept.folder.glob("cut.graph*"):
            file.unlink()


def test_an_sqlite_that_is_too_old_is_told(kept: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 36, 0))
    assert "roc needs 3.37 or later" in kept.refused("score")
