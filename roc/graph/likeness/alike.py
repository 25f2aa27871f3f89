"""How much two spellings speak for one person, word by word, weighed by how rare each word is."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from roc.graph.frames import Bools, Floats, Ints
from roc.graph.likeness.names import is_dense
from roc.graph.likeness.spellings import Spellings

# Costs and gains are in logs of odds: 0.7 doubles the odds, 2.3 makes them ten times as high.
NEAR = 3.0
"""What a typing error or short form takes from a word's worth: many names are a letter apart."""

FULL_FOR_INITIAL = 0.3
"""What an initial takes off: few people write one."""

MORE_WORDS = 0.4
"""What each word takes off that one spelling has and the other leaves out: a middle name."""

CONFLICT = 4.5
"""What a word takes off that has another in its place: few people change a name."""

_ROWS = 200_000  # pairs at a time, so that memory stays bounded
_LETTERS_PER_SLIP = 4  # Ana and Ada are two names; Lopez and Lopes may be one
_SHORTEST_FORM = 3  # letters of a short form: Ben for Benjamin


class Match(IntEnum):
    """How well two words match, from not at all to fully."""

    NONE = 0
    INITIAL = 1  # one is the other's first letter
    NEAR = 2  # a slip of the keyboard apart, or one begins the other
    SAME = 3


@dataclass(frozen=True, slots=True, eq=False)
class Alikeness:
    """What the words of two spellings say, a row for each pair, shape ``(n,)``.

    Args:
        worth: log of how much more often one person is spelt in these two ways than two are.
        least: the worst ``Match`` among the words of the shorter spelling.
        words: how many words of the shorter spelling match.
        complete: neither has a word that the other leaves out.
    """

    worth: Floats
    least: Ints
    words: Ints
    complete: Bools

    def rows(self, chosen: Ints) -> "Alikeness":
        """Some of the pairs."""
        return Alikeness(
            self.worth[chosen], self.least[chosen], self.words[chosen], self.complete[chosen]
        )


def alikeness(spelt: Spellings, one: Ints, other: Ints) -> Alikeness:
    """Compare spellings in pairs, given as rows of ``spelt`` in two columns."""
    chunks = [
        _compared(spelt, one[start : start + _ROWS], other[start : start + _ROWS])
        for start in range(0, max(len(one), 1), _ROWS)
    ]
    return Alikeness(
        np.concatenate([chunk.worth for chunk in chunks]),
        np.concatenate([chunk.least for chunk in chunks]),
        np.concatenate([chunk.words for chunk in chunks]),
        np.concatenate([chunk.complete for chunk in chunks]),
    )


def _compared(spelt: Spellings, one: Ints, other: Ints) -> Alikeness:
    # The shorter spelling is to be found in the longer one.
    swap = (spelt.words[one] >= 0).sum(axis=1) > (spelt.words[other] >= 0).sum(axis=1)
    short, long = (
        spelt.words[rows] for rows in (np.where(swap, other, one), np.where(swap, one, other))
    )
    match = _matches(spelt, short, long)
    best, partner = match.max(axis=2), match.argmax(axis=2)
    found = np.take_along_axis(long, partner, axis=1)
    there = short >= 0
    worth = np.where(there, _worth(spelt, short, found, best), 0.0).sum(axis=1)
    left = (long >= 0).sum(axis=1) - there.sum(axis=1)
    return Alikeness(
        worth - MORE_WORDS * left,
        np.where(there, best, Match.SAME).min(axis=1).astype(np.int64),
        (there & (best > Match.NONE)).sum(axis=1),
        left == 0,
    )


def _worth(spelt: Spellings, word: Ints, found: Ints, match: Ints) -> Floats:
    rarity = np.minimum(spelt.rarity[word], spelt.rarity[found])
    first = spelt.initial_rarity[word] - FULL_FOR_INITIAL
    return np.select(
        [match == Match.SAME, match == Match.NEAR, match == Match.INITIAL],
        [spelt.rarity[word], rarity - NEAR, first],
        default=-CONFLICT,
    )


def _matches(spelt: Spellings, short: Ints, long: Ints) -> Ints:
    """How each word of the one matches each of the other, shape ``(n, 4, 4)``."""
    one, other = short[:, :, None], long[:, None, :]
    there = (one >= 0) & (other >= 0)
    same = there & (one == other)
    begins = there & (spelt.initial[one] == spelt.initial[other])
    initial = begins & (spelt.is_initial[one] | spelt.is_initial[other])
    match = np.select([same, initial], [Match.SAME, Match.INITIAL], default=Match.NONE)
    taken = same.any(axis=2)[:, :, None] | same.any(axis=1)[:, None, :]
    open_ = there & (match == Match.NONE) & ~taken
    ones, others = (np.broadcast_to(words, open_.shape)[open_] for words in (one, other))
    near = _near(spelt, ones, others)
    match[open_] = np.where(near, Match.NEAR, Match.NONE)
    return match.astype(np.int64)


def _near(spelt: Spellings, one: Ints, other: Ints) -> Bools:
    """Which words are a slip apart or a short form; each pair of words is looked at once."""
    size = max(len(spelt.vocabulary), 1)
    pairs, place = np.unique(
        np.minimum(one, other) * size + np.maximum(one, other), return_inverse=True
    )
    words = [(spelt.vocabulary[pair // size], spelt.vocabulary[pair % size]) for pair in pairs]
    firsts, seconds = [word for word, _ in words], [word for _, word in words]
    apart = cpdist(firsts, seconds, scorer=OSA.distance, score_cutoff=2)
    near = np.array(
        [_is_near(*both, int(slips)) for both, slips in zip(words, apart, strict=True)],
        dtype=np.bool_,
    )
    return near[place]


def _is_near(one: str, other: str, slips: int) -> bool:
    if is_dense(one) or is_dense(other) or "@" in (one[0], other[0]):
        return False
    short, long = sorted((one, other), key=len)
    is_short_form = len(short) >= _SHORTEST_FORM and long.startswith(short)
    return is_short_form or slips <= len(short) // _LETTERS_PER_SLIP
