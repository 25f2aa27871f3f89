"""Where a source falls silent that had told something steadily: a gap in what was collected."""

import numpy as np

from roc.graph.frames import Ints

QUIET_DAYS = 30
"""A shorter silence is no gap."""

TIMES_USUAL = 8
"""Nor is one that is not this many times as long as the source's median silence."""

STEADY_DAYS = 10
"""Before a gap there must be so many days with acts; otherwise nothing was steady."""


def gaps(days: Ints, last_day: int) -> list[tuple[int, int]]:
    """The stretches in which a source that had been steady told nothing.

    Args:
        days: UTC days on which the source has acts, ascending, each once.
        last_day: the day up to which there should be acts; later ones are left out.

    Returns:
        First and last silent day of each gap, in order of time. A gap is longer than
        ``QUIET_DAYS`` and than ``TIMES_USUAL`` times the median distance between two days with
        acts, and comes after at least ``STEADY_DAYS`` of them.

    Example:
        >>> gaps(np.array([*range(20), *range(80, 100)]), last_day=140)
        [(20, 79), (100, 140)]
    """
    days = days[days <= last_day]
    if len(days) < STEADY_DAYS:
        return []
    distance = np.diff(days, append=last_day + 1)
    longest_usual = max(QUIET_DAYS + 1, TIMES_USUAL * float(np.median(distance[:-1])))
    places = np.flatnonzero(distance > longest_usual)
    places = places[places >= STEADY_DAYS - 1]
    return [(int(days[place]) + 1, int(days[place] + distance[place]) - 1) for place in places]
