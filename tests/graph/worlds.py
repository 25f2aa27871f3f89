"""Invented records, and whether two graphs that hold them are the same.

Hypothesis invents the records; the same ones on every run.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from hypothesis import Phase, settings
from hypothesis import strategies as st

from roc.graph.frames import Contacts, Declared, Exchanges, Expenses, People
from roc.graph.records import (
    ME,
    SHARED_KINDS,
    Account,
    AccountSeen,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Kind,
    Nature,
    Precision,
    Record,
)
from roc.graph.store import Graph
from roc.scoring.network import measure
from roc.scoring.parameters import ScoringParameters
from tests.stores import fresh

LAST_DAY = 20_500
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
CAST = (
    ME,
    *(Account("x", name) for name in ("ana", "ben", "zenobia")),
    *(Account("email", name) for name in ("ana", "zenobia")),
)
PEOPLE = st.sampled_from(CAST)

NEVER_FORGOTTEN = st.sampled_from([one for one in CAST if one.handle != "zenobia"])
WITHDRAWN = {"revision": 3, "recipients": (), "copied": (), "audience": 0}
_DIRECTED, _SHARED = [Kind.MESSAGE, Kind.REPLY], [Kind.MEETING, Kind.CALL]

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


@st.composite
def tellings(draw: st.DrawFn) -> list[Interaction]:
    """One act as one to three readings tell of it, which need not agree.

    What is left of an act without Zenobia, who may be forgotten, must not hang on which telling
    was read before that: hers agree about people.
    """
    act = draw(interactions())
    if any(each.handle == "zenobia" for each in (act.sender, *act.recipients, *act.copied)):
        act = replace(act, audience=40)
        return [act, *draw(st.lists(told_again(act), max_size=2))]
    return [act, *draw(st.lists(st.one_of(told_again(act), reaching_others(act)), max_size=2))]


@st.composite
def told_again(draw: st.DrawFn, act: Interaction) -> Interaction:
    """Another telling of an act between the same people."""
    other = draw(interactions())
    told: dict[str, Any] = {
        **{name: getattr(other, name) for name in ("at", "precision", "tags", "cost")},
        "kind": draw(st.sampled_from(_SHARED if act.kind in SHARED_KINDS else _DIRECTED)),
        "thread": draw(st.sampled_from([act.thread, ""])),
        "revision": draw(st.sampled_from([0, 0, 0, 1, 2])),
    }
    return replace(act, **told)


@st.composite
def reaching_others(draw: st.DrawFn, act: Interaction) -> Interaction:
    """Another telling of an act, with other people in it, or nobody: it is withdrawn.

    Every other time they agree on who sent it, or that everyone met.
    """
    agreed = draw(st.booleans()) and act.kind not in SHARED_KINDS
    sender = act.sender if agreed else draw(NEVER_FORGOTTEN)
    others = NEVER_FORGOTTEN.filter(lambda account: account != sender)
    told: dict[str, Any] = {
        "sender": sender,
        "recipients": draw(st.lists(others, min_size=1, max_size=2).map(tuple)),
        "copied": draw(st.lists(others, max_size=1).map(tuple)),
        "audience": draw(st.sampled_from([0, 1, 5, 40])),
    }
    if draw(st.integers(0, 3)) == 3:
        told |= WITHDRAWN
    if draw(st.integers(0, 3)) == 3:
        told["kind"] = draw(st.sampled_from(_DIRECTED + _SHARED))
    return replace(draw(told_again(act)), **told)


seen = st.builds(
    AccountSeen,
    PEOPLE.filter(lambda account: account != ME),
    name=st.sampled_from(["", "Ana", "Ann"]),
    organisation=st.sampled_from(["", "Acme"]),
    same_as=st.lists(PEOPLE.filter(lambda account: account != ME), max_size=1).map(tuple),
)
described = st.builds(
    AccountSeen,
    PEOPLE.filter(lambda account: account != ME),
    name=st.sampled_from(["", "Ana", "ana_lopez", "Ana Lo"]),
    organisation=st.sampled_from(["", "Acme", "Apex", "Example Works"]),
)
natures = st.builds(
    AccountSeen, st.just(Account("x", "ben")), nature=st.sampled_from([Nature.LIST, Nature.ROLE])
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
def holding(*pieces: Sequence[Record], store: str = "file") -> Iterator[Graph]:
    with fresh(store) as where, Graph(where) as graph:
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


def person_of(graph: Graph, account: Account) -> tuple[list[Account], bool]:
    """All accounts of an account's person, and whether they are muted."""
    with graph.read(str(account)) as reader:
        ego = reader.people.ego
        accounts = [Account(*key.split(":")) for key in reader.people.accounts[ego]]
        return accounts, reader.people.aside[ego] == "muted"
