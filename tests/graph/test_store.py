import sqlite3
import stat
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine, event

from roc.errors import BrokenExport, GraphError, NewerGraph, UnwritableGraph
from roc.graph import tables
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    Checkpoint,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Interactions,
    Kind,
    Precision,
    Problem,
    Record,
)
from roc.graph.store import Graph
from tests.collectors.reading import one_by_one
from tests.conftest import records
from tests.stores import in_a_file

ANA = Account("journal", "ana")


def test_reading_twice_adds_nothing(graph: Graph, told: list[Record]) -> None:
    """
    2026-01-01 me -> ana message
    2026-01-02 ana -> me reply
    2026-01-03 me -> ana, ben dinner #q1 cost 90
    """
    first = graph.add(told, source="journal", export="a")
    kept = graph.kept_contacts()
    again = graph.add(told, source="journal", export="a")
    assert (first.new, first.known) == (3, 0)
    assert (again.new, again.known, again.accounts) == (0, 3, 0)
    assert graph.kept_contacts() == kept


def test_acts_in_columns_are_kept_as_if_told_one_by_one(tmp_path: Path) -> None:
    cast = (ME, ANA, Account("journal", "ben"))
    rows = [(0, 1, 1_767_225_600), (1, 0, 1_767_312_000), (0, 0, 5), (2, 0, -1), (0, 2, 7)]
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    names = [f"id {number}" for number in range(len(rows))]
    bulk = Interactions(
        "journal", Kind.MESSAGE, Precision.INSTANT, cast, names, columns[2], *columns[:2]
    )
    each_by_itself = one_by_one(bulk)
    with Graph(tmp_path / "a.graph") as graph, Graph(tmp_path / "b.graph") as other:
        for each in (graph, other):
            each.add(records("2026-01-01 zenobia -> me message"), source="journal", export="x")
            each.forget("zenobia")
        tallies = [
            graph.add([bulk], source="journal", export="x"),
            other.add(each_by_itself, source="journal", export="x"),
        ]
        assert tallies[0] == tallies[1]
        assert (tallies[0].new, tallies[0].left_out) == (4, 1)
        assert graph.kept_contacts() == other.kept_contacts()
        again = [
            graph.add(each_by_itself, source="journal", export="x"),
            other.add([bulk], source="journal", export="x"),
        ]
        assert {tally.known for tally in again} == {4}
        assert graph.contacts_agree()


def test_ids_that_are_made_to_look_like_other_spaces_are_two_acts(graph: Graph) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    told = [
        Interaction("email", "calendar|", Kind.MESSAGE, at, ME, (ANA,)),
        Interaction("calendar", "email|", Kind.MEETING, at, ME, (ANA,)),
    ]
    assert graph.add(told, source="x", export="a").new == 2


def test_a_dinner_reaches_everyone_from_everyone(told_graph: Graph) -> None:
    """
    2026-01-03 me -> ana, ben dinner
    """
    with told_graph.read() as reader:
        contacts = reader.contacts()
        pairs = {
            (reader.people.keys[one], reader.people.keys[other])
            for one, other in zip(contacts.sender, contacts.recipient, strict=True)
        }
    cast = {"me:me", "journal:ana", "journal:ben"}
    assert pairs == {(one, other) for one in cast for other in cast if one != other}
    assert set(contacts.audience.tolist()) == {2}


def test_acts_of_one_day_are_counted_together_by_their_audience(told_graph: Graph) -> None:
    """
    2026-01-03 me -> ana, ben, chidi message
    2026-01-03 me -> ana message
    2026-01-03 me -> ana message
    """
    with told_graph.read() as reader:
        contacts = reader.contacts()
        rows = contacts.recipient == reader.people.keys.index("journal:ana")
    counted = zip(contacts.audience[rows].tolist(), contacts.acts[rows].tolist(), strict=True)
    assert sorted(counted) == [(1, 2), (3, 1)]


def test_kept_contacts_are_those_counted_anew_from_the_acts(told_graph: Graph) -> None:
    """
    1969-12-31 23:30 me -> ana message
    1970-01-01 00:30 ana -> me reply
    2026-01-02 ana -> me, ben message
    2026-01-03 me -> ana, ben dinner
    2026-01-03 me -> ana, ben, chidi lunch
    """
    assert told_graph.contacts_agree()
    assert {row[0] for row in told_graph.kept_contacts()} == {-1, 0, 20455, 20456}


