"""Random-walk scores of a whole graph, to compare with: personalised PageRank and EigenTrust."""

from typing import TYPE_CHECKING

import numpy as np

from roc.graph.frames import Floats, Ints
from roc.scoring.grouped import totals

if TYPE_CHECKING:
    from scipy.sparse import csr_array

TOLERANCE = 1e-10
"""Sum of moves below which a walk has settled."""

_MOST_STEPS = 1_000


def personalised_pagerank(
    sender: Ints, recipient: Ints, weight: Floats, restart: Floats, damping: float
) -> Floats:
    """Where a walk along weighted links is found that starts anew at ``restart`` now and then.

    A walk that reaches somebody without links starts anew.

    Args:
        sender: where each link begins, person numbers, shape ``(m,)``; repeated links add up.
        recipient: where it ends.
        weight: how likely it is taken, at least 0.
        restart: where walks start, shape ``(n,)``, at least 0; scaled to sum to 1.
        damping: chance that a walk goes on at each step, at least 0 and below 1.

    Returns:
        Shape ``(n,)``, sums to 1.

    Raises:
        ValueError: a weight or a restart is negative or not finite, no restart is above 0, or
            damping is out of range.

    Source: Page, Brin, Motwani and Winograd (1999); Jeh and Widom (2003), WWW.

    Example:
        Ana reaches Ben, Ben reaches Ana; walks start at Ana.

        >>> personalised_pagerank(
        ...     np.array([0, 1]), np.array([1, 0]), np.ones(2), np.array([1.0, 0.0]), 0.5
        ... ).round(3)
        array([0.667, 0.333])
    """
    _check(weight, restart, damping)
    start = restart / restart.sum()
    step, stays = _walk(sender, recipient, weight, len(restart))
    found = start
    for _ in range(_MOST_STEPS):
        following = damping * (step @ found)
        following += (1.0 - damping + damping * float(found[stays].sum())) * start
        moved = float(np.abs(following - found).sum())
        found = following
        if moved < TOLERANCE:
            break
    share: Floats = found / found.sum()
    return share


def eigentrust(
    rater: Ints, ratee: Ints, value: Floats, trusted: Floats, return_share: float
) -> Floats:
    """Global trust: everyone's word counts as much as they are trusted themselves.

    Distrust is no negative trust here: values below 0 count as 0.

    Args:
        rater: who rates, person numbers, shape ``(m,)``; repeated ratings add up.
        ratee: whom.
        value: the rating, finite.
        trusted: whom everybody trusts beforehand, shape ``(n,)``; scaled to sum to 1.
        return_share: a, the share of trust that goes back to them each round, above 0, at most 1.

    Returns:
        Shape ``(n,)``, sums to 1.

    Raises:
        ValueError: as for ``personalised_pagerank``.

    Source: Kamvar, Schlosser and Garcia-Molina (2003), WWW: t = (1 − a)·Cᵀt + a·p.
    """
    if not np.isfinite(value).all():
        raise ValueError("ratings must be finite")
    return personalised_pagerank(rater, ratee, np.maximum(value, 0.0), trusted, 1.0 - return_share)


def _walk(sender: Ints, recipient: Ints, weight: Floats, count: int) -> "tuple[csr_array, Ints]":
    """The chance of each step, arrivals as rows, and who has no way on."""
    from scipy.sparse import csr_array  # only whoever walks pays for loading it

    leaving = totals(sender, weight, count)
    share = np.divide(weight, leaving[sender], out=np.zeros(len(weight)), where=weight > 0)
    step = csr_array((share, (recipient, sender)), shape=(count, count))
    return step, np.flatnonzero(leaving <= 0)


def _check(weight: Floats, restart: Floats, damping: float) -> None:
    if not (np.isfinite(weight).all() and np.isfinite(restart).all()):
        raise ValueError("weights and restarts must be finite")
    if (weight < 0).any() or (restart < 0).any():
        raise ValueError("weights and restarts must not be negative")
    if not restart.sum() > 0:
        raise ValueError("a walk has to start somewhere: no restart is above 0")
    if not 0.0 <= damping < 1.0:
        raise ValueError(f"damping cannot be {damping}")
