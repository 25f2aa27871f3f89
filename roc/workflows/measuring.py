"""Measuring: every tie of ego at a moment, kept as a snapshot and told in rows."""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TypeVar

import numpy as np

from roc import __version__
from roc.collectors.registry import one_way
from roc.config import Config
from roc.errors import NoEgo
from roc.graph.frames import (
    Care,
    Contacts,
    Declared,
    Exchanges,
    Expenses,
    Floats,
    Gatherings,
    Outcomes,
    People,
    Tones,
)
from roc.graph.identity import mentioned
from roc.graph.reading import Reader, SourceFacts
from roc.graph.store import Graph
from roc.reports.text import day as date_of
from roc.reports.text import day_number
from roc.scoring.measures import STATES, Measures, TieMeasures
from roc.scoring.network import measure
from roc.scoring.parameters import ScoringParameters
from roc.scoring.returns import points
from roc.workflows.collecting import opened
from roc.workflows.evaluating import GoneBy, gone_by

WEEK_DAYS = 7
_KEPT_SCORES = (
    "strength",
    "alive",
    "trust",
    "known",
    "known_and_trusted",
    "returned",
    "invested",
    "connection_roc",
    "balance",
)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """The graph as ego sees it at a moment: its facts as columns, and what was measured.

    Args:
        day: the UTC day it is for, inclusive.
        people: everyone.
        contacts: who reached whom on which day, up to that day.
        exchanges: ego's acts whose moment is known.
        expenses: what ego spent.
        declared: standing relations.
        tones: how messages are written, where the owner asked for it.
        care: how ego wants to keep in touch with people.
        sources: what the graph holds of each source.
        measures: ego's ties and network.
        by: what they were measured with.
    """

    day: int
    people: People
    contacts: Contacts
    exchanges: Exchanges
    expenses: Expenses
    declared: Declared
    tones: Tones
    care: Care
    sources: tuple[SourceFacts, ...]
    measures: Measures
    by: GoneBy

    @property
    def parameters(self) -> ScoringParameters:
        """The numbers of the scores."""
        return self.by.parameters


@dataclass(frozen=True, slots=True)
class TieRow:
    """One tie, for a table or for ``--json``; ``nan`` where undefined (see ``TieMeasures``).

    ``points`` is what the tie adds to the network's RoC score; all ties' points sum to it.
    """

    person: str
    name: str
    organisation: str
    strength: float
    strength_low: float
    strength_high: float
    state: str
    fading: bool
    alive: float
    balance: float
    trust: float
    known_and_trusted: float
    returned: float
    invested: float
    connection_roc: float
    points: float
    last_contact: date | None


@dataclass(frozen=True, slots=True, eq=False)
class CameBack:
    """What came back; read only where it is asked for.

    Args:
        gatherings: occasions that people came to, or are asked to.
        outcomes: what came of people, as it stood on the day.
    """

    gatherings: Gatherings
    outcomes: Outcomes


@contextmanager
def viewed(config: Config, *, as_of: date, ego: str = "") -> Iterator[tuple[Graph, View]]:
    """The graph as ego sees it, with the graph still open.

    Args:
        config: the settings.
        as_of: the day the numbers are for, inclusive; acts after it are not seen.
        ego: whose graph it is taken to be; empty for the owner's.

    Raises:
        NoEgo: nothing in the graph is the owner's, or nothing had happened yet by that day.
        UnknownPerson: nobody answers to ``ego``.
    """
    with _viewed(config, as_of, ego, lambda _: None) as (graph, view, _):
        yield graph, view


@contextmanager
def viewed_with_return(
    config: Config, *, as_of: date, ego: str = ""
) -> Iterator[tuple[Graph, View, CameBack]]:
    """As ``viewed``, with what came back, of the same moment of the graph."""
    day = day_number(as_of)

    def came_back(reader: Reader) -> CameBack:
        return CameBack(reader.gatherings(), reader.outcomes(day))

    with _viewed(config, as_of, ego, came_back) as seen:
        yield seen


_Also = TypeVar("_Also")


@contextmanager
def _viewed(
    config: Config, as_of: date, ego: str, also: Callable[[Reader], _Also]
) -> Iterator[tuple[Graph, View, _Also]]:
    """As ``viewed``, with what ``also`` reads within the same transaction."""
    day = day_number(as_of)
    with opened(config) as graph:
        with graph.read(ego) as reader:
            people = reader.people
            contacts = reader.contacts(day)
            exchanges = reader.exchanges(day)
            expenses = reader.expenses(day)
            declared = reader.declared()
            tones = reader.tones(day)
            more = also(reader)
            care = reader.care()
            sources = reader.sources()
        if config.me.name and not ego:
            people = _called(people, config.me.name)
        _check_begun(contacts, sources, day)
        _check_ego(people, contacts, declared)
        facts = people, contacts, exchanges, expenses, declared
        by = gone_by(config, ego)
        yield graph, View(day, *facts, tones, care, sources, _measured(by, day, *facts), by), more


def weeks_before(view: View, weeks: int) -> list[Measures]:
    """The same measured on the same day of earlier weeks, from the same facts, oldest first.

    Weeks in which nothing had passed yet are left out. Measuring anew, instead of looking up what
    was kept, makes a report a function of the facts and the day alone.
    """
    return measured_on(view, [view.day - WEEK_DAYS * back for back in range(weeks, 0, -1)])


def measured_on(view: View, days: Sequence[int]) -> list[Measures]:
    """The same measured on earlier days, from the same facts; those before all acts are left out.

    Args:
        view: the graph as ego sees it.
        days: UTC days, none after the view's.
    """
    first_day = int(view.contacts.day.min(initial=view.day))
    facts = view.people, view.contacts, view.exchanges, view.expenses, view.declared
    return [_measured(view.by, day, *facts) for day in days if day >= first_day]


