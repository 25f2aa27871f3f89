"""Did your project make friends? Counts of ties that a stretch of time and a group of people left.

A count says what happened, not why: where the people of a project are named, their new ties are
held against those of groups like them. Names are hidden unless asked for, so that the summary can
be handed on.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from roc.graph.frames import KINDS, Bools, Contacts, Exchanges, People
from roc.graph.records import SHARED_KINDS, Kind
from roc.reports import text
from roc.reports.evidence import signals
from roc.reports.faces import Face, pseudonym
from roc.reports.growth import Growth, growth
from roc.reports.pairs import Pairs, Window, pairs
from roc.reports.proof import Evidence, evidence
from roc.reports.words import say
from roc.scoring.dyads import only, only_exchanges
from roc.scoring.gatherings import Effect, effect, setting
from roc.scoring.parameters import ScoringParameters
from roc.scoring.turns import turn_taking

ALIVE_WITHIN_DAYS = 90
"""A tie is alive on a day when both sides acted in the quarter before it, as everywhere."""

LATER_DAYS = (90, 180)
"""After how many days since the end it is looked whether ties live on."""

VOUCH_DAYS = 5
"""Who met or wrote on at least so many days each way could say something about working together."""

LEAST_GROUP, MOST_GROUP = 3, 150
"""A project of fewer or more people, the owner among them, is not held against other groups."""

LISTED = 15
"""No list is longer; the counts are complete."""

_ANSWERING = (Kind.REPLY, Kind.COMMENT, Kind.QUOTE)


class Standing(StrEnum):
    """Whether something can be said yet."""

    KNOWN = "known"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, slots=True)
class Later:
    """How many of the new ties were alive some time after the end.

    Args:
        days: days after the end.
        standing: *too early* while that day has not come.
        alive: new two-way ties with acts both ways in the 90 days before; 0 while too early.
        ties: new two-way ties in all.
    """

    days: int
    standing: Standing
    alive: int
    ties: int


@dataclass(frozen=True, slots=True)
class NewTie:
    """Two people between whom the first two-way contact fell into the project.

    Args:
        one: ego, where ego is one of them.
        other: the other.
        since: date from which both had acted.
        days: days with contact inside the window.
        alive: for each of ``LATER_DAYS``, whether it was alive then; ``None`` while too early.
    """

    one: Face
    other: Face
    since: date
    days: int
    alive: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """How often two people answered each other inside the window.

    Args:
        answerer: who answered more often.
        answered: whom.
        days: on how many days.
        returned_days: on how many days it was the other way round.
    """

    answerer: Face
    answered: Face
    days: int
    returned_days: int


@dataclass(frozen=True, slots=True)
class Voucher:
    """Somebody who could vouch for ego, and from what evidence.

    Args:
        who: the person.
        signals: recommendations, introductions and the like inside the window or later.
        given_days: days inside the window on which ego reached the person.
        received_days: days inside the window on which the person reached ego.
    """

    who: Face
    signals: int
    given_days: int
    received_days: int


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """What a project left, in counts; lists only repeat whom the counts count.

    Args:
        title: what the owner calls the project.
        start: first day.
        end: last day.
        as_of: the last day that counts.
        named: whether anybody is named.
        running: the end has not come yet.
        chosen: people selected by the owner, or ``None`` where everyone counts.
        active: of them, people with any act inside the window.
        met: people whose first contact with ego fell into the window.
        met_first: those people, in the order in which they were met, at most fifteen.
        new_ties: new two-way ties with ego.
        new_ties_among: new two-way ties between others of the project.
        ties: the new ties, ego's first, at most fifteen.
        later: how many live on.
        answers: who answered whom, most often first.
        could_vouch: people who could vouch for ego.
        vouchers: those people, at most fifteen.
        vouch_days: days each way that count as evidence.
        reply_hours: median time in which the owner was answered inside the window; nan where that
            is not known.
        own_reply_hours: in which the owner answered.
        growth: newcomers who stayed, ties that went on elsewhere, groups that met.
        evidence: what the owner holds and could show.
        anyway: new ties of people who had never been in touch, against those of groups like them;
            ``None`` where everyone counts, or too many to draw others.
    """

    title: str
    start: date
    end: date
    as_of: date
    named: bool
    running: bool
    chosen: int | None
    active: int
    met: int
    met_first: tuple[Face, ...]
    new_ties: int
    new_ties_among: int
    ties: tuple[NewTie, ...]
    later: tuple[Later, ...]
    answers: tuple[Answer, ...]
    could_vouch: int
    vouchers: tuple[Voucher, ...]
    vouch_days: int
    reply_hours: float
    own_reply_hours: float
    growth: Growth
    evidence: Evidence
    anyway: Effect | None = None


def build(
    people: People,
    contacts: Contacts,
    parameters: ScoringParameters,
    *,
    start: date,
    end: date,
    as_of: date,
    members: Collection[int] | None = None,
    title: str = "",
    named: bool = False,
    shown: Collection[int] = (),
    exchanges: Exchanges | None = None,
    vouch_days: int = VOUCH_DAYS,
) -> ProjectReport:
    """What a project left behind.

    Args:
        people: everyone in the graph.
        contacts: who reached whom on which day.
        parameters: which kinds of act speak for somebody.
        start: first day of the project.
        end: last day of the project.
        as_of: the last day that counts.
        members: person numbers to look at, without ego (`tagged` finds them by tag); ``None``
            for everyone.
        title: what the owner calls it.
        named: show all names instead of P1, P2, …
        shown: person numbers of those who agreed to be named.
        exchanges: ego's own acts, for how fast answers came; ``None`` where they are not at hand.
        vouch_days: days each way from which somebody could vouch.

    Raises:
        ValueError: the window ends before it starts, or starts after ``as_of``.
    """
    if end < start:
        raise ValueError("the project ends before it starts")
    if as_of < start:
        raise ValueError("the project starts after the day the numbers are for")
    window = Window(text.day_number(start), text.day_number(end), text.day_number(as_of))
    inside = _inside(people, members)
    group = pairs(contacts, inside, window)
    faces = _faces(people, group, named=named, shown=shown)
    own = group.involve(people.ego)
    met = np.flatnonzero(own & group.began_inside())
    met = met[np.lexsort((met, group.first[met]))]
    new = np.flatnonzero(group.new_inside())
    new = new[np.lexsort((new, group.two_way_since[new], ~own[new]))]
    alive = {
        days: group.two_way_within(contacts, until=window.end + days, days=ALIVE_WITHIN_DAYS)
        for days in LATER_DAYS
        if window.end + days <= window.day
    }
    vouchers = _vouchers(people, contacts, parameters, group, vouch_days, faces)
    hours = _hours(exchanges, inside, window, parameters)
    return ProjectReport(
        title=text.plain(title),
        start=start,
        end=end,
        as_of=as_of,
        named=named or bool(shown),
        running=as_of < end,
        chosen=None if members is None else len(set(members) - {people.ego}),
        active=_active(group, people.ego),
        met=len(met),
        met_first=tuple(faces[_other(group, row, people.ego)] for row in met[:LISTED]),
        new_ties=int(own[new].sum()),
        new_ties_among=int((~own[new]).sum()),
        ties=tuple(_tie(group, row, people.ego, alive, faces) for row in new[:LISTED]),
        later=tuple(
            Later(
                days=days,
                standing=Standing.KNOWN if days in alive else Standing.TOO_EARLY,
                alive=int(alive[days][new].sum()) if days in alive else 0,
                ties=len(new),
            )
            for days in LATER_DAYS
        ),
        answers=_answers(contacts, inside, window, faces),
        could_vouch=len(vouchers),
        vouchers=vouchers[:LISTED],
        vouch_days=vouch_days,
        reply_hours=hours[0],
        own_reply_hours=hours[1],
        growth=growth(people, contacts, group, parameters),
        evidence=evidence(people, contacts, group)[0],
        anyway=None if members is None else _anyway(people, contacts, parameters, inside, window),
    )


def _anyway(
    people: People,
    contacts: Contacts,
    parameters: ScoringParameters,
    inside: Bools,
    window: Window,
) -> Effect | None:
    """The new ties against what would have formed anyway, over the days of the project so far.

    Meetings within it are left out: whoever was called into one room has not thereby made a friend.
    """
    group = np.flatnonzero(inside)
    if not LEAST_GROUP <= len(group) <= MOST_GROUP:
        return None
    last = min(window.end, window.day)
    called = np.isin(contacts.kind, [KINDS.index(kind) for kind in SHARED_KINDS])
    willing = only(contacts, (contacts.day < window.start) | ~called)
    there = setting(willing, people, window.start, last, parameters)
    return effect(there, group, seed=window.start, stays=people.ego)


def tagged(people: People, tag: str) -> tuple[int, ...]:
    """Numbers of the people whom the owner gave a tag, without ego.

    Args:
        people: everyone in the graph.
        tag: the owner's word, with or without ``#``.
    """
    wanted = tag.removeprefix("#")
    return tuple(
        number
        for number in range(len(people))
        if wanted in people.tags[number] and number != people.ego
    )


def _inside(people: People, members: Collection[int] | None) -> Bools:
    chosen = np.ones(len(people), dtype=np.bool_)
    if members is not None:
        chosen[:] = False
        chosen[list(members)] = True
    chosen &= ~people.set_aside
    if people.ego >= 0:
        chosen[people.ego] = True
    return chosen


def _hours(
    exchanges: Exchanges | None, inside: Bools, window: Window, parameters: ScoringParameters
) -> tuple[float, float]:
    """In how many hours the owner was answered, and answered, inside the window: medians."""
    if exchanges is None:
        return float("nan"), float("nan")
    day = exchanges.day
    rows = inside[exchanges.alter] & (day >= window.start) & (day <= window.end)
    within = only_exchanges(exchanges, rows)
    alters = np.unique(within.alter)
    never = np.full(len(alters), -1, dtype=np.int64)
    found = turn_taking(within, alters, never, window.end, parameters)
    return found.all_reply_hours, found.all_own_reply_hours


def evidence_of(
    people: People, contacts: Contacts, report: ProjectReport, members: Collection[int] | None
) -> str:
    """The evidence of a report as a table in CSV, which names everybody.

    Args:
        people: everyone.
        contacts: who reached whom on which day.
        report: as built from them.
        members: as it was built with.
    """
    days = (text.day_number(day) for day in (report.start, report.end, report.as_of))
    group = pairs(contacts, _inside(people, members), Window(*days))
    return evidence(people, contacts, group)[1]


def _faces(people: People, group: Pairs, *, named: bool, shown: Collection[int]) -> dict[int, Face]:
    """How each person is shown; hidden ones are numbered in the order in which they appeared.

    Whoever is named is so by the name alone: nobody agreed to have an address handed on.
    """
    began: dict[int, int] = {}
    for low, high, first in zip(group.low, group.high, group.first, strict=True):
        for person in (int(low), int(high)):
            began[person] = min(began.get(person, int(first)), int(first))
    if not named:
        began.pop(people.ego, None)
    order = sorted(began, key=lambda person: (began[person], people.keys[person]))
    faces, borne = {}, Counter[str]()
    for place, person in enumerate(order, start=1):
        if not named and person not in shown:
            faces[person] = pseudonym(place)
            continue
        name = text.name(people.names[person])
        borne[name] += 1
        told = f"{name} ({borne[name]})" if borne[name] > 1 else name
        faces[person] = Face(key=told, name=told)
    if not named:
        faces[people.ego] = Face(key="owner", name=say("the owner"))
    return faces


def _other(group: Pairs, row: int, person: int) -> int:
    return int(group.high[row] if group.low[row] == person else group.low[row])


def _active(group: Pairs, ego: int) -> int:
    busy = group.days > 0
    present = set(group.low[busy].tolist()) | set(group.high[busy].tolist())
    return len(present - {ego})


def _tie(
    group: Pairs, row: int, ego: int, alive: Mapping[int, Bools], faces: Mapping[int, Face]
) -> NewTie:
    low, high = int(group.low[row]), int(group.high[row])
    one, other = (high, low) if high == ego else (low, high)
    return NewTie(
        one=faces[one],
        other=faces[other],
        since=text.day(group.two_way_since[row]),
        days=int(group.days[row]),
        alive=tuple(bool(alive[days][row]) if days in alive else None for days in LATER_DAYS),
    )


def _answers(
    contacts: Contacts, inside: Bools, window: Window, faces: Mapping[int, Face]
) -> tuple[Answer, ...]:
    answering = np.isin(contacts.kind, [KINDS.index(kind) for kind in _ANSWERING])
    rows = inside[contacts.sender] & inside[contacts.recipient] & answering
    rows &= (contacts.day >= window.start) & (contacts.day <= min(window.end, window.day))
    columns = [contacts.sender[rows], contacts.recipient[rows], contacts.day[rows]]
    days = Counter(
        (int(sender), int(recipient))
        for sender, recipient, _ in np.unique(np.column_stack(columns), axis=0)
    )
    order = sorted(
        (pair for pair in days if (days[pair], pair) >= (days[pair[::-1]], pair[::-1])),
        key=lambda pair: (-days[pair], pair),
    )
    return tuple(
        Answer(faces[one], faces[other], days[one, other], days[other, one])
        for one, other in order[:LISTED]
    )


def _vouchers(
    people: People,
    contacts: Contacts,
    parameters: ScoringParameters,
    group: Pairs,
    vouch_days: int,
    faces: Mapping[int, Face],
) -> tuple[Voucher, ...]:
    spoken = signals(
        contacts,
        ego=people.ego,
        since=group.window.start,
        day=group.window.day,
        weights=parameters.trust_signals,
    )
    found = []
    for row in np.flatnonzero(group.involve(people.ego)).tolist():
        person = _other(group, row, people.ego)
        days = (int(group.forward_days[row]), int(group.backward_days[row]))
        given, received = days if group.low[row] == people.ego else days[::-1]
        spoke = spoken.get(person, Counter()).total()
        if spoke or min(given, received) >= vouch_days:
            found.append(Voucher(faces[person], spoke, given, received))
    found.sort(
        key=lambda voucher: (-voucher.signals, -min(voucher.given_days, voucher.received_days))
    )
    return tuple(found)
