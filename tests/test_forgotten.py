"""Forgotten means forgotten: from real exports, through every command, down to the bytes on disk.

Zenobia Quux stands wherever somebody can stand. After ``roc people forget`` the raw bytes of the
graph, of its log and of everything roc wrote are searched for her in many encodings, and again
after all exports are read once more.
"""

import base64
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from roc.cli.options import settings
from roc.workflows import forgetting
from tests.shell import Shell
from tests.test_cli import JOURNAL

AS_OF = ("--as-of", "2026-03-01")
ADDRESS = "zenobia.quux@example.org"
X_NUMBER = "987654321"
EXPORTS = ("zenobia-quux.mbox", "linkedin", "x", "zenobia.txt", "dinner.ics", "crm.csv")

MAIL = f"""\
From - Mon Jan  5 10:00:00 2026
From: Dara <dara@example.org>
To: "Zenobia Quux" <{ADDRESS}>, Ben <ben@example.org>
Date: Mon, 05 Jan 2026 10:00:00 +0000
Message-ID: <one@example.org>

Hello

From - Tue Jan  6 10:00:00 2026
From: =?utf-8?q?Zenobia_Quux?= <{ADDRESS.upper()}>
To: dara@example.org
Date: Tue, 06 Jan 2026 10:00:00 +0000
Message-ID: <two.{ADDRESS}>
In-Reply-To: <one@example.org>

Hello

From - Wed Jan  7 10:00:00 2026
From: "Zenobia Quux via Documents" <notifications@example.org>
To: dara@example.org
Date: Wed, 07 Jan 2026 10:00:00 +0000
Message-ID: <three@example.org>

Hello

From - Thu Jan  8 10:00:00 2026
From: ben@example.org
To: dara@example.org
Cc: "Quux, Zenobia" <{ADDRESS}>
Date: Thu, 08 Jan 2026 10:00:00 +0000
Message-ID: <four@example.org>
References: <two.{ADDRESS}>

Hello
"""
CONNECTIONS = f"""\
First Name,Last Name,URL,Email Address,Company,Position,Connected On
Zenobia,Quux,https://www.linkedin.com/in/Zenobia-Quux,{ADDRESS},Quuxworks,CTO,08 Jan 2026
Ben,Okafor,https://www.linkedin.com/in/ben-okafor,,Zenobia Quux Consulting,CEO,09 Jan 2026
"""
MESSAGES = """\
CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,\
CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT
2-one,,Zenobia Quux,https://www.linkedin.com/in/zenobia-quux,"Dara Hoyt, Ben Okafor",\
"https://www.linkedin.com/in/dara-hoyt,https://www.linkedin.com/in/ben-okafor",\
2026-01-10 08:12:40 UTC,,Coffee?,INBOX,,No,No
2-one,,Dara Hoyt,https://www.linkedin.com/in/dara-hoyt,"Zenobia Quux, Ben Okafor",\
"https://www.linkedin.com/in/zenobia-quux,https://www.linkedin.com/in/ben-okafor",\
2026-01-10 09:12:40 UTC,,Yes,INBOX,,No,No
2-two,,Zenobia Quux,,Dara Hoyt,https://www.linkedin.com/in/dara-hoyt,\
2026-01-11 09:12:40 UTC,,Yes,INBOX,,No,No
"""
PROFILE = "First Name,Last Name,Maiden Name\nDara,Hoyt,\n"
HER_JOURNAL = f"""\
2026-01-12 me -> zenobia, ben dinner #q1 #zenobia-quux cost 90
2026-01-13 zenobia -> me thanks
2026-01-14 "Zenobia Quux" -> me referral
2026-01-15 me -> email:{ADDRESS} message
2026-01-16 me -> ben message #zenobia-quux #q1
2026-01-32 me -> zenobia message
"""
CALENDAR = f"""\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:dinner-with-zenobia@example.org
DTSTAMP:20260101T000000Z
DTSTART:20260120T180000Z
DTEND:20260120T200000Z
SUMMARY:Dinner
ORGANIZER;CN=Zenobia Quux:mailto:{ADDRESS.title()}
ATTENDEE;CN=Dara;PARTSTAT=ACCEPTED:mailto:dara@example.org
ATTENDEE;CN=Ben;PARTSTAT=ACCEPTED:mailto:ben@example.org
END:VEVENT
END:VCALENDAR
"""
TABLE = f"""\
from,to,at
dara@example.org,Zenobia-Quux@crm,2026-01-21
dara@example.org,{ADDRESS},2026-01-22
https://www.linkedin.com/in/Zenobia-Quux,dara@example.org,2026-01-23
"""
X_FILES = {
    "account.js": [
        {"account": {"accountId": "1", "username": "dara", "email": "dara@example.org"}}
    ],
    "following.js": [{"following": {"accountId": X_NUMBER}}],
    "tweets.js": [
        {
            "tweet": {
                "id_str": "1000",
                "created_at": "Thu Jan 15 10:00:00 +0000 2026",
                "full_text": "@zenobiaquux hi",
                "in_reply_to_user_id_str": X_NUMBER,
                "in_reply_to_screen_name": "ZenobiaQuux",
                "in_reply_to_status_id_str": "999",
                "entities": {"user_mentions": [{"id_str": X_NUMBER, "screen_name": "ZenobiaQuux"}]},
            }
        }
    ],
}
HER_ACCOUNTS = (
    f"email:{ADDRESS}",
    "linkedin:zenobia-quux",
    f"x:{X_NUMBER}",
    "journal:zenobia",
    "journal:zenobia quux",
    "crm:Zenobia-Quux@crm",
)


