"""Outcomes on the way out: as they stood on a day, with every account folded into its person."""

from typing import Any

import numpy as np
from sqlalchemy import Connection, func, select

from roc.graph import tables
from roc.graph.frames import NO_DAY, OUTCOME_KINDS, OUTCOME_STATUSES, Ints, Outcomes
from roc.graph.outcomes import VALUE_PARTS
from roc.graph.records import OutcomeKind, OutcomeStatus

_OPEN = OUTCOME_STATUSES.index(OutcomeStatus.OPEN)


def outcomes(
    connection: Connection,
    person_of: Ints,
    sources: dict[int, str],
    last_day: int | None,
) -> Outcomes:
    """Everything that came of people, as it stood at the end of a day.

    What began, or was decided without a known beginning, after that day is left out. What was
    decided after it stands as open; its value is the one that is known today.

    Args:
        connection: within a transaction.
        person_of: the person of each account.
        sources: their names by number.
        last_day: UTC day; ``None`` for all that is kept.
    """
    outcome, names = tables.outcome.c, tuple(sorted(sources.values()))
    told = select(tables.outcome).where(outcome.status != OutcomeStatus.WITHDRAWN.value)
    found = [row for row in connection.execute(told) if _has_begun(row, last_day)]
    rows = sorted(found, key=_days)
    place = {row.id: number for number, row in enumerate(rows)}
    ahead = [last_day is not None and _is_after(row.closed_day, last_day) for row in rows]
    both = list(zip(rows, ahead, strict=True))
    people = _people(connection, person_of, place)
    return Outcomes(
        kind=_ints(OUTCOME_KINDS.index(OutcomeKind(row.kind)) for row in rows),
        status=_ints(
            _OPEN if later else OUTCOME_STATUSES.index(OutcomeStatus(row.status))
            for row, later in both
        ),
        opened=_ints(_or_none(row.opened_day) for row in rows),
        closed=_ints(NO_DAY if later else _or_none(row.closed_day) for row, later in both),
        value=np.array(
            [np.nan if row.value is None else row.value / VALUE_PARTS for row in rows], np.float64
        ),
        currency=tuple(row.currency for row in rows),
        hours=np.array([np.nan if row.hours is None else row.hours for row in rows], np.float64),
        organisation=tuple(row.organisation for row in rows),
        title=tuple(row.title for row in rows),
        source=_ints(names.index(sources[row.source_id]) for row in rows),
        sources=names,
        outcome=people[:, 0],
        person=people[:, 1],
        role=people[:, 2],
    )


def outcomes_by_source(connection: Connection) -> dict[int, int]:
    """How many outcomes stand, by number of the source."""
    outcome = tables.outcome.c
    stand = outcome.status != OutcomeStatus.WITHDRAWN.value
    rows = select(outcome.source_id, func.count()).where(stand).group_by(outcome.source_id)
    return dict(map(tuple, connection.execute(rows)))


def _people(connection: Connection, person_of: Ints, place: dict[int, int]) -> Ints:
    """Rows of outcome, person and role, sorted; of several roles of one person the strongest."""
    strongest: dict[tuple[int, int], int] = {}
    for number, account, role in connection.execute(select(tables.outcome_person)):
        if number in place:
            key = (place[number], int(person_of[account]))
            strongest[key] = min(role, strongest.get(key, role))
    rows = [(*key, role) for key, role in sorted(strongest.items())]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def _days(row: Any) -> tuple[int, int, int]:
    return _or_none(row.opened_day), _or_none(row.closed_day), row.id


def _has_begun(row: Any, last_day: int | None) -> bool:
    begun = row.closed_day if row.opened_day is None else row.opened_day
    return last_day is None or not _is_after(begun, last_day)


def _is_after(day: int | None, last_day: int) -> bool:
    return day is not None and day > last_day


def _or_none(day: int | None) -> int:
    return NO_DAY if day is None else day


def _ints(values: Any) -> Ints:
    return np.fromiter(values, dtype=np.int64)
