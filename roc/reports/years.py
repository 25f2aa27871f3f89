"""Quarter by quarter: the score, what was put in, and what came of it; whether it compounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from roc.graph.frames import (
    Gatherings,
    Outcomes,
)
from roc.reports import text
from roc.reports.spells import sold
from roc.reports.spending import spent, worth
from roc.scoring.measures import Measures

QUARTERS = 12
"""Three years are told."""


@dataclass(frozen=True, slots=True)
class QuarterEnd:
    """A quarter, and how things stood at its end.

    Args:
        last: its last day, or the report's where that comes first.
        score: the RoC score, 0 to 100; nan where undefined.
        two_way_ties: active ones.
        known_and_trusted: the sum K over everyone.
        gatherings: how many took place in the quarter.
        spent: what they cost, by currency.
        won: deals and renewals won in the quarter.
        worth: what these are worth, by currency.
    """

    last: date
    score: float
    two_way_ties: int
    known_and_trusted: float
    gatherings: int
    spent: tuple[tuple[str, float], ...]
    won: int
    worth: tuple[tuple[str, float], ...]


def quarter_ends(day: int, quarters: int = QUARTERS) -> list[int]:
    """The last UTC days of the quarters before a day, and the day itself, the oldest first.

    Example:
        >>> [str(text.day(end)) for end in quarter_ends(text.day_number(date(2026, 5, 3)), 2)]
        ['2025-12-31', '2026-03-31', '2026-05-03']
    """
    when = text.day(day)
    months = when.year * 12 + (when.month - 1) // 3 * 3
    begins = (divmod(months - 3 * back, 12) for back in range(quarters))
    ends = {text.day_number(date(year, month + 1, 1)) - 1 for year, month in begins}
    return sorted({end for end in ends if end < day} | {day})


def quarters(
    measured: Sequence[Measures], gatherings: Gatherings, outcomes: Outcomes
) -> tuple[QuarterEnd, ...]:
    """Quarters, the oldest first.

    Args:
        measured: the numbers at the end of each, on days as from ``quarter_ends``.
        gatherings: occasions that people came to.
        outcomes: as they stood on the last day.
    """
    out = []
    for now in measured:
        first = _first_day(now.day)
        took_place = (gatherings.day >= first) & (gatherings.day <= now.day)
        closed = (outcomes.closed >= first) & (outcomes.closed <= now.day)
        rows = np.flatnonzero(sold(outcomes) & closed).tolist()
        out.append(
            QuarterEnd(
                last=text.day(now.day),
                score=float(now.network.roc_score),
                two_way_ties=int(now.network.two_way_ties),
                known_and_trusted=float(now.network.known_and_trusted),
                gatherings=int(took_place.sum()),
                spent=spent(gatherings, np.flatnonzero(took_place).tolist()),
                won=len(rows),
                worth=worth(outcomes, rows),
            )
        )
    return tuple(out)


def _first_day(last: int) -> int:
    when = text.day(last)
    return text.day_number(date(when.year, (when.month - 1) // 3 * 3 + 1, 1))
