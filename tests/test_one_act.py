"""One act in two files, or in a file and behind an API, read by the real collectors: kept once."""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from roc.collectors.base import LiveSettings
from roc.collectors.registry import live
from roc.graph.records import Checkpoint
from roc.graph.store import Graph
from tests.collectors import fake_linkedin, fake_x, reading
from tests.collectors.fake_linkedin import TOKEN, FakeLinkedIn, connection, invitation, message
from tests.collectors.fake_x import FakeX
from tests.collectors.reading import acts
from tests.collectors.test_calendar import calendar
from tests.collectors.test_x_api import write_archive
from tests.graph.facts import Facts, facts_of
from tests.shell import Shell

LAST_DAY = 20_600
ANA, BEN, CHIDI = (f"{name}@example.org" for name in ("ana", "ben", "chidi"))

MAIL = f"""\
From: Ana <{ANA}>
To: Ben <{BEN}>
Date: Mon, 5 Jan 2026 10:12:00 +0100
Message-ID: <atlas-1@example.org>
"""
ANSWER = f"""\
From: Ben <{BEN}>
To: Ana <{ANA}>
Date: Mon, 5 Jan 2026 11:30:00 +0100
Message-ID: <atlas-2@example.org>
In-Reply-To: <atlas-1@example.org>
References: <atlas-1@example.org>
"""


def collected(roc: Shell, *what: str) -> tuple[int, int]:
    """How many acts were new, and how many were known."""
    rows = json.loads(roc("collect", *what, "--json", "--graph", "me.graph"))
    return sum(row["new"] for row in rows), sum(row["known"] for row in rows)


def kept(roc: Shell, name: str = "me.graph") -> Facts:
    with Graph(roc.folder / name) as graph:
        assert graph.contacts_agree()
        return facts_of(graph, LAST_DAY)


def same_in_either_order(roc: Shell, one: str, other: str) -> Facts:
    """What the graph says after two exports, which is the same whichever is read first."""
    roc("collect", one, other, "--graph", "one.graph")
    roc("collect", other, one, other, "--graph", "other.graph")
    first = kept(roc, "one.graph")
    assert kept(roc, "other.graph") == first
    return first


def as_mbox(roc: Shell, *mails: str) -> str:
    envelope = "From ana@example.org Mon Jan  5 09:12:00 2026\n"
    return roc.write("mail.mbox", "".join(f"{envelope}{mail}\nHello.\n\n" for mail in mails))


def as_maildir(roc: Shell, folder: str = "Maildir", **mails: Sequence[str]) -> str:
    """Mails by the folder they lie in: ``cur`` once they were seen, ``new`` before."""
    for state, lying in mails.items():
        path = roc.folder / folder / state
        path.mkdir(parents=True)
        for number, mail in enumerate(lying, 1):
            (path / f"{number}.M1P1.example").write_text(f"{mail}\nHello.\n", encoding="utf-8")
    return folder


def as_eml(roc: Shell, mail: str) -> str:
    return roc.write("one.eml", f"{mail}\r\nHello.\r\n".replace("\n", "\r\n"))


def test_a_mail_in_an_mbox_a_maildir_and_a_file_of_its_own_is_kept_once(roc: Shell) -> None:
    assert collected(roc, as_mbox(roc, MAIL, ANSWER)) == (2, 0)
    first = kept(roc)
    assert collected(roc, as_maildir(roc, cur=[ANSWER], new=[MAIL])) == (0, 2)
    assert collected(roc, as_eml(roc, MAIL)) == (0, 1)
    assert kept(roc) == first


def test_a_maildir_whose_mails_were_all_seen_is_read(roc: Shell) -> None:
    assert collected(roc, as_maildir(roc, cur=[MAIL, ANSWER])) == (2, 0)
    assert collected(roc, as_maildir(roc, "Unseen", new=[MAIL, ANSWER])) == (0, 2)


def test_a_blind_copy_is_known_whichever_copy_of_a_mail_is_read_first(roc: Shell) -> None:
    received, sent = as_mbox(roc, MAIL), as_eml(roc, f"{MAIL}Bcc: Chidi <{CHIDI}>\n")
    reached = [row[1] for row in same_in_either_order(roc, received, sent).contacts]
    assert reached == [f"email:{BEN}", f"email:{CHIDI}"]


def test_a_mail_that_lost_its_date_on_one_way_keeps_the_one_it_has(roc: Shell) -> None:
    """Without a date of its own, a mail is dated by what relays and mailboxes wrote on it."""
    undated = MAIL.replace("Date: Mon, 5 Jan 2026 10:12:00 +0100\n", "")
    relayed = f"Received: by mx.example.org; Tue, 6 Jan 2026 08:00:00 +0000\n{undated}"
    facts = same_in_either_order(roc, as_mbox(roc, MAIL), as_eml(roc, relayed))
    assert [row[2] for row in facts.contacts] == [20_458]


