from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from roc.errors import NothingToUndo, TwoOwners, UnknownPerson
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    Checkpoint,
    Interaction,
    Kind,
    Nature,
    Record,
)
from roc.graph.store import Graph
from tests.conftest import records
from tests.stores import in_a_file

ANA_MAIL = Account("email", "ana@example.org")
ANA_IN = Account("linkedin", "ana-lopez")
ANA_X = Account("x", "123")


def people_of(graph: Graph) -> dict[str, tuple[str, ...]]:
    with graph.read() as reader:
        return dict(zip(reader.people.keys, reader.people.accounts, strict=True))


def found(graph: Graph, words: str) -> str:
    """The key of the person who answers to some words."""
    with graph.read(words) as reader:
        return reader.people.keys[reader.people.ego]


def state(graph: Graph) -> tuple[object, ...]:
    """All that people are and did, as scoring would read it."""
    with graph.read() as reader:
        contacts = reader.contacts()
        rows = sorted(zip(contacts.sender, contacts.recipient, contacts.day, strict=True))
        people = reader.people
        return (people.keys, people.accounts, people.names, people.aside, people.tags, rows)


@pytest.fixture
def ana_twice(graph: Graph) -> Graph:
    graph.add(
        [
            AccountSeen(ANA_IN, name="Ana López", same_as=(ANA_MAIL,)),
            AccountSeen(ANA_X, name="analopez"),
            *records("2026-01-01 me -> email:ana@example.org message"),
            *records("2026-01-02 x:123 -> me message"),
        ],
        source="linkedin",
        export="a.zip",
    )
    return graph


def test_an_address_in_a_profile_makes_two_accounts_one_person(ana_twice: Graph) -> None:
    assert people_of(ana_twice)["email:ana@example.org"] == (
        "email:ana@example.org",
        "linkedin:ana-lopez",
    )


def test_merging_and_splitting_restores_everything(ana_twice: Graph) -> None:
    before = state(ana_twice)
    ana_twice.merge("Ana López", "x:123")
    assert state(ana_twice) != before
    assert len(people_of(ana_twice)["email:ana@example.org"]) == 3
    ana_twice.split(ANA_X)
    assert state(ana_twice) == before


def test_splitting_and_merging_restores_everything(ana_twice: Graph) -> None:
    ana_twice.merge("Ana López", "x:123")
    before = state(ana_twice)
    ana_twice.split(ANA_MAIL)
    assert people_of(ana_twice)["linkedin:ana-lopez"] == ("linkedin:ana-lopez", "x:123")
    ana_twice.merge("email:ana@example.org", "linkedin:ana-lopez")
    assert state(ana_twice) == before


def test_a_split_survives_reading_the_same_export_again(ana_twice: Graph) -> None:
    ana_twice.split(ANA_MAIL)
    before = state(ana_twice)
    ana_twice.add([AccountSeen(ANA_IN, same_as=(ANA_MAIL,))], source="linkedin", export="a.zip")
    assert state(ana_twice) == before


def test_a_split_is_not_undone_by_what_another_source_states(ana_twice: Graph) -> None:
    ana_twice.merge("Ana López", "x:123")
    ana_twice.split(ANA_X)
    before = state(ana_twice)
    ana_twice.add([AccountSeen(ANA_X, same_as=(ANA_MAIL,))], source="x", export="a.zip")
    assert state(ana_twice) == before


def test_decisions_are_undone_one_by_one_last_first(ana_twice: Graph) -> None:
    ben = [Account("x", "7"), Account("email", "ben@example.org")]
    ana_twice.add([AccountSeen(ben[0], same_as=(ben[1],))], source="x", export="a")
    seen = [state(ana_twice)]
    decisions: list[Callable[[], None]] = [
        lambda: ana_twice.merge("x:7", "Ana López"),
        lambda: ana_twice.split(ANA_MAIL),
        lambda: ana_twice.mute("Ana López", muted=True),
        lambda: ana_twice.split(ben[1]),
        lambda: ana_twice.merge("x:7", "x:123"),
    ]
    for decide in decisions:
        decide()
        seen.append(state(ana_twice))
    for word in ("merge", "split", "mute", "split", "merge"):
        assert seen.pop() == state(ana_twice)
        assert ana_twice.undo()[0] == word
    assert seen == [state(ana_twice)]
    with pytest.raises(NothingToUndo):
        ana_twice.undo()


