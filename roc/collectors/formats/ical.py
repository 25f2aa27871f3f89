"""Events in iCalendar files (RFC 5545) as blocks of the few lines that tell who meets when.

Summaries, descriptions and alarms are passed over; however large they are, memory is not. A block
is then read by ``roc.collectors.formats.ical_event``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from io import StringIO
from typing import IO

from roc.collectors.formats.content_lines import unfolded

_ROOM = 2**20  # bytes kept of one event or zone: several thousand attendees
_DEEPEST = 100  # components within components

_EVENT_LINES = """
    UID DTSTART RRULE RDATE EXDATE RECURRENCE-ID STATUS SEQUENCE ORGANIZER ATTENDEE
    X-MICROSOFT-CDO-ALLDAYEVENT
"""
_ZONE_LINES = "BEGIN END TZID DTSTART RRULE RDATE TZOFFSETFROM TZOFFSETTO TZNAME"
_OF_EVENTS = frozenset(_EVENT_LINES.encode().split())
_OF_ZONES = frozenset(_ZONE_LINES.encode().split())
_STAMPS = frozenset((b"DTSTAMP", b"CREATED", b"LAST-MODIFIED"))

_NAME = re.compile(rb"\s*([A-Za-z0-9-]+)\s*[:;]")
_STAMP = re.compile(rb"(\d{8}T\d{6})Z?\s*$")
# dateutil walks through a zone's rules; those finer than a year could keep it busy for minutes.
_YEARLY = re.compile(
    rb"RRULE:FREQ=YEARLY(?:;(?:INTERVAL=1|BYMONTH=\d{1,2}|BYDAY=[+-]?[1-5]?[A-Z]{2}"
    rb"|BYMONTHDAY=-?\d{1,2}(?:,-?\d{1,2})*|UNTIL=\d{8}(?:T\d{6}Z?)?|WKST=[A-Z]{2}))*\s*"
)
_OFFSET = re.compile(rb"TZOFFSET(?:FROM|TO):[+-](?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?\s*")
_FAR = datetime(2199, 12, 31, tzinfo=UTC)


class Zones:
    """The time zones that one calendar defines for itself, under names only it knows."""

    def __init__(self) -> None:
        self._lines: dict[str, list[bytes]] = {}
        self._made: dict[str, tzinfo | None] = {}

    def define(self, lines: list[bytes]) -> None:
        """Take note of a VTIMEZONE; it is made when somebody asks for it."""
        for line in lines:
            if _property(line) == b"TZID":
                self._lines[_text(_value(line))] = lines
                return

    def zone(self, name: str) -> tzinfo | None:
        """The zone of that name; ``None`` where it is not defined, or not sensibly."""
        if name not in self._made:
            self._made[name] = _zone(self._lines.get(name, []))
        return self._made[name]


@dataclass(slots=True)
class Block:
    """One event's kept lines.

    Args:
        line: where it begins in the file, from 1.
        method: the METHOD of the calendar around it, in upper case.
        zones: the zones of the calendar around it.
        stamps: moments at which it was written, by property, as ``20260305T120000``.
        lines: its lines, unfolded.
    """

    line: int
    method: str
    zones: Zones
    stamps: dict[bytes, str] = field(default_factory=dict)
    lines: list[bytes] = field(default_factory=list, repr=False)
    room: int = _ROOM

    def has(self, name: str) -> bool:
        """Whether one of the lines is the property of that name."""
        return any(_property(line) == name.encode() for line in self.lines)

    def keep(self, name: bytes, line: bytes) -> None:
        """Take in a line, where it is one of those that are wanted and there is room."""
        if name in _OF_EVENTS and len(line) <= self.room:
            self.lines.append(line)
            self.room -= len(line)
        elif name in _STAMPS and (found := _STAMP.search(line)):
            self.stamps[name] = max(self.stamps.get(name, ""), _text(found[1]))

    @property
    def written(self) -> str:
        """The latest moment at which it was written, or its file was; empty where none is told."""
        return max(self.stamps.values(), default="")

    @property
    def changed(self) -> str:
        """When what it says was last changed; empty where nothing is told.

        DTSTAMP answers where LAST-MODIFIED is missing: in a published file, such as Google's, it
        is the moment of the export.
        """
        return self.stamps.get(b"LAST-MODIFIED") or self.stamps.get(b"DTSTAMP", "")


def opens_calendar(start: bytes) -> bool:
    """Whether a file's first bytes are the beginning of an iCalendar file."""
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(b"BEGIN:VCALENDAR")


def blocks(stream: IO[bytes]) -> Iterator[Block]:
    """Each event in a file, from all of its calendars, in order.

    Args:
        stream: the file's bytes; only ``readline`` is used.
    """
    inside: list[bytes] = []
    method, zones = "", Zones()
    block: Block | None = None
    zone: list[bytes] = []
    for number, line in unfolded(stream):
        name = _property(line)
        if name == b"BEGIN":
            _enter(inside, _value(line))
            if inside[-1] == b"VCALENDAR":
                method, zones = "", Zones()
            elif inside[-1] == b"VEVENT":
                block = Block(number, method, zones)
            elif inside[-1] == b"VTIMEZONE":
                zone = []
        elif name == b"METHOD" and inside[-1:] == [b"VCALENDAR"]:
            method = _text(_value(line))
        elif block and inside[-1:] == [b"VEVENT"]:
            block.keep(name, line)
        if b"VTIMEZONE" in inside and name in _OF_ZONES and len(zone) < 1000:
            zone.append(line)
        if name == b"END":
            left = _leave(inside, _value(line))
            if b"VTIMEZONE" in left:
                zones.define(zone)
            if b"VEVENT" in left and block:
                yield block
                block = None


def _enter(inside: list[bytes], component: bytes) -> None:
    if component in inside:  # the one before it was never ended
        del inside[inside.index(component) :]
    del inside[_DEEPEST:]
    inside.append(component)


def _leave(inside: list[bytes], component: bytes) -> list[bytes]:
    """End a component and whatever within it was not ended; answers with all of these."""
    if component not in inside:
        return []
    place = inside.index(component)
    left = inside[place:]
    del inside[place:]
    return left


def _property(line: bytes) -> bytes:
    found = _NAME.match(line)
    return found[1].upper() if found else b""


def _value(line: bytes) -> bytes:
    return line.partition(b":")[2].strip().upper() if _NAME.match(line) else b""


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _zone(lines: list[bytes]) -> tzinfo | None:
    from dateutil.tz import tzical

    strict = {b"RRULE": _YEARLY, b"TZOFFSETFROM": _OFFSET, b"TZOFFSETTO": _OFFSET}
    sound = all(
        strict[name].fullmatch(line) for line in lines if (name := _property(line)) in strict
    )
    if not lines or not sound:
        return None
    try:
        made = tzical(StringIO("\n".join(map(_text, lines)))).get()
        _FAR.astimezone(made)  # walks through all of its rules once, so that none fails later
    except Exception:  # dateutil has no error of its own for what it trips over
        return None
    return made if isinstance(made, tzinfo) else None
