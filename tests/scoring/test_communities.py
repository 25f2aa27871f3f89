"""Communities and brokers, against networkx and against what can be seen with the naked eye."""

import networkx as nx
import numpy as np
import pytest

from roc.graph.frames import Floats, Ints
from roc.scoring.communities import NOBODY, communities, constraint

Graph = tuple[Ints, Ints, Floats, int]


def edges(graph: "nx.Graph[int]") -> Graph:
    low, high = np.array(sorted(map(sorted, graph.edges)), dtype=np.int64).reshape(-1, 2).T
    weight = np.array([graph[a][b].get("weight", 1.0) for a, b in zip(low, high, strict=True)])
    return low, high, weight, graph.number_of_nodes()


def drawn(seed: int) -> "nx.Graph[int]":
    graph: nx.Graph[int] = nx.gnp_random_graph(40, 0.15, seed=seed)
    dice = np.random.default_rng(seed)
    for a, b in graph.edges:
        graph[a][b]["weight"] = float(dice.uniform(0.1, 5))
    return graph


def groups(found: Ints) -> list[set[int]]:
    return [set(np.flatnonzero(found == number).tolist()) for number in range(found.max() + 1)]


def test_two_cliques_with_a_bridge_are_two_communities() -> None:
    graph = nx.barbell_graph(6, 0)
    assert groups(communities(*edges(graph))) == [set(range(6)), set(range(6, 12))]


def test_the_larger_community_has_the_smaller_number() -> None:
    graph = nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(5))
    assert groups(communities(*edges(graph))) == [{3, 4, 5, 6, 7}, {0, 1, 2}]


def test_zacharys_club_is_cut_as_well_as_networkx_cuts_it() -> None:
    graph = nx.karate_club_graph()
    for a, b in graph.edges:
        graph[a][b]["weight"] = 1.0
    ours = nx.community.modularity(graph, groups(communities(*edges(graph))))
    theirs = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1))
    assert ours >= theirs - 1e-9
    assert ours == pytest.approx(0.4198, abs=1e-4)  # the best there is


def test_ego_belongs_nowhere_and_holds_nobody_together() -> None:
    """Two cliques that only know each other through ego."""
    graph = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(3))
    graph.add_edges_from((7, other) for other in range(7))
    graph.add_edge(7, 8)
    found = communities(*edges(graph), ego=7)
    assert groups(found) == [{0, 1, 2, 3}, {4, 5, 6}]
    assert found[[7, 8]].tolist() == [NOBODY, NOBODY]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_ties_changes_nothing(seed: int) -> None:
    low, high, weight, count = edges(drawn(seed))
    order = np.random.default_rng(seed).permutation(len(low))
    turned = communities(high[order], low[order], weight[order], count)
    assert (turned == communities(low, high, weight, count)).all()


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_constraint_is_that_of_networkx(seed: int) -> None:
    graph = drawn(seed)
    theirs = nx.constraint(graph, weight="weight")
    ours = constraint(*edges(graph))
    assert ours == pytest.approx([theirs[node] for node in range(40)], nan_ok=True)


def test_whoever_stands_between_is_least_constrained() -> None:
    star = nx.star_graph(5)
    found = constraint(*edges(star))
    assert found[0] == pytest.approx(1 / 5)
    assert found[1:] == pytest.approx(np.ones(5))


def test_without_ties_there_is_nothing_to_say() -> None:
    none = np.array([], dtype=np.int64)
    assert communities(none, none, np.array([]), 3).tolist() == [NOBODY] * 3
    assert np.isnan(constraint(none, none, np.array([]), 3)).all()
    one, other = np.array([0]), np.array([1])
    assert communities(one, other, np.array([0.0]), 2).tolist() == [NOBODY] * 2
