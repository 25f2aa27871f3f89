"""A graph told in the test's docstring, line by line in the journal's notation."""

import inspect
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from roc.collectors.journal import parse_line
from roc.graph.records import Interaction, Record
from roc.graph.store import Graph
from tests import modes
from tests.shell import Shell
from tests.stores import STORES, fresh


@pytest.fixture(params=STORES)
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """Where an empty graph is, or can be made: a file in ``tmp_path``, a database on a server."""
    if request.param == "file":
        yield tmp_path / "me.graph"
    else:
        with fresh(request.param) as url:
            yield url


@pytest.fixture
def graph(where: Path | str) -> Iterator[Graph]:
    """An empty graph."""
    with Graph(where) as opened:
        yield opened


@pytest.fixture
def modes_obeyed() -> Iterator[None]:
    """Files are read and written as their modes say, even where root runs the tests."""
    with modes.obeyed():
        yield


@pytest.fixture(autouse=True)
def nobodys_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test knows the settings, tokens or keyring of whoever runs it."""
    for name in os.environ:
        if name.startswith("ROC_") and name != "ROC_ACCEPT":
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def roc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """The command line, in an empty folder."""
    return Shell(tmp_path, monkeypatch)


@pytest.fixture
def told(request: pytest.FixtureRequest) -> list[Record]:
    """What the lines of the test's docstring say."""
    return records(inspect.getdoc(request.function) or "")


@pytest.fixture
def told_graph(graph: Graph, told: list[Record]) -> Graph:
    """The graph that the lines of the test's docstring tell."""
    graph.add(told, source="journal", export="docstring")
    return graph


def records(text: str) -> list[Record]:
    """What the lines of a text say; each line is an act of its own, however often it stands."""
    found: list[Record] = []
    for number, line in enumerate(text.splitlines(), start=1):
        for record in parse_line(line, f"line {number}"):
            if isinstance(record, Interaction):
                found.append(replace(record, external_id=f"{record.external_id}-{number}"))
            else:
                found.append(record)
    return found
