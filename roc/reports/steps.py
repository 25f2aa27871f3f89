"""What to do next: a handful of people, each once, with the reason and the evidence behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from roc.graph.frames import KINDS, Bools, Contacts, Floats, People
from roc.graph.records import Kind
from roc.reports import text
from roc.reports.evidence import Dealings
from roc.reports.faces import Face, face
from roc.reports.favours import FAVOURS
from roc.reports.wanted import Wanted
from roc.scoring.bands import BAND_POINTS, BANDS
from roc.scoring.measures import STATES, Measures, TieMeasures

STEPS = 5
"""More than five suggestions are a to-do list, and those are not read."""

THANKS_WITHIN_DAYS = 30
"""Thanks are suggested for a month; after that a thank-you is a letter of its own kind."""

NEW_WITHIN_DAYS = 14
"""A tie counts as new for two weeks after both sides first acted."""

WAITS_FROM_DAYS = 1
"""A turn of today does not wait yet: the talk may still be going on."""

JUST_SPOKE_DAYS = 3
"""Nobody is suggested for contact's own sake within three days of the last one."""

WORTH_SAVING = BAND_POINTS * (BANDS.index("light") - 1)
"""Tie strength below which a silence is no loss to be told of: where the band *light* begins."""


class Reason(StrEnum):
    """Why somebody is suggested; each word stands for the sentence beside it."""

    CADENCE = "cadence"  # it is longer ago than ego wants it to be
    REPLY = "reply"  # they wrote last and may like an answer
    THANK = "thank"  # they did you a favour and there was no thanks since
    RECONNECT = "reconnect"  # a strong tie is quieter than its own rhythm
    FOLLOW_UP = "follow_up"  # a new two-way tie that a second exchange would settle
    INVEST = "invest"  # one more day together would raise the RoC score most


