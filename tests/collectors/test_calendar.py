"""What is peculiar to calendars: who counts as present, and when a repeated event takes place."""

import io
import tracemalloc
from datetime import UTC, date, datetime
from functools import partial
from itertools import permutations
from pathlib import Path

import pytest

from roc.collectors.calendar.meetings import MAX_PRESENT
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
from roc.graph.store import Graph
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
    """The meetings that take place."""
    return held(read_bytes(tmp_path, calendar(*events, head=head)))


def held(records: list[Record]) -> list[Interaction]:
    return [meeting for meeting in acts(records) if meeting.recipients]


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
        "STATUS:CANCELLED",
    ],
)
def test_what_is_no_meeting_with_somebody_leaves_nothing(tmp_path: Path, event: str) -> None:
    assert read_bytes(tmp_path, calendar(event)) == []


@pytest.mark.parametrize(
    "line",
    ["STATUS:CANCELLED", "DTSTART;VALUE=DATE:20260105", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"],
)
def test_a_meeting_that_came_to_nothing_is_told_as_withdrawn(tmp_path: Path, line: str) -> None:
    (withdrawn,) = acts(read_bytes(tmp_path, calendar(f"{BEN}\n{line}")))
    assert (withdrawn.external_id, withdrawn.recipients) == ("0", ())
    assert withdrawn.revision > 0


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
        assert sorted(days(found)) == ["01-05 08:00", "01-13 10:00", "01-19 08:00"]
        assert {meeting.external_id: meeting.at for meeting in found}["s|20260112T080000Z"] == (
            datetime(2026, 1, 13, 10, tzinfo=UTC)
        )


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
    assert held(read_bytes(tmp_path, asked + answer + cancelled)) == []


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY", "FREQ=HOURLY;COUNT=3", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=DAILY;INTERVAL=0",
     "FREQ=DAILY;BYHOUR=9,17", "FREQ=NEVER", "COUNT=3"],
)  # fmt: skip
def test_a_series_not_understood_is_read_as_once_and_told(tmp_path: Path, rule: str) -> None:
    records = read_bytes(tmp_path, calendar(f"RRULE:{rule}\n{BEN}"))
    assert [record.code for record in records if isinstance(record, Problem)] == ["odd_rule"]
    assert days(held(records)) == ["01-05 09:00"]


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


# --- editions: what an earlier or later export says of the same meeting --------------------------


def edited(event: str, day: int, sequence: int = 0) -> str:
    """An event as it was changed for the last time on a day of January."""
    return f"{event}\nSEQUENCE:{sequence}\nLAST-MODIFIED:202601{day:02}T000000Z"


def kept(tmp_path: Path, *exports: bytes) -> list[str]:
    """What a graph holds of exports: who met whom when; in whatever order they are read."""
    held = []
    for place, order in enumerate(permutations(enumerate(exports))):
        with Graph(tmp_path / f"{len(list(tmp_path.iterdir()))}-{place}.graph") as graph:
            for number, export in order:
                records = read_bytes(tmp_path, export)
                graph.add(records, source="calendar", export=f"{'abc'[number]}.ics")
            for number, export in order:
                again = graph.add(
                    read_bytes(tmp_path, export), source="calendar", export=f"{'abc'[number]}.ics"
                )
                assert (again.new, again.corrected) == (0, 0)
            assert graph.contacts_agree()
            held.append(contacts(graph))
    assert all(one == held[0] for one in held)
    return held[0]


def contacts(graph: Graph) -> list[str]:
    """Each pair that met, in alphabetical order, with the day and how often."""
    with graph.read() as reader:
        frame, keys = reader.contacts(), reader.people.keys
    rows = zip(frame.day, frame.sender, frame.recipient, frame.acts, strict=True)
    return sorted(
        f"{date.fromordinal(date(1970, 1, 1).toordinal() + int(day)):%m-%d} "
        f"{_short(keys[one])} {_short(keys[other])}" + (f" x{count}" if count > 1 else "")
        for day, one, other, count in rows
        if keys[one] < keys[other]
    )


