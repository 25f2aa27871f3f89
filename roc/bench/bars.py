"""The bars that the scores are held to, and what is measured against each."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from roc.bench.gathering import WINDOW_DAYS, alarms
from roc.bench.hazards import hazards
from roc.bench.invariants import credit_error, invariants
from roc.bench.people import COMPANY, COMPANY_STAFF, SCHOOL, SCHOOL_FRIENDS, friendship, seniority
from roc.bench.persistence import FITTED, UNTRAINED, persistence, shipped_error
from roc.bench.public_data import HORIZON_DAYS
from roc.bench.trusting import ADVOGATO, BITCOIN, advogato, bitcoin
from roc.bench.worlds import gave
from roc.scoring.parameters import ScoringParameters

PERSISTENCE_AUC = {"collegemsg": 0.775, "enron": 0.838, "radoslaw": 0.885, "cns_sms": 0.760}
PERSISTENCE_AP = {"collegemsg": 0.178, "enron": 0.572, "radoslaw": 0.775, "cns_sms": 0.720}
WORLDS = 100
"""Invented worlds of each kind in which intervals are held beside the truth."""

_AIM_ABOVE = 0.010  # of both, beyond what must be
_EXACT = 1e-9


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure, and what it is held to.

    Args:
        name: what was measured, and on what.
        value: the figure.
        must: what it has to reach; for an error, what it may not pass.
        aim: what it is hoped to reach; nan where there is no more to hope for.
        is_error: the smaller, the better.
    """

    name: str
    value: float
    must: float
    aim: float
    is_error: bool = False

    @property
    def met(self) -> bool:
        """Whether it is as good as it must be, to the last digit that is shown."""
        return self._reaches(self.must)

    @property
    def hoped(self) -> bool:
        """Whether it is as good as it was hoped to be."""
        return self._reaches(self.aim)

    def _reaches(self, bar: float) -> bool:
        if self.is_error:
            return self.value <= bar
        return self.value >= bar


@dataclass(frozen=True, slots=True)
class Row:
    """What one score reached on one data set, beside the others there.

    Args:
        data: the data set.
        score: ours, or what others go by.
        figures: by name; nan where one does not apply.
    """

    data: str
    score: str
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Bench:
    """All that was measured.

    Args:
        bars: each with its figure.
        rows: ours beside what others go by.
        skipped: files that are not in the folder.
    """

    bars: tuple[Bar, ...]
    rows: tuple[Row, ...]
    skipped: tuple[str, ...]


def bench(
    folder: Path,
    parameters: ScoringParameters,
    told: Callable[[str], None] = lambda _name: None,
) -> Bench:
    """Measure all of the scores that a folder has the data for.

    Args:
        folder: see ``public_data``.
        parameters: the numbers of the scores.
        told: called with the name of each part before it is measured.
    """
    return _measured(_PARTS, folder, parameters, told)


def bench_return(
    folder: Path,
    parameters: ScoringParameters,
    told: Callable[[str], None] = lambda _name: None,
) -> Bench:
    """Measure what tells of gatherings and projects, likewise."""
    return _measured(_RETURN_PARTS, folder, parameters, told)


def _measured(
    parts: Sequence["_Part"],
    folder: Path,
    parameters: ScoringParameters,
    told: Callable[[str], None],
) -> Bench:
    bars: list[Bar] = []
    rows: list[Row] = []
    skipped: list[str] = []
    for part, files, measure in parts:
        missing = [file for file in files if not (folder / file).is_file()]
        skipped += [file for file in missing if file not in skipped]
        if missing:
            continue
        told(part)
        more_bars, more_rows = measure(folder, parameters)
        bars += more_bars
        rows += more_rows
    bars += _gains(rows)
    return Bench(tuple(bars), tuple(rows), tuple(skipped))


Found = tuple[list[Bar], list[Row]]


def _tie_persistence(name: str) -> Callable[[Path, ScoringParameters], Found]:
    def measure(folder: Path, parameters: ScoringParameters) -> Found:
        found = persistence(folder, name, parameters)
        auc, precision = found[UNTRAINED][:2]
        must_auc, must_ap = PERSISTENCE_AUC[name], PERSISTENCE_AP[name]
        bars = [
            Bar(f"persistence AUC, {name}", auc, must_auc, must_auc + _AIM_ABOVE),
            Bar(f"persistence AP, {name}", precision, must_ap, must_ap + _AIM_ABOVE),
        ]
        error = shipped_error(folder, name, parameters)
        if not math.isnan(error):
            bars.append(
                Bar(
                    f"calibration error of the chance alive, {name}",
                    error,
                    0.075,
                    0.05,
                    is_error=True,
                )
            )
        names = ("AUC", "AP", "AUC by ego", "AP by ego")
        rows = [
            Row(name, score, dict(zip(names, figures, strict=True)))
            for score, figures in found.items()
        ]
        return bars, rows

    return measure