def test_days_after_the_last_day_are_not_read(told_graph: Graph) -> None:
    """
    2026-01-01 me -> ana message
    2030-01-01 me -> ana dinner
    """
    with told_graph.read() as reader:
        assert len(reader.contacts(20454)) == 1
        assert len(reader.exchanges(20454)) == 0  # a date without a time is no moment


def test_exchanges_are_egos_directed_acts_in_time_order(told_graph: Graph) -> None:
    """
    2026-01-02 10:00 ana -> me reply
    2026-01-01 09:00 me -> ana message
    2026-01-03 12:00 me -> ana lunch
    2026-01-03 12:00 ana -> ben message
    """
    with told_graph.read() as reader:
        exchanges = reader.exchanges(30_000)
        assert [reader.people.keys[alter] for alter in exchanges.alter] == ["journal:ana"] * 2
    assert exchanges.by_ego.tolist() == [True, False]


def test_an_expense_is_shared_by_the_others_present(told_graph: Graph) -> None:
    """
    2026-01-03 me -> ana, ben dinner cost 90
    2026-01-03 me -> ana dinner cost 20
    """
    with told_graph.read() as reader:
        expenses = reader.expenses(30_000)
        shares = {
            reader.people.keys[alter]: amount
            for alter, amount in zip(expenses.alter, expenses.amount, strict=True)
        }
    assert shares == {"journal:ana": 65.0, "journal:ben": 45.0}


def test_the_order_of_reading_changes_no_frame(tmp_path: Path) -> None:
    lines = records(
        "2026-01-01 me -> ana message\n2026-01-02 ana -> me reply\n2026-01-03 ben -> ana coffee"
    )
    extra: list[Record] = [
        AccountSeen(ANA, name="Ana", same_as=(Account("email", "ana@example.org"),)),
        AccountSeen(ANA, name="Ana López", organisation="Acme"),
    ]
    seen = []
    for number, order in enumerate(([*lines, *extra], [*extra, *lines][::-1])):
        with Graph(tmp_path / f"{number}.graph") as graph:
            graph.add(order, source="journal", export="x")
            with graph.read() as reader:
                people, contacts = reader.people, reader.contacts()
        rows = sorted(zip(contacts.sender, contacts.recipient, contacts.day, strict=True))
        seen.append((people.keys, people.names, people.organisations, people.accounts, rows))
    assert seen[0] == seen[1]


def test_a_checkpoint_and_the_rows_it_covers_are_kept_together(graph: Graph) -> None:
    def two_pages_then_a_failure() -> Iterator[Record]:
        yield from records("2026-01-01 me -> ana message")
        yield Checkpoint("x", "mentions", {"since": "1"})
        yield from records("2026-01-02 me -> ben message")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        graph.add(two_pages_then_a_failure(), source="x", export="mentions")
    assert graph.cursor("x", "mentions") == {"since": "1"}
    assert len(graph.kept_contacts()) == 1


def test_what_a_broken_export_gave_before_is_kept(graph: Graph) -> None:
    def damaged() -> Iterator[Record]:
        yield from records("2026-01-01 me -> ana message")
        raise BrokenExport("It is damaged.")

    with pytest.raises(BrokenExport):
        graph.add(damaged(), source="journal", export="x")
    assert len(graph.kept_contacts()) == 1


def test_an_interrupt_drops_the_batch_under_way_and_nothing_else(graph: Graph) -> None:
    def interrupted() -> Iterator[Record]:
        yield from records("2026-01-01 me -> ana message")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        graph.add(interrupted(), source="journal", export="x")
    assert graph.kept_contacts() == []
    tally = graph.add(records("2026-01-01 me -> ana message"), source="journal", export="x")
    assert tally.new == 1


def test_problems_are_kept_once_with_their_place(graph: Graph) -> None:
    bad = Problem("messages.csv:4", "bad_date", "no readable date")
    for _ in range(2):
        tally = graph.add([bad], source="linkedin", export="a.zip")
    assert tally.problems == {"bad_date": 1}
    assert [tuple(row) for row in graph.problems()] == [
        ("linkedin", "a.zip", "messages.csv:4", "bad_date", "no readable date")
    ]


