"""Random-walk scores, against networkx."""

import networkx as nx
import numpy as np
import pytest

from roc.scoring.centrality import eigentrust, personalised_pagerank
from tests.acts import floats


def test_personalised_pagerank_agrees_with_networkx() -> None:
    random, count = np.random.default_rng(2), 40
    sender, recipient = random.integers(0, count - 5, 300), random.integers(0, count, 300)
    weight = random.uniform(0.1, 3.0, 300)
    restart = np.zeros(count)
    restart[[3, 8]] = 1.0, 2.0
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(count))
    for one, other, carried in zip(sender, recipient, weight, strict=True):
        before = graph.get_edge_data(int(one), int(other), {"weight": 0.0})["weight"]
        graph.add_edge(int(one), int(other), weight=before + carried)
    expected = nx.pagerank(graph, 0.85, {3: 1.0, 8: 2.0}, tol=1e-12, max_iter=1000)
    found = personalised_pagerank(sender, recipient, weight, restart, 0.85)
    assert found.tolist() == pytest.approx([expected[node] for node in range(count)], abs=1e-9)


def test_eigentrust_is_where_everyones_word_counts_as_they_are_trusted() -> None:
    rater, ratee = np.array([0, 0, 1, 2]), np.array([1, 2, 2, 0])
    trusted = floats(1, 1, 1)
    found = eigentrust(rater, ratee, floats(3, 1, 2, -5), trusted, 0.2)
    # Chidi's only word is distrust, so his trust goes back to all alike
    step = np.array([[0, 0, 1 / 3], [0.75, 0, 1 / 3], [0.25, 1, 1 / 3]])
    assert (0.8 * step @ found + 0.2 / 3).tolist() == pytest.approx(found.tolist())
    assert found.sum() == pytest.approx(1.0)


def test_a_walk_among_people_without_links_stays_where_it_starts() -> None:
    nobody = np.zeros(0, dtype=np.int64)
    assert personalised_pagerank(nobody, nobody, floats(), floats(1, 3), 0.85).tolist() == [
        0.25,
        0.75,
    ]


def test_walks_that_cannot_be_walked_are_refused() -> None:
    link = np.array([0])
    with pytest.raises(ValueError, match="negative"):
        personalised_pagerank(link, link, floats(-1), floats(1), 0.85)
    with pytest.raises(ValueError, match="finite"):
        personalised_pagerank(link, link, floats(np.inf), floats(1), 0.85)
    with pytest.raises(ValueError, match="start somewhere"):
        personalised_pagerank(link, link, floats(1), floats(0), 0.85)
    with pytest.raises(ValueError, match="damping"):
        personalised_pagerank(link, link, floats(1), floats(1), 1.0)
    with pytest.raises(ValueError, match="ratings"):
        eigentrust(link, link, floats(np.nan), floats(1), 0.2)
