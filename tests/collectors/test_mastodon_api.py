"""Mastodon's API and its kin: other programs' ids and links, odd answers, who somebody is."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from roc.collectors.base import LiveSettings
from roc.collectors.mastodon import api as mastodon
from roc.errors import SourceUnavailable, TwoOwners
from roc.graph.records import Account, AccountSeen, DeclaredTie, Kind, Precision, Problem, Record
from tests.collectors.keeping import last_cursor
from tests.collectors.loopback import Answer, Asked, Loopback
from tests.collectors.reading import acts

ANA, BEN = Account("mastodon", "ana@example.org"), Account("mastodon", "ben@far.example")
BEN_TOLD = {"id": "2", "acct": "ben@far.example", "username": "ben", "display_name": "Ben"}
ANA_TOLD = {"id": "1", "acct": "ana", "username": "ana", "uri": "https://web.example.org/users/ana"}


def status(name: str, by: Mapping[str, Any] = BEN_TOLD, **more: Any) -> dict[str, Any]:
    """A post as a server tells it."""
    return {
        "id": name,
        "uri": f"https://far.example/users/ben/statuses/{name}",
        "created_at": "2026-03-05T08:00:00.000Z",
        "account": by,
        "visibility": "public",
        "mentions": [{"id": "1", "acct": "ana", "username": "ana"}],
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "reblog": None,
        **more,
    }


def notice(kind: str, name: str = "01HQ", **more: Any) -> dict[str, Any]:
    at = "2026-03-05T09:00:00.000Z"
    return {"id": name, "type": kind, "created_at": at, "account": BEN_TOLD, **more}


class Server(Loopback):
    """Gives each page once, and then none, under two names."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: list[Any] = []
        self.link = ""

    def answer(self, asked: Asked) -> Answer:
        if asked.path.endswith("verify_credentials"):
            return Answer(
                body={**ANA_TOLD, "display_name": "Ana", "url": "https://web.example.org/@ana"}
            )
        if asked.path.endswith("instance"):
            return Answer(body={"domain": "example.org"})
        headers = {"Link": self.link} if self.link else {}
        return Answer(body=self.pages.pop(0) if self.pages else [], headers=headers)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as opened:
        yield opened


def read(
    server: Server, stream: str = "notifications", cursor: Mapping[str, Any] | None = None
) -> list[Record]:
    settings = LiveSettings("token", datetime(2026, 3, 6, tzinfo=UTC), server.url)
    return list(mastodon.pull(mastodon.connect(settings), stream, cursor or {}))


def test_the_owner_is_of_the_servers_name_and_their_link_is_theirs_too(server: Server) -> None:
    (owner,) = read(server)
    assert owner == AccountSeen(
        ANA, "Ana", owner=True, same_as=(Account("mastodon", "ana@web.example.org"),)
    )


def test_ids_that_are_no_numbers_are_gone_on_from(server: Server) -> None:
    """GoToSocial's are ULIDs."""
    server.pages = [[notice("follow", "01HQZX3V9K")]]
    cursor = last_cursor(read(server))
    assert cursor["after"] == "01HQZX3V9K"
    read(server, cursor=cursor)
    assert server.asked[-1].query["min_id"] == "01HQZX3V9K"


def test_a_link_is_not_followed_its_id_is_asked_for(server: Server) -> None:
    server.link = '<https://evil.example/steal?min_id=77>; rel="prev", <javascript:x>; rel="next"'
    server.pages = [[notice("follow", "5")]]
    assert last_cursor(read(server))["after"] == "77"
    assert all(asked.headers["Host"].startswith("127.0.0.1") for asked in server.asked)


def test_a_server_that_repeats_itself_is_left(server: Server) -> None:
    server.pages = [[notice("follow", "5")]] * 3
    codes = [each.code for each in read(server) if isinstance(each, Problem)]
    assert codes == ["endless_pages"]


@pytest.mark.parametrize(
    ("kind", "expected"), [("favourite", Kind.REACTION), ("reblog", Kind.REPOST)]
)
def test_marks_on_the_owners_posts_are_acts_with_a_moment(
    server: Server, kind: str, expected: Kind
) -> None:
    server.pages = [[notice(kind, status=status("7", ANA_TOLD))]]
    (act,) = acts(read(server))
    assert (act.kind, act.sender, act.recipients) == (expected, BEN, (ANA,))
    assert act.precision is Precision.INSTANT


def test_a_quote_is_one(server: Server) -> None:
    quoted = {"state": "accepted", "quoted_status": status("3", ANA_TOLD)}
    server.pages = [[notice("quote", status=status("8", quote=quoted, mentions=[]))]]
    (act,) = acts(read(server))
    assert (act.kind, act.recipients) == (Kind.QUOTE, (ANA,))


def test_an_answer_to_the_owner_names_what_it_answers(server: Server) -> None:
    answer = status("9", in_reply_to_id="3", in_reply_to_account_id="1")
    server.pages = [[notice("mention", status=answer)]]
    (act,) = acts(read(server))
    assert (act.kind, act.parent) == (Kind.REPLY, "https://web.example.org/users/ana/statuses/3")


def test_a_direct_message_reaches_those_it_names(server: Server) -> None:
    server.pages = [[notice("mention", status=status("9", visibility="direct"))]]
    (act,) = acts(read(server))
    assert (act.kind, act.recipients) == (Kind.MESSAGE, (ANA,))


@pytest.mark.parametrize("kind", ["poll", "status", "update", "admin.report", "severed", ""])
def test_news_that_nobody_did_to_the_owner_is_no_act(server: Server, kind: str) -> None:
    server.pages = [[notice(kind, status=status("9"))]]
    assert acts(read(server)) == []


def test_follows_are_ties_and_the_list_is_not_read_twice(server: Server) -> None:
    server.link = '<x?max_id=3>; rel="next", <x?since_id=9>; rel="prev"'
    server.pages = [[BEN_TOLD], []]
    records = read(server, "followers")
    assert len([each for each in records if isinstance(each, DeclaredTie)]) == 1
    cursor = last_cursor(records)
    before = len(server.asked)
    assert [
        each for each in read(server, "followers", cursor) if isinstance(each, DeclaredTie)
    ] == []
    assert server.asked[-1].query["since_id"] == "9"
    assert len(server.asked) == before + 3


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (None, "no_sender"),
        ({"type": "favourite"}, "no_sender"),
        (notice("mention", status={"uri": 7}), "no_sender"),
        (notice("mention", status=status("1", created_at="soon")), "bad_date"),
        (notice("favourite", created_at=None, status=status("1", ANA_TOLD)), "bad_date"),
    ],
)
def test_what_cannot_be_used_is_a_problem(server: Server, told: Any, code: str) -> None:
    server.pages = [[notice("follow", "9"), told]]
    codes = [each.code for each in read(server) if isinstance(each, Problem)]
    assert codes in ([code], [])
    if told is not None:
        assert codes == [code]


def test_a_page_of_another_shape_is_an_outage(server: Server) -> None:
    server.pages = [{"error": "what"}]
    with pytest.raises(SourceUnavailable):
        read(server)


def test_another_persons_token_is_refused(server: Server) -> None:
    with pytest.raises(TwoOwners):
        read(server, cursor={"owner": "ben@example.org"})
