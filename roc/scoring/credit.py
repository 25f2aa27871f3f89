"""Who brought it: roads of introductions to somebody, and a fair share for each who made one.

Dana introduced Ana, and Ana introduced the client: without either there would be no road. Each gets
what adding them brings, on average over all orders in which they could come: the Shapley value of a
game in which a company is worth 1 if it holds a whole road.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial

LONGEST = 4
"""Longer roads are told up to here: who introduced the one who introduced … is too far away."""

MOST = 12
"""With more people than these along the roads of one outcome all get the same."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Somebody brought ego together with somebody.

    Args:
        by: who did it.
        of: whom they brought.
        day: the UTC day.
    """

    by: int
    of: int
    day: int


def roads(introductions: Iterable[Introduction], to: int, day: int) -> tuple[tuple[int, ...], ...]:
    """How ego came to somebody: the people along each road, the first introducer first.

    Args:
        introductions: in any order.
        to: whom the outcome is with.
        day: the day it began; later introductions did not lead there.

    Returns:
        Each road once, sorted; none where nobody introduced them.

    Example:
        >>> roads([Introduction(1, 2, 10), Introduction(2, 3, 20)], to=3, day=30)
        ((1, 2),)
    """
    to_whom: dict[int, list[Introduction]] = defaultdict(list)
    for one in introductions:
        to_whom[one.of].append(one)
    return tuple(sorted(set(_roads(to_whom, to, day, (to,)))))


def _roads(
    to_whom: Mapping[int, list[Introduction]], to: int, day: int, beyond: tuple[int, ...]
) -> Iterable[tuple[int, ...]]:
    for one in to_whom.get(to, []):
        if one.day > day or one.by in beyond:
            continue
        before = []
        if len(beyond) < LONGEST:
            before = list(_roads(to_whom, one.by, one.day, (*beyond, one.by)))
        yield from ((*road, one.by) for road in before or [()])


def shapley(found: Iterable[Iterable[int]]) -> dict[int, Fraction]:
    """Each person's share of what the roads led to; exact, and 1 together.

    Args:
        found: the people along each road.

    Source: Shapley (1953), A value for n-person games.

    Example:
        >>> shapley([(1, 2)])
        {1: Fraction(1, 2), 2: Fraction(1, 2)}
        >>> shapley([(1, 2), (3,)])  # either road would have done, and 3 needs nobody
        {1: Fraction(1, 6), 2: Fraction(1, 6), 3: Fraction(2, 3)}
    """
    needed = {frozenset(road) for road in found if road}
    players = sorted(frozenset().union(*needed))
    if len(players) > MOST:
        return dict.fromkeys(players, Fraction(1, len(players)))
    total = factorial(len(players))
    shares = {}
    for player in players:
        others = [one for one in players if one != player]
        share = Fraction(0)
        for size in range(len(players)):
            weight = Fraction(factorial(size) * factorial(len(others) - size), total)
            turned = sum(
                _worth({*some, player}, needed) - _worth(set(some), needed)
                for some in combinations(others, size)
            )
            share += weight * turned
        shares[player] = share
    return shares


def _worth(company: set[int], needed: Iterable[frozenset[int]]) -> int:
    return int(any(road <= company for road in needed))


def by_position(found: Iterable[tuple[int, ...]]) -> dict[int, Fraction]:
    """Each person's share by where they stand: two fifths for the first and the last of a road.

    What is between shares the rest; several roads count alike. Exact, and 1 together.

    Args:
        found: the people along each road, the first introducer first.

    Example:
        >>> by_position([(1, 2, 3)])
        {1: Fraction(2, 5), 2: Fraction(1, 5), 3: Fraction(2, 5)}
    """
    told = sorted({road for road in found if road})
    shares: dict[int, Fraction] = defaultdict(Fraction)
    for road in told:
        for place, person in enumerate(road):
            shares[person] += _part(place, len(road)) / len(told)
    return dict(sorted(shares.items()))


def _part(place: int, length: int) -> Fraction:
    if length < 3:
        return Fraction(1, length)
    ends = place in {0, length - 1}
    return Fraction(2, 5) if ends else Fraction(1, 5) / (length - 2)
