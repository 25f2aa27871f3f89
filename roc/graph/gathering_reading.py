"""Gatherings on the way out: what a journal and a calendar tell of one evening is one evening."""

from collections import defaultdict
from dataclasses import dataclass, field
from math import fsum

import numpy as np
from sqlalchemy import Connection, select

from roc.graph import aggregates, tables
from roc.graph.frames import Gatherings, Ints
from roc.graph.records import FORMATS

_ASKED_DAYS = 90  # an invitation of longer ago was to something else
_SHARED = 0.5  # two tellings of one day are of one gathering where so many of the fewer are in both


@dataclass(slots=True)
class _Occasion:
    day: int
    people: set[int] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    amounts: list[float] = field(default_factory=list)
    currencies: set[str] = field(default_factory=set)

    def is_told_by(self, other: "_Occasion") -> bool:
        """Whether another telling is of the same occasion."""
        fewer = min(len(self.people), len(other.people))
        return self.day == other.day and len(self.people & other.people) > _SHARED * fewer

    def join(self, other: "_Occasion") -> None:
        self.people |= other.people
        self.words |= other.words
        self.amounts += other.amounts
        self.currencies |= other.currencies

    @property
    def format(self) -> str:
        return next((word for word in FORMATS if word in self.words), "")


def gatherings(connection: Connection, person_of: Ints) -> Gatherings:
    """Every gathering that is told, by day, those ahead among them.

    Args:
        connection: within a transaction.
        person_of: the person of each account.
    """
    found = _joined(_told(connection, person_of))
    found.sort(key=lambda one: (one.day, one.format, sorted(one.people)))
    asked = _asked(connection, person_of)
    people = [(row, person) for row, one in enumerate(found) for person in sorted(one.people)]
    both = np.array(people, dtype=np.int64).reshape(-1, 2)
    return Gatherings(
        day=np.array([one.day for one in found], dtype=np.int64),
        format=tuple(one.format for one in found),
        tags=tuple(tuple(sorted(one.words.difference(FORMATS))) for one in found),
        invited=np.array([_invited(one, asked) for one in found], dtype=np.int64),
        amount=np.array([_amount(one) for one in found], dtype=np.float64),
        currency=tuple("".join(sorted(one.currencies)[:1]) for one in found),
        gathering=both[:, 0],
        person=both[:, 1],
    )


def _told(connection: Connection, person_of: Ints) -> list[_Occasion]:
    """Each telling by itself, by day and by who was there."""
    acts: dict[int, _Occasion] = {}
    for row in connection.execute(aggregates.gatherings()):
        if row.id not in acts:
            acts[row.id] = _Occasion(row.day)
            if row.amount is not None:
                acts[row.id].amounts.append(row.amount)
                acts[row.id].currencies.add(row.currency)
        acts[row.id].people.update(person_of[[row.sender_id, row.account_id]].tolist())
    tag = tables.interaction_tag.c
    words = select(tag.interaction_id, tag.tag).where(
        tag.interaction_id.in_(aggregates.occasions())
    )
    for number, word in connection.execute(words):
        if number in acts:
            acts[number].words.add(word)
    return sorted(acts.values(), key=lambda one: (one.day, sorted(one.people), one.format))


def _joined(told: list[_Occasion]) -> list[_Occasion]:
    by_day: dict[int, list[_Occasion]] = defaultdict(list)
    for one in told:
        same = next((known for known in by_day[one.day] if known.is_told_by(one)), None)
        if same is None:
            by_day[one.day].append(one)
        else:
            same.join(one)
    return [one for day in by_day.values() for one in day]


def _asked(connection: Connection, person_of: Ints) -> dict[str, list[tuple[int, int]]]:
    """Who was asked to something on which day, by the owner's word for it."""
    asked: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in connection.execute(aggregates.invitations()):
        asked[row.tag].append((row.day, int(person_of[row.account_id])))
    return asked


def _invited(one: _Occasion, asked: dict[str, list[tuple[int, int]]]) -> int:
    """How many were asked to come; whoever came was, where anybody was."""
    whom = {
        person
        for word in one.words
        for day, person in asked.get(word, ())
        if one.day - _ASKED_DAYS <= day <= one.day
    }
    return len(whom | one.people) - 1 if whom else 0


def _amount(one: _Occasion) -> float:
    # fsum is exact, so that the order of reading is no matter.
    return fsum(one.amounts) if len(one.currencies) == 1 else float("nan")
