"""A Facebook Page: who writes to it, who comments on its posts and who marks them.

Personal profiles have no API; they have their export.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from roc.collectors.base import LiveSettings, SignedIn, SignIn
from roc.collectors.facebook.acts import SOURCE
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.echoes import Echoes, Posted
from roc.collectors.formats.graph_account import CONVERSATIONS, pull_account
from roc.collectors.formats.graph_api import Graph
from roc.collectors.formats.graph_talk import Whose, comments, reactions
from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.http import Words, unavailable
from roc.graph.records import Account, AccountSeen, Record

__all__ = ["SIGN_IN", "connect", "pull", "streams", "who"]

SIGN_IN = SignIn(
    name="Facebook",
    page="https://developers.facebook.com/tools/explorer",
    steps=(
        "Make an app of the type Business at developers.facebook.com, with yourself as its admin.",
        "In the Graph API Explorer choose the app, then Get Page Access Token, and your Page.",
        "Tick pages_messaging, pages_read_engagement, pages_read_user_content, pages_show_list.",
        "Have the token extended in the Access Token Debugger, and copy the Page's token.",
    ),
    secret="Page access token",
)

_REAL = "https://graph.facebook.com"
_WORDS = Words(
    source="Facebook",
    sign_in="make a new Page token: roc connect facebook; see docs/sources/facebook-api.md.",
    permission="see docs/sources/facebook-api.md.",
    payment="Facebook's API costs nothing.",
)
_STREAMS = (CONVERSATIONS, "comments", "reactions")
_PERMISSIONS = {
    CONVERSATIONS: "pages_messaging",
    "comments": "pages_read_engagement and pages_read_user_content",
    "reactions": "pages_read_engagement",
}
_ID = re.compile(r"[0-9]{1,30}", re.ASCII)
_POSTS = 50  # the newest of the Page's, of which it is asked what came back
_PAGE = 100


class Client:
    """A Page for one run; which one it is, is asked once.

    Args:
        settings: see ``LiveSettings``.
    """

    platform = "messenger"

    def __init__(self, settings: LiveSettings) -> None:
        self.graph = Graph(settings, _REAL, _WORDS)
        self._whose: Whose | None = None
        self._posts: list[Posted] | None = None
        self.written: dict[str, str] = {}

    def whose(self) -> Whose:
        """Whose token it is."""
        if self._whose is None:
            told = _person(self.graph.get("/me", "pages_show_list", fields="id,name"))
            if told is None:
                raise unavailable(_WORDS, "does not say whose token this is")
            owner = AccountSeen(told.account, told.name, owner=True)
            self._whose = Whose(SOURCE, owner, _person, _author)
        return self._whose

    def needs(self, stream: str) -> str:
        """Which permissions a stream needs."""
        return _PERMISSIONS[stream]

    def posts(self) -> list[Posted]:
        """The Page's newest posts, and whether anything came back to each."""
        if self._posts is None:
            newest = "comments.order(reverse_chronological).filter(stream).limit(1)"
            answer = self.graph.get(
                "/me/posts",
                _PERMISSIONS["comments"],
                fields=f"id,created_time,{newest}.summary(true){{id}},"
                "reactions.limit(0).summary(total_count)",
                limit=_POSTS,
            )
            listed = [told for told in items(answer.get("data")) if word(told, "id")]
            self.written = {word(told, "id"): word(told, "created_time") for told in listed}
            self._posts = [Posted(word(told, "id"), _states(told)) for told in listed]
        return self._posts

    def echoes(self, stream: str, post: Posted, token: str) -> Echoes:
        """A page of what came back to a post."""
        asked = {"limit": _PAGE, **({"after": token} if token else {})}
        if stream == "reactions":
            told = self._get(stream, post, fields="id,name", **asked)
            return reactions(self.whose(), told, post.id, self.written[post.id])
        fields = "id,created_time,from,parent{id,from}"
        order = {"filter": "stream", "order": "reverse_chronological"}
        told = self._get(stream, post, fields=fields, **order, **asked)
        return comments(self.whose(), told, post.id, "created_time")

    def _get(self, stream: str, post: Posted, **asked: Any) -> Item:
        return self.graph.get(f"/{post.id}/{stream}", _PERMISSIONS[stream], **asked)


def connect(settings: LiveSettings) -> Client:
    """A client for one run; no request is made yet.

    Raises:
        SignInFailed: there is no token, or it cannot be one.
        ConfigError: the base address would show the token to others.
    """
    return Client(settings)


def who(client: Client) -> SignedIn:
    """Which Page it is."""
    owner = client.whose().owner
    return SignedIn(owner.name or owner.account.handle)


def streams(client: Client) -> Sequence[str]:
    """What can be pulled."""
    return _STREAMS


def pull(client: Client, stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """What is new in a stream, each page followed by its checkpoint.

    Args:
        client: from ``connect``.
        stream: one of ``streams``.
        cursor: of the stream's last checkpoint, or empty.

    Raises:
        TwoOwners: the cursor was made with another Page's token.
        CollectError: see ``formats/graph_api.py``.
    """
    return pull_account(client, stream, cursor)


def _person(told: Item) -> AccountSeen | None:
    """Somebody by the number that they have for this Page, and their name."""
    number = word(told, "id")
    if not _ID.fullmatch(number):
        return None
    return AccountSeen(Account(SOURCE, number), tidy(word(told, "name")))


def _author(comment: Item) -> AccountSeen | None:
    return _person(item(comment, "from"))


def _states(told: Item) -> dict[str, str]:
    """What shows that there is more: how many, and the newest of the comments."""
    states = {}
    for stream in ("comments", "reactions"):
        found = item(told, stream)
        count = word(item(found, "summary"), "total_count")
        newest = next((word(each, "id") for each in items(found.get("data"))), "")
        if count not in ("", "0"):
            states[stream] = f"{count} {newest}".strip()
    return states
