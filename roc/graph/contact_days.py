"""Which days of contact acts make: who reached whom, on which day, by which kind of act."""

import numpy as np

from roc.graph.acts import Acts
from roc.graph.aggregates import DAY_SECONDS, PRESENT
from roc.graph.databases.dialects import NOTHING
from roc.graph.frames import Ints

ContactRows = tuple[Ints, ...]
"""Columns of ``contact`` in the order of ``CONTACT_COLUMNS``, sorted by them; ``acts`` is last."""


def contact_rows(added: Acts, removed: Acts | None = None) -> ContactRows:
    """How many acts of each kind more, or fewer, passed in each dyad on each day.

    Args:
        added: acts that are new, or as they are now.
        removed: acts as they were before.

    Returns:
        One row for each key that changes; ``acts`` may be negative, never 0.
    """
    keys = _pairs(added)
    count = np.ones(len(keys[0]), dtype=np.int64)
    if removed is not None:
        gone = _pairs(removed)
        keys = tuple(np.concatenate(both) for both in zip(keys, gone, strict=True))
        count = np.concatenate((count, np.full(len(gone[0]), -1, dtype=np.int64)))
    day, sender, recipient, kind, source, audience = keys
    order = np.lexsort((audience, source, kind, recipient, day << 32 | sender))
    keys = tuple(column[order] for column in keys)
    new = np.ones(len(day), dtype=np.bool_)
    if len(day):
        new[1:] = np.any([column[1:] != column[:-1] for column in keys], axis=0)
    starts = np.flatnonzero(new)
    acts = np.add.reduceat(count[order], starts) if len(starts) else count
    changed = np.flatnonzero(acts)
    return (*(column[starts][changed] for column in keys), acts[changed])


def _pairs(acts: Acts) -> tuple[Ints, ...]:
    """A row for everyone whom somebody reached: day, sender, recipient, kind, source, audience."""
    inline = np.flatnonzero(acts.recipient != NOTHING)
    directed = np.flatnonzero(acts.member_role != PRESENT)
    together, one, other = _present_pairs(acts)
    act = np.concatenate((inline, acts.member_act[directed], together))
    sender = np.concatenate((acts.sender[inline], acts.sender[acts.member_act[directed]], one))
    recipient = np.concatenate((acts.recipient[inline], acts.member[directed], other))
    kept = np.flatnonzero((acts.at[act] != NOTHING) & (sender != recipient))
    act = act[kept]
    day = acts.at[act] // DAY_SECONDS
    details = (acts.kind[act], acts.source[act], acts.audience[act])
    return (day, sender[kept], recipient[kept], *details)


def _present_pairs(acts: Acts) -> tuple[Ints, Ints, Ints]:
    """Everyone present beside everyone present, themselves included, act by act."""
    rows = np.flatnonzero(acts.member_role == PRESENT)
    act, member = acts.member_act[rows], acts.member[rows]
    first = np.searchsorted(act, act, side="left")
    size = np.searchsorted(act, act, side="right") - first
    here = np.repeat(np.arange(len(rows)), size)
    within = np.arange(len(here)) - np.repeat(np.cumsum(size) - size, size)
    there = np.repeat(first, size) + within
    return act[here], member[here], member[there]
