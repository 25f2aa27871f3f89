"""Warm paths: through whom one might be introduced, and how much of that would rest on them.

A word goes from one to the next with the chance that their tie is alive; a path is as warm as the
product of its ties. Nobody is asked to pass a word on over more than two others.
"""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import Bools, Floats, Ints
from roc.scoring.grouped import totals

MOST_TIES = 3
"""You, two others, and the one who is looked for."""

_COLDEST = 0.01  # a word that gets through once in a hundred is no path


@dataclass(frozen=True, slots=True)
class WarmPath:
    """A way to somebody.

    Args:
        people: person numbers from ego to the one who is looked for.
        warmth: chance that a word gets through, 0 to 1.
        load: of how many people whom ego does not know the first one on the path is ego's best
            way to; 0 where the path is a tie of ego's own.
    """

    people: tuple[int, ...]
    warmth: float
    load: int


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """How warm the best path from ego to everybody is.

    Args:
        warmth: by number of ties, shape ``(MOST_TIES, n)``; 0 where there is no path so short.
        before: the person before the last on it, same shape; -1 where there is none.
        load: see ``WarmPath``, of every person as the first on a path, shape ``(n,)``.
    """

    warmth: Floats
    before: Ints
    load: Ints


def reach(low: Ints, high: Ints, chance: Floats, count: int, ego: int) -> Reach:
    """Best paths from ego over one, two and three ties.

    Args:
        low: one of the two of each tie, a person number, shape ``(m,)``.
        high: the other.
        chance: that the tie is alive, 0 to 1.
        count: how many people there are.
        ego: where paths begin.
    """
    start = np.concatenate([low, high])
    end = np.concatenate([high, low])
    passed = np.tile(chance, 2)
    away = end != ego
    start, end, passed = start[away], end[away], passed[away]
    warmth, before = np.zeros((MOST_TIES, count)), np.full((MOST_TIES, count), -1, dtype=np.int64)
    here = np.zeros(count)
    here[ego] = 1.0
    for ties in range(MOST_TIES):
        told = here[start] * passed
        # The warmest of each end comes last, and equal ones in the order of their numbers.
        order = np.lexsort((-start, told, end))
        best = order[np.append(end[order][1:] != end[order][:-1], True)] if len(order) else order
        warm = best[told[best] >= _COLDEST]
        warmth[ties, end[warm]] = told[warm]
        before[ties, end[warm]] = start[warm]
        here = warmth[ties]
    return Reach(warmth, before, _load(warmth, before, count))


def warm_paths(of: Reach, wanted: Bools, ego: int, limit: int) -> list[WarmPath]:
    """The warmest paths to those who are wanted, the warmest first, no two of them by one person.

    Args:
        of: from ``reach``.
        wanted: who is looked for, shape ``(n,)``.
        ego: where paths begin.
        limit: how many at most.
    """
    found = [
        path
        for ties in range(MOST_TIES)
        for person in np.flatnonzero(wanted & (of.warmth[ties] > 0)).tolist()
        if (path := _path(of, ties, person, ego)) is not None
    ]
    found.sort(key=lambda path: (-path.warmth, len(path.people), path.people))
    chosen: dict[int, WarmPath] = {}
    for path in found:
        chosen.setdefault(path.people[1], path)
    return list(chosen.values())[:limit]


def _path(of: Reach, ties: int, person: int, ego: int) -> WarmPath | None:
    """The best path of so many ties; ``None`` where it would pass somebody twice."""
    people = [person]
    for place in range(ties, -1, -1):
        people.append(int(of.before[place, people[-1]]))
    people.reverse()
    if people[0] != ego or len(set(people)) < len(people):
        return None
    load = int(of.load[people[1]]) if ties else 0
    return WarmPath(tuple(people), float(of.warmth[ties, person]), load)


def _load(warmth: Floats, before: Ints, count: int) -> Ints:
    """How many strangers each of ego's ties is the best way to, over one other."""
    strangers = np.flatnonzero((warmth[0] == 0) & (warmth[1] > 0))
    by = before[1, strangers]
    return totals(by, np.ones(len(by), dtype=np.int64), count).astype(np.int64)
