"""Introductions, referrals and recommendations of late: who brought whom, who was thanked."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from roc.graph.frames import KINDS, Contacts, Ints, People
from roc.graph.records import Kind
from roc.reports import text
from roc.reports.faces import Face, face

SINCE_DAYS = 91
"""A quarter: what is older is in `roc explain`."""

FAVOURS = (Kind.RECOMMENDATION, Kind.INTRODUCTION, Kind.REFERRAL)


@dataclass(frozen=True, slots=True)
class Favour:
    """One favour between ego and somebody.

    Args:
        who: the other side.
        by_ego: whether ego did it.
        kind: introduction, referral or recommendation.
        day: when.
        others: whom it reached beside the two, on that day.
        thanked: whether whoever got it has thanked since.
    """

    who: Face
    by_ego: bool
    kind: Kind
    day: date
    others: tuple[Face, ...]
    thanked: bool


def favours(people: People, contacts: Contacts, day: int, *, limit: int) -> tuple[Favour, ...]:
    """What people did for ego, and ego for them, over the last quarter; the newest first.

    Args:
        people: everyone in the graph; with those set aside there are no favours.
        contacts: who reached whom on which day.
        day: the last UTC day that counts.
        limit: how many at most.
    """
    ego = people.ego
    kind = np.isin(contacts.kind, [KINDS.index(each) for each in FAVOURS])
    late = (contacts.day <= day) & (contacts.day > day - SINCE_DAYS)
    kept = ~(people.set_aside[contacts.sender] | people.set_aside[contacts.recipient])
    favour = np.flatnonzero(kind & late & kept)
    own = (contacts.sender[favour] == ego) | (contacts.recipient[favour] == ego)
    columns = (contacts.day, contacts.sender, contacts.recipient, contacts.kind)
    acts = np.unique(np.stack([column[favour[own]] for column in columns]), axis=1).T
    latest = acts[::-1][:limit].tolist()
    return tuple(_favour(people, contacts, favour, *act) for act in latest)


def _favour(
    people: People, contacts: Contacts, rows: Ints, day: int, sender: int, recipient: int, kind: int
) -> Favour:
    ego = people.ego
    same = (contacts.sender[rows] == sender) & (contacts.day[rows] == day)
    same &= contacts.kind[rows] == kind
    others = set(contacts.recipient[rows[same]].tolist()) - {ego, recipient}
    thanks = (contacts.kind == KINDS.index(Kind.THANKS)) & (contacts.day >= day)
    thanks &= (contacts.sender == recipient) & (contacts.recipient == sender)
    return Favour(
        who=face(people, recipient if sender == ego else sender),
        by_ego=sender == ego,
        kind=KINDS[kind],
        day=text.day(day),
        others=tuple(face(people, other) for other in sorted(others)),
        thanked=bool(thanks.any()),
    )
