"""X as far as roc reads it: pages, page tokens, scopes, fields on request, all on this machine.

Every page is held against what X publishes of its shape, and so is how it was asked for:
``x_openapi.json`` has those names, types and limits of X's OpenAPI description (2.167) that matter
here. The older wording (``tweet.fields``, ``referenced_tweets``), which X still answers to whoever
asks in it, is not in it and passes.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse

from tests.collectors.loopback import Answer, Asked, Loopback

_PUBLISHED = OpenAPI.from_dict(
    json.loads(Path(__file__).with_name("x_openapi.json").read_text(encoding="utf-8"))
)

TOKEN = "token-of-ana-that-nobody-may-see"
ANA, BEN, CHIDI, DARA = "101", "202", "303", "404"
NAMES = {ANA: "ana", BEN: "ben", CHIDI: "chidi", DARA: "dara"}
SCOPES = frozenset({"tweet.read", "users.read", "dm.read", "follows.read", "like.read"})
_EPOCH_MS = 1288834974657  # when X's post numbers begin

_TIMELINE = frozenset(
    [
        "max_results",
        "pagination_token",
        "since_id",
        "until_id",
        "tweet.fields",
        "exclude",
        "start_time",
    ]
)
_PEOPLE = frozenset({"max_results", "pagination_token"})
_ECHOES = _PEOPLE | {"tweet.fields"}
_EVENTS = frozenset({"max_results", "pagination_token", "event_types", "dm_event.fields"})


def number(moment: datetime, turn: int = 0) -> str:
    """A post's number: its moment in milliseconds, with room for 4096 posts in each."""
    return str(((int(moment.timestamp() * 1000) - _EPOCH_MS) << 22) + turn)


