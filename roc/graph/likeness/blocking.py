"""Which spellings are worth comparing: those that share a key, in blocks that cannot grow.

Nobody is compared with everyone. A key that too many share tells nothing, and is left to keys
that say more.
"""

import numpy as np
from numpy.typing import NDArray

from roc.graph.frames import Ints
from roc.graph.likeness.spellings import NOTHING, Spellings

LARGEST_BLOCK = 60
"""Spellings that may share a key; of more namesakes none can be told apart by a name."""

PAIRS_PER_SPELLING = 30
"""Pairs for each spelling, on average, beyond which the largest blocks are left out."""

ALWAYS = 50_000
"""Pairs that are never too many."""

_BITS = 30  # for each half of a key
_WORD, _WORDS, _INITIAL, _PLACE = range(1, 5)


def candidates(spelt: Spellings, place: Ints) -> tuple[Ints, Ints]:
    """Pairs of spellings that share a key.

    Keys are a word, two words, a word and another's initial (which brings typing errors and short
    forms together), and a word and a word of the organisation.

    Args:
        spelt: the spellings.
        place: words of the organisation of each spelling's account, ``NOTHING`` where there are
            fewer, shape ``(n, k)``.

    Returns:
        Two columns of rows, the first the smaller, each pair once, sorted.
    """
    rows, keys = _keys(spelt, place)
    order = np.lexsort((rows, keys))
    rows, keys = rows[order], keys[order]
    fresh = np.r_[True, (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])][: len(keys)]
    rows, keys = rows[fresh], keys[fresh]
    first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else keys
    sizes = np.diff(np.r_[first, len(keys)]) if len(keys) else keys
    largest = _largest(sizes, max(PAIRS_PER_SPELLING * len(spelt), ALWAYS))
    found = [np.empty(0, dtype=np.int64)]
    for size in range(2, largest + 1):
        blocks = rows[first[sizes == size][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        found.append((blocks[:, one] * len(spelt) + blocks[:, other]).ravel())
    pairs = np.unique(np.concatenate(found))
    return pairs // max(len(spelt), 1), pairs % max(len(spelt), 1)


def _keys(spelt: Spellings, place: Ints) -> tuple[Ints, Ints]:
    """Rows and their keys; some more than once."""
    words, rows = spelt.words, np.arange(len(spelt))
    is_word = words >= 0
    is_word[is_word] = ~spelt.is_initial[words[is_word]]
    initial = np.where(words >= 0, spelt.initial[words], NOTHING)
    found: list[tuple[Ints, Ints]] = []

    def add(kind: int, one: Ints, other: Ints, where: NDArray[np.bool_]) -> None:
        key = (kind << 2 * _BITS) | (one[where] << _BITS) | other[where]
        found.append((rows[where], key))

    width = words.shape[1]
    for one in range(width):
        add(_WORD, words[:, one], np.zeros_like(rows), is_word[:, one])
        for column in range(place.shape[1]):
            there = is_word[:, one] & (place[:, column] >= 0)
            add(_PLACE, words[:, one], place[:, column], there)
        for other in range(width):
            both = is_word[:, one] & (words[:, other] >= 0)
            if one != other:
                add(_INITIAL, words[:, one], initial[:, other], both)
            if one < other:
                pair = np.sort(words[:, [one, other]], axis=1)
                add(_WORDS, pair[:, 0], pair[:, 1], both & is_word[:, other])
    row, key = (np.concatenate(column) for column in zip(*found, strict=True))
    return row, key


def _largest(sizes: Ints, budget: int) -> int:
    """The size of the largest blocks with which all pairs stay within a budget."""
    counts = np.bincount(sizes[sizes <= LARGEST_BLOCK], minlength=LARGEST_BLOCK + 1)
    size = np.arange(len(counts))
    within = np.cumsum(counts * size * (size - 1) // 2) <= budget
    return int(np.flatnonzero(within)[-1])
