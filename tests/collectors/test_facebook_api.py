"""A Facebook Page over the Graph API: who reached whom, what is asked again, how it refuses."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roc.collectors.base import LiveSettings
from roc.collectors.facebook import api as facebook
from roc.errors import (
    CollectError,
    PermissionMissing,
    RateLimited,
    SignInFailed,
    SourceUnavailable,
    TwoOwners,
)
from roc.graph.records import Account, AccountSeen, Kind, Precision, Problem, Record
from tests.collectors.fake_meta import (
    BEN,
    CHIDI,
    SHOP,
    TOKEN,
    FakeMeta,
    at,
    comment,
    message,
    refusal,
)
from tests.collectors.keeping import kept, last_cursor
from tests.collectors.loopback import Answer
from tests.collectors.reading import acts

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)


@pytest.fixture
def page() -> Iterator[FakeMeta]:
    """Ben writes to Ana's bakery and is answered; Chidi comments, and is answered."""
    with FakeMeta("messenger") as server:
        server.talk = {"t_1": [message(1, BEN, SHOP), message(2, SHOP, BEN)]}
        asked = comment(10, CHIDI)
        server.posts = ["100_1"]
        server.comments = {"100_1": [asked, comment(11, SHOP, parent=asked)]}
        server.marks = {"100_1": [BEN, SHOP]}
        yield server


def client(page: FakeMeta, now: datetime = NOW) -> facebook.Client:
    return facebook.connect(LiveSettings(token=TOKEN, now=now, base_url=page.url))


def pulled(
    page: FakeMeta, stream: str, cursor: Mapping[str, Any] | None = None, now: datetime = NOW
) -> list[Record]:
    return list(facebook.pull(client(page, now), stream, cursor or {}))


def said(records: list[Record]) -> list[tuple[str, Kind, str]]:
    return [(act.sender.handle, act.kind, act.recipients[0].handle) for act in acts(records)]


def test_whose_page_it_is_is_told(page: FakeMeta) -> None:
    assert facebook.who(client(page)).account == "Ana's Bakery"
    assert len(page.asked) == 1


def test_messages_go_both_ways(page: FakeMeta) -> None:
    read = pulled(page, "conversations")
    assert said(read) == [
        (SHOP["id"], Kind.MESSAGE, BEN["id"]),
        (BEN["id"], Kind.MESSAGE, SHOP["id"]),
    ]
    names = {each.account.handle: each.name for each in read if isinstance(each, AccountSeen)}
    assert names == {"100": "Ana's Bakery", "2001": "Ben Osei"}
    assert read[0] == AccountSeen(Account("facebook", "100"), "Ana's Bakery", owner=True)


def test_a_comment_reaches_the_page_and_an_answer_whoever_is_answered(page: FakeMeta) -> None:
    answer, asked = acts(pulled(page, "comments"))
    assert (asked.kind, asked.sender.handle, asked.recipients[0].handle) == (
        Kind.COMMENT,
        CHIDI["id"],
        SHOP["id"],
    )
    assert (answer.kind, answer.recipients[0].handle, answer.parent) == (
        Kind.REPLY,
        CHIDI["id"],
        asked.external_id,
    )


def test_a_mark_has_the_moment_of_the_post_for_want_of_its_own(page: FakeMeta) -> None:
    (mark,) = acts(pulled(page, "reactions"))
    assert (mark.sender.handle, mark.precision) == (BEN["id"], Precision.PROXY)
    assert mark.at == datetime(2026, 3, 5, 8, tzinfo=UTC)


def test_nobodys_text_is_asked_for(page: FakeMeta) -> None:
    for stream in facebook.streams(client(page)):
        pulled(page, stream)
    fields = [asked.query.get("fields", "") for asked in page.asked]
    assert not [each for each in fields if "message" in each.replace("messages", "")]
    assert not [asked for asked in page.asked if TOKEN in asked.target]


@pytest.mark.parametrize("stream", ["conversations", "comments", "reactions"])
def test_a_second_run_asks_once(page: FakeMeta, stream: str) -> None:
    cursor = last_cursor(pulled(page, stream))
    page.asked.clear()
    assert acts(pulled(page, stream, cursor)) == []
    assert len(page.asked) == 2  # the first is whose it is


def test_only_conversations_that_went_on_are_asked_for_and_only_what_is_new(
    page: FakeMeta,
) -> None:
    page.talk["t_2"] = [message(60 + n, CHIDI, SHOP) for n in range(300)]
    cursor = last_cursor(pulled(page, "conversations"))
    page.talk["t_2"].append(message(700, CHIDI, SHOP))
    page.asked.clear()
    assert "m_700" in [act.external_id for act in acts(pulled(page, "conversations", cursor))]
    assert page.count("/t_1/messages") == 0
    assert page.count("/t_2/messages") == 1


def test_what_changes_while_it_is_read_is_looked_at_again(page: FakeMeta) -> None:
    moment = datetime(2026, 3, 5, 8, 2, 30, tzinfo=UTC)  # half a minute after the last message
    cursor = last_cursor(pulled(page, "conversations", now=moment))
    page.talk["t_1"].append({**message(2, BEN, SHOP), "id": "m_in_the_same_second"})
    again = pulled(page, "conversations", cursor, now=moment + timedelta(hours=1))
    assert "m_in_the_same_second" in [act.external_id for act in acts(again)]


