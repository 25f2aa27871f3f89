"""Clients who grow cold: people who bought, or are about to, and with whom contact falls silent."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from roc.graph.frames import (
    NO_DAY,
    OUTCOME_KINDS,
    OUTCOME_STATUSES,
    Outcomes,
    People,
)
from roc.graph.records import OutcomeKind, OutcomeStatus
from roc.reports import text
from roc.reports.faces import Face, face
from roc.reports.spells import with_whom
from roc.reports.spending import worth
from roc.scoring.measures import STATES, TieMeasures

CLIENT_DAYS = 730
"""Whoever bought within two years is a client, unless they left."""

_COOLING = (STATES.index("cooling"), STATES.index("dormant"))


@dataclass(frozen=True, slots=True)
class Cold:
    """A client with whom contact falls silent against its own rhythm.

    Args:
        who: the person.
        organisation: theirs, or empty.
        strength: of the tie, 0 to 100.
        state: one of ``roc.scoring.measures.STATES``.
        silence_days: days since the last contact.
        gap_days: days between contacts, usually; nan where that is not known.
        worth: what they bought within two years, by currency, as far as it is told.
        open: deals and renewals with them that are not decided.
        only: nobody else of their organisation has a live tie with ego.
    """

    who: Face
    organisation: str
    strength: float
    state: str
    silence_days: float
    gap_days: float
    worth: tuple[tuple[str, float], ...]
    open: int
    only: bool


def cold(
    people: People, ties: TieMeasures, outcomes: Outcomes, day: int, *, limit: int
) -> tuple[Cold, ...]:
    """Clients whose ties cool, fade or fell silent; those with something open first, then by worth.

    Args:
        people: everyone.
        ties: ego's ties.
        outcomes: as they stood on the day.
        day: the last UTC day that counts.
        limit: how many at most.
    """
    bought, undecided = _business(people, outcomes, day)
    quiet = np.isin(ties.state, _COOLING) | (ties.fading == 1)
    quiet &= (ties.given_days > 0) & (ties.received_days > 0)
    live = _live(people, ties)
    business = {*bought, *undecided}
    rows = [row for row in np.flatnonzero(quiet).tolist() if int(ties.alter[row]) in business]
    found = [
        Cold(
            who=face(people, number),
            organisation=text.plain(people.organisations[number]),
            strength=float(ties.strength[row]),
            state=STATES[ties.state[row]],
            silence_days=float(ties.silence_days[row]),
            gap_days=float(ties.gap_days[row]),
            worth=worth(outcomes, bought.get(number, ())),
            open=undecided.get(number, 0),
            only=_is_only(people, live, number),
        )
        for row in rows
        for number in [int(ties.alter[row])]
    ]
    found.sort(
        key=lambda one: (-one.open, -sum(dict(one.worth).values()), -one.strength, one.who.key)
    )
    return tuple(found[:limit])


def _business(
    people: People, outcomes: Outcomes, day: int
) -> tuple[dict[int, list[int]], dict[int, int]]:
    """The rows of what each client bought of late, and how much with each is undecided."""
    bought: dict[int, list[int]] = defaultdict(list)
    undecided: dict[int, int] = defaultdict(int)
    left: dict[int, int] = {}
    whom = with_whom(people, outcomes)
    for row in range(len(outcomes)):
        kind = OUTCOME_KINDS[int(outcomes.kind[row])]
        status = OUTCOME_STATUSES[int(outcomes.status[row])]
        closed = int(outcomes.closed[row])
        for person in whom[row]:
            if kind is OutcomeKind.CHURN and closed != NO_DAY:
                left[person] = max(left.get(person, closed), closed)
            elif kind in (OutcomeKind.DEAL, OutcomeKind.RENEWAL):
                if status is OutcomeStatus.OPEN:
                    undecided[person] += 1
                elif status is OutcomeStatus.WON and closed > day - CLIENT_DAYS:
                    bought[person].append(row)
    for person in left:
        bought.pop(person, None)
    return bought, undecided


def _live(people: People, ties: TieMeasures) -> dict[str, Sequence[int]]:
    """Who of each organisation has a live tie with ego."""
    there: dict[str, list[int]] = defaultdict(list)
    rows = ~np.isin(ties.state, (*_COOLING, STATES.index("none")))
    for number in ties.alter[rows].tolist():
        if house := people.organisations[number].strip().casefold():
            there[house].append(number)
    return dict(there)


def _is_only(people: People, live: dict[str, Sequence[int]], number: int) -> bool:
    house = people.organisations[number].strip().casefold()
    return bool(house) and not [one for one in live.get(house, ()) if one != number]
