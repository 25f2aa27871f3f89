"""What an evening changed: found where it is, and not where it is not."""

import numpy as np
import pytest

from roc.bench.public_data import nameless_people
from roc.graph.frames import KINDS, Contacts, Ints
from roc.graph.records import Kind
from roc.scoring.dyads import only
from roc.scoring.gatherings import (
    PLACEBOS,
    Setting,
    effect,
    new_ties,
    placebo_groups,
    setting,
)
from roc.scoring.parameters import ScoringParameters

PARAMETERS = ScoringParameters()
EVENING, LAST = 100, 160
PEOPLE = 200


def rows(told: list[tuple[int, int, int]]) -> Contacts:
    sender, recipient, day = np.array(told, dtype=np.int64).reshape(-1, 3).T
    ones = np.ones(len(told), dtype=np.int64)
    return Contacts(
        sender=sender,
        recipient=recipient,
        day=day,
        kind=ones * KINDS.index(Kind.MESSAGE),
        source=ones * 0,
        audience=ones,
        acts=ones,
        sources=("invented",),
    )


def town(seed: int = 1) -> list[tuple[int, int, int]]:
    """Two hundred people who write each other now and then, before the evening and after."""
    dice = np.random.default_rng(seed)
    told = []
    for _ in range(1500):
        one = int(dice.integers(PEOPLE))
        other = (one + int(dice.integers(1, 25))) % PEOPLE
        day = int(dice.integers(0, LAST))
        told += [(one, other, day), (other, one, day + 1)]
    return told


def there(told: list[tuple[int, int, int]]) -> Setting:
    return setting(rows(told), nameless_people(PEOPLE), EVENING + 1, LAST, PARAMETERS)


def group(seed: int, size: int = 10) -> Ints:
    return np.random.default_rng(seed).permutation(PEOPLE)[:size]


def strangers(of: Setting, guests: Ints) -> list[tuple[int, int]]:
    one, other = np.triu_indices(len(guests), 1)
    pairs = np.stack([guests[one], guests[other]], axis=1)
    return [tuple(pair) for pair in pairs[new_ties(of, pairs)[0] == 1].tolist()]


def test_a_tie_is_new_where_both_write_after_it_and_neither_did_before() -> None:
    told = [
        (0, 1, 110),
        (1, 0, 120),  # new
        (0, 2, 50),
        (2, 0, 120),  # known before
        (1, 2, 130),  # one way
        (0, 3, 130),
        (3, 0, 170),  # too late
        (1, 3, 100),
        (3, 1, 105),  # on the evening itself, which is before
    ]
    of = there(told)
    eligible, formed = new_ties(of, np.array([[0, 1, 2, 3]]))
    assert (eligible.tolist(), formed.tolist()) == ([4], [1])


def test_friends_made_on_an_evening_are_found() -> None:
    told = town()
    guests = group(1)
    pairs = strangers(there(told), guests)[::3]
    made = [each for a, b in pairs for each in ((a, b, 110), (b, a, 112))]
    found = effect(there(told + made), guests, seed=1)
    assert found.formed >= len(pairs)
    assert found.chance < 0.05
    assert found.low > 0
    assert found.low <= found.excess <= found.high
    assert found.groups == PLACEBOS


def test_an_evening_without_effect_is_seldom_taken_for_one() -> None:
    of = there(town())
    alarms = [effect(of, group(seed), seed=seed).chance <= 0.05 for seed in range(60)]
    assert sum(alarms) <= 6


def test_busy_people_are_held_against_busy_people() -> None:
    """They make many ties with or without an evening; quiet ones hardly any."""
    dice = np.random.default_rng(5)
    told = town()
    for _ in range(4000):  # the first sixty are busy
        one, other = (int(each) for each in dice.integers(0, 60, 2))
        day = int(dice.integers(0, LAST))
        told += [(one, other, day), (other, one, day)] if one != other else []
    of = there(told)
    guests = np.arange(0, 60, 6)
    placebos = placebo_groups(of, guests, 50, np.random.default_rng(1))
    assert of.busy[placebos].mean() > 0.6 * of.busy[guests].mean() > 2 * of.busy.mean() * 0.6
    assert effect(of, guests, seed=1).chance > 0.05


def test_nobody_who_came_is_in_a_placebo_group_and_nobody_twice() -> None:
    of, guests = there(town()), group(2)
    placebos = placebo_groups(of, guests, 100, np.random.default_rng(1))
    assert placebos.shape == (100, 10)
    assert not np.isin(placebos, guests).any()
    assert all(len(set(each)) == 10 for each in placebos.tolist())


def test_whose_data_it_is_stays_in_every_placebo_group() -> None:
    """Of others the data knows only what they have to do with them: anything else were unfair."""
    dice = np.random.default_rng(6)
    told = []
    for other in range(1, PEOPLE):  # everybody writes to 0 and is answered, at some time
        day = int(dice.integers(0, LAST))
        told += [(0, other, day), (other, 0, day + 1)]
    of, guests = (
        there(told),
        np.concatenate([[0], 1 + np.random.default_rng(3).permutation(119)[:9]]),
    )
    placebos = placebo_groups(of, guests, 50, np.random.default_rng(1), stays=0)
    assert (placebos[:, 0] == 0).all()
    assert not np.isin(placebos[:, 1:], guests).any()
    assert effect(of, guests, seed=1, stays=0).chance > 0.05
    assert effect(of, guests, seed=1).chance < 0.05


def test_the_same_seed_draws_the_same() -> None:
    of, guests = there(town()), group(3)
    assert effect(of, guests, seed=4) == effect(of, guests, seed=4)
    turned = rows(town()[::-1])
    again = setting(turned, nameless_people(PEOPLE), EVENING + 1, LAST, PARAMETERS)
    assert effect(again, guests, seed=4) == effect(of, guests, seed=4)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_too_few_pairs_say_nothing(size: int) -> None:
    found = effect(there(town()), group(1, size), seed=1)
    assert np.isnan(found.chance)
    assert np.isnan(found.excess)


def test_too_few_others_say_nothing() -> None:
    few = rows([(0, 1, 10), (1, 2, 20), (3, 4, 30)])
    of = setting(few, nameless_people(6), EVENING + 1, LAST, PARAMETERS)
    found = effect(of, np.arange(5), seed=1)
    assert (found.groups, found.eligible) == (0, 7)
    assert np.isnan(found.chance)


def test_nothing_ever_passed() -> None:
    told = rows([(0, 1, 10)])
    of = setting(only(told, told.day < 0), nameless_people(20), EVENING + 1, LAST, PARAMETERS)
    assert np.isnan(effect(of, np.arange(10), seed=1).chance)
