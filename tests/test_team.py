"""A team's graph on a server, from the command line: it says what a file says."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from roc.config import StoreSettings, load
from roc.demo import write
from roc.errors import UnknownPerson
from roc.graph.store import Graph
from roc.workflows import collecting, keeping, reporting
from tests.graph.worlds import assert_same, assert_same_measures, state
from tests.postgresql import PASSWORD, fresh_url, server
from tests.shell import Shell
from tests.stores import needs_postgresql

pytestmark = needs_postgresql

DAY = date(2026, 3, 8)


@pytest.fixture
def url() -> Iterator[str]:
    with fresh_url() as found:
        yield found


@pytest.fixture
def team(roc: Shell, url: str) -> Shell:
    roc.write("team.toml", f'[me]\nname = "Ana"\n\n[store]\nurl = "{url}"\n')
    return roc


def test_the_demo_network_on_a_server_gives_the_same_frames_and_the_same_report(
    tmp_path: Path, url: str
) -> None:
    demo = write(tmp_path / "demo", last_day=DAY)
    in_a_file = load(demo.config)
    on_a_server = replace(in_a_file, store=StoreSettings(url=url))
    written = []
    for name, config, exports in (
        ("file", in_a_file, demo.exports),
        ("server", on_a_server, demo.exports[::-1]),
    ):
        for export in exports:
            collecting.collect_export(config, export)
        for one, other in demo.same_people:
            with suppress(UnknownPerson):  # who never wrote has no account to merge
                keeping.merge(config, one, other)
        (tmp_path / name).mkdir()
        reporting.report(config, as_of=DAY, folder=tmp_path / name)
        reporting.audit(config, as_of=DAY, folder=tmp_path / name)
        files = sorted((tmp_path / name).iterdir())
        written.append({path.name: path.read_bytes() for path in files})
    assert written[0].keys() == written[1].keys()
    assert [name for name in written[0] if written[0][name] != written[1][name]] == []
    with Graph(in_a_file.graph_at) as graph, Graph(url) as shared:
        told, twin = state(graph), state(shared)
    assert_same(told, twin)
    assert_same_measures(told, twin)


def test_two_of_a_team_write_into_one_graph(team: Shell) -> None:
    team("log", "2026-01-01 me -> ana message", "--config", "team.toml")
    team.write("bens.toml", (team.folder / "team.toml").read_text().replace("Ana", "Ben"))
    team("log", "2026-01-02 me -> chidi lunch", "--config", "bens.toml")
    listed = team("people", "list", "--config", "team.toml")
    assert "ana" in listed
    assert "chidi" in listed


def test_a_file_that_is_named_on_the_command_line_wins(team: Shell, url: str) -> None:
    words = ("2026-01-01 me -> ana message", "--config", "team.toml")
    team("log", *words, "--graph", "mine.graph")
    with Graph(url) as graph:
        assert graph.kept_contacts() == []
    with Graph(team.folder / "mine.graph") as graph:
        assert len(graph.kept_contacts()) == 1


def test_doctor_tells_where_the_graph_is_and_no_password(team: Shell, url: str) -> None:
    team("log", "2026-01-01 me -> ana message", "--config", "team.toml")
    where = url.replace(f":{PASSWORD}", "")
    for words in (("doctor",), ("doctor", "--json")):
        ran = team.run(*words, "--config", "team.toml")
        assert ran.status == 0, ran.stderr
        assert where in ran.stdout
        assert PASSWORD not in ran.stdout + ran.stderr


def test_no_error_shows_the_password(team: Shell, url: str) -> None:
    text = (team.folder / "team.toml").read_text()
    for change, what, status in (
        ((str(server().port), "1"), "cannot be reached", 1),
        (("/graph", "/nothing"), "does not exist", 1),
        (("roc:", "nobody:"), "refuses that user or password", 1),
        (("postgresql+psycopg", "mysql"), "is not the address of a PostgreSQL database", 2),
    ):
        team.write("broken.toml", text.replace(*change))
        said = team.refused("people", "list", "--config", "broken.toml", status=status)
        assert what in said
        assert PASSWORD not in said
    assert PASSWORD not in repr(load(team.folder / "team.toml"))


def test_what_is_left_to_erase_is_told_to_be_on_the_server(
    team: Shell, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roc.graph.databases.server.WAIT_FOR_LOCK_SECONDS", 0.1)
    there = ("--config", "team.toml")
    team("log", "2026-01-01 me -> zenobia, ben message", *there)
    with Graph(url) as graph, graph.read() as reader:
        assert len(reader.people) == 3
        forgot = team.run("people", "forget", "zenobia", "--yes", *there)
        looked = team.run("doctor", *there)
    assert "The graph is sound." in looked.stdout
    for said in (forgot.stderr, looked.stderr):
        assert "in the tables on the server" in said
    owner = team.refused("people", "forget", "me:me", "--yes", *there)
    assert "its database on the server" in owner
    for said in (forgot.stderr, looked.stdout, looked.stderr):
        assert " file" not in said
    assert json.loads(team("doctor", *there, "--json"))["erased"] is True


def test_a_password_can_stand_in_libpqs_own_file(
    team: Shell, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Path(team.write("pgpass", f"127.0.0.1:{server().port}:*:*:{PASSWORD}\n"))
    kept.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(kept.absolute()))
    text = (team.folder / "team.toml").read_text()
    team.write("team.toml", re.sub(f":{PASSWORD}@", "@", text))
    assert '"new": 1' in team(
        "log", "2026-01-01 me -> ana message", "--config", "team.toml", "--json"
    )
