"""The graph's facts as columns of equal length: the shape in which scoring and reports read them.

People are numbered 0 … n-1 in the order of their keys; every other frame refers to those numbers.
Days are whole UTC days since 1970-01-01; moments are whole seconds since then.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roc.graph.records import Kind

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

KINDS: tuple[Kind, ...] = tuple(Kind)
"""A kind's number in a frame is its place here."""


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Everyone in the graph, sorted by key.

    Args:
        keys: the smallest account of each person, ``source:handle``; stable under any import order.
        names: what people read; the key where no source gives a name.
        organisations: where sources say the person works, or empty.
        aside: why the person is kept in the graph but left out of scores, in a word: muted, own
            team, list, role, bot, room; empty for whoever counts.
        set_aside: whether there is such a reason.
        accounts: all accounts of each person, sorted.
        tags: the owner's words for each person, sorted.
        ego: the number of the person whose graph this is; -1 where nobody is known to be.
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    organisations: tuple[str, ...]
    aside: tuple[str, ...]
    set_aside: Bools
    accounts: tuple[tuple[str, ...], ...]
    tags: tuple[tuple[str, ...], ...]
    ego: int

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """Who reached whom on which day: one row per sender, recipient, day, kind, source and audience.

    A meeting has a row for each ordered pair of those present. Rows of one person's accounts
    may repeat a key; nobody is their own recipient. All columns have shape ``(n,)``; rows come
    in no promised order.

    Args:
        sender: person number.
        recipient: person number.
        day: UTC day.
        kind: place in ``KINDS``.
        source: place in ``sources``.
        audience: how many people each of the acts reached; at least 1.
        acts: how many such acts there were that day.
        sources: the names of the sources.
    """

    sender: Ints
    recipient: Ints
    day: Ints
    kind: Ints
    source: Ints
    audience: Ints
    acts: Ints
    sources: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True, slots=True, eq=False)
class Exchanges:
    """Ego's own acts with each alter whose moment is known, in time order.

    One row per act and alter; meetings and calls, which have no direction, are left out. Shape
    ``(n,)``, sorted by moment, then alter.

    Args:
        alter: person number.
        by_ego: True where ego acted, False where the alter did.
        at: seconds since 1970-01-01 UTC.
        audience: how many people the act reached.
        kind: place in ``KINDS``.
        source: place in ``sources``.
        thread: a number for the conversation; 0 where there is none.
        sources: the names of the sources.
    """

    alter: Ints
    by_ego: Bools
    at: Ints
    audience: Ints
    kind: Ints
    source: Ints
    thread: Ints
    sources: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True, slots=True, eq=False)
class Expenses:
    """What ego spent on acts with each alter: an act's cost divided by the others present.

    Args:
        alter: person number, shape ``(n,)``.
        day: UTC day.
        amount: the alter's share of the cost.
    """

    alter: Ints
    day: Ints
    amount: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """Standing relations that sources state, shape ``(n,)``.

    Args:
        person: who follows, or is connected.
        other: whom they follow, or are connected to.
        follows: True for *follows*, False for *connected* (given once, holding both ways).
        day: UTC day since when; -1 where the source does not tell.
        source: place in ``sources``.
        sources: the names of the sources.
    """

    person: Ints
    other: Ints
    follows: Bools
    day: Ints
    source: Ints
    sources: tuple[str, ...]
