"""Strength of ego's ties on days long past: what was known before something happened."""

import numpy as np

from roc.graph.frames import Contacts, Floats, Ints, People
from roc.scoring.dyads import only, ties
from roc.scoring.parameters import ScoringParameters
from roc.scoring.strength import raw_of_pairs, shown_strength

GRID_DAYS = 15
"""Days are rounded down to multiples of this: strength hardly moves within a fortnight."""


def lagged_strength(
    contacts: Contacts, people: People, person: Ints, day: Ints, parameters: ScoringParameters
) -> Floats:
    """Tie strength of ego with each person at the end of each day.

    Args:
        contacts: who reached whom on which day.
        people: everyone.
        person: person numbers, shape ``(n,)``.
        day: UTC days, same shape.
        parameters: weights and half-lives.

    Returns:
        0 to 100, shape ``(n,)``; 0 where nothing had passed by then.
    """
    ego = people.ego
    own = only(contacts, (contacts.sender == ego) | (contacts.recipient == ego))
    rounded = day // GRID_DAYS * GRID_DAYS
    out = np.zeros(len(person))
    for when in np.unique(rounded).tolist():
        rows = rounded == when
        strength = _of_everyone(own, people, when, parameters)
        out[rows] = strength[person[rows]]
    return out


def _of_everyone(own: Contacts, people: People, day: int, parameters: ScoringParameters) -> Floats:
    pairs = ties(own, people, day, parameters)
    out = np.zeros(len(people))
    other = np.where(pairs.low == people.ego, pairs.high, pairs.low)
    mine = (pairs.low == people.ego) | (pairs.high == people.ego)
    shown = shown_strength(raw_of_pairs(pairs, parameters), parameters.strength_half_scale)
    out[other[mine]] = np.nan_to_num(shown[mine])
    return out