def traces() -> Iterator[bytes]:
    """Her, in every spelling and encoding, without capitals where there are any."""
    for text in ("zenobia", "quux"):
        yield text.encode()
        yield text.encode("utf-16-le")
        yield text.encode("utf-16-be")
    for text in (ADDRESS, f"email:{ADDRESS}", "Zenobia Quux", "zenobia-quux"):
        yield quote(text, safe="").lower().encode()
        yield base64.b64encode(text.encode()).rstrip(b"=")[:-1].lower()
        yield text.lower().encode().hex().encode()
    yield X_NUMBER.encode()


def found_in(files: list[Path]) -> list[tuple[str, bytes]]:
    """In which files which trace of her is found."""
    return [
        (file.name, trace)
        for file in files
        for trace in traces()
        if trace in file.read_bytes().lower() or trace in file.name.lower().encode()
    ]


def graph_files(roc: Shell) -> list[Path]:
    found = [*roc.folder.glob("me.graph"), *roc.folder.glob("me.graph-*")]
    assert found
    return found


@pytest.fixture
def week(roc: Shell) -> Shell:
    """A graph from all exports, in which one Zenobia has all her accounts; and what roc wrote."""
    roc.write("zenobia-quux.mbox", MAIL)
    (roc.folder / "linkedin").mkdir()
    roc.write("linkedin/Connections.csv", CONNECTIONS)
    roc.write("linkedin/messages.csv", MESSAGES)
    roc.write("linkedin/Profile.csv", PROFILE)
    (roc.folder / "x" / "data").mkdir(parents=True)
    for name, items in X_FILES.items():
        part = name.removesuffix(".js")
        text = f"window.YTD.{part}.part0 = {json.dumps(items)}"
        roc.write(f"x/data/{name}", text)
    roc.write("zenobia.txt", HER_JOURNAL)
    roc.write("dinner.ics", CALENDAR)
    roc.write("crm.csv", TABLE)
    roc.write("mine.txt", JOURNAL)
    own = ("email:dara@example.org", "linkedin:dara-hoyt", "x:1")
    flags = [word for account in own for word in ("--me", account)]
    roc("init", "--name", "Dara", *flags, "--graph", "me.graph")
    collect_all(roc)
    for other in HER_ACCOUNTS[1:]:
        roc.run("people", "merge", HER_ACCOUNTS[0], other)
    accounts = json.loads(roc("people", "list", "zenobia", "--json"))
    assert set(HER_ACCOUNTS) <= {key for row in accounts for key in row["accounts"]}
    roc("people", "tag", HER_ACCOUNTS[0], "quuxtag")
    roc("people", "tag", "journal:ben", "zenobia-quux")
    return roc


def collect_all(roc: Shell) -> None:
    for name in EXPORTS[:-1]:
        roc("collect", name)
    roc("collect", "table", "crm.csv", "--name", "crm")
    roc("collect", "mine.txt")


