"""Kept no longer than the owner wants, in whatever order it was read; no clock wipes a graph."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from roc.errors import NothingToUndo
from roc.graph.databases.file import GraphFile
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
    Record,
)
from roc.graph.retention import Removed
from roc.graph.store import Graph
from tests.conftest import records
from tests.graph.test_forgetting import accounts_of, acts_at_rest, bytes_of, findings
from tests.graph.worlds import assert_same, bounded, holding, state, worlds
from tests.stores import in_a_file

FIRST = (date(2026, 1, 1) - date(1970, 1, 1)).days
OLD = "2025-12-31 me -> zenobia message #quux cost 9\n2025-12-31 me -> ben, ana dinner"
YOUNG = "2026-01-01 me -> ben message"


def test_what_is_older_goes_from_every_table_and_byte(graph: Graph) -> None:
    graph.add(records(f"{OLD}\n{YOUNG}"), source="journal", export="a")
    for day in (FIRST - 1, FIRST):
        scores = {"journal:zenobia": {"strength": 1.0}, "journal:ben": {"strength": 2.0}}
        graph.keep_snapshot(day=day, ego_key="me:me", version="1", parameters={}, scores=scores)
    removed = graph.keep_from(FIRST)
    assert (removed.acts, removed.accounts, removed.snapshots) == (2, 2, 1)
    assert graph.finish_erasing()
    assert accounts_of(graph) == {"me:me", "journal:ben"}
    assert [(row.day, row.scores) for row in graph.snapshots()] == [(FIRST, 1)]
    assert graph.contacts_agree()
    assert findings(graph) == ()
    assert b"zenobia" not in bytes_of(graph)
    assert b"quux" not in bytes_of(graph)


def test_reading_an_old_export_again_brings_nothing_back(graph: Graph) -> None:
    told = records(f"{OLD}\n{YOUNG}")
    graph.add(told, source="journal", export="a")
    graph.keep_from(FIRST)
    before = state(graph)
    tally = graph.add(told, source="journal", export="a", oldest_day=FIRST)
    graph.keep_from(FIRST)
    assert (tally.too_old, tally.known, tally.new) == (2, 1, 0)
    assert_same(state(graph), before)


def test_whoever_went_for_their_age_comes_back_with_a_newer_act(graph: Graph) -> None:
    graph.add(records(OLD), source="journal", export="a")
    graph.keep_from(FIRST)
    newer = records("2026-02-01 zenobia -> me message")
    graph.add(newer, source="journal", export="b", oldest_day=FIRST)
    assert "journal:zenobia" in accounts_of(graph)


def test_an_act_without_a_moment_may_be_older_and_goes(graph: Graph) -> None:
    told: list[Record] = [
        replace(record, at=None, precision=Precision.UNKNOWN)
        for record in records("2026-01-01 me -> chidi message")
        if isinstance(record, Interaction)
    ]
    graph.add([*told, *records(YOUNG)], source="journal", export="a")
    assert graph.keep_from(FIRST).acts == 1
    assert graph.add(told, source="journal", export="a", oldest_day=FIRST).too_old == 1


def test_people_with_a_tie_a_tag_a_link_or_a_word_of_the_owner_stay(graph: Graph) -> None:
    names = "tied tagged muted merged one"
    graph.add(
        [
            *records(f"2020-01-01 me -> {', '.join(names.split())}, gone message"),
            AccountSeen(Account("x", "gone"), same_as=(Account("journal", "gone"),)),
            DeclaredTie("x", DeclaredKind.CONNECTED, ME, Account("journal", "tied")),
        ],
        source="x",
        export="a",
    )
    graph.tag("tagged", ["client"])
    graph.mute("muted", muted=True)
    graph.merge("merged", "one")
    graph.keep_from(FIRST)
    assert accounts_of(graph) == {"me:me", *(f"journal:{name}" for name in names.split())}


def test_who_was_accepted_as_one_person_stays_and_what_concerns_nobody_left_is_not_undone(
    graph: Graph,
) -> None:
    graph.add(
        records("2020-01-01 me -> email:dara.quispe@example.org, x:dara_quispe, zenobia message"),
        source="journal",
        export="a",
    )
    graph.mute("zenobia", muted=True)
    graph.mute("zenobia", muted=False)
    (pair,) = graph.suggestions()
    graph.accept(pair)
    graph.keep_from(FIRST)
    assert accounts_of(graph) == {"me:me", "email:dara.quispe@example.org", "x:dara_quispe"}
    assert graph.undo()[0] == "accept"
    with pytest.raises(NothingToUndo):
        graph.undo()


def test_acts_in_columns_are_kept_no_longer_than_others(graph: Graph) -> None:
    ages = np.array([FIRST - 1, FIRST]) * 86_400
    one, other = np.array([0, 0]), np.array([1, 1])
    bulk = Interactions(
        "x", Kind.MESSAGE, Precision.INSTANT, (ME, Account("x", "1")), ["a", "b"], ages, one, other
    )
    tally = graph.add([bulk], source="x", export="a", oldest_day=FIRST)
    assert (tally.too_old, tally.new) == (1, 1)


def test_columns_bring_in_nobody_who_is_only_in_old_acts(graph: Graph) -> None:
    told = (ME, Account("x", "old"), Account("x", "young"))
    ages = np.array([FIRST - 1, FIRST]) * 86_400
    ends = np.array([0, 2]), np.array([1, 0])
    bulk = Interactions("x", Kind.MESSAGE, Precision.INSTANT, told, ["a", "b"], ages, *ends)
    graph.add([bulk], source="x", export="a", oldest_day=FIRST)
    assert accounts_of(graph) == {"me:me", "x:young"}
    with graph.read() as reader:
        contacts = reader.contacts()
        (sender,), (recipient,) = contacts.sender, contacts.recipient
        assert (reader.people.keys[sender], recipient) == ("x:young", reader.people.ego)


@in_a_file
def test_telling_again_who_was_in_old_acts_does_not_lay_out_the_file_anew(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out = []
    real = GraphFile.overwrite_deleted

    def counted(file: GraphFile) -> bool:
        laid_out.append(file)
        return real(file)

    monkeypatch.setattr(GraphFile, "overwrite_deleted", counted)
    told = [AccountSeen(Account("journal", "zenobia"), "Zenobia Quux"), *records(f"{OLD}\n{YOUNG}")]
    graph.add(told, source="journal", export="a")
    for _ in range(5):
        graph.keep_from(FIRST)
        graph.finish_erasing()
        assert accounts_of(graph) == {"me:me", "journal:ben"}
        graph.add(told, source="journal", export="a", oldest_day=FIRST)
    assert len(laid_out) == 1


def test_where_nothing_is_too_old_no_act_is_looked_at(graph: Graph) -> None:
    statements: list[str] = []
    graph.add(records(f"{OLD}\n{YOUNG}"), source="journal", export="a")
    graph.keep_from(FIRST)
    event.listen(
        graph._kept.engine, "before_cursor_execute", lambda *call: statements.append(call[2])
    )
    graph.add(records("2026-02-01 me -> ben message"), source="journal", export="b")
    statements.clear()
    assert graph.keep_from(FIRST) == Removed()
    assert not [one for one in statements if "interaction" in one or "participant" in one]
    graph.add([AccountSeen(Account("x", "1"), "Zenobia")], source="x", export="c")
    assert graph.keep_from(FIRST).accounts == 1


def meeting(revision: int, day: int | None, *others: str) -> Interaction:
    """An edition of one meeting, on a day counted from the limit."""
    at = None if day is None else datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
    present = tuple(Account("journal", name) for name in others)
    return Interaction("journal", "m", Kind.MEETING, at, ME, present, revision=revision)


@pytest.mark.parametrize("together", [True, False], ids=["at once", "one after the other"])
@pytest.mark.parametrize(
    "newer",
    [meeting(2, -3, "ben"), meeting(2, None), meeting(2, -3)],
    ids=["moved to before the limit", "withdrawn without a moment", "withdrawn as an old one"],
)
def test_a_newer_edition_counts_even_if_it_is_too_old_itself(
    graph: Graph, newer: Interaction, together: bool
) -> None:
    editions: list[Record] = [meeting(0, 4, "ben"), newer]
    for told in [editions] if together else [[one] for one in editions]:
        graph.add(told, source="journal", export="a", oldest_day=FIRST)
    graph.keep_from(FIRST)
    assert graph.kept_contacts() == []


def test_an_older_edition_in_columns_is_corrected_too(graph: Graph) -> None:
    bulk = Interactions(
        "journal",
        Kind.MESSAGE,
        Precision.INSTANT,
        (ME, Account("journal", "ben")),
        ["a"],
        np.array([FIRST + 1]) * 86_400,
        np.array([0]),
        np.array([1]),
    )
    moved = replace(meeting(1, -3, "ben"), external_id="a", scope="", kind=Kind.MESSAGE)
    graph.add([bulk], source="journal", export="a", oldest_day=FIRST)
    graph.add([moved], source="journal", export="a", oldest_day=FIRST)
    graph.keep_from(FIRST)
    assert graph.kept_contacts() == []


def test_a_known_act_told_in_columns_to_be_older_is_joined_and_goes(graph: Graph) -> None:
    def told(day: int) -> Interactions:
        columns = (np.array([day * 86_400]), np.array([0]), np.array([1]))
        cast = (ME, Account("x", "1"))
        return Interactions("x", Kind.MESSAGE, Precision.INSTANT, cast, ["a"], *columns)

    graph.add([told(FIRST)], source="x", export="a", oldest_day=FIRST)
    tally = graph.add([told(FIRST - 1)], source="x", export="a", oldest_day=FIRST)
    assert (tally.too_old, tally.corrected) == (0, 1)
    assert graph.keep_from(FIRST).acts == 1


def test_whoever_is_known_only_by_a_tie_with_themselves_goes(graph: Graph) -> None:
    graph.add(records("2026-01-02 me -> ana message"), source="journal", export="a")
    graph.keep_from(FIRST)
    zenobia = Account("email", "zenobia")
    tie = DeclaredTie("x", DeclaredKind.CONNECTED, zenobia, zenobia)
    graph.add([tie], source="x", export="b")
    assert graph.keep_from(FIRST).accounts == 1


def test_whom_another_roc_removed_in_mid_collect_is_not_mistaken(
    graph: Graph, where: Path | str
) -> None:
    """Numbers of removed accounts are given to others; a long reading must not go on with them."""

    def slowly() -> Iterator[Record]:
        yield from records("2020-01-01 me -> zenobia message")
        yield Checkpoint("journal", "a", {})
        with Graph(where) as other:
            other.keep_from(FIRST)
            other.add(records("2026-01-02 me -> dara message"), source="journal", export="b")
        yield from records("2026-01-03 me -> zenobia message")

    graph.add(slowly(), source="journal", export="a")
    assert findings(graph) == ()
    with graph.read() as reader:
        reached = {reader.people.keys[number] for number in reader.contacts().recipient}
    assert reached == {"journal:dara", "journal:zenobia"}


@bounded
@given(world=worlds, order=st.randoms(use_true_random=False))
def test_removing_and_never_keeping_come_to_the_same_in_any_order(
    world: list[Record], order: Random
) -> None:
    limit = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=1)).date()
    first = (limit - date(1970, 1, 1)).days
    with holding(world) as graph:
        graph.keep_from(first)
        assert graph.contacts_agree()
        order.shuffle(world)
        graph.add(world, source="journal", export="told", oldest_day=first)
        graph.keep_from(first)
        removed, late = state(graph), acts_at_rest(graph.path)
        assert findings(graph) == ()
    with holding() as fresh:
        order.shuffle(world)
        for start in range(2):
            fresh.add(world[start::2], source="journal", export="told", oldest_day=first)
        fresh.keep_from(first)
        assert late == acts_at_rest(fresh.path)
        assert_same(removed, state(fresh))
