"""What is peculiar to iMessage: Apple's clock, chats, tapbacks, and databases that are traps."""

import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from roc.collectors import imessage
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.formats.chats import MAX_MEMBERS
from roc.collectors.imessage import database
from roc.collectors.imessage.people import account, own_account
from roc.errors import BrokenExport, CollectError
from roc.graph.records import Account, AccountSeen, Kind, Nature, Problem, Record
from roc.graph.store import Graph
from tests.collectors import reading
from tests.collectors.failing import damaged_copies, read_until_it_fails
from tests.collectors.making_imessage import (
    BEN,
    GUID,
    HANDLES,
    SAMPLES,
    Row,
    make,
    nanoseconds,
    seconds,
)
from tests.collectors.reading import acts

read = partial(reading.read, "imessage")
recognised = partial(reading.recognised, "imessage")

MESSAGES = SAMPLES / "Messages"


def message(day: int = 5, handle_id: object = BEN, **columns: object) -> Row:
    told: Row = {"date": nanoseconds(day), "handle_id": handle_id, "is_from_me": 0, "chat": 1}
    return {**told, **columns}


def problems(records: list[Record]) -> list[str]:
    return [record.code for record in records if isinstance(record, Problem)]


def read_rows(tmp_path: Path, *rows: Row, handles: int = 1) -> list[Record]:
    people = [{"id": f"+49170000{number:04d}"} for number in range(handles)]
    path = tmp_path / "chat.db"
    path.unlink(missing_ok=True)
    chats = {1: range(1, handles + 1)}
    return read(make(path, rows, handles=people, chats=chats))


def changed(tmp_path: Path, script: str) -> Path:
    """A database to which somebody did something."""
    path = make(tmp_path / "chat.db", [message()], handles=HANDLES, chats={1: [BEN]})
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"PRAGMA synchronous = OFF; {script}")
    return path


def test_a_zip_a_folder_a_backup_and_a_renamed_file_read_alike(tmp_path: Path) -> None:
    backup = tmp_path / "backup" / "3d" / "3d0d7e5fb2ce288813306e4d4636395e047a3d28"
    backup.parent.mkdir(parents=True)
    (backup.parent / "other").write_bytes(b"SQLite format 3\0")
    shutil.copy(MESSAGES / "chat.db", backup)
    shutil.copy(MESSAGES / "chat.db", tmp_path / "my messages")
    with zipfile.ZipFile(tmp_path / "saved.zip", "w") as saved:
        saved.write(MESSAGES / "chat.db", "Library/Messages/chat.db")
    known = acts(read(MESSAGES))
    for place in ("backup", "my messages", "saved.zip"):
        assert recognised(tmp_path / place), place
        assert acts(read(tmp_path / place)) == known, place


def test_other_databases_are_not_taken_for_messages(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "notes.db")) as connection:
        connection.execute("CREATE TABLE message (id)")
    assert not recognised(tmp_path / "notes.db")


def test_an_encrypted_backup_is_told_for_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "3d0d7e5fb2ce288813306e4d4636395e047a3d28").write_bytes(b"\x07" * 99)
    (tmp_path / "Manifest.db").write_bytes(b"\x08" * 99)
    assert not recognised(tmp_path)
    with open_export(tmp_path) as export:
        assert "encrypted" in imessage.resembles(export)
    with open_export(MESSAGES) as export:
        assert imessage.resembles(export) == ""


@pytest.mark.parametrize("named", ["", "chat.db"])
def test_what_was_written_last_is_read_from_the_journal_beside_it(
    named: str, tmp_path: Path
) -> None:
    path = make(tmp_path / "Messages" / "chat.db", [message(5)], handles=HANDLES, chats={1: [BEN]})
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE message SET date = ?", (nanoseconds(9),))
        connection.commit()
        before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
        assert "chat.db-wal" in before
        (act,) = acts(read(path.parent / named))
        assert act.at is not None
        assert act.at.day == 9
        assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_seconds_and_nanoseconds_are_told_apart(tmp_path: Path) -> None:
    found = acts(read_rows(tmp_path, message(date=seconds(5)), message(date=nanoseconds(5))))
    assert {act.at.isoformat() for act in found if act.at} == {"2026-01-05T09:00:00+00:00"}


