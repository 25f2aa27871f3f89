"""Slack's API: refusals that come with status 200, limits of new apps, answers that come later."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import pytest

from roc.collectors.base import LiveSettings
from roc.collectors.http import NotUnderstood
from roc.collectors.slack import api as slack
from roc.errors import (
    CollectError,
    PermissionMissing,
    RateLimited,
    SignInFailed,
    SourceUnavailable,
    TwoOwners,
)
from roc.graph.records import Account, AccountSeen, Kind, Problem, Record
from tests.collectors.keeping import last_cursor
from tests.collectors.loopback import Answer, Asked, Loopback
from tests.collectors.reading import acts

ANA, BEN = "U01ANA", "U02BEN"
TALK, ROOM = "D01AB", "C01ROOM"


def message(number: int, by: str = BEN, **more: Any) -> dict[str, Any]:
    return {"type": "message", "user": by, "ts": f"{1772700000 + number}.000100", **more}


class Workspace(Loopback):
    """A talk of two and a large room, 15 messages to a page, as new apps get them."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, list[dict[str, Any]]] = {TALK: [], ROOM: []}
        self.threads: dict[str, list[dict[str, Any]]] = {}

    def answer(self, asked: Asked) -> Answer:
        told = dict(parse_qsl(asked.body.decode()))
        body = self._told(asked.path.rpartition("/")[2], told)
        return Answer(body={"ok": True, **body}, headers={"X-OAuth-Scopes": "im:read,im:history"})

    def _told(self, method: str, told: Mapping[str, str]) -> dict[str, Any]:
        match method:
            case "auth.test":
                return {"user_id": ANA, "user": "ana", "team": "Atlas"}
            case "users.list":
                return {"members": [{"id": ANA, "name": "ana"}, {"id": BEN, "name": "ben"}]}
            case "conversations.list":
                talk = {"id": TALK, "is_im": True, "user": BEN}
                room = {"id": ROOM, "is_member": True, "num_members": 400}
                return {"channels": [talk, room, {"id": "C02OTHER", "is_member": False}]}
            case "conversations.replies":
                return {"messages": self.threads.get(told["ts"], [])}
        oldest = float(told.get("oldest", "0"))
        listed = [one for one in reversed(self.said[told["channel"]]) if float(one["ts"]) > oldest]
        begin = int(told.get("cursor", "0"))
        following = str(begin + 15) if begin + 15 < len(listed) else ""
        return {
            "messages": listed[begin : begin + 15],
            "response_metadata": {"next_cursor": following},
        }


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace() as opened:
        yield opened


def client(workspace: Workspace) -> slack.Client:
    return slack.connect(
        LiveSettings("xoxp-token", datetime(2026, 3, 6, tzinfo=UTC), workspace.url)
    )


def read(
    workspace: Workspace, stream: str = TALK, cursor: Mapping[str, Any] | None = None
) -> list[Record]:
    return list(slack.pull(client(workspace), stream, cursor or {}))


def test_streams_are_people_and_what_the_owner_is_in(workspace: Workspace) -> None:
    assert slack.streams(client(workspace)) == ("people", TALK, ROOM)


def test_who_it_is_tells_which_scopes_are_lacking(workspace: Workspace) -> None:
    told = slack.who(client(workspace))
    assert told.account == "ana at Atlas"
    assert "channels:history" in told.lacking
    assert "im:read" not in told.lacking


def test_people_are_told_once_a_run_and_the_owner_is_one(workspace: Workspace) -> None:
    seen = [each for each in read(workspace, "people") if isinstance(each, AccountSeen)]
    assert [(each.account.handle, each.owner) for each in seen] == [(ANA, True), (BEN, False)]


def test_small_pages_of_new_apps_are_gone_through(workspace: Workspace) -> None:
    workspace.said[TALK] = [message(n) for n in range(40)]
    assert len(acts(read(workspace))) == 40
    assert workspace.count("conversations.history") == 3


