"""Tie strength, the chance that a tie is alive, and its state.

Strength is two-way by construction: ``S = Σ_h ln(1 + √(a·b) + ε(a + b))`` over half-lives h,
with a and b the faded active days of the two directions. The chance alive reads strength beside
the tie's own rhythm, so that old friends are not punished for being slow.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from roc.graph.frames import Floats, Ints
from roc.scoring.dyads import Ties
from roc.scoring.measures import STATES
from roc.scoring.parameters import ScoringParameters

ALIVE_WITHIN_DAYS = 30
"""The chance alive is that of two-way contact within this many days; its constants were fitted
for that span, so it is a definition and cannot be tuned."""


@dataclass(frozen=True, slots=True, eq=False)
class Strength:
    """Tie strength as it is shown, on 0 to 100.

    Args:
        shown: 100·(1 − 2^(−S/half scale)), shape ``(m,)``; nan where nothing passed.
        parts: what each half-life adds to it, shape ``(m, h)``; each row sums to ``shown``.
        low: lower end of the interval, shape ``(m,)``; never above ``shown``.
        high: upper end; never below ``shown``.
    """

    shown: Floats
    parts: Floats
    low: Floats
    high: Floats


def raw_strength(given: Floats, received: Floats, one_sided_share: float) -> Floats:
    """Raw strength S, split by half-life.

    Args:
        given: faded active days in one direction, shape ``(m, h)``, at least 0.
        received: the same in the other.
        one_sided_share: ε, what contact counts that is not answered.

    Returns:
        Shape ``(m, h)``, at least 0, the same when the directions change places; sum over the
        last axis for S.

    Source: the geometric mean of directions and the mixture of half-lives were measured on seven
        public data sets (docs/scores/strength.md).

    Example:
        >>> raw_strength(np.array([[4.0, 9.0]]), np.array([[1.0, 9.0]]), 0.0).round(3)
        array([[1.099, 2.303]])
    """
    both = np.sqrt(given * received) + one_sided_share * (given + received)
    parts: Floats = np.log1p(both)
    return parts


def raw_of_pairs(of: Ties, parameters: ScoringParameters) -> Floats:
    """Raw strength S of every pair, over all half-lives.

    Args:
        of: the pairs as of a day.
        parameters: for ε.

    Returns:
        Shape ``(m,)``, at least 0.
    """
    raw = raw_strength(of.sums[:, 0], of.sums[:, 1], parameters.one_sided_share)
    total: Floats = raw.sum(axis=1)
    return total


def shown_strength(raw: Floats, half_scale: float) -> Floats:
    """Raw strength on 0 to 100: half of what is missing to 100 with every ``half_scale``.

    Args:
        raw: S, any shape, at least 0.
        half_scale: the S that is shown as 50.

    Example:
        >>> shown_strength(np.array([0.0, 6.0, 12.0]), 6.0)
        array([ 0., 50., 75.])
    """
    shown: Floats = -100.0 * np.expm1(-np.log(2.0) * raw / half_scale)
    return shown


def strength(
    given: Floats,
    received: Floats,
    given_squares: Floats,
    received_squares: Floats,
    parameters: ScoringParameters,
) -> Strength:
    """Tie strength on 0 to 100 with its parts and its doubt.

    The interval takes active days as a Poisson process would lay them: the root of a faded sum a
    has a standard deviation of about ½√(q/a), q the sum of squares, whatever a is. Both
    directions move together to each end, which is wider than if they moved apart. A direction
    in which nothing was seen stays 0: the interval doubts what passed, it invents nothing.

    Args:
        given: faded active days in one direction, shape ``(m, h)``, at least 0.
        received: the same in the other.
        given_squares: faded squared weights behind ``given``, same shape.
        received_squares: the same behind ``received``.
        parameters: ε, the half scale, and how much of the doubt the interval covers.

    Source: variance-stabilising root, Anscombe (1948), Biometrika 35:246.
    """
    epsilon, half_scale = parameters.one_sided_share, parameters.strength_half_scale
    raw_parts = raw_strength(given, received, epsilon)
    raw = raw_parts.sum(axis=1)
    shown = shown_strength(raw, half_scale)
    share = np.divide(raw_parts, raw[:, None], out=np.zeros_like(raw_parts), where=raw[:, None] > 0)
    z = NormalDist().inv_cdf((1.0 + parameters.interval_share) / 2.0)
    low, high = (
        raw_strength(
            _shifted(given, given_squares, side),
            _shifted(received, received_squares, side),
            epsilon,
        ).sum(axis=1)
        for side in (-z, z)
    )
    nothing = (given + received).sum(axis=1) <= 0
    return Strength(
        shown=np.where(nothing, np.nan, shown),
        parts=np.where(nothing[:, None], np.nan, share * shown[:, None]),
        low=np.where(nothing, np.nan, np.minimum(shown_strength(low, half_scale), shown)),
        high=np.where(nothing, np.nan, np.maximum(shown_strength(high, half_scale), shown)),
    )


def mean_gap_days(first_day: Ints, last_day: Ints, contact_days: Ints) -> Floats:
    """A tie's own mean gap between days of contact.

    Args:
        first_day: first day of contact, shape ``(m,)``.
        last_day: last day of contact.
        contact_days: distinct days of contact.

    Returns:
        Days, shape ``(m,)``; nan below two days of contact.
    """
    gaps = np.maximum(contact_days - 1, 0).astype(np.float64)
    own = np.full(len(gaps), np.nan)
    np.divide(last_day - first_day, gaps, out=own, where=gaps > 0)
    return own


def expected_gap_days(
    first_day: Ints, last_day: Ints, contact_days: Ints, parameters: ScoringParameters
) -> Floats:
    """The gap to expect from a tie: its own gaps and one imagined gap beside them.

    With n days of contact it is ``(last − first + g) / n`` for an imagined gap of g days: g
    itself for one day of contact, the tie's own rhythm for many. Never below
    ``parameters.shortest_gap_days``.

    Args:
        first_day: first day of contact, shape ``(m,)``.
        last_day: last day of contact.
        contact_days: distinct days of contact; g is expected where there is none.
        parameters: the imagined and the shortest gap.

    Returns:
        Days, shape ``(m,)``.
    """
    gaps = (last_day - first_day + parameters.expected_gap_days) / np.maximum(contact_days, 1)
    return np.maximum(gaps, parameters.shortest_gap_days)


def silence_ratio(
    day: int, first_day: Ints, last_day: Ints, contact_days: Ints, parameters: ScoringParameters
) -> Floats:
    """Silence in units of the tie's own rhythm.

    Args:
        day: the UTC day the numbers are for.
        first_day: first day of contact, shape ``(m,)``.
        last_day: last day of contact, at most ``day``.
        contact_days: distinct days of contact.
        parameters: the imagined and the shortest gap.

    Returns:
        Silence divided by the expected gap, shape ``(m,)``, at least 0; nan where nothing passed.
    """
    gap = expected_gap_days(first_day, last_day, contact_days, parameters)
    return np.where(contact_days > 0, (day - last_day) / gap, np.nan)


def heard_strength(raw: Floats, ratio: Floats, parameters: ScoringParameters) -> Floats:
    """How loudly strength speaks for what comes next: in full while a tie keeps its rhythm.

    Args:
        raw: raw strength S, shape ``(m,)``.
        ratio: silence divided by the expected gap, same shape.
        parameters: the ratio from which silence counts, and by how much more it halves strength.

    Returns:
        S / (1 + max(r − steady, 0)/half), shape ``(m,)``, at least 0; nan where the ratio is.

    Example:
        >>> heard_strength(np.full(3, 6.0), np.array([0.0, 2.0, 10.0]), ScoringParameters())
        array([6., 6., 3.])
    """
    beyond = np.maximum(ratio - parameters.steady_ratio, 0.0)
    heard: Floats = raw / (1.0 + beyond / parameters.alive_half_ratio)
    return heard


def alive(
    raw: Floats, ratio: Floats, parameters: ScoringParameters, corrected: Floats | float = 0.0
) -> Floats:
    """Chance of two-way contact within the next 30 days.

    Args:
        raw: raw strength S, shape ``(m,)``.
        ratio: silence divided by the expected gap, same shape.
        parameters: intercept and weight of strength; see ``heard_strength``.
        corrected: what the owner's own past adds to the log odds (``own_past``).

    Returns:
        1/(1 + e^(−x)), x = intercept + weight · heard + corrected, from 0 to 1; nan as ratio.

    Source: constants fitted by ``benchmarks/calibration.py``; docs/scores/alive.md tells on what.
    """
    heard = heard_strength(raw, ratio, parameters)
    odds = parameters.alive_intercept + parameters.alive_strength * heard + corrected
    chance: Floats = 0.5 * (1.0 + np.tanh(0.5 * odds))  # the logistic curve, safe at both ends
    return chance


def states(ratio: Floats, parameters: ScoringParameters) -> Ints:
    """A tie's state from its silence, as places in ``measures.STATES``.

    Args:
        ratio: silence divided by the expected gap, shape ``(m,)``; nan where nothing passed.
        parameters: the three ratios at which the state changes.

    Returns:
        Shape ``(m,)``: none where the ratio is nan, else active, steady, cooling or dormant.

    Source: Navarro, Miritello, Canales and Moro (2017), EPJ Data Science 6:31: a silence of
        eight usual gaps means that a tie is probably over.
    """
    edges = np.array([parameters.steady_ratio, parameters.cooling_ratio, parameters.dormant_ratio])
    found = STATES.index("active") + np.searchsorted(edges, ratio, side="right")
    return np.where(np.isnan(ratio), STATES.index("none"), found).astype(np.int64)


def fading(raw: Floats, raw_before: Floats, parameters: ScoringParameters) -> Ints:
    """Where strength fell by the fading share since a quarter ago.

    Args:
        raw: raw strength S now, shape ``(m,)``.
        raw_before: S as it was at the window's beginning; 0 for ties that were not there yet.
        parameters: the share.

    Returns:
        Shape ``(m,)``, 1 where fading, else 0.
    """
    fell = (raw_before > 0) & (raw <= (1.0 - parameters.fading_share) * raw_before)
    return fell.astype(np.int64)


def _shifted(sums: Floats, squares: Floats, side: float) -> Floats:
    """Faded sums moved by ``side`` standard deviations on the scale of their root."""
    spread = np.sqrt(np.divide(squares, sums, out=np.zeros_like(sums), where=sums > 0))
    moved: Floats = np.square(np.maximum(np.sqrt(sums) + side / 2.0 * spread, 0.0))
    return moved