def _short(key: str) -> str:
    return key.partition(":")[2].partition("@")[0]


MEETING = f"UID:a\nORGANIZER:mailto:ana@example.org\n{BEN}"
WEEKLY = f"{MEETING}\nRRULE:FREQ=WEEKLY;COUNT=3"


def test_an_act_is_named_by_its_uid_and_an_occurrence_also_by_when_it_was_planned(
    tmp_path: Path,
) -> None:
    assert [meeting.external_id for meeting in meetings(tmp_path, MEETING)] == ["a"]
    assert [meeting.external_id for meeting in meetings(tmp_path, WEEKLY)] == [
        "a|20260105T090000Z",
        "a|20260112T090000Z",
        "a|20260119T090000Z",
    ]


def test_a_single_meeting_that_moved_is_the_same_act_at_its_new_time(tmp_path: Path) -> None:
    planned = calendar(edited(MEETING, day=1))
    moved = calendar(edited(f"{MEETING}\nDTSTART:20260107T090000Z", day=2))
    assert kept(tmp_path, planned) == ["01-05 ana ben"]
    assert kept(tmp_path, planned, moved) == ["01-07 ana ben"]


def test_who_was_taken_off_a_meeting_was_not_there(tmp_path: Path) -> None:
    both = calendar(edited(f"{MEETING}\nATTENDEE:mailto:chidi@example.org", day=1))
    assert kept(tmp_path, both, calendar(edited(MEETING, day=2))) == ["01-05 ana ben"]


@pytest.mark.parametrize(
    "later",
    [
        f"{MEETING}\nSTATUS:CANCELLED",
        f"{MEETING}\nDTSTART;VALUE=DATE:20260105",
        MEETING.replace("ATTENDEE", "ATTENDEE;PARTSTAT=DECLINED"),
        f"{MEETING}\nATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.org",
    ],
)
def test_what_was_told_of_a_meeting_that_came_to_nothing_is_withdrawn(
    tmp_path: Path, later: str
) -> None:
    assert kept(tmp_path, calendar(edited(MEETING, 1)), calendar(edited(later, 2))) == []


def test_a_meeting_that_takes_place_after_all_is_kept(tmp_path: Path) -> None:
    editions = [MEETING, f"{MEETING}\nSTATUS:CANCELLED", MEETING]
    told = [calendar(edited(event, day)) for day, event in enumerate(editions, start=1)]
    assert kept(tmp_path, *told) == ["01-05 ana ben"]


def test_a_cancellation_that_came_by_mail_withdraws_what_was_told(tmp_path: Path) -> None:
    asked = calendar(edited(MEETING, 1), head="METHOD:REQUEST")
    off = calendar("UID:a\nSEQUENCE:1\nDTSTAMP:20260102T000000Z", head="METHOD:CANCEL")
    assert kept(tmp_path, asked, off) == []


def test_an_organisers_count_of_changes_outweighs_when_a_copy_was_touched(tmp_path: Path) -> None:
    moved = calendar(edited(f"{MEETING}\nDTSTART:20260107T090000Z", day=2, sequence=1))
    touched = calendar(edited(MEETING, day=9))
    assert kept(tmp_path, moved, touched) == ["01-07 ana ben"]


def test_two_calendars_tell_of_one_edition_what_each_of_them_sees(tmp_path: Path) -> None:
    anas = calendar(f"{edited(MEETING, 1)}\nDTSTAMP:20260120T000000Z")
    bens = calendar(edited(f"{MEETING}\nATTENDEE:mailto:chidi@example.org", 1))
    everyone = ["01-05 ana ben", "01-05 ana chidi", "01-05 ben chidi"]
    assert kept(tmp_path, anas, bens) == everyone
    assert kept(tmp_path, anas + bens) == everyone  # in one file as well


