"""An Instagram professional account: who writes to it, and who comments on what it publishes.

Personal accounts have no API; they have their export.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from roc.collectors.base import LiveSettings, SignedIn, SignIn
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.echoes import Echoes, Posted
from roc.collectors.formats.graph_account import CONVERSATIONS, pull_account
from roc.collectors.formats.graph_api import Graph
from roc.collectors.formats.graph_talk import Whose, comments
from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.formats.meta_labels import username
from roc.collectors.http import Words, unavailable
from roc.collectors.instagram.acts import SOURCE
from roc.graph.records import Account, AccountSeen, Record

__all__ = ["SIGN_IN", "connect", "pull", "streams", "who"]

SIGN_IN = SignIn(
    name="Instagram",
    page="https://developers.facebook.com/apps",
    steps=(
        "In Instagram's app switch your account to a professional one, which costs nothing.",
        "Make an app of the type Business at developers.facebook.com, and add Instagram to it.",
        "Under API setup with Instagram login add your account, and press Generate token.",
        "Allow instagram_business_basic, instagram_business_manage_messages and "
        "instagram_business_manage_comments, and copy the token.",
    ),
    secret="Instagram user access token",
    days=60,
)

_REAL = "https://graph.instagram.com"
_WORDS = Words(
    source="Instagram",
    sign_in="make a new token: roc connect instagram; see docs/sources/instagram-api.md.",
    permission="see docs/sources/instagram-api.md.",
    payment="Instagram's API costs nothing.",
)
_STREAMS = (CONVERSATIONS, "comments")
_PERMISSIONS = {
    CONVERSATIONS: "instagram_business_basic and instagram_business_manage_messages",
    "comments": "instagram_business_basic and instagram_business_manage_comments",
}
_POSTS = 100  # the newest, of which it is asked what came back
_PAGE = 50


class Client:
    """An account for one run; whose it is, is asked once.

    Args:
        settings: see ``LiveSettings``.
    """

    platform = "instagram"

    def __init__(self, settings: LiveSettings) -> None:
        self.graph = Graph(settings, _REAL, _WORDS)
        self._whose: Whose | None = None
        self._posts: list[Posted] | None = None

    def whose(self) -> Whose:
        """Whose token it is."""
        if self._whose is None:
            told = self.graph.get("/me", "instagram_business_basic", fields="user_id,username,name")
            seen = _person(told)
            if seen is None:
                raise unavailable(_WORDS, "does not say whose token this is")
            owner = AccountSeen(seen.account, tidy(word(told, "name")), owner=True)
            self._whose = Whose(SOURCE, owner, _person, _author)
        return self._whose

    def needs(self, stream: str) -> str:
        """Which permissions a stream needs."""
        return _PERMISSIONS[stream]

    def posts(self) -> list[Posted]:
        """The account's newest posts, and how often each was commented on."""
        if self._posts is None:
            answer = self.graph.get(
                "/me/media", _PERMISSIONS["comments"], fields="id,comments_count", limit=_POSTS
            )
            listed = [told for told in items(answer.get("data")) if word(told, "id")]
            self._posts = [Posted(word(told, "id"), _states(told)) for told in listed]
        return self._posts

    def echoes(self, stream: str, post: Posted, token: str) -> Echoes:
        """A page of comments on a post, and the answers to each."""
        one = "id,timestamp,username,from"
        asked = {"limit": _PAGE, **({"after": token} if token else {})}
        needs = _PERMISSIONS[stream]
        fields = f"{one},replies.limit({_PAGE}){{{one}}}"
        told = self.graph.get(f"/{post.id}/comments", needs, fields=fields, **asked)
        return comments(self.whose(), told, post.id, "timestamp", answers=True)


def connect(settings: LiveSettings) -> Client:
    """A client for one run; no request is made yet.

    Raises:
        SignInFailed: there is no token, or it cannot be one.
        ConfigError: the base address would show the token to others.
    """
    return Client(settings)


def who(client: Client) -> SignedIn:
    """Whose account it is."""
    return SignedIn(f"@{client.whose().owner.account.handle}")


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
        TwoOwners: the cursor was made with another account's token.
        CollectError: see ``formats/graph_api.py``.
    """
    return pull_account(client, stream, cursor)


def _states(told: Item) -> dict[str, str]:
    count = word(told, "comments_count")
    return {} if count in ("", "0") else {"comments": count}


def _person(told: Item) -> AccountSeen | None:
    """Somebody by the name that they go by on Instagram, as exports tell them too."""
    name = username(word(told, "username"))
    return AccountSeen(Account(SOURCE, name)) if name else None


def _author(comment: Item) -> AccountSeen | None:
    return _person(item(comment, "from")) or _person(comment)
