"""The owner's table of deals: whom they come from, how long they take, who leaves."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from roc.demo.cast import CAST, OWNER, Person
from roc.demo.life import SPAN_DAYS

_HEAD = (
    *("external_id", "kind", "status", "opened", "closed", "date", "people_emails"),
    *("value", "currency", "organisation", "title", "owner"),
)
_STREAM = 41  # of random draws, beside those of a person's life


@dataclass(frozen=True, slots=True)
class _Business:
    """What people of a character buy: how many deals, days that one takes, chance to win it."""

    deals: int
    days: float
    won: float


_BUSINESS: dict[str, _Business] = {
    "friend": _Business(2, 24, 0.80),
    "guest": _Business(2, 34, 0.70),
    "client": _Business(3, 38, 0.75),
    "burst": _Business(1, 60, 0.50),
    "fading": _Business(2, 70, 0.50),
    "dormant": _Business(2, 90, 0.40),
    "acquaintance": _Business(1, 85, 0.40),
    "connected": _Business(1, 95, 0.30),
    "pitched": _Business(2, 120, 0.15),
}
_LEAVES = frozenset({"fading", "dormant"})
"""Characters whose business ends some time after it began."""


def deals(last_day: date, seed: int) -> str:
    """The table as the owner keeps it, a row each, in the order of their beginnings.

    Args:
        last_day: the last day on which anything has happened; what ends later is open.
        seed: of every random draw.
    """
    rows = [row for person in CAST.values() for row in _of(person, last_day, seed)]
    rows.sort(key=lambda row: (row[3], row[0]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEAD)
    writer.writerows(rows)
    return out.getvalue()


def _of(person: Person, last_day: date, seed: int) -> Iterator[tuple[str, ...]]:
    business = _BUSINESS.get(person.character)
    if business is None or not person.address:
        return
    dice = np.random.default_rng([seed, person.place, _STREAM])
    first_won: date | None = None
    for number in range(business.deals):
        opened = last_day - timedelta(days=int(dice.integers(20, SPAN_DAYS - 60)))
        days = max(3, int(dice.lognormal(np.log(business.days), 0.5)))
        value = 500 * int(dice.integers(4, 60))
        won = bool(dice.random() < business.won)
        closed = opened + timedelta(days=days)
        status = "open" if closed > last_day else "won" if won else "lost"
        if status == "won":
            first_won = min(first_won or closed, closed)
        name = f"d-{person.key}-{number}"
        yield _row(
            name, "deal", status, opened, None if status == "open" else closed, person, value
        )
    if first_won is not None and person.character in _LEAVES:
        left = first_won + timedelta(days=int(dice.integers(60, 200)))
        if left <= last_day:
            yield _row(f"c-{person.key}", "churn", "lost", first_won, left, person, 0)


def _row(
    name: str,
    kind: str,
    status: str,
    opened: date,
    closed: date | None,
    person: Person,
    value: int,
) -> tuple[str, ...]:
    return (
        name,
        kind,
        status,
        opened.isoformat(),
        closed.isoformat() if closed else "",
        (closed or opened).isoformat(),
        person.address,
        str(value) if value else "",
        "EUR" if value else "",
        "",
        f"{kind.capitalize()} with {person.name}",
        OWNER.name,
    )