def moment(minute: int) -> datetime:
    """A moment on the fifth of March 2026."""
    return datetime(2026, 3, 5, 8, tzinfo=UTC).replace(hour=8 + minute // 60, minute=minute % 60)


def post(
    minute: int,
    author: str,
    text: str = "good morning",
    *,
    mentions: Sequence[str] = (),
    answers: tuple[str, str] | None = None,
    quotes: tuple[str, str] | None = None,
    reposts: str = "",
) -> dict[str, Any]:
    """A post with everything X knows about it.

    Args:
        minute: after eight o'clock.
        author: who wrote it.
        text: what it says.
        mentions: who is named in it, in order.
        answers: a post and its author, which it answers.
        quotes: a post and its author, which it quotes by a link.
        reposts: a post, which it passes on.
    """
    given: dict[str, Any] = {
        "id": number(moment(minute)),
        "text": text,
        "edit_history_tweet_ids": [number(moment(minute))],
        "author_id": author,
        "created_at": moment(minute).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "conversation_id": answers[0] if answers else number(moment(minute)),
        "entities": {
            "mentions": [
                {"start": 0, "end": 4, "username": NAMES[who], "id": who} for who in mentions
            ]
        },
    }
    references = [("replied_to", answers[0])] if answers else []
    references += [("quoted", quotes[0])] if quotes else []
    references += [("retweeted", reposts)] if reposts else []
    if answers:
        given["in_reply_to_user_id"] = answers[1]
    if quotes:
        link = f"https://x.com/{NAMES[quotes[1]]}/status/{quotes[0]}"
        given["entities"]["urls"] = [
            {"start": 5, "end": 28, "url": "https://t.co/abc", "expanded_url": link}
        ]
    if references:
        given["referenced_tweets"] = [{"type": kind, "id": which} for kind, which in references]
    return given


def message(minute: int, sender: str, conversation: str, text: str = "hello") -> dict[str, Any]:
    """A direct message; X names one conversation of two by their numbers, the smaller first."""
    return {
        "id": number(moment(minute)),
        "text": text,
        "event_type": "MessageCreate",
        "created_at": moment(minute).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "sender_id": sender,
        "dm_conversation_id": conversation,
    }


class FakeX(Loopback):
    """X for Ana; ``mentions``, ``posts`` and ``events`` are what it keeps, in any order.

    ``followers`` and ``following`` are numbers of people, the newest first; so are ``liked_by``
    and ``reposted_by``, of each post. ``quotes`` are of each post, and ``likes`` Ana's, posts.
    With ``is_odd`` it may say what X would not.
    """

    def __init__(self) -> None:
        super().__init__()
        self.owner = ANA
        self.scopes = set(SCOPES)
        self.mentions: list[dict[str, Any]] = []
        self.posts: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.followers: list[str] = []
        self.following: list[str] = []
        self.likes: list[dict[str, Any]] = []
        self.liked_by: dict[str, list[str]] = {}
        self.reposted_by: dict[str, list[str]] = {}
        self.quotes: dict[str, list[dict[str, Any]]] = {}
        self.misfits: list[str] = []
        self.is_odd = False
        self.left_out: list[dict[str, Any]] = []
        self.page_limit = 100
        self._tokens: dict[str, tuple[str, int]] = {}
        self._tokens_given = 0

    def expire_tokens(self) -> None:
        """Forget every page token that was handed out."""
        self._tokens.clear()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        assert not self.misfits, self.misfits[0]

    def answer(self, asked: Asked) -> Answer:
        """What X says; a page that X would not give is noted, and fails the test."""
        said = self._said(asked)
        if said.status == 200 and not self.is_odd:
            request = MockRequest("http://x", "get", asked.path, args=dict(asked.query))
            try:
                _PUBLISHED.validate_request(request)
                _PUBLISHED.validate_response(request, MockResponse(said.bytes(), 200))
            except OpenAPIError as misfit:
                self.misfits.append(f"{asked.target}: {misfit!r} {misfit.__cause__!r}")
        return said

    def _said(self, asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _problem(401, "Unauthorized", "about:blank")
        needed = {"tweet.read", "users.read"}
        match asked.path.split("/")[2:]:
            case ["users", "me"]:
                me = {"id": self.owner, "name": "Ana Example", "username": NAMES[self.owner]}
                return Answer(body={"data": me})
            case ["users", self.owner, "mentions"]:
                return self._guarded(needed, asked, self.mentions, _TIMELINE)
            case ["users", self.owner, "tweets"]:
                return self._guarded(needed, asked, [*map(self._counted, self.posts)], _TIMELINE)
            case ["users", self.owner, "followers"]:
                return self._people(asked, self.followers, "follows.read")
            case ["users", self.owner, "following"]:
                return self._people(asked, self.following, "follows.read")
            case ["users", self.owner, "liked_tweets"]:
                return self._listed(asked, self.likes, needed | {"like.read"}, 5)
            case ["tweets", which, "liking_users"]:
                return self._people(asked, self.liked_by.get(which, []), "like.read")
            case ["tweets", which, "retweeted_by"]:
                return self._people(asked, self.reposted_by.get(which, []), "users.read")
            case ["tweets", which, "quote_tweets"]:
                return self._listed(asked, self.quotes.get(which, []), needed, 10)
            case ["dm_events"]:
                return self._guarded(needed | {"dm.read"}, asked, self.events, _EVENTS)
        return _problem(404, "Not Found", "resource-not-found")

    def _guarded(
        self, needed: set[str], asked: Asked, items: list[dict[str, Any]], known: frozenset[str]
    ) -> Answer:
        if not needed <= self.scopes:
            return _problem(403, "Forbidden", "client-forbidden")
        least = 1 if known is _EVENTS else 5
        size = int(asked.query.get("max_results", "100"))
        numbers = [asked.query.get(name, "1") for name in ("since_id", "until_id")]
        in_order = all(re.fullmatch("[0-9]{1,19}", number) for number in numbers)
        if not (asked.query.keys() <= known and least <= size <= 100 and in_order):
            return _problem(400, "Invalid Request", "invalid-request")
        token = asked.query.get("pagination_token", "")
        if token and self._tokens.get(token, ("", 0))[0] != asked.path:
            return _problem(400, "Invalid Request", "invalid-request")
        return Answer(body=self._page(asked, items, min(size, self.page_limit), token))

    def _counted(self, told: dict[str, Any]) -> dict[str, Any]:
        """A post of Ana's with how often it was echoed, unless it tells so itself."""
        which = told["id"]
        reposts = len(self.reposted_by.get(which, ()))
        counts = {
            "like_count": len(self.liked_by.get(which, ())),
            "quote_count": len(self.quotes.get(which, ())),
            "repost_count": reposts,
            "retweet_count": reposts,
            "reply_count": 0,
            "bookmark_count": 0,
            "impression_count": 0,
        }
        return {"public_metrics": counts, **told}

    def _people(self, asked: Asked, people: list[str], scope: str) -> Answer:
        names = [NAMES.get(who, f"somebody_{who}") for who in people]
        shown = [
            {"id": who, "name": name.title(), "username": name}
            for who, name in zip(people, names, strict=True)
        ]
        return self._listed(asked, shown, {scope}, 1)

    def _listed(
        self, asked: Asked, items: list[dict[str, Any]], needed: set[str], least: int
    ) -> Answer:
        """A page of a list that is in an order of its own."""
        token = asked.query.get("pagination_token", "")
        good = not token or self._tokens.get(token, ("", 0))[0] == asked.path
        size = int(asked.query.get("max_results", "100"))
        if not needed <= self.scopes:
            return _problem(403, "Forbidden", "client-forbidden")
        if not (good and asked.query.keys() <= _ECHOES and least <= size <= 100):
            return _problem(400, "Invalid Request", "invalid-request")
        size = min(size, self.page_limit)
        start = self._tokens[token][1] if token else 0
        page = items[start : start + size]
        body: dict[str, Any] = {"meta": {"result_count": len(page)}}
        if page:
            body["data"] = [_shown(item, asked.query) for item in page]
        if len(items) > start + size:
            body["meta"]["next_token"] = self._token(asked.path, start + size)
        return Answer(body=body)

    def _token(self, path: str, place: int) -> str:
        self._tokens_given += 1
        token = f"7140dibdnow9c7bt{self._tokens_given:04}"
        self._tokens[token] = (path, place)
        return token

    def _page(
        self, asked: Asked, items: list[dict[str, Any]], size: int, token: str
    ) -> dict[str, Any]:
        below = self._tokens[token][1] if token else int(asked.query.get("until_id", 2**63))
        above = int(asked.query.get("since_id", 0))
        newest_first = sorted(items, key=lambda item: -int(item["id"]))
        since = asked.query.get("start_time", "")
        left = [
            item
            for item in newest_first
            if above < int(item["id"]) < below and item["created_at"] >= since
        ]
        page = left[:size]
        body: dict[str, Any] = {"meta": {"result_count": len(page)}}
        if page:
            body["data"] = [_shown(item, asked.query) for item in page]
        if len(left) > size:
            body["meta"]["next_token"] = self._token(asked.path, int(page[-1]["id"]))
        if self.left_out:
            body["errors"] = self.left_out
        return body


def _shown(item: Mapping[str, Any], query: Mapping[str, str]) -> dict[str, Any]:
    """What X shows of an item: the fields asked for; those it does not know it passes over."""
    always = {"id", "text", "edit_history_tweet_ids", "event_type", "name", "username"}
    asked = f"{query.get('tweet.fields', '')},{query.get('dm_event.fields', '')}".split(",")
    return {name: value for name, value in item.items() if name in always.union(asked)}


def _problem(status: int, title: str, kind: str) -> Answer:
    prefix = "" if ":" in kind else "https://api.x.com/2/problems/"
    detail = "Ana may not read what Ben wrote."
    body = {"title": title, "detail": detail, "type": prefix + kind, "status": status}
    return Answer(status=status, body=body)


def left_out(kind: str) -> dict[str, Any]:
    """What X says, in an answer of status 200, of something it left out."""
    return {
        "type": f"https://api.x.com/2/problems/{kind}",
        "title": "Not Found Error",
        "detail": "Could not find the post by Ben.",
        "resource_type": "post",
        "resource_id": "1",
    }
