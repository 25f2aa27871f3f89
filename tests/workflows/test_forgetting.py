"""Forgetting: whoever goes is shown first, and what roc wrote about them is found again later."""

from pathlib import Path

import pytest

from roc.config import Config, GraphSettings
from roc.graph.records import Account, AccountSeen, Record
from roc.graph.store import Graph
from roc.workflows.forgetting import find, forget
from roc.workflows.outputs import write_outputs

MAIL = Account("email", "zenobia@example.org")
ZENOBIA = AccountSeen(MAIL, "Zenobia Quux")
BEN = AccountSeen(Account("email", "ben@example.org"), "Ben Okafor")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(graph=GraphSettings(file=str(tmp_path / "me.graph")))


def tell(config: Config, *told: Record) -> None:
    with Graph(config.graph_at) as graph:
        graph.add(told, source="email", export="all.mbox")


def write(config: Config, file: Path, text: str) -> Path:
    write_outputs(config, {file: text.encode()}, hint="")
    return file


def noted(config: Config) -> list[Path]:
    with Graph(config.graph_at) as graph:
        return sorted(map(Path, graph.outputs()))


def test_whoever_goes_with_somebody_is_shown_and_looked_for(config: Config, tmp_path: Path) -> None:
    same = Account("crm", "Zenobia@Example.org")
    profile = Account("linkedin", "wanda")
    wanda = AccountSeen(profile, "Wanda Wu", same_as=(same,))
    tell(config, ZENOBIA, AccountSeen(same, "Office Four"), wanda, BEN)
    report = write(config, tmp_path / "week.html", "<p>Wanda Wu</p>")
    found = find(config, "Zenobia Quux")
    assert found.person.accounts == (str(MAIL),)
    assert [row.accounts for row in found.others] == [(str(same), str(profile))]
    assert found.traces.outputs == (report,)
    assert forget(config, found, outputs=True).deleted == (report,)
    with Graph(config.graph_at) as graph, graph.read() as reader:
        assert sorted(reader.people.accounts) == [("email:ben@example.org",), ("me:me",)]
