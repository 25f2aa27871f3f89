"""Beeper Desktop's API on this machine: chat by chat, the newest first, what is new in each.

The list of chats tells when anything last happened in each. A chat in which nothing did is not
asked for; in the others the newest page is read again, for marks come later.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from roc.collectors.base import LiveSettings, SignedIn, SignIn
from roc.collectors.beeper.chats import SOURCE, Chat, chat, message_records, owners
from roc.collectors.formats.json_values import Item, items, word
from roc.collectors.formats.newest_first import Page, Place, walk
from roc.collectors.formats.one_owner import one_owner
from roc.collectors.formats.tolerance import or_problem
from roc.collectors.http import (
    Line,
    Words,
    json_object,
    json_value,
    unavailable,
)
from roc.graph.records import AccountSeen, Checkpoint, Record

__all__ = ["SIGN_IN", "connect", "pull", "streams", "who"]

SIGN_IN = SignIn(
    name="Beeper",
    page="",
    steps=(
        "Open Beeper Desktop on this machine, and in its settings the page Developers.",
        "Switch the API on.",
        "Make an access token that may read, and nothing else.",
    ),
    secret="access token",
)

_REAL = "http://localhost:23373"
_CHATS_A_PAGE = 200
_MOST_PAGES = 20_000  # of chats, or of one chat's messages: nobody has more
_WORDS = Words(
    source="Beeper",
    sign_in="make a new token in Beeper Desktop: Settings, Developers.",
    permission="make a token in Beeper Desktop that may read.",
    payment="Beeper's API should cost nothing: look at your account in Beeper Desktop.",
)


class Client:
    """Beeper Desktop for one run: who the owner is, and what chats there are, asked once.

    Args:
        settings: see ``LiveSettings``.
    """

    def __init__(self, settings: LiveSettings) -> None:
        self._line = Line(settings, _REAL, _WORDS)
        self._owners: dict[str, AccountSeen] | None = None
        self._chats: dict[str, Chat] | None = None

    def owners(self) -> dict[str, AccountSeen]:
        """Who the owner is on each network."""
        if self._owners is None:
            told = json_value(self._line.get("/v1/accounts", {}, _WORDS), _WORDS)
            if not isinstance(told, list):
                raise unavailable(_WORDS, "does not say which accounts it has")
            self._owners = owners(told)
        return self._owners

    def chats(self) -> dict[str, Chat]:
        """All chats by their ids, those with the newest messages first."""
        if self._chats is None:
            found = {}
            for told in self._listed():
                if each := chat(told, self.owners()):
                    found[each.id] = each
            self._chats = found
        return self._chats

    def messages(self, where: Chat, before: str) -> Item:
        """A page of a chat's messages, the newest first."""
        asked = {"cursor": before, "direction": "before"} if before else {}
        route = f"/v1/chats/{quote(where.id, safe='')}/messages"
        return json_object(self._line.get(route, asked, _WORDS), _WORDS)

    def _listed(self) -> Iterator[Item]:
        before = ""
        for _ in range(_MOST_PAGES):
            asked: dict[str, Any] = {"limit": _CHATS_A_PAGE}
            if before:
                asked |= {"cursor": before, "direction": "before"}
            page = json_object(self._line.get("/v1/chats", asked, _WORDS), _WORDS)
            yield from items(page.get("items"))
            following = word(page, "oldestCursor")
            if page.get("hasMore") is not True or following in ("", before):
                return
            before = following
        raise unavailable(_WORDS, "has more chats than anybody can have")


def connect(settings: LiveSettings) -> Client:
    """A client for one run; no request is made yet.

    Raises:
        SignInFailed: there is no token, or it cannot be one.
        ConfigError: the base address would show the token to others.
    """
    return Client(settings)


def who(client: Client) -> SignedIn:
    """Which networks' accounts the token opens."""
    names = [seen.name or seen.account.handle for seen in client.owners().values()]
    return SignedIn(", ".join(dict.fromkeys(names)))


def streams(client: Client) -> Sequence[str]:
    """A stream for each chat, by Beeper's id of it."""
    return tuple(client.chats())


def pull(client: Client, stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """What is new in a chat, each page followed by its checkpoint.

    Args:
        client: from ``connect``.
        stream: the id of a chat.
        cursor: of the stream's last checkpoint, or empty.

    Raises:
        TwoOwners: the cursor was made with another person's token.
        CollectError: see ``roc.collectors.http``.
    """
    there = client.chats().get(stream)
    if there is None:
        return
    one_owner(
        cursor,
        there.owner.handle,
        "This Beeper belongs to somebody else than the one before it.",
        hint="use another graph file for another person.",
    )
    place, activity = Place.of(cursor), word(cursor, "activity")
    if there.activity and there.activity == activity and not place.token:
        return
    yield from (seen for seen in client.owners().values() if seen.account == there.owner)
    yield from there.seen
    for reached, records in walk(place, lambda token: _page(client, there, token), "a chat"):
        yield from records
        told = {"owner": there.owner.handle, **reached.told()}
        if not reached.token:
            told["activity"] = there.activity
        yield Checkpoint(SOURCE, stream, told)


def _page(client: Client, there: Chat, token: str) -> Page:
    answer = client.messages(there, token)
    told = list(items(answer.get("items")))
    records: list[Record] = []
    for count, message in enumerate(told, 1):
        where = f"a chat, message {count} of a page"
        records += or_problem(message_records(message, there), where)
    following = word(answer, "oldestCursor") if answer.get("hasMore") is True else ""
    moments = [moment for message in told if (moment := word(message, "timestamp"))]
    return Page(moments, following, records)
