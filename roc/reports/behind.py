"""The acts behind what a report says of people: the last days of contact with each who is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from roc.graph.frames import KINDS, Contacts, Ints, People
from roc.graph.records import Kind
from roc.reports import text
from roc.reports.evidence import SHARED
from roc.reports.faces import Face, face

DAYS_SHOWN = 5
"""As many days of contact with each as a reader checks; `roc explain` tells all."""


@dataclass(frozen=True, slots=True)
class ActsOfDay:
    """What passed on one day in one direction, of one kind, by one source.

    Args:
        day: the day.
        by_ego: whether ego reached the alter; a meeting counts as ego's.
        kind: what the acts are.
        source: where they were recorded.
        acts: how many.
    """

    day: date
    by_ego: bool
    kind: Kind
    source: str
    acts: int


@dataclass(frozen=True, slots=True)
class Behind:
    """The last days of contact with one person.

    Args:
        who: the person.
        days: on how many days there was contact, in all.
        acts: what passed on the last of them, the newest first.
    """

    who: Face
    days: int
    acts: tuple[ActsOfDay, ...]


def behind(
    people: People, contacts: Contacts, day: int, named: Iterable[Face]
) -> tuple[Behind, ...]:
    """The last days of contact with people whom a report names, by name.

    Args:
        people: everyone in the graph.
        contacts: who reached whom on which day.
        day: the last UTC day that counts.
        named: whom the report names, in any order, however often.
    """
    wanted = {who.key: who for who in named}
    ego = people.ego
    own = (contacts.sender == ego) | (contacts.recipient == ego)
    rows = np.flatnonzero(own & (contacts.day <= day))
    alter = np.where(contacts.sender[rows] == ego, contacts.recipient[rows], contacts.sender[rows])
    found = []
    for number in np.unique(alter).tolist():
        who = wanted.get(face(people, number).key)
        if who is not None:
            found.append(_of(contacts, who, rows[alter == number], ego))
    return tuple(sorted(found, key=lambda one: (one.who.name, one.who.key)))


def _of(contacts: Contacts, who: Face, rows: Ints, ego: int) -> Behind:
    days = np.unique(contacts.day[rows])
    last = rows[contacts.day[rows] >= days[-DAYS_SHOWN:][0]]
    by_ego = contacts.sender[last] == ego
    shared = SHARED[contacts.kind[last]]
    told = last[by_ego | ~shared]  # everyone present reached everyone: one row of the two will do
    order = np.lexsort(
        (
            contacts.source[told],
            contacts.kind[told],
            contacts.sender[told] != ego,
            -contacts.day[told],
        )
    )
    acts = (
        ActsOfDay(
            day=text.day(int(contacts.day[row])),
            by_ego=bool(contacts.sender[row] == ego),
            kind=KINDS[contacts.kind[row]],
            source=contacts.sources[contacts.source[row]],
            acts=int(contacts.acts[row]),
        )
        for row in told[order]
    )
    return Behind(who, len(days), tuple(_added(acts)))


def _added(acts: Iterable[ActsOfDay]) -> list[ActsOfDay]:
    """Acts that differ in nothing but whom they reached beside the two, added up."""
    found: list[ActsOfDay] = []
    for one in acts:
        last = found[-1] if found else None
        if last and _key(last) == _key(one):
            found[-1] = ActsOfDay(*_key(one), acts=last.acts + one.acts)
        else:
            found.append(one)
    return found


def _key(one: ActsOfDay) -> tuple[date, bool, Kind, str]:
    return one.day, one.by_ego, one.kind, one.source