MEETING = f"""
UID:dinner-7@example.org
DTSTART:20260105T180000Z
ORGANIZER;CN=Ana:mailto:{ANA}
ATTENDEE;CN=Ben:mailto:{BEN}
"""
WEEKLY = f"{MEETING}RRULE:FREQ=WEEKLY;COUNT=4\n"


def as_calendar(roc: Shell, name: str, *events: str) -> str:
    return roc.write(name, calendar(*events).decode())


def met(facts: Facts) -> list[tuple[str, str, int]]:
    """Who met whom on which day of January 2026, each pair once."""
    return [
        (one.removeprefix("email:"), other.removeprefix("email:"), day - 20_453)
        for one, other, day, *_ in facts.contacts
        if one < other
    ]


def test_a_meeting_in_two_calendars_is_kept_once_with_everyone_in_either(roc: Shell) -> None:
    mine = as_calendar(roc, "mine.ics", MEETING)
    bens = as_calendar(roc, "bens.ics", f"{MEETING}ATTENDEE;CN=Chidi:mailto:{CHIDI}\n")
    facts = same_in_either_order(roc, mine, bens)
    assert met(facts) == [(ANA, BEN, 5), (ANA, CHIDI, 5), (BEN, CHIDI, 5)]
    assert collected(roc, mine) == (1, 0)
    assert collected(roc, bens) == (0, 1)


def test_each_occurrence_is_a_meeting_in_both_calendars(roc: Shell) -> None:
    mine = as_calendar(roc, "mine.ics", WEEKLY)
    zoned = WEEKLY.replace("DTSTART:20260105T180000Z", "DTSTART;TZID=Europe/Berlin:20260105T190000")
    bens = as_calendar(roc, "bens.ics", zoned)
    assert collected(roc, mine) == (4, 0)
    assert collected(roc, bens) == (0, 4)
    assert [day for *_, day in met(kept(roc))] == [5, 12, 19, 26]


def test_a_meeting_that_was_moved_is_kept_where_it_was_moved_to(roc: Shell) -> None:
    old = as_calendar(roc, "old.ics", MEETING)
    new = as_calendar(
        roc, "new.ics", MEETING.replace("20260105", "20260107").strip() + "\nSEQUENCE:1\n"
    )
    # An event that does not repeat is the same event wherever it is moved to.
    assert met(same_in_either_order(roc, old, new)) == [(ANA, BEN, 7)]


def test_an_occurrence_that_was_moved_is_kept_where_it_was_moved_to(roc: Shell) -> None:
    moved = f"""
        UID:dinner-7@example.org
        RECURRENCE-ID:20260112T180000Z
        DTSTART:20260113T180000Z
        SEQUENCE:1
        ORGANIZER;CN=Ana:mailto:{ANA}
        ATTENDEE;CN=Ben:mailto:{BEN}
    """
    old, new = as_calendar(roc, "old.ics", WEEKLY), as_calendar(roc, "new.ics", WEEKLY, moved)
    days = [day for *_, day in met(same_in_either_order(roc, old, new))]
    assert days == [5, 13, 19, 26]


@pytest.mark.parametrize(
    ("called_off", "days"),
    [
        (f"{WEEKLY}STATUS:CANCELLED\nSEQUENCE:1\n", []),
        (f"{WEEKLY}EXDATE:20260112T180000Z\nSEQUENCE:1\n", [5, 19, 26]),
    ],
    ids=["the series", "one occurrence"],
)
def test_what_was_called_off_does_not_come_back_with_an_older_calendar(
    roc: Shell, called_off: str, days: list[int]
) -> None:
    old, new = as_calendar(roc, "old.ics", WEEKLY), as_calendar(roc, "new.ics", called_off)
    assert [day for *_, day in met(same_in_either_order(roc, old, new))] == days


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeLinkedIn]:
    ana, ben = ("Ana Lopez", fake_linkedin.ANA), ("Ben Osei", fake_linkedin.BEN)
    with FakeLinkedIn() as server:
        server.rows["CONNECTIONS"] = [
            connection("Ben", "Osei", fake_linkedin.BEN, "05 Mar 2024", BEN),
        ]
        server.rows["INBOX"] = [
            message("c1", ben, ana, "2026-03-01 08:00:00 UTC", "Coffee?"),
            message("c1", ana, ben, "2026-03-01 08:05:00 UTC", "Yes!"),
            message("c1", ana, ben, "2026-03-01 08:05:00 UTC", "Yes!"),
        ]
        server.rows["INVITATIONS"] = [
            invitation(ben, ana, "3/5/24, 8:02 AM", "INCOMING"),
        ]
        monkeypatch.setenv("ROC_LINKEDIN_TOKEN", TOKEN)
        monkeypatch.setenv("ROC_LINKEDIN_BASE", server.url)
        yield server


