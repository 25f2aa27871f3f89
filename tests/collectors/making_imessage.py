"""Invented databases of Messages, with the tables and columns of several ages.

Run: ``python -m tests.collectors.making_imessage`` writes the samples in ``imessage/`` anew.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parent / "imessage"

GUID = "0A1B2C3D-0000-4000-8000-{:012d}"
_BEGINNING = 1_767_225_600 - 978_307_200  # 2026-01-01, as Apple counts

_OLD = """
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL,
    text TEXT, handle_id INTEGER DEFAULT 0, attributedBody BLOB, service TEXT, account TEXT,
    error INTEGER DEFAULT 0, date INTEGER, is_from_me INTEGER DEFAULT 0,
    is_sent INTEGER DEFAULT 0, is_auto_reply INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL,
    service TEXT NOT NULL, UNIQUE (id, service));
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL,
    style INTEGER, chat_identifier TEXT, account_login TEXT);
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER, UNIQUE (chat_id, handle_id));
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER,
    PRIMARY KEY (chat_id, message_id));
"""
_NEWER = """
ALTER TABLE message ADD COLUMN associated_message_guid TEXT;
ALTER TABLE message ADD COLUMN associated_message_type INTEGER DEFAULT 0;
ALTER TABLE message ADD COLUMN destination_caller_id TEXT;
ALTER TABLE message ADD COLUMN is_spam INTEGER DEFAULT 0;
ALTER TABLE message ADD COLUMN thread_originator_guid TEXT;
ALTER TABLE message ADD COLUMN date_edited INTEGER DEFAULT 0;
ALTER TABLE message ADD COLUMN date_retracted INTEGER DEFAULT 0;
ALTER TABLE message ADD COLUMN schedule_type INTEGER DEFAULT 0;
ALTER TABLE handle ADD COLUMN person_centric_id TEXT;
"""

Row = Mapping[str, object]


def seconds(day: int, minute: int = 0) -> int:
    """Nine o'clock UTC of a day of January 2026 and so many minutes, in Apple's seconds."""
    return _BEGINNING + (day - 1) * 86_400 + 9 * 3600 + minute * 60


def nanoseconds(day: int, minute: int = 0) -> int:
    """The same in nanoseconds, as since 2017."""
    return seconds(day, minute) * 10**9


def make(
    path: Path,
    messages: Iterable[Row],
    *,
    handles: Iterable[Row] = (),
    chats: Mapping[int, Iterable[int]] | None = None,
    logins: Mapping[int, str] | None = None,
    is_new: bool = True,
    page_bytes: int = 512,
) -> Path:
    """Write a database.

    Args:
        path: where.
        messages: their columns; ``chat`` is the chat each is in, ``guid`` may be left out.
        handles: their columns; they are numbered from 1.
        chats: handles in each chat, by its number.
        logins: the owner's account in a chat.
        is_new: whether it has the columns of today.
        page_bytes: the size of its pages, small for a small file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {page_bytes}")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.executescript(_OLD + (_NEWER if is_new else ""))
        for handle in handles:
            _insert(connection, "handle", {"service": "iMessage"} | dict(handle))
        for number, members in (chats or {}).items():
            told = {"ROWID": number, "guid": f"iMessage;+;chat{number}", "style": 43}
            _insert(connection, "chat", told | {"account_login": (logins or {}).get(number)})
            for handle_id in members:
                _insert(connection, "chat_handle_join", {"chat_id": number, "handle_id": handle_id})
        for number, message in enumerate(messages, 1):
            columns = {"ROWID": number, "guid": GUID.format(number), "is_sent": 1} | dict(message)
            chat = columns.pop("chat", None)
            _insert(connection, "message", columns)
            if chat:
                told = {"chat_id": chat, "message_id": number}
                _insert(connection, "chat_message_join", told)
        connection.commit()
    return path


def _insert(connection: sqlite3.Connection, table: str, columns: Row) -> None:
    places = ", ".join("?" * len(columns))
    names = ", ".join(columns)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(columns.values()))


