"""The odds that two people are one: what names say and what is around them, and the rivals.

Evidence is added up as logs of odds (Fellegi and Sunter 1969, JASA 64:1183): the prior that an
account has a counterpart among so many, what the names say, and what is known around them. The
odds of rivals for the same place are then set against each other, so that a name that fits two
lowers both.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from roc.graph.frames import Floats, Ints
from roc.graph.likeness.alike import Alikeness, alikeness
from roc.graph.likeness.blocking import candidates
from roc.graph.likeness.spellings import BACKGROUND, Spellings
from roc.graph.likeness.surroundings import Context, Surroundings, context, overlap

COUNTERPARTS = 2.0
"""Accounts of the same person that an account can expect to find, not counting linked ones."""

LIKELIEST = 20
"""Others that a person is held against; whoever fits more than that fits nobody."""

_HIGHEST = 12.0  # logs of odds; far enough apart for rivals to be told from the right one
_LOWEST = -5.0  # what names have to say before anything around them is looked at
_CERTAIN = 0.99  # what is certain is linked elsewhere; nothing here is


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of people, each once, with what speaks for them, shape ``(n,)``.

    Args:
        one: a person, 0 … people - 1.
        other: a later one.
        alike: what the two spellings say that say most.
        handles: how many of these two come from a handle, 0 to 2.
        context: what is known around them.
        odds: log of the odds that the two are one, rivals left aside.
    """

    one: Ints
    other: Ints
    alike: Alikeness
    handles: Ints
    context: Context
    odds: Floats

    def rows(self, chosen: Ints) -> "Pairs":
        """Some of the pairs."""
        return Pairs(
            self.one[chosen],
            self.other[chosen],
            self.alike.rows(chosen),
            self.handles[chosen],
            self.context.rows(chosen),
            self.odds[chosen],
        )


def pairs(
    spelt: Spellings,
    person: Ints,
    around: Surroundings,
    different: Collection[tuple[int, int]],
) -> Pairs:
    """Pairs of people whose names say enough, the likeliest of each person.

    Args:
        spelt: spellings of accounts.
        person: whose each account is, 0 … people - 1.
        around: what is known around these people.
        different: pairs of people who are known not to be one.
    """
    one, other = candidates(spelt, around.places[spelt.account])
    ones, others = (person[spelt.account[rows]] for rows in (one, other))
    size = int(person.max()) + 1
    pair = np.minimum(ones, others) * size + np.maximum(ones, others)
    decided = [min(both) * size + max(both) for both in different]
    open_ = (ones != others) & ~np.isin(pair, np.array(decided, dtype=np.int64))
    one, other, pair = one[open_], other[open_], pair[open_]
    alike = alikeness(spelt, one, other)
    prior = np.log(COUNTERPARTS / (len(person) + BACKGROUND))
    order = np.lexsort((other, one, -alike.worth, pair))
    best = order[np.unique(pair[order], return_index=True)[1]]
    best = best[prior + alike.worth[best] > _LOWEST]
    alike, ones, others = alike.rows(best), pair[best] // size, pair[best] % size
    around_them = context(around, ones, others)
    names = spelt.is_name[one[best]].astype(np.int64) + spelt.is_name[other[best]]
    odds = np.clip(prior + alike.worth + around_them.worth, -_HIGHEST, _HIGHEST)
    return _likeliest(Pairs(ones, others, alike, 2 - names, around_them, odds))


def confidence(found: Pairs, people: int) -> Floats:
    """How likely each pair is one person, held against the rivals for either's place.

    Whoever fits one of the two as well takes from the odds as far as they are not the other.
    """
    odds = np.exp(found.odds)
    chance = odds / (1 + odds)
    cells = (np.r_[found.one, found.other], np.r_[found.other, found.one])
    fits = sparse.csr_array((np.r_[odds, odds], cells), shape=(people, people))
    are_one = sparse.csr_array((np.r_[chance, chance], cells), shape=(people, people))
    total, weight = fits.sum(axis=1), np.ones(people)
    rivals = [
        np.maximum(total[one] - odds - overlap(fits, are_one, one, other, weight), 0.0)
        for one, other in ((found.one, found.other), (found.other, found.one))
    ]
    likely: Floats = np.minimum(odds / (1 + odds + np.maximum(*rivals)), _CERTAIN)
    return likely


def _likeliest(found: Pairs) -> Pairs:
    """Pairs that are among the likeliest of both."""
    person, pair = np.r_[found.one, found.other], np.tile(np.arange(len(found.one)), 2)
    order = np.lexsort((pair, -found.odds[pair], person))
    person, pair = person[order], pair[order]
    rank = np.arange(len(person)) - np.searchsorted(person, person)
    kept = np.ones(len(found.one), dtype=np.bool_)
    kept[pair[rank >= LIKELIEST]] = False
    return found.rows(np.flatnonzero(kept))
