"""Records that a careless or hostile source may give, and what becomes of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    Checkpoint,
    Interaction,
    Kind,
    Problem,
    Record,
)
from roc.graph.store import Graph
from tests.conftest import records

ANA = Account("journal", "ana")
ACT = Interaction("x", "1", Kind.MESSAGE, datetime(2026, 1, 1, tzinfo=UTC), ME, (ANA,))


def keys(graph: Graph) -> list[str]:
    with graph.read() as reader:
        return [key for key in reader.people.keys if key != str(ME)]


def test_half_characters_are_spelt_out_and_stay_different(graph: Graph) -> None:
    odd = [Account("x", "b\udcff"), Account("x", "b\udcfe")]
    told: list[Record] = [
        replace(ACT, recipients=tuple(odd), scope="\udcff", tags=("\udcff",), thread="\udcff"),
        AccountSeen(odd[0], name="\udcff", organisation="\udcff"),
        Problem("\udcff:1", "bad_date", "\udcff"),
        Checkpoint("x", "posts", {"since": "\udcff"}),
    ]
    for known in (0, 1):
        tally = graph.add(told, source="x", export="bad\udcff.txt")
        assert (tally.new, tally.known) == (1 - known, known)
    assert keys(graph) == ["x:b\\udcfe", "x:b\\udcff"]
    assert graph.cursor("x", "posts") == {"since": "\udcff"}
    graph.merge("b\\udcfe", "b\\udcff")
    graph.split(odd[0])
    graph.forget("b\\udcff")
    graph.add(told, source="x", export="a")
    assert keys(graph) == ["x:b\\udcfe"]


def test_a_nul_in_a_name_or_an_id_is_spelt_out(graph: Graph) -> None:
    odd = Account("x", "b\0n")
    told: list[Record] = [replace(ACT, recipients=(odd,)), AccountSeen(odd, "B\0n")]
    graph.add(told, source="x", export="a")
    graph.add(told, source="x", export="a")  # some databases end a text at a NUL
    assert keys(graph) == ["x:b\\x00n"]


def test_enormous_handles_are_cut_and_stay_different(graph: Graph) -> None:
    """No server can look up a text of any length."""
    random = Random(7)
    enormous = "".join(chr(random.randrange(0x4E00, 0x9000)) for _ in range(10_000))
    odd = (Account("x", enormous), Account("x", enormous + "a"), Account("x", enormous + "b"))
    told: list[Record] = [
        replace(ACT, recipients=odd, scope=enormous, tags=(enormous,), thread=enormous),
        Problem(f"{enormous}:1", "bad_date", enormous),
        AccountSeen(odd[0], enormous, same_as=(odd[1],)),
    ]
    for known in (0, 1):
        tally = graph.add(told, source="x", export=enormous)
        assert (tally.new, tally.known) == (1 - known, known)
    assert len(keys(graph)) == 2
    graph.split(odd[1])
    kept = keys(graph)
    assert len(kept) == len(set(kept)) == 3
    assert all(key.startswith(f"x:{enormous[:200]}") and len(key) < 600 for key in kept)


def test_an_enormous_name_is_cut(graph: Graph) -> None:
    graph.add([AccountSeen(ANA, "a" * 10_000_000)], source="x", export="a")
    with graph.read("journal:ana") as reader:
        assert len(reader.people.names[reader.people.ego]) == 200


@pytest.mark.parametrize(("audience", "kept"), [(0, 1), (-5, 1), (7, 7), (10**30, 2**31 - 1)])
def test_an_audience_is_at_least_those_listed_and_never_absurd(
    graph: Graph, audience: int, kept: int
) -> None:
    graph.add([replace(ACT, audience=audience)], source="x", export="a")
    with graph.read() as reader:
        assert reader.contacts().audience.tolist() == [kept]
        assert reader.contacts().acts.tolist() == [1]


@pytest.mark.parametrize("cost", [float("nan"), float("inf"), -3.0])
def test_a_cost_that_is_no_amount_is_a_problem_and_the_act_is_kept(
    graph: Graph, cost: float
) -> None:
    tally = graph.add([replace(ACT, cost=cost)], source="x", export="a.csv")
    assert (tally.new, tally.problems) == (1, {"bad_cost": 1})
    assert [tuple(row) for row in graph.problems()] == [
        ("x", "a.csv", "an act of 2026-01-01", "bad_cost", "a cost that is no amount was left out")
    ]
    with graph.read() as reader:
        assert reader.expenses(30_000).amount.tolist() == []


@pytest.mark.parametrize("year", [1, 1969, 9999])
def test_moments_of_any_year_are_kept_and_read(graph: Graph, year: int) -> None:
    at = datetime(year, 12, 31, 23, 59, 59, tzinfo=UTC)
    graph.add([replace(ACT, at=at)], source="x", export="a")
    day = at.toordinal() - datetime(1970, 1, 1, tzinfo=UTC).toordinal()
    with graph.read() as reader:
        assert reader.contacts(day).day.tolist() == [day]
        assert len(reader.contacts(day - 1)) == 0
        assert reader.exchanges(day).at.tolist() == [int(at.timestamp())]
    assert graph.contacts_agree()


def test_whoever_was_forgotten_in_mid_collect_does_not_come_back(
    where: Path | str, graph: Graph
) -> None:
    """Another roc may forget people, and number new ones alike, between two batches."""
    graph.add(records("2026-01-01 me -> ben, zenobia message"), source="journal", export="a")

    def two_pages() -> Iterator[Record]:
        yield from records("2026-01-02 me -> ben, zenobia message")
        yield Checkpoint("journal", "page", {"page": 1})
        with Graph(where) as other:
            other.forget("zenobia")
            other.add(records("2026-01-03 me -> dara message"), source="journal", export="b")
        yield from records("2026-01-04 me -> ben, zenobia, chidi message")

    graph.add(two_pages(), source="journal", export="c")
    assert keys(graph) == ["journal:ben", "journal:chidi", "journal:dara"]
    with graph.read() as reader:
        reached = [reader.people.keys[number] for number in reader.contacts().recipient]
    assert sorted(reached) == ["journal:ben"] * 3 + ["journal:chidi", "journal:dara"]
    assert graph.contacts_agree()


def test_scores_of_the_forgotten_are_not_kept(graph: Graph) -> None:
    graph.add(records("2026-01-01 me -> ben message"), source="journal", export="a")
    scores = {"journal:ben": {"trust": 0.5}, "journal:zenobia": {"trust": 0.5}}
    for ego in ("me:me", "journal:zenobia"):
        graph.keep_snapshot(day=1, ego_key=ego, version="0", parameters={}, scores=scores)
    assert [(row.ego, row.scores) for row in graph.snapshots()] == [("me:me", 1)]
