"""Invented worlds with a truth: gatherings that connect people, or do not, among heavy tails.

People differ a thousandfold in how much they write; they live in communities; the busy ones, and
their acquaintances, are the ones who get invited. What is measured in such a world can be held
beside what is true in it, which no public data allows.
"""

from dataclasses import dataclass

import numpy as np

from roc.bench.gathering import guests
from roc.bench.public_data import nameless_people
from roc.graph.frames import KINDS, Contacts, Ints
from roc.graph.records import Kind
from roc.scoring.budget import READ_DAYS, Pool, pooled, readings
from roc.scoring.gatherings import new_ties, setting
from roc.scoring.parameters import ScoringParameters

PEOPLE = 300
"""How many live in a world."""

_COMMUNITIES = 10
_NEAR = 0.8  # acts that stay within a community
_REPLIED = 0.6
_ACTS = 24_000  # over all days
DAYS = 400
"""How long a world is told."""

_EVENINGS = 8
CONNECT = 0.10  # of the pairs who had not met, where an evening has an effect
COST = 500.0
"""What an evening costs."""

_SURE = 0.05


@dataclass(frozen=True, slots=True)
class Gave:
    """What gatherings of many worlds were said to give, beside what they gave.

    Args:
        ties: share of worlds in which the interval of new ties beyond covers the truth.
        prices: the same of the cost of a tie, where there is any.
        alarms: share of worlds without an effect in which there seems to be one (p ≤ 0.05).
        found: share of worlds with one in which it is seen.
    """

    ties: float
    prices: float
    alarms: float
    found: float


def gave(worlds: int, parameters: ScoringParameters) -> Gave:
    """Gatherings in so many worlds with an effect, and in as many without.

    Args:
        worlds: how many of each.
        parameters: which kinds are contact.
    """
    ties, prices, alarms, found = [], [], [], []
    for number in range(worlds):
        pool, truth = _told(number, parameters, CONNECT)
        ties.append(pool.effect.low <= truth <= pool.effect.high)
        found.append(pool.effect.chance <= _SURE)
        if truth and not np.isnan(pool.cost_per_tie):
            low, high = pool.cost_between
            prices.append(low <= pool.cost / truth <= high)
        pool, _ = _told(worlds + number, parameters, 0.0)
        alarms.append(pool.effect.chance <= _SURE)
    share = [float(np.mean(each)) for each in (ties, prices, alarms, found)]
    return Gave(*share)


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """What happened, and what is true.

    Args:
        rows: who wrote whom on which day, shape ``(n, 3)``.
        evenings: the days of the gatherings, rising.
        came: person numbers of those who came, for each.
        caused: how many ties they gave that would not have formed anyway.
    """

    rows: Ints
    evenings: tuple[int, ...]
    came: tuple[Ints, ...]
    caused: int

    @property
    def contacts(self) -> Contacts:
        """The letters as a frame."""
        return _contacts(self.rows)


def invented(seed: int, parameters: ScoringParameters, connect: float) -> World:
    """A world: the same seed gives the same.

    Args:
        seed: of every draw.
        parameters: which kinds are contact.
        connect: share of the pairs who had not met that an evening connects.
    """
    dice = np.random.default_rng(seed)
    people = nameless_people(PEOPLE)
    rows, caused, came = _letters(dice), 0, []
    days = np.sort(dice.integers(DAYS // 2, DAYS - READ_DAYS - 1, _EVENINGS))
    for day in days.tolist():
        there = setting(_contacts(rows), people, day, day + READ_DAYS, parameters)
        group = guests(there, dice)
        one, other = np.triu_indices(len(group), 1)
        pairs = np.sort(np.stack([group[one], group[other]], axis=1), axis=1)
        strangers, _ = new_ties(there, pairs)
        joined = pairs[(strangers == 1) & (dice.random(len(pairs)) < connect)]
        anyway = int(new_ties(there, joined)[1].sum()) if len(joined) else 0
        caused += len(joined) - anyway
        rows = np.concatenate([rows, _answered(joined, day, dice)])
        came.append(group)
    return World(rows, tuple(days.tolist()), tuple(came), caused)


def _told(seed: int, parameters: ScoringParameters, connect: float) -> tuple[Pool, int]:
    """What is said of a world's gatherings, and how many ties they truly gave."""
    world = invented(seed, parameters, connect)
    contacts, people = world.contacts, nameless_people(PEOPLE)
    read = [
        readings(contacts, people, day, group, [READ_DAYS], parameters)[0]
        for day, group in zip(world.evenings, world.came, strict=True)
    ]
    return pooled(read, [COST] * len(read)), world.caused


def _letters(dice: np.random.Generator) -> Ints:
    """Who wrote whom on which day, shape ``(n, 3)``: near by mostly, and busy people most."""
    weight = np.exp(dice.normal(0.0, 1.2, PEOPLE))
    home = dice.integers(0, _COMMUNITIES, PEOPLE)
    sender = dice.choice(PEOPLE, _ACTS, p=weight / weight.sum())
    recipient = dice.choice(PEOPLE, _ACTS, p=weight / weight.sum())
    near = dice.random(_ACTS) < _NEAR
    for community in range(_COMMUNITIES):
        there = np.flatnonzero(home == community)
        rows = near & (home[sender] == community)
        recipient[rows] = dice.choice(there, rows.sum(), p=weight[there] / weight[there].sum())
    day = dice.integers(0, DAYS, _ACTS)
    rows = np.stack([sender, recipient, day], axis=1)
    rows = rows[sender != recipient]
    answers = rows[dice.random(len(rows)) < _REPLIED][:, [1, 0, 2]]
    answers[:, 2] += dice.integers(0, 4, len(answers))
    return np.concatenate([rows, answers[answers[:, 2] < DAYS]])


def _answered(pairs: Ints, day: int, dice: np.random.Generator) -> Ints:
    """Pairs who write each other both ways some time after a day."""
    since = day + dice.integers(1, READ_DAYS - 5, len(pairs))
    there = np.column_stack([pairs, since])
    return np.concatenate([there, there[:, [1, 0, 2]] + np.array([0, 0, 2])])


def _contacts(rows: Ints) -> Contacts:
    order = np.lexsort((rows[:, 1], rows[:, 0], rows[:, 2]))
    sender, recipient, day = rows[order].T
    ones = np.ones(len(rows), dtype=np.int64)
    kind = ones * KINDS.index(Kind.MESSAGE)
    return Contacts(sender, recipient, day, kind, 0 * ones, ones, ones, ("invented",))
