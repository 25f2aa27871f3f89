"""X: mentions, your own posts and what came back, messages, likes, followers (tweepy).

Every read costs money, so nothing is asked for that is not used, and a run stops before it passes
its cost cap. tweepy knows X's routes and parameters; the line it speaks through is ours, because
its own has no time-out, follows redirects and writes tokens and texts into debug logs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import tweepy

from roc.collectors.base import LiveSettings, OAuth, SignedIn, SignIn
from roc.collectors.formats.echoes import Posted, walk_echoes
from roc.collectors.formats.json_values import Item, item, word
from roc.collectors.formats.one_owner import one_owner
from roc.collectors.http import Line, Words, json_object, unavailable
from roc.collectors.x.acts import SOURCE, Someone, someone_seen
from roc.collectors.x.answers import Answers
from roc.collectors.x.echoes import ECHOES, MOST_PAGES, YOUNG, is_more, posted
from roc.collectors.x.follows import walk_list
from roc.collectors.x.prices import (
    OWN_POSTS,
    OWN_POSTS_DOLLARS,
    PRICES,
    STREAMS,
    WHO_AM_I_DOLLARS,
    Purse,
    estimate,
)
from roc.collectors.x.walk import Progress, walk
from roc.graph.records import Checkpoint, Record

__all__ = ["SIGN_IN", "connect", "estimate", "pull", "streams", "who"]

SIGN_IN = SignIn(
    name="X",
    page="https://console.x.com",
    steps=(
        "Sign in with the account whose history you want, and make a project with an app.",
        "Buy some credits, and set a spending limit.",
        "Switch on user authentication (OAuth 2.0) for it, as a native app that may read, with "
        "http://127.0.0.1:8722/ as its callback address.",
        "Copy the app's client ID; or, to sign in by hand, make a user access token for it.",
    ),
    secret="user access token",
    oauth=OAuth(
        "https://x.com/i/oauth2/authorize",
        "https://api.x.com/2/oauth2/token",
        (
            "tweet.read",
            "users.read",
            "like.read",
            "follows.read",
            "dm.read",
            "offline.access",  # so that the token, good for two hours, renews itself
        ),
    ),
)

_REAL = "https://api.x.com"
_LISTS = frozenset({"followers", "following", "likes"})
_FIRST_LOOK = 10  # where X cannot be asked for what is new, a small page shows whether anything is
_SCOPES = {
    "dm_events": "dm.read, tweet.read and users.read",
    "followers": "follows.read, tweet.read and users.read",
    "following": "follows.read, tweet.read and users.read",
    "liking_users": "like.read, tweet.read and users.read",
    "liked_tweets": "like.read, tweet.read and users.read",
}
_USUAL_SCOPES = "tweet.read and users.read"
_WORDS = Words(
    source="X",
    sign_in="sign in once more: roc connect x; see docs/sources/x-api.md.",
    permission="",
    payment="buy credits in X's developer console, or wait; a later run goes on from here.",
)
# In X's older wording these come with the post itself. In the newer one (post.fields) the author
# is an expansion, and every author is billed as a user read.
_POST_FIELDS = [
    "author_id",
    "created_at",
    "entities",
    "in_reply_to_user_id",
    "referenced_tweets",
]
_EVENT_FIELDS = ["created_at", "dm_conversation_id", "event_type", "participant_ids", "sender_id"]


class Client:
    """X for one run: signed in, with a purse, and asked who the owner is at most once.

    Args:
        settings: see ``LiveSettings``.
    """

    def __init__(self, settings: LiveSettings) -> None:
        self._x = _Wired(Line(settings, _REAL, _WORDS))
        self.purse = Purse(settings.max_cost)
        self._now = settings.now
        self._owner: Someone | None = None
        self._posted: list[Posted] | None = None

    def owner(self) -> Someone:
        """Whose token it is; the first call asks X."""
        if self._owner is None:
            self.purse.affordable(WHO_AM_I_DOLLARS, 1)
            told = item(self._x.get_me(user_auth=False), "data")
            self.purse.pay(WHO_AM_I_DOLLARS, 1)
            owner = Someone(word(told, "id"), word(told, "username"))
            if owner.account is None or owner.account.handle != owner.id:
                raise unavailable(_WORDS, "does not say whose token this is")
            self._owner = owner
        return self._owner

    def posted(self) -> list[Posted]:
        """The owner's newest posts that are young, and how often each was echoed."""
        if self._posted is None:
            most = self.purse.affordable(OWN_POSTS_DOLLARS, OWN_POSTS, PRICES["posts"].least)
            told: Item = self._x.get_users_tweets(
                self.owner().id,
                tweet_fields=["public_metrics"],
                exclude=["retweets"],
                start_time=f"{self._now - YOUNG:%Y-%m-%dT%H:%M:%SZ}",
                max_results=most,
            )
            found = posted(told)
            self.purse.pay(OWN_POSTS_DOLLARS, len(found))
            self._posted = found
        return self._posted

    def page(self, stream: str, most: int, post: str = "", **asked: Any) -> Item:
        """X's answer for one page of a stream, paid for.

        Args:
            stream: one of ``prices.STREAMS``.
            most: how many items it may hold.
            post: of which one it is asked, where it is asked of each.
            asked: which page, in X's own parameters.
        """
        price = PRICES[stream]
        asked["max_results"] = self.purse.affordable(price.each, most, price.least)
        answer: Item = self._asked(stream, post or self.owner().id, asked)
        data = answer.get("data")
        self.purse.pay(price.each, len(data) if isinstance(data, list) else 0)
        return answer

    def _asked(self, stream: str, number: str, asked: Mapping[str, Any]) -> Any:
        x = self._x
        match stream:
            case "mentions":
                return x.get_users_mentions(number, tweet_fields=_POST_FIELDS, **asked)
            case "posts":
                return x.get_users_tweets(number, tweet_fields=_POST_FIELDS, **asked)
            case "dms":
                fields = {"dm_event_fields": _EVENT_FIELDS, "event_types": "MessageCreate"}
                return x.get_direct_message_events(user_auth=False, **fields, **asked)
            case "followers":
                return x.get_users_followers(number, **asked)
            case "quotes":
                return x.get_quote_tweets(number, tweet_fields=_POST_FIELDS, **asked)
            case "reposts":
                return x.get_retweeters(number, **asked)
            case "liked_by":
                return x.get_liking_users(number, **asked)
            case "likes":
                return x.get_liked_tweets(number, tweet_fields=["author_id"], **asked)
        return x.get_users_following(number, **asked)


