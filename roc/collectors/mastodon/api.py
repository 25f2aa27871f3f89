"""Mastodon's API, of any server of the fediverse that speaks it: what is new, both ways.

What has happened is read upwards, from the oldest that is not known: the place is one id, and a
run that is stopped goes on there. Lists of people are given the newest first, and only so.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import requests

from roc.collectors.base import LiveSettings, OAuth, SignedIn, SignIn
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.json_values import Item, item, word
from roc.collectors.formats.one_owner import another_name, one_owner
from roc.collectors.formats.tolerance import or_problem
from roc.collectors.http import Line, NotUnderstood, Words, json_object, json_value, unavailable
from roc.collectors.mastodon.answers import Answers
from roc.collectors.mastodon.people import SOURCE, by_address, host, person
from roc.graph.records import AccountSeen, Checkpoint, Problem, Record

__all__ = ["SIGN_IN", "connect", "pull", "streams", "who"]

_SCOPES = (
    "read:accounts",
    "read:favourites",
    "read:notifications",
    "read:statuses",
)

SIGN_IN = SignIn(
    name="Mastodon",
    page="",
    steps=(
        "Sign in on your server's page, and open Preferences, Development, New application.",
        f"Tick nothing but {', '.join(_SCOPES)}, and submit.",
        "Open the application, and copy its access token.",
    ),
    secret="access token",
    asks_address="Your server, as https://mastodon.example",
    oauth=OAuth("/oauth/authorize", "/oauth/token", _SCOPES, register="/api/v1/apps"),
)

_STREAMS = ("notifications", "statuses", "favourites", "followers", "following")
_LISTS = frozenset({"followers", "following"})
_NEEDS = {
    "notifications": "read:notifications",
    "statuses": "read:statuses",
    "favourites": "read:favourites",
    "followers": "read:accounts",
    "following": "read:accounts",
}
_PAGE, _PEOPLE = 40, 80  # the most that Mastodon gives
_MOST_PAGES = 50_000
_LINKED = re.compile(r'<([^<>]{1,2000})>\s*;\s*rel="?(next|prev)"?')
_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_WORDS = Words(
    source="Mastodon",
    sign_in="sign in anew: roc connect mastodon; see docs/sources/mastodon-api.md.",
    permission="",
    payment="Mastodon should cost nothing: look at your server's page.",
)


class Client:
    """One owner's server for one run; who they are is asked once.

    Args:
        settings: see ``LiveSettings``; the address is that of the owner's server.
    """

    def __init__(self, settings: LiveSettings) -> None:
        self._line = Line(settings, "", _WORDS)
        self._number = self._link = ""
        self._owner: AccountSeen | None = None
        self.home = ""

    def owner(self) -> AccountSeen:
        """Whose token it is."""
        if self._owner is None:
            words = _needing("read:accounts")
            answer = self._line.get("/api/v1/accounts/verify_credentials", {}, words)
            told = json_object(answer, words)
            self._number = word(told, "id")
            self._link = word(told, "uri")
            self.home = self._domain() or host(word(told, "url"))
            account = by_address(word(told, "acct"), self.home)
            if account is None or not _ID.fullmatch(self._number):
                raise unavailable(_WORDS, "does not say whose token this is")
            linked = person(self._link)
            self._owner = AccountSeen(
                account,
                tidy(word(told, "display_name")),
                owner=True,
                same_as=(linked,) if linked and linked != account else (),
            )
        return self._owner

    def answers(self) -> Answers:
        """A reader of what this server says to this owner."""
        return Answers(self.owner().account, self.home, self._link)

    def page(self, stream: str, asked: Mapping[str, str]) -> "Page":
        """A page of a stream."""
        self.owner()
        route = {
            "notifications": "/api/v1/notifications",
            "favourites": "/api/v1/favourites",
        }.get(stream, f"/api/v1/accounts/{self._number}/{stream}")
        size = _PEOPLE if stream in _LISTS else _PAGE
        words = _needing(
            _NEEDS.get(stream, "read:follows" if stream in _LISTS else "read:statuses")
        )
        answer = self._line.get(route, {"limit": size, **asked}, words)
        told = json_value(answer, words)
        if not isinstance(told, list):
            raise unavailable(words, "answers with something else than was asked for")
        return Page(told, _places(answer))

    def _domain(self) -> str:
        """The server's name in addresses, which may be another than in links."""
        try:
            answer = self._line.get("/api/v2/instance", {}, _WORDS)
        except NotUnderstood:  # a server of before 2022, or another program
            return ""
        return word(json_object(answer, _WORDS), "domain").lower()


