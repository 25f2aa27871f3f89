"""Everything measured for one ego at one moment: the one call that workflows make."""

from dataclasses import replace

import numpy as np

from roc.graph.frames import KINDS, Contacts, Declared, Exchanges, Expenses, Floats, Ints, People
from roc.graph.records import SHARED_KINDS
from roc.scoring import structure
from roc.scoring.dyads import fade, only, pair_days, ties
from roc.scoring.ego import EgoTies, aligned, ego_ties, of_person
from roc.scoring.features import features
from roc.scoring.grouped import totals
from roc.scoring.hearing import OneWay, hearing
from roc.scoring.measures import Measures, NetworkMeasures, TieMeasures
from roc.scoring.own_past import OwnPast, correction
from roc.scoring.parameters import ScoringParameters
from roc.scoring.reciprocity import NetworkReciprocity, network_reciprocity
from roc.scoring.returns import roc_score
from roc.scoring.tie_measures import Evidence, tie_measures
from roc.scoring.trust import signals, trust_in, trust_model
from roc.scoring.turns import TurnTaking, turn_taking

TWO_WAY_WITHIN_DAYS = 90
"""A tie counts as two-way where both directions were seen within this many days."""

INNER_CIRCLE = 5
"""How many alters the inner circle holds: the support clique of Hill and Dunbar (2003)."""


def measure(
    people: People,
    contacts: Contacts,
    exchanges: Exchanges,
    expenses: Expenses,
    declared: Declared,
    day: int,
    parameters: ScoringParameters,
    value: Floats | None = None,
    one_way: OneWay = frozenset(),
    own_past: OwnPast | None = None,
) -> Measures:
    """Measure every tie of ego, and the network they make, as of a day.

    Nothing after ``day`` is looked at. People set aside are left out on every side. Where nobody
    is known to be ego there are no ties, and only the reciprocity of the whole graph is told.

    Args:
        people: everyone in the graph.
        contacts: who reached whom on which day, between all of them.
        exchanges: ego's acts with alters whose moment is known.
        expenses: what ego spent on acts with each alter.
        declared: standing relations that sources state.
        day: UTC day, inclusive.
        parameters: the numbers of the scores.
        value: what each person is worth to ego, shape ``(n,)``, at least 0; all alike where it
            is left out. Divided by the largest, so that the scores stay within their ranges.
        one_way: sources and kinds of which only ego's own acts are told. They count in strength,
            for they happened, and in nothing that asks whether they came back.
        own_past: what ego's own past corrects the chance alive by; fitted with these parameters.

    Returns:
        The measures; ``measures.py`` tells each column.

    Raises:
        ValueError: contacts that name nobody or reach nobody, or a value that is negative, not
            finite, or not one for each person.
    """
    worth = _worth(value, len(people))
    heard = hearing(contacts, people.ego, day, one_way)
    pairs = pair_days(heard.contacts(contacts), people, day, parameters)
    mutual = network_reciprocity(pairs.low, pairs.high, pairs.there, pairs.back)
    mine = of_person(contacts, people.ego)
    own = _faded(mine, people, day, parameters)
    before = _faded(mine, people, day - parameters.fading_window_days, parameters)
    alters = _alters(own, people, declared, day)
    model = trust_model(signals(contacts, people, day, parameters), len(people), parameters)
    turns = turn_taking(
        heard.exchanges(exchanges), alters, _last_met(mine, alters, day), day, parameters
    )
    evidence = Evidence(
        own=aligned(own, alters),
        heard=aligned(_faded(heard.contacts(mine), people, day, parameters), alters),
        before=aligned(before, alters),
        turns=turns,
        trust=trust_in(model, alters, people.ego, parameters),
        spent_days=_spent_days(expenses, alters, day, parameters),
        worth=worth[alters],
        corrected=_corrected(own_past, mine, people, alters, day, parameters),
    )
    measured = tie_measures(evidence, parameters)
    return Measures(
        day=day,
        ties=measured,
        network=_network_measures(measured, evidence.own, turns, mutual),
        ego=people.ego,
        heard_one_way=heard.unheard(only(mine, mine.day <= day)),
    )


