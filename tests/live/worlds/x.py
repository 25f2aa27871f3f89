"""X, as our own server plays it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.collectors.fake_x import ANA, BEN, TOKEN, FakeX, moment, number, post
from tests.live.world import World


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    """Ben mentions Ana 250 times, which takes three pages, and she answers twice."""
    with FakeX() as server:
        server.mentions = [post(n, BEN, mentions=[ANA]) for n in range(250)]
        server.posts = [post(300 + n, ANA, answers=(number(moment(n)), BEN)) for n in range(2)]

        def something_new() -> None:
            server.mentions.append(post(400, BEN, mentions=[ANA]))

        yield World(
            source="x",
            environment={"ROC_X_TOKEN": TOKEN, "ROC_X_BASE": server.url},
            secrets=(TOKEN,),
            line=server,
            something_new=something_new,
            pages=("/mentions", "/tweets"),
        )
