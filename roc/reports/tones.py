"""Whose messages became warmer or cooler, where the owner asked for tone."""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import People, Tones
from roc.reports.faces import Face, face
from roc.scoring.parameters import ScoringParameters
from roc.scoring.tone import Warmth, warmth


@dataclass(frozen=True, slots=True)
class Turned:
    """One side whose tone changed beyond what chance makes of so few messages.

    Args:
        who: the alter.
        by_ego: whether it is ego who writes otherwise.
        warmth: mean of the last quarter, -1 to 1.
        change: the last quarter less the year before.
        judged: messages that this rests on.
    """

    who: Face
    by_ego: bool
    warmth: float
    change: float
    judged: int


@dataclass(frozen=True, slots=True)
class Tone:
    """How ego and others write to each other.

    Args:
        messages: how many are known by their tone; 0 where the owner did not ask for it.
        judged: how many are in a language that is judged.
        turned: whose tone changed, the largest change first.
    """

    messages: int
    judged: int
    turned: tuple[Turned, ...]


def tone(
    people: People, tones: Tones, day: int, parameters: ScoringParameters, *, limit: int
) -> Tone:
    """Whose tone changed, as of a day.

    Args:
        people: everyone in the graph; of those set aside nothing is told.
        tones: how messages are written.
        day: UTC day, inclusive.
        parameters: see `roc.scoring.tone.warmth`.
        limit: how many at most.
    """
    told = warmth(tones, day, parameters)
    kept = ~people.set_aside[told.alter]
    rows, sides = np.nonzero(told.changed & kept[:, None])
    order = np.lexsort((sides, rows, -np.abs(told.change[rows, sides])))[:limit]
    return Tone(
        messages=int(told.messages[kept].sum()),
        judged=int(told.judged[kept].sum()),
        turned=tuple(_turned(people, told, int(rows[place]), int(sides[place])) for place in order),
    )


def _turned(people: People, told: Warmth, row: int, side: int) -> Turned:
    return Turned(
        who=face(people, int(told.alter[row])),
        by_ego=side == 0,
        warmth=float(told.lately[row, side]),
        change=float(told.change[row, side]),
        judged=int(told.judged[row, side]),
    )
