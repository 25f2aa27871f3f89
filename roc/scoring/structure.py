"""How attention is spread: circles by frequency of contact, shares, Lorenz curve, Gini."""

import numpy as np

from roc.graph.frames import Contacts, Floats, Ints, People
from roc.scoring.dyads import only, ties
from roc.scoring.ego import aligned, ego_ties, of_person
from roc.scoring.parameters import ScoringParameters

CIRCLES: tuple[str, ...] = ("none", "yearly", "quarterly", "monthly", "weekly")
"""A circle is its place here: how often, on average, there is contact."""

_QUARTER_DAYS = 91
_YEAR_DAYS = 365
_WEEKS_OF_QUARTER = 13
_MONTHS_OF_QUARTER = 3
_QUARTERS_OF_YEAR = 4


def circles(
    contacts: Contacts, people: People, alters: Ints, day: int, parameters: ScoringParameters
) -> Ints:
    """Ego's circles by days of contact, either way, as places in ``CIRCLES``.

    *weekly* is 13 days of contact or more in the last 91, *monthly* 3 in the last 91,
    *quarterly* 4 in the last 365, *yearly* 1 in the last 365.

    Args:
        contacts: who reached whom on which day.
        people: everyone the contacts refer to; ``people.ego`` is in the middle.
        alters: person numbers to answer for, shape ``(m,)``.
        day: UTC day, inclusive.
        parameters: which kinds are contact at all.

    Returns:
        Shape ``(m,)``.

    Source: frequency bounds follow the circles of Hill and Dunbar (2003), Human Nature 14:53,
        and Roberts and Dunbar (2011); fixed bounds can be told in a sentence, clusters cannot.
    """
    own = of_person(contacts, people.ego)

    def contact_days(span_days: int) -> Ints:
        recent = ties(only(own, own.day > day - span_days), people, day, parameters)
        return aligned(ego_ties(recent, people.ego), alters).contact_days

    quarter, year = contact_days(_QUARTER_DAYS), contact_days(_YEAR_DAYS)
    held = (
        year >= 1,
        year >= _QUARTERS_OF_YEAR,
        quarter >= _MONTHS_OF_QUARTER,
        quarter >= _WEEKS_OF_QUARTER,
    )
    found = np.zeros(len(alters), dtype=np.int64)
    for place, holds in enumerate(held, start=1):
        found[holds] = place
    return found


def attention_share(given: Floats, received: Floats) -> Floats:
    """Each tie's part of all that passed between ego and everyone.

    Args:
        given: faded acts from ego to each alter, shape ``(m,)``, at least 0.
        received: faded acts from each alter to ego.

    Returns:
        Shape ``(m,)``, sums to 1; nan where nothing passed with anybody.

    Example:
        >>> attention_share(np.array([3.0, 0.0]), np.array([3.0, 2.0]))
        array([0.75, 0.25])
    """
    both = given + received
    total = float(both.sum())
    return both / total if total > 0 else np.full(len(both), np.nan)


def lorenz(shares: Floats) -> Floats:
    """The Lorenz curve: what part of the whole the smallest shares hold together.

    Args:
        shares: at least 0, shape ``(m,)``, in any order and unit.

    Returns:
        Shape ``(m + 1,)``, rising from 0 to 1; place k is the part held by the k smallest. nan
        throughout where the shares sum to nothing.

    Source: Lorenz (1905), Publications of the American Statistical Association 9:209.

    Example:
        >>> lorenz(np.array([6.0, 1.0, 3.0]))
        array([0. , 0.1, 0.4, 1. ])
    """
    held = np.concatenate([[0.0], np.cumsum(np.sort(shares))])
    return held / held[-1] if held[-1] > 0 else np.full(len(held), np.nan)


def gini(shares: Floats) -> float:
    """Gini coefficient: twice the area between the Lorenz curve and even shares.

    Args:
        shares: at least 0, shape ``(m,)``.

    Returns:
        0 where all are even, (m − 1)/m where one holds all; nan where there is nothing to share.

    Example:
        >>> gini(np.array([1.0, 1.0])), gini(np.array([0.0, 1.0]))
        (0.0, 0.5)
    """
    curve = lorenz(shares)
    if len(shares) == 0 or np.isnan(curve[-1]):
        return float("nan")
    area = float((curve[1:] + curve[:-1]).sum()) / (2.0 * len(shares))
    return max(1.0 - 2.0 * area, 0.0)


def largest_share(shares: Floats, count: int) -> float:
    """Part of the whole that the ``count`` largest shares hold.

    Args:
        shares: at least 0, shape ``(m,)``.
        count: how many.

    Returns:
        0 to 1; nan where there is nothing to share.

    Example:
        >>> largest_share(np.array([6.0, 1.0, 3.0]), 2)
        0.9
    """
    curve = lorenz(shares)
    return float(1.0 - curve[max(len(shares) - count, 0)]) if len(shares) else float("nan")
