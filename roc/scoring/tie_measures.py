"""The columns of ego's ties, put together from what is known of each."""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import Floats
from roc.scoring.ego import EgoTies
from roc.scoring.measures import TieMeasures
from roc.scoring.parameters import ScoringParameters
from roc.scoring.reciprocity import balance, give_get
from roc.scoring.returns import connection_roc, lever, returned
from roc.scoring.strength import (
    alive,
    fading,
    mean_gap_days,
    raw_strength,
    silence_ratio,
    states,
    strength,
)
from roc.scoring.structure import attention_share
from roc.scoring.trust import known, known_and_trusted
from roc.scoring.turns import TurnTaking


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What is known of each of ego's ties, row by row for the same alters.

    Args:
        own: what passed, with the half-life of reciprocity behind those of strength.
        heard: the same without acts of which nobody could have been heard to answer.
        before: the same at the beginning of the fading window.
        turns: who answers whom.
        trust: T of each alter in ego, -1 to 1.
        spent_days: money spent, as faded days of reaching out, at least 0.
        worth: what each alter is worth to ego, 0 to 1.
        corrected: what ego's own past adds to the log odds of the chance alive.
    """

    own: EgoTies
    heard: EgoTies
    before: EgoTies
    turns: TurnTaking
    trust: Floats
    spent_days: Floats
    worth: Floats
    corrected: Floats


def tie_measures(of: Evidence, parameters: ScoringParameters) -> TieMeasures:
    """Measure each tie from the evidence; nan where nothing can be said.

    Args:
        of: the evidence.
        parameters: the numbers of the scores.
    """
    own, turns = of.own, of.turns
    something = own.contact_days > 0
    shown = strength(
        own.given[:, :-1],
        own.received[:, :-1],
        own.given_squares[:, :-1],
        own.received_squares[:, :-1],
        parameters,
    )
    raw = _raw(own.given, own.received, parameters)
    ratio = silence_ratio(own.day, own.first_day, own.last_day, own.contact_days, parameters)
    chance = alive(raw, ratio, parameters, of.corrected)
    given, received = own.given[:, -1], own.received[:, -1]
    longest = int(np.argmax(parameters.half_lives_days))
    knows = known(own.received[:, longest])
    back = returned(chance, of.trust, of.worth)
    given_heard, received_heard = of.heard.given[:, -1], of.heard.received[:, -1]
    one_way = something & (of.heard.contact_days == 0)
    invested = given_heard + of.spent_days
    more = _raw(own.given + 1.0, own.received + 1.0, parameters)
    then = alive(more, np.zeros(len(raw)), parameters, of.corrected)
    return TieMeasures(
        alter=own.alter,
        strength=shown.shown,
        strength_low=shown.low,
        strength_high=shown.high,
        strength_parts=shown.parts,
        alive=chance,
        corrected=of.corrected,
        state=states(ratio, parameters),
        fading=fading(raw, _raw(of.before.given, of.before.received, parameters), parameters),
        silence_days=np.where(something, own.day - own.last_day, np.nan),
        gap_days=mean_gap_days(own.first_day, own.last_day, own.contact_days),
        first_day=own.first_day,
        last_day=own.last_day,
        given_days=own.given_days,
        received_days=own.received_days,
        given=given,
        received=received,
        one_way=one_way,
        balance=balance(given_heard, received_heard),
        give_get=np.where(one_way, np.nan, give_get(given_heard, received_heard)),
        reply_rate=turns.reply_rate,
        own_reply_rate=turns.own_reply_rate,
        reply_hours=turns.reply_hours,
        own_reply_hours=turns.own_reply_hours,
        initiated_share=turns.initiated_share,
        owed_by_ego_days=turns.owed_by_ego_days,
        owed_to_ego_days=turns.owed_to_ego_days,
        trust=of.trust,
        known=knows,
        known_and_trusted=known_and_trusted(knows, of.trust),
        returned=back,
        invested=invested,
        connection_roc=connection_roc(back, invested),
        lever=lever(back, invested, returned(then, of.trust, of.worth)),
        attention_share=attention_share(given, received),
    )


def _raw(given: Floats, received: Floats, parameters: ScoringParameters) -> Floats:
    """S over the half-lives of strength, leaving out that of reciprocity behind them."""
    parts = raw_strength(given[:, :-1], received[:, :-1], parameters.one_sided_share)
    return np.asarray(parts.sum(axis=1), dtype=np.float64)