def test_a_person_with_one_account_cannot_be_split(ana_twice: Graph) -> None:
    with pytest.raises(UnknownPerson, match="of its own already"):
        ana_twice.split(ANA_X)


def test_people_are_found_by_account_name_or_part_in_any_script(graph: Graph) -> None:
    graph.add(
        [
            AccountSeen(Account("x", "1"), name="Łukasz"),
            AccountSeen(Account("x", "2"), name="李雷"),
        ],
        source="x",
        export="a",
    )
    assert found(graph, "łUKASZ") == "x:1"
    assert found(graph, "雷") == "x:2"


def test_an_ambiguous_name_says_which_there_are(graph: Graph) -> None:
    graph.add(records("2026-01-01 ana -> anatol message"), source="journal", export="a")
    assert found(graph, "ana") == "journal:ana"
    with pytest.raises(UnknownPerson, match="2 people") as refused:
        found(graph, "an")
    assert "journal:anatol" in refused.value.hint


def test_nobody_answers_to_nothing(graph: Graph) -> None:
    with pytest.raises(UnknownPerson, match="Nobody answers"):
        graph.mute("  ", muted=True)


def test_the_muted_and_those_who_are_no_people_are_set_aside(graph: Graph) -> None:
    graph.add(
        [
            *records("2026-01-01 me -> ana, ben message"),
            AccountSeen(Account("email", "news@example.org"), nature=Nature.LIST),
        ],
        source="journal",
        export="a",
    )
    graph.mute("ana", muted=True)
    with graph.read() as reader:
        aside = {
            key for key, out in zip(reader.people.keys, reader.people.set_aside, strict=True) if out
        }
    assert aside == {"journal:ana", "email:news@example.org"}
    graph.mute("ana", muted=False)
    with graph.read() as reader:
        assert reader.people.set_aside.sum() == 1


def test_ones_own_team_is_set_aside_and_said_to_be(where: Path | str, graph: Graph) -> None:
    graph.add(
        records("2026-01-01 me -> email:ben@acme.example, email:ana@example.org, x:9 message"),
        source="journal",
        export="a",
    )
    graph.own([Account("email", "me@acme.example")])
    with Graph(where, team=("acme.example", "x:9")) as ours, ours.read() as reader:
        aside = dict(zip(reader.people.keys, reader.people.aside, strict=True))
    assert aside == {
        "email:ana@example.org": "",
        "email:ben@acme.example": "own team",
        "email:me@acme.example": "",
        "x:9": "own team",
    }


@pytest.mark.parametrize("member", ["Acme.example", " @ACME.example", "email:Ben@acme.example"])
def test_a_team_may_be_written_in_either_case(where: Path | str, graph: Graph, member: str) -> None:
    graph.add(records("2026-01-01 me -> email:ben@acme.example message"), source="a", export="a")
    with Graph(where, team=(member,)) as ours, ours.read() as reader:
        assert "own team" in reader.people.aside


def test_a_newer_export_may_know_its_owner_better_than_an_old_one(graph: Graph) -> None:
    old, new = Account("linkedin", "name:ana lópez"), Account("linkedin", "ana-lopez")
    for account in (old, new):
        graph.add([AccountSeen(account, "Ana López", owner=True)], source="linkedin", export="a")
    assert people_of(graph)["linkedin:ana-lopez"] == (str(new), str(old), "me:me")


def test_a_name_that_people_read_is_preferred_to_a_handle(ana_twice: Graph) -> None:
    ana_twice.merge("Ana López", "x:123")
    with ana_twice.read("x:123") as reader:
        assert reader.people.names[reader.people.ego] == "Ana López"


def test_two_owners_from_one_source_are_refused_unless_the_config_names_both(
    graph: Graph,
) -> None:
    graph.add([AccountSeen(ANA_IN, owner=True)], source="linkedin", export="a.zip")
    ben = Account("linkedin", "ben")
    with pytest.raises(TwoOwners, match="belongs to linkedin:ben") as refused:
        graph.add([AccountSeen(ben, owner=True)], source="linkedin", export="b.zip")
    assert "[me] accounts" in refused.value.hint
    graph.own([ben])
    graph.add([AccountSeen(ben, owner=True)], source="linkedin", export="b.zip")
    assert people_of(graph)["linkedin:ana-lopez"] == ("linkedin:ana-lopez", "linkedin:ben", "me:me")


