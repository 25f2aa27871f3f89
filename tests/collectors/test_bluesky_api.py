"""Bluesky's API: what concerns the owner, ends of walks, answers of another shape."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from roc.collectors.base import LiveSettings
from roc.collectors.bluesky import api as bluesky
from roc.errors import ConfigError, SignInFailed, SourceUnavailable, TwoOwners
from roc.graph.records import Account, AccountSeen, Checkpoint, DeclaredTie, Kind, Problem, Record
from tests.collectors.keeping import last_cursor
from tests.collectors.loopback import Answer, Asked, Loopback
from tests.collectors.reading import acts

ANA, BEN, CHIDI = "did:plc:ana", "did:plc:ben", "did:plc:chidi"
PASSWORD = "app-password"
OWN = f"at://{ANA}/app.bsky.feed.post/3kmwnslxshs2l"


def notice(minute: int, record: Mapping[str, Any], by: str = BEN) -> dict[str, Any]:
    """What somebody did, as a notification."""
    return {
        "uri": f"at://{by}/{record['$type']}/key{minute}",
        "author": {"did": by, "handle": "ben.example.org", "displayName": "Ben"},
        "record": {"createdAt": f"2026-03-05T08:{minute:02}:00.000Z", **record},
        "indexedAt": f"2026-03-05T08:{minute:02}:00.000Z",
    }


def like(of: str = OWN) -> dict[str, Any]:
    return {"$type": "app.bsky.feed.like", "subject": {"uri": of}}


class Server(Loopback):
    """Gives notifications two to a page, and records of one's own none."""

    def __init__(self) -> None:
        super().__init__()
        self.notices: list[Any] = []
        self.did = ANA

    def answer(self, asked: Asked) -> Answer:
        if asked.path.endswith("createSession"):
            if PASSWORD.encode() not in asked.body:
                return Answer(401, {"error": "AuthenticationRequired"})
            return Answer(body={"did": self.did, "handle": "ana.example.org", "accessJwt": "jwt"})
        if asked.headers.get("Authorization") != "Bearer jwt":
            return Answer(401)
        if asked.path.endswith("listRecords"):
            return Answer(body={"records": []})
        begin = int(asked.query.get("cursor", "0"))
        page = self.notices[begin : begin + 2]
        return Answer(body={"notifications": page, "cursor": str(begin + 2)} if page else {})


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as opened:
        yield opened


def settings(server: Server, token: str = PASSWORD, user: str = "ana.example.org") -> LiveSettings:
    return LiveSettings(token, datetime(2026, 3, 6, tzinfo=UTC), server.url, user)


def read(
    server: Server, stream: str = "notifications", cursor: Mapping[str, Any] | None = None
) -> list[Record]:
    return list(bluesky.pull(bluesky.connect(settings(server)), stream, cursor or {}))


def test_the_app_password_goes_to_one_place_only(server: Server) -> None:
    server.notices = [notice(1, like())]
    read(server)
    with_it = [asked.path for asked in server.asked if PASSWORD.encode() in asked.body]
    assert with_it == ["/xrpc/com.atproto.server.createSession"]
    assert all(PASSWORD not in str(asked.headers) + asked.target for asked in server.asked)


def test_a_like_of_the_owners_post_is_the_record_in_bens_repository(server: Server) -> None:
    server.notices = [notice(1, like())]
    (act,) = acts(read(server))
    assert act.external_id == f"at://{BEN}/app.bsky.feed.like/key1"
    assert (act.kind, act.recipients) == (Kind.REACTION, (Account("bluesky", ANA),))


@pytest.mark.parametrize(
    "record",
    [
        like(of=f"at://{CHIDI}/app.bsky.feed.post/3kmwnslxshs2l"),
        {"$type": "app.bsky.graph.follow", "subject": CHIDI},
        {"$type": "app.bsky.graph.starterpack"},
        {"$type": "app.bsky.feed.post", "text": "about something else"},
    ],
)
def test_what_was_done_to_others_is_not_the_owners(server: Server, record: dict[str, Any]) -> None:
    server.notices = [notice(1, record)]
    found = [each for each in read(server) if not isinstance(each, AccountSeen | Checkpoint)]
    assert found == []


def test_a_follow_is_a_tie(server: Server) -> None:
    server.notices = [notice(1, {"$type": "app.bsky.graph.follow", "subject": ANA})]
    (tie,) = [each for each in read(server) if isinstance(each, DeclaredTie)]
    assert (tie.account.handle, tie.other.handle) == (BEN, ANA)


def test_a_walk_ends_at_what_was_read_before(server: Server) -> None:
    server.notices = [notice(20 - n, like()) for n in range(10)]
    cursor = last_cursor(read(server))
    server.notices.insert(0, notice(30, like()))
    before = server.count("listNotifications")
    assert len(acts(read(server, cursor=cursor))) == 4  # the newest page again, and one below
    assert server.count("listNotifications") == before + 2


def test_a_wrong_password_is_told_without_it(server: Server) -> None:
    with pytest.raises(SignInFailed) as refused:
        bluesky.who(bluesky.connect(settings(server, token="wrong")))
    assert "wrong" not in refused.value.message + refused.value.hint


def test_whose_it_is_has_to_be_told(server: Server) -> None:
    with pytest.raises(ConfigError):
        bluesky.connect(settings(server, user=""))


def test_another_persons_app_password_is_refused(server: Server) -> None:
    with pytest.raises(TwoOwners):
        read(server, cursor={"owner": BEN})


def test_an_answer_without_an_owner_is_an_outage(server: Server) -> None:
    server.did = "nobody"
    with pytest.raises(SourceUnavailable):
        read(server)


@pytest.mark.parametrize(
    "broken", [{}, {"uri": 7}, {"author": []}, {"author": {"did": "x" * 9000}}, {"uri": "at://"}]
)
def test_what_cannot_be_used_is_a_problem(server: Server, broken: dict[str, Any]) -> None:
    server.notices = [notice(2, like()), {**notice(1, like()), **broken} if broken else {}]
    records = read(server)
    assert len(acts(records)) == 1
    assert [each.code for each in records if isinstance(each, Problem)] == ["no_sender"]


def test_records_of_another_shape_are_problems_or_nothing(server: Server) -> None:
    server.fail(
        "listRecords",
        Answer(body={"records": [7, {"uri": None}, {"uri": "at://x/y/k", "value": 3}]}),
    )
    codes = [each.code for each in read(server, "posts") if isinstance(each, Problem)]
    assert codes == ["no_key"]
