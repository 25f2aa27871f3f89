"""What gatherings gave for what they cost: readings after a while, and many of them together.

Each is read as in `roc.scoring.gatherings`: new ties among those who came, beside placebo groups.
Many are pooled draw by draw, so that the doubt of the sum is right. What is taken for an effect of
one evening may be chance; a series tells more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from roc.graph.frames import KINDS, Bools, Contacts, Floats, Ints, People
from roc.graph.records import SHARED_KINDS
from roc.scoring.dyads import only
from roc.scoring.gatherings import (
    PLACEBOS,
    Effect,
    Setting,
    against,
    beside,
    dice,
    placebo_groups,
    settings,
)
from roc.scoring.parameters import ScoringParameters

HORIZONS = (7, 30, 90, 180)
"""Days after a gathering at which it is read."""

READ_DAYS = 90
"""The reading that gatherings are compared and pooled by."""

DEEPENING_POWER = (0.10, 0.30)
"""How often a deepening of existing ties by a day in four would be found with ten guests: measured
on five public networks (docs/scores/gatherings.md)."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One gathering, read after some days.

    Args:
        days: how many.
        effect: new ties among those who came, against placebo groups.
        anyway: what each placebo group would have formed; empty where nothing can be said.
        deepened: how many more days of contact ego had with those guests whom ego knew, a guest,
            in the days after than in as many before, less the same of placebo guests; nan where
            ego knew none, or nothing can be said.
        deepened_anyway: of each placebo group the change less their mean, shape as ``anyway``.
    """

    days: int
    effect: Effect
    anyway: Floats
    deepened: float
    deepened_anyway: Floats

    @property
    def is_told(self) -> bool:
        """Whether there is enough to say anything."""
        return bool(len(self.anyway))


@dataclass(frozen=True, slots=True)
class Pool:
    """Several gatherings together.

    Args:
        gatherings: how many had a reading that tells something.
        effect: new ties of all of them, against as many placebo groups of each.
        cost: what they cost; nan where that is not told of each, or in several currencies.
        deepened: mean change of contact with guests whom ego knew; nan where there are none.
        deepened_low: lower end of its interval of 90 %.
        deepened_high: upper end.
    """

    gatherings: int
    effect: Effect
    cost: float
    deepened: float
    deepened_low: float
    deepened_high: float

    @property
    def cost_per_tie(self) -> float:
        """Cost of a new tie beyond what would have formed; nan where there is none, or no cost."""
        excess = self.effect.excess
        return self.cost / excess if excess > 0 else float("nan")

    @property
    def cost_between(self) -> tuple[float, float]:
        """Interval of 90 % of the cost of a tie; ∞ where there may be none, nan without a cost."""
        if np.isnan(self.cost):
            return float("nan"), float("nan")
        low, high = (
            self.cost / end if end > 0 else float("inf")
            for end in (self.effect.high, self.effect.low)
        )
        return low, high


def readings(
    contacts: Contacts,
    people: People,
    day: int,
    guests: Ints,
    horizons: Sequence[int],
    parameters: ScoringParameters,
) -> list[Reading]:
    """One gathering, read after each of some days.

    Args:
        contacts: who reached whom on which day.
        people: everyone; ego, if among the guests, stays in all placebo groups.
        day: UTC day of the gathering.
        guests: person numbers of all who were there, each once.
        horizons: days after it, all of them over.
        parameters: which kinds are contact.
    """
    willing = only(contacts, (contacts.day < day) | ~_crowded(contacts))
    there = settings(willing, people, day, [day + after for after in horizons], parameters)
    if not there:
        return []
    others = placebo_groups(there[0], guests, PLACEBOS, dice(day), people.ego)
    return [
        _reading(of, willing, people, day, guests, others, after)
        for of, after in zip(there, horizons, strict=True)
    ]


def _crowded(contacts: Contacts) -> Bools:
    """Meetings of more than two: whoever was called into one room has not thereby made a friend."""
    shared = np.isin(contacts.kind, [KINDS.index(kind) for kind in SHARED_KINDS])
    crowded: Bools = shared & (contacts.audience > 1)
    return crowded


def _reading(
    of: Setting,
    contacts: Contacts,
    people: People,
    day: int,
    guests: Ints,
    others: Ints,
    after: int,
) -> Reading:
    found, anyway = against(of, guests, others)
    if np.isnan(found.chance):
        nothing = np.empty(0)
        return Reading(after, found, nothing, float("nan"), nothing)
    change, known = _change(contacts, people, day, after)
    deepened, spread = _deepened(change, known, guests, others)
    return Reading(after, found, anyway, deepened, spread)


def _change(contacts: Contacts, people: People, day: int, after: int) -> tuple[Floats, Bools]:
    """By how many days of contact with ego each person changed, and whom ego knew before."""
    ego, count = people.ego, len(people)
    own = (contacts.sender == ego) | (contacts.recipient == ego)
    other = np.where(contacts.sender == ego, contacts.recipient, contacts.sender)
    near = own & (contacts.day >= day - after) & (contacts.day <= day + after)
    pairs = np.unique(other[near] * (2 * after + 1) + contacts.day[near] - (day - after))
    person, place = np.divmod(pairs, 2 * after + 1)
    change = np.zeros(count)
    np.add.at(change, person[place > after], 1.0)
    np.add.at(change, person[place < after], -1.0)
    known = np.zeros(count, dtype=np.bool_)
    known[other[own & (contacts.day < day)]] = True
    known[[ego] if ego >= 0 else []] = False
    return change, known


def _deepened(change: Floats, known: Bools, guests: Ints, others: Ints) -> tuple[float, Floats]:
    """The mean change of known guests less that of placebo guests, and how that one spreads."""
    if not known[guests].any():
        return float("nan"), np.zeros(len(others))
    weight = known[others]
    total = np.where(weight, change[others], 0.0).sum(axis=1)
    anyway = total / np.maximum(weight.sum(axis=1), 1)
    mean = float(anyway.mean())
    return float(change[guests][known[guests]].mean()) - mean, anyway - mean


def pooled(read: Sequence[Reading], costs: Sequence[float]) -> Pool:
    """Several gatherings together, at one number of days after each.

    Args:
        read: a reading of each.
        costs: what each cost; nan where that is not told.

    Returns:
        Counts of 0 and nan where no reading tells anything.
    """
    told = [(one, cost) for one, cost in zip(read, costs, strict=True) if one.is_told]
    eligible = sum(one.effect.eligible for one, _ in told)
    formed = sum(one.effect.formed for one, _ in told)
    none = float("nan")
    anyway = np.sum([one.anyway for one, _ in told], axis=0) if told else np.empty(0)
    effect = beside(eligible, formed, anyway)
    if np.isnan(effect.chance):
        return Pool(len(told), effect, none, none, none, none)
    known = [one for one, _ in told if not np.isnan(one.deepened)]
    deepened, spread = none, np.array([none])
    if known:
        deepened = float(np.mean([one.deepened for one in known]))
        spread = np.mean([one.deepened_anyway for one in known], axis=0)
    least, most = deepened - np.quantile(spread, [0.95, 0.05])
    return Pool(
        gatherings=len(told),
        effect=effect,
        cost=float(sum(cost for _, cost in told)),
        deepened=deepened,
        deepened_low=float(least),
        deepened_high=float(most),
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """New ties beyond what would have formed, a gathering: of some more than of others.

    Args:
        more: how many.
        low: lower end of the interval that covers 90 %.
        high: upper end.
    """

    more: float
    low: float
    high: float


def difference(these: Sequence[Reading], those: Sequence[Reading]) -> Difference | None:
    """How much more some gatherings gave than others; ``None`` where either tell nothing."""
    one, other = ([each for each in read if each.is_told] for read in (these, those))
    if not one or not other:
        return None
    gave = [
        np.mean([each.effect.formed - each.anyway for each in read], axis=0)
        for read in (one, other)
    ]
    # Both are as sure as their own placebo groups; draws are apart, so any may meet any.
    apart = np.subtract.outer(gave[0], gave[1]).ravel()
    low, high = np.quantile(apart, [0.05, 0.95])
    return Difference(float(apart.mean()), float(low), float(high))
