"""What every live source promises, against the server of its world."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from roc.cli.options import now
from roc.config import CollectSettings, Config, GraphSettings
from roc.errors import (
    CollectError,
    PermissionMissing,
    QuotaExhausted,
    RateLimited,
    SignInFailed,
    SourceUnavailable,
)
from roc.graph.store import Graph
from roc.workflows.asking import collect_live
from roc.workflows.collecting import Collected, collect_export
from tests.collectors.loopback import Answer, Loopback
from tests.graph.facts import Facts, facts_of
from tests.killing import Order, Runs
from tests.live.world import World, worlds
from tests.shell import Shell

LAST_DAY = 40_000
MOST_KILLS = 4


@pytest.fixture(scope="module", params=list(worlds().values()), ids=list(worlds()))
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """One server for all tests of a source; those that change its history come last."""
    with request.param(tmp_path_factory.mktemp("world")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def signed_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    with Runs() as started:
        yield started


@pytest.fixture
def line(world: World) -> Iterator[Loopback]:
    if world.line is None:
        pytest.skip("it speaks no HTTP; its own tests fail it on the way")
    yield world.line
    world.line.relent()


def config(folder: Path, name: str = "me", patience: float = 0.0) -> Config:
    return Config(
        graph=GraphSettings(file=str(folder / f"{name}.graph")),
        collect=CollectSettings(max_wait_seconds=patience),
    )


def asked(config: Config, world: World) -> list[Collected]:
    return list(collect_live(config, world.source, clock=now, wait=lambda _seconds: None))


def facts(config: Config) -> Facts:
    with Graph(config.graph_file) as graph:
        assert graph.contacts_agree()
        return facts_of(graph, LAST_DAY)


def number_of_acts(config: Config) -> int:
    with closing(sqlite3.connect(config.graph_file)) as graph:
        return int(graph.execute("SELECT count(*) FROM interaction").fetchone()[0])


def test_a_second_run_adds_nothing_and_asks_once_a_stream(world: World, tmp_path: Path) -> None:
    graph = config(tmp_path)
    first = asked(graph, world)
    assert sum(done.new + done.described for done in first) > 0
    before = facts(graph)
    requests = world.requests()
    second = asked(graph, world)
    assert [(done.export, done.new) for done in second if done.new] == []
    assert facts(graph) == before
    if world.line is not None:
        assert world.requests() - requests <= len(second) + world.looks


def test_killed_at_each_commit_and_run_again_it_is_one_uninterrupted_run(
    world: World, runs: Runs, tmp_path: Path
) -> None:
    words = ("collect", world.source, "--graph", "whole.graph")
    environment = {**world.environment, "HOME": str(tmp_path)}
    order = Order(words, str(tmp_path), 100_000, environment=environment)
    uninterrupted = runs(order)
    assert uninterrupted.status == 0
    whole = facts(config(tmp_path, "whole"))
    commits = uninterrupted.commits[:: max(1, len(uninterrupted.commits) // MOST_KILLS)]
    killed = 0
    for commit in commits:
        name = f"killed-{commit}"
        words = ("collect", world.source, "--graph", f"{name}.graph")
        ended = runs(Order(words, str(tmp_path), 100_000, commit, environment=environment))
        killed += ended.killed
        assert runs(Order(words, str(tmp_path), 100_000, environment=environment)).status == 0
        assert facts(config(tmp_path, name)) == whole
    assert killed > len(commits) / 2


def test_the_export_and_the_api_in_any_order_are_one_set_of_facts(
    world: World, tmp_path: Path
) -> None:
    """The export may know more of an act, such as what it answers; it knows no other acts."""
    if world.export is None:
        pytest.skip("it has no export")
    alone = config(tmp_path, "alone")
    asked(alone, world)
    told = []
    for name, roads in {"api": "ae", "export": "ea", "thrice": "aea"}.items():
        both = config(tmp_path, name)
        for road in roads:
            if road == "a":
                asked(both, world)
            else:
                read = collect_export(both, world.export, source=world.source)
                assert read.new + read.known + read.corrected + read.described > 0
        told.append(facts(both))
        assert number_of_acts(both) == number_of_acts(alone)
    assert told[0] == told[1] == told[2]


def test_a_token_is_in_no_file_and_on_no_screen(
    world: World,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    roc = Shell(tmp_path, monkeypatch)
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    said = roc.run("collect", world.source)
    if world.line is not None:
        for answer in (Answer(401), Answer(500), Answer(body=b"half a p", cut=True)):
            world.line.fail("", answer)
            failed = roc.run("collect", world.source, "--max-wait", "0")
            assert failed.status in (1, 75), failed.stderr
            said = type(said)(0, said.stdout + failed.stdout, said.stderr + failed.stderr)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    for secret in world.secrets:
        assert secret not in said.stdout + said.stderr + caplog.text
        assert [path.name for path in files if secret.encode() in path.read_bytes()] == []


def _epoch(seconds: int) -> str:
    return str(int((now() + timedelta(seconds=seconds)).timestamp()))


def _iso(seconds: int) -> str:
    return (now() + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


REFUSALS: dict[str, tuple[Callable[[], Answer], type[CollectError], int]] = {
    "the token is refused": (lambda: Answer(401), SignInFailed, 1),
    "money is wanted": (lambda: Answer(402), QuotaExhausted, 75),
    "a scope is missing": (lambda: Answer(403), PermissionMissing, 1),
    "in haste, in seconds": (lambda: Answer(429, headers={"Retry-After": "900"}), RateLimited, 75),
    "in haste, by the epoch": (
        lambda: Answer(429, headers={"x-rate-limit-reset": _epoch(900)}),
        RateLimited,
        75,
    ),
    "in haste, by ISO": (
        lambda: Answer(429, headers={"X-RateLimit-Reset": _iso(900)}),
        RateLimited,
        75,
    ),
    "in haste, without a word": (lambda: Answer(429), RateLimited, 75),
    "a second limit": (lambda: Answer(403, headers={"Retry-After": "900"}), RateLimited, 75),
    "it is down": (lambda: Answer(503), SourceUnavailable, 75),
    "half a page": (lambda: Answer(cut=True, body={"data": [{"id": "1"}]}), SourceUnavailable, 75),
    "not what was asked": (lambda: Answer(body=b"<html>log in</html>"), SourceUnavailable, 75),
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_refusals_are_told_apart(
    world: World, line: Loopback, tmp_path: Path, refusal: str
) -> None:
    answer, error, code = REFUSALS[refusal]
    for path in world.pages[:1]:
        line.fail(path, answer())
        with pytest.raises(error) as refused:
            asked(config(tmp_path), world)
        assert refused.value.exit_code == code
        assert refused.value.hint
        if "in haste," in refusal and "without" not in refusal:
            assert isinstance(refused.value, RateLimited)
            assert refused.value.resume_at is not None
            seconds = (refused.value.resume_at - now()).total_seconds()
            assert 800 < seconds <= 900


def test_what_failed_half_way_is_completed_by_the_next_run(
    world: World, line: Loopback, tmp_path: Path
) -> None:
    whole = config(tmp_path, "whole")
    asked(whole, world)
    for path in world.pages:
        broken = config(tmp_path, path.strip("/").replace("/", "-"))
        line.fail(path, Answer(cut=True, body={"data": [{"id": "1"}]}), at=2)
        try:
            asked(broken, world)
        except SourceUnavailable:
            asked(broken, world)
        assert facts(broken) == facts(whole)


def test_what_is_new_is_found(world: World, tmp_path: Path) -> None:
    graph = config(tmp_path)
    asked(graph, world)
    before = facts(graph)
    world.something_new()
    asked(graph, world)
    assert facts(graph) != before
