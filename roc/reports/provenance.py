"""Where a report's numbers come from: day, sources, counts, settings, and what is in doubt."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

import roc
from roc.graph.frames import Bools, Contacts, People
from roc.reports import text
from roc.reports.evidence import distinct_acts
from roc.reports.words import say
from roc.scoring.measures import STATES, Measures
from roc.scoring.parameters import ScoringParameters

WIDE_INTERVAL = 30.0
"""An interval of tie strength wider than this is thin evidence: nearly a third of the scale."""

STALE_DAYS = 30
"""A source without an act for this long is named: an export grows old within a month."""


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """What one source covers.

    Args:
        source: its name.
        first: date of its first act.
        last: date of its last act.
        acts: acts between two people.
        given: days on which ego reached somebody there, over all alters.
        received: days on which somebody there reached ego.
    """

    source: str
    first: date
    last: date
    acts: int
    given: int
    received: int


@dataclass(frozen=True, slots=True)
class Failing:
    """A live source that could not be asked the last time.

    Args:
        name: what the owner calls the connection.
        since: day of the first of the runs that failed one after the other.
        reason: why the last one did, in a sentence.
        hint: what to do.
    """

    name: str
    since: date
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the numbers come from.

    Args:
        as_of: the last day that counts.
        sources: what each source covers, in the order of their names.
        people: people who count, without ego.
        set_aside: people kept but left out of scores.
        acts: acts between two people.
        problems: rows that sources held but that could not be used.
        undated: acts without a known moment, which count nowhere.
        failing: live sources that could not be asked the last time.
        version: of the product.
        parameters: every setting of the scores.
    """

    as_of: date
    sources: tuple[SourceSpan, ...]
    people: int
    set_aside: int
    acts: int
    problems: int
    undated: int
    failing: tuple[Failing, ...]
    version: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to bear in mind when reading the numbers.

    Args:
        code: a short stable word.
        count: how many people, ties or acts it touches.
        text: what it means, in a sentence or two.
    """

    code: str
    count: int
    text: str


def provenance(
    people: People,
    contacts: Contacts,
    measures: Measures,
    parameters: ScoringParameters,
    *,
    problems: int = 0,
    undated: int = 0,
    failing: Sequence[Failing] = (),
) -> Provenance:
    """Where a report's numbers come from.

    Args:
        people: everyone in the graph.
        contacts: who reached whom on which day.
        measures: the numbers of the day.
        parameters: the settings they were made with.
        problems: rows that could not be used.
        undated: acts without a known moment.
        failing: live sources that could not be asked the last time.
    """
    seen = contacts.day <= measures.day
    counted = ~people.set_aside
    if people.ego >= 0:
        counted[people.ego] = False
    spans = (_span(contacts, place, people.ego, measures.day) for place in _used(contacts, seen))
    return Provenance(
        as_of=text.day(measures.day),
        sources=tuple(sorted(spans, key=lambda span: span.source)),
        people=int(counted.sum()),
        set_aside=int(people.set_aside.sum()),
        acts=distinct_acts(contacts, seen),
        problems=problems,
        undated=undated,
        failing=tuple(failing),
        version=roc.__version__,
        parameters=parameters.plain(),
    )


def _used(contacts: Contacts, seen: Bools) -> list[int]:
    return [int(place) for place in np.unique(contacts.source[seen])]


def _span(contacts: Contacts, place: int, ego: int, day: int) -> SourceSpan:
    rows = (contacts.source == place) & (contacts.day <= day)
    days = contacts.day[rows]
    return SourceSpan(
        source=text.plain(contacts.sources[place], 40),
        first=text.day(days.min()),
        last=text.day(days.max()),
        acts=distinct_acts(contacts, rows),
        given=int((contacts.sender[rows] == ego).sum()),
        received=int((contacts.recipient[rows] == ego).sum()),
    )


def doubts(people: People, measures: Measures, basis: Provenance) -> tuple[Doubt, ...]:
    """What to bear in mind when reading the numbers, the gravest first.

    Args:
        people: everyone in the graph.
        measures: the numbers of the day.
        basis: where they come from.
    """
    found = [
        _no_ego(people),
        _failing(basis),
        _one_way(basis, measures),
        _stale(basis),
        _unmerged(people),
        _thin(measures),
        _only_declared(measures),
        _set_aside(people),
        _undated(basis),
        _problems(basis),
    ]
    return tuple(doubt for doubt in found if doubt.count)


def _no_ego(people: People) -> Doubt:
    return Doubt(
        "no_ego",
        int(people.ego < 0),
        say(
            "Nobody in the graph is known to be you, so there is no tie to measure. "
            "Name your own accounts in the settings."
        ),
    )


def _failing(basis: Provenance) -> Doubt:
    told = " ".join(
        say(
            "{who} could not be asked since {since}: {reason} What to do: {hint}",
            who=text.sentence(text.source_name(each.name)),
            since=text.long_date(each.since),
            reason=text.plain(each.reason, 200),
            hint=text.plain(each.hint, 200),
        )
        for each in basis.failing
    )
    return Doubt("failing_source", len(basis.failing), told)


def _one_way(basis: Provenance, measures: Measures) -> Doubt:
    named = [
        f"{text.source_name(span.source)} ({_heard(span, measures)})"
        for span in basis.sources
        if _heard(span, measures)
    ]
    unheard = int(measures.ties.one_way.sum())
    told = say("Ties known from there alone look more one-sided than they are.")
    if measures.heard_one_way:
        told = say(
            "Whether anything came back there nobody can hear: balance, what is owed and the "
            "return leave it out."
        )
        if unheard:
            told = say(
                "Whether anything came back there nobody can hear: balance, what is owed and the "
                "return leave it out, and {ties} known from there alone.",
                ties=text.counted(unheard, "tie"),
            )
    return Doubt(
        "one_way_source",
        len(named),
        f"{say('Holding one direction only: {named}.', named=text.joined(named))} {told}",
    )


def _heard(span: SourceSpan, measures: Measures) -> str:
    """Which side of a source is missing, in words; empty where both are heard."""
    if bool(span.given) != bool(span.received):
        return say("from you") if span.given else say("to you")
    return say("from you, in part") if span.source in measures.heard_one_way else ""


def _stale(basis: Provenance) -> Doubt:
    named = [
        say(
            "{source} (last act {last})",
            source=text.source_name(span.source),
            last=text.long_date(span.last),
        )
        for span in basis.sources
        if (basis.as_of - span.last).days > STALE_DAYS
    ]
    return Doubt(
        "stale_source",
        len(named),
        say(
            "Nothing recent from {named}. If you still use it, collect it again: "
            "silence there may be a gap in the data.",
            named=text.joined(named),
        ),
    )


def _unmerged(people: People) -> Doubt:
    named = Counter(
        people.names[number].casefold().strip()
        for number in range(len(people))
        if not people.set_aside[number] and people.names[number] != people.keys[number]
    )
    same = sum(number for name, number in named.items() if name and number > 1)
    return Doubt(
        "same_name",
        same,
        say(
            "{people} share a name with somebody else and may be the same person; "
            "their ties are then counted apart.",
            people=text.sentence(text.counted(same, "person", "people")),
        ),
    )


def _thin(measures: Measures) -> Doubt:
    ties = measures.ties
    thin = int((ties.strength_high - ties.strength_low > WIDE_INTERVAL).sum())
    return Doubt(
        "thin_evidence",
        thin,
        say(
            "The strength of {ties} rests on thin evidence: its interval is wider "
            "than {points} points.",
            ties=text.counted(thin, "tie"),
            points=text.decimal(WIDE_INTERVAL, 0),
        ),
    )


def _only_declared(measures: Measures) -> Doubt:
    silent = int((measures.ties.state == STATES.index("none")).sum())
    return Doubt(
        "only_declared",
        silent,
        say(
            "{people} you are connected with, or follow, without anything dated "
            "between you. Their strength is none, not 0.",
            people=text.sentence(text.counted(silent, "person", "people")),
        ),
    )


def _set_aside(people: People) -> Doubt:
    number = int(people.set_aside.sum())
    reasons = Counter(filter(None, people.aside))
    counts = [f"{say(reason)} {text.count(many)}" for reason, many in sorted(reasons.items())]
    return Doubt(
        "set_aside",
        number,
        say(
            "{holders} set aside and in no score ({told}).",
            holders=text.sentence(text.counted(number, "account holder")),
            told=text.joined(counts),
        ),
    )


def _undated(basis: Provenance) -> Doubt:
    return Doubt(
        "undated",
        basis.undated,
        say(
            "{acts} without a date, kept but counted nowhere.",
            acts=text.sentence(text.counted(basis.undated, "act")),
        ),
    )


def _problems(basis: Provenance) -> Doubt:
    return Doubt(
        "problems",
        basis.problems,
        say(
            "{rows} could not be read; the good ones were kept.",
            rows=text.sentence(text.counted(basis.problems, "row")),
        ),
    )