def test_an_export_of_the_same_edition_made_later_corrects_nothing(tmp_path: Path) -> None:
    """Google writes the moment of the export into DTSTAMP, and the event's own beside it."""
    with Graph(tmp_path / "me.graph") as graph:
        for day in ("05", "06"):
            export = calendar(f"{edited(MEETING, 1)}\nDTSTAMP:202602{day}T000000Z")
            records = read_bytes(tmp_path, export)
            tally = graph.add(records, source="calendar", export=f"{day}.ics")
    assert (tally.new, tally.known, tally.corrected) == (0, 1, 0)
    assert records == read_bytes(tmp_path, export.replace(b"20260206T", b"20260205T"))


@pytest.mark.parametrize(
    "change",
    [
        f"{WEEKLY}\nEXDATE:20260112T090000Z",
        f"{WEEKLY}\nEXDATE;VALUE=DATE:20260112",
    ],
)
def test_an_occurrence_that_was_left_out_later_is_withdrawn(tmp_path: Path, change: str) -> None:
    first, later = calendar(edited(WEEKLY, 1)), calendar(edited(change, 2))
    assert kept(tmp_path, first, later) == ["01-05 ana ben", "01-19 ana ben"]


def test_a_changed_occurrence_is_newer_than_the_series_whatever_its_own_count(
    tmp_path: Path,
) -> None:
    series = edited(WEEKLY, day=1, sequence=5)
    changed = f"{MEETING}\nRECURRENCE-ID:20260112T090000Z\nDTSTART:20260114T090000Z"
    moved = calendar(series, edited(changed, day=2, sequence=0))
    assert kept(tmp_path, calendar(series), moved) == [
        "01-05 ana ben",
        "01-14 ana ben",
        "01-19 ana ben",
    ]
    off = calendar(series, edited(f"{changed}\nSTATUS:CANCELLED", day=3, sequence=0))
    assert kept(tmp_path, calendar(series), moved, off) == ["01-05 ana ben", "01-19 ana ben"]


def test_a_cancelled_series_is_withdrawn_with_all_of_its_own(tmp_path: Path) -> None:
    changed = f"{MEETING}\nRECURRENCE-ID:20260112T090000Z\nDTSTART:20260114T090000Z"
    first = calendar(edited(WEEKLY, 1), edited(changed, 2))
    assert kept(tmp_path, first, calendar(edited(f"{WEEKLY}\nSTATUS:CANCELLED", 3))) == []


def test_a_single_meeting_that_became_a_series_is_its_first_occurrence(tmp_path: Path) -> None:
    single, series = calendar(edited(MEETING, 1)), calendar(edited(WEEKLY, 2))
    assert kept(tmp_path, single, series) == ["01-05 ana ben", "01-12 ana ben", "01-19 ana ben"]


def test_only_what_may_have_been_a_meeting_is_withdrawn(tmp_path: Path) -> None:
    crowd = "\n".join(f"ATTENDEE:mailto:p{number}@example.org" for number in range(MAX_PRESENT))
    alone = "ORGANIZER:mailto:ana@example.org\nATTENDEE:mailto:ana@example.org"
    for nobody in (crowd, alone):
        series = f"{nobody}\nRRULE:FREQ=WEEKLY\nEXDATE:20260112T090000Z"
        assert read_bytes(tmp_path, calendar(nobody, series)) == []


@pytest.mark.parametrize("sequence", ["0", "-1", "2147483647", "9" * 10, "9" * 4000, "soon"])
@pytest.mark.parametrize("changed", ["", "00010101T000000Z", "21991231T235959Z", "soon"])
def test_the_number_of_an_edition_is_positive_and_fits_whatever_is_told(
    tmp_path: Path, sequence: str, changed: str
) -> None:
    (meeting,) = meetings(tmp_path, f"SEQUENCE:{sequence}\nLAST-MODIFIED:{changed}\n{BEN}")
    assert 0 < meeting.revision < 2**63