def score(config: Config, *, as_of: date, ego: str = "") -> tuple[View, list[TieRow]]:
    """Measure all of ego's ties and keep them as a snapshot; rows come strongest first."""
    with viewed(config, as_of=as_of, ego=ego) as (graph, view):
        keep_snapshot(graph, view)
        return view, tie_rows(view)


def who(config: Config, words: str, *, as_of: date, ego: str = "") -> list[TieRow]:
    """Who knows and trusts ego, most first; only those whom ``words`` match where given.

    Words match a part of a name, an organisation, an account or a tag, in any case.
    """
    with viewed(config, as_of=as_of, ego=ego) as (_, view):
        rows = [row for row in tie_rows(view) if not math.isnan(row.known_and_trusted)]
        people = view.people
        place = {key: number for number, key in enumerate(people.keys)}

        def matches(row: TieRow) -> bool:
            number = place[row.person]
            texts = (row.name, row.organisation, *people.accounts[number], *people.tags[number])
            return mentioned(words, texts)

        return sorted(filter(matches, rows), key=lambda row: (-row.known_and_trusted, row.person))


def tie_rows(view: View) -> list[TieRow]:
    """Ego's ties as rows, strongest first, those with no strength last."""
    ties = view.measures.ties
    added = points(ties.returned, ties.invested)
    rows = [_tie_row(view.people, ties, added, place) for place in range(len(ties))]
    return sorted(rows, key=lambda row: (-_or_zero(row.strength), row.person))


def person_number(graph: Graph, people: People, words: str) -> int:
    """The number of the one person who answers to an account, a name or a part of either.

    Raises:
        UnknownPerson: nobody does, or more than one.
    """
    with graph.read(words) as reader:
        found = reader.people
    return people.keys.index(found.keys[found.ego])


def keep_snapshot(graph: Graph, view: View) -> None:
    """Keep what was measured, as a record of what was said."""
    people, ties = view.people, view.measures.ties
    scores = {
        people.keys[alter]: {
            name: float(getattr(ties, name)[place])
            for name in _KEPT_SCORES
            if not math.isnan(getattr(ties, name)[place])
        }
        for place, alter in enumerate(ties.alter.tolist())
    }
    network = {
        item.name: float(getattr(view.measures.network, item.name))
        for item in fields(view.measures.network)
    }
    ego = people.keys[people.ego]
    scores[ego] = {name: value for name, value in network.items() if not math.isnan(value)}
    graph.keep_snapshot(
        day=view.day,
        ego_key=ego,
        version=__version__,
        parameters={**view.parameters.plain(), **view.by.compared},
        scores=scores,
    )


def _measured(
    by: GoneBy,
    day: int,
    people: People,
    contacts: Contacts,
    exchanges: Exchanges,
    expenses: Expenses,
    declared: Declared,
) -> Measures:
    facts = people, contacts, exchanges, expenses, declared
    return measure(*facts, day, by.parameters, one_way=one_way(), own_past=by.own_past)


def _called(people: People, name: str) -> People:
    """Ego by the name that the config gives."""
    names = list(people.names)
    names[people.ego] = name
    return replace(people, names=tuple(names))


def _check_begun(contacts: Contacts, sources: Sequence[SourceFacts], day: int) -> None:
    first_days = [source.first_day for source in sources if source.first_day is not None]
    if not len(contacts) and first_days and min(first_days) > day:
        raise NoEgo(
            f"Nothing had happened yet on {date_of(day)}.",
            hint=f"the first act is of {date_of(min(first_days))}: "
            "name that day or a later one with --as-of.",
        )


def _check_ego(people: People, contacts: Contacts, declared: Declared) -> None:
    if not len(contacts) and not len(declared.person):
        raise NoEgo("The graph holds no acts yet.", hint="collect some: roc collect PATH…")
    ego = people.ego
    if people.set_aside[ego]:
        raise NoEgo(
            f"{people.keys[ego]} is left out of scores: muted, or no person.",
            hint=f"take in whom you muted with: roc people mute {people.keys[ego]} --undo",
        )
    mine = np.any(contacts.sender == ego) or np.any(contacts.recipient == ego)
    if not mine and not np.any(declared.person == ego) and not np.any(declared.other == ego):
        raise NoEgo(
            "Nobody in the graph is known to be you.",
            hint='add your accounts to [me] accounts in the config, as "email:you@example.org", '
            "or name somebody with --ego.",
        )


def tie_row(people: People, ties: TieMeasures, place: int) -> TieRow:
    """The tie at a place of the measures as a row."""
    return _tie_row(people, ties, points(ties.returned, ties.invested), place)


def _tie_row(people: People, ties: TieMeasures, added: Floats, place: int) -> TieRow:
    alter = int(ties.alter[place])
    last_day = int(ties.last_day[place])
    return TieRow(
        person=people.keys[alter],
        name=people.names[alter],
        organisation=people.organisations[alter],
        strength=float(ties.strength[place]),
        strength_low=float(ties.strength_low[place]),
        strength_high=float(ties.strength_high[place]),
        state=STATES[ties.state[place]],
        fading=bool(ties.fading[place]),
        alive=float(ties.alive[place]),
        balance=float(ties.balance[place]),
        trust=float(ties.trust[place]),
        known_and_trusted=float(ties.known_and_trusted[place]),
        returned=float(ties.returned[place]),
        invested=float(ties.invested[place]),
        connection_roc=float(ties.connection_roc[place]),
        points=float(added[place]),
        last_contact=None if last_day < 0 else date_of(last_day),
    )


def _or_zero(value: float) -> float:
    return -1.0 if math.isnan(value) else value
