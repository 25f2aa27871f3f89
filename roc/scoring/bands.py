"""Bands of tie strength: five fifths of the scale with a word each, so that jitter is no news."""

import numpy as np

from roc.graph.frames import Floats, Ints

BANDS: tuple[str, ...] = ("none", "faint", "light", "firm", "strong", "very strong")
"""A band is its place here: *none* where nothing passed, then 0–20, 20–40, 40–60, 60–80, 80–100."""

BAND_POINTS = 20.0
"""How many points of strength a band holds."""

BAND_MARGIN = 2.0
"""Points by which strength has to move, besides crossing an edge, for the move to be news: a weekly
tie rises and sinks by about one between its days of contact."""


def bands(strength: Floats) -> Ints:
    """The band of each tie, as places in ``BANDS``.

    Args:
        strength: tie strength, 0 to 100, shape ``(m,)``; nan where nothing passed.

    Example:
        >>> [BANDS[band] for band in bands(np.array([np.nan, 3.0, 20.0, 100.0]))]
        ['none', 'faint', 'light', 'very strong']
    """
    fifth = np.minimum(np.floor(np.nan_to_num(strength) / BAND_POINTS), len(BANDS) - 2)
    return np.where(np.isnan(strength), 0, fifth + 1).astype(np.int64)
