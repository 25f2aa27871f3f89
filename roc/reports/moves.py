"""What moved between two weeks: steps a person would notice, no jitter of points."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from roc.graph.frames import Floats, Ints, People
from roc.reports.faces import Face, face
from roc.scoring.measures import STATES, Measures

BANDS = (25.0, 50.0, 75.0)
"""Where one band of tie strength ends and the next begins: quarters of the scale."""

LEAST_POINTS = 3.0
"""A tie on the edge of a band has to move this far, or it would change bands every week."""

_AWAKE = (STATES.index("active"), STATES.index("steady"))
_QUIET = (STATES.index("cooling"), STATES.index("dormant"))


class Moved(StrEnum):
    """How a tie moved; each word stands for the sentence beside it."""

    FIRST_TWO_WAY = "first_two_way"  # both sides have acted, for the first time
    CAME_BACK = "came_back"  # it was cooling or dormant and there was contact
    WENT_QUIET = "went_quiet"  # its silence outgrew its own rhythm
    WARMER = "warmer"  # its strength rose into a higher band
    COOLER = "cooler"  # its strength fell into a lower band


@dataclass(frozen=True, slots=True)
class Move:
    """One tie that moved.

    Args:
        who: the alter.
        what: how.
        before: strength a week earlier; nan where nothing had passed.
        now: strength now.
        silence_days: days since the last contact.
        gap_days: the tie's usual days between contacts; nan below two days of contact.
    """

    who: Face
    what: Moved
    before: float
    now: float
    silence_days: float
    gap_days: float


def moves(people: People, now: Measures, before: Measures) -> tuple[Move, ...]:
    """Every tie that moved, each once, the strongest first.

    Args:
        people: everyone in the graph.
        now: the numbers of the day.
        before: those of a week earlier.
    """
    ties, earlier = now.ties, before.ties
    then = np.searchsorted(earlier.alter, ties.alter)
    known = np.isin(ties.alter, earlier.alter)
    then = np.where(known, then, 0)

    def past(column: Floats | Ints, otherwise: float) -> Floats:
        if not len(earlier):
            return np.full(len(ties), otherwise)
        return np.where(known, column[then].astype(np.float64), otherwise)

    strength = past(earlier.strength, np.nan)
    state = past(earlier.state, STATES.index("none"))
    was_two_way = (past(earlier.given_days, 0) > 0) & (past(earlier.received_days, 0) > 0)
    two_way = (ties.given_days > 0) & (ties.received_days > 0)
    shift = np.nan_to_num(ties.strength) - np.nan_to_num(strength)
    bands = np.digitize(np.nan_to_num(ties.strength), BANDS) - np.digitize(
        np.nan_to_num(strength), BANDS
    )
    bands[np.abs(shift) < LEAST_POINTS] = 0
    tests = {
        Moved.FIRST_TWO_WAY: two_way & ~was_two_way,
        Moved.CAME_BACK: np.isin(state, _QUIET) & np.isin(ties.state, _AWAKE),
        Moved.WENT_QUIET: np.isin(state, _AWAKE) & np.isin(ties.state, _QUIET),
        Moved.WARMER: bands > 0,
        Moved.COOLER: bands < 0,
    }
    kind = np.select(list(tests.values()), range(len(tests)), default=-1)
    rows = np.flatnonzero(kind >= 0)
    # A tie that fell is told by the height it fell from.
    height = np.fmax(ties.strength, strength)[rows]
    return tuple(
        Move(
            who=face(people, int(ties.alter[row])),
            what=list(tests)[kind[row]],
            before=float(strength[row]),
            now=float(ties.strength[row]),
            silence_days=float(ties.silence_days[row]),
            gap_days=float(ties.gap_days[row]),
        )
        for row in rows[np.argsort(-np.nan_to_num(height), kind="stable")]
    )
