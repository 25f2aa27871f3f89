"""What is peculiar to calendars: who counts as present, and when a repeated event takes place."""

import io
import tracemalloc
from functools import partial
from pathlib import Path

import pytest

from roc.collectors.calendar import MAX_PRESENT
from roc.collectors.formats.ical import blocks
from roc.errors import BrokenExport
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    Interaction,
    Kind,
    Nature,
    Precision,
    Problem,
    Record,
)
from tests.collectors import reading
from tests.collectors.reading import acts

read = partial(reading.read, "calendar")
recognised = partial(reading.recognised, "calendar")

BEN = "ATTENDEE:mailto:ben@example.org"


def calendar(*events: str, head: str = "") -> bytes:
    """A calendar of events, each told by the lines that matter; the rest is added."""
    told = []
    for number, event in enumerate(events):
        lines = event.strip().splitlines()
        usual = {"UID": f"UID:{number}", "DTSTART": "DTSTART:20260105T090000Z"}
        given = {line.replace(";", ":").split(":")[0] for line in lines}
        lines += [line for name, line in usual.items() if name not in given]
        told += ["BEGIN:VEVENT", *(line.strip() for line in lines), "END:VEVENT"]
    return "\n".join(["BEGIN:VCALENDAR", *head.splitlines(), *told, "END:VCALENDAR", ""]).encode()


def read_bytes(tmp_path: Path, content: bytes) -> list[Record]:
    path = tmp_path / "calendar.ics"
    path.write_bytes(content)
    return read(path)


def meetings(tmp_path: Path, *events: str, head: str = "") -> list[Interaction]:
    return acts(read_bytes(tmp_path, calendar(*events, head=head)))


def days(found: list[Interaction]) -> list[str]:
    return [meeting.at.strftime("%m-%d %H:%M") for meeting in found if meeting.at]


def people(meeting: Interaction) -> list[str]:
    return [meeting.sender.handle, *(other.handle for other in meeting.recipients)]


def test_a_meeting_is_the_organiser_with_those_who_did_not_decline(tmp_path: Path) -> None:
    (meeting,) = meetings(
        tmp_path,
        f"""
        ORGANIZER:MAILTO:Ana@Example.org
        {BEN}
        ATTENDEE;PARTSTAT=declined:mailto:chidi@example.org
        ATTENDEE;PARTSTAT=DELEGATED:mailto:dara@example.org
        ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:esi@example.org
        """,
    )
    assert meeting.kind is Kind.MEETING
    assert people(meeting) == ["ana@example.org", "ben@example.org", "esi@example.org"]


def test_an_organiser_who_declined_is_not_there(tmp_path: Path) -> None:
    (meeting,) = meetings(
        tmp_path,
        f"""
        ORGANIZER:mailto:ana@example.org
        ATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.org
        {BEN}
        ATTENDEE:mailto:chidi@example.org
        """,
    )
    assert people(meeting) == ["ben@example.org", "chidi@example.org"]


def test_without_an_organiser_it_is_the_owner_who_called(tmp_path: Path) -> None:
    (meeting,) = meetings(tmp_path, BEN)
    assert (meeting.sender, meeting.recipients) == (ME, (Account("email", "ben@example.org"),))


def test_a_shared_calendar_of_google_is_not_somebody(tmp_path: Path) -> None:
    (meeting,) = meetings(tmp_path, f"ORGANIZER:mailto:x1@group.calendar.google.com\n{BEN}")
    assert meeting.sender == ME


@pytest.mark.parametrize(
    ("attendee", "nature"),
    [
        ("CUTYPE=ROOM:mailto:attic@example.org", Nature.ROOM),
        ("CUTYPE=RESOURCE:mailto:beamer@example.org", Nature.ROOM),
        ("CUTYPE=GROUP:mailto:all@example.org", Nature.LIST),
        ("X-A=1:mailto:c_1@resource.calendar.google.com", Nature.ROOM),
    ],
)
def test_rooms_and_groups_are_not_people(tmp_path: Path, attendee: str, nature: Nature) -> None:
    records = read_bytes(tmp_path, calendar(f"{BEN}\nATTENDEE;{attendee}"))
    assert people(acts(records)[0]) == ["me", "ben@example.org"]
    assert [seen.nature for seen in records if isinstance(seen, AccountSeen)] == [nature]
    assert meetings(tmp_path, f"ATTENDEE;{attendee}") == []