BEN, BEN_BY_SMS, BEN_BY_MAIL, CHIDI, DARA, PARCELS = range(1, 7)
HANDLES = (
    {"id": "+4917000000002"},
    {"id": "+4917000000002", "service": "SMS"},
    {"id": "Ben@example.org"},
    {"id": "chidi@example.org"},
    {"id": "+4917000000004", "service": "RCS"},
    {"id": "22000", "service": "SMS"},
)
TWO, GROUP, OFFERS, MYSELF = 1, 2, 3, 4
ANA_BY_PHONE: dict[str, Any] = {"destination_caller_id": "+4917000000001"}
ANA_BY_MAIL: dict[str, Any] = {"destination_caller_id": "ana@example.org"}


def _today(day: int, handle_id: int = 0, chat: int = TWO, **columns: object) -> Row:
    mine = int(not handle_id)
    told = {"date": nanoseconds(day), "handle_id": handle_id, "chat": chat, "is_from_me": mine}
    return told | {"text": "hello"} | columns


def _tapback(day: int, target: int, what: int, handle_id: int = 0, chat: int = TWO) -> Row:
    marked = f"p:0/{GUID.format(target)}" if target % 2 else f"bp:{GUID.format(target)}"
    told = {"associated_message_guid": marked, "associated_message_type": what}
    return _today(day, handle_id, chat, **told)


TODAY: tuple[Row, ...] = (
    _today(5, **ANA_BY_PHONE),
    _today(6, BEN_BY_SMS, service="SMS", **ANA_BY_PHONE),
    _today(7, chat=GROUP, date_edited=nanoseconds(8), **ANA_BY_MAIL),
    _today(8, CHIDI, GROUP, thread_originator_guid=GUID.format(3)),
    _today(9, DARA, GROUP, service="RCS"),
    _today(10, PARCELS, OFFERS, service="SMS"),
    _today(11, chat=MYSELF),  # a note to oneself
    _today(12, BEN, item_type=1),  # somebody was added
    _today(12, BEN, is_spam=1),
    _today(12, BEN, date_retracted=nanoseconds(12)),
    _today(12, error=22, is_sent=0),  # could not be sent
    _today(13, BEN, date=0),  # the bad row
    _tapback(14, 2, 2000),  # liked
    _tapback(14, 3, 2001, CHIDI, GROUP),
    _tapback(15, 3, 3001, CHIDI, GROUP),  # and taken away
    _tapback(15, 3, 3000, DARA, GROUP),
    _tapback(16, 3, 2004, DARA, GROUP),  # changed
    _today(17, BEN_BY_MAIL, 0),  # in no chat any more
)
LONG_AGO: tuple[Row, ...] = (
    {"guid": "OLD-1", "date": seconds(5), "handle_id": 1, "chat": 1},
    {"guid": "OLD-2", "date": seconds(6), "is_from_me": 1, "chat": 1},
    {"guid": "OLD-3", "date": seconds(7), "handle_id": 1, "chat": 1, "is_auto_reply": 1},
)


def make_samples() -> None:
    """Write the samples anew."""
    handles = [dict(handle) for handle in HANDLES]
    for number in (BEN, BEN_BY_SMS, BEN_BY_MAIL):
        handles[number - 1]["person_centric_id"] = "5E6F"
    handles.append({"id": "ana@example.org"})
    chats = {TWO: [BEN, BEN_BY_SMS], GROUP: [BEN, CHIDI, DARA], OFFERS: [PARCELS], MYSELF: [7]}
    for path in (SAMPLES / "Messages" / "chat.db", SAMPLES / "2012" / "sms.db"):
        path.unlink(missing_ok=True)
    make(SAMPLES / "Messages" / "chat.db", TODAY, handles=handles, chats=chats)
    make(
        SAMPLES / "2012" / "sms.db",
        LONG_AGO,
        handles=HANDLES[:1],
        chats={1: [1]},
        logins={1: "P:+4917000000001"},
        is_new=False,
    )


if __name__ == "__main__":
    make_samples()
