"""Two commands on one graph at the same time, each a process of its own."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from roc.graph.store import Graph
from tests.shell import Shell

ROOT = Path(__file__).parent.parent


def at_once(folder: Path, *commands: Sequence[str]) -> list[str]:
    """What each command answers, all of them started before the first is waited for."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "roc", *command],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for command in commands
    ]
    told = [process.communicate() for process in started]
    assert [process.returncode for process in started] == [0] * len(started), told
    return [answer for answer, _ in told]


def lines(who: str, days: range) -> str:
    return "".join(
        f"2026-01-{day:02} {hour:02}:00 me -> {who}, ana message\n"
        for day in days
        for hour in range(24)
    )


def test_who_collects_into_a_new_graph_at_once_loses_and_doubles_nothing(roc: Shell) -> None:
    roc.write("one.txt", lines("ben", range(1, 20)))
    roc.write("other.txt", lines("ben", range(10, 29)) + lines("chidi", range(1, 29)))
    commands = [["collect", name, "--json"] for name in ("one.txt", "other.txt")]
    kept = [json.loads(answer)[0] for answer in at_once(roc.folder, *commands)]
    assert sum(each["new"] for each in kept) == (28 + 28) * 24
    assert sum(each["known"] for each in kept) == 10 * 24
    health = json.loads(roc("doctor", "--json"))
    assert health["sound"]
    assert health["sources"][0]["acts"] == (28 + 28) * 24


def test_a_report_during_collecting_is_of_one_moment(roc: Shell) -> None:
    roc("collect", roc.write("first.txt", lines("ben", range(1, 3))))
    roc.write("more.txt", lines("chidi", range(1, 29)))
    as_of = ("--as-of", "2026-01-28", "--json")
    _, scored = at_once(roc.folder, ["collect", "more.txt"], ["score", *as_of])
    before = {"journal:ana", "journal:ben"}
    after = {*before, "journal:chidi"}
    assert {row["person"] for row in json.loads(scored)["ties"]} in (before, after)
    assert {row["person"] for row in json.loads(roc("score", *as_of))["ties"]} == after


def test_lines_logged_at_once_are_all_written_and_kept(roc: Shell) -> None:
    roc("collect", roc.write("first.txt", lines("ben", range(1, 2))))
    coffees = [f"2026-02-0{day} me -> ana coffee" for day in (1, 2, 3)]
    at_once(roc.folder, *(["log", line] for line in coffees))
    (journal,) = roc.folder.rglob("journal.txt")
    written = journal.read_text(encoding="utf-8").splitlines()
    assert sorted(written) == coffees
    assert json.loads(roc("doctor", "--json"))["sources"][0]["acts"] == 24 + 3


def test_a_file_that_another_is_just_making_is_waited_for(tmp_path: Path) -> None:
    """SQLite says at once that it is locked, and does not wait, where the log is begun."""
    file = tmp_path / "me.graph"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, other.rollback).start()
    with Graph(file) as graph:
        assert graph.cursor("journal", "x") == {}
    other.close()
