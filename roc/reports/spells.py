"""Deals and clients as spells: when each began, when it ended, and with whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from roc.graph.frames import (
    NO_DAY,
    OUTCOME_KINDS,
    OUTCOME_STATUSES,
    Bools,
    Contacts,
    Floats,
    Ints,
    Outcomes,
    People,
)
from roc.graph.records import OutcomeKind, OutcomeStatus
from roc.scoring.lagged import lagged_strength
from roc.scoring.parameters import ScoringParameters
from roc.scoring.survival import LAG_DAYS, STRETCH_DAYS, Stretches

HANDLES = 3
"""Role of whoever looks after an outcome on the owner's side."""


@dataclass(frozen=True, slots=True)
class Spell:
    """Something that goes on until it ends.

    Args:
        began: UTC day.
        days: how long it lasted, or has lasted so far; at least 1.
        ended: whether what is looked for happened at its end: a deal was won, a client left.
        people: on the other side.
    """

    began: int
    days: int
    ended: bool
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spells:
    """Spells, and what could not be one.

    Args:
        spells: in the order in which they began.
        backwards: how many ended before they began.
        without_people: how many are with nobody who is known.
        without_beginning: of how many it is not told when they began.
    """

    spells: tuple[Spell, ...]
    backwards: int
    without_people: int
    without_beginning: int


def with_whom(people: People, outcomes: Outcomes) -> list[tuple[int, ...]]:
    """Who is on the other side of each outcome; those set aside, and ego, are not."""
    there: list[list[int]] = [[] for _ in range(len(outcomes))]
    for row, person, role in zip(
        outcomes.outcome.tolist(), outcomes.person.tolist(), outcomes.role.tolist(), strict=True
    ):
        if role < HANDLES and person != people.ego and not people.set_aside[person]:
            there[row].append(person)
    return [tuple(one) for one in there]


def sold(outcomes: Outcomes) -> Bools:
    """Which outcomes are deals and renewals that were won."""
    kinds = [OUTCOME_KINDS.index(kind) for kind in (OutcomeKind.DEAL, OutcomeKind.RENEWAL)]
    won: Bools = outcomes.status == OUTCOME_STATUSES.index(OutcomeStatus.WON)
    return np.isin(outcomes.kind, kinds) & won


def deals(people: People, outcomes: Outcomes, day: int) -> Spells:
    """Deals, from their beginning to when they were won; a lost one has ended otherwise.

    Args:
        people: everyone.
        outcomes: as they stood on the day.
        day: the last UTC day that counts.
    """
    won = outcomes.status == OUTCOME_STATUSES.index(OutcomeStatus.WON)
    rows = np.flatnonzero(outcomes.kind == OUTCOME_KINDS.index(OutcomeKind.DEAL))
    whom = with_whom(people, outcomes)
    found = [
        (int(outcomes.opened[row]), int(outcomes.closed[row]), bool(won[row]), whom[row])
        for row in rows.tolist()
    ]
    return _spells(found, day)


def clients(people: People, outcomes: Outcomes, day: int) -> Spells:
    """Clients, from the first deal that they made to when they left.

    A client is an organisation, or somebody who is of none. Leaving is a churn, or a renewal that
    did not come about.

    Args:
        people: everyone.
        outcomes: as they stood on the day.
        day: the last UTC day that counts.
    """
    whom = with_whom(people, outcomes)
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row in range(len(outcomes)):
        organisation = outcomes.organisation[row].strip().casefold()
        if organisation or whom[row]:
            rows_of[organisation or f"person {whom[row][0]}"].append(row)
    found = []
    for rows in rows_of.values():
        began, left = _since(outcomes, rows), _left(outcomes, rows)
        if began != NO_DAY or left != NO_DAY:
            there = tuple(sorted({one for row in rows for one in whom[row]}))
            found.append((began, left, left != NO_DAY, there))
    return _spells(sorted(found), day)


