"""Meta's Graph API as far as roc reads it: a Page or a professional account, its talk, its posts.

Meta publishes no description that machines read; the shapes are those of its reference pages. Only
what is asked for by name is told, so that nobody's text comes along unasked.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.collectors.loopback import Answer, Asked, Loopback

TOKEN = "meta-token-of-ana-that-nobody-may-see"
SHOP = {"id": "100", "name": "Ana's Bakery", "username": "anas.bakery", "user_id": "100"}
BEN = {"id": "2001", "name": "Ben Osei", "username": "ben.osei"}
CHIDI = {"id": "2002", "name": "Chidi Okafor", "username": "chidi_o"}
_VERSION = "/v26.0"
_NAME = re.compile(r"[a-z_]+")


def at(minute: int) -> str:
    """A moment on the fifth of March 2026, as Meta writes it."""
    moment = datetime(2026, 3, 5, 8, tzinfo=UTC) + timedelta(minutes=minute)
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")


def message(minute: int, sender: Mapping[str, str], to: Mapping[str, str]) -> dict[str, Any]:
    """A message with a text."""
    return {
        "id": f"m_{minute}",
        "created_time": at(minute),
        "from": sender,
        "to": {"data": [to]},
        "message": "a secret text",
    }


def comment(
    minute: int, sender: Mapping[str, str], *, parent: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A comment with a text; one with a parent answers it."""
    told: dict[str, Any] = {
        "id": f"9_{minute}",
        "created_time": at(minute),
        "timestamp": at(minute),
        "from": sender,
        "username": sender["username"],
        "message": "a secret text",
        "text": "a secret text",
    }
    if parent:
        told["parent"] = {"id": parent["id"], "from": parent["from"]}
    return told


class FakeMeta(Loopback):
    """The API for one account.

    ``talk`` are messages by conversation, ``posts`` the ids of posts, the newest first,
    ``comments`` and ``marks`` what came back to each.
    """

    def __init__(self, platform: str) -> None:
        super().__init__()
        self.platform = platform
        self.owner = dict(SHOP)
        self.talk: dict[str, list[dict[str, Any]]] = {}
        self.posts: list[str] = []
        self.comments: dict[str, list[dict[str, Any]]] = {}
        self.marks: dict[str, list[Mapping[str, str]]] = {}
        self.page_limit = 100
        self.expired = False

    def answer(self, asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}" or self.expired:
            return refusal(190)
        if "access_token" in asked.query or not asked.path.startswith(f"{_VERSION}/"):
            return refusal(100)
        match asked.path.removeprefix(f"{_VERSION}/").split("/"):
            case ["me"]:
                return Answer(body=_shown(self.owner, asked))
            case ["me", "conversations"]:
                if asked.query.get("platform") != self.platform:
                    return refusal(100)
                return self._page(asked, self._conversations())
            case ["me", "posts" | "media"]:
                return self._page(asked, [self._post(post) for post in self.posts])
            case [name, "messages"] if name in self.talk:
                return self._page(asked, _newest_first(self.talk[name], "created_time"))
            case [name, "comments"] if name in self.posts:
                return self._page(asked, self._listed(name))
            case [name, "reactions"] if name in self.posts:
                return self._page(asked, self.marks.get(name, []))
        return refusal(100)

    def _conversations(self) -> list[dict[str, Any]]:
        told = []
        for name, messages in self.talk.items():
            people = {each["from"]["id"]: each["from"] for each in messages}
            people |= {SHOP["id"]: SHOP}
            updated = max(each["created_time"] for each in messages)
            there = {"data": list(people.values())}
            told.append({"id": name, "updated_time": updated, "participants": there})
        return _newest_first(told, "updated_time")

    def _post(self, name: str) -> dict[str, Any]:
        found, marks = self.comments.get(name, []), self.marks.get(name, [])
        newest = [{"id": each["id"]} for each in _newest_first(found, "created_time")[:1]]
        return {
            "id": name,
            "created_time": at(0),
            "comments_count": len(found),
            "comments": {"data": newest, "summary": {"total_count": len(found)}},
            "reactions": {"data": [], "summary": {"total_count": len(marks)}},
        }

    def _listed(self, name: str) -> list[dict[str, Any]]:
        """Facebook lists all comments if asked to; Instagram has the answers within them."""
        found = _newest_first(self.comments.get(name, []), "created_time")
        if self.platform == "messenger":
            return found
        above = [each for each in found if "parent" not in each]
        for each in above:
            under = [one for one in found if one.get("parent", {}).get("id") == each["id"]]
            each["replies"] = {"data": under}
        return above

    def _page(self, asked: Asked, told: Sequence[Mapping[str, Any]]) -> Answer:
        after = asked.query.get("after", "0")
        if not after.isdigit():
            return refusal(100)
        start, size = int(after), min(int(asked.query["limit"]), self.page_limit)
        paging: dict[str, Any] = {"cursors": {"before": after, "after": str(start + size)}}
        if start + size < len(told):
            # Whoever follows it would show the token in an address, and perhaps to another host.
            paging["next"] = "https://elsewhere.example/?access_token=x"
        page = [_shown(each, asked) for each in told[start : start + size]]
        return Answer(body={"data": page, "paging": paging})


def refusal(code: int, status: int = 400, headers: Mapping[str, str] | None = None) -> Answer:
    """Meta's refusal of a number; its words name people."""
    told = {"message": "Ben may not be read", "type": "OAuthException", "code": code}
    return Answer(status, {"error": told}, headers or {})


def _newest_first(told: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return sorted(told, key=lambda each: str(each[name]), reverse=True)


def _shown(told: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
    """What was asked for by name, on any level."""
    names = set(_NAME.findall(asked.query.get("fields", "id")))
    return {name: value for name, value in told.items() if name in {*names, "id"}}
