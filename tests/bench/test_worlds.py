"""Invented worlds: what is measured in them is held beside what is true."""

from roc.bench.worlds import gave
from roc.scoring.parameters import ScoringParameters


def test_gatherings_that_connect_people_are_seen_and_others_are_not() -> None:
    found = gave(4, ScoringParameters())
    assert found.found == 1.0
    assert found.alarms == 0.0
    assert found.ties >= 0.75
    assert found.prices >= 0.75
