"""An earlier version's file becomes today's: the same facts, whole or not at all, backed up."""

import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from roc.errors import UnwritableGraph
from roc.graph.store import Graph
from roc.graph.tables import SCHEMA_VERSION
from tests.architecture import ROOT
from tests.graph.earlier import telling
from tests.graph.earlier.files import VERSIONS, dump, earlier, version_1
from tests.shell import Shell


@pytest.fixture(params=VERSIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file that an earlier version left."""
    return earlier(tmp_path, request.param)


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    """What today's code makes of the same records."""
    with Graph(tmp_path_factory.mktemp("fresh") / "me.graph") as graph:
        telling.tell(graph)
        yield graph


def backup_of(path: Path, number: int = 1) -> Path:
    return path.with_name(f"me.graph.v{number}-backup")


def rows(frame: object) -> list[object]:
    """A frame as rows in an order that is always the same; names beside its columns come last."""
    values = [getattr(frame, item.name) for item in fields(frame)]  # type: ignore[arg-type]
    columns = [value.tolist() for value in values if isinstance(value, np.ndarray)]
    rest = [value for value in values if not isinstance(value, np.ndarray)]
    return [*sorted(zip(*columns, strict=True)), *rest]


def facts(graph: Graph) -> dict[str, object]:
    """All that can be read from a graph."""
    with graph.read() as reader:
        return {
            "people": rows(reader.people),
            "contacts": rows(reader.contacts()),
            "exchanges": rows(reader.exchanges(30_000)),
            "expenses": rows(reader.expenses(30_000)),
            "currencies": reader.currencies(),
            "declared": rows(reader.declared()),
            "outcomes": rows(reader.outcomes()),
            "sources": reader.sources(),
            "problems": [tuple(row) for row in graph.problems()],
            "snapshots": [tuple(row) for row in graph.snapshots()],
            "cursor": graph.cursor("x", "mentions"),
            "owners": graph.owners(),
        }


def layout(path: Path) -> dict[str, str]:
    """The file's tables, indexes and views, by name, without the blanks of whoever wrote them."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {name: re.sub(r'\s|"', "", sql) for name, sql in rows}


def content(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump())


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        told = connection.execute("SELECT value FROM setting WHERE name = 'schema_version'")
        return int(told.fetchone()[0])


# --- the same facts -----------------------------------------------------------------------------


def test_a_migrated_file_tells_what_todays_code_would_have_kept(old: Path, fresh: Graph) -> None:
    with Graph(old) as graph:
        now, expected = facts(graph), facts(fresh)
        assert list(now) == list(expected)
        for name, told in now.items():
            assert told == expected[name], name
        assert graph.contacts_agree()
        assert graph.damage() == []


def test_a_migrated_file_is_laid_out_as_a_fresh_one(old: Path, fresh: Graph) -> None:
    with Graph(old):
        assert layout(old) == layout(fresh.path)
    assert version(old) == SCHEMA_VERSION


def test_acts_answers_and_participants_are_numbered_as_they_would_be_today(
    old: Path, fresh: Graph
) -> None:
    alike = (
        "SELECT id, kind_id, at, precision_id, revision, audience, thread, parent,"
        " recipient_id IS NULL FROM interaction ORDER BY id",
        "SELECT interaction_id, account.source, handle, role FROM participant"
        " JOIN account ON account.id = account_id ORDER BY 1, 2, 3",
        "SELECT interaction.id, account.source, handle FROM interaction"
        " JOIN account ON account.id = recipient_id ORDER BY 1",
        "SELECT * FROM interaction_tag ORDER BY 1, 2",
        "SELECT * FROM expense ORDER BY 1",
    )
    with Graph(old):
        for statement in alike:
            told = []
            for path in (old, fresh.path):
                with closing(sqlite3.connect(path)) as connection:
                    told.append(connection.execute(statement).fetchall())
            assert told[0] == told[1] != [], statement


def test_reading_the_same_exports_again_adds_nothing(old: Path) -> None:
    with Graph(old) as graph:
        before = facts(graph)
        for source, export, records in telling.EXPORTS:
            tally = graph.add(records, source=source, export=export)
            assert (tally.new, tally.ties, tally.accounts) == (0, 0, 0), export
        assert facts(graph) == before
        assert graph.contacts_agree()


def test_whoever_was_forgotten_before_stays_forgotten(old: Path) -> None:
    with Graph(old) as graph:
        graph.add(telling.EXPORTS[0][2], source="email", export="inbox.mbox")
        with graph.read() as reader:
            assert not [key for key in reader.people.keys if "zenobia" in key]


# --- the backup ---------------------------------------------------------------------------------


def test_the_file_as_it_was_is_kept_beside_it(old: Path) -> None:
    before, backup = content(old), backup_of(old, version(old))
    with Graph(old) as graph:
        assert graph.backup == backup
    assert content(backup) == before
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with Graph(old) as graph:
        assert graph.backup is None  # each step is applied once


def test_an_earlier_backup_is_never_overwritten(old: Path) -> None:
    backup = backup_of(old, version(old))
    backup.write_text("precious")
    with Graph(old) as graph:
        assert graph.backup == backup.with_name(f"{backup.name}-2")
    assert backup.read_text() == "precious"


def test_the_user_is_told_once_where_the_backup_is(roc: Shell) -> None:
    version_1(roc.folder)
    said = roc.run("score", "--graph", "me.graph", "--as-of", "2025-05-01").stderr
    assert "me.graph.v1-backup" in said
    again = roc.run("score", "--graph", "me.graph", "--as-of", "2025-05-01").stderr
    assert "backup" not in again


# --- whole or not at all ------------------------------------------------------------------------

_KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from roc.graph.store import Graph

seen, moment = 0, int(sys.argv[2])

def count(statement):
    global seen
    seen += 1
    if seen == moment:
        os.kill(os.getpid(), signal.SIGKILL)

def watched(*arguments, connect=sqlite3.connect, **named):
    connection = connect(*arguments, **named)
    connection.set_trace_callback(count)
    return connection

sqlite3.connect = sqlite3.dbapi2.connect = watched
Graph(Path(sys.argv[1])).close()
print(seen)
"""


def opened_apart(path: Path, moment: int) -> subprocess.CompletedProcess[str]:
    """A process that opens the file, and is killed at its ``moment``-th statement."""
    return subprocess.run(
        [sys.executable, "-c", _KILLED, str(path), str(moment)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_killed_at_any_moment_it_is_as_before_or_up_to_date(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    whole = opened_apart(version_1(tmp_path / "whole"), 0)
    assert whole.returncode == 0, whole.stderr
    moments = int(whole.stdout)
    assert moments > 80
    before, after = content(version_1(tmp_path)), content(tmp_path / "whole" / "me.graph")
    for part in range(1, 9):
        folder = tmp_path / str(part)
        folder.mkdir()
        path = version_1(folder)
        killed = opened_apart(path, moments * part // 8)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        assert content(path) == {1: before, SCHEMA_VERSION: after}[version(path)]
        with Graph(path) as graph:
            assert graph.contacts_agree()
            assert graph.damage() == []
        assert version(path) == SCHEMA_VERSION


def test_two_processes_that_open_an_old_file_at_once_migrate_it_once(tmp_path: Path) -> None:
    path = version_1(tmp_path, acts=5000)
    program = "import sys; from pathlib import Path; from roc.graph.store import Graph\n"
    program += "with Graph(Path(sys.argv[1])) as g: print(g.backup, g.contacts_agree())"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = sorted(process.communicate()[0].strip() for process in started)
    assert [process.returncode for process in started] == [0, 0]
    assert told == [f"{backup_of(path)} True", "None True"]


@pytest.mark.parametrize("pages", [5, 60])
def test_where_there_is_no_room_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    """A limit on pages stands for the disk: too little for the backup, or for the steps alone."""
    path = version_1(tmp_path)
    before = content(path)
    real = sqlite3.connect

    def limited(*arguments: object, **named: object) -> sqlite3.Connection:
        connection = real(*arguments, **named)  # type: ignore[call-overload]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection  # type: ignore[no-any-return]

    with monkeypatch.context() as small:
        small.setattr("sqlite3.connect", limited)
        with pytest.raises(UnwritableGraph, match="disk is full"):
            Graph(path)
    assert content(path) == before
    assert [file.name for file in tmp_path.iterdir()] == ["me.graph"]
    with Graph(path) as graph:
        assert graph.backup == backup_of(path)


@pytest.mark.parametrize("number", VERSIONS)
def test_each_dump_is_of_its_version(number: int) -> None:
    assert f"'schema_version','{number}'" in dump(number)


def test_there_is_a_dump_of_every_earlier_version() -> None:
    assert tuple(range(1, SCHEMA_VERSION)) == VERSIONS