def everything_written(graph: Graph) -> bytes:
    graph.close()
    return b"".join(path.read_bytes() for path in graph.path.parent.glob("me.graph*"))


def forgettable(graph: Graph) -> list[Record]:
    dinner = Interaction(
        "journal",
        "dinner-with-zenobia",
        Kind.MEETING,
        datetime(2026, 1, 3, tzinfo=UTC),
        Account("journal", "zenobia"),
        (ME, Account("journal", "ben")),
    )
    told: list[Record] = [
        AccountSeen(Account("journal", "zenobia"), name="Zenobia Quux", organisation="Quuxworks"),
        *records("2026-01-01 me -> zenobia, ben message\n2026-01-02 zenobia -> me reply"),
        dinner,
    ]
    graph.add(told, source="journal", export="a")
    graph.tag("zenobia", ["quuxtag"])
    return told


@in_a_file
def test_the_forgotten_leave_no_trace_in_the_file(graph: Graph) -> None:
    forgettable(graph)
    assert b"zenobia" in everything_written(graph)
    graph.forget("zenobia")
    written = everything_written(graph).lower()
    for trace in (b"zenobia", b"quux"):
        assert trace not in written


def test_the_forgotten_stay_forgotten_when_the_export_is_read_again(graph: Graph) -> None:
    told = forgettable(graph)
    graph.forget("zenobia")
    before = state(graph)
    graph.add(told, source="journal", export="a")
    assert state(graph) == before
    assert "journal:zenobia" not in people_of(graph)


def test_what_others_did_together_outlives_the_forgotten(graph: Graph) -> None:
    forgettable(graph)
    graph.forget("zenobia")
    assert graph.contacts_agree()
    assert {(row[3], row[6]) for row in graph.kept_contacts()} == {(0, 1), (8, 1)}


def test_the_owner_cannot_be_forgotten(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UnknownPerson, match="That is you"):
        graph.forget("me:me")


def test_who_hung_together_through_an_account_stays_one_without_it(graph: Graph) -> None:
    graph.add(records("2026-01-01 ana -> ben, chidi message"), source="journal", export="a")
    same = (Account("journal", "ana"), Account("journal", "ben"))
    graph.add([AccountSeen(Account("journal", "chidi"), same_as=same)], source="x", export="a")
    graph.split(Account("journal", "chidi"))
    assert people_of(graph)["journal:ana"] == ("journal:ana", "journal:ben")


def test_what_was_taken_apart_is_not_joined_through_somebody_else(graph: Graph) -> None:
    graph.add(records("2026-01-01 ana -> ben, chidi message"), source="journal", export="a")
    ana, ben, chidi = (Account("journal", name) for name in ("ana", "ben", "chidi"))
    told = [[AccountSeen(ben, same_as=(chidi,))], [AccountSeen(chidi, same_as=(ana,))]]
    graph.keep_apart("ana", "ben")
    for records_told in told:
        graph.add(records_told, source="x", export="a")
    assert people_of(graph)["journal:ana"] == ("journal:ana", "journal:chidi")  # in order of keys
    assert graph.undo()[0] == "keep apart"
    assert people_of(graph)["journal:ana"] == ("journal:ana", "journal:ben", "journal:chidi")


def test_undoing_a_split_joins_by_what_was_told_meanwhile_too(ana_twice: Graph) -> None:
    ana_twice.split(ANA_MAIL)
    ana_twice.add([AccountSeen(ANA_X, same_as=(ANA_MAIL, ANA_IN))], source="x", export="a")
    ana_twice.undo()
    assert people_of(ana_twice)["email:ana@example.org"] == (str(ANA_MAIL), str(ANA_IN), str(ANA_X))


