"""A Facebook Page, as our own server plays it: talk, comments and marks of several pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.collectors.fake_meta import BEN, CHIDI, SHOP, TOKEN, FakeMeta, comment, message
from tests.live.world import World


def filled(server: FakeMeta) -> None:
    """Make it happen."""
    server.most_requests = 20_000  # many runs lead through here
    server.page_limit = 20
    server.talk = {
        "t_ben": [message(n, *(BEN, SHOP)[:: 1 if n % 2 else -1]) for n in range(90)],
        **{f"t_{n}": [message(200 + n, CHIDI, SHOP)] for n in range(30)},
    }
    server.posts = ["100_2", "100_1"]
    said = comment(300, CHIDI)
    server.comments = {
        "100_1": [said, comment(301, SHOP, parent=said)],
        "100_2": [comment(400 + n, BEN) for n in range(50)],
    }
    server.marks = {"100_1": [BEN, CHIDI]}


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    with FakeMeta("messenger") as server:
        filled(server)

        def something_new() -> None:
            server.talk["t_new"] = [message(900, CHIDI, SHOP)]

        yield World(
            source="facebook",
            environment={"ROC_FACEBOOK_TOKEN": TOKEN, "ROC_FACEBOOK_BASE": server.url},
            secrets=(TOKEN, "a secret text"),
            line=server,
            something_new=something_new,
            pages=("/conversations", "/messages", "/comments", "/reactions"),
        )
