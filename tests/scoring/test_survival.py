"""How long things take by how strong a tie was: curves, and one ratio."""

import math

import numpy as np
import pytest

from roc.scoring.survival import Stretches, curve, hazard, wilson


def test_a_curve_goes_down_at_each_end_and_knows_who_is_still_there() -> None:
    found = curve(np.array([10.0, 20, 30, 40]), np.array([True, True, False, True]))
    assert (found.spells, found.events) == (4, 3)
    assert found.share.tolist() == [0.75, 0.5, 0.5, 0.0]
    assert found.median == 20
    assert (found.low <= found.share)[:2].all()


def test_where_fewer_than_half_have_ended_there_is_no_median() -> None:
    found = curve(np.array([10.0, 20, 30]), np.array([True, False, False]))
    assert math.isnan(found.median)


def test_of_nothing_there_is_an_empty_curve() -> None:
    assert curve(np.empty(0), np.empty(0, dtype=np.bool_)).spells == 0


def spells(seed: int, times: float, count: int = 200) -> Stretches:
    """Spells that end so many times as fast at a strength of 60 as at one of 20."""
    dice = np.random.default_rng(seed)
    strength = dice.uniform(0, 90, count)
    days = dice.exponential(60 / times ** ((strength - 20) / 40))
    return Stretches(
        spell=np.arange(count),
        start=np.zeros(count),
        stop=np.minimum(days, 300) + 0.01,
        ended=days < 300,
        strength=strength,
    )


@pytest.mark.parametrize("times", [0.5, 2.0, 3.0])
def test_the_ratio_that_was_put_in_is_found(times: float) -> None:
    found = hazard(spells(1, times))
    assert found.low < times < found.high
    assert found.chance < 0.01
    assert found.proportional > 0.05


def test_where_strength_does_nothing_the_ratio_is_about_one() -> None:
    found = hazard(spells(2, 1.0))
    assert found.low < 1.0 < found.high


def test_a_difference_that_is_gone_later_is_told() -> None:
    """Strong ties close at once or take long; weak ones in between."""
    dice = np.random.default_rng(4)
    strength = dice.uniform(0, 90, 300)
    is_early = dice.random(300) < strength / 90
    days = np.where(is_early, dice.uniform(1, 20, 300), dice.uniform(20, 300, 300))
    slow = ~is_early & (strength > 45)
    days[slow] += 200
    of = Stretches(np.arange(300), np.zeros(300), days, days > 0, strength)
    assert hazard(of).proportional < 0.05


def test_few_events_say_nothing() -> None:
    of = spells(1, 2.0)
    few = Stretches(of.spell, of.start, of.stop, np.arange(200) < 9, of.strength)
    assert (hazard(few).events, math.isnan(hazard(few).ratio)) == (9, True)


def test_where_every_strong_tie_ends_before_any_weak_one_no_ratio_is_told() -> None:
    days = np.concatenate([np.linspace(1, 10, 20), np.linspace(50, 90, 20)])
    strength = np.repeat([80.0, 10.0], 20)
    of = Stretches(np.arange(40), np.zeros(40), days, days > 0, strength)
    assert math.isnan(hazard(of).ratio)


def test_equal_strengths_say_nothing() -> None:
    of = spells(1, 2.0)
    same = Stretches(of.spell, of.start, of.stop, of.ended, np.full(len(of.spell), 40.0))
    assert math.isnan(hazard(same).ratio)


def test_a_share_of_nothing_has_no_interval() -> None:
    assert all(math.isnan(end) for end in wilson(0, 0))
    low, high = wilson(5, 5)
    assert (low < 1.0, high) == (True, 1.0)
