"""What gatherings gave: readings after some days, and many of them together."""

import math
from dataclasses import replace

import numpy as np
import pytest

from roc.bench.public_data import nameless_people
from roc.graph.frames import KINDS, Contacts, Ints
from roc.graph.records import Kind
from roc.scoring.budget import Pool, Reading, difference, pooled, readings
from roc.scoring.gatherings import Effect
from roc.scoring.parameters import ScoringParameters

PARAMETERS = ScoringParameters()
EVENING, PEOPLE = 100, 120
GUESTS = np.arange(0, 80, 10)  # eight who have nothing to do with each other


Line = tuple[int, int, int]


def rows(told: list[Line]) -> Contacts:
    sender, recipient, day = np.array(told, dtype=np.int64).reshape(-1, 3).T
    ones = np.ones(len(told), dtype=np.int64)
    kind = ones * KINDS.index(Kind.MESSAGE)
    return Contacts(sender, recipient, day, kind, 0 * ones, ones, ones, ("invented",))


def town() -> list[Line]:
    """Everybody writes a neighbour, and is answered, every fortnight."""
    told = []
    for one in range(PEOPLE):
        for day in range(one % 14, 300, 14):
            other = (one + 1) % PEOPLE
            told += [(one, other, day), (other, one, day + 1)]
    return told


def both_ways(pairs: list[tuple[int, int]], day: int) -> list[Line]:
    return [line for a, b in pairs for line in ((a, b, day), (b, a, day + 1))]


def read(told: list[Line], guests: Ints = GUESTS, days: int = 90) -> Reading:
    people = nameless_people(PEOPLE)
    (found,) = readings(rows(told), people, EVENING, guests, [days], PARAMETERS)
    return found


def test_guests_who_wrote_each_other_afterwards_are_new_ties() -> None:
    found = read(town() + both_ways([(0, 10), (20, 30), (40, 50)], EVENING + 20))
    assert (found.effect.eligible, found.effect.formed) == (28, 3)
    assert found.effect.excess == pytest.approx(3.0)
    assert found.effect.chance < 0.01


def test_a_letter_of_thanks_on_the_same_evening_counts() -> None:
    assert read(town() + both_ways([(0, 10)], EVENING)).effect.formed == 1


def test_what_came_later_is_not_in_an_early_reading() -> None:
    told = rows(town() + both_ways([(0, 10)], EVENING + 20))
    people = nameless_people(PEOPLE)
    early, late = readings(told, people, EVENING, GUESTS, [7, 30], PARAMETERS)
    assert (early.effect.formed, late.effect.formed) == (0, 1)


def test_having_been_at_the_gathering_is_no_tie() -> None:
    one, other = np.triu_indices(len(GUESTS), 1)
    pairs = [(int(GUESTS[a]), int(GUESTS[b])) for a, b in zip(one, other, strict=True)]
    met = both_ways(pairs, EVENING)
    contacts = rows(town() + met)
    contacts.kind[-len(met) :] = KINDS.index(Kind.MEETING)
    contacts.audience[-len(met) :] = len(GUESTS) - 1
    (found,) = readings(contacts, nameless_people(PEOPLE), EVENING, GUESTS, [90], PARAMETERS)
    assert (found.effect.eligible, found.effect.formed) == (28, 0)


def test_neighbours_alone_are_too_few_to_say_anything() -> None:
    found = read(town(), guests=np.array([3, 4, 5]))
    assert not found.is_told
    assert math.isnan(found.effect.chance)


def test_a_pool_adds_up_and_tells_what_a_tie_cost() -> None:
    one = read(town() + both_ways([(0, 10), (20, 30)], EVENING + 20))
    nothing = read(town())
    pool = pooled([one, nothing], [300.0, 300.0])
    assert (pool.gatherings, pool.effect.eligible, pool.effect.formed) == (2, 56, 2)
    assert pool.cost_per_tie == pytest.approx(600.0 / pool.effect.excess)
    assert pool.effect.low <= pool.effect.excess <= pool.effect.high
    low, high = pool.cost_between
    assert low == pytest.approx(600.0 / pool.effect.high)
    assert high == (pytest.approx(600.0 / pool.effect.low) if pool.effect.low > 0 else math.inf)


def test_a_pool_of_nothing_tells_nothing() -> None:
    pool = pooled([], [])
    assert (pool.gatherings, pool.effect.formed) == (0, 0)
    assert math.isnan(pool.effect.excess)
    assert math.isnan(pool.cost_per_tie)


def test_where_no_tie_is_beyond_chance_there_is_no_price() -> None:
    effect = Effect(20, 1, 3.0, -4.0, 1.0, 0.9, 200)
    pool = Pool(1, effect, 500.0, *[math.nan] * 3)
    assert math.isnan(pool.cost_per_tie)
    assert pool.cost_between == (500.0, math.inf)


def test_guests_whom_ego_sees_more_often_are_closer_than_before() -> None:
    ego = 0
    known = [(ego, int(guest)) for guest in GUESTS[1:]]
    others = [(ego, one) for one in range(1, PEOPLE) if one not in GUESTS]
    steady = [line for day in (20, 60, 120, 160) for line in both_ways(known + others, day)]
    more = [line for day in (110, 130, 150, 170) for line in both_ways(known, day)]
    people = replace(nameless_people(PEOPLE), ego=ego)
    (found,) = readings(rows(town() + steady + more), people, EVENING, GUESTS, [90], PARAMETERS)
    assert found.deepened == pytest.approx(8.0, abs=1.0)  # eight days more than placebo guests
    pool = pooled([found], [0.0])
    assert (pool.deepened_low, pool.deepened_high) == pytest.approx((8.0, 8.0), abs=0.5)


def test_two_kinds_of_gatherings_are_held_against_each_other() -> None:
    talked = [read(town() + both_ways([(0, 10), (20, 30), (40, 50)], EVENING + 9))] * 2
    listened = [read(town())]
    found = difference(talked, listened)
    assert found is not None
    assert found.low > 0
    assert found.more == pytest.approx(3.0)
    assert difference(talked, []) is None
