"""What came back to one's own posts on X, and what one likes: of what it is asked, how often."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roc.collectors.base import LiveSettings
from roc.collectors.x import api as x
from roc.collectors.x.acts import Someone, like_records, repost_records
from roc.errors import PermissionMissing, QuotaExhausted
from roc.graph.records import Account, Checkpoint, Interaction, Kind, Precision, Problem, Record
from tests.collectors.fake_x import (
    ANA,
    BEN,
    CHIDI,
    DARA,
    TOKEN,
    FakeX,
    moment,
    number,
    post,
)
from tests.collectors.keeping import kept, last_cursor
from tests.collectors.reading import acts

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
FIRST, SECOND = number(moment(1)), number(moment(2))


@pytest.fixture
def square() -> Iterator[FakeX]:
    """Ana has posted twice: Ben and Chidi liked the first, Dara passed it on, Ben quoted it."""
    with FakeX() as server:
        server.posts = [post(1, ANA), post(2, ANA)]
        server.liked_by = {FIRST: [CHIDI, BEN]}
        server.reposted_by = {FIRST: [DARA]}
        server.quotes = {FIRST: [post(30, BEN, quotes=(FIRST, ANA))]}
        server.likes = [post(5, CHIDI), post(3, BEN)]
        yield server


def client(square: FakeX, **given: Any) -> x.Client:
    told = {"token": TOKEN, "now": NOW, "base_url": square.url, **given}
    return x.connect(LiveSettings(**told))


def pulled(
    square: FakeX, stream: str, cursor: Mapping[str, Any] | None = None, **given: Any
) -> list[Record]:
    return list(x.pull(client(square, **given), stream, cursor or {}))


def said(records: list[Record]) -> list[tuple[str, Kind, str]]:
    return [(act.sender.handle, act.kind, act.recipients[0].handle) for act in acts(records)]


def test_who_liked_passed_on_or_quoted_ones_posts_is_told(square: FakeX) -> None:
    assert said(pulled(square, "liked_by")) == [
        (CHIDI, Kind.REACTION, ANA),
        (BEN, Kind.REACTION, ANA),
    ]
    assert said(pulled(square, "reposts")) == [(DARA, Kind.REPOST, ANA)]
    assert said(pulled(square, "quotes")) == [(BEN, Kind.QUOTE, ANA)]
    assert said(pulled(square, "likes")) == [
        (ANA, Kind.REACTION, CHIDI),
        (ANA, Kind.REACTION, BEN),
    ]


def test_what_has_no_moment_of_its_own_has_that_of_the_post(square: FakeX) -> None:
    for stream in ("liked_by", "reposts", "likes"):
        for act in acts(pulled(square, stream)):
            assert act.precision is Precision.PROXY
    assert {act.at for act in acts(pulled(square, "liked_by"))} == {moment(1)}
    (quote,) = acts(pulled(square, "quotes"))
    assert (quote.at, quote.precision) == (moment(30), Precision.INSTANT)


@pytest.mark.parametrize("stream", ["liked_by", "reposts", "quotes"])
def test_a_second_run_asks_about_no_post_that_has_no_more_of_it(square: FakeX, stream: str) -> None:
    cursor = last_cursor(pulled(square, stream))
    square.asked.clear()
    assert acts(pulled(square, stream, cursor)) == []
    assert [asked.path for asked in square.asked] == ["/2/users/me", f"/2/users/{ANA}/tweets"]


def test_a_post_that_was_liked_again_is_asked_about_again(square: FakeX) -> None:
    cursor = last_cursor(pulled(square, "liked_by"))
    square.liked_by[SECOND] = [DARA]
    assert said(pulled(square, "liked_by", cursor)) == [(DARA, Kind.REACTION, ANA)]
    square.liked_by[FIRST].insert(0, DARA)
    assert len(acts(pulled(square, "liked_by", cursor))) == 4


def test_how_often_posts_were_echoed_is_asked_once_a_run(square: FakeX) -> None:
    asking = client(square)
    for stream in ("liked_by", "reposts", "quotes"):
        list(x.pull(asking, stream, {}))
    assert square.count("/tweets") == 1


def test_old_posts_are_not_asked_about(square: FakeX) -> None:
    assert acts(pulled(square, "liked_by", now=NOW + timedelta(days=20))) == []
    assert square.count("/liking_users") == 0


def test_many_pages_are_read_and_endless_ones_left(square: FakeX) -> None:
    square.liked_by[FIRST] = [BEN, CHIDI, DARA] * 20
    square.page_limit = 2
    read = pulled(square, "liked_by")
    assert len(acts(read)) == 20
    assert [each.code for each in read if isinstance(each, Problem)] == ["endless_pages"]
    assert square.count("/liking_users") == 10


def test_a_run_stops_within_its_cost_and_goes_on_where_it_stopped(square: FakeX) -> None:
    square.liked_by = {FIRST: [BEN], SECOND: [str(1000 + n) for n in range(150)]}
    whole = {act.sender for act in acts(pulled(square, "liked_by", max_cost=2.0))}
    asking = client(square, max_cost=0.9)
    safe, error = kept(x.pull(asking, "liked_by", {}))
    assert isinstance(error, QuotaExhausted)
    assert asking.purse.spent <= 0.9
    assert len(acts(safe)) == 88
    rest = pulled(square, "liked_by", last_cursor(safe), max_cost=0.9)
    assert len(acts(rest)) == 63
    assert {act.sender for act in (*acts(safe), *acts(rest))} == whole


def test_a_token_that_has_expired_costs_that_posts_echoes_once_more(square: FakeX) -> None:
    square.liked_by, square.page_limit = {SECOND: [CHIDI, BEN]}, 1
    read = pulled(square, "liked_by")
    cursor = next(each for each in read if isinstance(each, Checkpoint)).cursor
    square.expire_tokens()
    assert len(acts(pulled(square, "liked_by", cursor))) == 2


def test_the_scope_for_likes_is_named_where_it_is_missing(square: FakeX) -> None:
    square.scopes -= {"like.read"}
    for stream in ("liked_by", "likes"):
        _, error = kept(x.pull(client(square), stream, {}))
        assert isinstance(error, PermissionMissing)
        assert "like.read" in error.hint


def test_only_likes_that_are_new_are_asked_for(square: FakeX) -> None:
    square.likes = [post(100 + n, BEN) for n in range(150)]
    cursor = last_cursor(pulled(square, "likes"))
    square.likes.insert(0, post(300, CHIDI))
    asked = square.count("/liked_tweets")
    assert (CHIDI, Kind.REACTION) in [
        (act.recipients[0].handle, act.kind) for act in acts(pulled(square, "likes", cursor))
    ]
    assert square.count("/liked_tweets") - asked == 1


def test_a_repost_that_comes_with_the_mentions_is_the_same_act(square: FakeX) -> None:
    square.mentions = [post(40, DARA, "RT @ana: good morning", mentions=[ANA], reposts=FIRST)]
    (by_mention,), (by_list,) = acts(pulled(square, "mentions")), acts(pulled(square, "reposts"))
    assert identity(by_mention) == identity(by_list)
    assert (by_mention.at, by_list.at) == (moment(40), moment(1))


def identity(act: Interaction) -> tuple[str, str, Kind]:
    return act.scope, act.external_id, act.kind


def test_nobody_likes_or_passes_on_a_post_of_their_own() -> None:
    ana = Someone(ANA, "ana")
    assert list(like_records(ana, FIRST, ana)) == list(repost_records(ana, FIRST, ana)) == []
    assert Account("x", ANA) == ana.account


@pytest.mark.parametrize(
    "odd", [{}, {"like_count": "many"}, {"like_count": -1}, {"like_count": None}, [], "x"]
)
def test_a_post_that_does_not_tell_how_often_it_was_liked_is_left(square: FakeX, odd: Any) -> None:
    square.is_odd = True
    square.posts[0]["public_metrics"] = odd
    assert acts(pulled(square, "liked_by")) == []


@pytest.mark.parametrize("states", [7, [], {FIRST: "x"}, {FIRST: []}, None])
def test_a_damaged_cursor_is_none(square: FakeX, states: Any) -> None:
    assert len(acts(pulled(square, "liked_by", {"states": states}))) == 2
