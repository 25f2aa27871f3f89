"""Calendars: meetings with other people, from iCalendar files (``.ics``).

Google's Takeout, Apple's *Export*, Outlook's and every CalDAV server's files are read. Texts are
not: a meeting is who met whom, and when.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.formats.addresses import nature
from roc.collectors.formats.hashed_ids import MAX_ID, hashed
from roc.collectors.formats.ical import Block, blocks, opens_calendar
from roc.collectors.formats.ical_event import YEARS, Event, Moment, Party, event
from roc.collectors.formats.recurrence import occurrences
from roc.collectors.formats.tolerance import Tolerance, Unusable
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

SOURCE = "calendar"

MAX_PRESENT = 25
"""More people than this are an audience: nobody meets anybody."""

BEYOND_THE_FILE = timedelta(days=366)
"""How long after the last thing the file knows of an endless series goes on. The file does not
say when it was exported; what is still to come does not count before it has."""

_SUFFIXES = (".ics", ".ical", ".icalendar")
_UNDATED_HORIZON = datetime(1970, 1, 1, tzinfo=UTC)

_ABSENT = ("DECLINED", "DELEGATED")
_NOT_PEOPLE = {"ROOM": Nature.ROOM, "RESOURCE": Nature.ROOM, "GROUP": Nature.LIST}
_GOOGLES_OWN = ("@group.calendar.google.com", "@resource.calendar.google.com")
_ANSWERS = ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH")  # about a meeting, not one


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """One time at which an event takes place: what names it, and when it really is."""

    name: str
    at: datetime
    precision: Precision
    event: Event


def recognises(export: Export) -> bool:
    """Whether a file in it begins like a calendar."""
    return any(opens_calendar(head(export, name, 1024)) for name in _candidates(export))


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Meetings with at least one other person, each occurrence of a repeated one for itself.

    Whole days, cancelled meetings, people who declined and meetings of more than
    ``MAX_PRESENT`` are left out. All events are held in memory, a few kilobytes each: what
    changes one occurrence may stand anywhere.

    Raises:
        BrokenExport: too many events cannot be read.
    """
    tolerance = Tolerance(export.path.name)
    events: list[Event] = []
    newest = _UNDATED_HORIZON
    for place, block in _blocks(export):
        newest = max(newest, _stamped(block))
        try:
            read = event(block) if _may_matter(block) else None
        except Unusable as reason:
            yield tolerance.count_bad(reason.at(place))
            continue
        tolerance.good += 1
        if read:
            newest = max(newest, read.start.at())
            events.append(read)
            if read.odd_rule:
                yield Problem(place, "odd_rule", "repeats in a way not understood; read as once")
    yield from _meetings(events, newest + BEYOND_THE_FILE)
    tolerance.check()


def _candidates(export: Export) -> list[str]:
    names = export.names()
    if len(names) == 1:
        return list(names)
    return [name for name in names if name.lower().endswith(_SUFFIXES)]


def _blocks(export: Export) -> Iterator[tuple[str, Block]]:
    for name in _candidates(export):
        with export.open(name) as stream:
            for block in blocks(stream):
                yield f"{name}:{block.line}", block


def _may_matter(block: Block) -> bool:
    """Most entries in a calendar are their owner's alone; those need not be understood."""
    called = block.has("ATTENDEE") or block.has("RECURRENCE-ID")
    return called and block.method not in _ANSWERS


