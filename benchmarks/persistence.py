"""Does tie strength foretell contact? AUC and average precision on public data.

Run: ``python -m benchmarks.persistence DIR``. For every pair with contact before a cut the question
is whether both directions are seen within the data set's horizon after it.
"""

import sys
from pathlib import Path

import numpy as np

from benchmarks.public_data import (
    HORIZON_DAYS,
    contacts_before,
    cuts,
    data_sets,
    nameless_people,
    two_way_after,
)
from benchmarks.ranking import auc, average_precision
from roc.graph.frames import Floats
from roc.scoring.dyads import Ties, ties
from roc.scoring.parameters import ScoringParameters
from roc.scoring.strength import alive, raw_strength, silence_ratio


def scores(of: Ties, parameters: ScoringParameters) -> dict[str, Floats]:
    """What is compared: strength, chance alive, and two plain rivals."""
    raw = raw_strength(of.sums[:, 0], of.sums[:, 1], parameters.one_sided_share).sum(axis=1)
    ratio = silence_ratio(of.day, of.first_day, of.last_day, of.contact_days, parameters)
    return {
        "strength": raw,
        "alive": alive(raw, ratio, parameters),
        "active days": of.days.sum(axis=1).astype(np.float64),
        "recency": of.last_day.astype(np.float64),
    }


def main(folder: Path) -> None:
    """Print one line per data set and score: means over the cuts."""
    parameters = ScoringParameters()
    print(f"{'data set':<12} {'score':<12} {'AUC':>6} {'AP':>6} {'cuts':>5}")
    for acts in data_sets(folder):
        horizon = HORIZON_DAYS[acts.name]
        people = nameless_people(acts.people_count)
        found: dict[str, list[tuple[float, float]]] = {}
        for cut in cuts(acts, horizon):
            contacts, day = contacts_before(acts, cut)
            measured = ties(contacts, people, day, parameters)
            label = two_way_after(acts, cut, horizon, measured.low, measured.high)
            for name, score in scores(measured, parameters).items():
                pair = (auc(score, label), average_precision(score, label))
                found.setdefault(name, []).append(pair)
        for name, pairs in found.items():
            mean_auc, mean_ap = np.mean(pairs, axis=0)
            print(f"{acts.name:<12} {name:<12} {mean_auc:6.3f} {mean_ap:6.3f} {len(pairs):5d}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
