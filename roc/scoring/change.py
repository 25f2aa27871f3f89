"""What moved between two moments: new ties, answers after a gap, silences, bands of strength."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from roc.graph.frames import Bools, Floats, Ints
from roc.scoring.bands import BAND_MARGIN, BANDS, bands
from roc.scoring.measures import STATES, Measures, TieMeasures


class Move(StrEnum):
    """What happened to a tie, most telling first; each word stands for the sentence beside it."""

    TWO_WAY = "two_way"  # for the first time both have reached each other
    RETURNED = "returned"  # the alter reached ego again, after a silence long for this tie
    WENT_QUIET = "went_quiet"  # the silence has become long for this tie, or very long
    BAND_UP = "band_up"  # strength rose into a higher band
    BAND_DOWN = "band_down"  # strength fell into a lower band
    NEW = "new"  # something passed for the first time, one way only


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to one tie.

    Args:
        alter: person number.
        move: what happened.
        was: band or state before, a word of ``BANDS`` or ``STATES``.
        now: band or state now.
    """

    alter: int
    move: Move
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What moved between two moments.

    Args:
        since: UTC day of the earlier measures.
        day: UTC day of the later ones.
        changes: in the order of ``Move``; within a move, the strongest of both moments first.
    """

    since: int
    day: int
    changes: tuple[Change, ...]


def changes(before: Measures, now: Measures) -> Changes:
    """What moved between two moments of the same graph.

    Only moves between bands and states are told, never points: a tie has to cross a band's edge
    and to move by ``BAND_MARGIN`` besides. A tie that is new, or two-way for the first time, is
    told as such and not as a move of bands too. Alters who are no longer there are passed over.

    Args:
        before: the earlier measures; person numbers mean the same people as in ``now``.
        now: the later measures.

    Raises:
        ValueError: the measures are of two egos, or in the wrong order.
    """
    if before.ego != now.ego:
        raise ValueError("the two measures are of different people")
    if before.day > now.day:
        raise ValueError("the earlier measures come first")
    alter = now.ties.alter
    was = _Standing.of(before.ties, alter)
    at = _Standing.of(now.ties, alter)
    quiet = STATES.index("cooling")
    appeared = (was.state == 0) & (at.state > 0)
    two_way = at.two_way & ~was.two_way
    moved = np.abs(at.strength - was.strength) >= BAND_MARGIN
    moved &= (was.band > 0) & (at.band > 0) & ~two_way
    returned = (was.state >= quiet) & (at.received_days > was.received_days)
    found: list[tuple[Move, Bools, bool]] = [
        (Move.TWO_WAY, two_way, False),
        (Move.RETURNED, returned, False),
        (Move.WENT_QUIET, (was.state > 0) & (at.state >= quiet) & (at.state > was.state), False),
        (Move.BAND_UP, moved & (at.band > was.band), True),
        (Move.BAND_DOWN, moved & (at.band < was.band), True),
        (Move.NEW, appeared & ~two_way, True),
    ]
    weight = np.fmax(was.strength, at.strength)
    told: list[Change] = []
    for move, happened, by_band in found:
        rows = np.flatnonzero(happened)
        for row in rows[np.lexsort((alter[rows], -weight[rows]))]:
            words = BANDS if by_band else STATES
            pair = (was.band[row], at.band[row]) if by_band else (was.state[row], at.state[row])
            told.append(Change(int(alter[row]), move, words[pair[0]], words[pair[1]]))
    return Changes(before.day, now.day, tuple(told))


@dataclass(frozen=True, slots=True, eq=False)
class _Standing:
    """Where some alters stood at a moment; *none* for those who were not there."""

    strength: Floats
    band: Ints
    state: Ints
    received_days: Ints
    two_way: Bools

    @classmethod
    def of(cls, ties: TieMeasures, alters: Ints) -> "_Standing":
        there = np.isin(alters, ties.alter)
        place = np.searchsorted(ties.alter, alters[there])
        strength = np.full(len(alters), np.nan)
        strength[there] = ties.strength[place]
        state, given, received = (np.zeros(len(alters), dtype=np.int64) for _ in range(3))
        state[there] = ties.state[place]
        given[there] = ties.given_days[place]
        received[there] = ties.received_days[place]
        return cls(strength, bands(strength), state, received, (given > 0) & (received > 0))
