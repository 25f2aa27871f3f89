"""Forgotten means forgotten: everywhere in the file, under every spelling, after every reading."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from roc.errors import NothingToUndo
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    Checkpoint,
    Interaction,
    Kind,
    Nature,
    Problem,
    Record,
)
from roc.graph.store import Graph
from roc.graph.tables import metadata
from tests.conftest import records
from tests.graph.worlds import assert_same, bounded, holding, person_of, state, worlds

MAIL = Account("email", "zenobia.quux@example.org")
PROFILE = Account("linkedin", "zenobia-quux")
BEN = Account("email", "ben@example.org")
ZENOBIA = AccountSeen(MAIL, name="Zenobia Quux", organisation="Quuxworks")


def written(number: int, *people: Account, **told: object) -> Interaction:
    """A letter from the first to the others."""
    at = datetime(2026, 1, number, tzinfo=UTC)
    sender, *others = people
    letter = ("email", f"letter-{number}", Kind.MESSAGE, at, sender, tuple(others))
    return Interaction(*letter, **told)  # type: ignore[arg-type]


def bytes_of(graph: Graph) -> bytes:
    """Every byte of a file and its log, or every row on a server."""
    if "://" in graph.where:
        with graph._reading() as connection:
            rows = [connection.execute(select(table)).all() for table in metadata.sorted_tables]
        return repr(rows).lower().encode()
    graph.close()
    files = graph.path.parent.glob("me.graph*")
    return b"".join(path.read_bytes() for path in files).lower()


def accounts_of(graph: Graph) -> set[str]:
    with graph.read() as reader:
        return {key for keys in reader.people.accounts for key in keys}


def findings(graph: Graph) -> tuple[str, ...]:
    """What the doctor finds wrong: rows that refer to nothing, contact days that do not agree."""
    return graph.inspect(0).findings


def acts_at_rest(path: Path) -> list[object]:
    """Acts as the file holds them, accounts by their handles."""
    act = (
        "SELECT i.id, at, revision, s.handle, r.handle, audience, thread FROM interaction AS i"
        " JOIN account AS s ON s.id = sender_id LEFT JOIN account AS r ON r.id = recipient_id"
        " WHERE i.id NOT IN (SELECT interaction_id FROM participant WHERE role = 3) ORDER BY i.id"
    )
    member = (
        "SELECT interaction_id, source, handle, role FROM participant"
        " JOIN account ON account.id = account_id ORDER BY 1, 2, 3"
    )
    with closing(sqlite3.connect(path)) as file:
        return [file.execute(rows).fetchall() for rows in (act, member)]


@pytest.fixture
def without_her(graph: Graph) -> Graph:
    """A graph in which Zenobia was met and forgotten."""
    graph.add([ZENOBIA, written(1, ME, MAIL)], source="email", export="all.mbox")
    graph.forget("Zenobia Quux")
    return graph


@pytest.mark.parametrize(
    "spelling",
    [
        Account("email", "Zenobia.Quux@Example.org"),
        Account("email", "mailto:zenobia.quux@example.org"),
        Account("gmail", "zenobia.quux@example.org"),
        Account("crm", "<Zenobia.Quux@example.org>"),
        Account("mail", "mailto:zenobia.quux%40example.org"),
    ],
    ids=str,
)
def test_an_address_stays_forgotten_however_it_is_spelt(
    without_her: Graph, spelling: Account
) -> None:
    without_her.add([written(2, ME, spelling)], source="crm", export="a.csv")
    assert accounts_of(without_her) == {"me:me"}


@pytest.mark.parametrize(
    ("account", "spelling"),
    [
        (PROFILE, Account("linkedin", "Zenobia-Quux")),
        (PROFILE, Account("linkedin", "in/zenobia-quux/")),
        (PROFILE, Account("crm", "https://de.linkedin.com/in/Zenobia-Quux/?locale=de")),
        (Account("linkedin", "zoé-quux"), Account("linkedin", "zo%C3%A9-quux")),
        (Account("x", "@zenobia"), Account("x", "Zenobia")),
        (Account("x", "@zenobia"), Account("twitter", "@ZENOBIA")),
        (Account("x", "@zenobia"), Account("crm", "https://x.com/zenobia")),
        (Account("journal", "zenobia quux"), Account("journal", "Zenobia  Quux")),
    ],
    ids=str,
)
def test_a_handle_stays_forgotten_however_it_is_spelt(
    graph: Graph, account: Account, spelling: Account
) -> None:
    graph.add([written(1, ME, account)], source="crm", export="a.csv")
    graph.forget(str(account))
    graph.add([written(2, ME, spelling)], source="crm", export="a.csv")
    assert accounts_of(graph) == {"me:me"}


def test_handles_of_unknown_sources_are_told_apart_by_every_sign(graph: Graph) -> None:
    graph.add([written(1, ME, Account("video", "UCaB"))], source="video", export="a.csv")
    graph.forget("video:UCaB")
    graph.add([written(2, ME, Account("video", "UCab"))], source="video", export="a.csv")
    assert accounts_of(graph) == {"me:me", "video:UCab"}


def test_a_new_account_of_the_forgotten_is_forgotten_too(without_her: Graph) -> None:
    """In either direction, over any number of steps, and told before or after its acts."""
    number = Account("x", "77")
    told: list[Record] = [
        written(2, PROFILE, ME),
        AccountSeen(number, same_as=(Account("x", "@zq"),)),
        AccountSeen(Account("x", "@zq"), same_as=(PROFILE,)),
        AccountSeen(PROFILE, "Zenobia Quux", same_as=(MAIL,)),
        written(3, number, ME),
    ]
    for record in told:
        without_her.add([record], source="x", export="a.zip")
    without_her.add([written(4, number, ME)], source="x", export="b.zip")
    without_her.finish_erasing()
    assert accounts_of(without_her) == {"me:me"}
    assert b"zenobia" not in bytes_of(without_her)
    assert b"@zq" not in bytes_of(without_her)


def test_whom_the_owner_split_from_the_forgotten_stays(graph: Graph) -> None:
    alike = AccountSeen(BEN, "Ben Okafor", same_as=(MAIL,))
    graph.add([ZENOBIA, alike, written(1, ME, BEN)], source="x", export="a.zip")
    graph.split(MAIL)
    graph.forget("Zenobia Quux")
    graph.add([alike], source="x", export="a.zip")
    assert accounts_of(graph) == {"me:me", str(BEN)}


@pytest.mark.parametrize("pieces", [1, 2], ids=["told at once", "told one after the other"])
def test_whom_the_owner_split_from_the_forgotten_stays_whatever_is_said_to_be_both(
    graph: Graph, pieces: int
) -> None:
    """Even over several accounts that are new, and of which one names Ben and another Zenobia."""
    alike = AccountSeen(BEN, "Ben Okafor", same_as=(MAIL,))
    graph.add([ZENOBIA, alike, written(1, ME, BEN)], source="x", export="a.zip")
    graph.split(MAIL)
    graph.forget("Zenobia Quux")
    first, second = Account("crm", "7"), Account("crm", "8")
    told = [
        AccountSeen(first, same_as=(MAIL, second)),
        AccountSeen(second, same_as=(BEN,)),
        AccountSeen(first, same_as=(BEN,)),
    ]
    for start in range(pieces):
        graph.add(told[start::pieces], source="crm", export="crm.csv")
    assert accounts_of(graph) == {"me:me", str(BEN)}
    assert len(graph.kept_contacts()) == 1


def test_whom_the_owner_split_from_one_account_of_the_forgotten_is_apart_from_all(
    graph: Graph,
) -> None:
    alike = AccountSeen(BEN, "Ben Okafor", same_as=(MAIL,))
    graph.add([ZENOBIA, alike, written(1, ME, BEN)], source="x", export="a.zip")
    graph.split(MAIL)
    graph.add([AccountSeen(PROFILE, same_as=(MAIL,))], source="linkedin", export="l.zip")
    graph.forget("Zenobia Quux")
    graph.add([AccountSeen(BEN, same_as=(PROFILE,))], source="x", export="b.zip")
    assert accounts_of(graph) == {"me:me", str(BEN)}


def test_whom_the_owner_split_from_the_forgotten_stays_with_all_their_accounts(
    graph: Graph,
) -> None:
    """An account that Ben got later may be said to be Zenobia's: it is of one person with his."""
    alike = AccountSeen(BEN, "Ben Okafor", same_as=(MAIL,))
    graph.add([ZENOBIA, alike, written(1, ME, BEN)], source="x", export="a.zip")
    graph.split(MAIL)
    graph.forget("Zenobia Quux")
    profile = Account("linkedin", "ben-okafor")
    graph.add([AccountSeen(profile, same_as=(BEN,))], source="linkedin", export="l.zip")
    graph.add([AccountSeen(profile, same_as=(MAIL,))], source="linkedin", export="m.zip")
    assert {str(BEN), str(profile)} <= accounts_of(graph)


