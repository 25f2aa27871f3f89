"""The audit of a whole network, as data: who is two-way, where attention goes and is missed.

Every tie through which something passed is in exactly one group, by strength and balance. Groups
carry no verdict: a one-sided tie may be a teacher, a client or a child.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from roc.graph.frames import Bools, Contacts, Declared, Floats, Ints, People
from roc.reports import text
from roc.reports.behind import Behind, behind
from roc.reports.breakdown import (
    FollowCount,
    Segment,
    SourceTies,
    by_organisation,
    by_source,
    by_tag,
    follow_reciprocity,
)
from roc.reports.evidence import signals, weekly_flows
from roc.reports.faces import Face, face
from roc.reports.neighbourhood import (
    Bridge,
    Circle,
    Community,
    Neighbourhood,
    neighbourhood,
)
from roc.reports.provenance import Doubt, Failing, Provenance, doubts, provenance
from roc.reports.returns import Returns, returns
from roc.reports.tables import Cell, Sheet
from roc.reports.trusted import Truster, knows_and_trusts
from roc.scoring.bands import BAND_POINTS, BANDS
from roc.scoring.measures import STATES, Measures, TieMeasures
from roc.scoring.parameters import ScoringParameters
from roc.scoring.structure import lorenz

STRONG = BAND_POINTS * (BANDS.index("strong") - 1)
"""Tie strength from which a tie counts as strong: where the band of that name begins."""

EVEN = 0.8
"""Balance from which a tie counts as two-way: 2√(ab)/(a+b) is 0.8 where one side acts four times
as much as the other."""

MISSED = BAND_POINTS * (BANDS.index("firm") - 1)
"""Tie strength from which a dormant tie is still worth saving: where the band *firm* begins."""

LIST_LENGTH = 10
"""No list of people in the audit is longer; ties.csv holds them all."""

TRUSTERS = 20
"""How many of those who know and trust ego are named."""

FLOW_WEEKS = 26
"""Sources are drawn over half a year, as in the weekly report."""

FLOW_SOURCES = 8
"""More sources than these are in the table only."""

CURVE_POINTS = 51
"""Points of the attention curve: every two per cent of people."""


class Group(StrEnum):
    """Where a tie stands by strength and balance; each word stands for the sentence beside it."""

    STRONG = "strong"  # two-way and strong
    LIGHT = "light"  # two-way, not (yet) strong
    GIVING = "giving"  # ego gives more than four times what comes back
    RECEIVING = "receiving"  # the alter gives more than four times what ego does
    SILENT = "silent"  # dormant by its own rhythm, or without a balance


@dataclass(frozen=True, slots=True)
class TieLine:
    """One tie in a list.

    Args:
        who: the alter.
        strength: 0 to 100; nan where undefined.
        balance: 0 one-sided to 1 even; nan where undefined.
        given_days: days on which ego reached the alter.
        received_days: days on which the alter reached ego.
        silence_days: days since the last contact; nan where nothing passed.
        attention: part of all that passed between ego and everyone, 0 to 1.
        state: one of ``roc.scoring.measures.STATES``.
        fading: whether its strength fell by the fading share within a quarter.
    """

    who: Face
    strength: float
    balance: float
    given_days: int
    received_days: int
    silence_days: float
    attention: float
    state: str
    fading: bool


@dataclass(frozen=True, slots=True)
class GroupOfTies:
    """One group: how many, how much attention they get, and the first of them.

    Args:
        group: which.
        ties: how many.
        attention: their part of all attention, 0 to 1; nan where nothing passed at all.
        effort: their part of all that ego put in, 0 to 1; nan where ego put in nothing.
        first: the strongest, or those with most effort or attention, at most ten.
    """

    group: Group
    ties: int
    attention: float
    effort: float
    first: tuple[TieLine, ...]


@dataclass(frozen=True, slots=True)
class Attention:
    """How unevenly attention falls on people.

    Args:
        people_share: share of people, from those with least attention, 0 to 1.
        attention_share: what they get together, 0 to 1.
        gini: 0 even to 1; nan where nothing passed.
        inner_circle: share on the five with most.
    """

    people_share: tuple[float, ...]
    attention_share: tuple[float, ...]
    gini: float
    inner_circle: float


@dataclass(frozen=True, slots=True)
class SourceFlow:
    """What one source carried each way, week by week.

    Args:
        source: its name.
        given: acts of ego in each week, the earliest first.
        received: acts of others towards ego; a meeting is in both.
    """

    source: str
    given: tuple[int, ...]
    received: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The audit, in the order of its page.

    ``groups`` share out the ``people`` with whom something passed; ``untied`` are the others, whom
    a source names but with whom nothing ever passed. ``strengths`` and ``balances`` hold every tie
    that is not silent, in the order of the ties.
    """

    basis: Provenance
    people: int
    untied: int
    two_way_ties: int
    known_and_trusted: float
    known: float
    reciprocity: float
    reply_hours: float
    own_reply_hours: float
    groups: tuple[GroupOfTies, ...]
    strengths: tuple[float, ...]
    balances: tuple[float, ...]
    at_risk: tuple[TieLine, ...]
    attention: Attention
    trusters: tuple[Truster, ...]
    returns: Returns
    follows: tuple[FollowCount, ...]
    sources: tuple[SourceTies, ...]
    flows: tuple[SourceFlow, ...]
    organisations: tuple[Segment, ...]
    tags: tuple[Segment, ...]
    neighbourhood: Neighbourhood
    doubts: tuple[Doubt, ...]
    behind: tuple[Behind, ...] = ()


