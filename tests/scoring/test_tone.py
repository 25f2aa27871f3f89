"""How warmly two people write, and when a change of tone is more than chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roc.graph.frames import Tones
from roc.scoring.parameters import ScoringParameters
from roc.scoring.tone import Warmth, warmth

DAY = 20_600
NAN = float("nan")


def tones(*rows: tuple[int, float], by_ego: bool = False, audience: int = 1) -> Tones:
    """Messages of alter 1, each with its age in days and its warmth."""
    ages, told = zip(*rows, strict=True) if rows else ((), ())
    ones = np.ones(len(rows), dtype=np.int64)
    return Tones(
        alter=ones,
        by_ego=np.full(len(rows), by_ego),
        day=DAY - np.array(ages, dtype=np.int64),
        audience=ones * audience,
        warmth=np.array(told, dtype=np.float64),
    )


def measured(told: Tones) -> Warmth:
    return warmth(told, DAY, ScoringParameters())


def test_warmth_is_a_faded_mean_of_each_direction() -> None:
    # Four at full weight and one, three half-lives old, at an eighth.
    rows = [(0, 0.5)] * 4 + [(270, -1.0)]
    found = measured(tones(*rows))
    assert found.mean[0, 1] == pytest.approx((4 * 0.5 - 1 / 8) / (4 + 1 / 8))
    assert np.isnan(found.mean[0, 0])
    assert found.messages.tolist() == [[0, 5]]
    assert measured(tones(*rows, by_ego=True)).messages.tolist() == [[5, 0]]


def test_few_messages_say_nothing() -> None:
    assert np.isnan(measured(tones(*[(0, 0.5)] * 4)).mean[0, 1])


def test_messages_that_cannot_be_judged_are_counted_apart() -> None:
    found = measured(tones(*[(0, 0.5)] * 5, *[(1, NAN)] * 3))
    assert (found.messages[0, 1], found.judged[0, 1], found.mean[0, 1]) == (8, 5, 0.5)


def test_what_was_said_to_many_or_later_does_not_count() -> None:
    assert len(measured(tones(*[(0, 0.5)] * 9, audience=4))) == 0
    assert len(measured(tones(*[(-1, 0.5)] * 9))) == 0


def test_nobody_who_writes_has_no_tone() -> None:
    found = measured(tones())
    assert (len(found), found.mean.shape) == (0, (0, 2))


def test_a_turn_is_told_and_chance_is_not() -> None:
    year = [(100 + 10 * n, 0.1 * (n % 3)) for n in range(12)]
    warmer = measured(tones(*year, *[(n, 0.5 + 0.1 * (n % 3)) for n in range(6)]))
    assert warmer.changed.tolist() == [[False, True]]
    assert warmer.change[0, 1] == pytest.approx(0.5)
    assert warmer.lately[0, 1] == pytest.approx(0.6)
    alike = measured(tones(*year, *[(n, 0.1 * (n % 3)) for n in range(6)]))
    assert alike.changed.tolist() == [[False, False]]
    assert not measured(tones(*year[:4], *[(n, 0.9) for n in range(6)])).changed.any()


def test_without_any_change_it_is_told_of_about_one_in_ten() -> None:
    """The interval covers nine in ten: drawn from one distribution, before and after."""
    random = np.random.default_rng(7)
    false = 0
    for _ in range(1000):
        drawn = random.normal(0, 0.3, 40)
        rows = [(int(100 + n), float(drawn[n])) for n in range(20)]
        rows += [(int(n), float(drawn[20 + n])) for n in range(20)]
        false += bool(measured(tones(*rows)).changed.any())
    assert 70 <= false <= 140


@given(st.permutations(range(12)))
def test_the_order_of_rows_is_no_matter(order: list[int]) -> None:
    rows = [(10 * n, 0.1 * (n % 4)) for n in range(12)]
    one, other = measured(tones(*rows)), measured(tones(*(rows[place] for place in order)))
    assert one.mean == pytest.approx(other.mean, nan_ok=True)
    assert one.changed.tolist() == other.changed.tolist()
