"""Calendars on a server that speaks CalDAV: of each, the events that are new or were changed.

A stream is a calendar. Its events are asked for in the order of their addresses, a batch at a time,
so that a run cut short goes on behind the last batch that was kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from itertools import islice
from typing import Any

from roc.collectors.base import LiveSettings, SignedIn, SignIn
from roc.collectors.calendar.meetings import SOURCE, Reading, meetings
from roc.collectors.formats.dav import CALENDARS, Dav
from roc.collectors.formats.ical import blocks
from roc.collectors.formats.json_values import word
from roc.collectors.formats.one_owner import another_name, one_owner
from roc.collectors.formats.tolerance import Tolerance
from roc.collectors.http import Words
from roc.graph.records import Account, AccountSeen, Checkpoint, Problem, Record

__all__ = ["SIGN_IN", "connect", "pull", "streams", "who"]

SIGN_IN = SignIn(
    name="CalDAV",
    page="",
    steps=(
        "Look for CalDAV on your calendar provider's help page: it tells the server's address.",
        "Where sign-in takes a second step, make an app password there; else it is your password.",
    ),
    secret="app password",
    asks_address="Your calendar server, as https://caldav.example.org",
    asks_user="The name you sign in with, often your mail address",
)

AHEAD = timedelta(days=366)
"""How long from now an endless series is told; what is still to come does not count yet."""

_ENOUGH_AHEAD = timedelta(days=180)  # when less is left, all series are told anew
_BATCH = 50
_WORDS = Words(
    source="The calendar server",
    sign_in="it may want an app password; see docs/sources/calendar-api.md.",
    permission="whoever runs the server, or shares the calendar, has to allow it.",
    payment="a calendar server costs nothing beyond the account.",
)


def connect(settings: LiveSettings) -> Dav:
    """Somebody's calendars for one run; no question is asked yet.

    Raises:
        SignInFailed: there is no password.
        ConfigError: there is no address, or nobody was named.
    """
    return Dav(settings, CALENDARS, _WORDS)


def who(client: Dav) -> SignedIn:
    """Whose calendars they are."""
    client.collections()
    return SignedIn(client.user)


def streams(client: Dav) -> Sequence[str]:
    """The addresses of all calendars, those that others share with the owner among them."""
    return sorted(client.collections())


def pull(client: Dav, stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """What is new in a calendar or has changed, each batch followed by its checkpoint.

    Args:
        client: from ``connect``.
        stream: the calendar's address.
        cursor: of the last checkpoint, or empty.

    Raises:
        TwoOwners: the cursor was made with another user's name.
        CollectError: see ``dav``.
    """
    one_owner(
        cursor,
        client.user,
        "These calendars are other ones than those before them.",
        hint=another_name(SOURCE),
    )
    place = _Place.of(cursor)
    if place.is_behind(client.now.date()):
        place = _Place()
    if place.token and place.token == client.collections()[stream] and not place.coming:
        return

    def checkpoint() -> Checkpoint:
        return Checkpoint(SOURCE, stream, {"owner": client.user, **place.told()})

    for address in client.own_addresses():
        yield AccountSeen(Account("email", address), owner=True)
    while True:
        changed = client.changes(stream, place.token)
        if changed.token == place.token:
            break
        place = place.towards(changed.token, client.now.date() + AHEAD)
        left = (path for path in changed.entries if path > place.done)
        while batch := list(islice(left, _BATCH)):
            yield from _told(client, stream, batch)
            place = replace(place, done=batch[-1])
            yield checkpoint()
        place = place.arrived()
        yield checkpoint()
        if changed.token == place.token:
            break


@dataclass(frozen=True, slots=True)
class _Place:
    """How far a calendar is read.

    Args:
        token: the state whose events are all read; empty where there is none.
        coming: the state towards which it is being read; empty where nothing is under way.
        done: path of the last event that was read on the way.
        until: the day up to which endless series are told, in all events that were read.
    """

    token: str = ""
    coming: str = ""
    done: str = ""
    until: str = ""

    @classmethod
    def of(cls, cursor: Mapping[str, Any]) -> "_Place":
        return cls(*(word(cursor, name) for name in cls.__slots__))

    def told(self) -> dict[str, str]:
        told = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in told.items() if value}

    def is_behind(self, today: date) -> bool:
        """Whether endless series may soon end for us."""
        return self.until < (today + _ENOUGH_AHEAD).isoformat()

    def towards(self, token: str, until: date) -> "_Place":
        """On the way to a state, unless it is already on the way to another."""
        fresh = self.until or until.isoformat()
        return replace(self, coming=self.coming or token, until=fresh)

    def arrived(self) -> "_Place":
        return _Place(token=self.coming, until=self.until)


def _told(client: Dav, stream: str, batch: Sequence[str]) -> Iterator[Record]:
    """What some entries tell of meetings; each holds all occurrences of what it tells of."""
    reading = Reading(Tolerance(stream))
    for path, data in client.entries(stream, batch):
        name = path.rstrip("/").rpartition("/")[2]
        if data is None:
            yield Problem(name, "not_given", "the server lists an event, and does not give it")
            continue
        for block in blocks(BytesIO(data)):
            yield from reading.take(f"{name}:{block.line}", block)
    yield from meetings(reading.events, client.now + AHEAD)
