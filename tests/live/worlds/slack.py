"""Slack: a channel, a talk of two with a thread, marks; Ana and Ben."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.live.between import Between
from tests.live.world import World
from tests.servers.emulate import Emulated, serving

ANA, BEN = "xoxp-token-of-ana-that-nobody-may-see", "xoxp-token-of-ben"
SEED = {
    "tokens": {ANA: {"login": "ana"}, BEN: {"login": "ben"}},
    "slack": {
        "team": {"name": "Atlas", "domain": "atlas"},
        "users": [
            {"name": "ana", "real_name": "Ana López", "email": "ana@example.org"},
            {"name": "ben", "real_name": "Ben Osei", "email": "ben@example.org"},
        ],
        "channels": [{"name": "plans"}],
        "tokens": [{"token": ANA, "user": "ana"}, {"token": BEN, "user": "ben"}],
    },
}


def history(server: Emulated) -> str:
    """Make it happen; the id of the talk of two."""
    users = server.slack(ANA, "users.list")["members"]
    ben = next(user["id"] for user in users if user["name"] == "ben")
    channels = server.slack(ANA, "conversations.list")["channels"]
    plans = next(one["id"] for one in channels if one["name"] == "plans")
    for token in (ANA, BEN):
        server.slack(token, "conversations.join", channel=plans)
    talk: str = server.slack(ANA, "conversations.open", users=ben)["channel"]["id"]
    for number in range(230):
        server.slack(ANA if number % 2 else BEN, "chat.postMessage", channel=talk, text="a secret")
    root = server.slack(ANA, "chat.postMessage", channel=plans, text="a secret?")["ts"]
    for _ in range(3):
        server.slack(BEN, "chat.postMessage", channel=plans, text="a secret!", thread_ts=root)
    server.slack(BEN, "reactions.add", channel=plans, timestamp=root, name="heart")
    return talk


def exported(server: Emulated, folder: Path) -> Path:
    """What a workspace's export would hold now."""
    kinds = {"is_im": "dms.json", "is_mpim": "mpims.json", "is_group": "groups.json"}
    listed: dict[str, list[Any]] = {"channels.json": []}
    types = "public_channel,private_channel,mpim,im"
    for told in server.slack(ANA, "conversations.list", types=types)["channels"]:
        if not told["is_member"]:
            continue
        members = server.slack(ANA, "conversations.members", channel=told["id"])["members"]
        file = next((file for kind, file in kinds.items() if told.get(kind)), "channels.json")
        listed.setdefault(file, []).append({**told, "members": members})
        _days(server, told, folder / (told["id"] if told["is_im"] else told["name"]))
    listed["users.json"] = server.slack(ANA, "users.list")["members"]
    for name, rows in listed.items():
        (folder / name).write_text(json.dumps(rows), encoding="utf-8")
    return folder


def _days(server: Emulated, told: dict[str, Any], folder: Path) -> None:
    folder.mkdir(parents=True)
    days: dict[str, list[Any]] = {}
    history = server.slack(ANA, "conversations.history", channel=told["id"], limit="999")
    for message in reversed(history["messages"]):
        thread = [message]
        if message.get("reply_count"):
            asked = {"channel": told["id"], "ts": message["ts"]}
            thread = server.slack(ANA, "conversations.replies", **asked)["messages"]
        for each in thread:
            day = datetime.fromtimestamp(float(each["ts"]), UTC).date().isoformat()
            days.setdefault(day, []).append(each)
    for day, rows in days.items():
        (folder / f"{day}.json").write_text(json.dumps(rows), encoding="utf-8")


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    with serving("slack", SEED, folder) as server, Between(server.url) as between:
        talk = history(server)
        export = exported(server, folder / "export")

        def something_new() -> None:
            server.slack(BEN, "chat.postMessage", channel=talk, text="a secret")

        yield World(
            source="slack",
            environment={"ROC_SLACK_TOKEN": ANA, "ROC_SLACK_BASE": f"{between.url}/api"},
            secrets=(ANA, "a secret"),
            line=between,
            something_new=something_new,
            export=export,
            looks=2,  # whose token it is, and which conversations there are; people are a stream
            pages=("conversations.history", "users.list"),
        )
