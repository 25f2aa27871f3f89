"""Asking live sources, from the command line to the graph file, against servers on this machine."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from roc.config import CollectSettings, Config, GraphSettings
from roc.errors import PermissionMissing, RateLimited
from roc.graph.store import Graph
from roc.workflows.asking import collect_live
from roc.workflows.collecting import Collected
from tests.collectors.fake_x import ANA, BEN, TOKEN, FakeX, moment, number, post
from tests.collectors.loopback import Answer
from tests.shell import Shell

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)


class Watch:
    """A clock that goes on only while somebody waits."""

    def __init__(self) -> None:
        self.now = NOW
        self.waited: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def square(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeX]:
    """Ben mentions Ana 250 times, which takes three pages, and she answers twice."""
    with FakeX() as server:
        server.mentions = [post(n, BEN, mentions=[ANA]) for n in range(250)]
        server.posts = [post(300 + n, ANA, answers=(number(moment(n)), BEN)) for n in range(2)]
        monkeypatch.setenv("ROC_X_TOKEN", TOKEN)
        monkeypatch.setenv("ROC_X_BASE", server.url)
        yield server


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(graph=GraphSettings(file=str(tmp_path / "me.graph")))


def asked(config: Config, watch: Watch) -> list[Collected]:
    return list(collect_live(config, "x", clock=watch, wait=watch.wait))


def facts(config: Config) -> list[tuple[object, ...]]:
    with Graph(config.graph_file) as graph:
        assert graph.contacts_agree()
        return graph.kept_contacts()


def limit(seconds: int) -> Answer:
    """X's "come back later", in so many seconds after NOW."""
    return Answer(429, headers={"x-rate-limit-reset": str(int(NOW.timestamp()) + seconds)})


def test_every_stream_is_read_to_its_end(square: FakeX, config: Config) -> None:
    read = {done.export: done.new for done in asked(config, Watch())}
    assert (read["mentions"], read["posts"]) == (250, 2)


def test_a_second_run_with_nothing_new_adds_nothing(square: FakeX, config: Config) -> None:
    asked(config, Watch())
    before, requests = facts(config), square.count("/mentions")
    assert sum(done.new for done in asked(config, Watch())) == 0
    assert facts(config) == before
    assert square.count("/mentions") == requests + 1


def test_a_short_limit_is_waited_out_and_changes_nothing(
    square: FakeX, config: Config, tmp_path: Path
) -> None:
    asked(config, Watch())
    other = replace(config, graph=GraphSettings(file=str(tmp_path / "other.graph")))
    square.fail("/mentions", limit(40), at=2)
    watch = Watch()
    read = {done.export: done.new for done in asked(other, watch)}
    assert watch.waited == [40.0]
    assert read["mentions"] == 250
    assert facts(other) == facts(config)


def test_a_long_limit_keeps_what_is_there_and_goes_on_from_it_later(
    square: FakeX, config: Config
) -> None:
    square.fail("/mentions", limit(900), at=2)
    watch = Watch()
    with pytest.raises(RateLimited) as limited:
        asked(config, watch)
    assert (watch.waited, limited.value.exit_code) == ([], 75)
    assert limited.value.resume_at == NOW + timedelta(seconds=900)
    first = len(facts(config))
    assert first > 0
    watch.now += timedelta(hours=1)
    assert sum(done.new for done in asked(config, watch) if done.export == "mentions") == 150


def test_patience_is_for_the_whole_run(square: FakeX, config: Config) -> None:
    impatient = replace(config, collect=CollectSettings(max_wait_seconds=50.0))
    square.fail("/mentions", limit(40), at=1)
    square.fail("/mentions", limit(80), at=2)
    watch = Watch()
    with pytest.raises(RateLimited):
        asked(impatient, watch)
    assert watch.waited == [40.0]


def test_a_stream_that_is_not_allowed_does_not_stop_the_others(
    square: FakeX, config: Config
) -> None:
    square.fail("/mentions", Answer(403))
    read: list[Collected] = []
    with pytest.raises(PermissionMissing):
        read.extend(collect_live(config, "x", clock=Watch(), wait=Watch().wait))
    assert "posts" in {done.export for done in read}


def test_the_command_tells_the_price_first_and_what_came(
    square: FakeX, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roc = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("ROC_X_TOKEN", TOKEN)
    ran = roc.run("collect", "x", "--max-cost", "3")
    assert ran.status == 0, ran.stderr
    assert "Asking x costs at most $" in ran.stderr
    assert "it stops at $3.00" in ran.stderr
    assert "x  mentions: 250 new" in ran.stdout
    assert json.loads(roc("collect", "x", "--json"))[0]["new"] == 0


def test_the_command_ends_with_75_where_the_source_asks_to_come_back(
    square: FakeX, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roc = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("ROC_X_TOKEN", TOKEN)
    square.fail("/mentions", Answer(429), at=1)
    ran = roc.run("collect", "x", "--max-wait", "0")
    assert ran.status == 75
    assert TOKEN not in ran.stdout + ran.stderr
    assert ran.stderr.splitlines()[-2].startswith("roc: ")


def test_streams_read_before_a_refusal_are_told(
    square: FakeX, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roc = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("ROC_X_TOKEN", TOKEN)
    square.fail("/dm_events", Answer(403))
    ran = roc.run("collect", "x")
    assert ran.status == 1
    assert "x  mentions: 250 new" in ran.stdout
    assert "dm.read" in ran.stderr
