"""What holds for any records: order and repetition are no matter, decisions can be undone."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roc.errors import NothingToUndo
from roc.graph.records import ME, Account, AccountSeen, Record
from roc.graph.store import Graph
from tests.graph.worlds import (
    CAST,
    PEOPLE,
    State,
    assert_same,
    assert_same_measures,
    bounded,
    holding,
    person_of,
    state,
    worlds,
)
from tests.stores import STORES


@pytest.mark.parametrize("store", STORES)
@bounded
@given(world=worlds, order=st.randoms(use_true_random=False), cut=st.integers(5, 40))
def test_order_pieces_and_repetition_are_no_matter(
    store: str, world: list[Record], order: Random, cut: int
) -> None:
    again = world * 2
    order.shuffle(again)
    pieces = (again[:cut], again[cut:], world[::2])
    with holding(world) as graph, holding(*pieces, store=store) as other:
        told, differently = state(graph), state(other)
    assert_same(told, differently)
    assert_same_measures(told, differently)


@pytest.mark.parametrize("store", STORES)
@bounded
@given(
    world=worlds,
    decisions=st.lists(
        st.tuples(st.sampled_from(["merge", "split", "mute", "tag"]), PEOPLE, PEOPLE), max_size=6
    ),
)
def test_what_the_owner_decided_about_people_can_be_undone(
    store: str, world: list[Record], decisions: list[tuple[str, Account, Account]]
) -> None:
    with holding(world, [AccountSeen(account) for account in CAST], store=store) as graph:
        before: list[State] = []
        for decision, one, other in decisions:
            was = state(graph)
            if _decided(graph, decision, one, other, tag=f"word {len(before)}"):
                before.append(was)
        for was in reversed(before):
            graph.undo()
            assert_same(state(graph), was)
        with pytest.raises(NothingToUndo):
            graph.undo()


def _decided(graph: Graph, decision: str, one: Account, other: Account, tag: str) -> bool:
    """Decide what can be decided; whether it was."""
    ones, muted = person_of(graph, one)
    if decision == "merge" and other not in ones:
        graph.merge(str(one), str(other))
    elif decision == "split" and one != ME and len(ones) > 1:
        graph.split(one)
    elif decision == "mute" and ME not in ones:
        graph.mute(str(one), muted=not muted)
    elif decision == "tag":
        graph.tag(str(one), [tag])
    else:
        return False
    return True


@bounded
@given(world=worlds, order=st.randoms(use_true_random=False))
def test_the_forgotten_leave_no_byte_and_no_reading_brings_them_back(
    world: list[Record], order: Random
) -> None:
    zenobia = AccountSeen(Account("x", "zenobia"), "Zenobia Quux")
    names = AccountSeen(Account("email", "zenobia"), same_as=(zenobia.account,))
    with holding(world, [zenobia, names]) as graph:
        graph.tag("x:zenobia", ["quuxtag"])
        accounts, _ = person_of(graph, zenobia.account)
        if ME in accounts:
            return
        graph.forget("x:zenobia")
        before = state(graph)
        gone = set(map(str, accounts))
        assert not gone & {key for keys in before[0].accounts for key in keys}
        order.shuffle(world)
        graph.add([*world, zenobia, names], source="journal", export="again")
        after = state(graph)
        assert not gone & {key for keys in after[0].accounts for key in keys}
        assert before[0].keys == after[0].keys
        assert_same(before[1:], after[1:])
        graph.close()
        written = b"".join(path.read_bytes() for path in graph.path.parent.iterdir()).lower()
    assert b"zenobia" not in written
    assert b"quux" not in written