def build(
    people: People,
    contacts: Contacts,
    declared: Declared,
    now: Measures,
    parameters: ScoringParameters,
    *,
    problems: int = 0,
    undated: int = 0,
    failing: Sequence[Failing] = (),
) -> AuditReport:
    """The audit of ego's network on the measures' day.

    Args:
        people: everyone in the graph.
        contacts: who reached whom on which day; later days do not count.
        declared: standing relations that sources state.
        now: the numbers of the day.
        parameters: the settings they were made with.
        problems: rows of sources that could not be used.
        undated: acts without a known moment.
        failing: live sources that could not be asked the last time.
    """
    basis = provenance(
        people, contacts, now, parameters, problems=problems, undated=undated, failing=failing
    )
    spoken = signals(contacts, ego=people.ego, day=now.day, weights=parameters.trust_signals)
    ties, network = now.ties, now.network
    place = groups(ties)
    lively = (place >= 0) & (place != list(Group).index(Group.SILENT))
    report = AuditReport(
        basis=basis,
        people=network.people,
        untied=int((place < 0).sum()),
        two_way_ties=network.two_way_ties,
        known_and_trusted=network.known_and_trusted,
        known=network.known,
        reciprocity=network.weighted_reciprocity,
        reply_hours=network.reply_hours,
        own_reply_hours=network.own_reply_hours,
        groups=_groups(people, ties),
        strengths=tuple(ties.strength[lively].tolist()),
        balances=tuple(ties.balance[lively].tolist()),
        at_risk=_at_risk(people, ties),
        attention=_attention(now),
        trusters=knows_and_trusts(people, now, spoken, limit=TRUSTERS),
        returns=returns(people, now, None),
        follows=follow_reciprocity(people, declared, ties),
        sources=by_source(people, contacts, now.day),
        flows=_flows(people, contacts, now.day),
        organisations=by_organisation(people, ties, strong=STRONG),
        tags=by_tag(people, ties, strong=STRONG),
        neighbourhood=neighbourhood(people, contacts, now, parameters),
        doubts=doubts(people, now, basis),
    )
    return replace(report, behind=behind(people, contacts, now.day, _named(report)))


def _named(report: AuditReport) -> list[Face]:
    """Everyone whom the audit names for a reason of their own."""
    faces = [line.who for group in report.groups for line in group.first]
    faces += [line.who for line in report.at_risk]
    faces += [truster.who for truster in report.trusters]
    faces += [bridge.who for bridge in report.neighbourhood.bridges]
    faces += [part.who for part in report.returns.parts]
    return faces + [lever.who for lever in report.returns.levers]


def groups(ties: TieMeasures) -> Ints:
    """Each tie's group, as place in ``Group``.

    Args:
        ties: ego's ties.

    Returns:
        Shape ``(m,)``. A tie without a balance has nothing that passed lately and is silent; where
        nothing ever passed there is no group, and the place is -1.
    """
    order = list(Group)
    grouped = np.select(
        [
            (ties.state == STATES.index("dormant")) | np.isnan(ties.balance),
            (ties.balance >= EVEN) & (ties.strength >= STRONG),
            ties.balance >= EVEN,
            ties.give_get > 0,
        ],
        [order.index(group) for group in (Group.SILENT, Group.STRONG, Group.LIGHT, Group.GIVING)],
        default=order.index(Group.RECEIVING),
    )
    return np.where(ties.state == STATES.index("none"), -1, grouped)


def tie_line(people: People, ties: TieMeasures, row: int) -> TieLine:
    """One tie as a line of a list."""
    return TieLine(
        who=face(people, int(ties.alter[row])),
        strength=float(ties.strength[row]),
        balance=float(ties.balance[row]),
        given_days=int(ties.given_days[row]),
        received_days=int(ties.received_days[row]),
        silence_days=float(ties.silence_days[row]),
        attention=float(np.nan_to_num(ties.attention_share[row])),
        state=STATES[ties.state[row]],
        fading=bool(ties.fading[row]),
    )


def _groups(people: People, ties: TieMeasures) -> tuple[GroupOfTies, ...]:
    place = groups(ties)
    ranks = {
        Group.STRONG: ties.strength,
        Group.LIGHT: ties.strength,
        Group.GIVING: ties.invested,
        Group.RECEIVING: ties.received,
        Group.SILENT: ties.strength,
    }
    return tuple(
        GroupOfTies(
            group=group,
            ties=int((place == number).sum()),
            attention=_part(ties.attention_share, place == number),
            effort=_part(ties.invested, place == number),
            first=_first(people, ties, place == number, ranks[group]),
        )
        for number, group in enumerate(Group)
    )


