"""Slack, with an internal app of the owner's own: conversation by conversation, what is new.

A stream is a conversation that the owner is in. Its newest messages are asked for, back to three
days before those that are known: marks and answers come later. The answers of a thread are asked
for when their number has changed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from roc.collectors.base import LiveSettings, SignedIn, SignIn
from roc.collectors.formats.chats import MAX_MEMBERS
from roc.collectors.formats.hashed_ids import hashed
from roc.collectors.formats.json_values import Item, item, items, word, words
from roc.collectors.formats.newest_first import Page, Place, walk
from roc.collectors.formats.one_owner import another_name, one_owner
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.http import Line, NotUnderstood, Words, json_object, unavailable
from roc.collectors.slack.layout import Conversation, conversation
from roc.collectors.slack.messages import Threads, message_records
from roc.collectors.slack.people import SOURCE, People, account, user_seen
from roc.errors import CollectError, PermissionMissing, RateLimited, SignInFailed
from roc.graph.records import Checkpoint, Record

__all__ = ["SIGN_IN", "connect", "pull", "streams", "who"]

_KINDS = ("channels", "groups", "im", "mpim")
_SCOPES = (
    *(f"{kind}:{what}" for kind in _KINDS for what in ("history", "read")),
    "users:read",
    "users:read.email",
)

SIGN_IN = SignIn(
    name="Slack",
    page="https://api.slack.com/apps",
    steps=(
        "Create an app from scratch, for your workspace. It stays internal: do not distribute it.",
        "Under OAuth & Permissions add these User Token Scopes: " + ", ".join(_SCOPES) + ".",
        "Install the app to the workspace, and copy the User OAuth Token (xoxp-…).",
    ),
    secret="user OAuth token",
)

_REAL = "https://slack.com/api"
_PEOPLE = "people"
_PAGE = 200
_MOST_PAGES = 5000
_OVERLAP_SECONDS = 3 * 24 * 3600.0
_STAMP = re.compile(r"\d{9,11}\.\d{1,9}")
_SCOPE = re.compile(r"[a-z_.:, ]{1,200}")
_NO_TOKEN = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "org_login_required",
    }
)
_NOT_ALLOWED = frozenset(
    {
        "no_permission",
        "not_allowed_token_type",
        "access_denied",
        "ekm_access_denied",
        "not_in_channel",
        "channel_not_found",
        "team_access_not_granted",
    }
)
_DOWN = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
_WORDS = Words(
    source="Slack",
    sign_in="install your app anew and connect with its token; see docs/sources/slack-api.md.",
    permission="an admin of the workspace may have to approve your app.",
    payment="Slack's API costs nothing beyond the workspace's plan.",
)


class Client:
    """Slack for one run: whose token it is, who is there and what conversations there are.

    Args:
        settings: see ``LiveSettings``.
    """

    def __init__(self, settings: LiveSettings) -> None:
        self._line = Line(settings, _REAL, _WORDS)
        self._owner = ""
        self._users: list[Item] | None = None
        self._conversations: dict[str, Item] | None = None
        self.lacking: tuple[str, ...] = ()
        self.name = ""

    def owner(self) -> str:
        """Id of the user whose token it is."""
        if not self._owner:
            told = self._ask("auth.test")
            if account(word(told, "user_id")) is None:
                raise unavailable(_WORDS, "does not say whose token this is")
            self._owner = word(told, "user_id")
            self.name = f"{word(told, 'user')} at {word(told, 'team')}"
        return self._owner

    def users(self) -> list[Item]:
        """Everybody in the workspace."""
        if self._users is None:
            self._users = list(self._listed("users.list", "members"))
        return self._users

    def conversations(self) -> dict[str, Item]:
        """The conversations that the owner is in, by their ids."""
        if self._conversations is None:
            kinds = "public_channel,private_channel,mpim,im"
            listed = self._listed("conversations.list", "channels", types=kinds)
            self._conversations = {
                word(told, "id"): told
                for told in listed
                if any(told.get(mark) is True for mark in ("is_member", "is_im", "is_mpim"))
            }
        return self._conversations

    def conversation(self, told: Item) -> Conversation | None:
        """A conversation with whoever is in it."""
        if told.get("is_im") is True:
            members = [self.owner(), word(told, "user")]
        else:
            count = told.get("num_members")
            crowded = isinstance(count, int) and count > MAX_MEMBERS
            listed = self._pages("conversations.members", channel=word(told, "id"))
            members = (
                [] if crowded else [who for page in listed for who in words(page.get("members"))]
            )
        private = told.get("is_private") is True
        return conversation({**told, "members": members}, "groups.json" if private else "")

    def history(self, channel: str, oldest: str, token: str) -> Item:
        """A page of a conversation, the newest first."""
        return self._ask(
            "conversations.history", channel=channel, oldest=oldest, cursor=token, limit=str(_PAGE)
        )

    def replies(self, channel: str, root: str) -> Iterator[Item]:
        """The messages of a thread, its first one among them."""
        pages = self._pages("conversations.replies", channel=channel, ts=root)
        for page in pages:
            yield from items(page.get("messages"))

    def _members(self, channel: str) -> Iterator[str]:
        for page in self._pages("conversations.members", channel=channel):
            yield from words(page.get("members"))

    def _listed(self, method: str, name: str, **told: str) -> Iterator[Item]:
        for page in self._pages(method, **told):
            yield from items(page.get(name))

    def _pages(self, method: str, **told: str) -> Iterator[Item]:
        token = ""
        for _ in range(_MOST_PAGES):
            page = self._ask(method, **told, cursor=token, limit=str(_PAGE))
            yield page
            before, token = token, word(item(page, "response_metadata"), "next_cursor")
            if token in ("", before):
                return

    def _ask(self, method: str, **told: str) -> Item:
        body = urlencode({name: value for name, value in told.items() if value}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self._line.ask("POST", f"/{method}", _WORDS, headers=headers, body=body)
        found = json_object(answer, _WORDS)
        if found.get("ok") is not True:
            raise _refusal(found)
        granted = answer.headers.get("X-OAuth-Scopes", "")
        if granted:
            have = {scope.strip() for scope in granted.split(",")}
            self.lacking = tuple(scope for scope in _SCOPES if scope not in have)
        return found


def connect(settings: LiveSettings) -> Client:
    """A client for one run; no request is made yet.

    Raises:
        SignInFailed: there is no token, or it cannot be one.
        ConfigError: the base address would show the token to others.
    """
    return Client(settings)


def who(client: Client) -> SignedIn:
    """Whose token it is, and which scopes it lacks."""
    client.owner()
    return SignedIn(client.name, lacking=client.lacking)


def streams(client: Client) -> Sequence[str]:
    """Who is there, and each conversation that the owner is in, by Slack's id of it."""
    return (_PEOPLE, *client.conversations())


