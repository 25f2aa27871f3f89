"""What came of people, as data: deals, clients who stay, and who brought them.

Strength is always that of a month before. None of it says that strength was the cause: strong ties
are not handed out by lot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from roc.graph.frames import (
    NO_DAY,
    OUTCOME_KINDS,
    OUTCOME_STATUSES,
    Contacts,
    Gatherings,
    Outcomes,
    People,
)
from roc.graph.records import CONVERSATIONS, PRESENTATIONS, OutcomeKind, OutcomeStatus
from roc.reports import text
from roc.reports.brought import Credit, credit
from roc.reports.returns import Returns, returns
from roc.reports.spells import Spells, before, clients, deals, sold, stretches, with_whom
from roc.reports.spending import worth
from roc.reports.years import QuarterEnd, quarters
from roc.scoring.measures import Measures
from roc.scoring.parameters import ScoringParameters
from roc.scoring.survival import STRONG, WEAK, Curve, Hazard, curve, hazard, wilson

EXPOSED_DAYS = 180
"""A gathering so long before a deal was decided, or less, may have to do with it."""


@dataclass(frozen=True, slots=True)
class KindCount:
    """Outcomes of one kind: how they stand."""

    kind: OutcomeKind
    open: int
    won: int
    lost: int


@dataclass(frozen=True, slots=True, eq=False)
class Timing:
    """How long something takes, or lasts.

    Args:
        spells: how many could be used, and what could not.
        curves: by strength of the tie a month before the beginning: weak, middling, strong; then
            all of them.
        hazard: how much faster it ends with a strong tie.
    """

    spells: Spells
    curves: tuple[tuple[str, Curve], ...]
    hazard: Hazard


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of some decided deals were won.

    Args:
        name: which deals.
        won: how many were won.
        decided: of how many.
        low: of the share, lower end of the interval that covers 90 %; nan of none.
        high: upper end.
    """

    name: str
    won: int
    decided: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class OutcomesReport:
    """What came of people, in the order of its page.

    Args:
        as_of: the last day that counts.
        counts: outcomes by kind.
        won: what is won, by currency.
        hours: what the owner's side spent, as far as it is told; nan where it is not.
        cycle: from the beginning of a deal to when it was won.
        stay: from the first deal of a client to when they left.
        rates: won deals, by whether somebody of theirs came to a gathering before.
        credit: who brought what.
        quarters: the score, what was put in and what came of it, quarter by quarter.
        returns: what an hour on whom returned, and where the next would do most.
    """

    as_of: date
    counts: tuple[KindCount, ...]
    won: tuple[tuple[str, float], ...]
    hours: float
    cycle: Timing
    stay: Timing
    rates: tuple[Rate, ...]
    credit: Credit
    quarters: tuple[QuarterEnd, ...]
    returns: Returns


WEAK_NAME, MIDDLING_NAME, STRONG_NAME, ALL_NAME = "weak", "middling", "strong", "all"


def build(
    people: People,
    contacts: Contacts,
    gatherings: Gatherings,
    outcomes: Outcomes,
    measured: Sequence[Measures],
    parameters: ScoringParameters,
) -> OutcomesReport:
    """What came of people up to a day.

    Args:
        people: everyone.
        contacts: who reached whom on which day.
        gatherings: occasions that people came to.
        outcomes: as they stood on the day.
        measured: ego's ties and network at the end of each quarter, on days as from
            `roc.reports.years.quarter_ends`; the last is the day that counts.
        parameters: weights and half-lives of strength.
    """
    day = measured[-1].day
    hours = outcomes.hours[~np.isnan(outcomes.hours)]
    return OutcomesReport(
        as_of=text.day(day),
        counts=_counts(outcomes),
        won=worth(outcomes, np.flatnonzero(sold(outcomes)).tolist()),
        hours=float(hours.sum()) if len(hours) else float("nan"),
        cycle=_timing(deals(people, outcomes, day), contacts, people, parameters),
        stay=_timing(clients(people, outcomes, day), contacts, people, parameters),
        rates=_rates(people, gatherings, outcomes),
        credit=credit(people, contacts, outcomes, day),
        quarters=quarters(measured, gatherings, outcomes),
        returns=returns(people, measured[-1], None),
    )


def _counts(outcomes: Outcomes) -> tuple[KindCount, ...]:
    out = []
    for kind in OutcomeKind:
        rows = outcomes.kind == OUTCOME_KINDS.index(kind)
        counts = [
            int((rows & (outcomes.status == OUTCOME_STATUSES.index(status))).sum())
            for status in (OutcomeStatus.OPEN, OutcomeStatus.WON, OutcomeStatus.LOST)
        ]
        if any(counts):
            out.append(KindCount(kind, *counts))
    return tuple(out)


def _timing(
    found: Spells, contacts: Contacts, people: People, parameters: ScoringParameters
) -> Timing:
    spells = found.spells
    strength = before(spells, contacts, people, parameters)
    groups = (
        (WEAK_NAME, strength < WEAK),
        (MIDDLING_NAME, (strength >= WEAK) & (strength < STRONG)),
        (STRONG_NAME, strength >= STRONG),
        (ALL_NAME, strength >= 0),
    )
    days = np.array([spell.days for spell in spells], dtype=np.float64)
    ended = np.array([spell.ended for spell in spells], dtype=np.bool_)
    return Timing(
        spells=found,
        curves=tuple((name, curve(days[rows], ended[rows])) for name, rows in groups),
        hazard=hazard(stretches(spells, contacts, people, parameters)),
    )


def _rates(people: People, gatherings: Gatherings, outcomes: Outcomes) -> tuple[Rate, ...]:
    """Decided deals by what their people came to in the half year before."""
    whom = with_whom(people, outcomes)
    decided = (outcomes.kind == OUTCOME_KINDS.index(OutcomeKind.DEAL)) & (outcomes.closed != NO_DAY)
    rows = np.flatnonzero(decided).tolist()
    won = outcomes.status == OUTCOME_STATUSES.index(OutcomeStatus.WON)
    came = [_came_to(gatherings, whom[row], int(outcomes.closed[row])) for row in rows]
    groups = (
        ("conversation", [bool(formats & {*CONVERSATIONS}) for formats in came]),
        ("presentation", [bool(formats & {*PRESENTATIONS}) for formats in came]),
        ("nothing", [not formats for formats in came]),
    )
    return tuple(
        _rate(name, [bool(won[row]) for row, chosen in zip(rows, of, strict=True) if chosen])
        for name, of in groups
    )


def _came_to(gatherings: Gatherings, whom: tuple[int, ...], day: int) -> set[str]:
    rows = gatherings.gathering[np.isin(gatherings.person, whom)]
    near = (gatherings.day[rows] < day) & (gatherings.day[rows] >= day - EXPOSED_DAYS)
    return {gatherings.format[row] or "not said" for row in rows[near].tolist()}


def _rate(name: str, won: Sequence[bool]) -> Rate:
    return Rate(name, sum(won), len(won), *wilson(sum(won), len(won)))
