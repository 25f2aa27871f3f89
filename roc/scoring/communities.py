"""The circles of a whole graph, and who stands between them.

Ego is left out of the graph that is cut into communities: everybody knows ego there, and that says
nothing about who belongs to whom.
"""

import numpy as np

from roc.graph.frames import Floats, Ints
from roc.scoring.grouped import totals

_SEED = 1  # any; the same graph is always cut the same way
_TRIALS, _ROUNDS = 2, 4

NOBODY = -1
"""The community of whoever has no tie with anybody but ego."""


def communities(low: Ints, high: Ints, weight: Floats, count: int, ego: int = -1) -> Ints:
    """Groups of people who have more to do with each other than with the rest.

    Args:
        low: one of the two of each tie, a person number, shape ``(m,)``.
        high: the other.
        weight: how strong each tie is, at least 0; those of 0 are none.
        count: how many people there are.
        ego: who is left out; -1 for nobody.

    Returns:
        A number for each person, shape ``(count,)``: 0 for the largest community, and so on, equal
        ones by their smallest person; ``NOBODY`` where there is no tie.

    Source: Traag, Waltman and van Eck (2019), Scientific Reports 9:5233, with modularity.
    """
    from graspologic_native import leiden_csr  # only whoever asks for it pays for loading it
    from scipy.sparse import coo_array

    found = np.full(count, NOBODY, dtype=np.int64)
    rows = (weight > 0) & (low != ego) & (high != ego)
    if not rows.any():
        return found
    members, ends = np.unique(np.concatenate([low[rows], high[rows]]), return_inverse=True)
    one, other = np.split(ends, 2)
    both = np.concatenate([one, other]), np.concatenate([other, one])
    size = len(members)
    graph = coo_array((np.tile(weight[rows], 2), both), shape=(size, size)).tocsr()
    graph.sort_indices()
    _, group = leiden_csr(
        graph.indptr.astype(np.int64),
        graph.indices.astype(np.int32),
        graph.data.astype(np.float64),
        size,
        seed=_SEED,
        trials=_TRIALS,
        iterations=_ROUNDS,
    )
    found[members] = _by_size(np.array([group[place] for place in range(size)], dtype=np.int64))
    return found


def constraint(low: Ints, high: Ints, weight: Floats, count: int) -> Floats:
    """Burt's constraint: how far somebody's ties lead to people who have each other, too.

    Args:
        low: one of the two of each tie, a person number, shape ``(m,)``; each tie once.
        high: the other.
        weight: how strong each tie is, at least 0.
        count: how many people there are.

    Returns:
        Shape ``(count,)``: near 0 for whoever stands between many who do not know each other, 1
        for whoever has one tie; nan where there is none.

    Source: Burt (1992), Structural Holes: c_i = Σ_j (p_ij + Σ_q p_iq p_qj)².
    """
    from scipy.sparse import coo_array

    spent = totals(low, weight, count) + totals(high, weight, count)
    both = np.concatenate([low, high]), np.concatenate([high, low])
    share = np.tile(weight, 2) / np.maximum(spent[both[0]], np.finfo(np.float64).tiny)
    direct = coo_array((share, both), shape=(count, count)).tocsr()
    joined = (direct > 0).astype(np.float64)
    in_all = direct + (direct @ direct).multiply(joined)
    held: Floats = np.asarray(in_all.multiply(in_all).sum(axis=1), dtype=np.float64).ravel()
    return np.where(spent > 0, held, np.nan)


def _by_size(group: Ints) -> Ints:
    """Groups numbered anew: the largest first, equal ones by their first member."""
    _, first, place, size = np.unique(
        group, return_index=True, return_inverse=True, return_counts=True
    )
    order = np.lexsort((first, -size))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return number[place]
