"""What was removed is overwritten in the end, whoever has the file open and however full the disk.

The processes are real ones; the full disk is SQLite's own limit on the size of a file.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from roc.graph.databases import opening
from roc.graph.databases.file import GraphFile
from roc.graph.erasing import erase_later
from roc.graph.store import Graph
from tests.conftest import records
from tests.shell import Shell
from tests.test_forgotten import graph_files

ROOT = Path(__file__).parent.parent
HOLDS_IT_OPEN = """
import sys
from pathlib import Path
from roc.graph.store import Graph
with Graph(Path(sys.argv[1])) as graph, graph.read() as reader:
    print(len(reader.people), flush=True)
    sys.stdin.read()
"""


@contextmanager
def reading_elsewhere(graph: Path) -> Iterator[None]:
    """Another process in the midst of reading the graph."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS_IT_OPEN, str(graph)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert int(process.stdout.readline()) > 1
    try:
        yield
    finally:
        process.communicate()
    assert process.returncode == 0


def is_in_the_file(roc: Shell) -> bool:
    return any(b"zenobia" in path.read_bytes().lower() for path in graph_files(roc))


@pytest.fixture
def met(roc: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A graph with Zenobia in it; nobody waits long for a lock."""
    monkeypatch.setattr(opening, "WAIT_FOR_LOCK_SECONDS", 0.1)
    roc("init", "--graph", "me.graph")
    roc("collect", roc.write("a.txt", "2026-01-01 me -> zenobia, ben message\n"))
    return roc


@pytest.mark.parametrize("finish", [("doctor",), ("collect", "b.txt")], ids=lambda words: words[0])
def test_what_another_process_holds_open_is_erased_by_the_next_command(
    met: Shell, finish: tuple[str, ...]
) -> None:
    met.write("b.txt", "2026-01-02 me -> ben message\n")
    with reading_elsewhere(met.folder / "me.graph"):
        ran = met.run("people", "forget", "zenobia", "--yes")
        assert "another process has it open" in ran.stderr
        assert "journal:zenobia" not in met("people", "list")
        assert is_in_the_file(met)
        assert json.loads(met("doctor", "--json"))["erased"] is False
    met(*finish)
    assert not is_in_the_file(met)
    assert json.loads(met("doctor", "--json"))["erased"] is True


def test_on_a_full_disk_the_person_is_forgotten_and_the_pages_are_erased_later(
    met: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = opening._engine_of

    def no_room(path: Path) -> Any:
        engine = real(path)

        @event.listens_for(engine, "before_cursor_execute")
        def _refuse(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
            if statement == "VACUUM":
                cursor.execute("PRAGMA max_page_count = 1")  # SQLite says: disk is full
                cursor.execute("CREATE TABLE too_much AS SELECT zeroblob(10000000)")

        return engine

    with monkeypatch.context() as full:
        full.setattr(opening, "_engine_of", no_room)
        ran = met.run("people", "forget", "zenobia", "--yes")
    assert ran.status == 0
    assert "the disk has no room for a second copy" in " ".join(ran.stderr.split())
    assert "zenobia" not in met("people", "list")
    assert json.loads(met("doctor", "--json"))["erased"] is True
    assert not is_in_the_file(met)


def test_what_another_removed_while_this_one_overwrote_is_still_to_be_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "WAIT_FOR_LOCK_SECONDS", 0.1)
    path = tmp_path / "me.graph"
    overwrite = GraphFile.overwrite_deleted
    overwritten = []

    def then_another_forgets(file: GraphFile) -> bool:
        done = overwrite(file)
        overwritten.append(done)
        if len(overwritten) == 1:
            with reading_elsewhere(path), Graph(path) as other:
                assert not other.forget("zenobia")
        return done

    with Graph(path) as graph:
        graph.add(records("2026-01-01 me -> chidi, zenobia message"), source="journal", export="a")
        monkeypatch.setattr(GraphFile, "overwrite_deleted", then_another_forgets)
        assert graph.forget("chidi")
        assert graph.finish_erasing()
        assert graph.finish_erasing()
    assert overwritten == [True, False, True]  # once for each of them, and no more


OVERWRITES_IT = """
import sys
from pathlib import Path
from roc.graph.store import Graph

def most_held():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

with Graph(Path(sys.argv[1])) as graph:
    before = most_held()
    assert graph.finish_erasing() and graph.contacts_agree()
    print(most_held() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells in /proc")
def test_laying_out_a_file_anew_does_not_hold_it_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "me.graph"
    with Graph(path) as graph, graph._writing() as connection:
        connection.exec_driver_sql("CREATE TABLE filler (bytes BLOB)")
        for _ in range(100):
            connection.exec_driver_sql("INSERT INTO filler VALUES (randomblob(1000000))")
        erase_later(connection)
    ran = subprocess.run(
        [sys.executable, "-c", OVERWRITES_IT, str(path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(ran.stdout) < 60 * 1024  # KiB, of a file of 100 MB
