"""The graph's facts as columns of equal length: the shape in which scoring and reports read them.

People are numbered 0 … n-1 in the order of their keys; every other frame refers to those numbers.
Days are whole UTC days since 1970-01-01; moments are whole seconds since then.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roc.graph.records import Kind, OutcomeKind, OutcomeStatus

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

KINDS: tuple[Kind, ...] = tuple(Kind)
"""A kind's number in a frame is its place here."""

OUTCOME_KINDS: tuple[OutcomeKind, ...] = tuple(OutcomeKind)
OUTCOME_STATUSES: tuple[OutcomeStatus, ...] = tuple(OutcomeStatus)
"""Their numbers in a frame are likewise their places."""

_DAY_SECONDS = 86_400

NO_DAY = -(2**63)
"""Stands for a day that is not told."""


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
class Care:
    """How the owner wants to keep in touch with everyone; shape ``(people,)``.

    Args:
        cadence_days: days between contacts; 0 where nothing was said.
        snoozed_until: UTC day until which nothing is said; -1 where nothing was said.
        pinned: whether every report tells how it stands.
    """

    cadence_days: Ints
    snoozed_until: Ints
    pinned: Bools


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

    @property
    def day(self) -> Ints:
        """UTC day of each act."""
        return self.at // _DAY_SECONDS

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True, slots=True, eq=False)
class Tones:
    """How messages between ego and each alter are written, where the owner asked for it.

    One row per message and alter; shape ``(n,)``, sorted by day, then by all the rest.

    Args:
        alter: person number.
        by_ego: True where ego wrote, False where the alter did.
        day: UTC day.
        audience: how many people the message reached.
        warmth: of its words, -1 to 1; ``nan`` in a language that is not judged.
    """

    alter: Ints
    by_ego: Bools
    day: Ints
    audience: Ints
    warmth: Floats

    def __len__(self) -> int:
        return len(self.day)


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
class Gatherings:
    """Occasions that people came to, or are asked to: meetings that have a format or a cost.

    One row per gathering, by day. The last two columns have a row for each person of each.

    Args:
        day: UTC day, shape ``(n,)``; may lie ahead.
        format: one of ``roc.graph.records.FORMATS``, or empty.
        tags: the owner's words for each, without formats, sorted.
        invited: how many were asked to come, those who came among them; 0 where nothing is told.
        amount: what the owner spent; ``nan`` where nothing is told, or in two currencies.
        currency: ISO 4217 code of each, or empty.
        gathering: row of the gathering, shape ``(k,)``, ascending.
        person: person number; each person once per gathering.
    """

    day: Ints
    format: tuple[str, ...]
    tags: tuple[tuple[str, ...], ...]
    invited: Ints
    amount: Floats
    currency: tuple[str, ...]
    gathering: Ints
    person: Ints

    def __len__(self) -> int:
        return len(self.day)


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


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """What came of people, as it stood on a day.

    One row per outcome, sorted by the days of opening and closing; withdrawn ones are left out.
    The last three columns have a row of their own for each person of each outcome.

    Args:
        kind: place in ``OUTCOME_KINDS``, shape ``(n,)``.
        status: place in ``OUTCOME_STATUSES``.
        opened: UTC day; ``NO_DAY`` where the source does not tell.
        closed: UTC day; ``NO_DAY`` where it is open or the source does not tell.
        value: in units of its currency; ``nan`` where none is told.
        currency: ISO 4217 code of each, or empty.
        hours: what the owner's side spent on each; ``nan`` where it is not told.
        organisation: the other side's, or empty.
        title: what the source calls each, or empty.
        source: place in ``sources``.
        sources: the names of the sources.
        outcome: row of the outcome, shape ``(k,)``, ascending.
        person: person number; each person once per outcome.
        role: 1 main contact, 2 other contact, 3 who handles it on the owner's side.
    """

    kind: Ints
    status: Ints
    opened: Ints
    closed: Ints
    value: Floats
    currency: tuple[str, ...]
    hours: Floats
    organisation: tuple[str, ...]
    title: tuple[str, ...]
    source: Ints
    sources: tuple[str, ...]
    outcome: Ints
    person: Ints
    role: Ints

    def __len__(self) -> int:
        return len(self.kind)
