"""What keeps the graph file safe, as its owner meets it: `roc backup` and `roc doctor`."""

import json
import re
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from roc.errors import UnwritableGraph
from roc.graph.databases.copying import copy_whole
from roc.graph.records import Problem
from roc.graph.store import Graph
from tests.conftest import records
from tests.shell import Shell

LINES = "\n".join(f"2026-01-{day:02} me -> ana message" for day in range(1, 21))
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.fixture
def kept(roc: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A graph that holds a journal, read on 1 April 2026."""
    at(monkeypatch, NOW)
    roc("init", "--graph", "me.graph")
    roc("collect", roc.write("journal.txt", LINES))
    return roc


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Set the clock of the command line."""
    for module in ("options", "collecting", "safety"):
        monkeypatch.setattr(f"roc.cli.{module}.now", lambda: moment)


def health(roc: Shell) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(roc("doctor", "--json"))
    return told


# --- backup -------------------------------------------------------------------------------------


def test_a_backup_is_a_graph_of_its_own_that_tells_the_same(kept: Shell) -> None:
    said = kept("backup")
    backup = kept.folder / "me.graph.2026-04-01-backup"
    assert str(backup) in said
    assert "To restore it" in said
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    as_of = ("--as-of", "2026-02-01", "--json")
    assert kept("score", *as_of, "--graph", str(backup)) == kept("score", *as_of)


def test_a_backup_goes_where_it_is_told_to(kept: Shell) -> None:
    told = json.loads(kept("backup", "other.graph", "--json"))
    assert told["bytes"] == (kept.folder / "other.graph").stat().st_size


def test_a_backup_never_overwrites(kept: Shell) -> None:
    kept("backup", "other.graph")
    before = (kept.folder / "other.graph").read_bytes()
    assert "is a file already" in kept.refused("backup", "other.graph")
    assert (kept.folder / "other.graph").read_bytes() == before


def test_a_backup_without_a_graph_or_a_folder_is_refused(kept: Shell) -> None:
    assert "There is no graph file" in kept.refused("backup", "--graph", "no.graph")
    assert "cannot be written" in kept.refused("backup", "no/folder/me.graph")
    assert not (kept.folder / "no.graph").exists()


def test_a_backup_while_another_writes_is_of_one_moment(tmp_path: Path) -> None:
    path, stop = tmp_path / "me.graph", threading.Event()

    def write() -> None:
        with Graph(path) as graph:
            for day in range(400):
                lines = f"2026-01-01 me -> p{day}, q{day}, r{day} message"
                graph.add(records(lines), source="journal", export=f"{day}")
                if stop.is_set():
                    return

    with Graph(path) as graph:
        writer = threading.Thread(target=write)
        writer.start()
        sizes = []
        for number in range(5):
            target = tmp_path / f"copy-{number}.graph"
            graph.back_up(target)
            with Graph(target) as copy:
                assert copy.contacts_agree()
                assert copy.damage() == []
                sizes.append(len(copy.kept_contacts()))
        stop.set()
        writer.join()
    assert sizes == sorted(sizes)
    assert all(size % 3 == 0 for size in sizes)
    assert not list(tmp_path.glob(".*.part"))


def test_two_backups_to_one_name_at_once_are_one_whole_copy(tmp_path: Path) -> None:
    path, target = tmp_path / "me.graph", tmp_path / "copy.graph"
    with Graph(path) as graph:
        lines = "\n".join(f"2026-01-01 me -> p{who} message" for who in range(20_000))
        graph.add(records(lines), source="journal", export="a")
    refused: list[str] = []

    def copy() -> None:
        try:
            copy_whole(path, target)
        except UnwritableGraph as error:
            refused.append(error.message)

    both = [threading.Thread(target=copy) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert all("is a file already" in message for message in refused)
    with Graph(target) as graph:
        assert graph.damage() == []
        assert len(graph.kept_contacts()) == 20_000
    assert not list(tmp_path.glob(".*.part"))


def test_no_copy_is_made_of_a_damaged_file(kept: Shell) -> None:
    spoil(kept.folder / "me.graph", "contact")
    assert "damaged" in kept.refused("backup", "other.graph")
    assert [file.name for file in kept.folder.glob("*other*")] == []


# --- doctor -------------------------------------------------------------------------------------


def spoil(path: Path, table: str) -> None:
    """Overwrite the middle of a table's or index's first page."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = connection.execute(row, (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as stream:
        stream.seek((page - 1) * size)
        stream.write(b"\xa5" * (size // 2))


def test_a_sound_file_is_told_in_one_screen(kept: Shell) -> None:
    ran = kept.run("doctor")
    assert ran.status == 0
    assert "The graph is sound." in ran.stdout
    assert len(ran.stdout.splitlines()) <= 24
    assert ran.stderr == ""


def test_the_last_reading_of_each_place_is_told(kept: Shell) -> None:
    assert health(kept)["readings"] == [
        {"source": "journal", "place": "journal.txt", "read_at": str(NOW)}
    ]
    assert re.search(r"journal +20 .* 2026-04-01 +0", kept("doctor"))


def test_a_clock_that_was_set_back_is_said_and_harms_nothing(
    kept: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = health(kept)
    at(monkeypatch, datetime(2025, 12, 1, tzinfo=UTC))
    assert "clock was set back" in kept.run("doctor", "--as-of", "2026-04-01").stderr
    assert "20 known" in kept("collect", "journal.txt")
    told = json.loads(kept("doctor", "--as-of", "2026-04-01", "--json"))
    assert told["sound"]
    assert told["readings"] == before["readings"]  # the latest holds
    assert (told["sources"], told["gaps"]) == (before["sources"], before["gaps"])


def test_acts_that_lie_ahead_are_counted(kept: Shell) -> None:
    kept("collect", kept.write("b.txt", "2026-04-01 me -> ana coffee\n2026-04-02 me -> ana coffee"))
    assert health(kept)["sources"][0]["ahead"] == 1


def test_a_source_that_fell_silent_is_told(kept: Shell) -> None:
    assert health(kept)["gaps"] == [
        {"source": "journal", "first": "2026-01-21", "last": "2026-04-01"}
    ]
    assert "no acts from 2026-01-21 to 2026-04-01" in kept("doctor")


def test_problems_are_counted_however_many_they_are(kept: Shell) -> None:
    bad = [Problem(f"old.txt:{n}", "bad_date", "there is no such day") for n in range(1200)]
    with Graph(kept.folder / "me.graph") as graph:
        graph.add(bad, source="journal", export="old.txt")
    told = health(kept)
    (counted,) = told["problem_counts"]
    assert (counted["source"], counted["code"], counted["rows"]) == ("journal", "bad_date", 1200)
    assert len(told["problems"]) == 1000
    assert "problem  journal: 1200 bad_date" in kept("doctor")


@pytest.mark.parametrize("name", ["me.graph", "me.graph-wal", "me.graph-shm"])
def test_a_file_that_others_may_read_is_told(kept: Shell, name: str) -> None:
    with closing(sqlite3.connect(kept.folder / "me.graph")) as connection:
        connection.execute("UPDATE account SET name = 'A'")
        connection.commit()  # a log stands beside it
        (kept.folder / name).chmod(0o644)
        said = kept.run("doctor").stderr
    assert re.search(rf"others may read \S*{name}: chmod 600", said)


def test_a_folder_that_others_may_write_into_is_told(kept: Shell) -> None:
    kept.folder.chmod(0o777)
    assert "others may write into" in kept.run("doctor").stderr
    kept.folder.chmod(0o1777)  # a sticky one, as /tmp is
    assert "others may write into" not in kept.run("doctor").stderr


def test_room_that_a_vacuum_would_give_back_is_counted(kept: Shell) -> None:
    assert health(kept)["free_bytes"] == 0
    with closing(sqlite3.connect(kept.folder / "me.graph")) as connection:
        connection.execute("CREATE TABLE more AS SELECT zeroblob(3000000)")
        connection.execute("DROP TABLE more")
        connection.commit()
    assert health(kept)["free_bytes"] > 2_900_000
    assert "MiB (2.9 free)" in kept("doctor")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE contact SET acts = 7", "contact days do not agree"),
        ("DELETE FROM account WHERE handle = 'ana'", "names a row of account that is not there"),
    ],
)
def test_what_is_wrong_with_the_content_is_found(kept: Shell, damage: str, told: str) -> None:
    with closing(sqlite3.connect(kept.folder / "me.graph")) as connection:
        connection.execute(damage)
        connection.commit()
    ran = kept.run("doctor")
    assert ran.status == 1
    assert "NOT sound" in ran.stdout
    assert told in ran.stdout


@pytest.mark.parametrize("table", ["contact", "participant", "account_by_person"])
def test_a_spoilt_page_is_found(kept: Shell, table: str) -> None:
    spoil(kept.folder / "me.graph", table)
    before = (kept.folder / "me.graph").read_bytes()
    ran = kept.run("doctor")
    assert ran.status == 1
    assert "NOT sound" in ran.stdout
    assert "Restore it from a backup" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert (kept.folder / "me.graph").read_bytes() == before  # what is readable stays so
