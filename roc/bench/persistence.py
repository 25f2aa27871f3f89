"""Does a tie go on? Every pair in touch before a cut, asked for contact both ways after it."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from roc.bench.public_data import (
    HORIZON_DAYS,
    SECONDS_PER_DAY,
    Acts,
    acts,
    contacts_before,
    cuts,
    nameless_people,
    two_way_after,
)
from roc.graph.frames import Floats
from roc.scoring.dyads import Ties, ties
from roc.scoring.evaluation import Moment, together
from roc.scoring.features import features
from roc.scoring.own_past import fitted, odds
from roc.scoring.parameters import ScoringParameters
from roc.scoring.ranking import auc, average_precision, by_ego, calibration_error
from roc.scoring.strength import (
    ALIVE_WITHIN_DAYS,
    alive,
    raw_strength,
    silence_ratio,
)

UNTRAINED, FITTED = "chance alive", "own past"

Measured = Mapping[str, tuple[float, ...]]
"""By score: AUC, average precision, and both as means over egos; means over the cuts."""

_LEAST_ACTS = 50  # before a moment that teaches


def persistence(folder: Path, name: str, parameters: ScoringParameters) -> Measured:
    """How well each score ranks the ties of a data set, means over four cuts."""
    of = acts(folder, name)
    days = HORIZON_DAYS[name]
    found: dict[str, list[tuple[float, ...]]] = {}
    for cut in cuts(of, days):
        measured, now = _known(of, cut, days, parameters)
        for score, told in _scores(of, cut, measured, now, parameters).items():
            here = (auc(told, now.label), average_precision(told, now.label))
            egos = by_ego(told, now.label, measured.low, measured.high)
            found.setdefault(score, []).append((*here, *egos))
    return {score: tuple(np.mean(rows, axis=0).tolist()) for score, rows in found.items()}


def shipped_error(folder: Path, name: str, parameters: ScoringParameters) -> float:
    """Calibration error of the shipped chance alive, over all cuts; nan where none is a month off.

    It is asked for the span that its constants are for.
    """
    of = acts(folder, name)
    chances, labels = [], []
    for cut in cuts(of, ALIVE_WITHIN_DAYS):
        measured, now = _known(of, cut, ALIVE_WITHIN_DAYS, parameters)
        chances.append(_alive(measured, parameters))
        labels.append(now.label)
    if not chances:
        return float("nan")
    return calibration_error(np.concatenate(chances), np.concatenate(labels))


def _known(of: Acts, cut: float, days: int, parameters: ScoringParameters) -> tuple[Ties, Moment]:
    contacts, day = contacts_before(of, cut)
    measured = ties(contacts, nameless_people(of.people_count), day, parameters)
    label = two_way_after(of, cut, days, measured.low, measured.high)
    return measured, Moment(day, features(measured, parameters, of.people_count), label)


def _scores(
    of: Acts, cut: float, measured: Ties, now: Moment, parameters: ScoringParameters
) -> dict[str, Floats]:
    """What is compared: ours, and what others go by."""
    longest = measured.sums[:, :, -1].sum(axis=1)
    found = {
        "recency": measured.last_day.astype(np.float64),
        "active days": measured.days.sum(axis=1).astype(np.float64),
        "active days of the side with fewer": measured.days.min(axis=1).astype(np.float64),
        "faded days": longest,
        "strength": raw_strength(
            measured.sums[:, 0], measured.sums[:, 1], parameters.one_sided_share
        ).sum(axis=1),
        UNTRAINED: _alive(measured, parameters),
    }
    days = HORIZON_DAYS[of.name]
    earlier = [cut - back * days * SECONDS_PER_DAY for back in (1, 2)]
    earlier = [moment for moment in earlier if (of.at < moment).sum() >= _LEAST_ACTS]
    if earlier:
        taught = together([_known(of, each, days, parameters)[1] for each in earlier])
        model = fitted(taught.of, taught.label, parameters)
        found[FITTED] = odds(model, now.of, parameters)
    return found


def _alive(measured: Ties, parameters: ScoringParameters) -> Floats:
    raw = raw_strength(measured.sums[:, 0], measured.sums[:, 1], parameters.one_sided_share)
    ratio = silence_ratio(
        measured.day, measured.first_day, measured.last_day, measured.contact_days, parameters
    )
    return alive(raw.sum(axis=1), ratio, parameters)
