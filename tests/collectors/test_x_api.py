"""X's API, played by a server on this machine."""

import json
import logging
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from roc.collectors.base import LiveSettings
from roc.collectors.x import api as x
from roc.collectors.x.prices import STREAMS
from roc.errors import (
    CollectError,
    PermissionMissing,
    QuotaExhausted,
    RateLimited,
    SignInFailed,
    SourceUnavailable,
    TwoOwners,
)
from roc.graph.records import (
    Account,
    AccountSeen,
    Checkpoint,
    DeclaredTie,
    Kind,
    Problem,
    Record,
)
from tests.collectors import reading
from tests.collectors.fake_x import (
    ANA,
    BEN,
    CHIDI,
    DARA,
    NAMES,
    TOKEN,
    FakeX,
    left_out,
    message,
    moment,
    number,
    post,
)
from tests.collectors.keeping import kept, last_cursor
from tests.collectors.loopback import Answer
from tests.collectors.reading import acts

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)


def who(person: str) -> Account:
    return Account("x", person)


@pytest.fixture
def square() -> Iterator[FakeX]:
    """Ben mentions Ana twelve times, Ana answers three times, and they write each other."""
    with FakeX() as server:
        server.mentions = [post(n, BEN, f"@ana {n}", mentions=[ANA]) for n in range(12)]
        server.posts = [
            post(20 + n, ANA, mentions=[BEN], answers=(number(moment(n)), BEN)) for n in range(3)
        ]
        server.events = [message(40, BEN, f"{ANA}-{BEN}"), message(41, ANA, f"{ANA}-{BEN}")]
        server.followers, server.following = [CHIDI, BEN], [BEN]
        yield server


def settings(square: FakeX, **given: Any) -> LiveSettings:
    return LiveSettings(**{"token": TOKEN, "now": NOW, "base_url": square.url, **given})


def pulled(
    square: FakeX, stream: str, cursor: Mapping[str, Any] | None = None, **given: Any
) -> list[Record]:
    return list(x.pull(x.connect(settings(square, **given)), stream, cursor or {}))


def failed(square: FakeX, stream: str, **given: Any) -> tuple[list[Record], CollectError]:
    return kept(x.pull(x.connect(settings(square, **given)), stream, {}))


def read_or_refused(square: FakeX, stream: str) -> list[Record]:
    """What a pull brings; nothing where it is refused in plain words."""
    try:
        return pulled(square, stream)
    except CollectError as refusal:
        return [] if refusal.hint else [Problem("here", "no_hint", refusal.message)]


def test_nothing_is_asked_before_something_is_read(square: FakeX) -> None:
    x.connect(settings(square))
    assert square.asked == []


def test_a_mention_goes_from_its_author_to_the_owner(square: FakeX) -> None:
    found = acts(pulled(square, "mentions"))
    assert len(found) == 12
    newest = found[0]
    assert (newest.source, newest.scope, newest.external_id) == ("x", "", number(moment(11)))
    assert (newest.kind, newest.sender, newest.recipients) == (
        Kind.MENTION,
        who(BEN),
        (who(ANA),),
    )
    assert newest.at == moment(11)


def test_a_reply_names_whom_it_answers_and_what(square: FakeX) -> None:
    newest = acts(pulled(square, "posts"))[0]
    assert (newest.kind, newest.sender, newest.recipients) == (Kind.REPLY, who(ANA), (who(BEN),))
    assert newest.parent == number(moment(2))


def test_direct_messages_go_both_ways_in_one_conversation(square: FakeX) -> None:
    second, first = acts(pulled(square, "dms"))
    assert (first.sender, first.recipients) == (who(BEN), (who(ANA),))
    assert (second.sender, second.recipients) == (who(ANA), (who(BEN),))
    assert first.kind is second.kind is Kind.MESSAGE
    assert first.thread == second.thread == f"{ANA}-{BEN}"


def test_the_owner_is_told_first(square: FakeX) -> None:
    owner = pulled(square, "mentions")[0]
    assert isinstance(owner, AccountSeen)
    assert (owner.account, owner.name, owner.owner) == (who(ANA), "ana", True)


def test_the_handle_of_whom_a_post_names_comes_with_it(square: FakeX) -> None:
    told = AccountSeen(who(BEN), name="ben", same_as=(Account("x", "@ben"),))
    assert told in pulled(square, "posts")


@pytest.mark.parametrize("stream", ["mentions", "posts", "dms"])
def test_paging_is_complete_and_a_second_run_asks_once(square: FakeX, stream: str) -> None:
    square.page_limit = 5 if stream != "dms" else 1
    path = {"mentions": "/mentions", "posts": "/tweets", "dms": "/dm_events"}[stream]
    first = pulled(square, stream)
    told = {"mentions": square.mentions, "posts": square.posts, "dms": square.events}[stream]
    assert {act.external_id for act in acts(first)} == {item["id"] for item in told}
    asked = square.count(path)
    second = pulled(square, stream, last_cursor(first))
    assert acts(second) == []
    assert square.count(path) == asked + 1
    assert last_cursor(second) == last_cursor(first)