def test_the_owner_is_not_forgotten_with_an_address_that_was_theirs(without_her: Graph) -> None:
    mine = Account("linkedin", "ana")
    without_her.own([Account("x", "1")])
    told = [
        AccountSeen(mine, "Ana López", owner=True, same_as=(MAIL,)),
        AccountSeen(Account("x", "1"), same_as=(MAIL,)),
    ]
    without_her.add(told, source="linkedin", export="a.zip")
    assert accounts_of(without_her) == {"me:me", "linkedin:ana", "x:1"}


NOTIFIER = Account("email", "notifications@example.org")


@pytest.mark.parametrize(
    "named",
    [
        AccountSeen(BEN, "Zenobia Quux via Documents"),
        AccountSeen(BEN, "Quux, Zenobia (Documents)"),
        AccountSeen(NOTIFIER, "Zenobia Quux", nature=Nature.BOT),
        AccountSeen(BEN, "Ben Okafor", organisation="Zenobia Quux Consulting"),
        written(3, ME, BEN, tags=("zenobia-quux",)),
        Problem("Zenobia_Quux.mbox:4", "bad_date", "no readable date"),
        Problem("zenobia.mbox:4", "bad_date", "no readable date"),
        Checkpoint("email", "inbox", {"heads": [str(MAIL), "x:1"], "last": MAIL.handle}),
        Checkpoint("email", "inbox", {"seen": {MAIL.handle: {"MailTo:" + MAIL.handle: 1}}}),
    ],
    ids=lambda record: type(record).__name__,
)
def test_no_other_row_names_the_forgotten_before_or_after_reading_again(
    graph: Graph, named: Record
) -> None:
    told: list[Record] = [ZENOBIA, written(1, ME, MAIL), written(2, ME, BEN), named]
    graph.add(told, source="email", export="zenobia-2026.mbox")
    assert b"zenobia" in bytes_of(graph)
    graph.forget(str(MAIL))
    assert b"zenobia" not in bytes_of(graph)
    assert b"quux" not in bytes_of(graph)
    graph.add(told, source="email", export="zenobia-2027.mbox")
    assert b"zenobia" not in bytes_of(graph)
    assert graph.contacts_agree()
    assert findings(graph) == ()


