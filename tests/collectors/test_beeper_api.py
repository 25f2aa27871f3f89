"""Beeper Desktop: whom a message reaches, what is not asked for again, what may come instead."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from roc.collectors.base import LiveSettings
from roc.collectors.beeper import api as beeper
from roc.errors import SourceUnavailable, TwoOwners
from roc.graph.records import Account, AccountSeen, Checkpoint, Kind, Nature, Problem, Record
from tests.collectors.fake_beeper import ANA, BEN, CHIDI, TOKEN, FakeBeeper, message, person
from tests.collectors.keeping import last_cursor
from tests.collectors.loopback import Answer
from tests.collectors.reading import acts

CHAT = "whatsapp!ben"
BEN_ACCOUNT = Account("beeper", BEN)


@pytest.fixture
def desktop() -> Iterator[FakeBeeper]:
    """Ana and Ben in one chat."""
    with FakeBeeper() as server:
        server.people = {CHAT: [person(ANA, "Ana"), person(BEN, "Ben", email="Ben@Example.org")]}
        server.messages = {CHAT: []}
        yield server


def read(desktop: FakeBeeper, cursor: dict[str, Any] | None = None) -> list[Record]:
    settings = LiveSettings(token=TOKEN, now=datetime(2026, 3, 6, tzinfo=UTC), base_url=desktop.url)
    client = beeper.connect(settings)
    return [
        record
        for stream in beeper.streams(client)
        for record in beeper.pull(client, stream, cursor or {})
    ]


def test_who_it_is_names_the_owners_accounts(desktop: FakeBeeper) -> None:
    settings = LiveSettings(token=TOKEN, now=datetime(2026, 3, 6, tzinfo=UTC), base_url=desktop.url)
    assert beeper.who(beeper.connect(settings)).account == "Ana López"
    assert len(desktop.asked) == 1


def test_a_message_reaches_the_others_and_a_mark_its_author(desktop: FakeBeeper) -> None:
    desktop.messages[CHAT] = [message(CHAT, 1, BEN, marks=[ANA, BEN, ANA])]
    said, marked = acts(read(desktop))
    assert (said.kind, said.sender, said.recipients) == (
        Kind.MESSAGE,
        BEN_ACCOUNT,
        (Account("beeper", ANA),),
    )
    assert (marked.kind, marked.sender, marked.recipients) == (
        Kind.REACTION,
        Account("beeper", ANA),
        (BEN_ACCOUNT,),
    )


def test_people_are_told_with_the_numbers_and_addresses_that_are_theirs(
    desktop: FakeBeeper,
) -> None:
    desktop.messages[CHAT] = [message(CHAT, 1, BEN)]
    seen = {one.account: one for one in read(desktop) if isinstance(one, AccountSeen)}
    assert seen[BEN_ACCOUNT].same_as == (Account("email", "ben@example.org"),)
    owner = seen[Account("beeper", ANA)]
    assert owner.owner
    assert owner.same_as == (Account("phone", "+491700000001"),)


def test_a_networks_own_robot_is_no_person(desktop: FakeBeeper) -> None:
    desktop.people[CHAT].append(person("@whatsapp_bot:local", "Bot", isNetworkBot=True))
    desktop.messages[CHAT] = [message(CHAT, 1, BEN)]
    natures = {one.nature for one in read(desktop) if isinstance(one, AccountSeen)}
    assert Nature.BOT in natures


@pytest.mark.parametrize("more", [{"type": "NOTICE"}, {"type": "REACTION"}, {"isHidden": True}])
def test_what_nobody_said_is_no_act(desktop: FakeBeeper, more: dict[str, Any]) -> None:
    desktop.messages[CHAT] = [message(CHAT, 1, BEN, **more)]
    assert acts(read(desktop)) == []


def test_a_chat_that_only_gathers_others_is_left_out(desktop: FakeBeeper) -> None:
    class Merging(FakeBeeper):
        def _chat(self, chat: str) -> dict[str, Any]:
            return {**super()._chat(chat), "merge": {"chatIDs": [CHAT]}}

    with Merging() as merging:
        merging.people, merging.messages = desktop.people, {CHAT: [message(CHAT, 1, BEN)]}
        assert read(merging) == []


def test_in_a_crowd_a_message_reaches_whom_it_names(desktop: FakeBeeper) -> None:
    desktop.people[CHAT] += [person(f"@whatsapp_{n}:local", f"P{n}") for n in range(10, 40)]
    desktop.messages[CHAT] = [
        message(CHAT, 1, BEN),
        message(CHAT, 2, BEN, mentions=[ANA, "@room"]),
    ]
    (named,) = acts(read(desktop))
    assert (named.kind, named.recipients) == (Kind.MENTION, (Account("beeper", ANA),))


def test_a_chat_in_which_nothing_happened_is_not_asked_for(desktop: FakeBeeper) -> None:
    desktop.messages[CHAT] = [message(CHAT, n, BEN) for n in range(45)]
    cursor = dict(last_cursor(read(desktop)))
    before = desktop.count("/messages")
    assert before == 3
    assert read(desktop, cursor) == []
    desktop.messages[CHAT].append(message(CHAT, 46, CHIDI))
    assert len(acts(read(desktop, cursor))) == 20
    assert desktop.count("/messages") == before + 1


def test_a_walk_goes_on_where_it_stopped_and_then_reads_what_came_since(
    desktop: FakeBeeper,
) -> None:
    desktop.messages[CHAT] = [message(CHAT, n, BEN) for n in range(60)]
    records = read(desktop)
    places = [number for number, one in enumerate(records) if isinstance(one, Checkpoint)]
    stopped = records[: places[0] + 1]
    desktop.messages[CHAT].append(message(CHAT, 70, BEN))
    rest = read(desktop, dict(last_cursor(stopped)))
    ids = {act.external_id for act in acts([*stopped, *rest])}
    assert len(ids) == 61


def test_a_token_that_beeper_forgot_begins_the_walk_again(desktop: FakeBeeper) -> None:
    desktop.messages[CHAT] = [message(CHAT, n, BEN) for n in range(30)]
    cursor = {"owner": ANA, "token": "forgotten", "top": "2026-03-05T08:10:00.000Z"}
    assert len({act.external_id for act in acts(read(desktop, cursor))}) == 30


def test_another_persons_beeper_is_refused(desktop: FakeBeeper) -> None:
    desktop.messages[CHAT] = [message(CHAT, 1, BEN)]
    with pytest.raises(TwoOwners):
        read(desktop, {"owner": "@somebody:else"})


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ({"id": 7.5}, "no_id"),
        ({"timestamp": "yesterday"}, "bad_date"),
        ({"senderID": ["x"]}, "no_sender"),
        ({"senderID": "x" * 3000}, "no_sender"),
    ],
)
def test_what_cannot_be_used_is_a_problem_with_its_place(
    desktop: FakeBeeper, broken: dict[str, Any], code: str
) -> None:
    desktop.messages[CHAT] = [message(CHAT, 2, BEN), {**message(CHAT, 1, BEN), **broken}]
    records = read(desktop)
    assert [one.code for one in records if isinstance(one, Problem)] == [code]
    assert len(acts(records)) == 1


@pytest.mark.parametrize("body", [{"items": 7}, {}, {"items": [None, [], 3]}, {"hasMore": True}])
def test_a_page_of_another_shape_holds_nothing(desktop: FakeBeeper, body: object) -> None:
    desktop.messages[CHAT] = [message(CHAT, 1, BEN)]
    desktop.fail("/messages", Answer(body=body))
    assert acts(read(desktop)) == []


def test_accounts_of_another_shape_are_an_outage(desktop: FakeBeeper) -> None:
    desktop.fail("/v1/accounts", Answer(body={"error": 1}))
    with pytest.raises(SourceUnavailable):
        read(desktop)
