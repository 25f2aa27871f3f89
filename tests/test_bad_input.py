"""Whatever is wrong with what comes in, two plain lines or a counted problem say so.

Afterwards the graph is sound and holds what was good in the input, once.
"""

import io
import json
import os
import sqlite3
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from roc.graph import batching
from roc.graph.databases import opening
from roc.graph.writing import Writer
from tests.shell import Shell

GOOD_LINE = "2026-01-05 me -> ana message\n"
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROOT = Path(__file__).parent.parent


@pytest.fixture
def kept(roc: Shell) -> Shell:
    """A graph that holds one act; every test below must find it as it was."""
    roc("collect", roc.write("good.txt", GOOD_LINE))
    return roc


def acts(roc: Shell) -> int:
    """How many acts the graph holds, after a look whether it is sound."""
    health = json.loads(roc("doctor", "--json"))
    assert health["sound"]
    return sum(source["acts"] for source in health["sources"])


def problems(roc: Shell) -> list[tuple[str, str]]:
    """Place and code of every problem kept."""
    told = json.loads(roc("doctor", "--json"))["problems"]
    return [(place, code) for _, _, place, code, _ in told]


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


# --- files that cannot be read --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.zip", b"this is no zip at all", "is not a whole zip file"),
        ("a.zip", zipped({"Connections.csv": os.urandom(5000)})[:3000], "is not a whole zip file"),
        ("a.zip", zipped({"Connections.csv": b"0" * 300 * 2**20}), "swells beyond reason"),
        ("a.zip", zipped({"../Connections.csv": CONNECTIONS.encode()}), "leads outside it"),
        ("a.zip", zipped({"/etc/Connections.csv": CONNECTIONS.encode()}), "leads outside it"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)), "No collector recognises photo.jpg"),
        ("empty.csv", b"", "empty.csv is empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    kept: Shell, name: str, content: bytes, said: str
) -> None:
    (kept.folder / name).write_bytes(content)
    assert said in kept.refused("collect", name)
    assert acts(kept) == 1


def test_the_graph_file_itself_is_no_export(kept: Shell) -> None:
    (graph,) = kept.folder.rglob("me.graph")
    assert "No collector recognises me.graph" in kept.refused("collect", str(graph))
    assert acts(kept) == 1


def test_a_pipe_is_no_export(kept: Shell) -> None:
    os.mkfifo(kept.folder / "pipe")
    assert "neither a file nor a folder" in kept.refused("collect", "pipe")


@pytest.mark.usefixtures("modes_obeyed")
@pytest.mark.parametrize("name", ["folder", "folder/below"])
def test_a_folder_that_may_not_be_read_is_told(kept: Shell, name: str) -> None:
    (kept.folder / name).mkdir(parents=True)
    (kept.folder / name).chmod(0)
    try:
        assert "Permission denied" in kept.refused("collect", "folder")
    finally:
        (kept.folder / name).chmod(0o700)