def as_export(roc: Shell, town: FakeLinkedIn) -> str:
    """What the API would tell, as LinkedIn's download."""
    domains = {"INBOX": "messages", "CONNECTIONS": "Connections", "INVITATIONS": "Invitations"}
    for domain, name in domains.items():
        _write_csv(roc.folder / "linkedin" / f"{name}.csv", town.rows[domain])
    profile = {**fake_linkedin.PROFILE[0], "Maiden Name": ""}
    _write_csv(roc.folder / "linkedin" / "Profile.csv", [profile])
    return "linkedin"


def _write_csv(path: Path, rows: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("first", ["export", "api"])
def test_what_linkedins_export_and_its_api_both_tell_is_kept_once(
    roc: Shell, town: FakeLinkedIn, first: str
) -> None:
    """Three messages, two of them alike, and an invitation."""
    export = (as_export(roc, town), "--source", "linkedin")
    one, other = [export, ("linkedin",)][:: 1 if first == "export" else -1]
    assert collected(roc, *one) == (4, 0)
    once = kept(roc)
    assert collected(roc, *other) == (0, 4)
    assert kept(roc) == once


@pytest.mark.parametrize("first", ["archive", "api"])
def test_what_xs_archive_and_its_api_both_tell_is_kept_once(
    roc: Shell, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """An answer, a post that names somebody, and a direct message each way."""
    ana, ben = fake_x.ANA, fake_x.BEN
    with FakeX() as square:
        theirs = (fake_x.number(fake_x.moment(1)), ben)
        square.posts = [
            fake_x.post(2, ana, "@ben yes", mentions=[ben], answers=theirs),
            fake_x.post(3, ana, "with @chidi", mentions=[fake_x.CHIDI]),
        ]
        square.events = [
            fake_x.message(minute, who, f"{ana}-{ben}") for minute, who in ((4, ben), (5, ana))
        ]
        monkeypatch.setenv("ROC_X_TOKEN", fake_x.TOKEN)
        monkeypatch.setenv("ROC_X_BASE", square.url)
        write_archive(roc.folder / "archive", square)
        one, other = ["archive", "x"][:: 1 if first == "archive" else -1]
        assert collected(roc, one) == (4, 0)
        once = kept(roc)
        assert collected(roc, other) == (0, 4)
        assert kept(roc) == once


def test_a_post_is_one_act_in_its_authors_archive_and_among_the_mentions_of_whom_it_names(
    tmp_path: Path,
) -> None:
    """Ben's archive and Ana's API."""
    with FakeX() as square:
        square.posts = square.mentions = [
            fake_x.post(3, fake_x.BEN, "with @ana", mentions=[fake_x.ANA])
        ]
        write_archive(tmp_path / "archive", square, owner=fake_x.BEN)
        (archived,) = acts(reading.read("x", tmp_path / "archive"))
        settings = LiveSettings(
            token=fake_x.TOKEN, now=datetime(2026, 3, 6, tzinfo=UTC), base_url=square.url
        )
        (mentioned,) = acts(live("x").pull(live("x").connect(settings), "mentions", {}))
    assert mentioned == archived


def test_a_pull_that_stopped_and_went_on_tells_what_one_in_one_go_tells(
    tmp_path: Path, graph: Graph, town: FakeLinkedIn
) -> None:
    ana, ben = ("Ana Lopez", fake_linkedin.ANA), ("Ben Osei", fake_linkedin.BEN)
    town.rows["INBOX"] = [
        message("c1", sender, ana, f"2026-03-01 08:0{minute}:00 UTC", "Coffee?")
        for minute, sender in enumerate([("Ben Osei", ""), *[ben] * 7])
    ]
    settings = LiveSettings(token=TOKEN, now=datetime(2026, 3, 6, tzinfo=UTC), base_url=town.url)
    in_one_go = list(live("linkedin").pull(live("linkedin").connect(settings), "inbox", {}))
    for record in live("linkedin").pull(live("linkedin").connect(settings), "inbox", {}):
        graph.add([record], source="linkedin", export="inbox")
        if isinstance(record, Checkpoint) and record.cursor["start"] == 3:
            break
    there = graph.cursor("linkedin", "inbox")
    rest = live("linkedin").pull(live("linkedin").connect(settings), "inbox", there)
    graph.add(rest, source="linkedin", export="inbox")
    with Graph(tmp_path / "other.graph") as other:
        other.add(in_one_go, source="linkedin", export="inbox")
        assert facts_of(graph, LAST_DAY) == facts_of(other, LAST_DAY)
