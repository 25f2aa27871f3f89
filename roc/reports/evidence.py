"""The acts behind a report's claims, counted: since when two-way, by which source, what was given.

Everything is counted up to a day, inclusive; later acts do not exist yet.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from roc.graph.frames import KINDS, Bools, Contacts, Exchanges, Ints
from roc.graph.records import SHARED_KINDS, Kind

SHARED = np.array([kind in SHARED_KINDS for kind in KINDS])
"""For each place in ``KINDS``: whether everyone present reaches everyone else."""


@dataclass(frozen=True, slots=True, eq=False)
class Dealings:
    """What passed between ego and everyone; shape ``(people,)``, -1 where nothing did.

    Args:
        two_way_since: UTC day from which ego had reached the person and the person ego.
        channel: the source with most days of contact, as place in the contacts' ``sources``; the
            alphabetically first of equals.
    """

    two_way_since: Ints
    channel: Ints


def dealings(contacts: Contacts, *, ego: int, people: int, day: int) -> Dealings:
    """Ego's dealings with everyone up to a day.

    Args:
        contacts: who reached whom on which day.
        ego: the person whose graph it is; -1 for nobody, who has no dealings.
        people: how many people there are.
        day: the last UTC day that counts.
    """
    seen = contacts.day <= day
    given, received = seen & (contacts.sender == ego), seen & (contacts.recipient == ego)
    first_given = _first_day(contacts.recipient[given], contacts.day[given], people)
    first_received = _first_day(contacts.sender[received], contacts.day[received], people)
    both = (first_given >= 0) & (first_received >= 0)
    width = max(len(contacts.sources), 1)
    alter = np.concatenate([contacts.recipient[given], contacts.sender[received]])
    source = np.concatenate([contacts.source[given], contacts.source[received]])
    days = np.bincount(alter * width + source, minlength=people * width).reshape(people, width)
    return Dealings(
        two_way_since=np.where(both, np.maximum(first_given, first_received), -1),
        channel=np.where(days.any(axis=1), days.argmax(axis=1), -1),
    )


def _first_day(person: Ints, day: Ints, people: int) -> Ints:
    never = np.iinfo(np.int64).max
    first = np.full(people, never, dtype=np.int64)
    np.minimum.at(first, person, day)
    return np.where(first == never, -1, first)


def distinct_acts(contacts: Contacts, rows: Bools) -> int:
    """How many acts between two people some rows stand for; a meeting has a row each way."""
    shared = SHARED[contacts.kind[rows]]
    acts = contacts.acts[rows]
    return int(acts[~shared].sum()) + int(acts[shared].sum()) // 2


def signals(
    contacts: Contacts, *, ego: int, day: int, weights: Mapping[Kind, float], since: int = 0
) -> dict[int, Counter[Kind]]:
    """What each person did that speaks for ego: recommendations, introductions, thanks.

    Args:
        contacts: who reached whom on which day.
        ego: the person spoken for.
        day: the last UTC day that counts.
        weights: what each kind says about trust; only kinds above 0 are counted.
        since: the first UTC day that counts.

    Returns:
        For each person number how many acts of each kind; people without any are left out.
    """
    speaking = np.array([weights.get(kind, 0.0) > 0 for kind in KINDS])
    rows = (contacts.recipient == ego) & speaking[contacts.kind]
    rows &= (contacts.day >= since) & (contacts.day <= day)
    found: dict[int, Counter[Kind]] = {}
    for row in np.flatnonzero(rows):
        kinds = found.setdefault(int(contacts.sender[row]), Counter())
        kinds[KINDS[contacts.kind[row]]] += int(contacts.acts[row])
    return found


def last_sources(exchanges: Exchanges, *, by_ego: bool, day: int) -> dict[int, str]:
    """Where each alter's last act, or ego's last to them, was: what an open turn is found by.

    Args:
        exchanges: ego's own acts with each alter, in time order.
        by_ego: whose acts.
        day: the last UTC day that counts.
    """
    rows = (exchanges.by_ego == by_ego) & (exchanges.day <= day)
    return {
        int(alter): exchanges.sources[source]
        for alter, source in zip(exchanges.alter[rows], exchanges.source[rows], strict=True)
    }


def weekly_flows(contacts: Contacts, *, ego: int, day: int, weeks: int) -> Ints:
    """Acts of ego, and of others towards ego, by source and week; a meeting is in both.

    Args:
        contacts: who reached whom on which day.
        ego: the person whose graph it is.
        day: the last day of the last week.
        weeks: how many weeks.

    Returns:
        Shape ``(2, sources, weeks)``: from ego, then to ego; the earliest week first.
    """
    seen = contacts.day <= day
    sides = (contacts.sender == ego, contacts.recipient == ego)
    return np.stack([_by_week(contacts, seen & own, day, weeks) for own in sides])


def weekly_acts(contacts: Contacts, *, ego: int, day: int, last: int, weeks: int) -> Ints:
    """Acts between ego and others, by source and week.

    Args:
        contacts: who reached whom on which day.
        ego: the person whose graph it is.
        day: the last day that counts.
        last: the last day of the last week.
        weeks: how many weeks.

    Returns:
        Shape ``(sources, weeks)``, the earliest week first.
    """
    own = (contacts.sender == ego) | ((contacts.recipient == ego) & ~SHARED[contacts.kind])
    return _by_week(contacts, own & (contacts.day <= day), last, weeks)


def _by_week(contacts: Contacts, rows: Bools, last: int, weeks: int) -> Ints:
    """Acts of some rows by source and week, the earliest week first; the last ends on a day."""
    out = np.zeros((len(contacts.sources), weeks), dtype=np.int64)
    age = (last - contacts.day) // 7
    rows = rows & (age < weeks)
    np.add.at(out, (contacts.source[rows], weeks - 1 - age[rows]), contacts.acts[rows])
    return out
