"""What moved between two weeks, as a report lists it: each tie once, by what tells most."""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import People
from roc.reports.faces import Face, face
from roc.scoring import change
from roc.scoring.measures import Measures, TieMeasures

WARMER = frozenset({change.Move.TWO_WAY, change.Move.RETURNED, change.Move.BAND_UP})
"""Moves towards each other. A first contact one way is neither: nothing has come of it yet."""

COOLER = frozenset({change.Move.WENT_QUIET, change.Move.BAND_DOWN})
"""Moves away from each other."""


@dataclass(frozen=True, slots=True)
class Move:
    """One tie that moved.

    Args:
        who: the alter.
        what: how, a word of `roc.scoring.change.Move`.
        was: the band of its strength, or its state, a week earlier.
        now: the same now.
        strength_before: strength a week earlier, 0 to 100; nan where nothing had passed.
        strength: strength now.
        silence_days: days since the last contact.
        gap_days: the tie's usual days between contacts; nan below two days of contact.
    """

    who: Face
    what: change.Move
    was: str
    now: str
    strength_before: float
    strength: float
    silence_days: float
    gap_days: float


def moves(people: People, now: Measures, before: Measures) -> tuple[Move, ...]:
    """Every tie that moved, each once, in the order of `roc.scoring.change.changes`.

    Args:
        people: everyone in the graph.
        now: the numbers of the day.
        before: those of a week earlier.

    Raises:
        ValueError: the measures are of two egos, or in the wrong order.
    """
    first: dict[int, change.Change] = {}
    for told in change.changes(before, now).changes:
        first.setdefault(told.alter, told)
    out = []
    for alter, told in first.items():
        row = int(np.searchsorted(now.ties.alter, alter))
        out.append(
            Move(
                who=face(people, alter),
                what=told.move,
                was=told.was,
                now=told.now,
                strength_before=_strength(before.ties, alter),
                strength=float(now.ties.strength[row]),
                silence_days=float(now.ties.silence_days[row]),
                gap_days=float(now.ties.gap_days[row]),
            )
        )
    return tuple(out)


def _strength(ties: TieMeasures, alter: int) -> float:
    found = ties.strength[ties.alter == alter]
    return float(found[0]) if len(found) else float("nan")
