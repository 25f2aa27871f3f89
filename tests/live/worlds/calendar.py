"""Calendars on Radicale: what Ana and Ben meet for, in two calendars, and tasks beside them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.live.between import Between
from tests.live.world import World
from tests.servers.radicale import PASSWORD, USER, Radicale, serving

MEETINGS = 120
AGAIN = "RRULE:FREQ=WEEKLY;COUNT=20"
ATTENDEES = (f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{USER}", "ATTENDEE;CN=Ben:mailto:ben@example.org")


def event(uid: str, day: int, *lines: str, start: str = "") -> str:
    """An event on a day of March 2026, with a subject that nobody may keep."""
    return "\r\n".join(
        [
            "BEGIN:VEVENT",
            f"UID:{uid}",
            start or f"DTSTART:202603{day % 28 + 1:02}T{8 + day // 28:02}0000Z",
            "DTSTAMP:20260301T080000Z",
            "SUMMARY:a secret subject",
            f"ORGANIZER:mailto:{USER}",
            *ATTENDEES,
            *lines,
            "END:VEVENT",
        ]
    )


def calendar(*events: str) -> str:
    """A calendar of events, as a file and as a server has it."""
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//test//EN", *events, "END:VCALENDAR", ""]
    )


def history() -> dict[str, tuple[str, ...]]:
    """Events by the paths of their entries: a series and what changes it are one entry."""
    moved = event("weekly", 0, "RECURRENCE-ID:20260310T090000Z", start="DTSTART:20260311T090000Z")
    weekly = event("weekly", 0, AGAIN, start="DTSTART:20260303T090000Z")
    found = {f"meetings/m{n}.ics": (event(f"m{n}", n),) for n in range(MEETINGS)}
    return {**found, "home/weekly.ics": (weekly, moved), "home/one.ics": (event("one", 4),)}


def filled(server: Radicale) -> None:
    """Make it happen."""
    server.make_calendar("meetings")
    server.make_calendar("home")
    server.make_calendar("tasks", holds="VTODO")
    for path, events in history().items():
        server.put(path, calendar(*events))


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    with serving(folder) as server, Between(server.url) as between:
        filled(server)
        export = folder / "export"
        export.mkdir()
        for name in ("meetings", "home"):
            events = (each for path, told in history().items() if name in path for each in told)
            (export / f"{name}.ics").write_text(calendar(*events), encoding="utf-8", newline="")

        def something_new() -> None:
            server.put("home/new.ics", calendar(event("new", 9)))

        yield World(
            source="calendar",
            environment={
                "ROC_CALENDAR_TOKEN": PASSWORD,
                "ROC_CALENDAR_BASE": between.url,
                "ROC_CALENDAR_USER": USER,
            },
            secrets=(PASSWORD, "a secret subject"),
            line=between,
            something_new=something_new,
            export=export,
            looks=3,
            pages=("/meetings/",),
        )