def test_exports_that_named_the_forgotten_stay_the_places_that_they_were(graph: Graph) -> None:
    told: list[Record] = [ZENOBIA, written(1, ME, MAIL), written(2, ME, BEN)]
    exports = ("zenobia-quux-2026.mbox", "old zenobia quux.mbox", "letters.mbox")

    def places() -> list[str]:
        with graph._reading() as connection:
            names = select(metadata.tables["place"].c.name)
            return sorted(connection.execute(names).scalars())

    for export in exports:
        graph.add(told, source="email", export=export)
    graph.forget(str(MAIL))
    after = places()
    assert len(after) == len(exports)
    for export in (*exports, "zenobia-quux-2027.mbox"):
        graph.add(told, source="email", export=export)
    assert places() == after


def test_a_name_and_what_bears_it_may_be_told_apart(without_her: Graph) -> None:
    told = [AccountSeen(BEN, nature=Nature.ROLE), AccountSeen(BEN, name="Zenobia Quux")]
    without_her.add(told, source="email", export="one")
    with without_her.read() as reader:
        assert "Zenobia Quux" not in reader.people.names
    without_her.add(told[::-1], source="email", export="two")
    with without_her.read() as reader:
        assert "Zenobia Quux" not in reader.people.names


def test_a_namesake_keeps_their_name(without_her: Graph) -> None:
    without_her.add([AccountSeen(BEN, "Zenobia Quux")], source="email", export="a.mbox")
    with without_her.read("Zenobia Quux") as reader:
        assert reader.people.accounts[reader.people.ego] == (str(BEN),)


