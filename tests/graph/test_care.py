"""How the owner wants to keep in touch: kept, joined, undone, and gone with whoever goes."""

import numpy as np

from roc.graph.frames import Care
from roc.graph.records import CareWord
from roc.graph.store import Graph
from tests.conftest import records


def told(graph: Graph) -> None:
    lines = "2026-03-01 me -> ana, ben, chidi message"
    graph.add(records(lines), source="journal", export="told")


def of(graph: Graph, name: str) -> tuple[int, int, bool]:
    with graph.read() as reader:
        people, care = reader.people, reader.care()
    number = people.keys.index(f"journal:{name}")
    return row(care, number)


def row(care: Care, number: int) -> tuple[int, int, bool]:
    return (
        int(care.cadence_days[number]),
        int(care.snoozed_until[number]),
        bool(care.pinned[number]),
    )


def test_what_was_said_is_kept_until_it_is_taken_back(graph: Graph) -> None:
    told(graph)
    assert of(graph, "ana") == (0, -1, False)
    graph.care("ana", CareWord.CADENCE, 28)
    graph.care("ana", CareWord.SNOOZE, 20_600)
    graph.care("ana", CareWord.PIN, 1)
    assert of(graph, "ana") == (28, 20_600, True)
    assert of(graph, "ben") == (0, -1, False)
    graph.care("ana", CareWord.CADENCE, 7)
    graph.care("ana", CareWord.PIN, None)
    assert of(graph, "ana") == (7, 20_600, False)


def test_of_two_who_are_one_more_care_counts(graph: Graph) -> None:
    told(graph)
    graph.care("ana", CareWord.CADENCE, 28)
    graph.care("ben", CareWord.CADENCE, 14)
    graph.care("ben", CareWord.PIN, 1)
    graph.merge("ana", "ben")
    assert of(graph, "ana") == (14, -1, True)
    graph.care("ana", CareWord.CADENCE, None)
    assert of(graph, "ana") == (0, -1, True)


def test_it_is_undone_like_any_decision(graph: Graph) -> None:
    told(graph)
    graph.care("ana", CareWord.CADENCE, 28)
    graph.care("ana", CareWord.CADENCE, 7)
    assert graph.undo()[0] == "cadence"
    assert of(graph, "ana")[0] == 28
    graph.undo()
    assert of(graph, "ana")[0] == 0


def test_nothing_is_left_of_whoever_is_forgotten(graph: Graph) -> None:
    told(graph)
    graph.care("ana", CareWord.PIN, 1)
    graph.forget("ana")
    with graph.read() as reader:
        assert not np.any(reader.care().pinned)


def test_whom_the_owner_cares_about_stays_when_acts_grow_old(graph: Graph) -> None:
    told(graph)
    graph.care("ana", CareWord.CADENCE, 28)
    graph.keep_from(20_700)
    with graph.read() as reader:
        assert reader.people.keys == ("journal:ana", "me:me")
