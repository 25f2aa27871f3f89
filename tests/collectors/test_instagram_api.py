"""An Instagram professional account over the Graph API: what is otherwise than on a Page."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from roc.collectors.base import LiveSettings
from roc.collectors.instagram import api as instagram
from roc.errors import PermissionMissing, SignInFailed, SourceUnavailable, TwoOwners
from roc.graph.records import Account, AccountSeen, Kind, Record
from tests.collectors.fake_meta import (
    BEN,
    CHIDI,
    SHOP,
    TOKEN,
    FakeMeta,
    comment,
    message,
    refusal,
)
from tests.collectors.keeping import kept, last_cursor
from tests.collectors.reading import acts

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
OWNER = "anas.bakery"


@pytest.fixture
def account() -> Iterator[FakeMeta]:
    """Ben writes to Ana; Chidi comments, and Ana and Ben answer him."""
    with FakeMeta("instagram") as server:
        server.talk = {"c1": [message(1, BEN, SHOP), message(2, SHOP, BEN)]}
        asked = comment(10, CHIDI)
        server.posts = ["17001"]
        answers = [comment(11, SHOP, parent=asked), comment(12, BEN, parent=asked)]
        server.comments = {"17001": [asked, *answers]}
        yield server


def client(account: FakeMeta) -> instagram.Client:
    return instagram.connect(LiveSettings(token=TOKEN, now=NOW, base_url=account.url))


def pulled(account: FakeMeta, stream: str, cursor: Mapping[str, Any] | None = None) -> list[Record]:
    return list(instagram.pull(client(account), stream, cursor or {}))


def test_people_have_the_names_that_exports_know_them_by(account: FakeMeta) -> None:
    read = pulled(account, "conversations")
    assert read[0] == AccountSeen(Account("instagram", OWNER), "Ana's Bakery", owner=True)
    assert [(act.sender.handle, act.recipients[0].handle) for act in acts(read)] == [
        (OWNER, "ben.osei"),
        ("ben.osei", OWNER),
    ]
    assert instagram.who(client(account)).account == "@anas.bakery"


def test_answers_within_a_comment_reach_whoever_wrote_it(account: FakeMeta) -> None:
    told = {
        (act.sender.handle, act.kind, act.recipients[0].handle)
        for act in acts(pulled(account, "comments"))
    }
    assert told == {
        ("chidi_o", Kind.COMMENT, OWNER),
        (OWNER, Kind.REPLY, "chidi_o"),
        ("ben.osei", Kind.REPLY, "chidi_o"),
    }


@pytest.mark.parametrize("stream", ["conversations", "comments"])
def test_a_second_run_asks_once(account: FakeMeta, stream: str) -> None:
    cursor = last_cursor(pulled(account, stream))
    account.asked.clear()
    assert acts(pulled(account, stream, cursor)) == []
    assert len(account.asked) == 2  # the first is whose it is


def test_a_post_with_another_number_of_comments_is_asked_about_again(account: FakeMeta) -> None:
    cursor = last_cursor(pulled(account, "comments"))
    account.comments["17001"].append(comment(20, BEN))
    read = acts(pulled(account, "comments", cursor))
    assert ("ben.osei", Kind.COMMENT) in [(act.sender.handle, act.kind) for act in read]


def test_a_missing_permission_is_named(account: FakeMeta) -> None:
    account.fail("/comments", refusal(10, 403))
    _, refused = kept(instagram.pull(client(account), "comments", {}))
    assert isinstance(refused, PermissionMissing)
    assert "instagram_business_manage_comments" in refused.hint


def test_a_token_that_ends_in_mid_run_is_told(account: FakeMeta) -> None:
    asking = client(account)
    list(instagram.pull(asking, "conversations", {}))
    account.expired = True
    _, refused = kept(instagram.pull(asking, "comments", {}))
    assert isinstance(refused, SignInFailed)


def test_an_account_without_a_name_is_nobodys(account: FakeMeta) -> None:
    account.owner = {"user_id": "100"}
    with pytest.raises(SourceUnavailable, match="whose token"):
        pulled(account, "comments")


def test_another_accounts_cursor_is_refused(account: FakeMeta) -> None:
    with pytest.raises(TwoOwners):
        pulled(account, "comments", {"owner": "somebody.else"})
