"""Meetings, from what calendars say of events: every occurrence, with all who were there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from roc.collectors.formats.addresses import nature
from roc.collectors.formats.hashed_ids import MAX_ID, hashed
from roc.collectors.formats.ical import Block
from roc.collectors.formats.ical_event import NEVER, Event, Moment, event, stamped
from roc.collectors.formats.ical_values import Party
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

_LAST_SECOND = 2**32 - 1  # in 2106, that a count of changes may stand above it in 63 bits

_ABSENT = ("DECLINED", "DELEGATED")
_NOT_PEOPLE = {"ROOM": Nature.ROOM, "RESOURCE": Nature.ROOM, "GROUP": Nature.LIST}
_GOOGLES_OWN = ("@group.calendar.google.com", "@resource.calendar.google.com")
_ANSWERS = ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH")  # about a meeting, not one


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """One time at which an event takes place, or at which it no longer does.

    Args:
        name: when it was first meant to be; empty for an event that does not repeat.
        moment: when it really is.
        event: who is asked.
        revision: which edition of it this is.
        is_off: it does not take place.
    """

    name: str
    moment: Moment
    event: Event
    revision: int
    is_off: bool

    @property
    def at(self) -> datetime:
        """When it really is, aware UTC."""
        return self.moment.at()


@dataclass(slots=True)
class Reading:
    """Events as they are read, one by one.

    Args:
        tolerance: counts what can be read and what cannot.
        events: those that may be meetings.
        newest: the latest moment that anything told of, aware UTC.
    """

    tolerance: Tolerance
    events: list[Event] = field(default_factory=list)
    newest: datetime = NEVER

    def take(self, place: str, block: Block) -> Iterator[Problem]:
        """Read one more; what is wrong with it is told."""
        self.newest = max(self.newest, stamped(block.written))
        try:
            read = event(block) if _may_matter(block) else None
        except Unusable as reason:
            yield self.tolerance.count_bad(reason.at(place))
            return
        self.tolerance.good += 1
        if read:
            self.newest = max(self.newest, read.start.at())
            self.events.append(read)
            if read.odd_rule:
                yield Problem(place, "odd_rule", "repeats in a way not understood; read as once")


def _may_matter(block: Block) -> bool:
    """Most entries in a calendar are their owner's alone; those need not be understood."""
    called = block.has("ATTENDEE") or block.has("RECURRENCE-ID") or block.method == "CANCEL"
    return called and block.method not in _ANSWERS


def meetings(events: Iterable[Event], horizon: datetime) -> Iterator[Record]:
    """Meetings with at least one other person, each occurrence of a repeated one for itself.

    Whole days, people who declined and meetings of more than ``MAX_PRESENT`` are left out; what
    was called off is told as withdrawn, for an earlier reading may have told of it.

    Args:
        events: all that is known of them; what changes an occurrence beside what it changes.
        horizon: how long an endless series goes on, aware UTC.
    """
    seen: set[AccountSeen] = set()
    for uid, versions in _by_uid(events).items():
        for occurrence in _occurrences(versions, horizon):
            for record in _meeting(uid, occurrence):
                if isinstance(record, AccountSeen) and record in seen:
                    continue
                if isinstance(record, AccountSeen):
                    seen.add(record)
                yield record


def _by_uid(events: Iterable[Event]) -> dict[str, list[Event]]:
    """Events by what all their occurrences share, of each only the newest edition.

    Two calendars may tell of the same edition otherwise, each with its owner's answer: both count.
    """
    newest: dict[tuple[str, str], dict[Event, None]] = {}
    for read in events:
        uid = read.uid if 0 < len(read.uid) <= MAX_ID else _made_up(read)
        told = newest.setdefault((uid, _name(read.replaces, read) if read.replaces else ""), {})
        known = next(iter(told), read)
        if known.edition < read.edition:
            told.clear()
        if known.edition <= read.edition:
            told[read] = None
    by_uid: dict[str, list[Event]] = {}
    for (uid, _), told in newest.items():
        by_uid.setdefault(uid, []).extend(told)
    return by_uid


def _made_up(read: Event) -> str:
    """An id for an event without one that can be kept: from its own, or when it is for whom."""
    called = sorted(party.address for party in read.attendees)
    return hashed(read.uid) if read.uid else hashed(read.start.wall.isoformat(), *called)