@pytest.mark.parametrize(
    "event",
    [
        "SUMMARY:dentist",
        "ORGANIZER:mailto:ben@example.org",
        "ORGANIZER:mailto:ben@example.org\nATTENDEE:mailto:BEN@example.org",
        "ATTENDEE:urn:uuid:1",
        f"{BEN}\nSTATUS:CANCELLED",
        f"{BEN}\nDTSTART;VALUE=DATE:20260105",
        f"{BEN}\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    ],
)
def test_what_is_no_meeting_with_somebody_leaves_nothing(tmp_path: Path, event: str) -> None:
    assert read_bytes(tmp_path, calendar(event)) == []


def test_a_crowd_is_an_audience_and_not_a_meeting(tmp_path: Path) -> None:
    crowd = [f"ATTENDEE:mailto:p{number}@example.org" for number in range(MAX_PRESENT)]
    assert meetings(tmp_path, "\n".join(crowd)) == []
    assert len(meetings(tmp_path, "\n".join(crowd[1:]))) == 1


def test_names_are_read_whatever_signs_they_hold(tmp_path: Path) -> None:
    records = read_bytes(
        tmp_path,
        calendar(
            """
            ATTENDEE;CN="López, Ana: head; of maps";PARTSTAT=ACCEPTED:mailto:ana@example.org
            ATTENDEE;CN=Ben Okafor;EMAIL=ben@example.org:urn:uuid:2
            ATTENDEE;CN=dara@example.org:mailto:dara%40example.org
            """
        ),
    )
    ana, ben = (Account("email", "ana@example.org"), Account("email", "ben@example.org"))
    assert records[:-1] == [
        AccountSeen(ana, "López, Ana: head; of maps"),
        AccountSeen(ben, "Ben Okafor"),
    ]
    assert people(acts(records)[0])[-1] == "dara@example.org"


@pytest.mark.parametrize(
    ("start", "at", "precision"),
    [
        ("DTSTART:20260705T090000Z", "07-05 09:00", Precision.INSTANT),
        ("DTSTART;TZID=Europe/Lisbon:20260705T090000", "07-05 08:00", Precision.INSTANT),
        ("DTSTART;TZID=W. Europe Standard Time:20260705T090000", "07-05 07:00", Precision.INSTANT),
        ("DTSTART:20260705T090000", "07-05 09:00", Precision.LOCAL),
        ("DTSTART;TZID=Nowhere:20260705T090000", "07-05 09:00", Precision.LOCAL),
    ],
)
def test_a_start_is_as_exact_as_its_zone(
    tmp_path: Path, start: str, at: str, precision: Precision
) -> None:
    (meeting,) = meetings(tmp_path, f"{start}\n{BEN}")
    assert (days([meeting]), meeting.precision) == ([at], precision)


def zone(name: str, offset: str) -> str:
    """A zone without summer time, as Outlook defines it in the file."""
    return f"""BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:{offset}
TZOFFSETTO:{offset}
END:STANDARD
END:VTIMEZONE"""


def test_each_calendars_own_zones_are_its_own(tmp_path: Path) -> None:
    event = f"DTSTART;TZID=Customized Time Zone:20260105T090000\n{BEN}"
    one = calendar(event, head=zone("Customized Time Zone", "+0300"))
    other = calendar(f"UID:b\n{event}", head=zone("Customized Time Zone", "-0800"))
    assert days(acts(read_bytes(tmp_path, one + other))) == ["01-05 06:00", "01-05 17:00"]


def test_a_zone_that_would_keep_us_busy_for_ever_is_not_used(tmp_path: Path) -> None:
    trap = zone("Trap", "+0300").replace(
        "TZOFFSETFROM", "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\nTZOFFSETFROM"
    )
    (meeting,) = meetings(tmp_path, f"DTSTART;TZID=Trap:20260105T090000\n{BEN}", head=trap)
    assert meeting.precision is Precision.LOCAL


def test_a_weekly_meeting_keeps_its_hour_when_the_clocks_change(tmp_path: Path) -> None:
    found = meetings(
        tmp_path,
        f"DTSTART;TZID=Europe/Berlin:20260323T090000\nRRULE:FREQ=WEEKLY;COUNT=2\n{BEN}",
    )
    assert days(found) == ["03-23 08:00", "03-30 07:00"]


def test_a_series_ends_where_it_says(tmp_path: Path) -> None:
    start = f"DTSTART;TZID=America/New_York:20260105T200000\n{BEN}"
    # 20:00 in New York is 01:00 UTC on the next day.
    until = meetings(tmp_path, f"{start}\nRRULE:FREQ=DAILY;UNTIL=20260107T010000Z")
    assert days(until) == ["01-06 01:00", "01-07 01:00"]
    by_day = meetings(tmp_path, f"{start}\nRRULE:FREQ=DAILY;UNTIL=20260107")
    assert len(by_day) == 3


def test_an_endless_series_ends_a_year_after_the_last_thing_the_file_knows(tmp_path: Path) -> None:
    series = f"DTSTART:20260105T090000Z\nRRULE:FREQ=WEEKLY\n{BEN}"
    assert days(meetings(tmp_path, series))[-1] == "01-04 09:00"  # 52 weeks after its start
    stamped = meetings(tmp_path, series, "DTSTAMP:20280105T000000Z\nSUMMARY:alone")
    assert stamped[-1].at is not None
    assert stamped[-1].at.year == 2029


def test_a_moment_left_out_does_not_take_place_and_an_added_one_does(tmp_path: Path) -> None:
    found = meetings(
        tmp_path,
        f"""
        DTSTART;TZID=Europe/Lisbon:20260105T090000
        RRULE:FREQ=WEEKLY;COUNT=5
        EXDATE:20260112T090000Z,20260119T090000Z
        EXDATE;VALUE=DATE:20260126
        RDATE;TZID=Europe/Lisbon:20260107T150000
        RDATE;VALUE=PERIOD:20260108T150000Z/PT1H
        {BEN}
        """,
    )
    assert days(found) == ["01-05 09:00", "01-07 15:00", "01-08 15:00", "02-02 09:00"]


SERIES = f"UID:s\nDTSTART;TZID=Europe/Berlin:20260105T090000\nRRULE:FREQ=WEEKLY;COUNT=3\n{BEN}"


def test_a_changed_occurrence_replaces_the_planned_one_wherever_it_stands(tmp_path: Path) -> None:
    moved = f"UID:s\nRECURRENCE-ID:20260112T080000Z\nDTSTART:20260113T100000Z\n{BEN}"
    for events in ((SERIES, moved), (moved, SERIES)):
        found = meetings(tmp_path, *events)
        assert days(found) == ["01-05 08:00", "01-13 10:00", "01-19 08:00"]
        assert found[1].external_id == "s|20260112T080000Z"


def test_a_cancelled_occurrence_is_gone_and_a_cancelled_series_with_all_of_its_own(
    tmp_path: Path,
) -> None:
    local = "UID:s\nRECURRENCE-ID:20260112T090000\nDTSTART:20260112T090000\n"
    assert len(meetings(tmp_path, SERIES, local + "STATUS:CANCELLED")) == 2
    assert meetings(tmp_path, SERIES + "\nSTATUS:CANCELLED", local + BEN) == []


def test_a_changed_occurrence_of_a_series_one_was_not_asked_to_stands_alone(tmp_path: Path) -> None:
    once = f"UID:s\nRECURRENCE-ID:20260112T080000Z\nDTSTART:20260112T080000Z\n{BEN}"
    assert days(meetings(tmp_path, once)) == ["01-12 08:00"]


def test_of_several_versions_the_newest_counts(tmp_path: Path) -> None:
    old = f"UID:a\nSEQUENCE:1\nDTSTAMP:20260101T000000Z\nDTSTART:20260105T090000Z\n{BEN}"
    new = f"UID:a\nSEQUENCE:2\nDTSTAMP:20260101T000000Z\nDTSTART:20260106T090000Z\n{BEN}"
    assert days(meetings(tmp_path, new, old)) == ["01-06 09:00"]
    later = old.replace("20260101T", "20260102T").replace("0105T", "0107T")
    assert days(meetings(tmp_path, later, old)) == ["01-07 09:00"]


def test_a_cancellation_that_came_by_mail_cancels_and_an_answer_says_nothing(
    tmp_path: Path,
) -> None:
    asked = calendar(f"UID:a\nSEQUENCE:0\n{BEN}", head="METHOD:REQUEST")
    answer = calendar("UID:a\nSEQUENCE:0\nATTENDEE:mailto:esi@example.org", head="METHOD:REPLY")
    cancelled = calendar(f"UID:a\nSEQUENCE:1\n{BEN}", head="METHOD:CANCEL")
    assert [people(each) for each in acts(read_bytes(tmp_path, asked + answer))] == [
        ["me", "ben@example.org"]
    ]
    assert acts(read_bytes(tmp_path, asked + answer + cancelled)) == []


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=HOURLY;COUNT=3", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=DAILY;INTERVAL=0",
     "FREQ=DAILY;BYHOUR=9,17", "FREQ=NEVER", "COUNT=3"],
)  # fmt: skip
def test_a_series_not_understood_is_read_as_once_and_told(tmp_path: Path, rule: str) -> None:
    problem, meeting = read_bytes(tmp_path, calendar(f"RRULE:{rule}\n{BEN}"))
    assert isinstance(problem, Problem)
    assert problem.code == "odd_rule"
    assert isinstance(meeting, Interaction)


