"""Is trust foretold? Bitcoin Alpha, block by block; Advogato, a fifth of its ratings hidden."""

from pathlib import Path

import numpy as np

from roc.bench.public_data import SECONDS_PER_DAY, columns
from roc.graph.frames import Floats, Ints
from roc.scoring.centrality import eigentrust, personalised_pagerank
from roc.scoring.grouped import totals
from roc.scoring.parameters import ScoringParameters
from roc.scoring.ranking import auc
from roc.scoring.trust import Signals, trust, trust_model

BITCOIN, ADVOGATO = "btc_alpha", "advogato"

_BLOCKS = 200
_FIRST_BLOCK = 160  # the first four fifths of all ratings only teach
_SPLITS = 5
_HIDDEN = 0.2
_RETURN = 0.15  # of walks, at each step
_NO_RATINGS = ("PageRank", "EigenTrust")  # they rank, and foretell no rating

Measured = dict[str, tuple[float, float]]
"""By model: AUC of the sign (nan where all signs are one), and root mean square error."""


def bitcoin(folder: Path, parameters: ScoringParameters) -> Measured:
    """Each block of half a per cent of all ratings, foretold from everything before it."""
    table = columns(folder / f"{BITCOIN}.csv.gz", (0, 1, 2, 3))
    table = table[np.argsort(table[:, 3], kind="stable")]
    rater, ratee, count = _numbers(table)
    value, day = table[:, 2] / 10.0, table[:, 3] / SECONDS_PER_DAY
    edges = np.linspace(0, len(table), _BLOCKS + 1).astype(np.int64)
    told: dict[str, list[Floats]] = {}
    for begin, end in zip(edges[_FIRST_BLOCK:-1], edges[_FIRST_BLOCK + 1 :], strict=True):
        left = np.exp2((day[:begin] - day[begin]) / parameters.trust_half_life_days)
        said = Signals(rater[:begin], ratee[:begin], value[:begin], left)
        asked = rater[begin:end], ratee[begin:end]
        for model, found in _told(said, *asked, count, parameters).items():
            told.setdefault(model, []).append(found)
    actual = value[edges[_FIRST_BLOCK] :]
    return {model: _judged(model, np.concatenate(found), actual) for model, found in told.items()}


def advogato(folder: Path, parameters: ScoringParameters) -> Measured:
    """A fifth of the certifications, hidden at random, foretold from the rest; five times."""
    table = columns(folder / f"{ADVOGATO}.csv.gz", (0, 1, 2))
    table = table[table[:, 0] != table[:, 1]]
    rater, ratee, count = _numbers(table)
    value = table[:, 2]
    dice = np.random.default_rng(1)
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(_SPLITS):
        hidden = dice.random(len(table)) < _HIDDEN
        shown = ~hidden
        said = Signals(rater[shown], ratee[shown], value[shown], np.ones(int(shown.sum())))
        told = _told(said, rater[hidden], ratee[hidden], count, parameters)
        for model, guess in told.items():
            found.setdefault(model, []).append(_judged(model, guess, value[hidden]))
    return {model: _mean(rows) for model, rows in found.items()}


def _told(
    said: Signals, rater: Ints, ratee: Ints, count: int, parameters: ScoringParameters
) -> dict[str, Floats]:
    """What ours foretells, and what two plain means do."""
    mean = float(said.value.mean())
    weight = totals(said.ratee, np.ones(len(said.value)), count)
    by_ratee = np.full(count, mean)
    np.divide(totals(said.ratee, said.value, count), weight, out=by_ratee, where=weight > 0)
    model = trust_model(said, count, parameters)
    everybody = np.ones(count)
    eigen = eigentrust(said.rater, said.ratee, said.value * said.weight, everybody, _RETURN)
    walks = personalised_pagerank(
        said.rater, said.ratee, np.ones(len(said.value)), everybody, 1.0 - _RETURN
    )
    return {
        "mean of all": np.full(len(rater), mean),
        "mean of the ratee": by_ratee[ratee],
        "PageRank": walks[ratee],
        "EigenTrust": eigen[ratee],
        "trust": trust(model, rater, ratee, parameters),
    }


def _numbers(table: Floats) -> tuple[Ints, Ints, int]:
    _, numbers = np.unique(table[:, :2], return_inverse=True)
    rater, ratee = numbers.reshape(-1, 2).astype(np.int64).T
    return rater, ratee, int(numbers.max()) + 1


def _judged(model: str, told: Floats, actual: Floats) -> tuple[float, float]:
    error = float(np.sqrt(np.square(told - actual).mean()))
    error = float("nan") if model in _NO_RATINGS else error
    return auc(told, (actual > 0).astype(np.int64)), error


def _mean(rows: list[tuple[float, float]]) -> tuple[float, float]:
    of_sign, error = np.mean(rows, axis=0)
    return float(of_sign), float(error)
