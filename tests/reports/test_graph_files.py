"""The measured graph in the files that other tools read."""

import csv
import io
import json
from xml.etree import ElementTree

import networkx
import pytest

from roc.graph.records import Account, AccountSeen
from roc.graph.store import Graph
from roc.reports.graph_files import FORMATS, network
from roc.scoring.dyads import ties
from roc.scoring.network import measure
from roc.scoring.parameters import ScoringParameters
from tests.conftest import records

DAY = 20_475  # 2026-01-22


def measured(graph: Graph) -> "networkx.Graph[str]":
    parameters = ScoringParameters()
    with graph.read() as reader:
        people, contacts = reader.people, reader.contacts(DAY)
        measures = measure(
            people,
            contacts,
            reader.exchanges(DAY),
            reader.expenses(DAY),
            reader.declared(),
            DAY,
            parameters,
        )
    return network(people, ties(contacts, people, DAY, parameters), measures, parameters)


@pytest.fixture
def town(told_graph: Graph) -> "networkx.Graph[str]":
    """The graph that the test's docstring tells."""
    return measured(told_graph)


def test_ties_carry_both_directions_and_egos_carry_scores(town: "networkx.Graph[str]") -> None:
    """
    2026-01-05 me -> ana message
    2026-01-06 ana -> me reply
    2026-01-07 ana -> ben message
    """
    mine, theirs = town.edges["journal:ana", "me:me"], town.edges["journal:ana", "journal:ben"]
    assert (mine["there_days"], mine["back_days"]) == (1, 1)
    assert mine["state"] == "steady"
    assert 0 < mine["alive"] < 1
    assert (theirs["there_days"], theirs["back_days"]) == (1, 0)
    assert "alive" not in theirs
    assert town.nodes["me:me"]["ego"] is True


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_networkx_reads_what_was_written(town: "networkx.Graph[str]", format: str) -> None:
    """
    2026-01-05 me -> "Ana <López> & 'Co'" message
    2026-01-06 me -> ben message
    """
    read = getattr(networkx, f"read_{format}")(io.BytesIO(FORMATS[format](town)))
    assert set(read.nodes) == set(town.nodes)
    for one, other, values in town.edges(data=True):
        assert read.edges[one, other]["strength"] == pytest.approx(values["strength"])
        assert read.edges[one, other]["last"] == values["last"]


def test_xml_holds_no_sign_that_xml_forbids(graph: Graph) -> None:
    graph.add(records("2026-01-05 me -> x:1 message"), source="x", export="a")
    hostile = AccountSeen(Account("x", "1"), name="A\x00\x1b[2J\u202eB", organisation="\ufffe")
    graph.add([hostile], source="x", export="a")
    built = measured(graph)
    for format in ("graphml", "gexf"):
        assert ElementTree.fromstring(FORMATS[format](built)) is not None


def test_a_spreadsheet_finds_no_formula(town: "networkx.Graph[str]") -> None:
    """
    2026-01-05 me -> "=HYPERLINK(1)" message
    """
    rows = list(csv.reader(io.StringIO(FORMATS["csv"](town).decode("utf-8"))))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_json_tells_everyone_and_every_tie(town: "networkx.Graph[str]") -> None:
    """
    2026-01-05 me -> ana, ben lunch
    """
    told = json.loads(FORMATS["json"](town))
    assert [row["person"] for row in told["people"]] == ["journal:ana", "journal:ben", "me:me"]
    assert len(told["ties"]) == 3


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_the_same_graph_gives_the_same_bytes(town: "networkx.Graph[str]", format: str) -> None:
    """
    2026-01-05 me -> ana, ben lunch
    """
    assert FORMATS[format](town) == FORMATS[format](town.copy())
