"""GitHub's API: the threads that the owner is involved in, those first that changed longest ago.

A search tells which threads have changed since the last time. Each is then read whole, for whom a
comment reaches depends on what was said before it.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from roc.collectors.base import LiveSettings, SignedIn, SignIn
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.json_values import Item, item, items, word, words
from roc.collectors.formats.moments import iso_moment
from roc.collectors.formats.one_owner import another_name, one_owner
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.github.things import said, seen, thing, user
from roc.collectors.github.threads import SOURCE, Mark, Said, thread_acts
from roc.collectors.http import Line, NotUnderstood, Words, json_object, json_value, unavailable
from roc.graph.records import (
    Account,
    AccountSeen,
    Checkpoint,
    DeclaredKind,
    DeclaredTie,
    Problem,
    Record,
)

__all__ = ["SIGN_IN", "connect", "pull", "streams", "who"]

SIGN_IN = SignIn(
    name="GitHub",
    page="https://github.com/settings/tokens",
    steps=(
        "Make a fine-grained token with read access to Issues and Pull requests of the "
        "repositories that matter, or a classic one with the scope repo (public_repo, if that "
        "is enough).",
        "Give it an end that you will remember.",
    ),
    secret="personal access token",
)

_REAL = "https://api.github.com"
_STREAMS = ("threads", "followers", "following")
_PAGE = 100
_MOST_PAGES = 1000
_REPOSITORY = re.compile(r"/repos/([\w.-]{1,100}/[\w.-]{1,100})")
_NUMBER = re.compile(r"\d{1,12}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]{8,16}Z")
_GONE = frozenset({404, 410, 451})
_HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
_WORDS = Words(
    source="GitHub",
    sign_in="make a new token at github.com/settings/tokens, and connect with it.",
    permission="the token needs read access to Issues and Pull requests, or the scope repo; an "
    "organisation may have to allow it.",
    payment="GitHub's API costs nothing: look at your account.",
)


class Client:
    """GitHub for one run; who the owner is, is asked once.

    Args:
        settings: see ``LiveSettings``.
    """

    def __init__(self, settings: LiveSettings) -> None:
        self._line = Line(settings, _REAL, _WORDS)
        self._me: Item = {}

    def me(self) -> Item:
        """The owner, as GitHub describes them."""
        if not self._me:
            told = json_object(self._line.get("/user", {}, _WORDS, _HEADERS), _WORDS)
            if user(word(told, "login")) is None:
                raise unavailable(_WORDS, "does not say whose token this is")
            self._me = told
        return self._me

    def owner(self) -> Account:
        """The owner's account."""
        found = user(word(self.me(), "login"))
        assert found is not None
        return found

    def changed(self, since: str, page: int) -> list[Item]:
        """Threads that the owner is involved in, from those on that changed at a moment."""
        asked = f"involves:{self.owner().handle}" + (f" updated:>={since}" if since else "")
        params = {"q": asked, "sort": "updated", "order": "asc", "per_page": _PAGE, "page": page}
        answer = self._line.get("/search/issues", params, _WORDS, _HEADERS)
        return list(items(json_object(answer, _WORDS).get("items")))

    def all_of(self, route: str) -> Iterator[Item]:
        """All items of a list."""
        for page in range(1, _MOST_PAGES + 1):
            params = {"per_page": _PAGE, "page": page}
            told = json_value(self._line.get(route, params, _WORDS, _HEADERS), _WORDS)
            if not isinstance(told, list):
                raise unavailable(_WORDS, "answers with something else than was asked for")
            yield from items(told)
            if len(told) < _PAGE:
                return


def connect(settings: LiveSettings) -> Client:
    """A client for one run; no request is made yet.

    Raises:
        SignInFailed: there is no token, or it cannot be one.
        ConfigError: the base address would show the token to others.
    """
    return Client(settings)


def who(client: Client) -> SignedIn:
    """Whose token it is."""
    return SignedIn(client.owner().handle)


def streams(client: Client) -> Sequence[str]:
    """What can be pulled."""
    return _STREAMS