def test_nobody_asks_who_is_in_a_crowd(workspace: Workspace) -> None:
    workspace.said[ROOM] = [message(1), message(2, text=f"<@{ANA}> look")]
    (named,) = acts(read(workspace, ROOM))
    assert (named.kind, named.recipients) == (Kind.MENTION, (Account("slack", ANA),))
    assert workspace.count("conversations.members") == 0


def test_answers_that_come_later_are_found(workspace: Workspace) -> None:
    root = message(1, ANA)
    workspace.said[TALK] = [root]
    cursor = last_cursor(read(workspace))
    root |= {"reply_count": 1, "thread_ts": root["ts"]}
    workspace.threads[root["ts"]] = [root, message(9, thread_ts=root["ts"], parent_user_id=ANA)]
    later = read(workspace, cursor=cursor)
    assert [act.kind for act in acts(later)].count(Kind.REPLY) == 1
    before = workspace.count("conversations.replies")
    assert acts(read(workspace, cursor=last_cursor(later))) == []
    assert workspace.count("conversations.replies") == before


def test_marks_that_come_later_are_found(workspace: Workspace) -> None:
    workspace.said[TALK] = [message(1, ANA)]
    cursor = last_cursor(read(workspace))
    workspace.said[TALK][0]["reactions"] = [{"name": "heart", "users": [BEN]}]
    kinds = [act.kind for act in acts(read(workspace, cursor=cursor))]
    assert Kind.REACTION in kinds


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("invalid_auth", SignInFailed),
        ("token_revoked", SignInFailed),
        ("missing_scope", PermissionMissing),
        ("not_in_channel", PermissionMissing),
        ("ratelimited", RateLimited),
        ("internal_error", SourceUnavailable),
        ("something_else", NotUnderstood),
        ("", NotUnderstood),
    ],
)
def test_refusals_that_come_with_status_200(
    workspace: Workspace, code: str, error: type[CollectError]
) -> None:
    told = {"ok": False, "error": code, "needed": "im:history"}
    workspace.fail("conversations.history", Answer(body=told))
    with pytest.raises(error) as refused:
        read(workspace)
    if code == "missing_scope":
        assert "im:history" in refused.value.hint


def test_a_scope_that_is_no_scope_is_not_passed_on(workspace: Workspace) -> None:
    told = {"ok": False, "error": "missing_scope", "needed": "\x1b[31m <b>rm -rf</b>"}
    workspace.fail("auth.test", Answer(body=told))
    with pytest.raises(PermissionMissing) as refused:
        read(workspace)
    assert "rm" not in refused.value.hint


def test_the_wait_of_new_apps_is_told(workspace: Workspace) -> None:
    workspace.fail("conversations.history", Answer(429, headers={"Retry-After": "60"}))
    with pytest.raises(RateLimited) as refused:
        read(workspace)
    assert refused.value.resume_at == datetime(2026, 3, 6, 0, 1, tzinfo=UTC)


def test_a_token_of_the_walk_that_slack_forgot_begins_it_again(workspace: Workspace) -> None:
    workspace.said[TALK] = [message(n) for n in range(20)]
    told = {"ok": False, "error": "invalid_cursor"}
    workspace.fail("conversations.history", Answer(body=told))
    cursor = {"owner": ANA, "token": "forgotten", "top": "1772700001.000100"}
    assert len({act.external_id for act in acts(read(workspace, cursor=cursor))}) == 20


def test_another_persons_token_is_refused(workspace: Workspace) -> None:
    with pytest.raises(TwoOwners):
        read(workspace, cursor={"owner": BEN})


@pytest.mark.parametrize("broken", [{"ts": None}, {"ts": "soon"}, {"user": None}, {"user": 7}])
def test_what_cannot_be_used_is_a_problem(workspace: Workspace, broken: dict[str, Any]) -> None:
    workspace.said[TALK] = [message(2)]
    odd = {**message(1), **broken}
    told = {"ok": True, "messages": [message(2), odd, 7]}
    workspace.fail("conversations.history", Answer(body=told))
    records = read(workspace)
    assert len(acts(records)) == 1
    assert len([each for each in records if isinstance(each, Problem)]) == 1
