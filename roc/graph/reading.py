"""The way out: the graph's facts as columns, with every account folded into its person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, func, select

from roc.graph import aggregates, gathering_reading, outcome_reading, tables
from roc.graph.databases.dialects import read_rows
from roc.graph.frames import (
    Care,
    Contacts,
    Declared,
    Exchanges,
    Expenses,
    Gatherings,
    Ints,
    Outcomes,
    People,
    Tones,
)
from roc.graph.identity import name_of, the_one
from roc.graph.records import ME, Account, CareWord, Nature

_NOBODY = -1


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """What the graph holds of one source.

    Args:
        source: its name.
        acts: how many acts.
        undated: how many of them have no moment.
        first_day: UTC day of the first, or ``None`` where all are undated.
        last_day: UTC day of the last.
        problems: rows that could not be used.
        outcomes: how many outcomes stand.
    """

    source: str
    acts: int
    undated: int
    first_day: int | None
    last_day: int | None
    problems: int
    outcomes: int = 0


class Reader:
    """Reads frames through one connection; all of them number people alike.

    Args:
        connection: open; the caller keeps it in one transaction, so that the frames fit together.
        ego: whose graph it is taken to be, by account, name or part of either; empty for the
            owner's.
        team: whom the owner works with, by account or by the domain of their mail: set aside.

    Raises:
        UnknownPerson: nobody answers to ``ego``, or more than one.
    """

    def __init__(self, connection: Connection, ego: str, team: Sequence[str] = ()) -> None:
        self._connection = connection
        self._sources = self._source_names()
        self.people, self._person_of = self._read_people(ego, team)

    # --- people -------------------------------------------------------------------------------

    def _read_people(self, ego: str, team: Sequence[str]) -> tuple[People, Ints]:
        columns = tables.account.c
        rows = self._connection.execute(
            select(
                columns.id,
                columns.person_id,
                columns.source,
                columns.handle,
                columns.name,
                columns.organisation,
                columns.nature,
                columns.muted,
                columns.owner,
            )
        ).all()
        by_person: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            by_person[row.person_id].append(row)
        tags = self._tags({row.id: row.person_id for row in rows})
        described = sorted(
            (_described(accounts, tags[person], team), person)
            for person, accounts in by_person.items()
        )
        number_of = {person: number for number, (_, person) in enumerate(described)}
        person_of = np.full(max(row.id for row in rows) + 1, _NOBODY, dtype=np.int64)
        for row in rows:
            person_of[row.id] = number_of[row.person_id]
        mine = next(row.person_id for row in rows if Account(row.source, row.handle) == ME)
        if ego:
            mine = the_one(ego, ((r.person_id, f"{r.source}:{r.handle}", r.name) for r in rows))
        columns_of = zip(*(columns for columns, _ in described), strict=True)
        keys, names, organisations, aside, accounts, words = columns_of
        people = People(
            keys=keys,
            names=names,
            organisations=organisations,
            aside=aside,
            set_aside=np.array([bool(reason) for reason in aside], dtype=np.bool_),
            accounts=accounts,
            tags=words,
            ego=number_of[mine],
        )
        return people, person_of

    def _tags(self, person_of: dict[int, int]) -> dict[int, set[str]]:
        """The owner's words for people, and for the acts that they took part in."""
        tags: dict[int, set[str]] = defaultdict(set)
        for number, word in self._connection.execute(aggregates.tags()):
            tags[person_of[number]].add(word)
        return tags

    def care(self) -> Care:
        """How the owner wants to keep in touch; of two accounts of one person, more care counts."""
        count = len(self.people)
        cadence, until = np.zeros(count, dtype=np.int64), np.full(count, -1, dtype=np.int64)
        pinned = np.zeros(count, dtype=np.bool_)
        for row in self._connection.execute(select(tables.care)):
            person = self._person_of[row.account_id]
            match row.word:
                case CareWord.CADENCE:
                    cadence[person] = min(row.value, cadence[person] or row.value)
                case CareWord.SNOOZE:
                    until[person] = max(row.value, until[person])
                case CareWord.PIN:
                    pinned[person] = True
        return Care(cadence_days=cadence, snoozed_until=until, pinned=pinned)

    # --- what passed --------------------------------------------------------------------------

    def contacts(self, last_day: int | None = None) -> Contacts:
        """Who reached whom on which day, up to and including ``last_day``."""
        pair, when, how_many = read_rows(self._connection, aggregates.packed_contacts(last_day))
        sender, recipient = self._persons(pair >> 32), self._persons(pair & 0xFFFFFFFF)
        others = sender != recipient
        return Contacts(
            sender=sender[others],
            recipient=recipient[others],
            day=(when >> 32)[others],
            kind=(when >> 16 & 0xFFFF)[others],
            source=self._source_places((when & 0xFFFF)[others]),
            audience=(how_many >> 32)[others],
            acts=(how_many & 0xFFFFFFFF)[others],
            sources=self._source_list(),
        )

    def exchanges(self, last_day: int) -> Exchanges:
        """Ego's directed acts with each alter whose moment is known, in time order."""
        columns = self._with_alters(aggregates.exchanges(self._own_accounts(), last_day))
        columns[5] = self._source_places(columns[5])
        # By moment, then alter; after these by all the rest, as rows come in no promised order.
        order = np.lexsort([columns[place] for place in (6, 5, 4, 3, 1, 0, 2)])
        alter, by_ego, at, audience, kind, source, thread = (column[order] for column in columns)
        return Exchanges(
            alter=alter,
            by_ego=by_ego.astype(np.bool_),
            at=at,
            audience=audience,
            kind=kind,
            source=source,
            thread=thread,
            sources=self._source_list(),
        )

    def tones(self, last_day: int) -> Tones:
        """How ego's messages with each alter are written, in the order of days."""
        columns = self._with_alters(aggregates.tones(self._own_accounts(), last_day))
        columns[2] //= aggregates.DAY_SECONDS
        # By day; after it by all the rest, as rows come in no promised order.
        order = np.lexsort([columns[place] for place in (5, 4, 3, 1, 0, 2)])
        alter, by_ego, day, audience, judged, warmth = (column[order] for column in columns)
        return Tones(
            alter=alter,
            by_ego=by_ego.astype(np.bool_),
            day=day,
            audience=audience,
            warmth=np.where(judged.astype(np.bool_), warmth / 1000.0, np.nan),
        )

    def expenses(self, last_day: int) -> Expenses:
        """What the owner spent on acts, shared evenly among the others in each."""
        acts: dict[int, tuple[set[int], int, float]] = {}
        for row in self._connection.execute(aggregates.expenses(last_day)):
            present, _, _ = acts.setdefault(row.id, (set(), row.day, row.amount))
            present.update(self._person_of[[row.sender_id, row.account_id]].tolist())
        shares: dict[tuple[int, int], list[float]] = defaultdict(list)
        for present, day, amount in acts.values():
            others = present - {self.people.ego}
            for alter in others:
                shares[alter, day].append(amount / len(others))
        rows = sorted(shares)
        return Expenses(
            alter=np.array([alter for alter, _ in rows], dtype=np.int64),
            day=np.array([day for _, day in rows], dtype=np.int64),
            # fsum is exact, so that the order of reading is no matter.
            amount=np.array([fsum(shares[row]) for row in rows], dtype=np.float64),
        )

    def gatherings(self) -> Gatherings:
        """Occasions that people came to, or are asked to."""
        return gathering_reading.gatherings(self._connection, self._person_of)

    def currencies(self) -> tuple[str, ...]:
        """In which currencies costs are told, sorted; amounts are added up as they stand."""
        told = select(tables.expense.c.currency).where(tables.expense.c.currency != "").distinct()
        return tuple(sorted(self._connection.execute(told).scalars()))

    def declared(self) -> Declared:
        """Standing relations that sources state, between people."""
        columns = tables.declared_tie.c
        rows = sorted(
            (
                int(self._person_of[row.account_id]),
                int(self._person_of[row.other_id]),
                row.kind == "follows",
                _NOBODY if row.since_day is None else row.since_day,
                self._sources[row.source_id],
            )
            for row in self._connection.execute(
                select(
                    columns.account_id,
                    columns.other_id,
                    columns.kind,
                    columns.since_day,
                    columns.source_id,
                )
            )
            if self._person_of[row.account_id] != self._person_of[row.other_id]
        )
        names = self._source_list()
        person, other, follows, day, source = zip(*rows, strict=True) if rows else [()] * 5
        return Declared(
            person=np.array(person, dtype=np.int64),
            other=np.array(other, dtype=np.int64),
            follows=np.array(follows, dtype=np.bool_),
            day=np.array(day, dtype=np.int64),
            source=np.array([names.index(name) for name in source], dtype=np.int64),
            sources=names,
        )

    def outcomes(self, last_day: int | None = None) -> Outcomes:
        """What came of people, as it stood at the end of ``last_day``."""
        return outcome_reading.outcomes(self._connection, self._person_of, self._sources, last_day)

    def sources(self) -> tuple[SourceFacts, ...]:
        """What the graph holds, source by source, sorted by name."""
        columns = tables.problem.c
        counted = select(columns.source, func.count().label("rows")).group_by(columns.source)
        problems = {row.source: row.rows for row in self._connection.execute(counted)}
        acts = {
            self._sources[row.source_id]: row
            for row in self._connection.execute(aggregates.acts_by_source())
        }
        outcomes = {
            self._sources[number]: count
            for number, count in outcome_reading.outcomes_by_source(self._connection).items()
        }
        return tuple(
            SourceFacts(
                source=name,
                acts=acts[name].acts if name in acts else 0,
                undated=acts[name].undated if name in acts else 0,
                first_day=_day(acts[name].first) if name in acts else None,
                last_day=_day(acts[name].last) if name in acts else None,
                problems=problems.get(name, 0),
                outcomes=outcomes.get(name, 0),
            )
            for name in sorted({*acts, *problems, *outcomes})
        )

    # --- from rows to columns -----------------------------------------------------------------

    def _source_names(self) -> dict[int, str]:
        rows = self._connection.execute(select(tables.source.c.id, tables.source.c.name))
        return {row.id: row.name for row in rows}

    def _source_list(self) -> tuple[str, ...]:
        return tuple(sorted(self._sources.values()))

    def _source_places(self, numbers: Ints) -> Ints:
        """Rows' source ids, given in order of arrival, as places in the sorted list of names."""
        names = self._source_list()
        places = np.zeros(max(self._sources, default=0) + 1, dtype=np.int64)
        for number, name in self._sources.items():
            places[number] = names.index(name)
        return places[numbers]

    def _own_accounts(self) -> list[int]:
        accounts: list[int] = np.flatnonzero(self._person_of == self.people.ego).tolist()
        return accounts

    def _with_alters(self, acts: Select[Any]) -> list[Ints]:
        """Ego's acts as columns, the first of which tells the other's account: now the person."""
        columns = read_rows(self._connection, acts)
        alter = self._persons(columns[0])
        keep = alter != self.people.ego
        return [column[keep] for column in (alter, *columns[1:])]

    def _persons(self, accounts: Ints) -> Ints:
        return self._person_of[accounts]


