"""Bluesky: Ben names, answers, likes, passes on and follows; Ana posts, likes and follows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.live.between import Between
from tests.live.world import World
from tests.servers.bluesky import PASSWORD, Bluesky, serving

POST, LIKE, REPOST = "app.bsky.feed.post", "app.bsky.feed.like", "app.bsky.feed.repost"
FOLLOW = "app.bsky.graph.follow"


def at(minute: int) -> str:
    """A moment on the fifth of March 2026."""
    return f"2026-03-05T{8 + minute // 60:02}:{minute % 60:02}:00.000Z"


def naming(did: str) -> list[dict[str, Any]]:
    """A post's note that it names somebody at its beginning."""
    feature = {"$type": "app.bsky.richtext.facet#mention", "did": did}
    return [{"index": {"byteStart": 0, "byteEnd": 4}, "features": [feature]}]


def history(server: Bluesky) -> None:
    """Make it happen."""
    for name in ("ana", "ben"):
        server.join(name)
    ana, ben = server.dids["ana"], server.dids["ben"]
    server.keeps("ana", "app.bsky.actor.profile", "self", displayName="Ana López")
    for n in range(120):
        text = f"@ana a secret {n}"
        server.keeps("ben", POST, text=text, createdAt=at(n), facets=naming(ana))
    own = server.keeps("ana", POST, text="@ben a secret", createdAt=at(200), facets=naming(ben))
    for n in range(110):
        server.keeps("ana", POST, text="@ben again", createdAt=at(210 + n), facets=naming(ben))
    subject = {"uri": own["uri"], "cid": own["cid"]}
    answer = {"root": subject, "parent": subject}
    said = server.keeps("ben", POST, text="a secret", createdAt=at(400), reply=answer)
    server.keeps("ben", LIKE, subject=subject, createdAt=at(401))
    server.keeps("ben", REPOST, subject=subject, createdAt=at(402))
    server.keeps("ben", FOLLOW, subject=ana, createdAt=at(403))
    liked = {"uri": said["uri"], "cid": said["cid"]}
    server.keeps("ana", LIKE, subject=liked, createdAt=at(404))
    server.keeps("ana", FOLLOW, subject=ben, createdAt=at(405))
    server.index()


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    with serving(folder) as server, Between(server.url) as between:
        if not server.full:
            pytest.skip("Bluesky's AppView needs PostgreSQL and Redis")
        history(server)
        export = folder / "repo.car"
        export.write_bytes(server.repository("ana"))

        def something_new() -> None:
            server.keeps(
                "ana", POST, text="@ben", createdAt=at(500), facets=naming(server.dids["ben"])
            )
            server.index()

        yield World(
            source="bluesky",
            environment={
                "ROC_BLUESKY_TOKEN": PASSWORD,
                "ROC_BLUESKY_BASE": between.url,
                "ROC_BLUESKY_USER": "ana.test",
            },
            secrets=(PASSWORD, "a secret"),
            line=between,
            something_new=something_new,
            export=export,
            looks=1,
            pages=("com.atproto.repo.listRecords", "app.bsky.notification.listNotifications"),
        )
