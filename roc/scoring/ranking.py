"""How well scores rank: area under the ROC curve, average precision, calibration error."""

import numpy as np

from roc.graph.frames import Floats, Ints

LEAST_ALTERS = 5
"""Egos with fewer alters are not asked how well their own ties are ranked."""


def auc(score: Floats, label: Ints) -> float:
    """Chance that a case labelled 1 scores above one labelled 0; ties count half.

    Args:
        score: finite, shape ``(n,)``.
        label: 0 or 1, same shape.

    Returns:
        0 to 1; nan where all cases have one label.

    Source: Mann and Whitney (1947), Annals of Mathematical Statistics 18:50.

    Example:
        >>> auc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([0, 0, 1, 1]))
        0.75
    """
    positive = int(label.sum())
    if not 0 < positive < len(label):
        return float("nan")
    rank_sum = _ranks(score)[label == 1].sum()
    return float((rank_sum - positive * (positive + 1) / 2) / (positive * (len(label) - positive)))


def average_precision(score: Floats, label: Ints) -> float:
    """Mean precision at each positive case, equal scores taken as one step.

    Args:
        score: finite, shape ``(n,)``.
        label: 0 or 1, same shape.

    Returns:
        0 to 1; nan where no case is labelled 1.

    Example:
        >>> round(average_precision(np.array([0.1, 0.4, 0.35, 0.8]), np.array([0, 0, 1, 1])), 3)
        0.833
    """
    if not label.sum():
        return float("nan")
    order = np.argsort(-score, kind="stable")
    last_of_score = np.flatnonzero(np.diff(score[order], append=np.inf))
    hits = np.cumsum(label[order])[last_of_score]
    gained = np.diff(hits, prepend=0)
    return float((gained * hits / (last_of_score + 1)).sum() / hits[-1])


def calibration_error(chance: Floats, label: Ints, bins: int = 10) -> float:
    """Expected calibration error: mean gap between chance and frequency over equal-width bins.

    Args:
        chance: what was foretold, 0 to 1, shape ``(n,)``.
        label: what happened, 0 or 1, same shape.
        bins: how many there are.

    Returns:
        0 to 1; nan where there is no case.

    Example:
        >>> calibration_error(np.array([0.5, 0.5]), np.array([0, 1]))
        0.0
    """
    if not len(label):
        return float("nan")
    place = np.minimum((chance * bins).astype(np.int64), bins - 1)
    total = np.bincount(place, chance - label, bins)
    return float(np.abs(total).sum() / len(label))


def log_loss(odds: Floats, label: Ints) -> float:
    """Mean surprise at what happened, in nats: the proper way to compare chances.

    Args:
        odds: log odds, shape ``(n,)``.
        label: what happened, 0 or 1, same shape.

    Returns:
        At least 0; nan where there is no case.

    Example:
        >>> round(log_loss(np.array([0.0, 0.0]), np.array([0, 1])), 4)
        0.6931
    """
    if not len(label):
        return float("nan")
    return float((np.logaddexp(0.0, odds) - label * odds).mean())


def by_ego(score: Floats, label: Ints, low: Ints, high: Ints) -> tuple[float, float]:
    """How well each person's own ties are ranked: means of AUC and average precision.

    Args:
        score: of each pair, shape ``(m,)``.
        label: 0 or 1, same shape.
        low: one of the two, a person number.
        high: the other.

    Returns:
        AUC and average precision, means over everybody with ``LEAST_ALTERS`` ties of both labels;
        nan where there is nobody.
    """
    ego = np.concatenate([low, high])
    place = np.tile(np.arange(len(score)), 2)[np.argsort(ego, kind="stable")]
    ends = np.cumsum(np.bincount(ego))
    found = []
    for rows in np.split(place, ends[:-1]):  # one person after the other, not one act
        mine = label[rows]
        if len(rows) >= LEAST_ALTERS and 0 < mine.sum() < len(rows):
            found.append((auc(score[rows], mine), average_precision(score[rows], mine)))
    if not found:
        return float("nan"), float("nan")
    of_auc, of_precision = np.mean(found, axis=0)
    return float(of_auc), float(of_precision)


def _ranks(score: Floats) -> Floats:
    """Places from 1, equal scores at the mean of theirs."""
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    ranks: Floats = ((last - count + 1 + last) / 2.0)[place]
    return ranks
