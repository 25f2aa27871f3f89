"""Which rows of a long table share a key, found in a few bytes per row.

Keys are compared by their hashes. Two keys with one hash are one in about 10^19 pairs; they make a
row look shared that is not, so callers compare the keys themselves where it matters.
"""

from array import array
from collections.abc import Hashable, Iterable


def last_of_each(keys: Iterable[Hashable]) -> bytes:
    """For each row, 1 where no later row has its key, else 0.

    Example:
        >>> list(last_of_each(["a", "b", "a"]))
        [0, 1, 1]
    """
    return _flags(keys, in_both_directions=False)


def shared(keys: Iterable[Hashable]) -> bytes:
    """For each row, 1 where another row has its key, else 0.

    Example:
        >>> list(shared(["a", "b", "a"]))
        [1, 0, 1]
    """
    return _flags(keys, in_both_directions=True)


def _flags(keys: Iterable[Hashable], *, in_both_directions: bool) -> bytes:
    import numpy as np

    hashes = np.frombuffer(array("q", map(hash, keys)), dtype=np.int64)
    order = np.argsort(hashes, kind="stable")
    follows = hashes[order][1:] == hashes[order][:-1]  # each sorted row but the first
    found = np.zeros(len(hashes), dtype=np.uint8)
    if in_both_directions:
        found[order[1:]] |= follows
        found[order[:-1]] |= follows
    else:
        found[:] = 1
        found[order[:-1]] = ~follows
    return found.tobytes()
