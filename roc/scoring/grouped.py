"""Sums, shares and medians of groups of rows, without a loop over the groups."""

import numpy as np
from numpy.typing import NDArray

from roc.graph.frames import Floats, Ints


def totals(group: Ints, values: NDArray[np.float64 | np.int64], count: int) -> Floats:
    """Sum of each group's values, added up in the order of the rows.

    Args:
        group: number of the group of each value, below ``count``.
        values: what to add up, same shape.
        count: how many groups there are.

    Returns:
        Shape ``(count,)``; 0 for a group without values.

    Example:
        >>> totals(np.array([0, 2, 0]), np.array([1.0, 5.0, 2.0]), 3)
        array([3., 0., 5.])
    """
    return np.bincount(group, values, count).astype(np.float64, copy=False)


def shares(part: Ints, whole: Ints) -> Floats:
    """Part of a whole, row by row; nan where the whole is 0.

    Args:
        part: shape ``(m,)``, at most ``whole``.
        whole: same shape.

    Example:
        >>> shares(np.array([1, 0]), np.array([4, 0]))
        array([0.25,  nan])
    """
    share = np.full(len(whole), np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return share


def medians(group: Ints, values: Floats, count: int) -> Floats:
    """Median of each group's values.

    Args:
        group: number of the group of each value, below ``count``.
        values: what to take the median of, same shape.
        count: how many groups there are.

    Returns:
        Shape ``(count,)``; nan for a group without values.

    Example:
        >>> medians(np.array([0, 2, 0, 2, 2]), np.array([1.0, 9.0, 2.0, 7.0, 8.0]), 3)
        array([1.5, nan, 8. ])
    """
    ordered = values[np.lexsort((values, group))]
    sizes = np.bincount(group, minlength=count)
    starts = np.cumsum(sizes) - sizes
    found = np.full(count, np.nan)
    some = sizes > 0
    lower = ordered[(starts + (sizes - 1) // 2)[some]]
    upper = ordered[(starts + sizes // 2)[some]]
    found[some] = 0.5 * (lower + upper)
    return found