def _stamped(block: Block) -> datetime:
    """When an event was last written, as far as it says so and that can be."""
    try:
        at = datetime.strptime(block.stamp, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return _UNDATED_HORIZON
    return at if at.year in YEARS else _UNDATED_HORIZON


def _meetings(events: list[Event], horizon: datetime) -> Iterator[Record]:
    seen: set[AccountSeen] = set()
    for uid, versions in _by_uid(events).items():
        for occurrence in _occurrences(versions, horizon):
            for record in _meeting(uid, occurrence):
                if isinstance(record, AccountSeen) and record in seen:
                    continue
                if isinstance(record, AccountSeen):
                    seen.add(record)
                yield record


def _by_uid(events: list[Event]) -> dict[str, list[Event]]:
    """Events by what all their occurrences share; of several versions the newest."""
    newest: dict[tuple[str, str], Event] = {}
    for read in events:
        uid = read.uid if 0 < len(read.uid) <= MAX_ID else _made_up(read)
        key = (uid, _name(read.replaces, read) if read.replaces else "")
        if key not in newest or newest[key].revision <= read.revision:
            newest[key] = read
    by_uid: dict[str, list[Event]] = {}
    for (uid, _), read in newest.items():
        by_uid.setdefault(uid, []).append(read)
    return by_uid


def _made_up(read: Event) -> str:
    """An id for an event without one that can be kept: from its own, or when it is for whom."""
    called = sorted(party.address for party in read.attendees)
    return hashed(read.uid) if read.uid else hashed(read.start.wall.isoformat(), *called)


def _name(moment: Moment, of: Event) -> str:
    """What names an occurrence: when it was first meant to be, in UTC where a zone is known."""
    if moment.is_day:
        moment = Moment(datetime.combine(moment.wall.date(), of.start.wall.time()))
    zone = moment.zone or of.start.zone
    at = Moment(moment.wall, zone).at()
    return at.strftime("%Y%m%dT%H%M%S") + ("Z" if zone else "")


def _occurrences(versions: list[Event], horizon: datetime) -> Iterator[_Occurrence]:
    """Every time at which an event takes place, in order."""
    series = next((read for read in versions if not read.replaces), None)
    if series and series.cancelled:
        return
    changed = {_name(read.replaces, series or read): read for read in versions if read.replaces}
    planned: dict[str, _Occurrence] = {}
    if series and not series.start.is_day:
        for moment in _planned(series, horizon):
            name = _name(moment, series)
            planned[name] = _occurrence(name, moment, series)
    for name, read in changed.items():
        planned.pop(name, None)
        if not read.cancelled:
            planned[name] = _occurrence(name, read.start, read)
    yield from sorted(planned.values(), key=lambda each: (each.at, each.name))


def _occurrence(name: str, moment: Moment, of: Event) -> _Occurrence:
    precision = Precision.INSTANT if moment.zone else Precision.LOCAL
    return _Occurrence(name, moment.at(), precision, of)


def _planned(series: Event, horizon: datetime) -> Iterator[Moment]:
    """When a series takes place by its own word: its start, its rule and what was added."""
    left_out = {_name(moment, series) for moment in series.left_out}
    start = series.start
    moments = [start, *(each for each in series.added if not each.is_day)]
    if series.rule:
        until = horizon.astimezone(start.zone or UTC).replace(tzinfo=None)
        moments += [
            Moment(wall, start.zone) for wall in occurrences(series.rule, start.wall, until)
        ]
    return (moment for moment in moments if _name(moment, series) not in left_out)


def _meeting(uid: str, occurrence: _Occurrence) -> list[Record]:
    """Who met; nothing where that is nobody, or too many."""
    read = occurrence.event
    present, others = _present(read)
    if read.start.is_day or not 2 <= len(present) <= MAX_PRESENT:
        return []
    sender, *recipients = present
    act = Interaction(
        source=SOURCE,
        external_id=f"{uid}|{occurrence.name}",
        kind=Kind.MEETING,
        at=occurrence.at,
        sender=sender,
        recipients=tuple(recipients),
        precision=occurrence.precision,
        thread=uid,
    )
    parties = [party for party in present.values() if party]
    return [*_people([*parties, *others]), act]


def _present(read: Event) -> tuple[dict[Account, Party | None], list[Party]]:
    """Everyone taken to be there, the organiser first; and rooms, resources and groups."""
    organiser = read.organiser
    if organiser and _nature(organiser) in _NOT_PEOPLE.values():
        organiser = None  # Google names a shared calendar as the organiser
    present: dict[Account, Party | None] = {}
    others = []
    if organiser is None:
        present[ME] = None
    elif organiser.address:
        present[Account("email", organiser.address)] = organiser
    for party in read.attendees:
        account = Account("email", party.address)
        if not party.address:
            continue
        if _nature(party) in _NOT_PEOPLE.values():
            others.append(party)
        elif party.answer in _ABSENT:
            present.pop(account, None)
        else:
            present[account] = party
    return present, others


def _people(parties: list[Party]) -> Iterator[AccountSeen]:
    """What the event adds to bare addresses: a name, or that it is no person's."""
    for party in parties:
        behind = _nature(party)
        if party.name or behind is not Nature.PERSON:
            yield AccountSeen(Account("email", party.address), party.name, nature=behind)


def _nature(party: Party) -> Nature:
    if party.address.endswith(_GOOGLES_OWN):
        return Nature.ROOM
    return _NOT_PEOPLE.get(party.kind) or nature(party.address)
