"""The chance alive: fits its two constants on public data and prints how far off it is.

Run: ``python -m benchmarks.calibration DIR``. Pairs are asked at four cuts of each data set for
two-way contact within 30 days; each data set weighs the same. *shipped* is the error of the
constants in ``parameters.py``, *left out* that of constants fitted on the other data sets.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from roc.bench.public_data import (
    Acts,
    acts,
    contacts_before,
    cuts,
    nameless_people,
    two_way_after,
)
from roc.graph.frames import Floats, Ints
from roc.scoring.dyads import ties
from roc.scoring.parameters import ScoringParameters
from roc.scoring.ranking import auc, calibration_error
from roc.scoring.strength import (
    ALIVE_WITHIN_DAYS,
    alive,
    heard_strength,
    raw_strength,
    silence_ratio,
)

LONG_ENOUGH = ("collegemsg", "radoslaw", "enron")


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """Pairs at their cuts: what was known, and what happened."""

    name: str
    raw: Floats
    ratio: Floats
    label: Ints


def asked(of_all: Acts, parameters: ScoringParameters) -> Asked:
    """All pairs of a data set at all its cuts."""
    people = nameless_people(of_all.people_count)
    raw, ratio, label = [], [], []
    for cut in cuts(of_all, ALIVE_WITHIN_DAYS):
        contacts, day = contacts_before(of_all, cut)
        of = ties(contacts, people, day, parameters)
        sums = of.sums
        parts = raw_strength(sums[:, 0], sums[:, 1], parameters.one_sided_share)
        raw.append(parts.sum(axis=1))
        ratio.append(silence_ratio(day, of.first_day, of.last_day, of.contact_days, parameters))
        label.append(two_way_after(of_all, cut, ALIVE_WITHIN_DAYS, of.low, of.high))
    return Asked(of_all.name, np.concatenate(raw), np.concatenate(ratio), np.concatenate(label))


def fitted(sets: list[Asked]) -> Floats:
    """Intercept and weight of strength that make what happened most likely."""
    parameters = ScoringParameters()
    heard = np.concatenate([heard_strength(one.raw, one.ratio, parameters) for one in sets])
    columns = np.stack([np.ones_like(heard), heard], axis=1)
    label = np.concatenate([one.label for one in sets])
    weight = np.concatenate([np.full(len(one.label), 1.0 / len(one.label)) for one in sets])

    def loss(constants: Floats) -> tuple[float, Floats]:
        odds = columns @ constants
        miss = weight * (np.logaddexp(0.0, odds) - label * odds)
        slope = columns.T @ (weight * (0.5 * (1.0 + np.tanh(0.5 * odds)) - label))
        return float(miss.sum()), slope

    found = minimize(loss, np.zeros(2), jac=True, method="BFGS")
    return np.asarray(found.x, dtype=np.float64)


def chance(constants: Floats, one: Asked) -> Floats:
    """The chance alive of each pair under other constants than the shipped ones."""
    intercept, strength = (float(constant) for constant in constants)
    parameters = ScoringParameters(alive_intercept=intercept, alive_strength=strength)
    return alive(one.raw, one.ratio, parameters)


def main(folder: Path) -> None:
    """Print the fit, and the errors of the shipped and of the left-out constants."""
    parameters = ScoringParameters()
    sets = [asked(acts(folder, name), parameters) for name in LONG_ENOUGH]
    intercept, strength = fitted(sets)
    print(f"fitted: intercept {intercept:.2f}, strength {strength:.2f}")
    print(
        f"{'data set':<12} {'pairs':>7} {'happened':>8} {'AUC':>6} {'shipped':>8} {'left out':>8}"
    )
    for one in sets:
        shipped = alive(one.raw, one.ratio, parameters)
        others = chance(fitted([other for other in sets if other is not one]), one)
        print(
            f"{one.name:<12} {len(one.label):7d} {one.label.mean():8.3f} "
            f"{auc(shipped, one.label):6.3f} {calibration_error(shipped, one.label):8.3f} "
            f"{calibration_error(others, one.label):8.3f}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
