"""What the owner's own past corrects: the shipped chance, moved by a logistic model of theirs.

The model is drawn to nothing: with little to go by the shipped chance is left as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from roc.graph.frames import Floats, Ints
from roc.scoring.features import Features
from roc.scoring.parameters import ScoringParameters

SHRINK = 100.0
"""How strongly a correction is drawn to nothing, as the penalty on its square, in cases: flat from
30 to 300 on public data."""

_MOST_STEPS = 100
_SETTLED = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class OwnPast:
    """A correction of the shipped log odds.

    Args:
        names: the features it reads, ``k`` of them.
        centre: the mean of each, shape ``(k,)``.
        scale: the standard deviation of each, above 0.
        weights: what a standard deviation of each adds to the log odds.
        intercept: what is added in any case.
    """

    names: tuple[str, ...]
    centre: Floats
    scale: Floats
    weights: Floats
    intercept: float

    def plain(self) -> dict[str, Any]:
        """The model as plain JSON."""
        return {
            "intercept": self.intercept,
            "features": {
                name: [float(centre), float(scale), float(weight)]
                for name, centre, scale, weight in zip(
                    self.names, self.centre, self.scale, self.weights, strict=True
                )
            },
        }

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "OwnPast":
        """The model that ``plain`` told.

        Raises:
            ValueError: it is no such thing.
        """
        try:
            names = tuple(told["features"].keys())
            numbers = np.array([told["features"][name] for name in names], dtype=np.float64)
            centre, scale, weights = numbers.reshape(len(names), 3).T
            intercept = float(told["intercept"])
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ValueError("this is no model of somebody's own past") from error
        if not (np.isfinite(numbers).all() and np.isfinite(intercept) and (scale > 0).all()):
            raise ValueError("a model of one's own past has finite numbers")
        return cls(names, centre, scale, weights, intercept)


def shipped_odds(heard: Floats, parameters: ScoringParameters) -> Floats:
    """Log odds of the chance alive, as ``strength.alive`` has it."""
    odds: Floats = parameters.alive_intercept + parameters.alive_strength * heard
    return odds


def correction(model: OwnPast, of: Features) -> Floats:
    """What is added to the shipped log odds, shape ``(m,)``.

    Args:
        model: from ``fitted``.
        of: features of pairs, of the same names.

    Raises:
        ValueError: the features are others than those of the model.
    """
    if of.names != model.names:
        raise ValueError("the model was fitted on other features")
    moved: Floats = model.intercept + ((of.values - model.centre) / model.scale) @ model.weights
    return moved


def odds(model: OwnPast, of: Features, parameters: ScoringParameters) -> Floats:
    """The shipped log odds, corrected; see ``correction``."""
    return shipped_odds(of.heard, parameters) + correction(model, of)


def fitted(of: Features, label: Ints, parameters: ScoringParameters) -> OwnPast:
    """The correction that makes what happened most likely, drawn to nothing.

    Args:
        of: features of pairs, at one moment or several.
        label: whether each was in touch both ways afterwards, 0 or 1, shape ``(m,)``.
        parameters: the shipped constants, which it corrects.

    Source: penalised maximum likelihood by Newton's method; le Cessie and van Houwelingen (1992),
        Applied Statistics 41:191.
    """
    centre, scale = of.values.mean(axis=0), of.values.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    columns = np.column_stack([np.ones(len(label)), (of.values - centre) / scale])
    constants = newton(columns, shipped_odds(of.heard, parameters), label, SHRINK)
    return OwnPast(of.names, centre, scale, constants[1:], float(constants[0]))


def newton(columns: Floats, beside: Floats, label: Ints, shrink: float) -> Floats:
    """Constants of a logistic model; all but the first are drawn to 0.

    Args:
        columns: shape ``(m, k)``.
        beside: log odds that are there in any case, shape ``(m,)``.
        label: 0 or 1, shape ``(m,)``.
        shrink: the penalty on half the square of each constant but the first, at least 0.
    """
    penalty = np.full(columns.shape[1], shrink)
    penalty[0] = 1e-6  # so that a past without a single return has an answer
    constants = np.zeros(columns.shape[1])
    loss = _loss(columns, beside, label, penalty, constants)
    for _ in range(_MOST_STEPS):
        chance = 0.5 * (1.0 + np.tanh(0.5 * (columns @ constants + beside)))
        slope = columns.T @ (chance - label) + penalty * constants
        bend = (columns * (chance * (1.0 - chance))[:, None]).T @ columns + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        size = 1.0
        while (new := _loss(columns, beside, label, penalty, constants - size * step)) > loss:
            size /= 2.0
            if size < _SETTLED:
                return constants
        constants = constants - size * step
        if loss - new < _SETTLED * max(1.0, loss):
            break
        loss = new
    return constants


def _loss(
    columns: Floats, beside: Floats, label: Ints, penalty: Floats, constants: Floats
) -> float:
    told = columns @ constants + beside
    surprise = (np.logaddexp(0.0, told) - label * told).sum()
    return float(surprise + 0.5 * (penalty * constants**2).sum())