def pull(client: Client, stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """What is new in a stream, each thread followed by its checkpoint.

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
        owner.handle,
        "This token belongs to somebody else than the one before it.",
        hint=another_name("github"),
    )
    yield _seen(client.me(), owner, is_owner=True)
    if stream == "threads":
        yield from _threads(client, owner, cursor)
    else:
        yield from _people(client, owner, stream, cursor)


def _threads(client: Client, owner: Account, cursor: Mapping[str, Any]) -> Iterator[Record]:
    since, page = word(cursor, "since"), 1
    done = set(words(cursor.get("done")))
    for _ in range(_MOST_PAGES):
        found = client.changed(since, page)
        news = [told for told in found if _is_news(told, since, done)]
        for told in news:
            yield from _thread(client, owner, told)
            done = done if _moment(told) == since else set()
            done.add(_own_id(told))
            since = _moment(told) or since
            place = {"owner": owner.handle, "since": since, "done": sorted(done)}
            yield Checkpoint(SOURCE, "threads", place)
        if len(found) < _PAGE:
            return
        # GitHub goes through a thousand at most: after each page it is asked anew. Where all on it
        # changed at one moment, that would be the same page.
        page = 1 if news else page + 1
    yield Problem("threads", "endless_pages", "it does not end; the rest was left")


def _is_news(told: Item, since: str, done: Collection[str]) -> bool:
    """Whether a thread was not read since it changed: the search is by moments, and inclusive."""
    moment = _moment(told)
    return moment > since or (moment == since and _own_id(told) not in done)


def _moment(told: Item) -> str:
    moment = word(told, "updated_at")
    return moment if _MOMENT.fullmatch(moment) else ""


def _own_id(told: Item) -> str:
    return thing(word(told, "html_url"))[2]


def _thread(client: Client, owner: Account, told: Item) -> Iterator[Record]:
    """All that was said in a thread; a thread that is gone is a problem."""
    place = _REPOSITORY.search(word(told, "repository_url"))
    number = word(told, "number")
    try:
        opening = _said(told)
        if place is None or not _NUMBER.fullmatch(number):
            raise Unusable("no_id", "it does not say where it is")
        spoken = list(_spoken(client, place[1], number, is_pull="pull_request" in told))
    except Unusable as reason:
        yield reason.at("threads")
        return
    except NotUnderstood as refusal:
        if refusal.status not in _GONE:
            raise
        yield Problem("threads", "gone", "it can be found, and not be read")
        return
    things = {opening.id: opening}
    for each in spoken:
        try:
            found = _said(each)
        except Unusable as reason:
            yield reason.at("threads, something said in one")
        else:
            things[found.id] = found
    host = thing(word(told, "html_url"))[0]
    marked = _marks(client, owner, place[1], {_own_id(each): each for each in (told, *spoken)})
    for own_id, marks in marked:
        if own_id in things:
            things[own_id] = replace(things[own_id], marks=marks)
    yield from _people_in((told, *spoken))
    opening = things.pop(opening.id)
    yield from thread_acts(host, opening, list(things.values()))


def _spoken(client: Client, place: str, number: str, *, is_pull: bool) -> Iterator[Item]:
    yield from client.all_of(f"/repos/{place}/issues/{number}/comments")
    if is_pull:
        reviews = client.all_of(f"/repos/{place}/pulls/{number}/reviews")
        yield from (each for each in reviews if word(each, "state") != "PENDING")
        yield from client.all_of(f"/repos/{place}/pulls/{number}/comments")


def _said(told: Item) -> Said:
    link, answers = word(told, "html_url"), word(told, "in_reply_to_id")
    under = f"{thing(link)[1]}/r{answers}" if _NUMBER.fullmatch(answers) else ""
    return said(told, link, user(word(item(told, "user"), "login")), under)


def _marks(
    client: Client, owner: Account, place: str, told: Mapping[str, Item]
) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    """Reactions to what the owner said: each thing that has some costs a request."""
    for own_id, each in told.items():
        count = item(each, "reactions").get("total_count")
        whose = user(word(item(each, "user"), "login"))
        if whose != owner or not isinstance(count, int) or count < 1:
            continue
        route = _reactions(place, own_id, word(each, "id"), word(each, "number"))
        if route:
            listed = [_mark(mark) for mark in client.all_of(route)]
            yield own_id, tuple(mark for mark in listed if mark)


def _reactions(place: str, own_id: str, own: str, number: str) -> str:
    """Where reactions to something are told; reviews have none of their own."""
    kind = own_id.rpartition("/")[2]
    if kind.startswith("issuecomment-"):
        return f"/repos/{place}/issues/comments/{own}/reactions"
    if kind.startswith("r"):
        return f"/repos/{place}/pulls/comments/{own}/reactions"
    return f"/repos/{place}/issues/{number}/reactions" if _NUMBER.fullmatch(kind) else ""


def _mark(told: Item) -> Mark | None:
    who, at = user(word(item(told, "user"), "login")), iso_moment(word(told, "created_at"))
    return Mark(who, at) if who and at else None


def _people_in(told: Sequence[Item]) -> Iterator[AccountSeen]:
    people = {word(who, "login"): who for each in told if (who := item(each, "user"))}
    for login, who in people.items():
        if account := user(login):
            yield _seen(who, account)


def _seen(told: Item, account: Account, *, is_owner: bool = False) -> AccountSeen:
    return seen(
        account,
        name=tidy(word(told, "name")),
        number=word(told, "id"),
        is_bot=word(told, "type") == "Bot",
        owner=is_owner,
    )


def _people(
    client: Client, owner: Account, stream: str, cursor: Mapping[str, Any]
) -> Iterator[Record]:
    """Who follows the owner, or is followed; nobody is asked for where their number is the same."""
    count = client.me().get(stream)
    if isinstance(count, int) and cursor.get("count") == count:
        return
    for told in client.all_of(f"/users/{owner.handle}/{stream}"):
        other = user(word(told, "login"))
        if other and other != owner:
            yield _seen(told, other)
            pair = (other, owner) if stream == "followers" else (owner, other)
            yield DeclaredTie(SOURCE, DeclaredKind.FOLLOWS, *pair)
    yield Checkpoint(SOURCE, stream, {"owner": owner.handle, "count": count})
