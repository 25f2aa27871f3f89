"""Tone from letter to report: only where it is asked for, and gone when it is not any more."""

import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from tests.shell import Shell

WARM = "What a wonderful evening that was, I really loved it and I am so happy!"
PLAIN = "The minutes of the meeting are in the folder since Monday morning."
DAY = date(2026, 6, 1)


def mailbox(folder: Path) -> str:
    """Ana wrote plainly for a year; since spring she writes warmly, and thanks."""
    letters = []
    for number in range(24):
        days = 400 - 15 * number if number < 16 else 8 * (24 - number)
        text = PLAIN if number < 16 else WARM
        text += "\nThank you for the xyzzy!" if number == 23 else ""
        when = DAY - timedelta(days=days)
        letters.append(
            f"From ana Mon Mar  2 09:00:00 2026\nFrom: Ana <ana@example.org>\nTo: me@example.org\n"
            f"Date: {when:%d %b %Y} 09:00:00 +0000\nMessage-ID: <{number}@example.org>\n\n{text}\n"
        )
    (folder / "all.mbox").write_text("\n".join(letters), encoding="utf-8")
    return "all.mbox"


def set_up(roc: Shell, folder: Path, *, tone: bool) -> None:
    roc.write(
        "config.toml",
        '[me]\naccounts = ["email:me@example.org"]\n[graph]\nfile = "me.graph"\n'
        f"[collect]\ntone = {str(tone).lower()}\n",
    )
    roc("collect", mailbox(folder), "--config", "config.toml")


def test_whose_tone_changed_is_told_and_no_word_is_kept(roc: Shell, tmp_path: Path) -> None:
    set_up(roc, tmp_path, tone=True)
    of_day = ("--config", "config.toml", "--as-of", str(DAY))
    told = roc("explain", "ana", *of_day)
    assert "they write      with a warmth of 0." in told
    assert "warmer than the year before; 1 thank-you" in told
    page = json.loads(roc("report", *of_day, "--json"))
    assert [(turn["who"]["name"], turn["by_ego"]) for turn in page["tone"]["turned"]] == [
        ("Ana", False)
    ]
    assert "Whose tone changed" in (tmp_path / f"report-{DAY}.md").read_text(encoding="utf-8")
    for file in tmp_path.iterdir():
        if file.name != "all.mbox":
            assert b"xyzzy" not in file.read_bytes()


def test_nothing_is_told_where_it_was_not_asked_for(roc: Shell, tmp_path: Path) -> None:
    set_up(roc, tmp_path, tone=False)
    of_day = ("--config", "config.toml", "--as-of", str(DAY))
    assert "they write" not in roc("explain", "ana", *of_day)
    roc("report", *of_day)
    assert "How it is written" not in (tmp_path / f"report-{DAY}.md").read_text(encoding="utf-8")


def test_turned_off_it_is_as_if_it_had_never_been_on(roc: Shell, tmp_path: Path) -> None:
    def rows() -> list[list[object]]:
        with closing(sqlite3.connect(tmp_path / "me.graph")) as connection:
            tables = ("tone", "interaction", "contact")
            return [connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables]

    set_up(roc, tmp_path, tone=False)
    before = rows()
    set_up(roc, tmp_path, tone=True)
    assert rows() != before
    set_up(roc, tmp_path, tone=False)
    assert rows() == before
