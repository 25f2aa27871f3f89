"""Numbers that mean nothing are refused."""

import pytest

from roc.graph.records import Kind
from roc.scoring.parameters import ScoringParameters

WRONG = [
    {"half_lives_days": ()},
    {"half_lives_days": (2.0, 0.0)},
    {"half_lives_days": (float("inf"),)},
    {"kind_weights": {Kind.MESSAGE: -1.0}},
    {"kind_weights": {Kind.MESSAGE: float("inf")}},
    {"trust_signals": {Kind.THANKS: 1.5}},
    {"audience_exponent": -0.5},
    {"one_sided_share": float("nan")},
    {"strength_half_scale": 0.0},
    {"interval_share": 1.0},
    {"fading_share": 0.0},
    {"cost_per_day": 0.0},
    {"alive_strength": float("nan")},
    {"turn_audience": 0},
    {"cooling_ratio": 9.0},
    {"steady_ratio": 5.0},
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: " ".join(wrong))
def test_a_number_out_of_its_range_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        ScoringParameters(**wrong)  # type: ignore[arg-type]


def test_kinds_may_count_nothing_and_say_nothing() -> None:
    parameters = ScoringParameters(kind_weights={Kind.MESSAGE: 0.0}, trust_signals={})
    assert parameters.kind_weights[Kind.MESSAGE] == 0.0


def test_every_kind_has_a_weight() -> None:
    assert set(ScoringParameters().kind_weights) == set(Kind)
