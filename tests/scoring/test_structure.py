"""Circles, attention, bands."""

import numpy as np
import pytest

from roc.graph.frames import Floats
from roc.scoring.bands import BANDS, bands
from roc.scoring.parameters import ScoringParameters
from roc.scoring.structure import CIRCLES, attention_share, circles, gini, largest_share, lorenz
from tests.acts import floats
from tests.telling import day_of, told


def circle(lines: str, day: str = "2026-06-30") -> str:
    """Ben's circle."""
    frames = told(lines, cast=("ben",))
    alters = np.array([frames.number["ben"]])
    found = circles(frames.contacts, frames.people, alters, day_of(day), ScoringParameters())
    return CIRCLES[int(found[0])]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("2026-06-30 me -> ben message every 7 for 13", "weekly"),
        ("2026-06-30 me -> ben message every 7 for 12", "monthly"),
        ("2026-06-20 ben -> me message every 30 for 3", "monthly"),
        ("2026-05-01 me -> ben meeting every 91 for 4", "quarterly"),
        ("2025-07-01 me -> ben message", "yearly"),
        ("2025-06-30 me -> ben message", "none"),
        ("2026-07-01 me -> ben message", "none"),
        ("2026-06-30 me -> ana message every 1 for 90", "none"),
    ],
)
def test_a_circle_is_how_often_there_was_contact(lines: str, expected: str) -> None:
    assert circle(lines) == expected


def test_two_acts_on_a_day_are_one_day_of_contact() -> None:
    assert circle("2026-06-30 me -> ben message every 7 for 2\n2026-06-30 ben -> me message") == (
        "yearly"
    )


def test_attention_sums_to_one_or_is_undefined() -> None:
    assert attention_share(floats(1, 0), floats(1, 2)).tolist() == [0.5, 0.5]
    assert np.isnan(attention_share(floats(0, 0), floats(0, 0))).all()


def test_the_gini_of_one_to_n_is_that_of_the_formula() -> None:
    """(n − 1)/(3n) for the values 1 … n."""
    assert gini(np.arange(1.0, 11.0)) == pytest.approx(9 / 30)


def test_the_gini_is_half_the_mean_difference_over_the_mean() -> None:
    held: Floats = np.random.default_rng(1).lognormal(size=50)
    differences = np.abs(held[:, None] - held[None, :]).mean()
    assert gini(held) == pytest.approx(differences / 2 / held.mean())


def test_nothing_to_share_is_undefined() -> None:
    assert np.isnan([gini(floats()), gini(floats(0, 0)), largest_share(floats(), 5)]).all()
    assert np.isnan(lorenz(floats(0.0))).all()


def test_the_largest_of_few_hold_all() -> None:
    assert largest_share(floats(3, 1), 5) == 1.0


def test_bands_begin_at_their_edges() -> None:
    found = bands(floats(np.nan, 0, 19.99, 20, 59.9, 60, 80, 100))
    assert [BANDS[band] for band in found] == [
        "none",
        "faint",
        "faint",
        "light",
        "firm",
        "strong",
        "very strong",
        "very strong",
    ]
