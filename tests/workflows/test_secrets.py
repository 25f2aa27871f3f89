"""Tokens stay in the environment: not in the file or its log, in what is said, logged or raised."""

import logging
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from roc.cli.options import now
from roc.collectors.base import LiveSettings
from roc.collectors.registry import live
from roc.config import Config, GraphSettings
from roc.errors import CollectError
from roc.workflows.asking import collect_live
from tests.collectors import fake_linkedin, fake_x
from tests.collectors.fake_linkedin import FakeLinkedIn
from tests.collectors.fake_x import FakeX, post
from tests.collectors.loopback import Answer, Loopback
from tests.shell import Shell

TOKENS = {"x": fake_x.TOKEN, "linkedin": fake_linkedin.TOKEN}
PATHS = {"x": "/2/users/me", "linkedin": "/rest/memberSnapshotData"}


@pytest.fixture(params=sorted(TOKENS))
def source(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(source: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    """A source that has something to tell whoever has its token."""
    with FakeX() if source == "x" else FakeLinkedIn() as played:
        if isinstance(played, FakeX):
            played.mentions = [post(n, fake_x.BEN, mentions=[fake_x.ANA]) for n in range(3)]
        else:
            ben = fake_linkedin.connection("Ben", "Osei", fake_linkedin.BEN, "05 Mar 2024")
            played.rows["CONNECTIONS"] = [ben]
        monkeypatch.setenv(f"ROC_{source.upper()}_TOKEN", TOKENS[source])
        monkeypatch.setenv(f"ROC_{source.upper()}_BASE", played.url)
        yield played


def told_in_files(folder: Path, secret: str) -> list[str]:
    """The files that hold a secret."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if secret.encode() in path.read_bytes()]


def test_a_token_is_in_no_file_and_on_no_screen(
    roc: Shell, server: Loopback, source: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    roc("init", "--graph", "me.graph")
    with closing(sqlite3.connect("me.graph")) as holder:
        holder.execute("SELECT count(*) FROM setting").fetchall()  # who keeps the log from going
        ran = roc.run("collect", source)
        assert ran.status == 0, ran.stderr
        assert server.asked
        assert (roc.folder / "me.graph-wal").stat().st_size > 0
        said = [ran.stdout, ran.stderr, roc("doctor", "--json"), roc("people", "list", "--json")]
        assert told_in_files(roc.folder, TOKENS[source]) == []
    roc("backup", "copy.graph")
    assert told_in_files(roc.folder, TOKENS[source]) == []
    assert TOKENS[source] not in "".join([*said, caplog.text])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_a_token_that_the_source_repeats_in_its_refusal_is_not_passed_on(
    server: Loopback, source: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    caplog.set_level(logging.DEBUG)
    token = TOKENS[source]
    words = {"title": token, "detail": token, "message": token, "status": status}
    for turn in range(1, 20):
        server.fail(PATHS[source], Answer(status, words, {"Retry-After": "90000"}), at=turn)
    config = Config(graph=GraphSettings(file=str(tmp_path / "me.graph")))
    with pytest.raises(CollectError) as refused:
        list(collect_live(config, source, clock=now, wait=lambda _: None))
    error = refused.value
    told = [*traceback.format_exception(error), error.message, error.hint, repr(error)]
    assert token not in "".join([*told, caplog.text])
    assert told_in_files(tmp_path, token) == []


def test_what_holds_a_token_does_not_show_it(source: str) -> None:
    settings = LiveSettings(token=TOKENS[source], now=now())
    client = live(source).connect(settings)
    assert TOKENS[source] not in repr(settings) + repr(client) + str(client)
