"""Invented deals: the ratio that is found is the true one, and credit adds up."""

from roc.bench.hazards import hazards
from roc.bench.invariants import credit_error


def test_strong_ties_that_close_faster_are_seen_and_others_are_not() -> None:
    found = hazards(6)
    assert found.covered >= 0.5
    assert found.alarms <= 1 / 6


def test_shares_of_an_outcome_are_one_together_in_any_order() -> None:
    assert credit_error(20) < 1e-12