def test_in_a_large_chat_only_who_is_answered_is_reached(tmp_path: Path) -> None:
    rows = (message(), message(6, 2), message(7, 3, thread_originator_guid=GUID.format(1)))
    (act,) = acts(read_rows(tmp_path, *rows, handles=MAX_MEMBERS + 1))
    assert act.kind is Kind.REPLY
    assert [who.handle for who in act.recipients] == ["+491700000000"]
    assert act.audience == MAX_MEMBERS + 1


def test_an_answer_to_oneself_or_to_a_message_that_is_gone_is_a_message(tmp_path: Path) -> None:
    rows = (message(), *(message(6, thread_originator_guid=GUID.format(n)) for n in (1, 99)))
    assert [act.kind for act in acts(read_rows(tmp_path, *rows))] == [Kind.MESSAGE] * 3


def test_a_mark_that_was_taken_away_since_the_last_export_is_withdrawn(tmp_path: Path) -> None:
    def mark(day: int, what: int) -> Row:
        told = {"associated_message_type": what, "associated_message_guid": GUID.format(1)}
        return message(day, handle_id=0, is_from_me=1, **told)

    _, before = acts(read_rows(tmp_path, message(), mark(6, 2001)))
    _, after = acts(read_rows(tmp_path, message(), mark(6, 2001), mark(7, 3001)))
    assert before.external_id == after.external_id
    assert before.revision < after.revision
    assert (len(before.recipients), len(after.recipients)) == (1, 0)


def test_marks_on_ones_own_message_and_stickers_are_no_acts(tmp_path: Path) -> None:
    told = f"p:0/{GUID.format(1)}"
    marks = [
        message(associated_message_type=what, associated_message_guid=told) for what in (2000, 1000)
    ]
    assert len(acts(read_rows(tmp_path, message(), *marks))) == 1


def test_a_message_that_waits_for_its_time_is_not_sent_yet(tmp_path: Path) -> None:
    waiting = partial(message, handle_id=0, is_from_me=1, is_sent=0)
    rows = (waiting(), waiting(schedule_type=2), waiting(error=22))
    assert len(acts(read_rows(tmp_path, *rows))) == 1


def test_a_message_without_a_sender_is_a_problem_unless_it_can_be_but_one(tmp_path: Path) -> None:
    rows = (message(handle_id=0), message())
    assert problems(read_rows(tmp_path, *rows, handles=1)) == []
    assert problems(read_rows(tmp_path, *rows, handles=2)) == ["no_sender"]


def test_who_is_behind_a_handle() -> None:
    handles = ("tel:+49 170 1234567", "mailto:Ben@Example.org", "DHL", "urn:biz:0a1b", "", 7, None)
    assert [str(account(handle)) for handle in handles] == [
        "phone:+491701234567",
        "email:ben@example.org",
        "imessage:dhl",
        "imessage:urn:biz:0a1b",
        "None",
        "None",
        "None",
    ]
    told = ("E:ana@example.org", "p:+491701234567", "ana@example.org", "E:", "iMessage", None)
    assert [str(own_account(own)) for own in told] == [
        "email:ana@example.org",
        "phone:+491701234567",
        "email:ana@example.org",
        *["None"] * 3,
    ]


def test_a_service_that_writes_is_no_person(tmp_path: Path) -> None:
    rows = (message(), message(handle_id=2), message(handle_id=3))
    handles = [{"id": "22000"}, {"id": "urn:biz:0a1b"}, {"id": "noreply@example.org"}]
    records = read(make(tmp_path / "chat.db", rows, handles=handles, chats={1: [1, 2, 3]}))
    natures = [one.nature for one in records if isinstance(one, AccountSeen)]
    assert natures == [Nature.BOT, Nature.ROLE, Nature.BOT]


def test_all_addresses_of_the_owner_are_theirs_in_the_graph(tmp_path: Path) -> None:
    with Graph(tmp_path / "me.graph") as graph:
        graph.own([Account("email", "ana@work.example")])  # as the config has it
        for place in (MESSAGES, SAMPLES / "2012"):
            graph.add(read(place), source="imessage", export=place.name)
        with graph.read() as reader:
            mine = reader.people.accounts[reader.people.ego]
    own = {"email:ana@example.org", "email:ana@work.example", "phone:+4917000000001"}
    assert own <= set(mine)
    assert "phone:+4917000000002" not in mine


