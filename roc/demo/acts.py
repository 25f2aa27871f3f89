"""What happens in the invented network, before it is set in any source's format."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Channel(StrEnum):
    """Where a letter is written."""

    MAIL = "mail"
    LINKEDIN = "linkedin"
    X = "x"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, a LinkedIn message or a direct message on X.

    Args:
        channel: where it is written.
        at: aware UTC.
        sender: key of a person.
        recipients: keys.
        thread: the conversation, unique in the network.
        turn: its place in the conversation, from 0; what is not 0 answers the turn before.
        subject: of the conversation.
        copied: keys of those who receive it without being addressed.
    """

    channel: Channel
    at: datetime
    sender: str
    recipients: tuple[str, ...]
    thread: str
    turn: int
    subject: str
    copied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One issue of a newsletter, or a program's notice.

    Args:
        at: aware UTC.
        name: the sender's name.
        address: the sender's address.
        list_id: the list it is sent to; empty for a program's notice.
        subject: the issue's subject.
    """

    at: datetime
    name: str
    address: str
    list_id: str
    subject: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """An entry of the owner's calendar, once or in a series.

    Args:
        key: unique in the calendar.
        start: the first occurrence, local time without a zone.
        minutes: how long it takes.
        title: what it is called.
        guests: keys of those invited by the owner.
        every_weeks: distance in a series; 0 for a single meeting.
        last: the last day of a series; ``None`` for one that does not end.
        left_out: days on which a series does not take place.
        declined: keys of guests who declined.
        cancelled: called off.
        room: booked with a room.
    """

    key: str
    start: datetime
    minutes: int
    title: str
    guests: tuple[str, ...]
    every_weeks: int = 0
    last: date | None = None
    left_out: tuple[date, ...] = ()
    declined: tuple[str, ...] = ()
    cancelled: bool = False
    room: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the owner on X that names people.

    Args:
        at: aware UTC.
        named: keys; the first is answered where ``answers`` is true.
        answers: whether it is a reply.
    """

    at: datetime
    named: tuple[str, ...]
    answers: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the owner's journal.

    Args:
        day: when it happened.
        text: what follows the date, in the journal's notation.
    """

    day: date
    text: str


class Praise(StrEnum):
    """How somebody speaks for the owner on LinkedIn."""

    ENDORSEMENT = "endorsement"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True)
class Praised:
    """Somebody spoke for the owner.

    Args:
        at: aware UTC.
        by: key.
        how: endorsement or recommendation.
    """

    at: datetime
    by: str
    how: Praise


@dataclass(frozen=True, slots=True)
class Connected:
    """Two people connected on LinkedIn.

    Args:
        at: when the invitation was sent, aware UTC; it was accepted the same day.
        other: key.
        invited: whether the owner sent the invitation.
    """

    at: datetime
    other: str
    invited: bool


Act = Letter | Bulletin | Meeting | Post | Note | Praised | Connected
"""Anything that happens."""
