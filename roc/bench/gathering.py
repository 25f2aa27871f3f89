"""Does an evening change anything? Evenings that never were, among people of public data."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from roc.bench.public_data import SECONDS_PER_DAY, acts, contacts_before, nameless_people
from roc.graph.frames import Ints
from roc.scoring.gatherings import Setting, effect, new_ties, setting
from roc.scoring.parameters import ScoringParameters

WINDOW_DAYS = {"collegemsg": 45, "enron": 60}
"""How many days after an evening it is looked for new ties."""

_GUESTS = 10
_SHARE_NEAR = 0.6  # acquaintances of acquaintances among the guests
_EVENINGS = 20  # moments
_GROUPS = 10  # at each
_SURE = 0.05
_CONNECT = 0.10


def alarms(folder: Path, name: str, parameters: ScoringParameters) -> tuple[float, float]:
    """How often an evening without effect is taken for one, and how often one with is found.

    Args:
        folder: see ``public_data``.
        name: one of ``WINDOW_DAYS``.
        parameters: which kinds are contact.

    Returns:
        The share of false alarms at a chance of 5 %, and the power where a tenth of the pairs who
        had not met truly find each other.
    """
    of = acts(folder, name)
    contacts, last = contacts_before(of, float(of.at.max()) + 1.0)
    people = nameless_people(of.people_count)
    days = WINDOW_DAYS[name]
    dice = np.random.default_rng(11)
    begun = int((of.at.max() - np.quantile(of.at, 0.25)) // SECONDS_PER_DAY)
    evenings = dice.integers(last - begun, last - days, _EVENINGS)
    false, found, asked = 0, 0, 0
    for evening in evenings.tolist():
        there = setting(contacts, people, evening + 1, evening + days, parameters)
        for number in range(_GROUPS):
            group = guests(there, dice)
            told = effect(there, group, number)
            if np.isnan(told.chance):
                continue
            asked += 1
            false += told.chance <= _SURE
            found += effect(connected(there, group, dice), group, number).chance <= _SURE
    return false / asked, found / asked


def guests(of: Setting, dice: np.random.Generator) -> Ints:
    """Ten busy people, six in ten of them acquaintances of acquaintances."""
    busy = np.flatnonzero(of.busy >= np.quantile(of.busy[of.busy > 0], 0.5))
    chosen = [int(dice.choice(busy))]
    while len(chosen) < _GUESTS:
        found = int(dice.choice(busy))
        if dice.random() < _SHARE_NEAR:
            found = chosen[int(dice.integers(len(chosen)))]
            for _ in range(2):
                around = of.near[of.starts[found] : of.starts[found + 1]]
                found = int(dice.choice(around)) if len(around) else found
        if found not in chosen:
            chosen.append(found)
    return np.array(chosen, dtype=np.int64)


def connected(of: Setting, group: Ints, dice: np.random.Generator) -> Setting:
    """The same, but that a tenth of the pairs who had not met find each other."""
    one, other = np.triu_indices(len(group), 1)
    pairs = np.sort(np.stack([group[one], group[other]], axis=1), axis=1)
    strangers = pairs[new_ties(of, pairs)[0] == 1]
    chosen = dice.permutation(len(strangers))[: max(1, round(_CONNECT * len(strangers)))]
    low, high = strangers[chosen].T
    formed = np.union1d(of.formed, low * of.count + high)
    return replace(of, formed=formed)
