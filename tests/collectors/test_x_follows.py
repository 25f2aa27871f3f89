"""A walk down the list of followers, without any network."""

from collections.abc import Mapping
from typing import Any

import pytest

from roc.collectors.http import NotUnderstood
from roc.collectors.x.follows import Listed, walk_list
from roc.graph.records import Account, AccountSeen, Checkpoint, Record


class Followers:
    """Newest first, in pages of two; a token is the place at which the list goes on."""

    def __init__(self, *names: str) -> None:
        self.names = list(names)
        self.requests = 0
        self.tokens_are_good = True

    def fetch(self, token: str) -> Listed:
        self.requests += 1
        if token and not self.tokens_are_good:
            raise NotUnderstood("bad token", status=400)
        start = int(token or 0)
        names = tuple(self.names[start : start + 2])
        more = str(start + 2) if len(self.names) > start + 2 else ""
        return Listed(names, more, tuple(map(seen, names)))


def seen(name: str) -> AccountSeen:
    return AccountSeen(Account("x", name))


def read(
    followers: Followers, cursor: Mapping[str, Any], *, pages: int = 99
) -> tuple[list[Record], Mapping[str, Any]]:
    """Records of so many pages, and the last checkpoint's cursor."""
    kept: list[Record] = []
    for record in walk_list(cursor, followers.fetch, lambda told: Checkpoint("x", "f", told)):
        if not isinstance(record, Checkpoint):
            kept.append(record)
            continue
        cursor = record.cursor
        pages -= 1
        if not pages:
            break
    return kept, cursor


def test_the_whole_list_is_read_once() -> None:
    followers = Followers("dara", "chidi", "ben", "ana", "eve")
    records, cursor = read(followers, {})
    assert records == [seen(name) for name in followers.names]
    assert cursor == {"heads": ["dara", "chidi"]}


def test_a_second_walk_asks_once_where_nobody_is_new() -> None:
    followers = Followers("dara", "chidi", "ben", "ana", "eve")
    _, cursor = read(followers, {})
    followers.requests = 0
    assert read(followers, cursor)[1] == cursor
    assert followers.requests == 1


def test_a_walk_ends_at_a_known_head_though_another_one_left() -> None:
    followers = Followers("dara", "chidi", "ben", "ana", "eve")
    _, cursor = read(followers, {})
    followers.names = ["fay", "chidi", "ben", "ana", "eve"]
    followers.requests = 0
    records, cursor = read(followers, cursor)
    assert seen("fay") in records
    assert followers.requests == 1
    assert cursor == {"heads": ["fay", "chidi"]}


def test_a_walk_cut_short_goes_on_where_it_stopped() -> None:
    followers = Followers("dara", "chidi", "ben", "ana", "eve")
    first, cursor = read(followers, {}, pages=1)
    second, cursor = read(followers, cursor)
    assert first + second == [seen(name) for name in followers.names]
    assert cursor == {"heads": ["dara", "chidi"]}


def test_an_expired_token_begins_again_at_the_top() -> None:
    followers = Followers("dara", "chidi", "ben", "ana", "eve")
    _, cursor = read(followers, {}, pages=1)
    followers.tokens_are_good = False
    followers.names = ["fay"]
    assert read(followers, cursor) == ([seen("fay")], {"heads": ["fay"]})


def test_any_other_refusal_is_passed_on() -> None:
    def refuse(token: str) -> Listed:
        raise NotUnderstood("gone", status=404)

    with pytest.raises(NotUnderstood):
        list(walk_list({}, refuse, lambda told: Checkpoint("x", "f", told)))


def test_the_same_page_token_again_ends_the_walk() -> None:
    endless = Listed(("ben",), "again", (seen("ben"),))
    records = list(walk_list({}, lambda token: endless, lambda told: Checkpoint("x", "f", told)))
    assert len(records) == 4