def pull(client: Client, stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """What is new in a conversation, each page followed by its checkpoint.

    Args:
        client: from ``connect``.
        stream: one of ``streams``.
        cursor: of the stream's last checkpoint, or empty.

    Raises:
        TwoOwners: the cursor was made with another person's token.
        CollectError: see ``roc.collectors.http``.
    """
    owner = client.owner()
    one_owner(
        cursor,
        owner,
        "This token belongs to somebody else than the one before it.",
        hint=another_name("slack"),
    )
    people = People()
    for told in client.users():
        seen = user_seen(told)
        if seen and people.new(seen) and stream == _PEOPLE:
            yield replace(seen, owner=True) if seen.account.handle == owner else seen
    if stream != _PEOPLE:
        yield from _Conversation(client, stream, cursor, people).records()


class _Conversation:
    """One conversation being read, from where a cursor says."""

    def __init__(
        self, client: Client, channel: str, cursor: Mapping[str, Any], people: People
    ) -> None:
        self._client = client
        self._channel = channel
        self._place = Place.of(cursor)
        self._people = people
        self._begun = Threads()
        self._seen = word(cursor, "seen")
        self._chat: Conversation | None = None
        self._answers = {
            root: count
            for root, count in item(cursor, "threads").items()
            if isinstance(count, int) and _STAMP.fullmatch(root)
        }

    def records(self) -> Iterator[Record]:
        """Page after page, each with its checkpoint."""
        for place, found in walk(self._place, self._page, "a conversation"):
            if not found and place == self._place:  # all is as it was
                return
            yield from found
            since = _before(place.top or place.newest)
            threads = {root: count for root, count in self._answers.items() if root >= since}
            told = {"owner": self._client.owner(), **place.told(), "threads": threads}
            if not place.token:
                told["seen"] = self._seen
            yield Checkpoint(SOURCE, self._channel, told)

    def _page(self, token: str) -> Page:
        answer = self._client.history(self._channel, _before(self._place.newest), token)
        told = list(items(answer.get("messages")))
        following = word(item(answer, "response_metadata"), "next_cursor")
        stamps = [stamp for one in told if _STAMP.fullmatch(stamp := word(one, "ts"))]
        if not token:
            before, self._seen = self._seen, _state(told)
            if before == self._seen and not following:
                return Page(stamps, "", ())
        records: list[Record] = []
        for count, message in enumerate(told, 1):
            where = f"a conversation, message {count} of a page"
            for each in (message, *self._thread(message)):
                records += self._message(each, where)
        return Page(stamps, following, records)

    def _thread(self, message: Item) -> Iterator[Item]:
        """The answers to a message, where there are others than before."""
        root, count = word(message, "ts"), message.get("reply_count")
        if not isinstance(count, int) or count < 1 or self._answers.get(root) == count:
            return
        yield from self._client.replies(self._channel, root)
        self._answers[root] = count

    def _message(self, told: Item, where: str) -> Iterator[Record]:
        if self._chat is None:
            self._chat = self._client.conversation(self._client.conversations()[self._channel])
        if self._chat is None:
            return
        try:
            yield from list(message_records(told, self._chat, self._begun, self._people))
        except Unusable as reason:
            yield reason.at(where)


def _state(told: Sequence[Item]) -> str:
    """How the newest messages stand: which there are, their answers and marks, as a hash."""

    def marks_on(one: Item) -> Iterator[Item]:
        return items(one.get("reactions"))

    states = [
        (word(one, "ts"), word(one, "reply_count"), [words(m.get("users")) for m in marks_on(one)])
        for one in told
    ]
    return hashed(repr(states))


def _before(stamp: str) -> str:
    """Three days before a time stamp; empty where there is none."""
    return f"{max(0.0, float(stamp) - _OVERLAP_SECONDS):.6f}" if _STAMP.fullmatch(stamp) else ""


def _refusal(told: Item) -> CollectError:
    """What Slack says with status 200 and ``"ok": false``."""
    code = word(told, "error")
    if code in _NO_TOKEN:
        return SignInFailed("Slack refuses the token.", hint=_WORDS.sign_in)
    if code == "missing_scope":
        needed = word(told, "needed")
        named = needed if _SCOPE.fullmatch(needed) else "another scope"
        return PermissionMissing(
            "Slack does not let this token read that.",
            hint=f"add {named} to your app's User Token Scopes, and install it anew.",
        )
    if code in _NOT_ALLOWED:
        return PermissionMissing("Slack does not let this token read that.", hint=_WORDS.permission)
    if code in ("ratelimited", "rate_limited"):
        return RateLimited(
            "Slack asks to wait.", resume_at=None, hint="run the same command later."
        )
    if code in _DOWN:
        return unavailable(_WORDS, "answers with an error of its own", may_pass=True)
    return NotUnderstood(
        "Slack does not understand the request.",
        status=400,
        hint="the source may have changed: look for a newer roc, or report it.",
    )