def test_a_folder_of_several_sources_is_read_source_by_source(kept: Shell) -> None:
    (kept.folder / "all").mkdir()
    kept.write("all/mine.txt", GOOD_LINE)
    kept.write("all/work.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
    done = kept.run("collect", "all")
    assert "all holds 2 exports:\n  calendar  all/work.ics\n  journal   all/mine.txt" in done.stderr
    assert "calendar  all/work.ics: 0 new" in done.stdout
    assert "journal  all/mine.txt: 0 new, 1 known" in done.stdout


def test_a_file_of_another_source_than_was_said_is_told(kept: Shell) -> None:
    assert "Nothing in good.txt is of email" in kept.refused("collect", "email", "good.txt")
    assert "good.txt" in kept.refused("collect", "linkedin", "good.txt")
    assert acts(kept) == 1


def test_a_file_in_another_encoding_keeps_what_is_readable(kept: Shell) -> None:
    (kept.folder / "latin.txt").write_bytes(
        "2026-01-06 me -> chidi, Lópèz coffee\n".encode("cp1252")
    )
    assert "1 new" in kept("collect", "latin.txt")
    assert acts(kept) == 2
    (kept.folder / "wide.txt").write_bytes(GOOD_LINE.encode("utf-16"))
    assert "No collector recognises wide.txt" in kept.refused("collect", "wide.txt")


def test_a_file_name_that_is_no_text_is_no_matter(kept: Shell) -> None:
    Path(os.fsdecode(b"bad\xff.txt")).write_text(f"{GOOD_LINE}2026-13-40 me -> ana message\n")
    done = json.loads(kept("collect", os.fsdecode(b"bad\xff.txt"), "--json"))[0]
    assert (done["known"], done["problems"]) == (1, {"bad_date": 1})
    assert problems(kept) == [("bad\\udcff.txt:2", "bad_date")]


# --- rows that cannot be used ---------------------------------------------------------------------


def test_rows_without_a_date_or_a_sender_are_counted_with_their_place(kept: Shell) -> None:
    kept.write(
        "odd.txt", "2026-01-06 me -> ben message\nme -> ben message\n2026-01-07 -> ben call\n"
    )
    said = kept("collect", "odd.txt")
    assert "1 new" in said
    assert "problems: 1 bad_date, 1 nobody" in said
    assert problems(kept) == [("odd.txt:2", "bad_date"), ("odd.txt:3", "nobody")]
    kept("collect", "odd.txt")
    assert len(problems(kept)) == 2
    assert acts(kept) == 2


def test_a_date_in_the_future_is_kept_but_not_counted_before_its_day(kept: Shell) -> None:
    kept(
        "collect",
        kept.write("plans.txt", "2031-01-01 me -> ana dinner\n2031-01-02 me -> ben call\n"),
    )
    assert acts(kept) == 3
    (row,) = json.loads(kept("score", "--as-of", "2026-01-06", "--json"))["ties"]
    assert (row["person"], row["last_contact"]) == ("journal:ana", "2026-01-05")


def test_before_the_first_act_there_is_nothing_to_score(kept: Shell) -> None:
    for command in ("score", "who", "explain ana", "report", "audit", "export x.csv"):
        said = kept.refused(*command.split(), "--as-of", "2026-01-04")
        assert "Nothing had happened yet on 2026-01-04" in said
        assert "2026-01-05" in said
    assert [file.name for file in kept.folder.iterdir() if file.name[0] != "."] == ["good.txt"]


# --- whose graph it is ----------------------------------------------------------------------------


def archive_of(roc: Shell, who: str, number: int) -> str:
    """An X archive that tells its owner and holds one post."""
    account = {"accountId": str(number), "username": who, "accountDisplayName": who.title()}
    post = {
        "id_str": f"{number}1",
        "created_at": "Mon Jan 05 10:00:00 +0000 2026",
        "full_text": "@chidi",
        "entities": {"user_mentions": [{"id_str": "9", "screen_name": "chidi", "name": "Chidi"}]},
    }
    files = {
        "data/account.js": f"window.YTD.account.part0 = {json.dumps([{'account': account}])}",
        "data/tweets.js": f"window.YTD.tweets.part0 = {json.dumps([{'tweet': post}])}",
    }
    packed = zipped({name: content.encode() for name, content in files.items()})
    (roc.folder / f"{who}.zip").write_bytes(packed)
    return f"{who}.zip"


def test_an_export_of_somebody_else_is_refused_until_the_config_names_both(kept: Shell) -> None:
    assert "1 new" in kept("collect", archive_of(kept, "ana", 101))
    bens = archive_of(kept, "ben", 102)
    said = kept.refused("collect", bens)
    assert "belongs to x:102, but the graph's owner is x:101" in said
    assert "[me] accounts" in said
    assert acts(kept) == 2
    kept("init", "--me", "x:102")
    assert "1 new" in kept("collect", bens)


def test_without_a_me_it_says_how_to_name_one(roc: Shell) -> None:
    roc("collect", roc.write("others.txt", "2026-01-05 ana -> ben message\n"))
    said = roc.refused("score", "--as-of", "2026-01-06")
    assert "Nobody in the graph is known to be you" in said
    assert "[me] accounts" in said
    assert "ben" in roc("score", "--ego", "ana", "--as-of", "2026-01-06")


def test_an_ego_who_is_set_aside_is_told(kept: Shell) -> None:
    kept("people", "mute", "ana")
    assert "left out of scores" in kept.refused("score", "--ego", "ana", "--as-of", "2026-01-06")


def test_you_can_neither_be_muted_nor_forgotten(kept: Shell) -> None:
    assert "That is you" in kept.refused("people", "mute", "me")
    assert "That is you" in kept.refused("people", "forget", "me", "--yes")
    assert acts(kept) == 1


# --- settings, folders and disks ------------------------------------------------------------------


def test_an_unknown_setting_is_told_with_the_right_name(kept: Shell) -> None:
    kept.write("config.toml", "[scoring]\nhalf_life = 3\n[graph]\nfile = 'me.graph'\n")
    said = kept.refused("score", "--config", "config.toml", status=2)
    assert "there is no setting 'scoring.half_life'" in said


def test_a_graph_in_an_impossible_place_is_told(kept: Shell) -> None:
    for place in ("good.txt/me.graph", "."):
        said = kept.refused("collect", "good.txt", "--graph", place)
        assert "cannot be written" in said
    assert "is not a graph file" in kept.refused("collect", "good.txt", "--graph", "good.txt")
    assert (kept.folder / "good.txt").read_text(encoding="utf-8") == GOOD_LINE


@pytest.mark.usefixtures("modes_obeyed")
def test_an_unwritable_folder_is_told(kept: Shell) -> None:
    (kept.folder / "locked").mkdir(mode=0o500)
    for words in (
        ("collect", "good.txt", "--graph", "locked/me.graph"),
        ("report", "--as-of", "2026-01-06", "--out", "locked"),
        ("export", "locked/g.csv", "--as-of", "2026-01-06"),
    ):
        assert "Permission denied" in kept.refused(*words)


@pytest.mark.parametrize("file", [".", "..", "/", "folder", "good.txt/below"])
def test_an_export_to_where_no_file_can_be_is_told(kept: Shell, file: str) -> None:
    (kept.folder / "folder").mkdir()
    assert "Cannot write" in kept.refused(
        "export", file, "--format", "csv", "--as-of", "2026-01-06"
    )
    assert not list(kept.folder.glob(".*.part"))


def test_an_export_makes_its_folder(kept: Shell) -> None:
    kept("export", "new/below/g.graphml", "--as-of", "2026-01-06")
    written = kept.folder / "new" / "below" / "g.graphml"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_a_full_disk_loses_and_doubles_nothing(kept: Shell) -> None:
    lines = [
        f"2026-01-{day:02} me -> p{who} message\n" for day in range(1, 29) for who in range(90)
    ]
    kept.write("long.txt", "".join(lines))

    def fill(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 60")

    event.listen(Engine, "connect", fill)
    try:
        said = kept.refused("collect", "long.txt")
    finally:
        event.remove(Engine, "connect", fill)
    assert "the disk is full" in said
    assert acts(kept) == 1
    assert f"{len(lines)} new, 0 known" in kept("collect", "long.txt")


def test_a_graph_of_a_newer_version_is_refused_and_left_alone(kept: Shell) -> None:
    (graph,) = kept.folder.rglob("me.graph")
    with sqlite3.connect(graph) as connection:
        connection.execute("UPDATE setting SET value = '99' WHERE name = 'schema_version'")
    connection.close()
    before = graph.read_bytes()
    for words in (["collect", "good.txt"], ["score"], ["doctor"], ["people", "list"]):
        assert "written by a newer version" in kept.refused(*words)
    assert graph.read_bytes() == before


def test_a_graph_in_use_is_told_and_a_logged_line_is_not_doubled(
    kept: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "WAIT_FOR_LOCK_SECONDS", 0.1)
    (graph,) = kept.folder.rglob("me.graph")
    holder = sqlite3.connect(graph, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        assert "in use by another roc" in kept.refused("collect", "good.txt")
        said = kept.refused("log", "2026-01-06 me -> ana coffee")
    finally:
        holder.close()
    assert "do not log it again" in said
    (journal,) = kept.folder.rglob("journal.txt")
    assert "1 new" in kept("collect", str(journal))
    assert acts(kept) == 2


# --- interrupts -----------------------------------------------------------------------------------


def test_an_interrupt_in_any_batch_loses_and_doubles_nothing(
    kept: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"2026-01-{day:02} me -> p{who} message\n" for day in range(1, 29) for who in range(9)]
    kept.write("long.txt", "".join(lines))
    monkeypatch.setattr(batching, "BATCH_RECORDS", 50)
    write = Writer.write
    batches: list[int] = []

    def interrupted(writer: Writer, connection: object, records: list[object]) -> None:
        write(writer, connection, records)  # type: ignore[arg-type]
        batches.append(len(records))
        if len(batches) == 4:
            raise KeyboardInterrupt

    monkeypatch.setattr(Writer, "write", interrupted)
    said = kept.refused("collect", "long.txt", status=130)
    assert "what was finished is kept" in said
    so_far = acts(kept)
    assert 1 < so_far < len(lines)
    assert f"{len(lines) - so_far + 1} new, {so_far - 1} known" in kept("collect", "long.txt")


def test_ctrl_c_ends_in_two_lines(tmp_path: Path) -> None:
    """A process of its own, which presses Ctrl-C on itself while it reads."""
    code = (
        "import os, signal, sys\n"
        "from roc.collectors import journal\n"
        "journal.parse_line = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "from roc.cli import main\n"
        "sys.argv = ['roc', 'collect', 'CHANGELOG.md']\n"
        "main()"
    )
    home = {**os.environ, "HOME": str(tmp_path)}
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT, env=home)
    assert done.returncode == 130
    assert done.stderr.splitlines() == [
        "roc: interrupted; what was finished is kept.",
        "     run the same command again to go on.",
    ]