def _day(moment: int | None) -> int | None:
    return None if moment is None else moment // aggregates.DAY_SECONDS


def _described(accounts: list[Any], tags: set[str], team: Sequence[str]) -> tuple[Any, ...]:
    """A person's columns, from their accounts and the owner's words for them."""
    keys = sorted(f"{row.source}:{row.handle}" for row in accounts)
    name = name_of(row.name for row in accounts)
    organisation = max((row.organisation for row in accounts), key=lambda text: (len(text), text))
    return (
        keys[0],
        name or keys[0],
        organisation,
        _reason_to_set_aside(accounts, team),
        tuple(keys),
        tuple(sorted(tags)),
    )


def _reason_to_set_aside(accounts: list[Any], team: Sequence[str]) -> str:
    """Why a person is in no score, in a word; empty where they are."""
    if any(row.muted for row in accounts):
        return "muted"
    natures = sorted({row.nature for row in accounts})
    if Nature.PERSON.value not in natures:
        return str(natures[0])
    ours = not any(row.owner for row in accounts) and any(_is_of(row, team) for row in accounts)
    return "own team" if ours else ""


def _is_of(row: Any, team: Sequence[str]) -> bool:
    """Whether an account is one of the team's, or has a mail address at one of its domains."""
    key = f"{row.source}:{row.handle}"
    is_mail = row.source == "email"
    if is_mail:  # the one source whose handles are told in either case
        key = key.casefold()
        team = [member.casefold() for member in team]
    return any(
        is_mail and key.endswith(f"@{member.lstrip('@')}") if ":" not in member else key == member
        for member in map(str.strip, team)
    )