@pytest.mark.parametrize(
    "row",
    [
        message(date="soon"),
        message(date=b"\0" * 9),
        message(date=2**63 - 1),
        message(date=-(2**63)),
        message(date=None),
        message(date=1.5),
        message(guid="x" * 999),
        message(guid=b"\xff\0"),
        message(guid=""),
        message(handle_id="Ben"),
        message(is_from_me="yes", handle_id=None),
        message(chat="nowhere", handle_id=None),
        message(item_type="x"),
        message(associated_message_type="2000", associated_message_guid=b"p:0/"),
    ],
)
def test_a_value_of_any_kind_in_any_column_costs_a_row_at_most(row: Row, tmp_path: Path) -> None:
    records = read_rows(tmp_path, message(), row, handles=2)
    assert len(acts(records)) >= 1
    assert all("soon" not in record.detail for record in records if isinstance(record, Problem))


def test_texts_of_megabytes_are_passed_over(tmp_path: Path) -> None:
    big = message(text="x" * 3_000_000, attributedBody=b"y" * 3_000_000)
    assert len(acts(read_rows(tmp_path, big, message()))) == 2


def test_names_that_are_not_utf_8_are_read(tmp_path: Path) -> None:
    path = changed(tmp_path, "UPDATE handle SET id = CAST(X'4df67761ff' AS TEXT) WHERE ROWID = 1")
    assert [str(act.sender) for act in acts(read(path))] == ["imessage:m\ufffdwa\ufffd"]


_COLUMNS = "1 AS ROWID, 'a' AS guid, 1 AS date, 0 AS is_from_me, 1 AS handle_id"


@pytest.mark.parametrize(
    "script",
    [
        f"DROP TABLE message; CREATE VIEW message AS SELECT {_COLUMNS}",
        "DROP TABLE message; CREATE VIEW message AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
        f"SELECT i FROM n) SELECT {_COLUMNS} FROM n",
        "DROP TABLE chat; CREATE VIRTUAL TABLE chat USING fts5(guid, chat_identifier)",
        "DROP TABLE handle",
        "DROP TABLE message; CREATE TABLE message (id)",
        "DROP TABLE message; CREATE TABLE message (date, handle_id, is_from_me, "
        "guid GENERATED ALWAYS AS (replace(hex(zeroblob(99999)), '0', 'x') LIKE '%x%x%x%y'))",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE (' "
        "WHERE name = 'message'",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE (', "
        "name = CAST(X'ffb6' AS TEXT) WHERE name = 'message'",
    ],
)
def test_a_database_that_would_run_what_somebody_wrote_is_refused(
    script: str, tmp_path: Path
) -> None:
    with pytest.raises(BrokenExport, match=r"chat\.db is damaged"):
        read(changed(tmp_path, script))


def test_work_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
    script = (
        f"DROP TABLE chat_handle_join; CREATE TABLE chat_handle_join (chat_id, handle_id); "
        f"{many} INSERT INTO chat_handle_join SELECT 0, i FROM n;"
        f"{many} INSERT INTO chat (ROWID, guid) SELECT i + 9, 'g' || i FROM n;"
        f"{many} INSERT INTO message (ROWID, guid, date, is_from_me, handle_id) "
        "SELECT i + 9, 'm' || i, 790000000, 0, 1 FROM n;"
        f"{many} INSERT INTO chat_message_join SELECT i + 9, i + 9 FROM n;"
    )
    path = changed(tmp_path, script)
    assert len(acts(read(path))) == 2001
    monkeypatch.setattr(database, "_STEP", 1000)
    monkeypatch.setattr(database, "_LEAST_STEPS", 200_000)
    monkeypatch.setattr(database, "_STEPS_PER_BYTE", 0)
    with pytest.raises(BrokenExport, match="damaged"):
        read(path)


def test_damage_of_any_kind_ends_in_what_could_be_read_or_a_plain_error(tmp_path: Path) -> None:
    for copy in damaged_copies(MESSAGES, tmp_path, 60):
        with open_export(copy) as export:
            read_until_it_fails(imessage.collect(export, Options()))


def test_reading_that_is_broken_off_leaves_no_copy_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with open_export(MESSAGES) as export:
        records = imessage.collect(export, Options())
        next(iter(records))
        assert list(tmp_path.iterdir())
        records.close()  # type: ignore[attr-defined]
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_told_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    copy: Callable[..., None] = full
    monkeypatch.setattr("shutil.copyfileobj", copy)
    with pytest.raises(CollectError, match="No space left"):
        read(MESSAGES)
