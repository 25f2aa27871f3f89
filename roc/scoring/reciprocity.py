"""How evenly the two sides of each tie give, and how mutual a whole network is.

A diagnosis, never a factor of strength: among ties that are two-way already, balance foretells
nothing, while it tells well what to change. Who answers whom stands in ``turns.py``.
"""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import Floats, Ints
from roc.scoring.grouped import totals

_COMPARED = 2_000
"""Up to this many nodes, or groups of nodes alike, the null model compares each with each."""


@dataclass(frozen=True, slots=True)
class NetworkReciprocity:
    """How mutual a network is; nan where undefined.

    Args:
        reciprocated_share: r, the share of directed links that are returned.
        reciprocity: ρ = (r − a)/(1 − a) against a random network of the same density a.
        weighted: r_w, the share of weight that is returned.
        weighted_by_chance: ⟨r_w⟩ under the weighted configuration model.
        weighted_excess: ρ_w = (r_w − ⟨r_w⟩)/(1 − ⟨r_w⟩).
    """

    reciprocated_share: float
    reciprocity: float
    weighted: float
    weighted_by_chance: float
    weighted_excess: float


def balance(given: Floats, received: Floats) -> Floats:
    """How even a dyad is: geometric over arithmetic mean of what passed each way.

    Args:
        given: faded acts from ego to each alter, shape ``(m,)``, at least 0.
        received: faded acts from each alter to ego, same shape and unit.

    Returns:
        2√(ab)/(a + b), from 0 (one-sided) to 1 (even); nan where nothing passed either way.

    Source: our choice of form; Squartini et al. (2013), Sci. Rep. 3:2729, use min(a, b) instead.

    Example:
        >>> balance(np.array([9.0, 4.0, 0.0]), np.array([1.0, 4.0, 0.0]))
        array([0.6, 1. , nan])
    """
    both = given + received
    even = np.full(both.shape, np.nan)
    # the roots are taken first, so that neither a product nor a ratio of tiny sums is lost
    np.divide(2.0 * np.sqrt(given) * np.sqrt(received), both, out=even, where=both > 0)
    at_most_even: Floats = np.minimum(even, 1.0)
    return at_most_even


def give_get(given: Floats, received: Floats) -> Floats:
    """Who gives more: ln((given + 1)/(received + 1)).

    Args:
        given: faded acts from ego to each alter, shape ``(m,)``, at least 0.
        received: faded acts from each alter to ego, same shape and unit.

    Returns:
        Shape ``(m,)``; 0 even, ln 2 ≈ 0.69 where ego gives twice as much, −0.69 where the alter
        does. The added 1 keeps a single mail from looking like a one-sided life.

    Example:
        >>> give_get(np.array([3.0, 0.0]), np.array([0.0, 0.0])).round(2)
        array([1.39, 0.  ])
    """
    ratio: Floats = np.log1p(given) - np.log1p(received)
    return ratio


def network_reciprocity(low: Ints, high: Ints, there: Ints, back: Ints) -> NetworkReciprocity:
    """How mutual a directed network is, plainly and by weight, against chance.

    ⟨r_w⟩ is that of the directed weighted configuration model, in which the weight from i to j
    is geometric with mean E_ij = s_i(out)·s_j(in)/W; there the returned weight of a pair is
    E_ij·E_ji/(1 + E_ij + E_ji). Taking E from the strengths instead of solving for it is right
    for networks in which nobody holds a large part of all weight; with hubs it is an estimate.

    Args:
        low: one side of each pair, shape ``(m,)``; a pair stands once.
        high: the other side.
        there: weight from low to high: whole acts or active days, at least 0.
        back: weight from high to low.

    Source: Garlaschelli and Loffredo (2004), Phys. Rev. Lett. 93:268701, for ρ; Squartini,
        Picciolo, Ruzzenenti and Garlaschelli (2013), Sci. Rep. 3:2729, for r_w, ρ_w and the model.

    Example:
        Ana and Ben write to each other, three days and one; Ana writes to Chidi on two.

        >>> found = network_reciprocity(
        ...     np.array([0, 0]), np.array([1, 2]), np.array([3, 2]), np.array([1, 0])
        ... )
        >>> round(found.reciprocity, 3), round(found.weighted, 3)
        (0.333, 0.333)
    """
    links = int(np.count_nonzero(there)) + int(np.count_nonzero(back))
    nodes, numbers = np.unique(np.concatenate([low, high]), return_inverse=True)
    total = float(there.sum() + back.sum())
    if links == 0:
        return NetworkReciprocity(*[float("nan")] * 5)
    share = 2.0 * np.count_nonzero((there > 0) & (back > 0)) / links
    density = links / (len(nodes) * (len(nodes) - 1))
    one, other = numbers[: len(low)], numbers[len(low) :]
    count = len(nodes)
    out = totals(one, there, count) + totals(other, back, count)
    into = totals(one, back, count) + totals(other, there, count)
    weighted = 2.0 * float(np.minimum(there, back).sum()) / total
    chance = _returned_by_chance(out, into, total)
    return NetworkReciprocity(
        reciprocated_share=float(share),
        reciprocity=_beyond(share, density),
        weighted=weighted,
        weighted_by_chance=chance,
        weighted_excess=_beyond(weighted, chance),
    )


def _beyond(share: float, chance: float) -> float:
    """How far a share is beyond chance: 0 at chance, 1 at all; nan where chance is all."""
    return float((share - chance) / (1.0 - chance)) if chance < 1.0 else float("nan")


def _returned_by_chance(out: Floats, into: Floats, total: float) -> float:
    """⟨r_w⟩ from the strengths of the nodes, summed over all pairs of different nodes."""
    out, into, sizes = _alike(out, into)
    there = np.outer(out, into) / total
    returned = there * there.T / (1.0 + there + there.T)
    with_itself = float(sizes @ np.diagonal(returned))
    return float(sizes @ returned @ sizes - with_itself) / total


def _alike(out: Floats, into: Floats) -> tuple[Floats, Floats, Floats]:
    """Nodes as groups of about equal strengths, few enough to compare each with each."""
    if len(out) <= _COMPARED:
        return out, into, np.ones(len(out))
    steps = 64.0  # to a doubling of strength
    while True:
        places = np.rint(np.log2(1.0 + np.stack([out, into])) * steps).astype(np.int64)
        _, group, sizes = np.unique(
            (places[0] << 20) | places[1], return_inverse=True, return_counts=True
        )
        if len(sizes) <= _COMPARED:
            return (
                totals(group, out, len(sizes)) / sizes,
                totals(group, into, len(sizes)) / sizes,
                sizes.astype(np.float64),
            )
        steps /= 2.0