def test_a_rule_that_repeats_the_hour_of_the_start_is_understood(tmp_path: Path) -> None:
    rule = "RRULE:FREQ=DAILY;COUNT=3;BYHOUR=9;BYMINUTE=0;BYSECOND=0"
    assert len(meetings(tmp_path, f"{rule}\n{BEN}")) == 3


@pytest.mark.parametrize(
    "start", ["DTSTART:soon", "DTSTART:", "DTSTART:00010101T000000Z", "DTSTART:99991231T235959Z"]
)
def test_a_start_that_cannot_be_is_a_problem_and_the_others_are_read(
    tmp_path: Path, start: str
) -> None:
    records = read_bytes(tmp_path, calendar(f"{start}\n{BEN}", BEN))
    problem, meeting = records
    assert isinstance(problem, Problem)
    assert (problem.where, problem.code) == ("calendar.ics:2", "bad_date")
    assert isinstance(meeting, Interaction)


def test_the_same_meeting_in_two_calendars_is_one_act(tmp_path: Path) -> None:
    for name in ("ana.ics", "ben.ics"):
        (tmp_path / name).write_bytes(calendar(f"UID:a\n{BEN}"))
    assert len(acts(read(tmp_path))) == 1


def test_an_event_without_an_id_or_with_an_endless_one_gets_a_stable_one(tmp_path: Path) -> None:
    content = calendar(f"UID:\n{BEN}", f"UID:{'x' * 5000}\n{BEN}")
    first, second = (acts(read_bytes(tmp_path, content)) for _ in range(2))
    assert first == second
    assert len({meeting.external_id for meeting in first}) == 2
    assert all(len(meeting.external_id) < 100 for meeting in first)


