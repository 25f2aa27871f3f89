"""How messages are written: kept whole, in whatever order it is told, and gone when it is to go."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from roc.graph.records import Interaction, Kind, Tone
from roc.graph.store import Graph
from tests.conftest import records

DAY = 20_600


def told(*tones: Tone | None) -> list[Interaction]:
    """A message a line, from Ana, with its tone."""
    lines = "\n".join(f"2026-03-0{n} ana -> me message" for n in range(1, len(tones) + 1))
    acts = [act for act in records(lines) if isinstance(act, Interaction)]
    return [replace(act, tone=tone) for act, tone in zip(acts, tones, strict=True)]


def warmths(graph: Graph) -> list[float]:
    with graph.read() as reader:
        return [float(warmth) for warmth in reader.tones(DAY).warmth]


def add(graph: Graph, acts: list[Interaction]) -> None:
    graph.add(acts, source="journal", export="told")


def noticed(message: Interaction, kind: Kind = Kind.THANKS) -> Interaction:
    name = message.external_id
    return replace(message, external_id=f"{name}/{kind}", parent=name, kind=kind, tone=None)


def test_tone_comes_back_as_it_was_told(graph: Graph) -> None:
    add(graph, told(Tone(10, "en", 0.25), Tone(20, "de"), None))
    with graph.read() as reader:
        tones = reader.tones(DAY)
    assert [str(warmth) for warmth in tones.warmth] == ["0.25", "nan"]
    assert tones.by_ego.tolist() == [False, False]
    assert tones.audience.tolist() == [1, 1]


def test_messages_after_the_day_are_not_told(graph: Graph) -> None:
    add(graph, told(Tone(10, "en", 0.25)))
    with graph.read() as reader:
        assert len(reader.tones(20_000)) == 0


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_of_two_versions_the_longer_counts_whichever_is_told_first(
    graph: Graph, order: tuple[int, ...]
) -> None:
    versions = (Tone(10, "en", 0.5), Tone(12, "en", -0.5), Tone(10, "en", 0.75))
    for place in order:
        add(graph, told(versions[place]))
    assert warmths(graph) == [-0.5]


def test_removed_it_takes_what_was_noticed_along_and_nothing_else(graph: Graph) -> None:
    first, second = told(Tone(10, "en", 0.5), None)
    own_thanks = replace(second, kind=Kind.THANKS)
    add(graph, [first, own_thanks])
    before = graph.kept_contacts()
    add(graph, [noticed(first), noticed(first, Kind.CONGRATULATION)])
    assert len(graph.kept_contacts()) == len(before) + 2
    assert graph.forget_tones() == 1
    assert graph.kept_contacts() == before
    assert graph.contacts_agree()
    assert warmths(graph) == []
    assert graph.forget_tones() == 0


def test_whoever_is_forgotten_leaves_no_tone(tmp_path: Path) -> None:
    with Graph(tmp_path / "me.graph") as graph:
        add(graph, told(Tone(10, "en", 0.5)))
        graph.forget("ana")
    with closing(sqlite3.connect(tmp_path / "me.graph")) as connection:
        assert connection.execute("SELECT count(*) FROM tone").fetchall() == [(0,)]
