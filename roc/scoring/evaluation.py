"""Does it foretell? Chances told at moments of the past, held against what happened afterwards.

Three rivals: the shipped constants; the same two fitted anew on one's own past; and a logistic
model that corrects them. Each is fitted on earlier moments and judged at a later one whose outcome
none has seen; this is done at several later moments, and the one that was surprised least wins.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from roc.graph.frames import Contacts, Floats, Ints, People
from roc.scoring.dyads import Ties, only, ties
from roc.scoring.ego import of_person
from roc.scoring.features import Features, features
from roc.scoring.own_past import OwnPast, fitted, newton, odds, shipped_odds
from roc.scoring.parameters import ScoringParameters
from roc.scoring.ranking import auc, average_precision, calibration_error, log_loss
from roc.scoring.strength import ALIVE_WITHIN_DAYS

SHIPPED, REFITTED, OWN_PAST = "shipped", "refitted", "own past"
RIVALS = (SHIPPED, REFITTED, OWN_PAST)

MOMENTS = 3
"""Later moments at which the rivals are judged, a horizon apart, the last as late as can be."""

_TAUGHT_AT = 4  # moments before each of them, at most
LEAST_PAIRS = 200
"""Ties, at all moments that teach together, below which there is too little to learn from."""

_LEAST_JUDGED = 50
_LEAST_OF_EACH = 10  # pairs that were in touch, and pairs that were not


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """What was known of pairs on a day, and what happened within the horizon after it.

    Args:
        day: UTC day, the last that is known.
        of: features of every pair that had been in touch.
        label: 1 where both reached each other within the horizon, shape ``(m,)``.
    """

    day: int
    of: Features
    label: Ints


@dataclass(frozen=True, slots=True)
class Rival:
    """How well one of ``RIVALS`` foretold, over all later moments together.

    Args:
        name: which one.
        auc: see ``ranking``.
        average_precision: see ``ranking``.
        calibration_error: see ``ranking``.
        surprise: log loss in nats; the least wins.
    """

    name: str
    auc: float
    average_precision: float
    calibration_error: float
    surprise: float


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What came of it.

    Args:
        horizon_days: how far ahead it was foretold.
        moments: the UTC days at which the rivals were judged, rising.
        taught: ties at the moments that teach, where there are most.
        pairs: how many pairs were judged over all moments.
        happened: how many of them were in touch.
        rivals: in the order of ``RIVALS``; empty where there is too little history.
        winner: one of ``RIVALS``; the shipped one where there is too little history.
        intercept: of the chance alive, by the winner.
        strength: what a unit of heard strength adds, by the winner.
        model: the correction, where the owner's own past won; else ``None``.
    """

    horizon_days: int
    moments: tuple[int, ...]
    taught: int
    pairs: int
    happened: int
    rivals: tuple[Rival, ...]
    winner: str
    intercept: float
    strength: float
    model: OwnPast | None

    @property
    def has_enough(self) -> bool:
        """Whether there was enough history to judge by."""
        return bool(self.rivals)


def moment(
    contacts: Contacts,
    people: People,
    day: int,
    parameters: ScoringParameters,
    horizon_days: int = ALIVE_WITHIN_DAYS,
) -> Moment:
    """What was known on a day of everybody's ties with ego, and what happened after it.

    Args:
        contacts: who reached whom on which day, the horizon after ``day`` among them.
        people: everyone; where nobody is ego, all pairs are told of, and the people in them.
        day: UTC day.
        parameters: see ``features``.
        horizon_days: how far ahead.
    """
    mine = contacts if people.ego < 0 else of_person(contacts, people.ego)
    of = ties(mine, people, day, parameters)
    told = features(of, parameters, len(people) if people.ego < 0 else None)
    ahead = only(mine, (mine.day > day) & (mine.day <= day + horizon_days))
    return Moment(day, told, two_way(ties(ahead, people, day + horizon_days, parameters), of))


def two_way(later: Ties, of: Ties) -> Ints:
    """1 for each pair of ``of`` that reached each other both ways in ``later``, shape ``(m,)``."""
    count = int(max(later.high.max(initial=0), of.high.max(initial=0))) + 1
    both = later.days.min(axis=1) > 0
    answered = (later.low * count + later.high)[both]
    return np.isin(of.low * count + of.high, answered).astype(np.int64)