@dataclass(frozen=True, slots=True)
class Page:
    """What one request brought.

    Args:
        told: its items, the newest first.
        places: ids for asking on, by ``next max_id``, ``prev min_id`` and ``prev since_id``.
    """

    told: list[Any]
    places: Mapping[str, str]


def connect(settings: LiveSettings) -> Client:
    """A client for one run; no request is made yet.

    Raises:
        SignInFailed: there is no token, or it cannot be one.
        ConfigError: no server was named, or the token would be shown to others.
    """
    return Client(settings)


def who(client: Client) -> SignedIn:
    """Whose token it is."""
    return SignedIn(client.owner().account.handle)


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
        TwoOwners: the cursor was made with another person's token.
        CollectError: see ``roc.collectors.http``.
    """
    owner = client.owner()
    one_owner(
        cursor,
        owner.account.handle,
        "This token belongs to somebody else than the one before it.",
        hint=another_name("mastodon"),
    )
    yield owner
    walk = _down if stream in _LISTS else _up
    for place, records in walk(client, stream, cursor):
        yield from records
        yield Checkpoint(SOURCE, stream, {"owner": owner.account.handle, **place})


_Step = tuple[dict[str, str], list[Record]]


def _up(client: Client, stream: str, cursor: Mapping[str, Any]) -> Iterator[_Step]:
    """From the oldest that is not known to the newest; every page is a place to go on from."""
    answers = client.answers()
    read = {"notifications": answers.notice, "favourites": answers.like}.get(stream, answers.post)
    after = word(cursor, "after") or "0"
    for number in range(1, _MOST_PAGES + 1):
        page = client.page(stream, {"min_id": after})
        if not page.told:
            return
        newest = page.places.get("prev min_id") or word(item(page.told[0]), "id")
        records = list(_usable(page.told, read, f"{stream}, page {number}"))
        if newest in ("", after) or not _ID.fullmatch(newest):
            records.append(
                Problem(stream, "endless_pages", "the same page again; the rest was left")
            )
            yield {"after": after}, records
            return
        after = newest
        yield {"after": after}, records


def _down(client: Client, stream: str, cursor: Mapping[str, Any]) -> Iterator[_Step]:
    """From the newest down to those who were there the last time."""
    answers = client.answers()

    def read(told: Item) -> Iterator[Record]:
        return answers.follow(told, by_owner=stream == "following")

    place = _Place(*(word(cursor, name) for name in ("since", "top", "below")))
    for number in range(1, _MOST_PAGES + 1):
        page = client.page(stream, place.asked())
        top = place.top or page.places.get("prev since_id") or page.places.get("prev min_id", "")
        below = page.places.get("next max_id", "")
        records = list(_usable(page.told, read, f"{stream}, page {number}"))
        if not page.told and not place.below:
            return
        if not page.told or below in ("", place.below):
            yield _Place(top or place.since).told(), records
            return
        place = replace(place, top=top, below=below)
        yield place.told(), records


@dataclass(frozen=True, slots=True)
class _Place:
    """How far a list is read; empty where nothing is known.

    Args:
        since: whoever came before was read.
        top: the same of the walk under way.
        below: where the walk under way goes on.
    """

    since: str = ""
    top: str = ""
    below: str = ""

    def asked(self) -> dict[str, str]:
        """The page to ask for, in Mastodon's words."""
        told = {"since_id": self.since, "max_id": self.below}
        return {name: value for name, value in told.items() if value}

    def told(self) -> dict[str, str]:
        """The place as plain JSON."""
        told = {"since": self.since, "top": self.top, "below": self.below}
        return {name: value for name, value in told.items() if value}


def _usable(
    told: Sequence[Any], read: Callable[[Item], Iterator[Record]], where: str
) -> Iterator[Record]:
    for count, each in enumerate(told, 1):
        yield from or_problem(read(item(each)), f"{where}, item {count}")


def _places(answer: requests.Response) -> dict[str, str]:
    """The ids in the links to the next and the previous page.

    The links themselves are not followed: they could lead anywhere, and the token with them.
    """
    found = {}
    for link, way in _LINKED.findall(answer.headers.get("Link", "")[:10_000]):
        for pair in urlsplit(link).query.split("&"):
            name, _, value = pair.partition("=")
            if _ID.fullmatch(value):
                found[f"{way} {name}"] = value
    return found


def _needing(scope: str) -> Words:
    return replace(_WORDS, permission=f"the token needs the scope {scope}: sign in anew.")