def test_who_the_owner_is_is_asked_once_for_all_streams(square: FakeX) -> None:
    client = x.connect(settings(square))
    for stream in STREAMS:
        list(x.pull(client, stream, {}))
    assert square.count("/users/me") == 1


@pytest.mark.parametrize("stream", ["mentions", "dms"])
@pytest.mark.parametrize("expired", [False, True], ids=["token good", "token expired"])
def test_a_run_cut_between_pages_and_resumed_reads_what_one_run_reads(
    square: FakeX, stream: str, expired: bool
) -> None:
    square.page_limit = 5 if stream == "mentions" else 1
    whole = acts(pulled(square, stream))
    path = "/mentions" if stream == "mentions" else "/dm_events"
    square.fail(path, Answer(body={"data": [{"id": "1"}] * 9}, cut=True), at=2)
    safe, error = failed(square, stream)
    assert isinstance(error, SourceUnavailable)
    if expired:
        square.expire_tokens()
    rest = pulled(square, stream, last_cursor(safe))
    together = {act.external_id: act for act in acts(safe) + acts(rest)}
    assert together == {act.external_id: act for act in whole}
    if stream == "mentions":
        assert len(acts(safe) + acts(rest)) == len(whole)  # nothing is bought twice
    assert last_cursor(rest) == last_cursor(pulled(square, stream))


def test_new_mentions_are_found_by_number_alone(square: FakeX) -> None:
    cursor = last_cursor(pulled(square, "mentions"))
    square.mentions.append(post(100, CHIDI, mentions=[ANA]))
    [new] = acts(pulled(square, "mentions", cursor))
    assert new.sender == who(CHIDI)
    assert square.asked[-1].query["since_id"] == number(moment(11))


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        (Answer(401), SignInFailed, "roc connect x"),
        (Answer(402), QuotaExhausted, "credits"),
        (Answer(403), PermissionMissing, "tweet.read"),
        (Answer(429), RateLimited, "goes on where it stopped"),
        (Answer(500), SourceUnavailable, "later"),
        (Answer(body=b"<html>"), SourceUnavailable, "later"),
        (Answer(body={"meta": {}}, cut=True), SourceUnavailable, "later"),
    ],
)
def test_each_refusal_is_told_as_what_it_is(
    square: FakeX, answer: Answer, kind: type[CollectError], says: str
) -> None:
    square.fail("/mentions", answer)
    safe, error = failed(square, "mentions")
    assert type(error) is kind
    assert says in error.hint
    assert acts(safe) == []


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"x-rate-limit-reset": str(int(NOW.timestamp()) + 900)}, timedelta(minutes=15)),
        ({"Retry-After": "60"}, timedelta(minutes=1)),
        ({}, None),
    ],
)
def test_a_rate_limit_keeps_what_was_read_and_tells_when_to_come_back(
    square: FakeX, headers: dict[str, str], wait: timedelta | None
) -> None:
    square.page_limit = 5
    square.fail("/mentions", Answer(429, headers=headers), at=2)
    safe, error = failed(square, "mentions")
    assert isinstance(error, RateLimited)
    assert error.resume_at == (NOW + wait if wait else None)
    assert len(acts(safe)) == 5


def test_the_scope_for_direct_messages_is_named_when_it_is_missing(square: FakeX) -> None:
    square.scopes.remove("dm.read")
    _, error = failed(square, "dms")
    assert isinstance(error, PermissionMissing)
    assert "dm.read" in error.hint


def test_a_wrong_token_is_refused_and_not_repeated(square: FakeX) -> None:
    client = x.connect(settings(square, token="another-token"))
    with pytest.raises(SignInFailed) as caught:
        list(x.pull(client, "mentions", {}))
    assert "another-token" not in f"{caught.value} {caught.value.hint}"


def test_what_x_leaves_out_is_a_problem_and_the_rest_is_read(square: FakeX) -> None:
    square.is_odd = True
    square.left_out = [left_out("resource-not-found"), {"type": 7}]
    records = pulled(square, "mentions")
    problems = [record for record in records if isinstance(record, Problem)]
    assert [(problem.where, problem.code) for problem in problems] == [
        ("mentions, page 1", "left_out"),
        ("mentions, page 1", "left_out"),
    ]
    assert "resource-not-found" in problems[0].detail
    assert "Ben" not in problems[0].detail
    assert len(acts(records)) == 12


