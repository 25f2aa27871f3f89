"""The weekly connection-health report, as data: what moved, what is owed, whom to turn to and why.

The order is that of the page: where the numbers come from, five numbers, what moved, what is owed
both ways, what to do next, who knows and trusts you, the return on connections, doubts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np

from roc.graph.frames import (
    Care,
    Contacts,
    Exchanges,
    Floats,
    Gatherings,
    Ints,
    Outcomes,
    People,
    Tones,
)
from roc.reports import text
from roc.reports.behind import Behind, behind
from roc.reports.budget import due
from roc.reports.cold import Cold, cold
from roc.reports.course import WEEK_DAYS, Course, course
from roc.reports.evenings import Evening
from roc.reports.evidence import dealings, last_sources, signals, weekly_acts
from roc.reports.faces import Face, face
from roc.reports.favours import Favour, favours
from roc.reports.moves import Move, moves
from roc.reports.neighbourhood import Neighbourhood, neighbourhood
from roc.reports.provenance import Doubt, Failing, Provenance, doubts, provenance
from roc.reports.returns import Returns, returns
from roc.reports.steps import WAITS_FROM_DAYS, Step, next_steps
from roc.reports.tones import Tone, tone
from roc.reports.trusted import Truster, knows_and_trusts
from roc.reports.wanted import InView, Wanted, in_view, wanted
from roc.reports.words import say
from roc.scoring.measures import Measures, NetworkMeasures
from roc.scoring.parameters import ScoringParameters

LIST_LENGTH = 10
"""No list of the weekly page is longer: what comes after is in the JSON of the audit."""

HISTORY_WEEKS = 12
"""Numbers are compared with the median of the owner's own last quarter."""

MAP_WEEKS = 26
"""The calendar goes back half a year: long enough to see a rhythm, short enough for a phone."""


class Unit(StrEnum):
    """What a headline number counts."""

    COUNT = "count"
    HOURS = "hours"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Number:
    """One headline number and what it is compared with.

    Args:
        name: what it is.
        unit: what it counts.
        value: now; nan where undefined.
        week_ago: the same a week earlier; nan where undefined or unknown.
        median: over the weeks before; nan where there is no history.
        weeks: how many weeks the median is over.
    """

    name: str
    unit: Unit
    value: float
    week_ago: float
    median: float
    weeks: int


@dataclass(frozen=True, slots=True)
class Owed:
    """A turn that waits for an answer.

    Args:
        who: the other side.
        days: how long it has waited.
        strength: tie strength, 0 to 100; nan where undefined.
        channel: the source where it waits, or empty.
    """

    who: Face
    days: float
    strength: float
    channel: str


