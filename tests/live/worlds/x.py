"""X, as our own server plays it: Ben names Ana, she answers, and what comes back to her posts."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from roc.cli.options import now
from tests.collectors.fake_x import (
    ANA,
    BEN,
    CHIDI,
    DARA,
    NAMES,
    TOKEN,
    FakeX,
    message,
    moment,
    number,
    post,
)
from tests.live.world import World


def filled(server: FakeX) -> None:
    """Make it happen: several pages in every stream that matters."""
    server.most_requests = 20_000  # many runs lead through here
    server.page_limit = 40
    server.mentions = [post(n, BEN, "@ana a secret", mentions=[ANA]) for n in range(100)]
    server.posts = [
        *(_young(n, post(0, ANA, mentions=[BEN])) for n in range(3)),
        *(post(200 + n, ANA, mentions=[BEN], answers=(number(moment(n)), BEN)) for n in range(50)),
        post(300, ANA, "RT @chidi: a secret", mentions=[CHIDI], reposts=number(moment(3))),
    ]
    server.events = [message(400 + n, (BEN, ANA)[n % 2], f"{ANA}-{BEN}") for n in range(50)]
    server.followers, server.following = [CHIDI, BEN], [BEN]
    server.likes = [post(500 + n, BEN, "a secret") for n in range(50)]
    liked, quoted = server.posts[0]["id"], server.posts[1]["id"]
    server.liked_by = {liked: [str(5000 + n) for n in range(60)], quoted: [CHIDI]}
    server.reposted_by = {liked: [DARA]}
    server.quotes = {quoted: [post(600, DARA, "a secret", quotes=(quoted, ANA))]}


def _young(minutes: int, told: dict[str, Any]) -> dict[str, Any]:
    """A post as if it were of yesterday: what came back to old ones is not asked."""
    at = now().replace(microsecond=0) - timedelta(days=1, minutes=minutes)
    written = at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return {**told, "id": number(at), "created_at": written, "conversation_id": number(at)}


def archive(folder: Path, server: FakeX) -> Path:
    """What Ana would download: what she did, and messages both ways."""
    folder.mkdir()
    account = [{"account": {"accountId": ANA, "username": NAMES[ANA]}}]
    tweets = [{"tweet": _as_archived(each)} for each in server.posts]
    likes = [
        {
            "like": {
                "tweetId": each["id"],
                "expandedUrl": f"https://twitter.com/{NAMES[each['author_id']]}/status/{each['id']}",
            }
        }
        for each in server.likes
    ]
    talk = {"conversationId": f"{ANA}-{BEN}", "messages": [*map(_written, server.events)]}
    follower = [{"follower": {"accountId": who}} for who in server.followers]
    following = [{"following": {"accountId": who}} for who in server.following]
    for name, told in {
        "account": account,
        "tweets": tweets,
        "like": likes,
        "direct_messages": [{"dmConversation": talk}],
        "follower": follower,
        "following": following,
    }.items():
        _write(folder, name, told)
    return folder


def _as_archived(told: dict[str, Any]) -> dict[str, Any]:
    """A post of Ana's as tweets.js has it."""
    at = datetime.fromisoformat(told["created_at"])
    named = [
        {"id_str": who["id"], "screen_name": who["username"]}
        for who in told["entities"]["mentions"]
    ]
    answered = [
        each["id"] for each in told.get("referenced_tweets", ()) if "in_reply_to_user_id" in told
    ]
    return {
        "id_str": told["id"],
        "created_at": f"{at:%a %b %d %H:%M:%S +0000 %Y}",
        "full_text": told["text"],
        "entities": {"user_mentions": named, "urls": []},
        "in_reply_to_user_id_str": told.get("in_reply_to_user_id"),
        "in_reply_to_status_id_str": answered[0] if "in_reply_to_user_id" in told else None,
    }


def _written(told: dict[str, Any]) -> dict[str, Any]:
    """A direct message as direct-messages.js has it."""
    to = {ANA: BEN, BEN: ANA}[told["sender_id"]]
    kept = {"id": told["id"], "senderId": told["sender_id"], "recipientId": to}
    return {"messageCreate": {**kept, "createdAt": told["created_at"], "text": told["text"]}}


def _write(folder: Path, name: str, told: Sequence[object]) -> None:
    file = folder / f"{name.replace('_', '-')}.js"
    file.write_text(f"window.YTD.{name}.part0 = {json.dumps(told)}", encoding="utf-8")


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    with FakeX() as server:
        filled(server)

        def something_new() -> None:
            server.mentions.append(post(690, BEN, mentions=[ANA]))

        yield World(
            source="x",
            environment={"ROC_X_TOKEN": TOKEN, "ROC_X_BASE": server.url},
            secrets=(TOKEN, "a secret"),
            line=server,
            something_new=something_new,
            export=archive(folder / "archive", server),
            looks=2,
            pages=("/mentions", "/tweets", "/dm_events", "/liked_tweets", "/liking_users"),
        )
