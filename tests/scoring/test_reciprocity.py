"""Balance of dyads, and how mutual a network is."""

import numpy as np
import pytest

from roc.graph.frames import Ints
from roc.scoring import reciprocity
from roc.scoring.reciprocity import NetworkReciprocity, balance, give_get, network_reciprocity
from tests.acts import floats


def of_matrix(weights: Ints) -> NetworkReciprocity:
    """The reciprocity of a network given as weights from row to column."""
    low, high = np.nonzero(np.triu(weights + weights.T, 1))
    return network_reciprocity(low, high, weights[low, high], weights[high, low])


def test_balance_is_even_one_sided_or_undefined() -> None:
    found = balance(floats(2, 5, 0, 1e-320), floats(2, 0, 0, 1e-320))
    assert found[[0, 1, 3]].tolist() == [1.0, 0.0, 1.0]
    assert np.isnan(found[2])


def test_giving_twice_as_much_reads_the_same_either_way_with_the_sign_turned() -> None:
    assert give_get(floats(3), floats(1)) == -give_get(floats(1), floats(3)) == np.log(2)


def test_a_network_in_which_every_link_is_returned_has_reciprocity_one() -> None:
    found = of_matrix(np.array([[0, 2, 0], [2, 0, 1], [0, 1, 0]]))
    assert (found.reciprocated_share, found.reciprocity, found.weighted) == (1.0, 1.0, 1.0)


def test_a_ring_is_less_mutual_than_chance() -> None:
    found = of_matrix(np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]]))
    # by hand: r = 0, three of six links are there, ρ = (0 − .5)/(1 − .5)
    assert (found.reciprocated_share, found.reciprocity) == (0.0, -1.0)
    # each pair: E = 1/3 both ways, (1/9)/(1 + 2/3) = 1/15 returned; six ordered pairs of weight 3
    assert found.weighted_by_chance == pytest.approx(6 / 15 / 3)
    assert found.weighted_excess == pytest.approx((0 - 2 / 15) / (1 - 2 / 15))


def test_an_empty_network_and_a_full_one_have_no_reciprocity_beyond_chance() -> None:
    nobody = of_matrix(np.zeros((3, 3), dtype=np.int64))
    assert np.isnan([nobody.reciprocity, nobody.weighted, nobody.weighted_excess]).all()
    assert np.isnan(of_matrix(np.array([[0, 1], [1, 0]])).reciprocity)


def test_weights_strewn_at_random_are_as_mutual_as_chance() -> None:
    """Geometric weights with the same mean everywhere, which the null model holds exactly."""
    random = np.random.default_rng(11)
    weights = random.geometric(0.5, (300, 300)) - 1
    np.fill_diagonal(weights, 0)
    assert of_matrix(weights).weighted_excess == pytest.approx(0.0, abs=0.01)


def test_many_nodes_taken_in_groups_give_nearly_the_same_chance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random = np.random.default_rng(12)
    scale = random.lognormal(1.0, 1.0, 250)
    weights = random.poisson(np.outer(scale, scale[::-1]) / 20.0)
    np.fill_diagonal(weights, 0)
    one_by_one = of_matrix(weights).weighted_by_chance
    monkeypatch.setattr(reciprocity, "_COMPARED", 100)
    assert of_matrix(weights).weighted_by_chance == pytest.approx(one_by_one, rel=0.03)