def test_a_post_without_its_author_is_a_problem_with_its_place(square: FakeX) -> None:
    square.is_odd = True
    del square.mentions[-1]["author_id"]
    square.mentions[-2]["created_at"] = "yesterday"
    records = pulled(square, "mentions")
    assert [
        (problem.where, problem.code) for problem in records if isinstance(problem, Problem)
    ] == [("mentions, page 1, item 1", "no_author"), ("mentions, page 1, item 2", "bad_date")]
    assert len(acts(records)) == 10


def test_a_page_without_anything_usable_stops_the_spending(square: FakeX) -> None:
    square.page_limit = 5
    for mention in square.mentions:
        del mention["author_id"]
    _, error = failed(square, "mentions")
    assert "without what it was asked for" in error.message
    assert square.count("/mentions") == 1


def test_a_list_of_people_without_numbers_stops_the_spending(square: FakeX) -> None:
    square.fail("/followers", Answer(body={"data": [{"username": "ben"}] * 3}))
    _, error = failed(square, "followers")
    assert "without what it was asked for" in error.message


@pytest.mark.parametrize(
    "hostile",
    [
        {"data": "x", "meta": []},
        {"data": [7, None, {"id": 5}, {"id": "12a"}], "meta": {"next_token": 9}},
        {"data": {"id": "1"}, "errors": {"type": "x"}, "includes": 3},
        {"data": [{"id": "5", "author_id": [], "created_at": {}, "entities": 3}]},
    ],
)
def test_answers_of_odd_shape_break_nothing(square: FakeX, hostile: dict[str, Any]) -> None:
    square.fail("/mentions", Answer(body=hostile))
    assert acts(read_or_refused(square, "mentions")) == []


def test_the_cap_buys_what_it_can_and_no_more(square: FakeX) -> None:
    client = x.connect(settings(square, max_cost=0.017))
    _, error = kept(x.pull(client, "mentions", {}))
    assert isinstance(error, QuotaExhausted)
    assert "would pass its cost cap" in error.message
    assert square.asked[-1].query["max_results"] == "7"
    assert square.count("/mentions") == 1
    assert client.purse.spent == pytest.approx(0.017)


def test_after_the_cap_a_later_run_goes_on(square: FakeX) -> None:
    first, error = failed(square, "mentions", max_cost=0.017)
    assert isinstance(error, QuotaExhausted)
    rest = pulled(square, "mentions", last_cursor(first))
    assert len(acts(first)) == 7
    assert len(acts(rest)) == 5


def test_a_cap_below_the_first_question_asks_nothing(square: FakeX) -> None:
    with pytest.raises(QuotaExhausted):
        pulled(square, "mentions", max_cost=0.005)
    assert square.asked == []


def test_an_estimate_is_a_ceiling_and_names_its_date(square: FakeX) -> None:
    estimate = x.estimate(settings(square))
    assert estimate.dollars == 274.11
    assert "2026-08-22" in estimate.reason
    assert x.estimate(settings(square, max_cost=1.0)).dollars == 1.0


def test_another_persons_token_is_refused(square: FakeX) -> None:
    cursor = last_cursor(pulled(square, "mentions"))
    square.owner = DARA
    with pytest.raises(TwoOwners, match="somebody else"):
        pulled(square, "mentions", cursor)
    assert square.count("/mentions") == 1


