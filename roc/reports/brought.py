"""Who brought what came: credit along the roads of introductions, and thanks that are due."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from roc.graph.frames import (
    KINDS,
    NO_DAY,
    Contacts,
    Outcomes,
    People,
)
from roc.graph.records import Kind
from roc.reports.faces import Face, face
from roc.reports.spells import sold, with_whom
from roc.reports.spending import summed, worth
from roc.scoring.credit import Introduction, by_position, roads, shapley

_BRINGING = (Kind.INTRODUCTION, Kind.REFERRAL)


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brought, by introducing whom it came from, or who introduced those.

    Args:
        who: the person.
        outcomes: to how many won deals and renewals a road of theirs leads.
        credit: their Shapley shares of these, added up.
        by_position: the same, by where they stand on the roads.
        value: by currency, their share of what these are worth.
        thanked: whether ego has thanked them since the last of their introductions.
    """

    who: Face
    outcomes: int
    credit: float
    by_position: float
    value: tuple[tuple[str, float], ...]
    thanked: bool


@dataclass(frozen=True, slots=True)
class Credit:
    """Who brought what.

    Args:
        brought: everyone with a share, the largest first.
        outcomes: won deals and renewals to which a road of introductions leads.
        alone: those to which none does.
    """

    brought: tuple[Brought, ...]
    outcomes: int
    alone: int


def introductions(people: People, contacts: Contacts, day: int) -> list[Introduction]:
    """Who brought ego together with whom: introductions and referrals that name both.

    Args:
        people: everyone; those set aside bring nobody.
        contacts: who reached whom on which day.
        day: the last UTC day that counts.
    """
    ego = people.ego
    kept = np.isin(contacts.kind, [KINDS.index(kind) for kind in _BRINGING])
    kept &= (contacts.day <= day) & (contacts.sender != ego)
    kept &= ~people.set_aside[contacts.sender] & ~people.set_aside[contacts.recipient]
    columns = (contacts.sender, contacts.day, contacts.kind, contacts.recipient)
    reached: dict[tuple[int, int, int], set[int]] = defaultdict(set)
    for sender, when, kind, whom in zip(*(one[kept].tolist() for one in columns), strict=True):
        reached[sender, when, kind].add(whom)
    return [
        Introduction(by=sender, of=whom, day=when)
        for (sender, when, _), others in sorted(reached.items())
        if ego in others
        for whom in sorted(others - {ego})
    ]


def credit(people: People, contacts: Contacts, outcomes: Outcomes, day: int) -> Credit:
    """Who brought the deals and renewals that were won.

    Args:
        people: everyone.
        contacts: who reached whom on which day.
        outcomes: as they stood on the day.
        day: the last UTC day that counts.
    """
    told = introductions(people, contacts, day)
    whom = with_whom(people, outcomes)
    shares: dict[int, list[tuple[int, Fraction, Fraction]]] = defaultdict(list)
    alone, found = 0, 0
    for row in np.flatnonzero(sold(outcomes)).tolist():
        began = int(outcomes.opened[row])
        last = int(outcomes.closed[row]) if began == NO_DAY else began
        ways = [way for to in whom[row] for way in roads(told, to, day if last == NO_DAY else last)]
        if not ways:
            alone += 1
            continue
        found += 1
        places = by_position(ways)
        for person, share in shapley(ways).items():
            shares[person].append((row, share, places[person]))
    brought = [_brought(people, contacts, outcomes, told, *each) for each in shares.items()]
    brought.sort(key=lambda one: (-one.credit, one.who.key))
    return Credit(tuple(brought), found, alone)


def _brought(
    people: People,
    contacts: Contacts,
    outcomes: Outcomes,
    told: Sequence[Introduction],
    person: int,
    shares: Sequence[tuple[int, Fraction, Fraction]],
) -> Brought:
    value = [
        (currency, float(share) * amount)
        for row, share, _ in shares
        for currency, amount in worth(outcomes, [row])
    ]
    last = max(one.day for one in told if one.by == person)
    thanks = (contacts.kind == KINDS.index(Kind.THANKS)) & (contacts.day >= last)
    thanks &= (contacts.sender == people.ego) & (contacts.recipient == person)
    return Brought(
        who=face(people, person),
        outcomes=len(shares),
        credit=float(sum(share for _, share, _ in shares)),
        by_position=float(sum(place for *_, place in shares)),
        value=summed(value),
        thanked=bool(thanks.any()),
    )
