"""Calendars exported as files: Google's Takeout, Apple's *Export*, Outlook's, any server's."""

from collections.abc import Iterator
from datetime import timedelta

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.calendar.meetings import Reading, meetings
from roc.collectors.formats.ical import Block, blocks, opens_calendar
from roc.collectors.formats.tolerance import Tolerance
from roc.graph.records import Record

BEYOND_THE_FILE = timedelta(days=366)
"""How long after the last thing the file knows of an endless series goes on. The file does not
say when it was exported; what is still to come does not count before it has."""

_SUFFIXES = (".ics", ".ical", ".icalendar")


def recognises(export: Export) -> bool:
    """Whether a file in it begins like a calendar."""
    return any(opens_calendar(head(export, name, 1024)) for name in _candidates(export))


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Meetings with at least one other person, each occurrence of a repeated one for itself.

    All events are held in memory, a few kilobytes each: what changes one occurrence may stand
    anywhere.

    Raises:
        BrokenExport: too many events cannot be read.
    """
    reading = Reading(Tolerance(export.path.name))
    for place, block in _blocks(export):
        yield from reading.take(place, block)
    yield from meetings(reading.events, reading.newest + BEYOND_THE_FILE)
    reading.tolerance.check()


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