def test_a_byte_order_mark_windows_line_ends_and_lower_case_do_no_harm(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + calendar(BEN.lower()).replace(b"\n", b"\r\n")
    content = content.replace(b"BEGIN:V", b"begin:v").replace(b"DTSTART", b"dtstart")
    path = tmp_path / "calendar"
    path.write_bytes(content)
    assert recognised(path)
    assert len(acts(read(path))) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nATTENDEE:mailto:ben@example.org\n",
        b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 10_000,
        b"END:VEVENT\n" * 100,
        b"\x00\xff" * 1000,
    ],
)
def test_a_damaged_file_ends_without_records(tmp_path: Path, content: bytes) -> None:
    assert read_bytes(tmp_path, content) == []


def test_an_event_that_was_never_ended_does_not_swallow_the_next(tmp_path: Path) -> None:
    broken = calendar(BEN, BEN).replace(b"END:VEVENT\n", b"", 1)
    assert len(acts(read_bytes(tmp_path, broken))) == 1
    alarm = calendar(f"BEGIN:VALARM\nTRIGGER:-PT5M\nEND:VEVENT\nBEGIN:VEVENT\n{BEN}")
    assert len(acts(read_bytes(tmp_path, alarm))) == 1


def test_a_huge_description_is_passed_over_in_bounded_memory() -> None:
    line = b"DESCRIPTION:" + b"x" * 6_000_000 + b"\n " + b"y\n " * 200_000 + b"y\n"
    content = calendar(BEN).replace(b"ATTENDEE", line + b"ATTENDEE")
    stream = io.BufferedReader(io.BytesIO(content))
    tracemalloc.start()
    (block,) = blocks(stream)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert block.has("ATTENDEE")
    assert not block.has("DESCRIPTION")
    assert peak < 2_000_000


def test_a_calendar_of_mostly_unreadable_events_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenExport, match="6 of 8 rows cannot be used"):
        read_bytes(tmp_path, calendar(*[BEN] * 2, *[f"DTSTART:x\n{BEN}"] * 6))


@pytest.mark.parametrize("content", [b"", b"BEGIN:VCARD\nEND:VCARD\n", b"VCALENDAR"])
def test_what_is_not_a_calendar_is_not_recognised(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "something.ics"
    path.write_bytes(content)
    assert not recognised(path)
