"""Who answers whom: turns, reply rates and times, who begins, and what is owed both ways.

A *turn* is a run of acts of one side. It ends when the other side acts, or when nothing follows
within the time in which an answer counts as one. An act that reached many people is no turn, and
a like or a thank-you may answer but waits for no answer.

Time runs from a turn's last act to the other side's next one. Turns too young to judge are left
out whether answered or not: to leave out only the unanswered ones would flatter.
"""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import KINDS, Bools, Exchanges, Floats, Ints
from roc.graph.records import Kind
from roc.scoring.grouped import medians, shares
from roc.scoring.parameters import CLOSING_KINDS, ScoringParameters

_SECONDS_PER_DAY = 86_400
_SECONDS_PER_HOUR = 3_600

_WAITS = np.array([kind not in CLOSING_KINDS for kind in KINDS], dtype=np.bool_)
_BEGINS = np.array([kind not in CLOSING_KINDS | {Kind.REPLY} for kind in KINDS], dtype=np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class TurnTaking:
    """How ego and each alter answer each other; columns of shape ``(m,)``, nan where undefined.

    Args:
        reply_rate: share of ego's turns that the alter answered in time.
        own_reply_rate: share of the alter's turns that ego answered in time.
        reply_hours: the alter's median time to answer.
        own_reply_hours: ego's.
        initiated_share: share of conversations that ego began.
        owed_by_ego_days: age in whole days of the alter's last turn where it waits for ego.
        owed_to_ego_days: age of ego's last turn where it waits for the alter.
        all_reply_hours: median time to answer over all alters' answers.
        all_own_reply_hours: over all of ego's.
    """

    reply_rate: Floats
    own_reply_rate: Floats
    reply_hours: Floats
    own_reply_hours: Floats
    initiated_share: Floats
    owed_by_ego_days: Floats
    owed_to_ego_days: Floats
    all_reply_hours: float
    all_own_reply_hours: float


@dataclass(frozen=True, slots=True, eq=False)
class _Acts:
    """Acts between two, sorted by alter, then moment."""

    row: Ints  # place among the alters
    by_ego: Bools
    at: Ints
    kind: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Turns:
    """Turns in the order of their acts."""

    row: Ints
    by_ego: Bools
    last_at: Ints
    waits: Bools
    answer_seconds: Ints  # -1 where there was no answer in time


def turn_taking(
    exchanges: Exchanges,
    alters: Ints,
    last_met: Ints,
    day: int,
    parameters: ScoringParameters,
) -> TurnTaking:
    """Reply rates and times, initiative and what is owed, from ego's exchanges.

    A conversation begins with an act that is no reply and waits for an answer, after more than
    ``conversation_gap_days`` of silence between the two. What is owed is the last turn, where it
    waits, is at most ``owed_within_days`` old, and the two have not met or called since its day:
    then they have spoken.

    Args:
        exchanges: ego's acts with alters whose moment is known, in any order.
        alters: the alters to answer for, shape ``(m,)``, rising.
        last_met: UTC day on which ego and each alter last met or called; -1 for never.
        day: UTC day, inclusive; what comes after it is not looked at.
        parameters: the spans named above, and the audience up to which an act is a turn.

    Returns:
        Columns in the order of ``alters``; nan where there is nothing to judge, or nothing owed.
    """
    count = len(alters)
    acts = _acts(exchanges, alters, day, parameters)
    turns = _turns(acts, parameters)
    end = (day + 1) * _SECONDS_PER_DAY
    judged = turns.waits & (turns.last_at + parameters.reply_within_days * _SECONDS_PER_DAY < end)
    answered = judged & (turns.answer_seconds >= 0)
    rates, hours, everyone = [], [], []
    for side in (turns.by_ego, ~turns.by_ego):
        asked = np.bincount(turns.row[judged & side], minlength=count)
        given = np.bincount(turns.row[answered & side], minlength=count)
        rates.append(shares(given, asked))
        spans = turns.answer_seconds[answered & side] / _SECONDS_PER_HOUR
        hours.append(medians(turns.row[answered & side], spans, count))
        everyone.append(float(np.median(spans)) if len(spans) else float("nan"))
    owed = _owed_days(turns, last_met, day, parameters)
    last_by_ego = np.zeros(count, dtype=np.bool_)
    last_by_ego[turns.row] = turns.by_ego
    return TurnTaking(
        reply_rate=rates[0],
        own_reply_rate=rates[1],
        reply_hours=hours[0],
        own_reply_hours=hours[1],
        initiated_share=_initiated_share(acts, count, parameters),
        owed_by_ego_days=np.where(last_by_ego, np.nan, owed),
        owed_to_ego_days=np.where(last_by_ego, owed, np.nan),
        all_reply_hours=everyone[0],
        all_own_reply_hours=everyone[1],
    )


def _acts(exchanges: Exchanges, alters: Ints, day: int, parameters: ScoringParameters) -> _Acts:
    row = np.searchsorted(alters, exchanges.alter)
    known = np.isin(exchanges.alter, alters)
    in_time = exchanges.at < (day + 1) * _SECONDS_PER_DAY
    kept = np.flatnonzero(known & in_time & (exchanges.audience <= parameters.turn_audience))
    order = np.lexsort(
        (exchanges.kind[kept], exchanges.by_ego[kept], exchanges.at[kept], row[kept])
    )
    kept = kept[order]
    return _Acts(row[kept], exchanges.by_ego[kept], exchanges.at[kept], exchanges.kind[kept])


def _turns(acts: _Acts, parameters: ScoringParameters) -> _Turns:
    within = parameters.reply_within_days * _SECONDS_PER_DAY
    same = np.zeros(len(acts.row), dtype=np.bool_)
    same[1:] = (acts.row[1:] == acts.row[:-1]) & (acts.by_ego[1:] == acts.by_ego[:-1])
    same[1:] &= np.diff(acts.at) <= within
    first = np.flatnonzero(~same)
    last = np.append(first[1:], len(acts.row))[: len(first)] - 1
    waiting = np.concatenate([[0], np.cumsum(_WAITS[acts.kind])])
    row, by_ego, first_at, last_at = (
        acts.row[first],
        acts.by_ego[first],
        acts.at[first],
        acts.at[last],
    )
    pause = first_at[1:] - last_at[:-1]
    answers = (row[1:] == row[:-1]) & (by_ego[1:] != by_ego[:-1]) & (pause <= within)
    answer_seconds = np.full(len(first), -1, dtype=np.int64)
    answer_seconds[:-1][answers] = pause[answers]
    return _Turns(
        row=row,
        by_ego=by_ego,
        last_at=last_at,
        waits=waiting[last + 1] > waiting[first],
        answer_seconds=answer_seconds,
    )


def _owed_days(turns: _Turns, last_met: Ints, day: int, parameters: ScoringParameters) -> Floats:
    """Age of each alter's last turn, whoever's it is, where it still waits."""
    owed = np.full(len(last_met), np.nan)
    is_last = np.diff(turns.row, append=-1) != 0
    turn_day = turns.last_at[is_last] // _SECONDS_PER_DAY
    row = turns.row[is_last]
    age = (day - turn_day).astype(np.float64)
    open_still = turns.waits[is_last] & (age <= parameters.owed_within_days)
    open_still &= last_met[row] <= turn_day
    owed[row[open_still]] = age[open_still]
    return owed


def _initiated_share(acts: _Acts, count: int, parameters: ScoringParameters) -> Floats:
    gap = parameters.conversation_gap_days * _SECONDS_PER_DAY
    after_silence = np.ones(len(acts.row), dtype=np.bool_)
    after_silence[1:] = (acts.row[1:] != acts.row[:-1]) | (np.diff(acts.at) > gap)
    begins = after_silence & _BEGINS[acts.kind]
    by_ego = np.bincount(acts.row[begins & acts.by_ego], minlength=count)
    return shares(by_ego, np.bincount(acts.row[begins], minlength=count))
