"""What holds for any records: order, pieces and repetition are no matter, decisions can be undone.

Hypothesis invents the records; the same ones on every run.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from roc.graph.frames import Contacts, Declared, Exchanges, Expenses, People
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Kind,
    Precision,
    Record,
)
from roc.graph.store import Graph
from roc.scoring.network import measure
from roc.scoring.parameters import ScoringParameters

LAST_DAY = 20_500
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
CAST = (
    ME,
    *(Account("x", name) for name in ("ana", "ben", "zenobia")),
    *(Account("email", name) for name in ("ana", "zenobia")),
)
PEOPLE = st.sampled_from(CAST)

bounded = settings(
    max_examples=12, deadline=None, derandomize=True, database=None, phases=[Phase.generate]
)

State = tuple[People, Contacts, Exchanges, Expenses, Declared]


@st.composite
def interactions(draw: st.DrawFn) -> Interaction:
    """Any act; what it says is its id, so that equal ids are equal acts."""
    minutes = draw(st.sampled_from([0, 5, 9, 1500, None]))
    told: dict[str, Any] = {
        "source": draw(st.sampled_from(["x", "email"])),
        "scope": draw(st.sampled_from(["", "a"])),
        "kind": draw(st.sampled_from([Kind.MESSAGE, Kind.REPLY, Kind.MEETING])),
        "at": None if minutes is None else BEGUN + timedelta(minutes=minutes),
        "sender": draw(PEOPLE),
        "recipients": tuple(draw(st.lists(PEOPLE, min_size=1, max_size=2))),
        "copied": tuple(draw(st.lists(PEOPLE, max_size=1))),
        "precision": Precision.UNKNOWN
        if minutes is None
        else draw(st.sampled_from([Precision.INSTANT, Precision.LOCAL, Precision.DAY])),
        "thread": draw(st.sampled_from(["", "t1", "t2"])),
        "audience": draw(st.sampled_from([0, 1, 5, 40])),
        "tags": tuple(draw(st.lists(st.sampled_from(["q1", "launch"]), max_size=2))),
        "cost": draw(st.none() | st.sampled_from([10.0, 33.3, 0.1])),
    }
    return Interaction(external_id=repr(sorted(told.items())), **told)


seen = st.builds(
    AccountSeen,
    PEOPLE.filter(lambda account: account != ME),
    name=st.sampled_from(["", "Ana", "Ann"]),
    organisation=st.sampled_from(["", "Acme"]),
    same_as=st.lists(PEOPLE.filter(lambda account: account != ME), max_size=1).map(tuple),
)
ties = st.builds(
    DeclaredTie,
    st.sampled_from(["x", "linkedin"]),
    st.sampled_from(DeclaredKind),
    PEOPLE,
    PEOPLE,
    st.none() | st.dates(date(2019, 1, 1), date(2020, 1, 1)),
)
worlds = st.lists(st.one_of(interactions(), interactions(), seen, ties), min_size=20, max_size=40)


@contextmanager
def holding(*pieces: Sequence[Record]) -> Iterator[Graph]:
    with TemporaryDirectory() as folder, Graph(Path(folder) / "me.graph") as graph:
        for piece in pieces:
            graph.add(piece, source="journal", export="told")
        yield graph


def state(graph: Graph) -> State:
    assert graph.contacts_agree()
    with graph.read() as reader:
        return (
            reader.people,
            reader.contacts(LAST_DAY),
            reader.exchanges(LAST_DAY),
            reader.expenses(LAST_DAY),
            reader.declared(),
        )


def assert_same(one: Sequence[object], other: Sequence[object]) -> None:
    """The same frames, row by row; those of contacts and ties in any order."""
    for frame, twin in zip(one, other, strict=True):
        columns, twins = _columns(frame), _columns(twin)
        if isinstance(frame, Contacts | Declared):
            assert sorted(zip(*columns, strict=True)) == sorted(zip(*twins, strict=True))
        else:
            assert columns == twins


def _columns(frame: object) -> list[list[object]]:
    """A frame's columns as lists, with the names of sources in the place of their numbers."""
    columns = []
    for item in fields(frame):  # type: ignore[arg-type]
        values = getattr(frame, item.name)
        if item.name == "source":
            values = [frame.sources[number] for number in values]  # type: ignore[attr-defined]
        if item.name == "sources" and not isinstance(frame, People):
            continue
        columns.append(list(values) if np.iterable(values) else [values])
    return columns