def connect(settings: LiveSettings) -> Client:
    """A client for one run; no request is made yet.

    Raises:
        SignInFailed: there is no token, or it cannot be one.
        ConfigError: the base address would show the token to others.
    """
    return Client(settings)


def who(client: Client) -> SignedIn:
    """Whose token it is; the answer is billed as a user looked up."""
    owner = client.owner()
    return SignedIn(f"@{owner.handle}" if owner.handle else owner.id)


def streams(client: Client) -> Sequence[str]:
    """What can be pulled."""
    return STREAMS


def pull(client: Client, stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """What is new in a stream, each page followed by its checkpoint.

    Args:
        client: from ``connect``.
        stream: one of ``prices.STREAMS``.
        cursor: of the stream's last checkpoint, or empty.

    Raises:
        TwoOwners: the cursor was made with another person's token.
        QuotaExhausted: the cost cap, or X's own.
        CollectError: see ``roc.collectors.http``.
    """
    owner = client.owner()
    one_owner(
        cursor,
        owner.id,
        "This token belongs to somebody else than the one before it.",
        hint="use the first owner's token, or another graph file for another person.",
    )
    if seen := someone_seen(owner):
        yield replace(seen, owner=True)
    answers = Answers(stream, owner)

    def checkpoint(told: dict[str, Any]) -> Checkpoint:
        return Checkpoint(SOURCE, stream, {"owner": owner.id, **told})

    def fetch(asked: dict[str, Any]) -> Item:
        looked_before = cursor.get("heads") or cursor.get("newest_done", "0") != "0"
        small = looked_before and not asked.keys() & {"pagination_token", "since_id"}
        return client.page(stream, _FIRST_LOOK if small else PRICES[stream].page, **asked)

    if stream in ECHOES:
        page = PRICES[stream].page
        yield from walk_echoes(
            stream,
            cursor,
            client.posted(),
            lambda post, token: answers.echoes(
                client.page(stream, page, post.id, **_page_of(token)), post.id
            ),
            checkpoint,
            is_more=is_more,
            most_pages=MOST_PAGES,
        )
    elif stream in _LISTS:
        yield from walk_list(
            cursor, lambda token: answers.listed(fetch(_page_of(token))), checkpoint
        )
    else:
        yield from walk(
            stream,
            cursor,
            lambda progress: answers.page(fetch(_below(stream, progress))),
            checkpoint,
            by_number=stream != "dms",
        )


def _below(stream: str, progress: Progress) -> dict[str, Any]:
    """Which page a progress asks for; direct messages know tokens only."""
    asked = _page_of(progress.token)
    if stream != "dms":
        if progress.newest_done:
            asked["since_id"] = str(progress.newest_done)
        if progress.oldest and not progress.token:
            asked["until_id"] = str(progress.oldest)
    return asked


def _page_of(token: str) -> dict[str, Any]:
    return {"pagination_token": token} if token else {}


@dataclass(frozen=True, slots=True)
class _Parsed:
    """What tweepy wants back from a request."""

    told: dict[str, Any]

    def json(self) -> dict[str, Any]:
        return self.told


class _Wired(tweepy.Client):  # type: ignore[misc]  # tweepy has no types
    """tweepy, speaking through our line; the token stays with the line."""

    def __init__(self, line: Line) -> None:
        super().__init__(return_type=dict, wait_on_rate_limit=False)
        self._line = line

    def request(
        self,
        method: str,
        route: str,
        params: Mapping[str, Any] | None = None,
        json: object = None,
        user_auth: bool = False,
    ) -> _Parsed:
        scopes = _SCOPES.get(route.rsplit("/", 1)[-1], _USUAL_SCOPES)
        words = replace(_WORDS, permission=f"make a user token with the scopes {scopes}.")
        return _Parsed(json_object(self._line.get(route, params or {}, words), words))
