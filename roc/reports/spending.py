"""Money by currency: what gatherings cost, what was planned for them, what outcomes are worth."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from roc.graph.frames import Gatherings, Outcomes
from roc.reports import text


@dataclass(frozen=True, slots=True)
class Plan:
    """What the owner means to spend in a quarter, as ``2026-Q1``."""

    quarter: str
    amount: float
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Quarter:
    """Money by quarter.

    Args:
        name: as ``2026-Q1``.
        currency: ISO 4217, or empty.
        planned: what the owner meant to spend; nan where nothing is said.
        spent: what was spent up to the report's day.
        ahead: what gatherings that lie ahead will cost.
        gatherings: how many took place, whatever they cost.
    """

    name: str
    currency: str
    planned: float
    spent: float
    ahead: float
    gatherings: int


def summed(told: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Sums of money by currency, in the order of their names.

    Args:
        told: currency and amount of each.
    """
    by_currency: dict[str, list[float]] = defaultdict(list)
    for currency, amount in told:
        by_currency[currency].append(amount)
    return tuple((currency, fsum(by_currency[currency])) for currency in sorted(by_currency))


def worth(outcomes: Outcomes, rows: Sequence[int]) -> tuple[tuple[str, float], ...]:
    """What outcomes are worth, by currency, as far as it is told.

    Args:
        outcomes: deals and others.
        rows: which of them.
    """
    return summed(
        (text.plain(outcomes.currency[row], 3), float(outcomes.value[row]))
        for row in rows
        if not np.isnan(outcomes.value[row])
    )


def spent(gatherings: Gatherings, rows: Sequence[int]) -> tuple[tuple[str, float], ...]:
    """What gatherings cost, by currency, in the order of their names.

    Args:
        gatherings: occasions.
        rows: which of them.
    """
    return summed(
        (gatherings.currency[row], float(gatherings.amount[row]))
        for row in rows
        if not np.isnan(gatherings.amount[row])
    )


def quarters(
    gatherings: Gatherings, rows: Sequence[int], plans: Sequence[Plan], day: int
) -> tuple[Quarter, ...]:
    """Planned and spent, by quarter and currency, the latest first.

    Args:
        gatherings: occasions.
        rows: which of them.
        plans: what the owner meant to spend.
        day: what lies after it is ahead.
    """
    by_quarter: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        by_quarter[quarter(int(gatherings.day[row]))].append(row)
    planned = {(plan.quarter, plan.currency): plan.amount for plan in plans}
    names = {*by_quarter, *(plan.quarter for plan in plans)}
    out = []
    for name in sorted(names, reverse=True):
        there = by_quarter[name]
        before = spent(gatherings, [row for row in there if gatherings.day[row] <= day])
        after = spent(gatherings, [row for row in there if gatherings.day[row] > day])
        took_place = sum(int(gatherings.day[row] <= day) for row in there)
        currencies = {currency for currency, _ in (*before, *after)}
        currencies |= {currency for of, currency in planned if of == name}
        out += [
            Quarter(
                name=name,
                currency=text.plain(currency, 3),
                planned=planned.get((name, currency), float("nan")),
                spent=dict(before).get(currency, 0.0),
                ahead=dict(after).get(currency, 0.0),
                gatherings=took_place,
            )
            for currency in sorted(currencies or {""})
        ]
    return tuple(out)


def quarter(number: int) -> str:
    """The quarter that a UTC day is in.

    Example:
        >>> quarter(0), quarter(364)
        ('1970-Q1', '1970-Q4')
    """
    when = text.day(number)
    return f"{when.year}-Q{(when.month + 2) // 3}"