def assert_same_measures(one: State, other: State) -> None:
    parameters = ScoringParameters()
    measured, twin = (measure(*frames, LAST_DAY, parameters) for frames in (one, other))
    for part, its_twin in ((measured.ties, twin.ties), (measured.network, twin.network)):
        for item in fields(part):
            values, twins = getattr(part, item.name), getattr(its_twin, item.name)
            np.testing.assert_allclose(
                np.asarray(values, dtype=float), np.asarray(twins, dtype=float), rtol=1e-9, atol=0
            )


@bounded
@given(world=worlds, order=st.randoms(use_true_random=False), cut=st.integers(5, 40))
def test_order_pieces_and_repetition_are_no_matter(
    world: list[Record], order: Random, cut: int
) -> None:
    again = world * 2
    order.shuffle(again)
    with holding(world) as graph, holding(again[:cut], again[cut:], world[::2]) as other:
        told, differently = state(graph), state(other)
    assert_same(told, differently)
    assert_same_measures(told, differently)


@bounded
@given(
    world=worlds,
    decisions=st.lists(
        st.tuples(st.sampled_from(["merge", "split", "mute"]), PEOPLE, PEOPLE), max_size=6
    ),
)
def test_what_the_owner_decided_about_people_can_be_undone(
    world: list[Record], decisions: list[tuple[str, Account, Account]]
) -> None:
    with holding(world, [AccountSeen(account) for account in CAST]) as graph:
        undo: list[tuple[State, str, list[Account]]] = []
        for decision, one, other in decisions:
            undo.append(_decided(graph, decision, one, other))
        for before, decision, accounts in reversed(undo):
            _undone(graph, decision, accounts)
            assert_same(state(graph), before)


def _person(graph: Graph, account: Account) -> tuple[list[Account], bool]:
    """All accounts of an account's person, and whether they are muted."""
    with graph.read(str(account)) as reader:
        ego = reader.people.ego
        accounts = [Account(*key.split(":")) for key in reader.people.accounts[ego]]
        return accounts, bool(reader.people.set_aside[ego])


def _decided(
    graph: Graph, decision: str, one: Account, other: Account
) -> tuple[State, str, list[Account]]:
    """Decide what can be decided; how it was before, and what is needed to undo it."""
    before = state(graph)
    ones, muted = _person(graph, one)
    others, _ = _person(graph, other)
    if decision == "merge" and other not in ones:
        graph.merge(str(one), str(other))
        apart = ones if ME in others else others
        return before, "merge", apart
    if decision == "split" and one != ME and len(ones) > 1:
        graph.split(one)
        ones.remove(one)
        return before, "split", [one, ones[0]]
    if decision == "mute" and ME not in ones and not muted:
        graph.mute(str(one), muted=True)
        return before, "mute", [one]
    return before, "nothing", []


def _undone(graph: Graph, decision: str, accounts: list[Account]) -> None:
    if decision == "merge":
        for account in accounts:
            graph.split(account)
        for account in accounts[1:]:
            graph.merge(str(accounts[0]), str(account))
    if decision == "split":
        graph.merge(str(accounts[0]), str(accounts[1]))
    if decision == "mute":
        graph.mute(str(accounts[0]), muted=False)


@bounded
@given(world=worlds, order=st.randoms(use_true_random=False))
def test_the_forgotten_leave_no_byte_and_no_reading_brings_them_back(
    world: list[Record], order: Random
) -> None:
    zenobia = AccountSeen(Account("x", "zenobia"), "Zenobia Quux")
    names = AccountSeen(Account("email", "zenobia"), same_as=(zenobia.account,))
    with holding(world, [zenobia, names]) as graph:
        graph.tag("x:zenobia", ["quuxtag"])
        accounts, _ = _person(graph, zenobia.account)
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