@dataclass(frozen=True, slots=True)
class Step:
    """One suggestion.

    Args:
        who: the person.
        reason: why.
        days: age of what is behind the reason: the open turn, the favour, the silence, the tie.
        gap_days: the tie's usual days between contacts, or those that ego wants; nan below two
            days of contact.
        points: what one more two-way day would add to the RoC score.
        strength: tie strength, 0 to 100.
        favour: the kind of favour to thank for, or empty.
        channel: the source by which the person is met, or empty.
    """

    who: Face
    reason: Reason
    days: float
    gap_days: float
    points: float
    strength: float
    favour: str
    channel: str


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Candidates of one reason, as rows of the ties, the best first.

    Favours, and the sources by which to turn to somebody where the usual one is not meant, are
    told by row; ``gaps`` are the days between contacts where not the tie's own are meant.
    """

    reason: Reason
    rows: list[int]
    days: Floats
    favours: Mapping[int, str] = field(default_factory=dict)
    channels: Mapping[int, str] = field(default_factory=dict)
    gaps: Floats | None = None


def next_steps(
    people: People,
    contacts: Contacts,
    measures: Measures,
    dealings: Dealings,
    channels: Mapping[int, str],
    wanted: Wanted,
) -> tuple[Step, ...]:
    """At most five people to turn to, no person twice; the reasons take turns.

    Whoever is snoozed is not among them.

    Args:
        people: everyone in the graph.
        contacts: who reached whom on which day.
        measures: the numbers of the day.
        dealings: ego's dealings with everyone.
        channels: by person number, where their open turn waits.
        wanted: how ego wants to keep in touch with each alter.
    """
    reasons = [
        _cadences(measures, wanted),
        _replies(measures, channels),
        _thanks(people, contacts, measures),
        _reconnections(measures),
        _follow_ups(measures, dealings),
        _investments(measures),
    ]
    steps: list[Step] = []
    for found, row in _in_turns(reasons, wanted):
        number = int(measures.ties.alter[row])
        usual = int(dealings.channel[number])
        channel = found.channels.get(row) or (contacts.sources[usual] if usual >= 0 else "")
        steps.append(_step(face(people, number), measures.ties, found, row, channel))
    return tuple(steps)


def _in_turns(reasons: list[_Found], wanted: Wanted) -> list[tuple[_Found, int]]:
    """The reasons take turns, each with its best tie that no other has taken."""
    open_rows = [[row for row in found.rows if not wanted.snoozed[row]] for found in reasons]
    chosen: dict[int, _Found] = {}
    while len(chosen) < STEPS:
        before = len(chosen)
        for found, rows in zip(reasons, open_rows, strict=True):
            row = next((row for row in rows if row not in chosen), None)
            if row is not None and len(chosen) < STEPS:
                chosen[row] = found
        if len(chosen) == before:
            break
    return [(found, row) for row, found in chosen.items()]


def _step(who: Face, ties: TieMeasures, found: _Found, row: int, channel: str) -> Step:
    return Step(
        who=who,
        reason=found.reason,
        days=float(found.days[row]),
        gap_days=float((ties.gap_days if found.gaps is None else found.gaps)[row]),
        points=float(ties.lever[row]),
        strength=float(ties.strength[row]),
        favour=found.favours.get(row, ""),
        channel=text.plain(channel, 40),
    )


def _strongest(rows: Bools, rank: Floats) -> list[int]:
    places = np.flatnonzero(rows)
    return [int(row) for row in places[np.argsort(-np.nan_to_num(rank[places]), kind="stable")]]


def _cadences(measures: Measures, wanted: Wanted) -> _Found:
    """Whom ego wants to be in touch with more often; the clock begins anew with any contact."""
    days, gaps = measures.ties.silence_days, wanted.cadence_days
    return _Found(Reason.CADENCE, wanted.due.tolist(), days, gaps=gaps)


def _replies(measures: Measures, channels: Mapping[int, str]) -> _Found:
    ties = measures.ties
    # Somebody ego never wrote to is a stranger's mail, not a debt.
    rows = (ties.owed_by_ego_days >= WAITS_FROM_DAYS) & (ties.given_days > 0)
    open_turns = _strongest(rows, ties.strength)
    places = {row: channels.get(int(ties.alter[row]), "") for row in open_turns}
    return _Found(Reason.REPLY, open_turns, ties.owed_by_ego_days, channels=places)


def _thanks(people: People, contacts: Contacts, measures: Measures) -> _Found:
    ties, ego = measures.ties, people.ego
    last_thanks = np.full(len(people), -1, dtype=np.int64)
    thanks = (contacts.sender == ego) & (contacts.kind == KINDS.index(Kind.THANKS))
    thanks &= contacts.day <= measures.day
    np.maximum.at(last_thanks, contacts.recipient[thanks], contacts.day[thanks])
    last_favour = np.full(len(people), -1, dtype=np.int64)
    latest: dict[int, int] = {}
    favour = np.isin(contacts.kind, [KINDS.index(kind) for kind in FAVOURS])
    received = np.flatnonzero(favour & (contacts.recipient == ego) & (contacts.day <= measures.day))
    for row in received[np.argsort(contacts.day[received], kind="stable")]:
        last_favour[contacts.sender[row]] = contacts.day[row]
        latest[int(contacts.sender[row])] = int(row)
    days = (measures.day - last_favour[ties.alter]).astype(np.float64)
    open_favour = last_thanks[ties.alter] < last_favour[ties.alter]
    rows = open_favour & (last_favour[ties.alter] >= 0) & (days <= THANKS_WITHIN_DAYS)
    found = _strongest(rows, -days)
    acts = {row: latest[int(ties.alter[row])] for row in found}
    return _Found(
        Reason.THANK,
        found,
        days,
        favours={row: KINDS[contacts.kind[act]].value for row, act in acts.items()},
        channels={row: contacts.sources[contacts.source[act]] for row, act in acts.items()},
    )


def _reconnections(measures: Measures) -> _Found:
    ties = measures.ties
    quiet = np.isin(ties.state, [STATES.index("cooling"), STATES.index("dormant")])
    rows = (quiet | (ties.fading == 1)) & (ties.given_days > 0) & (ties.received_days > 0)
    rows &= ties.strength >= WORTH_SAVING
    # Strong and likely still alive first: a tie that is long gone is no one's next step.
    rank = ties.strength * np.nan_to_num(ties.alive)
    return _Found(Reason.RECONNECT, _strongest(rows, rank), ties.silence_days)


def _follow_ups(measures: Measures, dealings: Dealings) -> _Found:
    ties = measures.ties
    since = dealings.two_way_since[ties.alter]
    days = (measures.day - since).astype(np.float64)
    rows = (since >= 0) & (days < NEW_WITHIN_DAYS) & (ties.silence_days >= JUST_SPOKE_DAYS)
    return _Found(Reason.FOLLOW_UP, _strongest(rows, ties.strength), days)


def _investments(measures: Measures) -> _Found:
    ties = measures.ties
    rows = (ties.lever > 0) & (ties.silence_days >= JUST_SPOKE_DAYS)
    return _Found(Reason.INVEST, _strongest(rows, ties.lever), ties.silence_days)