def test_a_tag_that_is_a_forgotten_name_in_the_journal_goes(graph: Graph) -> None:
    told = records("2026-01-01 me -> zenobia message\n2026-01-02 me -> ben message #zenobia #q1")
    graph.add(told, source="journal", export="journal.txt")
    graph.forget("zenobia")
    graph.add(told, source="journal", export="journal.txt")
    with graph.read("ben") as reader:
        assert reader.people.tags[reader.people.ego] == ("q1",)


def test_scores_kept_from_the_view_of_the_forgotten_go(graph: Graph) -> None:
    graph.add([ZENOBIA, written(1, ME, MAIL), written(2, ME, BEN)], source="email", export="a")
    for ego in (str(MAIL), "me:me"):
        scores = {key: {"strength": 1.0} for key in ("me:me", str(BEN), str(MAIL))}
        graph.keep_snapshot(day=20_000, ego_key=ego, version="1", parameters={}, scores=scores)
    graph.forget(str(MAIL))
    assert [(row.ego, row.scores) for row in graph.snapshots()] == [("me:me", 2)]
    assert findings(graph) == ()


@bounded
@given(world=worlds, order=st.randoms(use_true_random=False))
def test_forgetting_and_reading_again_is_as_if_she_had_never_been_told_of(
    world: list[Record], order: Random
) -> None:
    who = [AccountSeen(Account("x", "zenobia"), "Zenobia Quux")]
    told = [*who, *world]
    with holding(told) as graph:
        accounts, _ = person_of(graph, who[0].account)
        if ME in accounts:
            return
        graph.forget("x:zenobia")
        assert graph.contacts_agree()
        assert findings(graph) == ()
        order.shuffle(told)
        graph.add(told[::2], source="journal", export="told")
        graph.add(told[1::2], source="journal", export="told")
        forgotten_late, late = state(graph), acts_at_rest(graph.path)
        assert findings(graph) == ()
    with holding(who) as fresh:
        fresh.forget("x:zenobia")
        order.shuffle(told)
        for start in range(3):
            fresh.add(told[start::3], source="journal", export="told")
        forgotten_first, first = state(fresh), acts_at_rest(fresh.path)
    assert late == first
    assert forgotten_late[0].accounts == forgotten_first[0].accounts
    assert_same(forgotten_late, forgotten_first)


def test_an_account_met_in_two_spellings_is_forgotten_as_one(graph: Graph) -> None:
    page = Account("crm", "https://www.linkedin.com/in/Zenobia-Quux")
    graph.add([written(1, ME, PROFILE), written(2, ME, page)], source="crm", export="a.csv")
    graph.forget(str(PROFILE))
    assert accounts_of(graph) == {"me:me"}


def test_no_decision_that_could_be_undone_names_the_forgotten(graph: Graph) -> None:
    graph.add([ZENOBIA, written(1, ME, MAIL), written(2, ME, BEN)], source="email", export="a")
    graph.tag(str(BEN), ["friend of Zenobia Quux"])
    graph.tag(str(MAIL), ["quuxtag"])
    graph.mute(str(BEN), muted=True)
    graph.forget(str(MAIL))
    assert b"quux" not in bytes_of(graph)
    assert graph.undo()[0] == "mute"
    with pytest.raises(NothingToUndo):
        graph.undo()


@pytest.mark.parametrize("order", [1, -1])
def test_a_name_that_is_told_only_later_is_nowhere_either(graph: Graph, order: int) -> None:
    """When she is forgotten no source has told her name yet."""
    graph.add([AccountSeen(MAIL), written(1, MAIL, ME)], source="email", export="a")
    graph.forget(str(MAIL))
    service = Account("email", "documents@example.org")
    told: list[Record] = [
        AccountSeen(MAIL, name="Zenobia Arbuthnot"),
        AccountSeen(service, name="Zenobia Arbuthnot (via Documents)", nature=Nature.ROLE),
        written(2, service, ME),
    ]
    for record in told[::order]:
        graph.add([record], source="email", export="b")
    graph.finish_erasing()
    assert accounts_of(graph) == {"me:me", "email:documents@example.org"}
    assert b"arbuthnot" not in bytes_of(graph)
