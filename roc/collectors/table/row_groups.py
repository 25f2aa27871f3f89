"""Which rows of a long table share a key, found in a few bytes per row.

Keys are compared by their hashes. Two keys with one hash are one in about 10^19 pairs; they make a
row look shared that is not, so callers compare the keys themselves where it matters.
"""

from array import array
from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Hashes = NDArray[int64]


def hashes(keys: Iterable[Hashable]) -> "Hashes":
    """A hash for each key, shape ``(n,)``."""
    import numpy as np

    return np.frombuffer(array("q", map(hash, keys)), dtype=np.int64)


def hashes_of_rows(columns: Sequence["Hashes"]) -> "Hashes":
    """One hash for each row, from the hashes of its cells."""
    import numpy as np

    mixed = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:  # as MurmurHash ends, whose constants these are
        mixed ^= column.view(np.uint64)
        for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
            mixed ^= mixed >> np.uint64(33)
            mixed *= np.uint64(factor)
        mixed ^= mixed >> np.uint64(33)
    return mixed.view(np.int64)


def last_of_each(hashes: "Hashes") -> bytes:
    """For each row, 1 where no later row has its key, else 0.

    Example:
        >>> list(last_of_each(hashes(["a", "b", "a"])))
        [0, 1, 1]
    """
    return _flags(hashes, in_both_directions=False)


def shared(hashes: "Hashes") -> bytes:
    """For each row, 1 where another row has its key, else 0.

    Example:
        >>> list(shared(hashes(["a", "b", "a"])))
        [1, 0, 1]
    """
    return _flags(hashes, in_both_directions=True)


def _flags(hashes: "Hashes", *, in_both_directions: bool) -> bytes:
    import numpy as np

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
