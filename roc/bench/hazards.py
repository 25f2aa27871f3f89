"""Invented deals with a truth: how much faster strong ties close, and whether the model finds it.

Ties warm and cool while a deal is on, some deals are lost on the way, some are still open; the
hazard rises with strength and falls again, as with weak ties that bring news.
"""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import Floats
from roc.scoring.survival import STRETCH_DAYS, STRONG, WEAK, Stretches, hazard

_DEALS = 300
_MONTHS = 12
_MONTHLY = 0.12  # chance of closing within a month at strength 0
_LOST = 0.05  # of being lost within a month
_RISES, _FALLS = 2.4, -1.4  # of strength / 100, and of its square
_SURE = 0.05


@dataclass(frozen=True, slots=True)
class Hazards:
    """What deals of many worlds were said to show.

    Args:
        covered: share of worlds in which the interval of the ratio covers the true one.
        alarms: share of worlds in which strength does nothing, and seems to (p ≤ 0.05).
    """

    covered: float
    alarms: float


def hazards(worlds: int) -> Hazards:
    """Deals in so many worlds in which strength matters, and in as many in which it does not.

    Args:
        worlds: how many of each.
    """
    part = np.array([WEAK, STRONG]) / 100
    truth = float(np.exp(np.diff(_RISES * part + _FALLS * part * part)[0]))
    covered, alarms = [], []
    for seed in range(worlds):
        found = hazard(_deals(seed, _RISES, _FALLS))
        covered.append(found.low <= truth <= found.high)
        alarms.append(hazard(_deals(worlds + seed, 0.0, 0.0)).chance <= _SURE)
    return Hazards(float(np.mean(covered)), float(np.mean(alarms)))


def _deals(seed: int, rises: float, falls: float) -> Stretches:
    """Deals month by month; within a month they close at any moment."""
    dice = np.random.default_rng([seed, 3])
    strength = np.clip(
        dice.uniform(0, 90, _DEALS)[:, None] + dice.normal(0, 6, (_DEALS, _MONTHS)).cumsum(axis=1),
        0,
        95,
    )
    part = strength / 100
    rate = _MONTHLY * np.exp(rises * part + falls * part * part)
    closes = _within(dice, rate)
    is_lost = _within(dice, np.full_like(rate, _LOST))
    ends = np.minimum(closes, is_lost)
    goes_on = np.cumsum(np.isfinite(ends), axis=1) - np.isfinite(ends) == 0
    deal, month = np.nonzero(goes_on)
    left = ends[deal, month]
    stop = np.where(np.isfinite(left), left, 1.0)
    return Stretches(
        spell=deal.astype(np.int64),
        start=month.astype(np.float64) * STRETCH_DAYS,
        stop=(month.astype(np.float64) + stop) * STRETCH_DAYS,
        ended=np.isfinite(left) & (closes[deal, month] == left),
        strength=strength[deal, month],
    )


def _within(dice: np.random.Generator, rate: Floats) -> Floats:
    """When in the month it happens, 0 to 1; infinite where it does not."""
    when: Floats = dice.exponential(1.0, rate.shape) / rate
    return np.where(when < 1.0, np.maximum(when, 1e-6), np.inf)