def _since(outcomes: Outcomes, rows: Sequence[int]) -> int:
    """The day since which somebody is a client; ``NO_DAY`` where nothing tells."""
    days = []
    for row in rows:
        kind, status = _kind(outcomes, row), _status(outcomes, row)
        is_won = status is OutcomeStatus.WON
        if kind is OutcomeKind.DEAL and is_won:
            days.append(int(outcomes.closed[row]))
        if kind in (OutcomeKind.RENEWAL, OutcomeKind.CHURN):
            days.append(int(outcomes.opened[row]))
    return min((one for one in days if one != NO_DAY), default=NO_DAY)


def _left(outcomes: Outcomes, rows: Sequence[int]) -> int:
    days = [
        int(outcomes.closed[row] if outcomes.closed[row] != NO_DAY else outcomes.opened[row])
        for row in rows
        if _kind(outcomes, row) is OutcomeKind.CHURN
        or (
            _kind(outcomes, row) is OutcomeKind.RENEWAL
            and _status(outcomes, row) is OutcomeStatus.LOST
        )
    ]
    return max((one for one in days if one != NO_DAY), default=NO_DAY)


def _kind(outcomes: Outcomes, row: int) -> OutcomeKind:
    return OUTCOME_KINDS[int(outcomes.kind[row])]


def _status(outcomes: Outcomes, row: int) -> OutcomeStatus:
    return OUTCOME_STATUSES[int(outcomes.status[row])]


def _spells(found: Sequence[tuple[int, int, bool, tuple[int, ...]]], day: int) -> Spells:
    spells, backwards, alone, unbegun = [], 0, 0, 0
    for began, ended, happened, whom in found:
        if began == NO_DAY:
            unbegun += 1
        elif ended != NO_DAY and ended < began:
            backwards += 1
        elif not whom:
            alone += 1
        else:
            last = day if ended == NO_DAY else ended
            is_over = happened and ended != NO_DAY
            spells.append(Spell(began, max(last - began, 1), is_over, whom))
    return Spells(tuple(spells), backwards, alone, unbegun)


def before(
    spells: Sequence[Spell], contacts: Contacts, people: People, parameters: ScoringParameters
) -> Floats:
    """Strength of the strongest tie with anyone of each spell, a month before it began."""
    days = np.array([spell.began - LAG_DAYS for spell in spells], dtype=np.int64)
    return _strongest([spell.people for spell in spells], days, contacts, people, parameters)


def stretches(
    spells: Sequence[Spell], contacts: Contacts, people: People, parameters: ScoringParameters
) -> Stretches:
    """Spells cut into months, each with the strength a month before it began."""
    spell, start = [], []
    for number, one in enumerate(spells):
        begins = range(0, one.days, STRETCH_DAYS)
        spell += [number] * len(begins)
        start += list(begins)
    lasted = np.array([one.days for one in spells], dtype=np.int64)
    ends = np.array([one.ended for one in spells], dtype=np.bool_)
    began = np.array([one.began for one in spells], dtype=np.int64)
    of, starts = np.array(spell, dtype=np.int64), np.array(start, dtype=np.int64)
    stops = np.minimum(starts + STRETCH_DAYS, lasted[of])
    ended: Bools = ends[of] & (stops == lasted[of])
    return Stretches(
        spell=of,
        start=starts.astype(np.float64),
        stop=stops.astype(np.float64),
        ended=ended,
        strength=_strongest(
            [spells[number].people for number in spell],
            began[of] + starts - LAG_DAYS,
            contacts,
            people,
            parameters,
        ),
    )


def _strongest(
    whom: Sequence[tuple[int, ...]],
    days: Ints,
    contacts: Contacts,
    people: People,
    parameters: ScoringParameters,
) -> Floats:
    """Of several people the strongest tie, for each row."""
    row = np.repeat(np.arange(len(whom)), [len(one) for one in whom])
    person = np.array([one for each in whom for one in each], dtype=np.int64)
    strength = lagged_strength(contacts, people, person, days[row], parameters)
    out = np.zeros(len(whom))
    np.maximum.at(out, row, strength)
    return out
