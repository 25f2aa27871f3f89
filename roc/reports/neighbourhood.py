"""Who is around ego: circles by how often there is contact, communities, and who joins them."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from roc.graph.frames import Bools, Contacts, Floats, Ints, People
from roc.reports import text
from roc.reports.faces import Face, face
from roc.scoring.communities import NOBODY, communities, constraint
from roc.scoring.dyads import Ties, ties
from roc.scoring.measures import Measures
from roc.scoring.parameters import ScoringParameters
from roc.scoring.strength import raw_of_pairs, shown_strength
from roc.scoring.structure import CIRCLES, circles

NAMED = 5
"""How many people of a circle or community are named."""

MOST_COMMUNITIES = 5
"""More than this are not told apart by eye; the small ones are counted together."""

LEAST_PEOPLE = 3
"""Two people with a tie are no community."""

MOST_DRAWN = 90
"""More people than this on rings is a blot; the strongest ties are drawn."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Ties with contact about as often.

    Args:
        name: how often, a word of ``roc.scoring.structure.CIRCLES``.
        ties: how many.
        attention: their part of all that passed, 0 to 1.
        first: the strongest of them.
    """

    name: str
    ties: int
    attention: float
    first: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class Community:
    """People around ego who have more to do with each other than with the rest.

    Args:
        letter: A for the largest.
        people: how many of ego's alters are in it.
        attention: their part of all that passed, 0 to 1.
        organisation: where half of them or more work, as far as is known; or empty.
        first: the strongest ties.
    """

    letter: str
    people: int
    attention: float
    organisation: str
    first: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """Somebody who knows people of several communities.

    Args:
        who: the person.
        communities: with how many they have ties, small ones among them.
        constraint: Burt's; low for whoever stands between many.
        strength: of ego's tie with them, 0 to 100.
    """

    who: Face
    communities: int
    constraint: float
    strength: float


@dataclass(frozen=True, slots=True)
class RingMap:
    """Where ego's alters stand on rings, the strongest ties; places run around the ring.

    Args:
        who: each one's name.
        circle: place in ``CIRCLES`` of each.
        community: place among the communities of each; -1 for small ones and for none.
        strength: tie strength of each, 0 to 100.
        joined: pairs of places between whom something passed.
    """

    who: tuple[str, ...]
    circle: tuple[int, ...]
    community: tuple[int, ...]
    strength: tuple[float, ...]
    joined: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Who is around ego; ``others`` are alters of no community that is told apart."""

    circles: tuple[Circle, ...]
    communities: tuple[Community, ...]
    others: int
    bridges: tuple[Bridge, ...]
    rings: RingMap


def neighbourhood(
    people: People, contacts: Contacts, now: Measures, parameters: ScoringParameters
) -> Neighbourhood:
    """Who is around ego on the measures' day.

    Args:
        people: everyone in the graph.
        contacts: who reached whom on which day.
        now: ego's ties.
        parameters: those they were measured with.
    """
    alters = now.ties.alter
    shown = np.nan_to_num(now.ties.strength)
    around = circles(contacts, people, alters, now.day, parameters)
    pairs = ties(contacts, people, now.day, parameters)
    weight = _weights(pairs, parameters)
    belongs = communities(pairs.low, pairs.high, weight, len(people), people.ego)
    place = _places(belongs[alters], shown > 0)
    return Neighbourhood(
        circles=_circles(people, now, around),
        communities=_communities(people, now, place),
        others=int(((place < 0) & (shown > 0)).sum()),
        bridges=_bridges(people, now, pairs, weight, belongs, around > 0),
        rings=_rings(people, alters, shown, around, place, pairs),
    )


def _weights(pairs: Ties, parameters: ScoringParameters) -> Floats:
    """Tie strength of every pair, without its doubt, which nobody asks for here."""
    return shown_strength(raw_of_pairs(pairs, parameters), parameters.strength_half_scale)


def _places(belongs: Ints, counts: Bools) -> Ints:
    """Each alter's community by number of ego's alters in it; -1 where it is not told apart."""
    known = counts & (belongs != NOBODY)
    sizes = np.bincount(belongs[known], minlength=1)
    order = np.argsort(-sizes, kind="stable")[:MOST_COMMUNITIES]
    place = np.full(len(sizes), -1, dtype=np.int64)
    large = order[sizes[order] >= LEAST_PEOPLE]
    place[large] = np.arange(len(large))
    return np.where(known, place[np.where(known, belongs, 0)], -1)