def _name(moment: Moment, of: Event) -> str:
    """What names an occurrence: when it was first meant to be, in UTC where a zone is known."""
    at = _timed(moment, of)
    return at.at().strftime("%Y%m%dT%H%M%S") + ("Z" if at.zone else "")


def _timed(moment: Moment, of: Event) -> Moment:
    """A moment by the clock of the event it belongs to."""
    wall = moment.wall
    if moment.is_day:
        wall = datetime.combine(wall.date(), of.start.wall.time())
    return Moment(wall, moment.zone or of.start.zone)


def _occurrences(versions: list[Event], horizon: datetime) -> Iterator[_Occurrence]:
    """Every time at which an event takes place, or no longer does."""
    whole = [read for read in versions if not read.replaces]
    is_off = any(read.cancelled for read in whole)
    changed = set()
    for read in versions:
        if read.replaces:
            name = _replaced(read.replaces, whole[0] if whole else read)
            changed.add(name)
            yield _Occurrence(name, read.start, read, _revision(read, *whole[:1]), is_off)
    for read in whole:
        planned = (each for each in _planned(read, horizon) if each.name not in changed)
        yield from sorted(planned, key=lambda each: (each.at, each.name))


def _replaced(moment: Moment, of: Event) -> str:
    """What names the occurrence that was planned for a moment."""
    name = _name(moment, of)
    return "" if not (of.repeats or of.replaces) and name == _name(of.start, of) else name


def _revision(*events: Event) -> int:
    """The number of the edition that these events make together: positive, below 2**63.

    What is told of an occurrence hangs on its own event and on the series, each of which has its
    own count and moment of changes; the larger of each grows whenever either is changed.
    """
    count = max(read.edition[0] for read in events)
    moment = max(read.edition[1] for read in events)
    return max(1, count << 32 | min(moment, _LAST_SECOND))


def _planned(read: Event, horizon: datetime) -> Iterator[_Occurrence]:
    """What an event says of itself: when it takes place, and when not, each name once."""
    revision = _revision(read)
    once = _Occurrence("", read.start, read, revision, is_off=read.repeats)
    yield once  # under the id of a single event: what becomes a series is no single one any more
    if not read.repeats or read.start.is_day:
        return
    told = {_name(moment, read): (moment, True) for moment in read.left_out}
    for moment in _moments(read, horizon):
        told.setdefault(_name(moment, read), (moment, False))
    for name, (moment, is_off) in told.items():
        yield _Occurrence(name, _timed(moment, read), read, revision, is_off)


def _moments(series: Event, horizon: datetime) -> Iterator[Moment]:
    """When a series takes place by its own word: its start, its rule and what was added."""
    start = series.start
    yield start
    yield from (each for each in series.added if not each.is_day)
    if series.rule:
        until = horizon.astimezone(start.zone or UTC).replace(tzinfo=None)
        for wall in occurrences(series.rule, start.wall, until):
            yield Moment(wall, start.zone)


def _meeting(uid: str, occurrence: _Occurrence) -> list[Record]:
    """Who met, or that nobody did after all; nothing where nobody can ever have."""
    read = occurrence.event
    present, absent, others = _present(read)
    asked = present.keys() | absent
    is_call_off = read.cancelled and not read.attendees  # of a meeting that was told before
    if len(present) > MAX_PRESENT or (len(asked) < 2 and not is_call_off):
        return []
    parties = [party for party in present.values() if party]
    sender, *recipients = present or [ME]
    if occurrence.is_off or read.cancelled or read.start.is_day or not recipients:
        sender, recipients, parties, others = ME, [], [], []
    act = Interaction(
        source=SOURCE,
        external_id=f"{uid}|{occurrence.name}" if occurrence.name else uid,
        kind=Kind.MEETING,
        at=occurrence.at,
        sender=sender,
        recipients=tuple(recipients),
        precision=Precision.INSTANT if occurrence.moment.zone else Precision.LOCAL,
        thread=uid,
        revision=occurrence.revision,
    )
    return [*_people([*parties, *others]), act]


def _present(read: Event) -> tuple[dict[Account, Party | None], set[Account], list[Party]]:
    """Everyone taken to be there, the organiser first; who is not; and rooms and groups."""
    organiser = read.organiser
    if organiser and _nature(organiser) in _NOT_PEOPLE.values():
        organiser = None  # Google names a shared calendar as the organiser
    present: dict[Account, Party | None] = {}
    absent, others = set(), []
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
            absent.add(account)
        else:
            present[account] = party
    return present, absent, others


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
