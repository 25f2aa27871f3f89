"""How well scores rank: area under the ROC curve, average precision, calibration error."""

import numpy as np
from scipy.stats import rankdata

from roc.graph.frames import Floats, Ints


def auc(score: Floats, label: Ints) -> float:
    """Chance that a case labelled 1 scores above one labelled 0; ties count half.

    Example:
        >>> auc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([0, 0, 1, 1]))
        0.75
    """
    positive = label.sum()
    rank_sum = rankdata(score)[label == 1].sum()
    return float((rank_sum - positive * (positive + 1) / 2) / (positive * (len(label) - positive)))


def average_precision(score: Floats, label: Ints) -> float:
    """Mean precision at each positive case, equal scores taken as one step.

    Example:
        >>> round(average_precision(np.array([0.1, 0.4, 0.35, 0.8]), np.array([0, 0, 1, 1])), 3)
        0.833
    """
    order = np.argsort(-score, kind="stable")
    last_of_score = np.flatnonzero(np.diff(score[order], append=np.inf))
    hits = np.cumsum(label[order])[last_of_score]
    gained = np.diff(hits, prepend=0)
    return float((gained * hits / (last_of_score + 1)).sum() / hits[-1])


def calibration_error(chance: Floats, label: Ints, bins: int = 10) -> float:
    """Expected calibration error: mean gap between chance and frequency over equal-width bins.

    Example:
        >>> calibration_error(np.array([0.5, 0.5]), np.array([0, 1]))
        0.0
    """
    place = np.minimum((chance * bins).astype(np.int64), bins - 1)
    total = np.bincount(place, chance - label, bins)
    return float(np.abs(total).sum() / len(label))