def _circles(people: People, now: Measures, around: Ints) -> tuple[Circle, ...]:
    return tuple(
        Circle(
            name=CIRCLES[number],
            ties=int((around == number).sum()),
            attention=_attention(now, around == number),
            first=_first(people, now, around == number),
        )
        for number in reversed(range(1, len(CIRCLES)))
    )


def _communities(people: People, now: Measures, place: Ints) -> tuple[Community, ...]:
    return tuple(
        Community(
            letter=letter(number),
            people=int((place == number).sum()),
            attention=_attention(now, place == number),
            organisation=_organisation(people, now.ties.alter[place == number]),
            first=_first(people, now, place == number),
        )
        for number in range(int(place.max(initial=-1)) + 1)
    )


def letter(community: int) -> str:
    """What a community is called: the largest is A.

    Example:
        >>> letter(0), letter(2)
        ('A', 'C')
    """
    return chr(ord("A") + community)


def _attention(now: Measures, rows: Bools) -> float:
    return float(np.nan_to_num(now.ties.attention_share)[rows].sum())


def _first(people: People, now: Measures, rows: Bools) -> tuple[Face, ...]:
    chosen = np.flatnonzero(rows)
    order = chosen[np.argsort(-np.nan_to_num(now.ties.strength[chosen]), kind="stable")]
    return tuple(face(people, int(now.ties.alter[row])) for row in order[:NAMED])


def _organisation(people: People, members: Ints) -> str:
    counted = Counter(people.organisations[number] for number in members.tolist())
    counted.pop("", None)
    name, number = max(counted.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return text.plain(name) if 2 * number >= len(members) else ""


def _bridges(
    people: People, now: Measures, pairs: Ties, weight: Floats, belongs: Ints, near: Bools
) -> tuple[Bridge, ...]:
    """Alters on any circle whose ties reach several communities, most first; ego's do not count."""
    count, ego = len(people), people.ego
    held = (weight > 0) & (pairs.low != ego) & (pairs.high != ego)
    low, high = pairs.low[held], pairs.high[held]
    reached = np.concatenate([low, high]) * count + belongs[np.concatenate([high, low])]
    if not len(reached):
        return ()
    met = np.bincount(np.unique(reached) // count, minlength=count)
    burt = constraint(pairs.low[held], pairs.high[held], weight[held], count)
    alters = now.ties.alter
    rows = np.flatnonzero((met[alters] > 1) & near)
    order = rows[np.lexsort((rows, burt[alters[rows]], -met[alters[rows]]))][:NAMED]
    return tuple(
        Bridge(
            who=face(people, int(alters[row])),
            communities=int(met[alters[row]]),
            constraint=float(burt[alters[row]]),
            strength=float(now.ties.strength[row]),
        )
        for row in order
    )


def _spread(community: Ints, around: Ints) -> Floats:
    """Where each stands within the community, 0 to 1, so that no ring is crowded in one spot."""
    _, group, size = np.unique(
        community * len(CIRCLES) + around, return_inverse=True, return_counts=True
    )
    order = np.argsort(group, kind="stable")
    first = np.cumsum(size) - size
    rank = np.empty(len(group), dtype=np.int64)
    rank[order] = np.arange(len(group)) - first[group[order]]
    spread: Floats = (rank + 0.5) / size[group]
    return spread


def _rings(
    people: People, alters: Ints, shown: Floats, around: Ints, place: Ints, pairs: Ties
) -> RingMap:
    rows = np.flatnonzero((around > 0) & (shown > 0))
    rows = rows[np.argsort(-shown[rows], kind="stable")][:MOST_DRAWN]
    small = np.where(place[rows] < 0, MOST_COMMUNITIES, place[rows])
    rows = rows[np.lexsort((_spread(small, around[rows]), small))]
    spot = np.full(len(people), -1, dtype=np.int64)
    spot[alters[rows]] = np.arange(len(rows))
    one, other = spot[pairs.low], spot[pairs.high]
    drawn = (one >= 0) & (other >= 0)
    return RingMap(
        who=tuple(face(people, int(number)).name for number in alters[rows]),
        circle=tuple(around[rows].tolist()),
        community=tuple(place[rows].tolist()),
        strength=tuple(shown[rows].tolist()),
        joined=tuple(zip(one[drawn].tolist(), other[drawn].tolist(), strict=True)),
    )