def test_problems_come_in_the_order_of_codes_whatever_a_server_thinks_of_letters(
    graph: Graph,
) -> None:
    for export in ("b.csv", "Ä.csv", "B.csv", "a.csv", "_.csv"):
        graph.add([Problem("1", "bad_date", "")], source="table", export=export)
    assert [row.export for row in graph.problems()] == ["B.csv", "_.csv", "a.csv", "b.csv", "Ä.csv"]


def test_an_undated_act_is_kept_but_is_no_contact(graph: Graph) -> None:
    act = Interaction("x", "1", Kind.REACTION, None, ME, (ANA,), precision=Precision.UNKNOWN)
    assert graph.add([act], source="x", export="likes").new == 1
    assert graph.kept_contacts() == []
    with graph.read() as reader:
        assert reader.sources()[0].undated == 1


def test_an_act_that_reaches_only_its_sender_is_left_out(graph: Graph) -> None:
    act = Interaction("x", "1", Kind.MESSAGE, datetime(2026, 1, 1, tzinfo=UTC), ANA, (ANA,))
    tally = graph.add([act], source="x", export="a")
    assert (tally.new, tally.left_out) == (0, 1)


def test_only_what_says_something_else_is_counted_as_corrected(graph: Graph) -> None:
    meeting = Interaction("x", "1", Kind.MEETING, datetime(2026, 1, 1, tzinfo=UTC), ME, (ANA,))
    retold, off = replace(meeting, revision=1), replace(meeting, recipients=(), revision=2)
    never_known = replace(off, external_id="another")
    counted = []
    for number, telling in enumerate([meeting, meeting, retold, never_known, off, off, meeting]):
        tally = graph.add([telling], source="x", export=f"{'abcdefg'[number]}.zip")
        counted.append((tally.new, tally.known, tally.corrected))
    assert counted == [
        (1, 0, 0),
        (0, 1, 0),  # another file
        (0, 1, 0),  # another edition that says the same
        (0, 0, 0),  # one that withdraws nothing
        (0, 0, 1),
        (0, 0, 0),
        (0, 1, 0),  # what was withdrawn long ago
    ]
    assert graph.kept_contacts() == []


def test_a_declared_tie_keeps_its_earliest_day(graph: Graph) -> None:
    from datetime import date

    for since in (date(2020, 1, 2), None, date(2019, 1, 1)):
        tie = DeclaredTie("linkedin", DeclaredKind.CONNECTED, ME, ANA, since)
        graph.add([tie], source="linkedin", export="a")
    with graph.read() as reader:
        assert reader.declared().day.tolist() == [17897]


def test_a_snapshot_of_the_same_day_replaces_the_one_before(told_graph: Graph) -> None:
    """
    2026-01-01 me -> ana message
    """
    for day, scores in ((20454, {"strength": 1.0}), (20454, {"strength": 2.0, "trust": 0.0})):
        told_graph.keep_snapshot(
            day=day, ego_key="me:me", version="0", parameters={}, scores={"journal:ana": scores}
        )
    assert [tuple(row) for row in told_graph.snapshots()] == [(20454, "me:me", "0", 2)]


@in_a_file
def test_the_file_is_its_owners_alone(graph: Graph) -> None:
    assert stat.S_IMODE(graph.path.stat().st_mode) == 0o600


@in_a_file
def test_a_file_of_a_newer_version_is_refused(graph: Graph) -> None:
    with sqlite3.connect(graph.path) as connection:
        connection.execute("UPDATE setting SET value = '99' WHERE name = 'schema_version'")
    connection.close()
    with pytest.raises(NewerGraph, match="newer version") as refused:
        Graph(graph.path)
    assert "pip install --upgrade" in refused.value.hint


def test_a_file_whose_making_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "me.graph"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")  # the first thing that is written
    connection.close()
    assert path.stat().st_size > 0
    with Graph(path) as graph:
        assert graph.kept_contacts() == []