@dataclass(frozen=True, slots=True)
class OwedList:
    """Open turns of one side: those with the strongest ties, and how many there are in all."""

    turns: tuple[Owed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Flow:
    """What passed between ego and one alter, decayed.

    Args:
        who: the alter.
        given: decayed given acts.
        received: decayed received acts.
        balance: 0 one-sided to 1 even.
    """

    who: Face
    given: float
    received: float
    balance: float


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Acts by source and week.

    Args:
        sources: those with an act in these weeks.
        weeks: the first day of each week.
        acts: for each source, its acts in each week.
    """

    sources: tuple[str, ...]
    weeks: tuple[date, ...]
    acts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class WeeklyReport:
    """The weekly report, in the order of its page.

    ``moves`` is ``None`` where there is no earlier week to compare with, and empty where
    nothing moved; ``moved`` is how many ties moved in all. ``readings`` are gatherings that are to
    be read this week. ``neighbourhood`` is there once a month.
    """

    basis: Provenance
    week_start: date
    numbers: tuple[Number, ...]
    moves: tuple[Move, ...] | None
    moved: int
    owed_by_you: OwedList
    owed_to_you: OwedList
    steps: tuple[Step, ...]
    also_due: tuple[Face, ...]
    in_view: tuple[InView, ...]
    cold: tuple[Cold, ...]
    readings: tuple[Evening, ...]
    favours: tuple[Favour, ...]
    known_and_trusted: float
    known: float
    trusters: tuple[Truster, ...]
    returns: Returns
    course: Course
    flows: tuple[Flow, ...]
    tone: Tone
    rhythm: Rhythm
    neighbourhood: Neighbourhood | None
    doubts: tuple[Doubt, ...]
    behind: tuple[Behind, ...] = ()

    @property
    def quiet(self) -> bool:
        """Nothing moved, as far as there is an earlier week to compare with."""
        return self.moves == ()


def build(
    people: People,
    contacts: Contacts,
    exchanges: Exchanges,
    now: Measures,
    before: Measures | None,
    parameters: ScoringParameters,
    *,
    tones: Tones | None = None,
    care: Care | None = None,
    gatherings: Gatherings | None = None,
    outcomes: Outcomes | None = None,
    cadences: Mapping[str, int] | None = None,
    history: Sequence[NetworkMeasures] = (),
    week_starts: int = 0,
    problems: int = 0,
    undated: int = 0,
    failing: Sequence[Failing] = (),
) -> WeeklyReport:
    """The report of the week that ends on the measures' day.

    Args:
        people: everyone in the graph.
        contacts: who reached whom on which day; days after the measures' do not count.
        exchanges: ego's own acts with each alter.
        now: the numbers of the day.
        before: those of a week earlier; ``None`` where there are none.
        parameters: the settings that both were made with.
        tones: how messages are written; ``None`` where nothing is known of it.
        care: how ego wants to keep in touch with people; ``None`` where nothing was said.
        gatherings: occasions that people came to; ``None`` where none are known.
        outcomes: what came of people, as it stood on the day; ``None`` where nothing is known.
        cadences: days between contacts that ego wants, by tag.
        history: the network's numbers of earlier weeks, the oldest first; the last twelve are
            compared with.
        week_starts: the first day of a week in the calendar, 0 for Monday to 6 for Sunday.
        problems: rows of sources that could not be used.
        undated: acts without a known moment.
        failing: live sources that could not be asked the last time.

    Raises:
        ValueError: ``before`` is not earlier than ``now``.
    """
    if before is not None and before.day >= now.day:
        raise ValueError("the week before has to lie before")
    basis = provenance(
        people, contacts, now, parameters, problems=problems, undated=undated, failing=failing
    )
    dealt = dealings(contacts, ego=people.ego, people=len(people), day=now.day)
    spoken = signals(contacts, ego=people.ego, day=now.day, weights=parameters.trust_signals)
    theirs = last_sources(exchanges, by_ego=False, day=now.day)
    own = last_sources(exchanges, by_ego=True, day=now.day)
    ties = now.ties
    said = wanted(people, care, now, cadences or {})
    steps = next_steps(people, contacts, now, dealt, theirs, said)
    moved = None if before is None else moves(people, now, before)
    report = WeeklyReport(
        basis=basis,
        week_start=text.day(now.day - 6),
        numbers=_numbers(now, before, dealt.two_way_since, history),
        moves=None if moved is None else moved[:LIST_LENGTH],
        moved=len(moved or ()),
        owed_by_you=_owed(people, now, ties.owed_by_ego_days, theirs),
        owed_to_you=_owed(people, now, ties.owed_to_ego_days, own),
        steps=steps,
        also_due=_also_due(people, now, said, steps),
        in_view=in_view(people, now, said),
        cold=_cold(people, now, outcomes),
        readings=_readings(people, contacts, gatherings, now.day, parameters),
        favours=favours(people, contacts, now.day, limit=LIST_LENGTH),
        known_and_trusted=now.network.known_and_trusted,
        known=now.network.known,
        trusters=knows_and_trusts(people, now, spoken, limit=LIST_LENGTH),
        returns=returns(people, now, before),
        course=course(contacts, people.ego, now.day, now.network, tuple(history)[-HISTORY_WEEKS:]),
        flows=_flows(people, now),
        tone=_tone(people, tones, now.day, parameters),
        rhythm=_rhythm(contacts, people.ego, now.day, week_starts),
        neighbourhood=_monthly(people, contacts, now, parameters),
        doubts=doubts(people, now, basis),
    )
    return replace(report, behind=behind(people, contacts, now.day, _named(report)))


def _monthly(
    people: People, contacts: Contacts, now: Measures, parameters: ScoringParameters
) -> Neighbourhood | None:
    """Who is around ego, in the week in which a month begins; it does not change by the week."""
    if text.day(now.day).day > 7:
        return None
    return neighbourhood(people, contacts, now, parameters)


def _named(report: WeeklyReport) -> list[Face]:
    """Everyone whom the report names for a reason of their own."""
    faces = [move.who for move in report.moves or ()]
    faces += [turn.who for turn in (*report.owed_by_you.turns, *report.owed_to_you.turns)]
    faces += [step.who for step in report.steps]
    faces += [one.who for one in report.in_view]
    faces += [one.who for one in report.cold]
    faces += [favour.who for favour in report.favours]
    faces += [truster.who for truster in report.trusters]
    faces += [part.who for part in report.returns.parts]
    faces += [lever.who for lever in report.returns.levers]
    return faces + [turned.who for turned in report.tone.turned]


def _numbers(
    now: Measures,
    before: Measures | None,
    two_way_since: Ints,
    history: Sequence[NetworkMeasures],
) -> tuple[Number, ...]:
    last = before.network if before is not None else None
    past = tuple(history)[-HISTORY_WEEKS:]

    def number(name: str, unit: Unit, field: str) -> Number:
        earlier = [float(getattr(week, field)) for week in past]
        defined = [value for value in earlier if not np.isnan(value)]
        return Number(
            name,
            unit,
            value=float(getattr(now.network, field)),
            week_ago=float(getattr(last, field)) if last is not None else float("nan"),
            median=float(np.median(defined)) if defined else float("nan"),
            weeks=len(defined),
        )

    return (
        number(say("Active two-way ties"), Unit.COUNT, "two_way_ties"),
        number(say("They answer you within"), Unit.HOURS, "reply_hours"),
        number(say("You answer them within"), Unit.HOURS, "own_reply_hours"),
        number(say("Of all that passed, returned"), Unit.SHARE, "weighted_reciprocity"),
        _new_ties(now.day, two_way_since),
        number(say("Attention on the five who get most"), Unit.SHARE, "inner_circle_share"),
    )


def _new_ties(day: int, two_way_since: Ints) -> Number:
    """Ties that became two-way this week; the graph itself remembers the weeks before."""
    since = two_way_since[two_way_since >= 0]
    weeks_ago = (day - since) // 7
    per_week = np.bincount(weeks_ago[weeks_ago <= HISTORY_WEEKS], minlength=HISTORY_WEEKS + 1)
    # Weeks before the first two-way tie are before the data, not weeks of none.
    weeks = min(int(weeks_ago.max()), HISTORY_WEEKS) if len(since) else 0
    known = weeks > 0
    return Number(
        say("New two-way ties"),
        Unit.COUNT,
        value=float(per_week[0]),
        week_ago=float(per_week[1]) if known else float("nan"),
        median=float(np.median(per_week[1 : weeks + 1])) if known else float("nan"),
        weeks=weeks,
    )


def _owed(people: People, now: Measures, days: Floats, channels: dict[int, str]) -> OwedList:
    ties = now.ties
    rows = np.flatnonzero(days >= WAITS_FROM_DAYS)
    order = rows[np.lexsort((rows, -days[rows], -np.nan_to_num(ties.strength[rows])))]
    turns = tuple(
        Owed(
            who=face(people, int(ties.alter[row])),
            days=float(days[row]),
            strength=float(ties.strength[row]),
            channel=text.plain(channels.get(int(ties.alter[row]), ""), 40),
        )
        for row in order[:LIST_LENGTH]
    )
    return OwedList(turns, total=len(rows))


def _flows(people: People, now: Measures) -> tuple[Flow, ...]:
    ties = now.ties
    passed = np.nan_to_num(ties.given) + np.nan_to_num(ties.received)
    order = np.argsort(-passed, kind="stable")[:LIST_LENGTH]
    return tuple(
        Flow(
            who=face(people, int(ties.alter[row])),
            given=float(ties.given[row]),
            received=float(ties.received[row]),
            balance=float(ties.balance[row]),
        )
        for row in order
        if passed[row] > 0
    )


def _also_due(
    people: People, now: Measures, said: Wanted, steps: Sequence[Step]
) -> tuple[Face, ...]:
    """Whom ego wanted to be in touch with by now, beside those who are suggested; longest first."""
    named = {step.who.key for step in steps}
    faces = (face(people, int(now.ties.alter[row])) for row in said.due)
    return tuple([who for who in faces if who.key not in named][:LIST_LENGTH])


def _cold(people: People, now: Measures, outcomes: Outcomes | None) -> tuple[Cold, ...]:
    if outcomes is None:
        return ()
    return cold(people, now.ties, outcomes, now.day, limit=LIST_LENGTH)


def _readings(
    people: People,
    contacts: Contacts,
    gatherings: Gatherings | None,
    day: int,
    parameters: ScoringParameters,
) -> tuple[Evening, ...]:
    if gatherings is None:
        return ()
    return due(people, contacts, gatherings, day, parameters, within=WEEK_DAYS)


def _tone(people: People, tones: Tones | None, day: int, parameters: ScoringParameters) -> Tone:
    if tones is None:
        return Tone(0, 0, ())
    return tone(people, tones, day, parameters, limit=LIST_LENGTH)


def _rhythm(contacts: Contacts, ego: int, day: int, week_starts: int) -> Rhythm:
    """The calendar; its last week is the one that the day is in, and ends there."""
    last = day - (text.day(day).weekday() - week_starts) % 7 + 6
    acts = weekly_acts(contacts, ego=ego, day=day, last=last, weeks=MAP_WEEKS)
    used = np.flatnonzero(acts.any(axis=1))
    order = sorted(used.tolist(), key=lambda place: contacts.sources[place])
    return Rhythm(
        sources=tuple(text.plain(contacts.sources[place], 40) for place in order),
        weeks=tuple(text.day(last - 7 * (MAP_WEEKS - week) + 1) for week in range(MAP_WEEKS)),
        acts=tuple(tuple(int(number) for number in acts[place]) for place in order),
    )
