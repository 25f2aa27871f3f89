"""How warmly ego and each alter write to each other, and whether that changes.

It is told beside tie strength and is no part of it: nothing public shows that it would foretell
anything.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from roc.graph.frames import Bools, Floats, Ints, Tones
from roc.scoring.grouped import totals
from roc.scoring.parameters import ScoringParameters

YEAR_DAYS = 365
"""What a quarter is compared with: the year before it, in which every season is once."""


@dataclass(frozen=True, slots=True, eq=False)
class Warmth:
    """How the messages of each direction are written.

    Place 0 of the last axis is ego's messages to the alter, place 1 the alter's to ego.

    Args:
        alter: person numbers, shape ``(m,)``, sorted.
        messages: how many there are, shape ``(m, 2)``.
        judged: how many of them are in a language that is judged.
        mean: their mean warmth, faded, -1 to 1; ``nan`` below ``tone_least_messages``.
        lately: mean warmth of the last quarter; ``nan`` likewise.
        change: mean of the last quarter less that of the year before; ``nan`` where either has
            too few.
        changed: whether the change is beyond what chance makes of so few.
    """

    alter: Ints
    messages: Ints
    judged: Ints
    mean: Floats
    lately: Floats
    change: Floats
    changed: Bools

    def __len__(self) -> int:
        return len(self.alter)


def warmth(tones: Tones, day: int, parameters: ScoringParameters) -> Warmth:
    """How warmly ego and each alter write, as of a day.

    Mean warmth is ``Σ w·warmth / Σ w`` with ``w = 2^(−age/half-life)``. The change is told as sure
    where Welch's statistic is beyond the quantile of ``interval_share``.

    Args:
        tones: how messages are written; those to more than ``turn_audience`` people, and those
            after ``day``, do not count.
        day: UTC day, inclusive.
        parameters: half-life (that of reciprocity), the quarter, and how few are too few.

    Source: Welch (1947), Biometrika 34:28.
    """
    counts = (tones.day <= day) & (tones.audience <= parameters.turn_audience)
    alter, place = np.unique(tones.alter[counts], return_inverse=True)
    slot = 2 * place + ~tones.by_ego[counts]
    shape = (len(alter), 2)
    told = tones.warmth[counts]
    known = ~np.isnan(told)
    age = day - tones.day[counts][known]
    value, at = told[known], slot[known]
    weight = np.exp2(-age / parameters.reciprocity_half_life_days)
    judged = np.bincount(at, minlength=2 * len(alter))
    enough = judged >= parameters.tone_least_messages
    mean = np.full(2 * len(alter), np.nan)
    faded = totals(at, weight, len(mean))
    np.divide(totals(at, weight * value, len(mean)), faded, out=mean, where=enough & (faded > 0))
    lately, change, changed = _change(at, value, age, len(mean), parameters)
    return Warmth(
        alter=alter,
        messages=np.bincount(slot, minlength=len(mean)).reshape(shape),
        judged=judged.reshape(shape),
        mean=mean.reshape(shape),
        lately=lately.reshape(shape),
        change=change.reshape(shape),
        changed=changed.reshape(shape),
    )


def _change(
    slot: Ints, value: Floats, age: Ints, count: int, parameters: ScoringParameters
) -> tuple[Floats, Floats, Bools]:
    """The last quarter's mean, that less the year before's, and whether that is no chance."""
    quarter = parameters.fading_window_days
    lately = age < quarter
    before = ~lately & (age < quarter + YEAR_DAYS)
    now_mean, now_doubt, now_count = _moments(slot[lately], value[lately], count)
    was_mean, was_doubt, was_count = _moments(slot[before], value[before], count)
    least = parameters.tone_least_messages
    enough = np.minimum(now_count, was_count) >= least
    now_told = np.where(now_count >= least, now_mean, np.nan)
    change = np.where(enough, now_mean - was_mean, np.nan)
    doubt = np.sqrt(now_doubt + was_doubt)
    beyond = ndtri(0.5 + parameters.interval_share / 2)
    return now_told, change, np.abs(np.nan_to_num(change)) > beyond * doubt


def _moments(slot: Ints, value: Floats, count: int) -> tuple[Floats, Floats, Ints]:
    """Mean, squared standard error of it, and number of each slot's values."""
    size = np.bincount(slot, minlength=count)
    mean = totals(slot, value, count) / np.maximum(size, 1)
    spread = totals(slot, (value - mean[slot]) ** 2, count) / np.maximum(size - 1, 1)
    return mean, spread / np.maximum(size, 1), size
