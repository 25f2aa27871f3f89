"""The measured graph as networkx knows it, and the files that Gephi and others read.

The graph is undirected: one edge per pair of people between whom something passed, with both
directions as attributes. Nodes and edges come in the order of people's keys, so that the same
facts give the same bytes.
"""

import io
import json
import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from roc.graph.frames import Floats, People
from roc.reports.tables import csv_text
from roc.reports.text import day as date_of
from roc.reports.text import plain
from roc.scoring.communities import NOBODY, communities, constraint
from roc.scoring.dyads import Ties
from roc.scoring.measures import STATES, Measures
from roc.scoring.parameters import ScoringParameters
from roc.scoring.strength import strength

if TYPE_CHECKING:
    import networkx

_EGO_COLUMNS = (
    "strength_low",
    "strength_high",
    "alive",
    "balance",
    "trust",
    "known_and_trusted",
    "returned",
    "invested",
    "connection_roc",
)


def network(
    people: People, ties: Ties, measures: Measures, parameters: ScoringParameters
) -> "networkx.Graph[str]":
    """Everyone who is not set aside, and every tie, as a networkx graph.

    Args:
        people: everyone.
        ties: every pair between whom something passed.
        measures: ego's ties; their scores become attributes of ego's edges.
        parameters: those the ties were made with.

    Returns:
        Nodes are person keys with ``name``, ``organisation``, ``ego``, ``tags``, ``community``
        (from 0, the largest) and ``constraint`` (Burt's, low for brokers). Edges have
        ``strength`` (0 to 100), ``there_days`` and ``back_days`` (from the smaller key to the
        larger one and back), ``first`` and ``last``; ego's edges also ``state`` and all scores.
        What is undefined has no attribute.
    """
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    for number, key in enumerate(people.keys):
        if not people.set_aside[number]:
            graph.add_node(
                key,
                name=plain(people.names[number]),
                organisation=plain(people.organisations[number]),
                ego=number == people.ego,
                tags=" ".join(map(plain, people.tags[number])),
            )
    there, back = (ties.sums[:, way] for way in (0, 1))
    shown = strength(there, back, ties.squares[:, 0], ties.squares[:, 1], parameters).shown
    for row in range(len(ties)):
        graph.add_edge(
            people.keys[ties.low[row]],
            people.keys[ties.high[row]],
            strength=round(float(shown[row]), 6),
            there_days=int(ties.days[row, 0]),
            back_days=int(ties.days[row, 1]),
            first=date_of(int(ties.first_day[row])).isoformat(),
            last=date_of(int(ties.last_day[row])).isoformat(),
        )
    _add_places(graph, people, ties, np.nan_to_num(shown))
    _add_scores(graph, people, measures)
    return graph


def _add_places(graph: "networkx.Graph[str]", people: People, ties: Ties, weight: Floats) -> None:
    """Who belongs to whom, and who stands between them."""
    belongs = communities(ties.low, ties.high, weight, len(people), people.ego)
    held = constraint(ties.low, ties.high, weight, len(people))
    for number, key in enumerate(people.keys):
        if key in graph and belongs[number] != NOBODY:
            graph.nodes[key]["community"] = int(belongs[number])
        if key in graph and not math.isnan(held[number]):
            graph.nodes[key]["constraint"] = round(float(held[number]), 6)


def _add_scores(graph: "networkx.Graph[str]", people: People, measures: Measures) -> None:
    ego, ties = people.keys[people.ego], measures.ties
    for place, alter in enumerate(ties.alter.tolist()):
        edge = (ego, people.keys[alter])
        if not graph.has_edge(*edge):
            continue
        scores = {name: float(getattr(ties, name)[place]) for name in _EGO_COLUMNS}
        known = {name: round(value, 6) for name, value in scores.items() if math.isfinite(value)}
        graph.edges[edge].update(known, state=STATES[ties.state[place]])


def _graphml(graph: "networkx.Graph[str]") -> bytes:
    import networkx

    stream = io.BytesIO()
    networkx.write_graphml_xml(graph, stream, infer_numeric_types=True)
    return stream.getvalue()


def _gexf(graph: "networkx.Graph[str]") -> bytes:
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph)
    # The writer stamps the day of writing; the same facts are to give the same bytes.
    for meta in writer.xml.findall("meta"):
        writer.xml.remove(meta)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _json(graph: "networkx.Graph[str]") -> bytes:
    told: dict[str, Any] = {
        "people": [{"person": key, **values} for key, values in graph.nodes(data=True)],
        "ties": [{"one": one, "other": other, **values} for one, other, values in _edges(graph)],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, default=str) + "\n").encode("utf-8")


def _csv(graph: "networkx.Graph[str]") -> bytes:
    columns = dict.fromkeys(name for *_, values in _edges(graph) for name in values)
    names = graph.nodes
    rows = [
        (
            one,
            names[one]["name"],
            other,
            names[other]["name"],
            *(values.get(column) for column in columns),
        )
        for one, other, values in _edges(graph)
    ]
    return csv_text(("one", "one_name", "other", "other_name", *columns), rows).encode("utf-8")


def _edges(graph: "networkx.Graph[str]") -> list[tuple[str, str, dict[str, Any]]]:
    return [(one, other, dict(values)) for one, other, values in graph.edges(data=True)]


FORMATS: Mapping[str, Callable[["networkx.Graph[str]"], bytes]] = {
    "csv": _csv,
    "graphml": _graphml,
    "gexf": _gexf,
    "json": _json,
}
"""How a graph is set in each format."""