def _faded(mine: Contacts, people: People, day: int, parameters: ScoringParameters) -> EgoTies:
    """Ego's ties with the half-life of reciprocity as one more behind those of strength."""
    half_lives = (*parameters.half_lives_days, parameters.reciprocity_half_life_days)
    wider = replace(parameters, half_lives_days=half_lives)
    return ego_ties(ties(mine, people, day, wider), people.ego)


def _corrected(
    own_past: OwnPast | None,
    mine: Contacts,
    people: People,
    alters: Ints,
    day: int,
    parameters: ScoringParameters,
) -> Floats:
    """What ego's own past adds to the log odds of each alter; 0 where nothing passed."""
    found = np.zeros(len(alters))
    if own_past is None:
        return found
    of = ties(mine, people, day, parameters)
    other = np.where(of.low == people.ego, of.high, of.low)
    found[np.searchsorted(alters, other)] = correction(own_past, features(of, parameters))
    return found


def _alters(own: EgoTies, people: People, declared: Declared, day: int) -> Ints:
    """Everyone with whom something passed, or who stands in a declared tie with ego; rising."""
    since = declared.day <= day
    stated = np.concatenate(
        [
            declared.other[since & (declared.person == people.ego)],
            declared.person[since & (declared.other == people.ego)],
        ]
    )
    stated = stated[(stated != people.ego) & ~people.set_aside[stated]]
    return np.union1d(own.alter, stated)


def _last_met(mine: Contacts, alters: Ints, day: int) -> Ints:
    """UTC day on which ego and each alter last met or called; -1 for never."""
    shared = np.array([kind in SHARED_KINDS for kind in KINDS])
    rows = shared[mine.kind] & (mine.day <= day) & np.isin(mine.sender, alters)
    met = np.full(len(alters), -1, dtype=np.int64)
    np.maximum.at(met, np.searchsorted(alters, mine.sender[rows]), mine.day[rows])
    return met


def _spent_days(
    expenses: Expenses, alters: Ints, day: int, parameters: ScoringParameters
) -> Floats:
    """Money spent on each alter as faded days of reaching out."""
    rows = (expenses.day <= day) & np.isin(expenses.alter, alters)
    left = fade(day - expenses.day[rows], parameters.reciprocity_half_life_days)
    place = np.searchsorted(alters, expenses.alter[rows])
    spent = totals(place, expenses.amount[rows] * left, len(alters))
    return spent / parameters.cost_per_day


def _worth(value: Floats | None, count: int) -> Floats:
    """Each person's value between 0 and 1."""
    if value is None:
        return np.ones(count)
    if len(value) != count:
        raise ValueError(f"{len(value)} values for {count} people")
    if not (np.isfinite(value).all() and (value >= 0).all()):
        raise ValueError("a value must be finite and not negative")
    largest = float(value.max(initial=0.0))
    return value / largest if largest > 0 else np.zeros(count)


def _network_measures(
    measured: TieMeasures, own: EgoTies, turns: TurnTaking, mutual: NetworkReciprocity
) -> NetworkMeasures:
    since = own.day - TWO_WAY_WITHIN_DAYS
    two_way = (own.given_days > 0) & (own.received_days > 0)
    two_way &= (own.last_given_day > since) & (own.last_received_day > since)
    something = ~np.isnan(measured.strength)
    attention = measured.attention_share[something]
    return NetworkMeasures(
        roc_score=roc_score(measured.returned, measured.invested),
        known_and_trusted=float(measured.known_and_trusted.sum()),
        known=float(measured.known.sum()),
        two_way_ties=int(two_way.sum()),
        people=int(something.sum()),
        reciprocity=mutual.reciprocity,
        weighted_reciprocity=mutual.weighted,
        weighted_reciprocity_excess=mutual.weighted_excess,
        reply_hours=turns.all_reply_hours,
        own_reply_hours=turns.all_own_reply_hours,
        attention_gini=structure.gini(attention),
        inner_circle_share=structure.largest_share(attention, INNER_CIRCLE),
    )
