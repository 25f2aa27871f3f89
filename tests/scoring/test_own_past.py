"""Correcting the chance alive by one's own past: what is learned, and how little by little."""

import numpy as np
import pytest

from roc.graph.frames import Floats, Ints
from roc.scoring.features import Features
from roc.scoring.own_past import OwnPast, fitted, newton, odds, shipped_odds
from roc.scoring.parameters import ScoringParameters

PARAMETERS = ScoringParameters()


def known(values: Floats, heard: Floats) -> Features:
    names = tuple(f"feature {place}" for place in range(values.shape[1]))
    return Features(names, values, heard)


def drawn(count: int, weight: float) -> tuple[Features, Ints]:
    """Pairs whose first feature moves their odds by so much, beside what is shipped."""
    dice = np.random.default_rng(2)
    of = known(dice.normal(size=(count, 3)), dice.uniform(0, 10, count))
    truth = shipped_odds(of.heard, PARAMETERS) + weight * of.values[:, 0]
    return of, (dice.random(count) < 1 / (1 + np.exp(-truth))).astype(np.int64)


def test_what_the_past_shows_is_learned() -> None:
    model = fitted(*drawn(50_000, 1.0), PARAMETERS)
    assert model.weights.round(1).tolist() == [1.0, 0.0, 0.0]
    assert model.intercept == pytest.approx(0.0, abs=0.05)


def test_with_little_to_go_by_the_shipped_chance_is_left() -> None:
    of, label = drawn(20, 1.0)
    moved = odds(fitted(of, label, PARAMETERS), of, PARAMETERS) - shipped_odds(of.heard, PARAMETERS)
    assert np.abs(moved - moved.mean()).max() < 0.2


def test_no_constant_of_newtons_makes_what_happened_likelier() -> None:
    dice = np.random.default_rng(3)
    columns = np.column_stack([np.ones(300), dice.normal(size=(300, 4))])
    label = dice.integers(0, 2, 300)
    found = newton(columns, np.zeros(300), label, 2.0)

    def loss(constants: Floats) -> float:
        told = columns @ constants
        surprise = (np.logaddexp(0, told) - label * told).sum()
        return float(surprise + (constants[1:] ** 2).sum())

    for step in 1e-3 * np.vstack([np.eye(5), -np.eye(5)]):
        assert loss(found + step) >= loss(found)


@pytest.mark.parametrize("label", [np.zeros(50, dtype=np.int64), np.ones(50, dtype=np.int64)])
def test_a_past_in_which_all_or_nothing_happened_has_an_answer(label: Ints) -> None:
    of, _ = drawn(50, 0.0)
    model = fitted(of, label, PARAMETERS)
    assert np.isfinite(odds(model, of, PARAMETERS)).all()


def test_a_feature_that_never_varies_says_nothing() -> None:
    of, label = drawn(500, 1.0)
    same = known(np.column_stack([of.values, np.full(500, 7.0)]), of.heard)
    assert fitted(same, label, PARAMETERS).weights[-1] == 0.0


def test_a_model_is_told_and_read_again() -> None:
    of, label = drawn(500, 1.0)
    model = fitted(of, label, PARAMETERS)
    again = OwnPast.of(model.plain())
    assert (odds(again, of, PARAMETERS) == odds(model, of, PARAMETERS)).all()


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"intercept": 0.0, "features": []},
        {"intercept": "x", "features": {}},
        {"intercept": 0.0, "features": {"a": [1.0, 0.0, 1.0]}},
        {"intercept": 0.0, "features": {"a": [1.0, float("nan"), 1.0]}},
        {"intercept": 0.0, "features": {"a": [1.0, 2.0]}},
        {"intercept": float("inf"), "features": {"a": [1.0, 2.0, 1.0]}},
    ],
)
def test_what_is_no_model_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="own past"):
        OwnPast.of(told)


def test_other_features_than_those_of_the_model_are_refused() -> None:
    of, label = drawn(50, 0.0)
    model = fitted(of, label, PARAMETERS)
    with pytest.raises(ValueError, match="other features"):
        odds(model, Features(("else",), of.values[:, :1], of.heard), PARAMETERS)
