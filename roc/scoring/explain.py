"""Why a tie is as strong as it is: its parts, the days behind them, and what would change it."""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import KINDS, Contacts, Floats
from roc.graph.records import Kind
from roc.scoring.dyads import fade, only, row_weights
from roc.scoring.measures import Measures
from roc.scoring.parameters import ScoringParameters
from roc.scoring.strength import alive, raw_strength, shown_strength, silence_ratio

SILENCE_DAYS = 30
"""The silence whose effect is foretold: as long as the chance alive looks ahead."""


@dataclass(frozen=True, slots=True)
class Day:
    """One active day in one direction.

    Args:
        day: UTC day.
        by_ego: True where ego reached the alter.
        kind: the weightiest act of the day.
        weight: what the day counted when it was fresh.
        left: what is left of it for each half-life.
    """

    day: int
    by_ego: bool
    kind: Kind
    weight: float
    left: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The tie in another case.

    Args:
        strength: tie strength, 0 to 100.
        alive: chance of two-way contact in the 30 days after.
    """

    strength: float
    alive: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a tie is as strong as it is; nan and no days where nothing passed.

    Args:
        alter: person number.
        strength: tie strength, 0 to 100.
        low: lower end of its interval.
        high: upper end.
        half_lives_days: over which acts fade.
        parts: what each half-life adds, summing to ``strength``.
        given: ego's days faded by each half-life: the sums of ``left`` of ego's days.
        received: the alter's.
        days: the days behind the sums, newest first.
        two_way_day: the tie after one more two-way day now.
        silence: the tie after ``SILENCE_DAYS`` without contact.
    """

    alter: int
    strength: float
    low: float
    high: float
    half_lives_days: tuple[float, ...]
    parts: tuple[float, ...]
    given: tuple[float, ...]
    received: tuple[float, ...]
    days: tuple[Day, ...]
    two_way_day: WhatIf
    silence: WhatIf


def explanation(
    contacts: Contacts, measures: Measures, alter: int, parameters: ScoringParameters
) -> Explanation:
    """Why the tie between ego and an alter is as strong as it is.

    Args:
        contacts: who reached whom on which day, as they were measured.
        measures: what was measured.
        alter: person number, one of ``measures.ties.alter``.
        parameters: those the measures were made with.

    Raises:
        ValueError: the alter is none of ego's.
    """
    place = np.flatnonzero(measures.ties.alter == alter)
    if not len(place):
        raise ValueError("ego has no tie with this person")
    ties, row = measures.ties, int(place[0])
    days = _days(contacts, measures, alter, parameters)
    half_lives = parameters.half_lives_days
    left = np.array([day.left for day in days]).reshape(len(days), len(half_lives))
    by_ego = np.array([day.by_ego for day in days], dtype=np.bool_)
    given, received = left[by_ego].sum(axis=0), left[~by_ego].sum(axis=0)
    corrected = float(ties.corrected[row])
    return Explanation(
        alter=alter,
        strength=float(ties.strength[row]),
        low=float(ties.strength_low[row]),
        high=float(ties.strength_high[row]),
        half_lives_days=half_lives,
        parts=tuple(ties.strength_parts[row].tolist()),
        given=tuple(given.tolist()),
        received=tuple(received.tolist()),
        days=days,
        two_way_day=_what_if(given + 1.0, received + 1.0, 0.0, corrected, parameters),
        silence=_after_silence(given, received, days, measures.day, corrected, parameters),
    )


def _days(
    contacts: Contacts, measures: Measures, alter: int, parameters: ScoringParameters
) -> tuple[Day, ...]:
    ego = measures.ego
    there = (contacts.sender == ego) & (contacts.recipient == alter)
    back = (contacts.sender == alter) & (contacts.recipient == ego)
    rows = only(contacts, (there | back) & (contacts.day <= measures.day))
    weight = row_weights(rows, parameters)
    by_ego = rows.sender == ego
    order = np.lexsort((rows.kind, -weight, ~by_ego, -rows.day))
    order = order[weight[order] > 0]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = np.diff(rows.day[order]) != 0
    new[1:] |= by_ego[order][1:] != by_ego[order][:-1]
    return tuple(
        _day(rows, int(place), float(weight[place]), bool(by_ego[place]), measures.day, parameters)
        for place in order[new]
    )


def _day(
    rows: Contacts, place: int, weight: float, by_ego: bool, day: int, parameters: ScoringParameters
) -> Day:
    age = np.array([day - rows.day[place]])
    return Day(
        day=int(rows.day[place]),
        by_ego=by_ego,
        kind=KINDS[rows.kind[place]],
        weight=weight,
        left=tuple(weight * float(fade(age, half)[0]) for half in parameters.half_lives_days),
    )


def _after_silence(
    given: Floats,
    received: Floats,
    days: tuple[Day, ...],
    day: int,
    corrected: float,
    parameters: ScoringParameters,
) -> WhatIf:
    then = day + SILENCE_DAYS
    left = np.exp2(-SILENCE_DAYS / np.array(parameters.half_lives_days))
    met = np.unique(np.array([one.day for one in days], dtype=np.int64))
    if not len(met):
        return WhatIf(float("nan"), float("nan"))
    ratio = silence_ratio(then, met[:1], met[-1:], np.array([len(met)]), parameters)
    return _what_if(given * left, received * left, float(ratio[0]), corrected, parameters)


def _what_if(
    given: Floats,
    received: Floats,
    ratio: float,
    corrected: float,
    parameters: ScoringParameters,
) -> WhatIf:
    raw = raw_strength(given, received, parameters.one_sided_share).sum(keepdims=True)
    shown = shown_strength(raw, parameters.strength_half_scale)
    chance = alive(raw, np.array([ratio]), parameters, corrected)
    return WhatIf(float(shown[0]), float(chance[0]))