def evaluate(
    contacts: Contacts,
    people: People,
    day: int,
    parameters: ScoringParameters,
    horizon_days: int = ALIVE_WITHIN_DAYS,
) -> Evaluation:
    """Let the rivals compete on the past up to a day.

    Args:
        contacts: who reached whom on which day; nothing after ``day`` is looked at.
        people: everyone; ego's ties are judged, or all where nobody is ego.
        day: UTC day, inclusive.
        parameters: the shipped constants.
        horizon_days: how far ahead.
    """
    first = int(contacts.day.min(initial=day))
    backs = range(MOMENTS + _TAUGHT_AT, 0, -1)
    days = [day - back * horizon_days for back in backs if day - back * horizon_days > first]
    moments = [moment(contacts, people, each, parameters, horizon_days) for each in days]
    return judged(moments, parameters, horizon_days)


def judged(
    moments: Sequence[Moment], parameters: ScoringParameters, horizon_days: int
) -> Evaluation:
    """Let the rivals compete on moments, rising by day, a horizon apart."""
    later = list(range(max(1, len(moments) - MOMENTS), len(moments)))
    taught = {place: together(moments[max(0, place - _TAUGHT_AT) : place]) for place in later}
    most = max((len(one.label) for one in taught.values()), default=0)
    later = [place for place in later if _is_enough(taught[place])]
    judged_at = together([moments[place] for place in later]) if later else None
    evaluation = Evaluation(
        horizon_days=horizon_days,
        moments=tuple(moments[place].day for place in later),
        taught=most,
        pairs=0 if judged_at is None else len(judged_at.label),
        happened=0 if judged_at is None else int(judged_at.label.sum()),
        rivals=(),
        winner=SHIPPED,
        intercept=parameters.alive_intercept,
        strength=parameters.alive_strength,
        model=None,
    )
    if judged_at is None or not _is_enough(judged_at, _LEAST_JUDGED):
        return evaluation
    told = {
        name: np.concatenate([foretell(taught[at], parameters)(moments[at].of) for at in later])
        for name, foretell in _WAYS.items()
    }
    rivals = tuple(_rival(name, told[name], judged_at.label) for name in RIVALS)
    winner = min(rivals, key=lambda rival: rival.surprise).name
    newest = together(moments[-_TAUGHT_AT:])
    won = replace(evaluation, rivals=rivals, winner=winner)
    if winner == OWN_PAST:
        return replace(won, model=fitted(newest.of, newest.label, parameters))
    if winner == REFITTED:
        intercept, strength = refitted(newest)
        return replace(won, intercept=intercept, strength=strength)
    return won


def together(moments: Sequence[Moment]) -> Moment:
    """The pairs of several moments as one."""
    return Moment(
        moments[-1].day,
        Features(
            moments[-1].of.names,
            np.concatenate([one.of.values for one in moments]),
            np.concatenate([one.of.heard for one in moments]),
        ),
        np.concatenate([one.label for one in moments]),
    )


def refitted(taught: Moment) -> tuple[float, float]:
    """Intercept and weight of heard strength that make what happened most likely."""
    columns = np.column_stack([np.ones(len(taught.label)), taught.of.heard])
    intercept, strength = newton(columns, np.zeros(len(taught.label)), taught.label, 1e-3)
    return float(intercept), float(strength)


Foretelling = Callable[[Features], Floats]
"""Log odds of pairs by their features."""


def _shipped(_taught: Moment, parameters: ScoringParameters) -> Foretelling:
    return lambda of: shipped_odds(of.heard, parameters)


def _refitted(taught: Moment, _parameters: ScoringParameters) -> Foretelling:
    intercept, strength = refitted(taught)
    return lambda of: intercept + strength * of.heard


def _own_past(taught: Moment, parameters: ScoringParameters) -> Foretelling:
    model = fitted(taught.of, taught.label, parameters)
    return lambda of: odds(model, of, parameters)


_WAYS: dict[str, Callable[[Moment, ScoringParameters], Foretelling]] = {
    SHIPPED: _shipped,
    REFITTED: _refitted,
    OWN_PAST: _own_past,
}


def _rival(name: str, told: Floats, label: Ints) -> Rival:
    chance: Floats = 0.5 * (1.0 + np.tanh(0.5 * told))
    return Rival(
        name=name,
        auc=auc(told, label),
        average_precision=average_precision(told, label),
        calibration_error=calibration_error(chance, label),
        surprise=log_loss(told, label),
    )


def _is_enough(moment: Moment, least: int = LEAST_PAIRS) -> bool:
    happened = int(moment.label.sum())
    count = len(moment.label)
    return count >= least and min(happened, count - happened) >= _LEAST_OF_EACH
