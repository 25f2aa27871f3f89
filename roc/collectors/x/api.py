"""X: mentions, your own posts and direct messages, from its API (tweepy).

Every read costs money, so nothing is asked for that is not used, and a run stops before it passes
its cost cap. tweepy knows X's routes and parameters; the line it speaks through is ours, because
its own has no time-out, follows redirects and writes tokens and texts into debug logs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import tweepy

from roc.collectors.base import LiveSettings
from roc.collectors.http import Line, Words, json_object, unavailable
from roc.collectors.x.answers import Answers
from roc.collectors.x.prices import PRICES, WHO_AM_I_DOLLARS, Purse
from roc.collectors.x.walk import Page, Progress, walk
from roc.errors import TwoOwners
from roc.graph.records import Account, AccountSeen, Checkpoint, Record

_REAL = "https://api.x.com"
_SCOPES = {"dm_events": "dm.read, tweet.read and users.read"}
_USUAL_SCOPES = "tweet.read and users.read"
_WORDS = Words(
    source="X",
    sign_in="make a new user token and put it into ROC_X_TOKEN; see docs/sources/x-api.md.",
    permission="",
    payment="buy credits in X's developer console, or wait; a later run goes on from here.",
)
# In X's older wording these come with the post itself. In the newer one (post.fields) the author
# is an expansion, and every author is billed as a user read.
_POST_FIELDS = [
    "author_id",
    "conversation_id",
    "created_at",
    "entities",
    "in_reply_to_user_id",
    "referenced_tweets",
]
_EVENT_FIELDS = ["created_at", "dm_conversation_id", "event_type", "sender_id"]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose token it is."""

    number: str
    handle: str


class Client:
    """X for one run: signed in, with a purse, and asked who the owner is at most once.

    Args:
        settings: see ``LiveSettings``.
    """

    def __init__(self, settings: LiveSettings) -> None:
        self._x = _Wired(Line(settings, _REAL, _WORDS))
        self.purse = Purse(settings.max_cost)
        self._owner: Owner | None = None

    def owner(self) -> Owner:
        """Whose token it is; the first call asks X."""
        if self._owner is None:
            self.purse.affordable(WHO_AM_I_DOLLARS, 1)
            told = self._x.get_me(user_auth=False).get("data")
            self.purse.pay(WHO_AM_I_DOLLARS, 1)
            number, handle = (
                (told.get("id"), told.get("username")) if isinstance(told, dict) else (None, None)
            )
            if not (isinstance(number, str) and number.isdecimal() and isinstance(handle, str)):
                raise unavailable(_WORDS, "does not say whose token this is")
            self._owner = Owner(number, handle)
        return self._owner

    def page(self, stream: str, progress: Progress) -> dict[str, Any]:
        """X's answer for one page, paid for."""
        price = PRICES[stream]
        size = self.purse.affordable(price.each, price.page, price.least)
        answer: dict[str, Any] = self._asked(stream, progress, size)
        data = answer.get("data")
        self.purse.pay(price.each, len(data) if isinstance(data, list) else 0)
        return answer

    def _asked(self, stream: str, progress: Progress, size: int) -> Any:
        given: dict[str, Any] = {"max_results": size, "user_auth": False}
        if progress.token:
            given["pagination_token"] = progress.token
        if stream == "dms":
            return self._x.get_direct_message_events(
                event_types="MessageCreate", dm_event_fields=_EVENT_FIELDS, **given
            )
        if progress.newest_done:
            given["since_id"] = str(progress.newest_done)
        if progress.oldest and not progress.token:
            given["until_id"] = str(progress.oldest)
        ask = self._x.get_users_mentions if stream == "mentions" else self._x.get_users_tweets
        return ask(self.owner().number, tweet_fields=_POST_FIELDS, **given)


def connect(settings: LiveSettings) -> Client:
    """A client for one run; no request is made yet.

    Raises:
        SignInFailed: there is no token, or it cannot be one.
        ConfigError: the base address would show the token to others.
    """
    return Client(settings)


def pull(client: Client, stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """What is new in a stream, each page followed by its checkpoint.

    Args:
        client: from ``connect``.
        stream: one of ``STREAMS``.
        cursor: of the stream's last checkpoint, or empty.

    Raises:
        TwoOwners: the cursor was made with another person's token.
        QuotaExhausted: the cost cap, or X's own.
        CollectError: see ``roc.collectors.http``.
    """
    owner = client.owner()
    if cursor.get("owner", owner.number) != owner.number:
        raise TwoOwners(
            "This token belongs to somebody else than the one before it.",
            hint="use the first owner's token, or another graph file for another person.",
        )
    answers = Answers(stream, Account("x", owner.number))

    def fetch(progress: Progress) -> Page:
        return answers.page(client.page(stream, progress))

    def checkpoint(told: dict[str, Any]) -> Checkpoint:
        return Checkpoint("x", stream, {"owner": owner.number, **told})

    yield AccountSeen(answers.owner, name=owner.handle, owner=True)
    yield from walk(stream, cursor, fetch, checkpoint, by_number=stream != "dms")


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
