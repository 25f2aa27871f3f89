"""The command line, run as a person would run it."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell import Shell

JOURNAL = """\
2026-01-05 me -> ana, ben dinner #q1 cost 90
2026-01-07 09:00 me -> ana message
2026-01-07 11:00 ana -> me reply
2026-01-12 me -> ana coffee
2026-01-19 ana -> me referral
2026-01-20 me -> ben message
"""


@pytest.fixture
def january(roc: Shell) -> Shell:
    """A graph that holds a journal."""
    roc("init", "--name", "Dara", "--me", "email:dara@example.org")
    roc("collect", roc.write("january.txt", JOURNAL))
    return roc


def test_a_first_week(january: Shell) -> None:
    scores = january("score", "--as-of", "2026-01-21")
    assert "RoC score" in scores
    assert scores.index("ana") < scores.index("ben")
    assert "ana" in january("who", "--as-of", "2026-01-21")
    assert "2026-01-12" in january("explain", "ana", "--as-of", "2026-01-21")
    january("report", "--as-of", "2026-01-21")
    page = (january.folder / "report-2026-01-21.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    january("audit", "--as-of", "2026-01-21")
    assert (january.folder / "audit-2026-01-21-ties.csv").exists()
    january("project", "2026-01-01", "2026-01-31", "--tag", "q1", "--as-of", "2026-02-01")
    assert (january.folder / "project-2026-01-01-2026-01-31.md").exists()


def test_the_same_day_gives_the_same_bytes(january: Shell) -> None:
    written = []
    for folder in ("one", "two"):
        january("report", "--as-of", "2026-01-21", "--out", folder)
        january("audit", "--as-of", "2026-01-21", "--out", folder)
        files = sorted((january.folder / folder).iterdir())
        written.append([(file.name, file.read_bytes()) for file in files])
    assert written[0] == written[1]


def test_collecting_twice_adds_nothing(january: Shell) -> None:
    again = json.loads(january("collect", "january.txt", "--json"))
    assert (again[0]["new"], again[0]["known"]) == (0, 6)


def test_every_command_answers_in_json(january: Shell) -> None:
    as_of = ("--as-of", "2026-01-21", "--json")
    assert json.loads(january("score", *as_of))["network"]["roc_score"] > 0
    assert json.loads(january("who", *as_of))[0]["person"] == "journal:ana"
    assert json.loads(january("explain", "ana", *as_of))
    assert json.loads(january("report", *as_of))
    assert json.loads(january("audit", *as_of))
    assert json.loads(january("project", "2026-01-01", "2026-01-31", *as_of))
    assert json.loads(january("people", "list", "--json"))[0]["person"] == "journal:ana"
    assert json.loads(january("doctor", "--json"))["sound"] is True
    assert json.loads(january("export", "g.json", "--format", "json", *as_of))["people"] == 3


def test_a_line_is_logged_into_the_journal_and_the_graph(january: Shell) -> None:
    january("log", "2026-01-22", "me", "->", "ana", "walk")
    january("log", "2026-01-23 me -> ana, ben lunch #q1")
    rows = json.loads(january("doctor", "--json"))["sources"]
    assert rows[0]["acts"] == 8
    assert rows[0]["last"] == "2026-01-23"


def test_a_line_that_cannot_be_read_is_refused_and_not_written(january: Shell) -> None:
    said = january.refused("log", "2026-01-22 me -> ana frobnicate")
    assert "cannot read" in said
    assert not list(january.folder.rglob("journal.txt"))


def test_people_are_merged_split_muted_tagged_and_forgotten(january: Shell) -> None:
    january("people", "merge", "ana", "ben")
    assert len(json.loads(january("people", "list", "--json"))) == 1
    january("people", "split", "journal:ben")
    january("people", "mute", "ben")
    people = json.loads(january("people", "list", "--json"))
    assert [row["set_aside"] for row in people] == [False, True]
    january("people", "tag", "ana", "client")
    assert json.loads(january("people", "list", "client", "--json"))[0]["person"] == "journal:ana"
    january("people", "forget", "ana", "--yes")
    assert [row["person"] for row in json.loads(january("people", "list", "--json"))] == [
        "journal:ben"
    ]
    assert january("collect", "january.txt")
    assert len(json.loads(january("people", "list", "--json"))) == 1


def test_forgetting_asks_first(january: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert january.run("people", "forget", "ana").status == 1
    assert len(json.loads(january("people", "list", "--json"))) == 2


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("collect", "nowhere.zip"), 1, "Cannot read nowhere.zip"),
        (("score",), 1, "holds no acts yet"),
        (("score", "--as-of", "soon"), 2, "'soon' is not a date"),
        (("score", "--config", "none.toml"), 2, "Cannot read the config"),
        (("doctor",), 1, "There is no graph file yet"),
        (("collect", "x"), 1, "There is no token for x"),
    ],
)
def test_errors_are_two_plain_lines(
    roc: Shell, words: tuple[str, ...], status: int, said: str
) -> None:
    assert said in roc.refused(*words, status=status)


def test_somebody_unknown_is_told(january: Shell) -> None:
    assert "Nobody in the graph answers to 'zoe'" in january.refused("explain", "zoe")


def test_one_bad_export_does_not_stop_the_others(roc: Shell) -> None:
    roc.write("good.txt", JOURNAL)
    roc.write("bad.bin", "\0\1\2")
    done = roc.run("collect", "bad.bin", "good.txt")
    assert done.status == 1
    assert "6 new" in done.stdout
    assert "No collector recognises bad.bin" in done.stderr


def test_a_table_is_collected_by_its_columns(roc: Shell) -> None:
    roc.write("acts.csv", "src,dst,t\n1,2,1000000000\n2,1,1000100000\n")
    roc("collect", "table", "acts.csv", "--map", "from=src", "--map", "to=dst", "--map", "at=t")
    assert "table:2" in roc("score", "--ego", "table:1", "--as-of", "2001-09-12")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from roc.cli.commands import app\n"
        "heavy = {'numpy', 'scipy', 'sqlalchemy', 'matplotlib', 'networkx', 'tweepy', 'pyarrow',"
        " 'jinja2', 'icalendar', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    assert done.stdout.strip() == "[]"


def test_every_command_has_help_with_an_example(roc: Shell) -> None:
    commands = [
        "init",
        "collect",
        "log",
        "score",
        "who",
        "explain",
        "report",
        "audit",
        "project",
        "export",
        "doctor",
        "demo",
    ]
    for command in (*commands, *(f"people {word}" for word in ["list", "merge", "split", "mute"])):
        assert "Example" in roc(*command.split(), "--help"), command
