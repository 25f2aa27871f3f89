"""Several sources at once: nobody waits for another, nobody's failure stops another."""

import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from roc.config import CollectSettings, Config, GraphSettings
from roc.errors import CollectError, PermissionMissing, RateLimited, SignInFailed, SourceUnavailable
from roc.graph.store import Graph
from roc.workflows import connections, run_log, signing_in, tokens
from roc.workflows.asking import Asked, ask
from roc.workflows.connections import Connection
from roc.workflows.patience import Patience
from tests.collectors import fake_linkedin
from tests.collectors.fake_linkedin import FakeLinkedIn
from tests.collectors.fake_x import ANA, BEN, TOKEN, FakeX, post
from tests.collectors.loopback import Answer
from tests.collectors.loopback import Asked as Request
from tests.shell import Shell

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)


class Square(FakeX):
    """Where Ben mentioned Ana thrice; it may be told to wait for another server first."""

    def __init__(self) -> None:
        super().__init__()
        self.mentions = [post(n, BEN, mentions=[ANA]) for n in range(3)]
        self.asked_once = threading.Event()
        self.waits_for: threading.Event | None = None

    def answer(self, asked: Request) -> Answer:
        self.asked_once.set()
        if self.waits_for is not None:
            assert self.waits_for.wait(10), "the other host was not asked in the meantime"
        return super().answer(asked)


@pytest.fixture
def squares() -> Iterator[tuple[Square, Square]]:
    with Square() as one, Square() as other:
        yield one, other


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(
        graph=GraphSettings(file=str(tmp_path / "me.graph")),
        collect=CollectSettings(max_wait_seconds=0.0),
    )


def connected(config: Config, name: str, square: Square, token: str = TOKEN) -> Connection:
    """Sign in to a square under a name."""
    told = signing_in.Told("x", name, address=square.url, secret=token)
    return signing_in.connect(config, told, now=NOW, show=lambda _page: None).connection


def run(config: Config) -> Mapping[str, Asked]:
    done = ask(
        config, connections.connections(config), clock=lambda: NOW, wait=lambda _seconds: None
    )
    return {each.connection.name: each for each in done}


def new(asked: Asked) -> int:
    return sum(collected.new for collected in asked.collected)


def test_hosts_are_asked_at_the_same_time(config: Config, squares: tuple[Square, Square]) -> None:
    one, other = squares
    connected(config, "one", one)
    connected(config, "two", other)
    for square in squares:
        square.asked_once.clear()
    one.waits_for, other.waits_for = other.asked_once, one.asked_once
    assert [each.failures for each in run(config).values()] == [[], []]


def test_two_connections_to_one_host_take_turns(config: Config) -> None:
    class Strict(Square):
        inside = 0

        def respond(self, asked: Request) -> Answer:
            self.inside += 1
            assert self.inside == 1, "two requests at once"
            try:
                return super().respond(asked)
            finally:
                self.inside -= 1

    with Strict() as square:
        connected(config, "one", square)
        connected(config, "two", square)
        done = run(config)
    assert [each.failures for each in done.values()] == [[], []]
    assert [new(each) for each in done.values()] == [3, 0]


def test_each_connection_has_cursors_of_its_own(
    config: Config, squares: tuple[Square, Square]
) -> None:
    one, other = squares
    connected(config, "one", one)
    connected(config, "two", other)
    run(config)
    with Graph(config.graph_file) as graph:
        assert graph.cursor("x", "one/mentions")
        assert graph.cursor("x", "two/mentions")
        assert not graph.cursor("x", "mentions")
    before = one.count("/mentions")
    assert sum(map(new, run(config).values())) == 0
    assert one.count("/mentions") == before + 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(401), SignInFailed),
        (Answer(403), PermissionMissing),
        (Answer(429), RateLimited),
        (Answer(503), SourceUnavailable),
        (Answer(cut=True, body={"data": [{"id": "1"}]}), SourceUnavailable),
    ],
)
def test_one_source_that_fails_does_not_stop_the_others(
    config: Config, squares: tuple[Square, Square], answer: Answer, error: type[CollectError]
) -> None:
    one, other = squares
    connected(config, "one", one)
    connected(config, "two", other)
    for number in range(1, 20):
        one.fail("/mentions", answer, at=number)
    done = run(config)
    assert [type(failure) for failure in done["one"].failures] == [error]
    assert (new(done["two"]), done["two"].failures) == (3, [])


def test_a_source_that_is_gone_does_not_stop_the_others(
    config: Config, squares: tuple[Square, Square]
) -> None:
    connected(config, "two", squares[1])
    with Square() as passing:
        connected(config, "one", passing)
    done = run(config)
    assert [type(failure) for failure in done["one"].failures] == [SourceUnavailable]
    assert new(done["two"]) == 3


def test_a_defect_is_raised_where_the_run_was_called(
    config: Config, squares: tuple[Square, Square], monkeypatch: pytest.MonkeyPatch
) -> None:
    def defective(*_given: Any) -> Iterator[Any]:
        raise ZeroDivisionError
        yield

    connected(config, "one", squares[0])
    monkeypatch.setattr("roc.collectors.x.api.pull", defective)
    with pytest.raises(ZeroDivisionError):
        run(config)


# --- patience -------------------------------------------------------------------------------------


def patience(seconds: float, waited: list[float]) -> Patience:
    return Patience(seconds, lambda: NOW, waited.append, Random(7))


DOWN = SourceUnavailable("It is down.", may_pass=True)


