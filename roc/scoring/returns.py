"""Return on connections: what came back for what was put in, and where a day more pays most."""

import numpy as np

from roc.graph.frames import Floats


def returned(alive: Floats, trust: Floats, value: Floats) -> Floats:
    """What can be expected back from a connection: r = alive · (1 + T)/2 · V.

    Args:
        alive: chance of two-way contact, shape ``(m,)``, 0 to 1; nan where nothing passed.
        trust: T of the alter in ego, -1 to 1.
        value: V, what the connection is worth to its owner, 0 to 1.

    Returns:
        Shape ``(m,)``, 0 to 1; nan where nothing passed.

    Example:
        >>> returned(np.array([0.8]), np.array([0.5]), np.array([1.0])).round(3)
        array([0.6])
    """
    back: Floats = alive * (1.0 + trust) / 2.0 * value
    return back


def connection_roc(back: Floats, invested: Floats) -> Floats:
    """Return on one connection: r / (1 + x).

    Args:
        back: r, shape ``(m,)``.
        invested: x, ego's faded days of reaching out plus cost, at least 0.

    Returns:
        Shape ``(m,)``, 0 to 1; the added 1 is the day it takes to have a connection at all.
    """
    return back / (1.0 + invested)


def roc_score(back: Floats, invested: Floats) -> float:
    """The network's RoC score: 100 · Σ x·r / Σ x.

    Of all that ego puts in, the part that goes where it comes back.

    Args:
        back: r, shape ``(m,)``; nan only where nothing passed.
        invested: x, at least 0.

    Returns:
        0 to 100; nan where nothing was put in.

    Example:
        Three days into a tie that gives back .8, one into a tie that gives back nothing.

        >>> round(roc_score(np.array([0.8, 0.0]), np.array([3.0, 1.0])), 3)
        60.0
    """
    total = float(invested.sum())
    return 100.0 * _came_back(back, invested) / total if total > 0 else float("nan")


def points(back: Floats, invested: Floats) -> Floats:
    """What each connection adds to the network's RoC score: 100 · x·r / Σ x.

    Args:
        back: r, shape ``(m,)``; nan only where nothing passed.
        invested: x, at least 0; nan counts as nothing.

    Returns:
        Points, shape ``(m,)``, summing to the score; nan where ``back`` is nan, and everywhere
        when nothing was put in.

    Example:
        >>> points(np.array([0.8, 0.0]), np.array([3.0, 1.0])).round(3)
        array([60.,  0.])
    """
    put_in = np.nan_to_num(invested)
    total = float(put_in.sum())
    if total <= 0:
        return np.full(len(put_in), np.nan)
    added: Floats = 100.0 * (put_in * back) / total
    return added


def lever(back: Floats, invested: Floats, back_then: Floats) -> Floats:
    """Points the network RoC score would gain from one more two-way day with each alter.

    Only that alter's return and investment move; x grows by the one day.

    Args:
        back: r now, shape ``(m,)``; nan only where nothing passed.
        invested: x now.
        back_then: r after a two-way day with this alter.

    Returns:
        Points, shape ``(m,)``; below 0 where the day would return less than days do on average.
        Where nothing was put in so far they count from 0.

    Example:
        >>> lever(np.array([0.5, 0.5]), np.array([1.0, 1.0]), np.array([0.8, 0.2])).round(2)
        array([ 20., -20.])
    """
    total = float(invested.sum())
    now = np.nan_to_num(back, nan=0.0) * invested
    came_back = _came_back(back, invested)
    then = 100.0 * (came_back - now + back_then * (invested + 1.0)) / (total + 1.0)
    gain: Floats = then - (100.0 * came_back / total if total > 0 else 0.0)
    return gain


def _came_back(back: Floats, invested: Floats) -> float:
    return float((np.nan_to_num(back, nan=0.0) * invested).sum())
