"""Which of what is told is too old to be kept: not what corrects an act that is kept, or told.

A later edition may have moved an act to before the limit. It is joined with what is known, and the
act is then removed for its age; were it left out, the superseded edition would stay.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import Connection, select

from roc.graph import tables
from roc.graph.aggregates import DAY_SECONDS
from roc.graph.databases.dialects import these_numbers
from roc.graph.frames import Ints
from roc.graph.records import Interaction, Interactions
from roc.graph.told import act_id, act_ids

_FIRST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)


def young(
    connection: Connection,
    oldest_day: int,
    interactions: Sequence[Interaction],
    bulks: Sequence[Interactions],
) -> tuple[list[Interaction], list[Interactions]]:
    """The tellings of a batch that are not too old to be kept.

    Those from before the day, or without a moment, are left out, unless they tell of an act that
    the graph keeps or a younger telling of the batch names, or withdraw one and have no moment.

    Args:
        connection: within a transaction.
        oldest_day: first UTC day of what is kept.
        interactions: acts one by one.
        bulks: acts in columns.
    """
    first = _FIRST_MOMENT + timedelta(days=oldest_day)
    stays = np.array([_is_young(act, first) for act in interactions], dtype=np.bool_)
    rows_stay = [acts.at >= oldest_day * DAY_SECONDS for acts in bulks]
    if not (stays.all() and all(rows.all() for rows in rows_stay)):
        ids = np.fromiter(map(act_id, interactions), dtype=np.int64)
        row_ids = [act_ids(acts) for acts in bulks]
        named = [ids[stays], *(one[rows] for one, rows in zip(row_ids, rows_stay, strict=True))]
        old = [ids[~stays], *(one[~rows] for one, rows in zip(row_ids, rows_stay, strict=True))]
        known = np.concatenate((*named, _kept(connection, np.concatenate(old))))
        stays |= np.isin(ids, known)
        for one, rows in zip(row_ids, rows_stay, strict=True):
            rows |= np.isin(one, known)
    return (
        [act for act, one in zip(interactions, stays.tolist(), strict=True) if one],
        [_only(acts, np.flatnonzero(rows)) for acts, rows in zip(bulks, rows_stay, strict=True)],
    )


def _is_young(act: Interaction, first: datetime) -> bool:
    if act.at is None:  # only a withdrawal, which holds nobody, is kept without a moment
        return bool(act.revision) and not act.recipients and not act.copied
    return act.at >= first


def _kept(connection: Connection, ids: Ints) -> Ints:
    """Those of the acts that the graph keeps."""
    number = tables.interaction.c.id
    rows = connection.execute(select(number).where(number.in_(these_numbers(connection, ids))))
    return np.fromiter(rows.scalars(), dtype=np.int64)


def _only(acts: Interactions, rows: Ints) -> Interactions:
    """Some of the acts, with those accounts alone that take part in them."""
    if len(rows) == len(acts):
        return acts
    ends = np.concatenate((acts.sender[rows], acts.recipient[rows]))
    used, places = np.unique(ends, return_inverse=True)
    return replace(
        acts,
        accounts=tuple(acts.accounts[number] for number in used.tolist()),
        external_ids=[acts.external_ids[row] for row in rows.tolist()],
        at=acts.at[rows],
        sender=places[: len(rows)],
        recipient=places[len(rows) :],
    )
