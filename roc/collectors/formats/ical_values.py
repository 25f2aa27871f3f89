"""What the lines of an iCalendar event say, one by one: moments, rules, words and people.

They are understood by the ``icalendar`` library, which also knows the names that Windows gives to
time zones; what it cannot read of an event does not cost the others. It takes its time for it:
lines that many events share, such as who is called, are read once, and the plainest at a glance.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from roc.collectors.formats.addresses import addresses, tidy
from roc.collectors.formats.tolerance import Unusable

Told = Mapping[str, Sequence[Any]]
"""What an event's lines say, by the properties' names in upper case, in their order.

Those of ``ORGANIZER`` and ``ATTENDEE`` are each a ``Party``, others what the library makes of them.
"""

_PEOPLE = ("ORGANIZER", "ATTENDEE")
_SHARED = re.compile(rb"(?:ORGANIZER|ATTENDEE|STATUS|SEQUENCE|RRULE)[:;]", re.IGNORECASE)
_WELL_NAMED = re.compile(rb"[A-Za-z-]{1,40}[:;]")
_LONGEST_SHARED = 512  # bytes of a line that is remembered
_PLAIN_UID = re.compile(rb"UID:([\x20-\x5b\x5d-\x7e]{1,255})")
_PLAIN_MOMENT = re.compile(
    rb"((DTSTART|RECURRENCE-ID)(?:;TZID=[A-Za-z0-9_/+-]{1,64})?):(\d{8}T\d{6})(Z?)"
)
_SOME_DAY = b"20260105T090000"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody, or a room, that an event names.

    Args:
        address: the mail address in lower case; empty where there is none.
        name: the name told, or empty.
        kind: CUTYPE in upper case; ``INDIVIDUAL`` where nothing is told.
        answer: PARTSTAT in upper case, or empty.
    """

    address: str
    name: str = ""
    kind: str = "INDIVIDUAL"
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment as the library tells it.

    Args:
        dt: the moment, with its zone where that is known.
        params: the line's parameters; ``TZID`` may name a zone that the library does not know.
    """

    dt: date
    params: Mapping[str, str]


def values(lines: Sequence[bytes]) -> Told:
    """What lines say; those that the library calls broken are left out.

    Raises:
        Unusable: there is a line without any sense in it.
    """
    found: dict[str, list[Any]] = {}
    others: list[bytes] = []
    # A long or oddly written line of a property would be read after the others of the same.
    shares = all(len(line) <= _LONGEST_SHARED and _WELL_NAMED.match(line) for line in lines)
    for line in lines:
        if shares and _SHARED.match(line):
            for name, value in _shared(line):
                found.setdefault(name, []).append(value)
        else:
            others.append(line)
    for name, value in _each(others):
        found.setdefault(name, []).append(value)
    return found


def _each(lines: Sequence[bytes]) -> Iterator[tuple[str, Any]]:
    left: list[bytes] = []
    for line in lines:
        plain = _plain(line)
        if plain and not left:
            yield plain
        else:
            left.append(line)
    if left:
        yield from _parsed(left)


def _plain(line: bytes) -> tuple[str, Any] | None:
    """A line that needs no library, in the library's words; ``None`` for all others."""
    if uid := _PLAIN_UID.fullmatch(line):
        return "UID", uid[1].decode()
    moment = _PLAIN_MOMENT.fullmatch(line)
    if moment is None or (moment[4] and moment[1] != moment[2]):
        return None
    try:
        wall = datetime.fromisoformat(moment[3].decode())
    except ValueError:
        return None
    zoned = next(iter(_shared(moment[1] + b":" + _SOME_DAY + moment[4])), None)
    if zoned is None:
        return None
    name, clock = zoned
    return name, Clock(wall.replace(tzinfo=clock.dt.tzinfo), clock.params)


@lru_cache(4096)
def _shared(line: bytes) -> tuple[tuple[str, Any], ...]:
    return tuple(_parsed([line]))


def _parsed(lines: Sequence[bytes]) -> Iterator[tuple[str, Any]]:
    import icalendar

    text = b"\r\n".join([b"BEGIN:VEVENT", *lines, b"END:VEVENT", b""]).decode("utf-8", "replace")
    try:
        component: Any = icalendar.Event.from_ical(text)
    except Exception as error:  # the library has no error of its own for what it trips over
        raise Unusable("bad_event", f"not iCalendar ({type(error).__name__})") from error
    for name, told in component.items():
        for value in told if isinstance(told, list) else [told]:
            if type(value).__name__ != "vBroken":
                yield name.upper(), _party(value) if name.upper() in _PEOPLE else value


def _party(value: Any) -> Party:
    params = getattr(value, "params", {})
    told = {key: str(params.get(key, "")) for key in ("CN", "CUTYPE", "PARTSTAT", "EMAIL")}
    uri = str(value).strip()
    scheme, _, rest = uri.partition(":")
    written = unquote(rest if scheme.lower() == "mailto" else uri)
    found = addresses(written) or addresses(told["EMAIL"])
    address = found[0][1] if found else ""
    name = tidy(told["CN"])
    return Party(
        address=address,
        name="" if name.lower() == address else name,
        kind=told["CUTYPE"].upper() or "INDIVIDUAL",
        answer=told["PARTSTAT"].upper(),
    )
