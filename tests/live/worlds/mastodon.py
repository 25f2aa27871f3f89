"""Mastodon: Ben names, answers, boosts and likes; Ana posts, writes to him and boosts him."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.live.between import Between
from tests.live.world import World
from tests.servers.mastodon import DOMAIN, TOKENS, Mastodon, serving

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ANA, BEN = f"https://{DOMAIN}/users/ana", f"https://{DOMAIN}/users/ben"


def history(server: Mastodon) -> list[dict[str, Any]]:
    """Make it happen; what Ana did."""
    own = []
    for number in range(90):
        server.does("ben", "statuses", status=f"@ana a secret {number}")
    first = server.does("ana", "statuses", status="good morning, @ben")
    answer = server.does("ben", "statuses", status="@ana morning!", in_reply_to_id=first["id"])
    own += [first, server.does("ana", "statuses", status="@ben ha", in_reply_to_id=answer["id"])]
    own += [server.does("ana", "statuses", status="@ben a secret", visibility="direct")]
    own += [server.does("ana", "statuses", status=f"@chidi {n}") for n in range(50)]
    server.does("ben", f"statuses/{first['id']}/favourite")
    server.does("ben", f"statuses/{first['id']}/reblog")
    own.append(server.does("ana", f"statuses/{answer['id']}/reblog"))
    server.does("ana", f"statuses/{answer['id']}/favourite")
    server.does("ben", f"accounts/{server.number_of('ana')}/follow")
    server.does("ana", f"accounts/{server.number_of('chidi')}/follow")
    return [*own, answer]


def archive(folder: Path, own: list[dict[str, Any]], liked: dict[str, Any]) -> Path:
    """What Ana would download."""
    folder.mkdir()
    context = "https://www.w3.org/ns/activitystreams"
    actor = {"@context": context, "id": ANA, "preferredUsername": "ana", "name": "Ana"}
    links = {status["id"]: status["uri"] for status in [*own, liked]}
    done = [_activity(status, links) for status in own]
    outbox = {"@context": context, "id": "outbox.json", "orderedItems": done}
    likes = {"@context": context, "id": "likes.json", "orderedItems": [liked["uri"]]}
    for name, told in {"actor": actor, "outbox": outbox, "likes": likes}.items():
        (folder / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def _activity(status: dict[str, Any], links: dict[str, str]) -> dict[str, Any]:
    if boosted := status.get("reblog"):
        return {
            "type": "Announce",
            "id": status["uri"],
            "actor": ANA,
            "published": status["created_at"],
            "object": boosted["uri"],
            "cc": [f"https://{DOMAIN}/users/{boosted['account']['acct']}"],
        }
    direct = status["visibility"] == "direct"
    named = [f"https://{DOMAIN}/users/{who['acct']}" for who in status["mentions"]]
    return {
        "type": "Create",
        "id": f"{status['uri']}/activity",
        "actor": ANA,
        "published": status["created_at"],
        "object": {
            "id": status["uri"],
            "type": "Note",
            "published": status["created_at"],
            "attributedTo": ANA,
            "inReplyTo": links.get(status["in_reply_to_id"] or ""),
            "to": named if direct else [PUBLIC],
            "cc": [] if direct else named,
            "tag": [
                {"type": "Mention", "href": link, "name": f"@{who['acct']}@{DOMAIN}"}
                for link, who in zip(named, status["mentions"], strict=True)
            ],
        },
    }


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    with serving(folder) as server, Between(server.url) as between:
        *own, liked = history(server)

        def something_new() -> None:
            server.does("ben", "statuses", status="@ana still there?")

        yield World(
            source="mastodon",
            environment={"ROC_MASTODON_TOKEN": TOKENS["ana"], "ROC_MASTODON_BASE": between.url},
            secrets=(TOKENS["ana"], "a secret"),
            line=between,
            something_new=something_new,
            export=archive(folder / "archive", own, liked),
            looks=2,
            pages=("/notifications", "/statuses", "/favourites"),
        )
