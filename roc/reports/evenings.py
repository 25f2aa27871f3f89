"""Gatherings one by one: who came, what it cost, what is read of it, and what came after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from roc.graph.frames import (
    KINDS,
    OUTCOME_KINDS,
    OUTCOME_STATUSES,
    Contacts,
    Gatherings,
    Ints,
    Outcomes,
    People,
)
from roc.graph.records import Kind, OutcomeKind, OutcomeStatus
from roc.reports import text
from roc.reports.faces import Face, face
from roc.reports.favours import FAVOURS
from roc.reports.spells import HANDLES
from roc.reports.spending import summed, worth
from roc.scoring.budget import HORIZONS, Reading, readings
from roc.scoring.gatherings import Effect
from roc.scoring.parameters import ScoringParameters

LEAST_PEOPLE = 3
"""Two people meeting are no gathering: what they cost is spent, and nothing is read."""

MOST_PEOPLE = 60
"""More people than these are no evening of which each could have met each."""

NAMED = 5
"""How many guests of a gathering are named."""

FOLLOWED_DAYS = 180
"""What came after a gathering is counted for half a year."""


class Standing(StrEnum):
    """What a reading tells, or why it tells nothing."""

    TOLD = "told"
    TOO_EARLY = "too_early"
    TOO_FEW = "too_few"  # pairs who had not met, or others to compare with
    TOO_MANY = "too_many"  # people


@dataclass(frozen=True, slots=True)
class Read:
    """One gathering after some days.

    Args:
        days: how many days after.
        standing: what it tells, or why nothing.
        effect: new ties among those who came, beside placebo groups; ``None`` while too early, or
            of too many people.
    """

    days: int
    standing: Standing
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class Followed:
    """What came after gatherings within half a year: counts, not effects.

    Args:
        meetings: days on which ego met one of the guests again.
        favours: introductions, referrals and recommendations to or from guests.
        deals: deals that began, with a guest among their people.
        won: those of them that are won by now.
        worth: what these are worth, by currency.
    """

    meetings: int = 0
    favours: int = 0
    deals: int = 0
    won: int = 0
    worth: tuple[tuple[str, float], ...] = ()

    @classmethod
    def together(cls, each: Iterable["Followed"]) -> "Followed":
        """What came after several; who was at two is counted after both."""
        found = list(each)
        return cls(
            meetings=sum(one.meetings for one in found),
            favours=sum(one.favours for one in found),
            deals=sum(one.deals for one in found),
            won=sum(one.won for one in found),
            worth=summed(money for one in found for money in one.worth),
        )


@dataclass(frozen=True, slots=True)
class Evening:
    """One gathering.

    Args:
        day: when.
        format: how it was held, or empty.
        tags: the owner's words for it.
        guests: who came besides ego, at most five of them named.
        came: how many came besides ego.
        invited: how many were asked to, those who came among them; 0 where nothing is told.
        cost: in ``currency``; nan where nothing is told.
        currency: ISO 4217, or empty.
        read: after 7, 30, 90 and 180 days.
        followed: what came after.
    """

    day: date
    format: str
    tags: tuple[str, ...]
    guests: tuple[Face, ...]
    came: int
    invited: int
    cost: float
    currency: str
    read: tuple[Read, ...]
    followed: Followed


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A gathering that took place, with its readings by number of days."""

    row: int
    day: int
    present: Ints
    readings: dict[int, Reading]


def present(people: People, gatherings: Gatherings, row: int) -> Ints:
    """Person numbers of those who came to a gathering, without those who are set aside."""
    there = gatherings.person[gatherings.gathering == row]
    came: Ints = there[~people.set_aside[there]]
    return came


def held(
    people: People,
    contacts: Contacts,
    gatherings: Gatherings,
    row: int,
    horizons: Sequence[int],
    day: int,
    parameters: ScoringParameters,
) -> Held:
    """A gathering that took place, read.

    Args:
        people: everyone.
        contacts: who reached whom on which day.
        gatherings: occasions.
        row: which of them.
        horizons: after how many days it is to be read; those that are not over are left out.
        day: the last UTC day that counts.
        parameters: which kinds are contact.
    """
    began = int(gatherings.day[row])
    there = present(people, gatherings, row)
    over = [after for after in horizons if began + after <= day]
    found = []
    if len(there) <= MOST_PEOPLE:
        found = readings(contacts, people, began, there, over, parameters)
    return Held(row, began, there, {one.days: one for one in found})


def evening(
    people: People,
    gatherings: Gatherings,
    one: Held,
    day: int,
    followed: Followed,
    horizons: Sequence[int] = HORIZONS,
) -> Evening:
    """A gathering as reports tell it, with what is read of it after each of some days."""
    guests = [number for number in one.present.tolist() if number != people.ego]
    return Evening(
        day=text.day(one.day),
        format=text.plain(gatherings.format[one.row], 40),
        tags=tuple(text.plain(tag, 40) for tag in gatherings.tags[one.row]),
        guests=tuple(face(people, number) for number in guests[:NAMED]),
        came=len(guests),
        invited=int(gatherings.invited[one.row]),
        cost=float(gatherings.amount[one.row]),
        currency=text.plain(gatherings.currency[one.row], 3),
        read=tuple(_read(one, after, day) for after in horizons),
        followed=followed,
    )


def _read(one: Held, days: int, day: int) -> Read:
    reading = one.readings.get(days)
    if one.day + days > day:
        standing = Standing.TOO_EARLY
    elif len(one.present) > MOST_PEOPLE:
        standing = Standing.TOO_MANY
    elif reading is None or not reading.is_told:
        standing = Standing.TOO_FEW
    else:
        standing = Standing.TOLD
    return Read(days, standing, None if reading is None else reading.effect)


def followed_by(
    people: People, contacts: Contacts, outcomes: Outcomes, one: Held, day: int
) -> Followed:
    """What came after a gathering, up to half a year or the day.

    Args:
        people: everyone.
        contacts: who reached whom on which day.
        outcomes: as they stood on the day.
        one: the gathering.
        day: the last UTC day that counts.
    """
    ego = people.ego
    guests = one.present[one.present != ego]
    last = min(one.day + FOLLOWED_DAYS, day)
    after = (contacts.day > one.day) & (contacts.day <= last)
    towards = (contacts.sender == ego) & np.isin(contacts.recipient, guests)
    from_them = (contacts.recipient == ego) & np.isin(contacts.sender, guests)
    met = after & towards & (contacts.kind == KINDS.index(Kind.MEETING))
    favour = np.isin(contacts.kind, [KINDS.index(kind) for kind in FAVOURS])
    deal = (outcomes.kind == OUTCOME_KINDS.index(OutcomeKind.DEAL)) & (outcomes.opened > one.day)
    deal &= outcomes.opened <= last
    with_guest = np.zeros(len(outcomes), dtype=np.bool_)
    theirs = np.isin(outcomes.person, guests) & (outcomes.role < HANDLES)
    with_guest[outcomes.outcome[theirs]] = True
    deal &= with_guest
    won = deal & (outcomes.status == OUTCOME_STATUSES.index(OutcomeStatus.WON))
    return Followed(
        meetings=len(np.unique(contacts.day[met])),
        favours=int(contacts.acts[after & (towards | from_them) & favour].sum()),
        deals=int(deal.sum()),
        won=int(won.sum()),
        worth=worth(outcomes, np.flatnonzero(won).tolist()),
    )
