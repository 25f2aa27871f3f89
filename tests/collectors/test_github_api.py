"""GitHub's API: reviews, reactions, threads that are gone, limits, answers of another shape."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from roc.collectors.base import LiveSettings
from roc.collectors.github import api as github
from roc.errors import PermissionMissing, RateLimited, SourceUnavailable, TwoOwners
from roc.graph.records import Account, AccountSeen, DeclaredTie, Kind, Nature, Problem, Record
from tests.collectors.keeping import last_cursor
from tests.collectors.loopback import Answer, Asked, Loopback
from tests.collectors.reading import acts

SITE = "https://github.com/ana/garden"


def person(login: str, number: int = 7) -> dict[str, Any]:
    return {"login": login, "id": number, "type": "Bot" if login.endswith("[bot]") else "User"}


def thread(number: int, by: str = "ana", *, pull: bool = False, **more: Any) -> dict[str, Any]:
    """A thread as the search tells it."""
    told = {
        "id": 1000 + number,
        "number": number,
        "html_url": f"{SITE}/{'pull' if pull else 'issues'}/{number}",
        "repository_url": "https://api.github.com/repos/ana/garden",
        "user": person(by),
        "body": "@ben",
        "created_at": "2026-03-05T08:00:00Z",
        "updated_at": f"2026-03-05T09:{number:02}:00Z",
        **more,
    }
    return {**told, "pull_request": {}} if pull else told


def said(kind: str, number: int, by: str, on: int = 1, **more: Any) -> dict[str, Any]:
    """A comment, a review, or a comment on a line."""
    return {
        "id": number,
        "html_url": f"{SITE}/pull/{on}#{kind}{number}",
        "user": person(by),
        "created_at": f"2026-03-05T10:{number:02}:00Z",
        "body": "",
        **more,
    }


class Server(Loopback):
    """GitHub with some threads, and what is told under some paths."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: list[dict[str, Any]] = []
        self.told: dict[str, list[Any]] = {}
        self.me: dict[str, Any] = {**person("Ana", 1), "followers": 0, "following": 0}

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/user":
            return Answer(body=self.me)
        if asked.path == "/search/issues":
            assert asked.query["q"].startswith("involves:ana")
            since = asked.query["q"].partition("updated:>=")[2]
            return Answer(body={"items": [t for t in self.threads if t["updated_at"] >= since]})
        return Answer(body=self.told.get(asked.path, []))


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as opened:
        yield opened


def read(
    server: Server, stream: str = "threads", cursor: Mapping[str, Any] | None = None
) -> list[Record]:
    settings = LiveSettings("token", datetime(2026, 3, 6, tzinfo=UTC), server.url)
    return list(github.pull(github.connect(settings), stream, cursor or {}))


def test_a_review_and_what_it_says_on_lines_reach_the_author(server: Server) -> None:
    server.threads = [thread(1, pull=True, body="")]
    server.told["/repos/ana/garden/pulls/1/reviews"] = [
        said("pullrequestreview-", 5, "ben", state="APPROVED", submitted_at="2026-03-05T11:00:00Z"),
        said("pullrequestreview-", 6, "ana", state="PENDING", submitted_at=None),
    ]
    server.told["/repos/ana/garden/pulls/1/comments"] = [
        said("discussion_r", 7, "ben"),
        said("discussion_r", 8, "ana", in_reply_to_id=7),
    ]
    found = {act.external_id.rpartition("/")[2]: act for act in acts(read(server))}
    assert sorted(found) == ["pullrequestreview-5", "r7", "r8"]
    assert found["r8"].kind is Kind.REPLY
    assert found["r8"].parent == "ana/garden/1/r7"


def test_reactions_are_asked_for_where_the_owner_has_some(server: Server) -> None:
    server.threads = [
        thread(1, reactions={"total_count": 2}),
        thread(2, "ben", reactions={"total_count": 9}),
    ]
    mark = {"user": person("ben"), "content": "heart", "created_at": "2026-03-05T12:00:00Z"}
    server.told["/repos/ana/garden/issues/1/reactions"] = [mark]
    kinds = [act.kind for act in acts(read(server))]
    assert kinds.count(Kind.REACTION) == 1
    assert server.count("/reactions") == 1


