"""How long things take, or last, by how strong the tie was beforehand: Kaplan–Meier and Cox.

Strength enters as it was a month before each stretch of time, so that a deal does not cause its
own letters, and with its square, for ties of middling strength may do most. What comes out is an
association: strong ties are not handed out by lot.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from roc.graph.frames import Bools, Floats, Ints

LAG_DAYS = 30
"""Strength is measured so long before the stretch of time that it is held against."""

STRETCH_DAYS = 30
"""How long a stretch is for which one strength stands."""

LEAST_EVENTS = 10
"""With fewer events nothing is said of hazards: five for each of the two terms."""

LEAST_SPELLS = 5
"""A curve of fewer spells is not drawn."""

WEAK, STRONG = 20.0, 60.0
"""The hazard at the second strength is told as so many times that at the first."""

WIDEST = 20.0
"""An interval that reaches further than so many times the ratio says nothing, as where all strong
ties end before any weak one does."""

COVERED = 0.90
_Z = 1.6448536269514722  # of a normal: 90 % lie within


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Share of spells that still go on, by number of days.

    Args:
        spells: how many.
        events: how many ended; of the others the end is not known yet.
        days: at which the share changes, rising.
        share: from 1 down to 0.
        low: lower end of the interval that covers 90 %; nan where it is not defined.
        high: upper end.
        median: days after which half have ended; nan where fewer have.
    """

    spells: int
    events: int
    days: Floats
    share: Floats
    low: Floats
    high: Floats
    median: float


@dataclass(frozen=True, slots=True)
class Hazard:
    """How much faster things end at a strength of 60 than at one of 20.

    Args:
        spells: how many.
        events: how many ended.
        ratio: the hazard ratio; nan with fewer than ten events, or where nothing can be told.
        low: lower end of the interval that covers 90 %.
        high: upper end.
        chance: p that the ratio is 1, two-sided.
        proportional: p that it is the same early and late; below 0.05 it is probably not.
    """

    spells: int
    events: int
    ratio: float
    low: float
    high: float
    chance: float
    proportional: float


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Spells cut into stretches, in each of which the strength stands.

    Args:
        spell: which spell, shape ``(n,)``.
        start: days since the spell began.
        stop: the same, larger.
        ended: whether the spell ended with the stretch.
        strength: a month before the stretch, 0 to 100.
    """

    spell: Ints
    start: Floats
    stop: Floats
    ended: Bools
    strength: Floats


def curve(days: Floats, ended: Bools) -> Curve:
    """The Kaplan–Meier estimate.

    Args:
        days: how long each spell lasted, or has lasted so far; above 0.
        ended: whether it ended.

    Source: Kaplan and Meier (1958), Journal of the American Statistical Association 53.
    """
    from scipy.stats import CensoredData, ecdf

    if not len(days):
        nothing = np.empty(0)
        return Curve(0, 0, nothing, nothing, nothing, nothing, float("nan"))
    told = ecdf(CensoredData.right_censored(days, ~ended)).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is undefined where nobody is left
        between: Any = told.confidence_interval(COVERED)
    half = np.flatnonzero(told.probabilities <= 0.5)
    return Curve(
        spells=len(days),
        events=int(ended.sum()),
        days=told.quantiles,
        share=told.probabilities,
        low=between.low.probabilities,
        high=between.high.probabilities,
        median=float(told.quantiles[half[0]]) if len(half) else float("nan"),
    )


def hazard(of: Stretches) -> Hazard:
    """The Cox model with strength and its square, told as one ratio.

    Args:
        of: the stretches.

    Source: Cox (1972), Journal of the Royal Statistical Society B 34; ties as in Efron (1977);
    proportionality as in Grambsch and Therneau (1994).
    """
    spells, events = len(np.unique(of.spell)), int(of.ended.sum())
    nothing = Hazard(spells, events, *[float("nan")] * 5)
    if events < LEAST_EVENTS or np.ptp(of.strength) == 0:
        return nothing
    from statsmodels.duration.hazard_regression import PHReg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = PHReg(of.stop, _terms(of.strength), of.ended, entry=of.start, ties="efron")
        fit = model.fit()
        spread = np.asarray(fit.cov_params())
        apart = (_terms(np.array([STRONG])) - _terms(np.array([WEAK])))[0]
        log_ratio = float(apart @ fit.params)
        error = float(np.sqrt(apart @ spread @ apart))
        left = fit.schoenfeld_residuals
    if not np.isfinite(log_ratio) or not 0 < _Z * error < np.log(WIDEST):
        return nothing
    return Hazard(
        spells=spells,
        events=events,
        ratio=float(np.exp(log_ratio)),
        low=float(np.exp(log_ratio - _Z * error)),
        high=float(np.exp(log_ratio + _Z * error)),
        chance=_two_sided(log_ratio / error),
        proportional=_proportional(np.asarray(left)[of.ended] @ apart, of.stop[of.ended]),
    )


def _terms(strength: Floats) -> Floats:
    part = strength / 100.0
    return np.column_stack([part, part * part])


def _two_sided(z: float) -> float:
    from scipy.stats import norm

    return float(2.0 * norm.sf(abs(z)))


def _proportional(left: Floats, days: Floats) -> float:
    """P that what the model leaves over has nothing to do with when it happened."""
    from scipy.stats import spearmanr

    known = np.isfinite(left)
    if known.sum() < LEAST_EVENTS or np.ptp(left[known]) == 0 or np.ptp(days[known]) == 0:
        return float("nan")
    return float(spearmanr(left[known], days[known]).pvalue)


def wilson(happened: int, of: int) -> tuple[float, float]:
    """The interval of a share that covers 90 %; nan of nothing.

    Source: Wilson (1927), Journal of the American Statistical Association 22.

    Example:
        >>> low, high = wilson(8, 10)
        >>> round(low, 2), round(high, 2)
        (0.54, 0.93)
    """
    if not of:
        return float("nan"), float("nan")
    from scipy.stats import binomtest

    between = binomtest(happened, of).proportion_ci(COVERED, method="wilson")
    return float(between.low), float(between.high)