@pytest.mark.parametrize("content", [b"not a database, but long enough to look at" * 30])
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(GraphError, match="not a graph file"):
        Graph(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "layout",
    [
        "CREATE TABLE theirs (x)",
        "CREATE TABLE setting (theirs)",
        "CREATE TABLE setting (name, value)",
        "CREATE TABLE setting AS SELECT 'schema_version' AS name, 'one' AS value",
    ],
)
def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path, layout: str) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute(layout)
    connection.close()
    with pytest.raises(GraphError, match="not a graph of ours"):
        Graph(path)


@pytest.mark.usefixtures("modes_obeyed")
def test_an_unwritable_folder_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UnwritableGraph, match="cannot be written"):
        Graph(tmp_path / "me.graph")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UnwritableGraph, match="cannot be written"):
        Graph(tmp_path / "file" / "me.graph")


def test_a_full_disk_loses_and_doubles_nothing(tmp_path: Path) -> None:
    path = tmp_path / "me.graph"
    many = records("\n".join(f"2026-01-02 me -> p{n} message" for n in range(2000)))
    with Graph(path) as graph:
        graph.add(records("2026-01-01 me -> ana message"), source="journal", export="x")
        before = graph.kept_contacts()

    def fill_the_disk(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 60")

    event.listen(Engine, "connect", fill_the_disk)
    try:
        with Graph(path) as graph, pytest.raises(UnwritableGraph, match="disk is full"):
            graph.add(many, source="journal", export="x")
    finally:
        event.remove(Engine, "connect", fill_the_disk)
    with Graph(path) as graph:
        assert graph.kept_contacts() == before
        assert graph.add(many, source="journal", export="x").new == 2000


@in_a_file
def test_a_locked_file_is_told(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roc.graph.databases.opening.WAIT_FOR_LOCK_SECONDS", 0.1)
    with Graph(graph.path) as second:
        holder = sqlite3.connect(graph.path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnwritableGraph, match="in use by another roc"):
            second.add(records("2026-01-01 me -> ana message"), source="journal", export="x")
        holder.close()


@pytest.mark.parametrize("name", ["a?b.graph", "a#b%20.graph", ":memory:"])
def test_a_graph_rests_in_the_very_file_that_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with Graph(Path(name)) as graph:
        graph.add(records("2026-01-01 me -> ana message"), source="journal", export="x")
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    with Graph(tmp_path / name) as graph:
        assert len(graph.kept_contacts()) == 1


_OPEN_FILES = Path("/proc/self/fd")


@pytest.mark.skipif(not _OPEN_FILES.exists(), reason="only Linux tells which files are open")
def test_a_refused_file_is_let_go_of(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = len(list(_OPEN_FILES.iterdir()))
    with pytest.raises(GraphError) as refused:
        Graph(path)
    assert refused.value  # whoever holds the error must not hold the file
    assert len(list(_OPEN_FILES.iterdir())) == before


@in_a_file
def test_contact_days_that_do_not_agree_with_the_acts_are_noticed(graph: Graph) -> None:
    graph.add(records("2026-01-01 me -> ana message"), source="journal", export="x")
    for damage in ("UPDATE contact SET acts = 2", "DELETE FROM contact"):
        assert graph.contacts_agree()
        with sqlite3.connect(graph.path) as connection:
            connection.execute("CREATE TEMP TABLE sound AS SELECT * FROM contact")
            connection.execute(damage)
            connection.commit()
            assert not graph.contacts_agree()
            connection.execute("DELETE FROM contact")
            connection.execute("INSERT INTO contact SELECT * FROM sound")
        connection.close()


def test_no_error_of_the_database_holds_whom_it_was_about(graph: Graph) -> None:
    taken = {"id": 1, "source": "x", "handle": "zenobia", "person_id": 1}
    with pytest.raises(Exception) as found, graph._writing() as connection:  # noqa: PT011
        connection.execute(tables.account.insert(), taken)
    assert "zenobia" not in "".join(traceback.format_exception(found.value))


def test_what_befalls_a_reader_is_no_fault_of_the_graph(graph: Graph) -> None:
    with pytest.raises(BrokenPipeError), graph.read():
        raise BrokenPipeError(32, "Broken pipe")