def _part(column: Floats, rows: Bools) -> float:
    filled = np.nan_to_num(column)
    total = float(filled.sum())
    return float(filled[rows].sum()) / total if total > 0 else float("nan")


def _first(
    people: People,
    ties: TieMeasures,
    rows: Bools,
    rank: Floats,
) -> tuple[TieLine, ...]:
    places = np.flatnonzero(rows)
    order = places[np.argsort(-np.nan_to_num(rank[places]), kind="stable")][:LIST_LENGTH]
    return tuple(tie_line(people, ties, int(row)) for row in order)


def _at_risk(people: People, ties: TieMeasures) -> tuple[TieLine, ...]:
    """Two-way ties that cool, fade or fell silent while firm or stronger, the strongest first."""
    cooling = (ties.state == STATES.index("cooling")) | (ties.fading == 1)
    missed = (ties.state == STATES.index("dormant")) & (ties.strength >= MISSED)
    two_way = (ties.given_days > 0) & (ties.received_days > 0)
    return _first(people, ties, (cooling | missed) & two_way, ties.strength)


def _attention(now: Measures) -> Attention:
    held = lorenz(np.nan_to_num(now.ties.attention_share))
    curve: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())
    if not np.isnan(held).any():
        people = np.linspace(0, 1, len(held))
        grid = np.linspace(0, 1, min(CURVE_POINTS, len(held)))
        curve = (tuple(grid.tolist()), tuple(np.interp(grid, people, held).tolist()))
    return Attention(
        *curve, gini=now.network.attention_gini, inner_circle=now.network.inner_circle_share
    )


def _flows(people: People, contacts: Contacts, day: int) -> tuple[SourceFlow, ...]:
    """The busiest sources of the last half year."""
    given, received = weekly_flows(contacts, ego=people.ego, day=day, weeks=FLOW_WEEKS)
    total = given.sum(axis=1) + received.sum(axis=1)
    order = sorted(np.flatnonzero(total).tolist(), key=lambda n: (-total[n], contacts.sources[n]))
    return tuple(
        SourceFlow(
            source=text.plain(contacts.sources[place], 40),
            given=tuple(given[place].tolist()),
            received=tuple(received[place].tolist()),
        )
        for place in order[:FLOW_SOURCES]
    )


_COLUMNS = (
    "strength strength_low strength_high alive silence_days gap_days given_days received_days "
    "given received balance give_get reply_rate own_reply_rate reply_hours own_reply_hours "
    "initiated_share owed_by_ego_days owed_to_ego_days trust known known_and_trusted returned "
    "invested connection_roc lever attention_share"
)
TIE_COLUMNS = tuple(_COLUMNS.split())
"""Numbers of a tie as they stand in ties.csv, named as in ``TieMeasures``."""


def ties_table(
    people: People, now: Measures
) -> tuple[tuple[str, ...], list[tuple[str | float | None, ...]]]:
    """Every tie with every number, for ties.csv (`roc.reports.tables.csv_text`).

    Args:
        people: everyone in the graph.
        now: the numbers of the day.

    Returns:
        The columns' names, and a row for each tie in the order of the ties.
    """
    ties = now.ties
    place = groups(ties)
    head = ("key", "name", "organisation", "group", "state", "fading", "first", "last")
    rows: list[tuple[str | float | None, ...]] = []
    for row in range(len(ties)):
        who = face(people, int(ties.alter[row]))
        days = (int(ties.first_day[row]), int(ties.last_day[row]))
        first, last = (text.day(day).isoformat() if day >= 0 else None for day in days)
        group = list(Group)[place[row]].value if place[row] >= 0 else None
        told = (who.key, who.name, who.organisation, group)
        state = (STATES[ties.state[row]], float(ties.fading[row]), first, last)
        numbers = (float(getattr(ties, column)[row]) for column in TIE_COLUMNS)
        rows.append((*told, *state, *numbers))
    return (*head, *TIE_COLUMNS), rows


def sheets(report: AuditReport, ties: Sheet) -> dict[str, Sheet]:
    """The audit's tables for a workbook, by name.

    Args:
        report: as built.
        ties: as from `ties_table`.
    """
    around = report.neighbourhood
    return {
        "ties": ties,
        "organisations": _sheet(report.organisations, Segment),
        "tags": _sheet(report.tags, Segment),
        "sources": _sheet(report.sources, SourceTies),
        "follows": _sheet(report.follows, FollowCount),
        "circles": _sheet(around.circles, Circle),
        "communities": _sheet(around.communities, Community),
        "bridges": _sheet(around.bridges, Bridge),
    }


def _sheet(rows: Sequence[Any], kind: type) -> Sheet:
    """Lines of a list as rows; people by name."""
    names = tuple(item.name for item in fields(kind))
    return names, [tuple(_cell(getattr(row, name)) for name in names) for row in rows]


def _cell(value: Any) -> Cell:
    match value:
        case Face():
            return value.name
        case tuple():
            return ", ".join(str(_cell(one)) for one in value)
        case date():
            return value.isoformat()
        case bool():
            return "yes" if value else ""
        case str() | int() | float():
            return value
    raise TypeError(type(value).__name__)