def test_neither_token_nor_texts_are_in_logs_reprs_or_errors(
    square: FakeX, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = x.connect(settings(square))
    for stream in STREAMS:
        list(x.pull(client, stream, {}))
    square.fail("/mentions", Answer(403, body={"detail": "good morning"}))
    _, error = failed(square, "mentions")
    seen: BaseException | None = error
    told = caplog.text + repr(client) + repr(vars(client))
    while seen is not None:
        told += f"{seen!r} {seen}"
        seen = seen.__context__
    assert TOKEN not in told
    assert "good morning" not in told
    assert all(TOKEN not in str(asked.query) + asked.path for asked in square.asked)


def test_a_cursor_is_plain_json_without_the_token(square: FakeX) -> None:
    square.page_limit = 5
    for record in pulled(square, "mentions"):
        if isinstance(record, Checkpoint):
            assert TOKEN not in repr(record)
            assert json.loads(json.dumps(record.cursor)) == record.cursor


def test_the_archive_and_the_api_make_the_same_acts(square: FakeX, tmp_path: Path) -> None:
    """An answer that names a third person, a quote, a repost, a plain mention, and messages."""
    theirs = (number(moment(3)), BEN)
    square.posts += [
        post(60, ANA, "@ben @chidi yes", mentions=[BEN, CHIDI], answers=theirs),
        post(61, ANA, "look", mentions=[DARA], quotes=theirs),
        post(62, ANA, "RT @ben: good morning", mentions=[BEN], reposts=theirs[0]),
        post(63, ANA, "with @dara", mentions=[DARA]),
        post(64, ANA, "nobody"),
    ]
    write_archive(tmp_path / "data", square)
    archived = acts(reading.read("x", tmp_path))
    from_api = acts(pulled(square, "posts")) + acts(pulled(square, "dms"))
    kinds = {act.kind for act in from_api}
    assert kinds == {Kind.REPLY, Kind.QUOTE, Kind.REPOST, Kind.MENTION, Kind.MESSAGE}
    assert sorted(archived, key=repr) == sorted(from_api, key=repr)


def write_archive(folder: Path, square: FakeX, owner: str = ANA) -> None:
    """What the fake keeps, as its owner's archive would tell it."""
    folder.mkdir()
    messages = [
        {
            "messageCreate": {
                "id": event["id"],
                "senderId": event["sender_id"],
                "recipientId": BEN if event["sender_id"] == ANA else ANA,
                "createdAt": event["created_at"],
            }
        }
        for event in square.events
    ]
    conversation = {"conversationId": f"{ANA}-{BEN}", "messages": messages}
    files = {
        "account": [{"account": {"accountId": owner, "username": NAMES[owner]}}],
        "tweets": [{"tweet": as_archived(told)} for told in square.posts],
        "direct_messages": [{"dmConversation": conversation}],
    }
    for name, told in files.items():
        text = f"window.YTD.{name}.part0 = {json.dumps(told)}"
        (folder / f"{name.replace('_', '-')}.js").write_text(text, encoding="utf-8")


def as_archived(told: Mapping[str, Any]) -> dict[str, Any]:
    """A post of the API in the words of the archive."""
    at = datetime.fromisoformat(told["created_at"])
    entities = told["entities"]
    archived = {
        "id_str": told["id"],
        "full_text": told["text"],
        "created_at": at.strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "entities": {
            "user_mentions": [
                {"id_str": who["id"], "screen_name": who["username"]}
                for who in entities["mentions"]
            ],
            "urls": [{"expanded_url": url["expanded_url"]} for url in entities.get("urls", ())],
        },
    }
    for reference in told.get("referenced_tweets", ()):
        if reference["type"] == "replied_to":
            archived["in_reply_to_status_id_str"] = reference["id"]
            archived["in_reply_to_user_id_str"] = told["in_reply_to_user_id"]
    return archived


def test_followers_follow_the_owner_and_bring_their_handles(square: FakeX) -> None:
    records = pulled(square, "followers")
    ties = [record for record in records if isinstance(record, DeclaredTie)]
    assert [(tie.account, tie.other) for tie in ties] == [
        (who(CHIDI), who(ANA)),
        (who(BEN), who(ANA)),
    ]
    assert AccountSeen(who(CHIDI), "chidi", same_as=(Account("x", "@chidi"),)) in records


def test_the_owner_follows_whom_they_follow(square: FakeX) -> None:
    [tie] = [record for record in pulled(square, "following") if isinstance(record, DeclaredTie)]
    assert (tie.account, tie.other) == (who(ANA), who(BEN))


def test_a_second_look_at_followers_asks_once(square: FakeX) -> None:
    square.followers = [DARA, CHIDI, BEN]
    square.page_limit = 1
    cursor = last_cursor(pulled(square, "followers"))
    assert square.count("/followers") == 3
    pulled(square, "followers", cursor)
    assert square.count("/followers") == 4


@pytest.mark.parametrize(("stream", "path"), [("dms", "/dm_events"), ("followers", "/followers")])
def test_a_second_look_where_nothing_can_be_told_apart_buys_ten(
    square: FakeX, stream: str, path: str
) -> None:
    cursor = last_cursor(pulled(square, stream))
    pulled(square, stream, cursor)
    sizes = [asked.query["max_results"] for asked in square.asked if asked.path.endswith(path)]
    assert sizes == ["100", "10"]


def test_in_a_group_those_who_wrote_are_present(square: FakeX) -> None:
    group = "1612345678901234567"
    square.events = [message(50, DARA, group), message(51, CHIDI, group), message(52, ANA, group)]
    latest, middle, first = acts(pulled(square, "dms"))
    assert (latest.sender, latest.recipients) == (who(ANA), (who(CHIDI), who(DARA)))
    assert who(ANA) in middle.recipients
    assert who(ANA) in first.recipients
    assert {act.thread for act in (latest, middle, first)} == {group}


def test_a_group_of_which_nobody_else_is_known_is_a_problem(square: FakeX) -> None:
    square.events = [message(50, ANA, "1612345678901234567")]
    problems = [record for record in pulled(square, "dms") if isinstance(record, Problem)]
    assert [(problem.where, problem.code) for problem in problems] == [
        ("dms, page 1, item 1", "no_recipient")
    ]
