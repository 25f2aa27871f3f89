"""Tie strength, the chance alive, states."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from roc.graph.frames import Floats
from roc.scoring.measures import STATES
from roc.scoring.parameters import ScoringParameters
from roc.scoring.strength import (
    Strength,
    alive,
    expected_gap_days,
    fading,
    mean_gap_days,
    raw_strength,
    silence_ratio,
    states,
    strength,
)
from tests.acts import floats

SUMS = arrays(np.float64, (3, 4), elements=some.floats(0.0, 1e6))


def ints(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


def measured(one: Floats, other: Floats) -> Strength:
    return strength(one, other, one, other, ScoringParameters())


@given(SUMS, SUMS)
def test_both_sides_see_the_same_strength(one: Floats, other: Floats) -> None:
    assert np.array_equal(raw_strength(one, other, 0.02), raw_strength(other, one, 0.02))


@given(SUMS, SUMS, SUMS)
def test_an_act_more_never_lowers_strength(one: Floats, other: Floats, more: Floats) -> None:
    assert (raw_strength(one + more, other, 0.02) >= raw_strength(one, other, 0.02)).all()


@given(SUMS, SUMS)
def test_parts_sum_to_what_is_shown_and_the_interval_holds_it(one: Floats, other: Floats) -> None:
    found = measured(one, other)
    something = ~np.isnan(found.shown)
    assert np.allclose(found.parts[something].sum(axis=1), found.shown[something], atol=1e-9)
    assert (found.low[something] <= found.shown[something]).all()
    assert (found.shown[something] <= found.high[something]).all()
    assert (found.high[something] <= 100.0).all()
    assert (found.low[something] >= 0.0).all()


def test_nothing_is_undefined_and_not_zero() -> None:
    found = measured(np.zeros((1, 4)), np.zeros((1, 4)))
    assert np.isnan([found.shown[0], found.low[0], found.high[0], *found.parts[0]]).all()


def test_one_way_contact_counts_a_little_and_nothing_where_it_is_told_to() -> None:
    letter, silence = np.ones((1, 1)), np.zeros((1, 1))
    # by hand: ln(1 + .02) / ln 2 · 100 %, through 1 − 2^(−S/6)
    assert measured(letter, silence).shown[0] == pytest.approx(100 * (1 - 2 ** (-np.log(1.02) / 6)))
    silent = strength(letter, silence, letter, silence, ScoringParameters(one_sided_share=0.0))
    assert silent.shown.tolist() == [0.0]
    assert silent.parts.tolist() == [[0.0]]


def test_the_interval_narrows_as_evidence_grows() -> None:
    few, many = np.full((1, 1), 2.0), np.full((1, 1), 200.0)
    narrow, wide = measured(many, many), measured(few, few)
    assert wide.high[0] - wide.low[0] > 2 * (narrow.high[0] - narrow.low[0])


def test_the_interval_covers_the_truth_in_about_nine_of_ten_simulated_ties() -> None:
    """Two people who reach each other on a seventh of all days for two years, 2,000 times."""
    random, half_lives = np.random.default_rng(4), ScoringParameters().half_lives_days
    left = np.exp2(-np.arange(730)[:, None] / np.array(half_lives))
    one, other = (random.random((2, 2000, 730)) < 1 / 7).astype(np.float64)
    found = strength(one @ left, other @ left, one @ left**2, other @ left**2, ScoringParameters())
    expected = left.sum(axis=0, keepdims=True) / 7
    truth = measured(expected, expected).shown[0]
    covered = ((found.low <= truth) & (truth <= found.high)).mean()
    assert 0.87 < covered < 0.97


def test_a_gap_needs_two_days_of_contact() -> None:
    gaps = mean_gap_days(ints(0, 0, 5, -1), ints(30, 0, 6, -1), ints(4, 1, 2, 0))
    assert gaps[[0, 2]].tolist() == [10.0, 1.0]
    assert np.isnan(gaps[[1, 3]]).all()


def test_one_imagined_fortnight_stands_beside_a_ties_own_gaps() -> None:
    first, last, days = ints(0, 0, 0, 0), ints(0, 1, 700, 100), ints(1, 2, 101, 101)
    found = expected_gap_days(first, last, days, ScoringParameters())
    # (0 + 14)/1, (1 + 14)/2, (700 + 14)/101, and (100 + 14)/101 lifted to four days
    assert found.tolist() == [14.0, 7.5, pytest.approx(714 / 101), 4.0]


def test_states_change_at_two_four_and_eight_gaps_of_silence() -> None:
    found = states(floats(0.0, 1.99, 2.0, 4.0, 7.9, 8.0, np.nan), ScoringParameters())
    assert [STATES[state] for state in found] == [
        "active",
        "active",
        "steady",
        "cooling",
        "cooling",
        "dormant",
        "none",
    ]


def test_a_weekend_does_not_cool_a_daily_tie() -> None:
    ratio = silence_ratio(402, ints(0), ints(400), ints(401), ScoringParameters())
    assert STATES[states(ratio, ScoringParameters())[0]] == "active"


def test_the_chance_alive_rises_with_strength_and_falls_with_silence() -> None:
    parameters = ScoringParameters()
    by_strength = alive(floats(0, 3, 6, 500), floats(0, 0, 0, 0), parameters)
    by_silence = alive(floats(6, 6, 6, 6), floats(0, 3, 8, 1e9), parameters)
    assert (np.diff(by_strength) > 0).all()
    assert (np.diff(by_silence) < 0).all()
    assert 0.0 < by_silence[-1] < by_strength[-1] <= 1.0


def test_silence_says_nothing_while_a_tie_is_active_and_halves_strength_eight_gaps_later() -> None:
    parameters = ScoringParameters()
    at_first, active, later = alive(floats(6, 6, 6), floats(0, 2, 10), parameters)
    assert at_first == active
    assert later == alive(floats(3), floats(0), parameters)


def test_a_tie_fades_where_it_lost_three_tenths_in_a_quarter() -> None:
    now, before = floats(7.0, 7.1, 0.0, 5.0), floats(10.0, 10.0, 3.0, 0.0)
    assert fading(now, before, ScoringParameters()).tolist() == [1, 0, 1, 0]
