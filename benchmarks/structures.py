"""Seconds for measures of a whole graph: ours, networkx's and igraph's, on the same ties.

Run: ``python -m benchmarks.structures TIES…``. People are a fifth of the ties, in groups that know
each other, with a tenth of all ties across. networkx is left out above 200,000 ties. What igraph
finds is held against ours.
"""

import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from roc.graph.frames import Floats, Ints
from roc.scoring.centrality import personalised_pagerank
from roc.scoring.communities import communities, constraint

MOST_FOR_NETWORKX = 200_000
_GROUP = 40
_DAMPING = 0.85

Found = TypeVar("Found")


def ties(count: int) -> tuple[Ints, Ints, Floats, int]:
    """Ties between people in groups, each once."""
    dice = np.random.default_rng(1)
    people = count // 5
    one = dice.integers(0, people, count)
    near = (one // _GROUP) * _GROUP + dice.integers(0, _GROUP, count)
    other = np.where(dice.random(count) < 0.1, dice.integers(0, people, count), near % people)
    low, high = np.minimum(one, other), np.maximum(one, other)
    pair = np.unique((low * people + high)[low != high])
    low, high = np.divmod(pair, people)
    return low, high, dice.uniform(0.1, 9, len(pair)), people


def timed(name: str, work: Callable[[], Found]) -> Found:
    """Do it, and print how long it took."""
    began = time.perf_counter()
    found = work()
    print(f"  {name:<32} {time.perf_counter() - began:8.2f} s")
    return found


def compare(count: int) -> None:
    """Print all measures of all who have them."""
    import igraph

    low, high, weight, people = ties(count)
    print(f"{len(low):,} ties of {people:,} people")
    pairs = np.stack([low, high], axis=1)
    graph = timed("igraph: graph", lambda: igraph.Graph(n=people, edges=pairs))
    ours = timed("roc: communities", lambda: communities(low, high, weight, people))
    leiden = timed(
        "igraph: communities",
        lambda: graph.community_leiden("modularity", weights=weight, n_iterations=4),
    )
    cut = igraph.VertexClustering(graph, membership=np.maximum(ours, 0).tolist())
    modularity = [graph.modularity(each, weights=weight) for each in (cut, leiden)]
    print(f"  modularity {modularity[0]:.4f}, igraph's {modularity[1]:.4f}")
    held = timed("roc: constraint", lambda: constraint(low, high, weight, people))
    theirs = timed("igraph: constraint", lambda: graph.constraint(weights=weight.tolist()))
    print(f"  constraint apart by {np.nanmax(np.abs(held - np.array(theirs))):.0e}")
    both = np.concatenate([low, high]), np.concatenate([high, low])
    restart = (np.arange(people) == 0).astype(np.float64)
    walk = timed(
        "roc: PageRank from one",
        lambda: personalised_pagerank(*both, np.tile(weight, 2), restart, _DAMPING),
    )
    rank = timed(
        "igraph: PageRank from one",
        lambda: graph.personalized_pagerank(
            reset=restart.tolist(), weights=weight.tolist(), damping=_DAMPING
        ),
    )
    print(f"  PageRank apart by {np.abs(walk - np.array(rank)).max():.0e}")
    if len(low) <= MOST_FOR_NETWORKX:
        with_networkx(low, high, weight, people)


def with_networkx(low: Ints, high: Ints, weight: Floats, people: int) -> None:
    """The same by networkx, which has no Leiden of its own."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(people))
    rows = zip(low.tolist(), high.tolist(), weight.tolist(), strict=True)
    timed("networkx: graph", lambda: graph.add_weighted_edges_from(rows))
    timed(
        "networkx: communities (Louvain)", lambda: nx.community.louvain_communities(graph, seed=1)
    )
    timed("networkx: constraint", lambda: nx.constraint(graph, weight="weight"))
    timed("networkx: PageRank from one", lambda: nx.pagerank(graph, personalization={0: 1.0}))


if __name__ == "__main__":
    for size in sys.argv[1:] or ["100000"]:
        compare(int(float(size)))
