"""Numbers from papers and other tools, with where they came from."""

import networkx as nx
import numpy as np
import pytest
from scipy.optimize import minimize

from roc.graph.frames import Floats, Ints
from roc.scoring.parameters import ScoringParameters
from roc.scoring.reciprocity import network_reciprocity
from roc.scoring.strength import alive
from roc.scoring.structure import gini, lorenz
from tests.acts import floats


def test_the_share_of_returned_links_is_that_of_networkx() -> None:
    graph = nx.gnp_random_graph(60, 0.08, seed=4, directed=True)
    links: Ints = nx.to_numpy_array(graph).astype(np.int64)
    low, high = np.nonzero(np.triu(links + links.T))
    found = network_reciprocity(low, high, links[low, high], links[high, low])
    assert found.reciprocated_share == pytest.approx(nx.overall_reciprocity(graph))


def test_a_random_graph_has_the_reciprocity_zero_of_garlaschelli_and_loffredo() -> None:
    """Their ρ is 0 where links are returned as often as they are there (Phys. Rev. Lett. 93)."""
    links = (np.random.default_rng(8).random((400, 400)) < 0.1).astype(np.int64)
    np.fill_diagonal(links, 0)
    low, high = np.nonzero(np.triu(links + links.T))
    found = network_reciprocity(low, high, links[low, high], links[high, low])
    assert found.reciprocity == pytest.approx(0.0, abs=0.01)


def test_the_chance_by_strengths_is_near_that_of_the_solved_model_of_squartini_and_others() -> None:
    """Sci. Rep. 3:2729: p = x·y solved for the strengths, p_ij·p_ji/(1 − p_ij·p_ji) returned."""
    random = np.random.default_rng(3)
    scale = random.lognormal(0.0, 0.6, 40)
    weights: Ints = random.poisson(np.outer(scale, scale) * 0.4)
    np.fill_diagonal(weights, 0)
    low, high = np.nonzero(np.triu(weights + weights.T))
    found = network_reciprocity(low, high, weights[low, high], weights[high, low])
    assert found.weighted_by_chance == pytest.approx(_solved_chance(weights), rel=0.05)


def _solved_chance(weights: Ints) -> float:
    """⟨r_w⟩ of the directed weighted configuration model by greatest likelihood."""
    count = len(weights)
    strengths = np.concatenate([weights.sum(axis=1), weights.sum(axis=0)]).astype(np.float64)
    others = ~np.eye(count, dtype=np.bool_)

    def chances(logs: Floats) -> Floats:
        return np.where(others, np.exp(-np.exp(logs[:count])[:, None] - np.exp(logs[count:])), 0.0)

    def unlikely(logs: Floats) -> tuple[float, Floats]:
        chance = chances(logs)
        mean = chance / (1.0 - chance)
        rest = strengths - np.concatenate([mean.sum(axis=1), mean.sum(axis=0)])
        loss = float(strengths @ np.exp(logs) - np.log1p(-chance).sum())
        return loss, rest * np.exp(logs)

    solved = minimize(unlikely, np.zeros(2 * count), jac=True, method="L-BFGS-B", tol=1e-12)
    both = chances(solved.x) * chances(solved.x).T
    return float((both / (1.0 - both)).sum() / weights.sum())


def test_the_logistic_curve_gives_the_chances_measured_with_two_constants() -> None:
    """11, 50 and 93 % at S of 2.5, 5.4 and 9: odds −3.9 + .72 S, measured on public mail."""
    parameters = ScoringParameters(alive_intercept=-3.9, alive_strength=0.72)
    found = alive(floats(2.5, 5.4, 9.0), floats(0, 0, 0), parameters)
    assert found.round(2).tolist() == [0.11, 0.5, 0.93]


def test_a_pareto_world_has_its_closed_lorenz_curve_and_gini() -> None:
    """L(F) = 1 − (1 − F)^(1 − 1/α) and 1/(2α − 1) (Gastwirth 1972, Rev. Econ. Stat. 54:306)."""
    ranks = (np.arange(200_000) + 0.5) / 200_000
    held = (1.0 - ranks) ** (-1.0 / 3.0)
    assert 1.0 - lorenz(held)[160_000] == pytest.approx(0.2 ** (2 / 3), abs=1e-3)
    assert gini(held) == pytest.approx(1 / 5, abs=1e-3)