def test_a_comment_in_the_place_of_a_deleted_one_is_found(page: FakeMeta) -> None:
    cursor = last_cursor(pulled(page, "comments"))
    page.comments["100_1"][1] = comment(12, BEN)
    assert (BEN["id"], Kind.COMMENT, SHOP["id"]) in said(pulled(page, "comments", cursor))


def test_a_run_cut_short_goes_on_where_it_stopped(page: FakeMeta) -> None:
    page.page_limit = 10
    page.comments["100_1"] = [comment(n, BEN) for n in range(45)]
    page.fail("/comments", Answer(500), at=3)
    safe, error = kept(facebook.pull(client(page), "comments", {}))
    assert isinstance(error, SourceUnavailable)
    rest = pulled(page, "comments", last_cursor(safe))
    assert {act.external_id for act in (*acts(safe), *acts(rest))} == {f"9_{n}" for n in range(45)}
    assert len(acts(safe)) + len(acts(rest)) == 45


ENDLESS = {"data": [comment(1, BEN)], "paging": {"cursors": {"after": "7"}, "next": "x"}}


def test_pages_that_never_end_are_left(page: FakeMeta) -> None:
    for number in range(1, 10):
        page.fail("/comments", Answer(body=ENDLESS), at=number)
        page.fail("/t_1/messages", Answer(body=ENDLESS), at=number)
    assert len(acts(pulled(page, "comments"))) == 2
    assert page.count("/comments") == 2
    pulled(page, "conversations")
    assert page.count("/t_1/messages") == 2


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusal(190), SignInFailed),
        (refusal(190, 401), SignInFailed),
        (refusal(102), SignInFailed),
        (refusal(4, 403), RateLimited),
        (refusal(32), RateLimited),
        (refusal(80001), RateLimited),
        (refusal(10, 403), PermissionMissing),
        (refusal(230), PermissionMissing),
        (refusal(2, 500), SourceUnavailable),
        (refusal(1), SourceUnavailable),
        (refusal(100), CollectError),
        (Answer(400, b"<html>"), CollectError),
        (Answer(400, {"error": {"code": "190"}}), CollectError),
    ],
)
def test_a_refusal_is_told_by_its_number(
    page: FakeMeta, answer: Answer, error: type[CollectError]
) -> None:
    page.fail("/conversations", answer)
    _, refused = kept(facebook.pull(client(page), "conversations", {}))
    assert isinstance(refused, error)
    assert refused.hint
    assert "Ben" not in refused.message + refused.hint
    if error is PermissionMissing:
        assert "pages_messaging" in refused.hint


def test_when_to_come_back_is_told_in_minutes(page: FakeMeta) -> None:
    usage = {"100": [{"type": "pages", "estimated_time_to_regain_access": 19}, {"call_count": 5}]}
    told = {"X-Business-Use-Case-Usage": json.dumps(usage)}
    page.fail("/conversations", refusal(32, headers=told))
    _, refused = kept(facebook.pull(client(page), "conversations", {}))
    assert isinstance(refused, RateLimited)
    assert refused.resume_at == NOW + timedelta(minutes=19)


@pytest.mark.parametrize("odd", ["", "[", "[1]", '{"a": 1}', '{"a": [{}]}', '{"a": ["x"]}'])
def test_what_does_not_tell_when_tells_no_moment(page: FakeMeta, odd: str) -> None:
    page.fail("/conversations", refusal(32, headers={"X-Business-Use-Case-Usage": odd}))
    _, refused = kept(facebook.pull(client(page), "conversations", {}))
    assert isinstance(refused, RateLimited)
    assert refused.resume_at is None


@pytest.mark.parametrize(
    ("odd", "code"),
    [
        ({"from": None}, "no_sender"),
        ({"from": {"id": "x; drop", "name": "X"}}, "no_sender"),
        ({"created_time": "yesterday"}, "bad_date"),
        ({"created_time": None}, "bad_date"),
        ({"id": ""}, "no_id"),
    ],
)
def test_an_odd_message_is_a_problem_and_the_rest_is_read(
    page: FakeMeta, odd: dict[str, Any], code: str
) -> None:
    page.talk["t_2"] = [message(20, CHIDI, SHOP)]
    page.fail("/t_1/messages", Answer(body={"data": [{**message(1, BEN, SHOP), **odd}]}))
    read = pulled(page, "conversations")
    assert code in [each.code for each in read if isinstance(each, Problem)]
    assert "m_20" in [act.external_id for act in acts(read)]


def test_a_comment_of_nobody_is_a_problem(page: FakeMeta) -> None:
    """Facebook leaves the author out where the token may not know."""
    page.fail("/comments", Answer(body={"data": [{"id": "9", "created_time": at(1)}]}))
    read = pulled(page, "comments")
    assert [each.code for each in read if isinstance(each, Problem)] == ["no_author"]


@pytest.mark.parametrize("odd", [{"data": 7}, {"data": [7, None]}, {"paging": []}, {}])
def test_answers_of_odd_shape_break_nothing(page: FakeMeta, odd: dict[str, Any]) -> None:
    for stream, path in (("conversations", "/conversations"), ("comments", "/posts")):
        page.fail(path, Answer(body=odd))
        assert acts(pulled(page, stream)) == []


def test_another_pages_cursor_is_refused(page: FakeMeta) -> None:
    with pytest.raises(TwoOwners):
        pulled(page, "comments", {"owner": "555"})
