"""Rivals on one's own past: who wins where, and that nothing of the future is seen."""

from dataclasses import replace

import numpy as np
import pytest

from roc.bench.public_data import nameless_people
from roc.graph.frames import KINDS, Contacts
from roc.graph.records import Kind
from roc.scoring.dyads import only, ties
from roc.scoring.evaluation import OWN_PAST, SHIPPED, evaluate, moment
from roc.scoring.features import features
from roc.scoring.parameters import ScoringParameters

PARAMETERS = ScoringParameters()
DAYS = 400


def network(people: int, seed: int = 1) -> Contacts:
    """Everybody has four who answer, weekly, and meets a stranger a week who never writes again."""
    dice = np.random.default_rng(seed)
    rows = []
    for day in range(0, DAYS, 7):
        for person in range(people):
            for friend in range(1, 5):
                other = (person + friend) % people
                if dice.random() < 0.8:
                    rows += [(person, other, day), (other, person, day + 1)]
            stranger = int(dice.integers(0, people - 1))
            other = stranger + (stranger >= person)
            rows += [(person, other, day + 2), (other, person, day + 2)]
    sender, recipient, day = np.array(rows).T
    count = len(rows)
    ones = np.ones(count, dtype=np.int64)
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


def test_a_past_unlike_that_of_others_is_learned() -> None:
    """Here strangers answer at once, and are never seen again: the shipped chance believes them."""
    found = evaluate(network(60), nameless_people(60), DAYS, PARAMETERS)
    assert found.has_enough
    assert found.winner == OWN_PAST
    assert found.model is not None
    shipped, _, own = found.rivals
    assert own.surprise < shipped.surprise
    assert own.calibration_error < shipped.calibration_error
    assert found.moments == (DAYS - 90, DAYS - 60, DAYS - 30)


def test_too_little_history_keeps_what_is_shipped() -> None:
    for rows, people in ((network(4), 4), (only(network(60), network(60).day < 0), 60)):
        found = evaluate(rows, nameless_people(people), DAYS, PARAMETERS)
        assert not found.has_enough
        assert (found.winner, found.model) == (SHIPPED, None)
        assert found.intercept == PARAMETERS.alive_intercept


def test_nothing_after_the_day_is_looked_at() -> None:
    rows = network(30)
    early = evaluate(only(rows, rows.day <= 300), nameless_people(30), 300, PARAMETERS)
    late = evaluate(rows, nameless_people(30), 300, PARAMETERS)
    assert early.rivals == late.rivals


def test_what_was_known_on_a_day_is_not_changed_by_what_came_later() -> None:
    rows, people = network(30), nameless_people(30)
    then = moment(rows, people, 200, PARAMETERS)
    without = moment(only(rows, rows.day <= 200), people, 200, PARAMETERS)
    assert (then.of.values == without.of.values).all()
    assert without.label.sum() == 0
    assert then.label.sum() > 0


def test_only_egos_ties_are_judged_where_somebody_is_ego() -> None:
    rows = network(30)
    mine = moment(rows, replace(nameless_people(30), ego=3), 200, PARAMETERS)
    everybodys = moment(rows, nameless_people(30), 200, PARAMETERS)
    assert len(mine.label) < 30 < len(everybodys.label)
    assert not [name for name in mine.of.names if name.startswith("people")]


def test_features_of_a_pair_are_the_same_from_either_side() -> None:
    rows, people = network(30), nameless_people(30)
    turned = replace(rows, sender=rows.recipient, recipient=rows.sender)
    told, mirrored = (
        features(ties(each, people, 300, PARAMETERS), PARAMETERS) for each in (rows, turned)
    )
    assert np.allclose(told.values, mirrored.values, atol=1e-12)


def test_features_of_people_do_not_hang_on_their_numbers() -> None:
    rows, people = network(30), nameless_people(30)
    renamed = replace(rows, sender=29 - rows.sender, recipient=29 - rows.recipient)
    told, other = (
        features(ties(each, people, 300, PARAMETERS), PARAMETERS, 30) for each in (rows, renamed)
    )
    assert np.isfinite(told.values).all()
    assert np.allclose(np.sort(told.values, axis=0), np.sort(other.values, axis=0), atol=1e-12)


def test_there_are_no_features_where_nothing_passed() -> None:
    rows = network(10)
    none = ties(only(rows, rows.day < 0), nameless_people(10), 100, PARAMETERS)
    assert features(none, PARAMETERS).values.shape[0] == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    rows = network(40)
    order = np.random.default_rng(seed).permutation(len(rows.day))
    names = ("sender", "recipient", "day", "kind", "source", "audience", "acts")
    shuffled = replace(rows, **{name: getattr(rows, name)[order] for name in names})
    told = (evaluate(each, nameless_people(40), DAYS, PARAMETERS) for each in (rows, shuffled))
    one, other = ([(rival.auc, rival.surprise) for rival in each.rivals] for each in told)
    assert np.allclose(one, other, atol=1e-9)