def test_pauses_without_a_word_grow_and_come_to_an_end() -> None:
    waited: list[float] = []
    patient = patience(1000.0, waited)
    for _ in range(5):
        patient.wait_out(DOWN)
    with pytest.raises(SourceUnavailable):
        patient.wait_out(DOWN)
    assert all(0 <= pause <= 2 ** (number + 1) for number, pause in enumerate(waited))
    assert len(set(waited)) == 5


def test_after_an_answer_pauses_are_short_again() -> None:
    waited: list[float] = []
    patient = patience(1000.0, waited)
    for _ in range(20):
        patient.wait_out(DOWN)
        patient.answered()
    assert max(waited) <= 2.0


def test_a_moment_that_is_told_is_waited_for_to_the_second() -> None:
    waited: list[float] = []
    limit = RateLimited("Come back.", resume_at=NOW + timedelta(seconds=42))
    patience(60.0, waited).wait_out(limit)
    assert waited == [42.0]


@pytest.mark.parametrize(
    "refusal",
    [
        RateLimited("Come back.", resume_at=NOW + timedelta(seconds=61)),
        SourceUnavailable("It sends its visitors elsewhere."),
        PermissionMissing("A scope is missing."),
    ],
)
def test_what_waiting_does_not_help_is_not_waited_for(refusal: CollectError) -> None:
    waited: list[float] = []
    with pytest.raises(type(refusal)):
        patience(60.0, waited).wait_out(refusal)
    assert waited == []


# --- the command, and its log ---------------------------------------------------------------------


@pytest.fixture
def two(
    roc: Shell, squares: tuple[Square, Square], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Square, FakeLinkedIn]]:
    """X and LinkedIn, both told by the environment."""
    with FakeLinkedIn() as town:
        town.rows["CONNECTIONS"] = [
            fake_linkedin.connection("Ben", "Osei", fake_linkedin.BEN, "05 Mar 2024")
        ]
        monkeypatch.setenv("ROC_X_TOKEN", TOKEN)
        monkeypatch.setenv("ROC_X_BASE", squares[0].url)
        monkeypatch.setenv("ROC_LINKEDIN_TOKEN", fake_linkedin.TOKEN)
        monkeypatch.setenv("ROC_LINKEDIN_BASE", town.url)
        yield squares[0], town


def test_without_a_word_all_that_is_configured_is_asked(
    roc: Shell, two: tuple[Square, FakeLinkedIn]
) -> None:
    said = roc("collect")
    assert "x  mentions: 3 new" in said
    assert "linkedin  connections:" in said


def test_two_sources_can_be_named(roc: Shell, two: tuple[Square, FakeLinkedIn]) -> None:
    said = roc("collect", "linkedin", "x")
    assert "x  mentions: 3 new" in said
    assert "linkedin  connections:" in said


@pytest.mark.parametrize(
    ("first", "second", "status"), [(503, 429, 75), (503, 401, 1), (403, 200, 1), (429, 200, 75)]
)
def test_the_status_tells_whether_later_is_enough(
    roc: Shell, two: tuple[Square, FakeLinkedIn], first: int, second: int, status: int
) -> None:
    square, town = two
    square.fail("/mentions", Answer(first))
    if second != 200:
        town.fail("/rest/memberSnapshotData", Answer(second))
    ran = roc.run("collect", "--max-wait", "0")
    assert ran.status == status, ran.stderr


def test_a_run_leaves_a_line_and_the_next_report_can_name_who_failed(
    config: Config, squares: tuple[Square, Square]
) -> None:
    one, other = squares
    connected(config, "one", one)
    connected(config, "two", other)

    def logged(day: int) -> tuple[str, ...]:
        at = NOW + timedelta(days=day)
        run_log.write(config, list(run(config).values()), at=at)
        return tuple(
            f"{each.name} since {each.since}" for each in run_log.failing(config, at.date())
        )

    assert logged(0) == ()
    one.fail("/mentions", Answer(401))
    assert logged(1) == ("one since 2026-03-07",)
    one.fail("/mentions", Answer(503))
    assert logged(2) == ("one since 2026-03-07",)
    assert logged(3) == ()
    assert len(config.run_log.read_text(encoding="utf-8").splitlines()) == 4
    # As of an earlier day the report is what it was.
    assert [each.name for each in run_log.failing(config, (NOW + timedelta(days=2)).date())] == [
        "one"
    ]
    signing_in.disconnect(config, "one")
    assert run_log.failing(config, (NOW + timedelta(days=2)).date()) == ()


def test_a_damaged_log_is_no_reason_to_stop(config: Config) -> None:
    config.run_log.write_bytes(b'{"at": 7}\n\xff\xfe\n[]\nnull\n{"at": "2026-03-06"}\n')
    assert run_log.failing(config, NOW.date()) == ()


def test_the_log_does_not_grow_for_ever(
    config: Config, squares: tuple[Square, Square], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_log, "_MOST_LINES", 5)
    for minute in range(30):
        run_log.write(config, [], at=NOW + timedelta(minutes=minute))
    lines = config.run_log.read_text(encoding="utf-8").splitlines()
    assert 5 <= len(lines) <= 11
    assert "09:29" in lines[-1]


def test_a_token_that_ran_out_in_mid_run_is_told(
    config: Config, squares: tuple[Square, Square]
) -> None:
    made = connected(config, "one", squares[0])
    squares[0].fail("/mentions", Answer(401))
    done = run(config)["one"]
    assert [type(failure) for failure in done.failures] == [SignInFailed]
    assert tokens.find(config.tokens_file, made.key, made.kept_in).token == TOKEN
