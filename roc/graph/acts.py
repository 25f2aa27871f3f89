"""Acts in numbers, as columns of equal length: the shape in which they are written and compared."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np

from roc.graph.aggregates import RECIPIENT
from roc.graph.databases.dialects import NOTHING
from roc.graph.frames import Bools, Ints
from roc.graph.joining import Telling

ACT_COLUMNS = (
    "id",
    "source_id",
    "kind_id",
    "at",
    "precision_id",
    "revision",
    "sender_id",
    "recipient_id",
    "audience",
    "thread",
    "parent",
    "places",
)
"""Columns of ``interaction``, in the order of the fields of ``Acts``."""


@dataclass(frozen=True, slots=True, eq=False)
class Acts:
    """Acts as rows of ``interaction`` and ``participant``.

    The first twelve columns have shape ``(n,)`` and the names of ``ACT_COLUMNS``; ``NOTHING``
    stands for null. The last three have a row for each participant that does not stand in
    ``recipient``: the act's place in the other columns, the account and its role, sorted.
    """

    id: Ints
    source: Ints
    kind: Ints
    at: Ints
    precision: Ints
    revision: Ints
    sender: Ints
    recipient: Ints
    audience: Ints
    thread: Ints
    parent: Ints
    places: Ints
    member_act: Ints
    member: Ints
    member_role: Ints

    def __len__(self) -> int:
        return len(self.id)

    def columns(self) -> tuple[Ints, ...]:
        """The columns of ``interaction``, in order."""
        return tuple(getattr(self, item.name) for item in fields(self)[: len(ACT_COLUMNS)])

    def reach_somebody(self) -> Bools:
        """Which acts do; those that do not are withdrawn."""
        reach: Bools = self.recipient != NOTHING
        reach[self.member_act] = True
        return reach

    def take(self, rows: Ints | Bools) -> "Acts":
        """Some of the acts, in the order asked for."""
        places = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
        moved = np.full(len(self), -1, dtype=np.int64)
        moved[places] = np.arange(len(places))
        act = moved[self.member_act]
        kept = np.flatnonzero(act >= 0)
        kept = kept[np.argsort(act[kept], kind="stable")]
        members = (act[kept], self.member[kept], self.member_role[kept])
        return Acts(*(*(column[places] for column in self.columns()), *members))

    def tellings(self) -> Iterator[Telling]:
        """The acts one by one, as they can be joined."""
        starts = np.searchsorted(self.member_act, np.arange(len(self) + 1)).tolist()
        members, roles = self.member.tolist(), self.member_role.tolist()
        rows = zip(*(column.tolist() for column in self.columns()), strict=True)
        for place, row in enumerate(rows):
            act, source, kind, at, precision, revision, sender, only, audience = row[:9]
            span = slice(starts[place], starts[place + 1])
            held = dict(zip(members[span], roles[span], strict=True))
            yield Telling(
                id=act,
                source=source,
                revision=revision,
                kind=kind,
                at=_or_none(at),
                precision=precision,
                sender=sender,
                roles=held if only == NOTHING else {only: RECIPIENT},
                audience=audience,
                thread=_or_none(row[9]),
                parent=_or_none(row[10]),
                places=row[11],
            )


def acts_of(tellings: Iterable[Telling]) -> Acts:
    """Tellings as columns."""
    rows, members = [], []
    for place, telling in enumerate(tellings):
        only = only_recipient(telling.roles.items())
        if only is None:
            members += [(place, *member) for member in sorted(telling.roles.items())]
        rows.append(
            (
                telling.id,
                telling.source,
                telling.kind,
                _or_nothing(telling.at),
                telling.precision,
                telling.revision,
                telling.sender,
                _or_nothing(only),
                telling.audience,
                _or_nothing(telling.thread),
                _or_nothing(telling.parent),
                telling.places,
            )
        )
    return Acts(*(*_turned(rows, len(ACT_COLUMNS)), *_turned(members, 3)))


def only_recipient(roles: Iterable[tuple[int, int]]) -> int | None:
    """The one recipient who stands in the act's own row; ``None`` where there is not one alone."""
    held = list(roles)
    return held[0][0] if len(held) == 1 and held[0][1] == RECIPIENT else None


def _or_none(number: int) -> int | None:
    return None if number == NOTHING else number


def _or_nothing(number: int | None) -> int:
    return NOTHING if number is None else number


def _turned(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    """Rows as columns."""
    table = np.array(rows, dtype=np.int64).reshape(-1, width)
    return np.ascontiguousarray(table.T)
