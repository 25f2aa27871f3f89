"""Acts as the frames that scoring and reports read; no database in between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from roc.graph.frames import KINDS, Contacts, Exchanges, Expenses, Floats, Ints
from roc.graph.records import SHARED_KINDS, Kind

SECONDS_PER_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Act:
    """One act: person numbers, a UTC day, and seconds into that day where its time is known."""

    day: int
    sender: int
    recipients: tuple[int, ...]
    kind: Kind
    source: str
    audience: int
    second: int | None = None
    cost: float = 0.0

    @property
    def present(self) -> tuple[int, ...]:
        return (self.sender, *self.recipients)

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Who reached whom."""
        if self.kind in SHARED_KINDS:
            return [(one, other) for one in self.present for other in self.present if one != other]
        return [(self.sender, recipient) for recipient in self.recipients]


def contacts(acts: Sequence[Act]) -> Contacts:
    """Who reached whom on which day, a row per pair, day, kind and source, as the store has it."""
    sources = tuple(sorted({act.source for act in acts}))
    audiences: dict[tuple[int, int, int, int, int], list[int]] = {}
    for act in acts:
        for one, other in act.pairs:
            key = (one, other, act.day, KINDS.index(act.kind), sources.index(act.source))
            audiences.setdefault(key, []).append(act.audience)
    keys = sorted(audiences)
    sender, recipient, day, kind, source = (ints(key[place] for key in keys) for place in range(5))
    return Contacts(
        sender=sender,
        recipient=recipient,
        day=day,
        kind=kind,
        source=source,
        audience=ints(min(audiences[key]) for key in keys),
        acts=ints(len(audiences[key]) for key in keys),
        sources=sources,
    )


def exchanges(acts: Sequence[Act], ego: int) -> Exchanges:
    """Ego's own directed acts whose time is known, in the order of time."""
    sources = tuple(sorted({act.source for act in acts}))
    rows = sorted(
        (
            act.day * SECONDS_PER_DAY + act.second,
            other if one == ego else one,
            one == ego,
            KINDS.index(act.kind),
            act.audience,
            sources.index(act.source),
        )
        for act in acts
        if act.second is not None and act.kind not in SHARED_KINDS
        for one, other in act.pairs
        if ego in (one, other)
    )
    return Exchanges(
        alter=ints(row[1] for row in rows),
        by_ego=np.array([row[2] for row in rows], dtype=np.bool_),
        at=ints(row[0] for row in rows),
        audience=ints(row[4] for row in rows),
        kind=ints(row[3] for row in rows),
        source=ints(row[5] for row in rows),
        thread=ints(0 for _ in rows),
        sources=sources,
    )


def expenses(acts: Sequence[Act], ego: int) -> Expenses:
    """What ego spent, shared out over the others present."""
    rows = [
        (other, act.day, act.cost / (len(act.present) - (ego in act.present)))
        for act in acts
        if act.cost
        for other in act.present
        if other != ego
    ]
    return Expenses(
        alter=ints(row[0] for row in rows),
        day=ints(row[1] for row in rows),
        amount=floats(*(row[2] for row in rows)),
    )


def ints(values: Iterable[int]) -> Ints:
    """A column of whole numbers."""
    return np.array(list(values), dtype=np.int64)


def floats(*values: float) -> Floats:
    """A column of numbers."""
    return np.array(values, dtype=np.float64)
