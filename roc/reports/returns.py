"""Return on connections: the score, where it comes from, and what would raise it most."""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import People
from roc.reports.faces import Face, face
from roc.scoring.measures import Measures
from roc.scoring.returns import points

LEVERS = 5
"""As many levers as things to do in a week."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What ego put into one tie and what comes back.

    Args:
        who: the alter.
        share: part of all that ego put in, 0 to 1.
        points: what the tie adds to the RoC score; these add up to it.
        invested: decayed outbound days plus cost.
        returned: chance alive · trust · value, 0 to 1.
        strength: tie strength, 0 to 100; nan where undefined.
    """

    who: Face
    share: float
    points: float
    invested: float
    returned: float
    strength: float


@dataclass(frozen=True, slots=True)
class Lever:
    """A tie whose next two-way day would raise the RoC score.

    Args:
        who: the alter.
        points: by how much.
        silence_days: days since the last contact.
        strength: tie strength, 0 to 100; nan where undefined.
    """

    who: Face
    points: float
    silence_days: float
    strength: float


@dataclass(frozen=True, slots=True)
class Returns:
    """The RoC score and its parts.

    Args:
        score: of what ego put in, the share that goes where it comes back, 0 to 100; nan where
            nothing was put in.
        week_ago: the same a week earlier; nan where undefined or unknown.
        parts: the ties that add most to it.
        levers: the ties whose next day would raise it most.
    """

    score: float
    week_ago: float
    parts: tuple[Effort, ...]
    levers: tuple[Lever, ...]


def returns(people: People, now: Measures, before: Measures | None) -> Returns:
    """The RoC score, the five ties that add most to it and the five best levers.

    Args:
        people: everyone in the graph.
        now: the numbers of the day.
        before: those of a week earlier; ``None`` where there are none.
    """
    ties = now.ties
    lever = np.nan_to_num(ties.lever)
    best = np.argsort(-lever, kind="stable")[:LEVERS]
    every = efforts(people, now)
    return Returns(
        score=now.network.roc_score,
        week_ago=before.network.roc_score if before is not None else float("nan"),
        parts=tuple(sorted(every, key=lambda effort: -effort.points)[:LEVERS]),
        levers=tuple(
            Lever(
                who=face(people, int(ties.alter[row])),
                points=float(lever[row]),
                silence_days=float(ties.silence_days[row]),
                strength=float(ties.strength[row]),
            )
            for row in best
            if lever[row] > 0
        ),
    )


def efforts(people: People, measures: Measures) -> tuple[Effort, ...]:
    """What ego put into each tie and what comes back, in the order of the ties.

    Ties into which nothing was put are left out.
    """
    ties = measures.ties
    invested = np.nan_to_num(ties.invested)
    returned = np.nan_to_num(ties.returned)
    added = points(returned, invested)
    total = float(invested.sum())
    return tuple(
        Effort(
            who=face(people, int(ties.alter[row])),
            share=float(invested[row]) / total,
            points=float(added[row]),
            invested=float(invested[row]),
            returned=float(returned[row]),
            strength=float(ties.strength[row]),
        )
        for row in np.flatnonzero(invested > 0)
    )