def test_accounts_are_tied_to_the_addresses_that_hide_theirs(server: Server) -> None:
    server.threads = [thread(1, "ben")]
    seen = {each.account.handle: each for each in read(server) if isinstance(each, AccountSeen)}
    assert seen["ben"].same_as == (Account("email", "7+ben@users.noreply.github.com"),)
    assert seen["ana"].owner


def test_programs_are_told_as_such(server: Server) -> None:
    server.threads = [thread(1, "helper[bot]")]
    seen = {each.account.handle: each for each in read(server) if isinstance(each, AccountSeen)}
    assert seen["helper[bot]"].nature is Nature.BOT


def test_a_thread_that_did_not_change_is_not_read_again(server: Server) -> None:
    server.threads = [thread(1), thread(2)]
    cursor = last_cursor(read(server))
    server.asked.clear()
    assert acts(read(server, cursor=cursor)) == []
    assert [asked.path for asked in server.asked] == ["/user", "/search/issues"]
    server.threads.append(thread(2, updated_at="2026-03-05T09:30:00Z"))
    read(server, cursor=cursor)
    assert server.count("/comments") == 1


def test_two_threads_that_changed_in_one_second_are_both_read(server: Server) -> None:
    at = "2026-03-05T09:00:00Z"
    server.threads = [thread(1, updated_at=at)]
    cursor = last_cursor(read(server))
    server.threads.append(thread(2, updated_at=at))
    assert {act.thread for act in acts(read(server, cursor=cursor))} == {"ana/garden/2"}


@pytest.mark.parametrize("status", [404, 410, 451])
def test_a_thread_that_is_gone_does_not_stop_the_others(server: Server, status: int) -> None:
    server.threads = [thread(1), thread(2)]
    server.fail("/issues/1/comments", Answer(status))
    records = read(server)
    assert [each.code for each in records if isinstance(each, Problem)] == ["gone"]
    assert {act.thread for act in acts(records)} == {"ana/garden/2"}


def test_the_second_limit_is_one_of_haste(server: Server) -> None:
    server.threads = [thread(1)]
    server.fail("/comments", Answer(403, headers={"Retry-After": "60"}))
    with pytest.raises(RateLimited):
        read(server)
    server.fail("/comments", Answer(403, headers={"X-RateLimit-Remaining": "4000"}))
    with pytest.raises(PermissionMissing):
        read(server)


def test_followers_are_asked_for_when_their_number_has_changed(server: Server) -> None:
    server.me["followers"] = 1
    server.told["/users/ana/followers"] = [person("ben")]
    records = read(server, "followers")
    assert len([each for each in records if isinstance(each, DeclaredTie)]) == 1
    server.asked.clear()
    read(server, "followers", last_cursor(records))
    assert [asked.path for asked in server.asked] == ["/user"]


@pytest.mark.parametrize(
    "broken",
    [
        {"html_url": "x"},
        {"user": None},
        {"created_at": 7},
        {"repository_url": "https://evil.example/steal"},
        {"number": "../../user"},
    ],
)
def test_what_cannot_be_used_is_a_problem_and_asks_nothing(
    server: Server, broken: dict[str, Any]
) -> None:
    server.threads = [{**thread(1), **broken}]
    records = read(server)
    assert len([each for each in records if isinstance(each, Problem)]) == 1
    assert [asked.path for asked in server.asked] == ["/user", "/search/issues"]


def test_answers_of_another_shape_are_an_outage(server: Server) -> None:
    server.threads = [thread(1)]
    server.fail("/comments", Answer(body={"message": "hm"}))
    with pytest.raises(SourceUnavailable):
        read(server)
    server.me = {"login": "-"}
    with pytest.raises(SourceUnavailable):
        read(server)


def test_another_persons_token_is_refused(server: Server) -> None:
    with pytest.raises(TwoOwners):
        read(server, cursor={"owner": "ben"})
