"""Who may be one person, asked about in a terminal as its owner would see it."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell import Shell

ROOT = Path(__file__).parent.parent

JOURNAL = """
2026-01-01 me -> email:dara.quispe@example.org message
2026-01-02 me -> x:dara_quispe message
2026-01-03 me -> email:chidi.eze@example.org message
2026-01-04 me -> x:chidi_eze message
2026-01-05 me -> email:ben@example.org, x:zenobia message
"""


@pytest.fixture
def doubled(roc: Shell) -> Shell:
    """A graph in which two people have an address and a handle each."""
    roc("collect", roc.write("notes.txt", JOURNAL))
    return roc


def suggested(roc: Shell) -> list[set[str]]:
    found = json.loads(roc("people", "review", "--json"))
    return [{pair["one"]["person"], pair["other"]["person"]} for pair in found]


def answering(roc: Shell, answers: str) -> str:
    """What a terminal shows while the questions are answered, a line each."""
    terminal, ours = pty.openpty()
    command = [sys.executable, "-m", "roc", "people", "review"]
    with subprocess.Popen(
        command,
        cwd=roc.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"},
        stdin=ours,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        os.write(terminal, answers.encode())
        shown, _ = process.communicate(timeout=60)
    os.close(ours)
    os.close(terminal)
    assert process.returncode == 0, shown
    return shown


def test_people_who_may_be_one_are_listed_with_reasons_and_nothing_is_merged(
    doubled: Shell,
) -> None:
    assert sorted(suggested(doubled), key=str) == sorted(
        [
            {"email:dara.quispe@example.org", "x:dara_quispe"},
            {"email:chidi.eze@example.org", "x:chidi_eze"},
        ],
        key=str,
    )
    assert "handles made of the same words" in doubled("people", "review")
    assert len(json.loads(doubled("people", "list", "--json"))) == 6


def test_each_pair_is_asked_about_and_what_is_said_is_done(doubled: Shell) -> None:
    shown = answering(doubled, "what?\ny\nn\n")
    assert "1 of 2" in shown
    assert "2 of 2" in shown
    assert suggested(doubled) == []
    merged = json.loads(doubled("people", "list", "chidi", "--json"))
    assert [row["accounts"] for row in merged] == [["email:chidi.eze@example.org", "x:chidi_eze"]]
    assert len(json.loads(doubled("people", "list", "dara", "--json"))) == 2
    assert "keep apart" in doubled("people", "undo")
    assert suggested(doubled) == [{"email:dara.quispe@example.org", "x:dara_quispe"}]
    assert "accept" in doubled("people", "undo")
    assert len(suggested(doubled)) == 2


def test_what_is_left_for_later_is_asked_again(doubled: Shell) -> None:
    answering(doubled, "l\nq\n")
    assert len(suggested(doubled)) == 2


def test_who_is_said_to_be_two_is_not_suggested_again(doubled: Shell) -> None:
    doubled("people", "apart", "x:chidi_eze", "email:chidi.eze@example.org")
    assert suggested(doubled) == [{"email:dara.quispe@example.org", "x:dara_quispe"}]
    doubled("people", "merge", "x:chidi_eze", "email:chidi.eze@example.org")
    said = doubled.refused("people", "apart", "x:chidi_eze", "email:chidi.eze@example.org")
    assert "one person" in said