def test_an_earlier_decision_is_not_undone_alone_when_one_about_its_rows_is_dropped(
    graph: Graph,
) -> None:
    graph.add(records("2026-01-01 ana -> ben, chidi message"), source="journal", export="a")
    ana, ben = Account("journal", "ana"), Account("journal", "ben")
    graph.merge("ana", "ben")
    graph.merge("journal:ana", "chidi")
    graph.split(ben)  # from ana, in the row that the first merge made, and from chidi
    graph.split(Account("journal", "chidi"))
    graph.forget("chidi")
    with pytest.raises(NothingToUndo):
        graph.undo()
    graph.add([AccountSeen(ana, same_as=(ben,))], source="x", export="a")
    assert people_of(graph)["journal:ana"] == ("journal:ana",)


def test_a_strangers_account_is_the_owners_no_longer_once_it_is_split_off(graph: Graph) -> None:
    theirs, mine = Account("linkedin", "somebody"), Account("linkedin", "me-myself")
    graph.add([AccountSeen(theirs, "Somebody", owner=True)], source="linkedin", export="a")
    graph.split(theirs)
    graph.add([AccountSeen(mine, "Myself", owner=True)], source="linkedin", export="b")
    assert people_of(graph)["linkedin:me-myself"] == ("linkedin:me-myself", "me:me")


def test_an_account_is_told_from_others_by_its_capitals_and_from_names(graph: Graph) -> None:
    graph.add(
        [
            AccountSeen(Account("slack", "U1A"), name="Ana"),
            AccountSeen(Account("slack", "U1a"), name="slack:U1A"),
        ],
        source="x",
        export="a",
    )
    assert found(graph, "slack:U1A") == "slack:U1A"
    assert found(graph, "slack:U1a") == "slack:U1a"


def test_those_who_are_one_already_cannot_be_merged(ana_twice: Graph) -> None:
    with pytest.raises(UnknownPerson, match="one person already"):
        ana_twice.merge("Ana López", "email:ana@example.org")


def test_the_owner_cannot_be_muted(graph: Graph) -> None:
    with pytest.raises(UnknownPerson, match="cannot be muted"):
        graph.mute("me", muted=True)


def test_an_account_split_off_the_owner_is_somebody_else_from_then_on(ana_twice: Graph) -> None:
    ana_twice.own([ANA_IN])
    mine = ("email:ana@example.org", "linkedin:ana-lopez", "me:me")
    assert people_of(ana_twice)["email:ana@example.org"] == mine
    before = state(ana_twice)
    ana_twice.split(ANA_IN)
    assert people_of(ana_twice)["linkedin:ana-lopez"] == ("linkedin:ana-lopez",)
    assert found(ana_twice, "") == "email:ana@example.org"
    ana_twice.merge("linkedin:ana-lopez", "me:me")
    assert state(ana_twice) == before
    ana_twice.split(ANA_IN)
    ana_twice.forget("linkedin:ana-lopez")
    assert "linkedin:ana-lopez" not in people_of(ana_twice)


def test_the_journals_me_cannot_be_split_off(ana_twice: Graph) -> None:
    ana_twice.own([ANA_IN])
    with pytest.raises(UnknownPerson, match="stands for you"):
        ana_twice.split(ME)


@in_a_file
def test_forgetting_while_another_reads_says_that_traces_remain(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roc.graph.databases.opening.WAIT_FOR_LOCK_SECONDS", 0.1)
    forgettable(graph)
    with Graph(graph.path) as hasty, graph.read():
        assert not hasty.forget("zenobia")
    assert "journal:zenobia" not in people_of(graph)
    assert b"zenobia" not in everything_written(graph).lower()


@in_a_file
def test_forgetting_alone_leaves_no_trace_at_once(graph: Graph) -> None:
    forgettable(graph)
    assert graph.forget("zenobia")
    for path in graph.path.parent.glob("me.graph*"):
        assert b"zenobia" not in path.read_bytes().lower()


def test_the_forgotten_are_in_no_streams_cursor(graph: Graph) -> None:
    """Who follows is listed newest first; a walk remembers whom it met first the last time."""
    told = Checkpoint(
        "x", "followers", {"owner": "1", "heads": ["123", "9"], "backfill": {"heads": ["123"]}}
    )
    graph.add([AccountSeen(ANA_X), told], source="x", export="followers")
    graph.forget("x:123")
    left = {"owner": "1", "heads": ["9"], "backfill": {"heads": []}}
    assert graph.cursor("x", "followers") == left
    graph.add([told], source="x", export="followers")
    assert graph.cursor("x", "followers") == left