def write_all(roc: Shell) -> list[Path]:
    """Everything that roc writes for people to read."""
    before = set(roc.folder.rglob("*"))
    roc("score", *AS_OF)
    roc("score", *AS_OF, "--ego", HER_ACCOUNTS[0])
    roc("report", *AS_OF, "--out", "out")
    roc("audit", *AS_OF, "--out", "out")
    roc("project", "2026-01-01", "2026-01-31", *AS_OF, "--out", "out", "--named")
    for ending in ("csv", "json", "graphml", "gexf"):
        roc("export", f"zenobia-quux.{ending}", *AS_OF)
    written = set(roc.folder.rglob("*")) - before
    return sorted(file for file in written if file.is_file() and "graph-" not in file.name)


def test_whoever_is_forgotten_is_in_no_byte_of_the_graph_or_of_what_roc_wrote(week: Shell) -> None:
    written = write_all(week)
    assert len({name for name, _ in found_in(written)}) >= 8
    assert found_in(graph_files(week))
    own = week.folder / "own-notes.csv"
    own.write_text("Zenobia Quux", encoding="utf-8")
    answer = json.loads(week("people", "forget", ADDRESS, "--yes", "--outputs", "--json"))
    assert answer["overwritten"] is True
    assert set(answer["deleted"]) == set(answer["outputs"])
    assert found_in(graph_files(week)) == []
    assert found_in([file for file in written if file.exists()]) == []
    assert own.exists()
    collect_all(week)
    assert found_in(graph_files(week)) == []
    roc_wrote = write_all_but_hers(week)
    assert found_in(roc_wrote) == []
    assert found_in(graph_files(week)) == []
    assert json.loads(week("doctor", "--json"))["sound"]


def write_all_but_hers(roc: Shell) -> list[Path]:
    before = set(roc.folder.rglob("*"))
    roc("report", *AS_OF, "--out", "again")
    roc("audit", *AS_OF, "--out", "again")
    roc("export", "again.json", *AS_OF)
    return sorted(file for file in set(roc.folder.rglob("*")) - before if file.is_file())


def test_forgetting_somebody_changes_no_tie_of_others(week: Shell) -> None:
    def ties_of_others() -> dict[str, list[object]]:
        rows = json.loads(week("score", *AS_OF, "--json"))["ties"]
        # Trust is measured against what people in general say, of whom she was one.
        names = ("strength", "alive", "balance", "last_contact")
        return {
            row["person"]: [row[name] for name in names]
            for row in rows
            if row["person"] != HER_ACCOUNTS[0] and "crm" not in row["person"]
        }

    before = ties_of_others()
    assert len(before) > 2
    week("people", "forget", ADDRESS, "--yes")
    after = ties_of_others()
    assert {name: after.get(name) for name in before} == before
    collect_all(week)
    assert ties_of_others() == before


def test_what_names_the_forgotten_is_told_and_only_what_roc_wrote_is_deleted(week: Shell) -> None:
    written = write_all(week)
    changed = week.folder / "out" / "audit-2026-03-01.md"
    changed.write_text("My notes on Zenobia Quux", encoding="utf-8")
    week.write("me.graph.v1-backup", "an earlier graph")
    journal = week.folder / "journal.txt"
    journal.write_text("2026-02-02 me -> zenobia message\n", encoding="utf-8")
    said = week.run("people", "forget", ADDRESS, "--yes").stderr
    assert all(file.exists() for file in written)
    for file in (changed, journal, week.folder / "me.graph.v1-backup", *written):
        if found_in([file]):
            assert str(file) in said
    assert f"changed since; look after it yourself: {changed}" in said
    assert f"journal names them; what is yours is not edited: {journal}" in said


def test_only_a_yes_deletes_what_roc_wrote(week: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    written = write_all(week)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\nn\n"))
    ran = week.run("people", "forget", ADDRESS)
    assert ran.status == 0, ran.stderr
    assert "Delete these files, too?" in ran.stderr
    assert all(file.exists() for file in written)


def test_a_file_that_was_changed_after_it_was_found_is_not_deleted(week: Shell) -> None:
    written = write_all(week)
    config = settings(None, None)
    found = forgetting.find(config, ADDRESS)
    mine = found.traces.outputs[0]
    mine.write_text("Zenobia Quux, in my own words", encoding="utf-8")
    done = forgetting.forget(config, found, outputs=True)
    assert mine in written
    assert mine.exists()
    assert set(done.deleted) == {*found.traces.outputs} - {mine}