def _gains(rows: Sequence[Row]) -> list[Bar]:
    """What one's own past gains on the mean over all data sets, where all of them are there."""
    by_score = {(row.data, row.score): row.figures for row in rows}
    bars = []
    for figure, must, aim in (("AUC", 0.015, 0.030), ("AP", 0.008, 0.020)):
        gains = [
            by_score[name, FITTED][figure] - by_score[name, UNTRAINED][figure]
            for name in HORIZON_DAYS
            if (name, FITTED) in by_score
        ]
        if len(gains) == len(HORIZON_DAYS):
            name = f"self-fitted on own past, {figure} gained, mean of the four"
            bars.append(Bar(name, sum(gains) / len(gains), must, aim))
    return bars


def _bitcoin(folder: Path, parameters: ScoringParameters) -> Found:
    found = bitcoin(folder, parameters)
    of_sign, error = found["trust"]
    bars = [
        Bar("trust, sign AUC, Bitcoin Alpha", of_sign, 0.800, 0.815),
        Bar("trust, RMSE, Bitcoin Alpha", error, 0.300, 0.296, is_error=True),
    ]
    return bars, _trust_rows(BITCOIN, found)


def _advogato(folder: Path, parameters: ScoringParameters) -> Found:
    found = advogato(folder, parameters)
    bar = Bar("trust, RMSE, Advogato", found["trust"][1], 0.091, 0.088, is_error=True)
    return [bar], _trust_rows(ADVOGATO, found)


def _trust_rows(data: str, found: dict[str, tuple[float, float]]) -> list[Row]:
    return [Row(data, model, {"AUC": of, "RMSE": error}) for model, (of, error) in found.items()]


def _friendship(folder: Path, _parameters: ScoringParameters) -> Found:
    found = friendship(folder)
    bar = Bar("declared friendship AUC, thiers13", found["attention"][0], 0.865, 0.885)
    return [bar], [Row(SCHOOL, name, {"AUC": auc, "AP": ap}) for name, (auc, ap) in found.items()]


def _seniority(folder: Path, parameters: ScoringParameters) -> Found:
    found = seniority(folder, parameters)
    bar = Bar("seniority AUC, Enron", found["who knows"], 0.77, 0.81)
    return [bar], [Row(COMPANY_STAFF, name, {"AUC": auc}) for name, auc in found.items()]


def _invariants(_folder: Path, parameters: ScoringParameters) -> Found:
    return [
        Bar(f"invariant: {name}", apart, _EXACT, math.nan, is_error=True)
        for name, apart in invariants(parameters).items()
    ], []


def _gatherings(name: str) -> Callable[[Path, ScoringParameters], Found]:
    def measure(folder: Path, parameters: ScoringParameters) -> Found:
        false, power = alarms(folder, name, parameters)
        return [
            Bar(f"gathering without effect, false alarms, {name}", false, 0.06, 0.05, True),
            Bar(f"gathering, power at one pair in ten, {name}", power, 0.90, 0.95),
        ], []

    return measure


def _gathered(_folder: Path, parameters: ScoringParameters) -> Found:
    found = gave(WORLDS, parameters)
    of = f"{WORLDS} worlds"
    bars = [
        _covers(f"new ties beyond, {of}", found.ties),
        _covers(f"cost of a new tie, {of}", found.prices),
        Bar(f"gatherings without effect, false alarms, {of}", found.alarms, 0.06, 0.05, True),
        Bar(f"gatherings, power at one pair in ten, {of}", found.found, 0.90, 0.95),
    ]
    return bars, []


def _closed(_folder: Path, _parameters: ScoringParameters) -> Found:
    found, of = hazards(WORLDS), f"{WORLDS} worlds"
    bars = [
        _covers(f"hazard ratio of deals, {of}", found.covered),
        Bar(f"deals without effect, false alarms, {of}", found.alarms, 0.06, 0.05, True),
    ]
    return bars, []


def _credited(_folder: Path, _parameters: ScoringParameters) -> Found:
    return [Bar("credit of a referral, off 1", credit_error(WORLDS), 1e-12, 0.0, True)], []


def _covers(what: str, share: float) -> Bar:
    """How far the intervals of 90 % are from covering the truth that often."""
    return Bar(f"interval of {what}: off 90 %", abs(share - 0.90), 0.05, 0.02, True)


_Part = tuple[str, tuple[str, ...], Callable[[Path, ScoringParameters], Found]]

_PARTS: tuple[_Part, ...] = (
    *((name, (f"{name}.csv.gz",), _tie_persistence(name)) for name in HORIZON_DAYS),
    (BITCOIN, (f"{BITCOIN}.csv.gz",), _bitcoin),
    (ADVOGATO, (f"{ADVOGATO}.csv.gz",), _advogato),
    (SCHOOL, (f"{SCHOOL}.csv.gz", f"{SCHOOL_FRIENDS}.csv.gz"), _friendship),
    (COMPANY_STAFF, (f"{COMPANY}.csv.gz", f"{COMPANY_STAFF}.csv"), _seniority),
    ("invariants", (), _invariants),
)
_RETURN_PARTS: tuple[_Part, ...] = (
    *((name, (f"{name}.csv.gz",), _gatherings(name)) for name in WINDOW_DAYS),
    ("gatherings in invented worlds", (), _gathered),
    ("deals in invented worlds", (), _closed),
    ("credit along roads of introductions", (), _credited),
)
