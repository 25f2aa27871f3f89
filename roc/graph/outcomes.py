"""Outcomes that are told, kept: new ones are written, known ones joined with what is told of them.

The join is commutative, associative and idempotent, so that no order of reading, no repetition and
no restart can change what is kept (docs/decisions/0018).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import reduce
from math import isfinite
from typing import Any

import numpy as np
from sqlalchemy import Connection, delete, select

from roc.graph import tables
from roc.graph.databases.dialects import insert, these_numbers
from roc.graph.frames import OUTCOME_STATUSES
from roc.graph.numbering import Numbers
from roc.graph.people import short
from roc.graph.records import Account, Outcome, OutcomeStatus, Problem
from roc.graph.removing import remove_outcomes
from roc.graph.tables import storable
from roc.graph.told import hashed, salt_of

MAIN, CONTACT, HANDLES = 1, 2, 3
"""Roles of people, strongest first."""

VALUE_PARTS = 10_000
"""Values are kept as whole numbers of such parts of a unit: exact, and alike for all currencies."""

_MOST_PARTS = 10**18
_FIRST_DAY = date(1970, 1, 1)
_COLUMNS = tuple(tables.outcome.c.keys())
_ORDER = {status.value: place for place, status in enumerate(OUTCOME_STATUSES)}


@dataclass(frozen=True, slots=True)
class Standing:
    """One outcome in numbers, as one reading tells it or as the graph keeps it.

    The fields are the columns of ``outcome``, but for the last: account and role of its people.
    """

    id: int
    source_id: int
    kind: str
    status: str
    opened_day: int | None
    closed_day: int | None
    value: int | None
    currency: str
    hours: float | None
    organisation: str
    title: str
    revision: int
    roles: tuple[tuple[int, int], ...]

    @property
    def is_withdrawn(self) -> bool:
        """Whether the source took it back."""
        return self.status == OutcomeStatus.WITHDRAWN

    @property
    def last_day(self) -> int | None:
        """The last day that is known of it."""
        return self.opened_day if self.closed_day is None else self.closed_day

    def row(self) -> dict[str, Any]:
        """Its row in ``outcome``."""
        return {name: getattr(self, name) for name in _COLUMNS}


@dataclass(frozen=True, slots=True)
class OutcomesKept:
    """What became of outcomes that were told.

    Args:
        new: those that were not known before.
        changed: known ones of which more, or something else that is newer, was told.
        too_old: those from before the day since which anything is kept, or without a day.
    """

    new: int = 0
    changed: int = 0
    too_old: int = 0


def joined(one: Standing, other: Standing) -> Standing:
    """What two tellings of one outcome tell together.

    The later edition counts alone. Of one edition the more final telling leads and decides all
    but the people, who are united, each in the strongest role told.
    """
    leading = max(one, other, key=_rank)
    if one.revision != other.revision or leading.is_withdrawn:
        return leading
    roles: dict[int, int] = {}
    for account, role in (*one.roles, *other.roles):
        roles[account] = min(role, roles.get(account, role))
    return replace(leading, roles=tuple(sorted(roles.items())))


def keep_outcomes(
    connection: Connection, numbers: Numbers, told: Sequence[Outcome], oldest_day: int | None
) -> tuple[OutcomesKept, list[Problem]]:
    """Write what is new in outcomes; telling them again changes nothing.

    Args:
        connection: within a transaction.
        numbers: gives accounts and sources their numbers.
        told: as a collector yields them.
        oldest_day: UTC day before which nothing is kept; ``None`` where all is.

    Returns:
        What became of them, and which values could not be kept.
    """
    known_accounts = numbers.accounts(account for one in told for account in _everyone(one))
    by_id: dict[int, list[Standing]] = defaultdict(list)
    for one in told:
        standing = _standing(one, numbers, known_accounts)
        by_id[standing.id].append(standing)
    before = _known(connection, by_id)
    now = {
        number: reduce(joined, [*before.get(number, ()), *tellings])
        for number, tellings in by_id.items()
    }
    untitled = _untitled(connection, numbers, told, known_accounts)
    now |= {number: replace(now[number], title="") for number in untitled}
    old = {number for number, one in now.items() if _is_old(one, oldest_day)}
    written = [
        one for number, one in now.items() if number not in old and [one] != before.get(number)
    ]
    _remove(connection, sorted(old & before.keys()))
    _write(connection, written)
    new = [one for one in written if one.id not in before]
    kept = OutcomesKept(
        new=sum(not one.is_withdrawn for one in new),
        changed=len(written) - len(new),
        too_old=len(old),
    )
    return kept, [problem for one in told if (problem := _unkept(one))]


def _everyone(outcome: Outcome) -> Iterable[Account]:
    yield from outcome.people
    yield from (one for one in (outcome.primary, outcome.handled_by) if one is not None)


def _standing(outcome: Outcome, numbers: Numbers, known: dict[Account, int]) -> Standing:
    """What an outcome tells, without the forgotten."""
    number = _number(outcome)
    source, kind, status = numbers.source(outcome.source), outcome.kind.value, outcome.status
    if status is OutcomeStatus.WITHDRAWN:  # kept, so that an older export does not bring it back
        bare = (None, None, None, "", None, "", "")
        return Standing(number, source, kind, status.value, *bare, outcome.revision, ())
    sealed = numbers.forgotten
    return Standing(
        id=number,
        source_id=source,
        kind=kind,
        status=status.value,
        opened_day=_day(outcome.opened),
        closed_day=_day(outcome.closed),
        value=_parts(outcome.value),
        currency=storable(outcome.currency),
        hours=outcome.hours if _is_amount(outcome.hours) else None,
        organisation=sealed.text(short(outcome.organisation)),
        title=sealed.text(short(outcome.title)),
        revision=outcome.revision,
        roles=_roles(outcome, known),
    )


def _untitled(
    connection: Connection,
    numbers: Numbers,
    told: Sequence[Outcome],
    known: dict[Account, int],
) -> set[int]:
    """Which outcomes have no title, since one of their people is forgotten; this is remembered.

    Another telling of the same outcome may not name the one who is forgotten.
    """
    sealed = numbers.forgotten
    if not sealed:
        return set()
    forgotten = (one for one in told if not all(who in known for who in _everyone(one)))
    fresh = set(map(_number, forgotten))
    marks = [{"hash": sealed.seal_untitled(number)} for number in sorted(fresh)]
    if marks:
        connection.execute(insert(connection, tables.forgotten).on_conflict_do_nothing(), marks)
    return fresh | set(filter(sealed.is_untitled, map(_number, told)))


def _number(outcome: Outcome) -> int:
    return hashed(outcome.external_id) ^ salt_of(outcome.source, outcome.scope)


def _roles(outcome: Outcome, known: dict[Account, int]) -> tuple[tuple[int, int], ...]:
    told = [] if outcome.handled_by is None else [(outcome.handled_by, HANDLES)]
    told += [(account, CONTACT) for account in outcome.people]
    told += [] if outcome.primary is None else [(outcome.primary, MAIN)]
    roles = {known[account]: role for account, role in told if account in known}
    return tuple(sorted(roles.items()))


def _day(day: date | None) -> int | None:
    return None if day is None else (day - _FIRST_DAY).days


def _parts(value: Decimal | None) -> int | None:
    """A value in whole parts; ``None`` where it is no number, or beyond all money."""
    if value is None or not value.is_finite() or abs(value) > _MOST_PARTS // VALUE_PARTS:
        return None
    return int((value * VALUE_PARTS).to_integral_value(ROUND_HALF_EVEN))


def _is_amount(hours: float | None) -> bool:
    return hours is not None and isfinite(hours) and hours >= 0


def _unkept(outcome: Outcome) -> Problem | None:
    """What cannot be kept of an outcome."""
    if outcome.value is not None and _parts(outcome.value) is None:
        return Problem(_when(outcome), "bad_value", "a value that is no amount was left out")
    if outcome.hours is not None and not _is_amount(outcome.hours):
        return Problem(_when(outcome), "bad_hours", "hours that are no amount were left out")
    return None


def _when(outcome: Outcome) -> str:
    day = outcome.closed or outcome.opened
    return "an outcome without a date" if day is None else f"an outcome of {day}"


def _rank(one: Standing) -> tuple[Any, ...]:
    """Tellings in order, the one that leads last; two that rank alike tell the same."""
    decided = one.status != OutcomeStatus.OPEN
    days = (_or_least(one.closed_day), _ORDER[one.status], _or_least(one.opened_day))
    amounts = (_or_least(one.value), one.currency, _or_least(one.hours))
    texts = (one.organisation, one.title, one.kind)
    return (one.revision, one.is_withdrawn, decided, *days, *amounts, *texts)


def _or_least(number: float | None) -> tuple[bool, float]:
    return (False, 0) if number is None else (True, number)


def _is_old(one: Standing, oldest_day: int | None) -> bool:
    if oldest_day is None or one.is_withdrawn:
        return False
    return one.last_day is None or one.last_day < oldest_day


# --- rows ---------------------------------------------------------------------------------------


def _known(connection: Connection, ids: Iterable[int]) -> dict[int, list[Standing]]:
    """Those of the outcomes that the graph keeps."""
    outcome, person = tables.outcome.c, tables.outcome_person.c
    wanted = these_numbers(connection, np.array(sorted(ids), dtype=np.int64))
    roles: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rows = select(person.outcome_id, person.account_id, person.role)
    for number, account, role in connection.execute(rows.where(person.outcome_id.in_(wanted))):
        roles[number].append((account, role))
    found = connection.execute(select(tables.outcome).where(outcome.id.in_(wanted)))
    return {
        row.id: [Standing(**row._asdict(), roles=tuple(sorted(roles[row.id])))] for row in found
    }


def _write(connection: Connection, standings: Sequence[Standing]) -> None:
    if not standings:
        return
    person = tables.outcome_person
    ids = these_numbers(connection, np.array([one.id for one in standings], dtype=np.int64))
    connection.execute(delete(person).where(person.c.outcome_id.in_(ids)))
    new = insert(connection, tables.outcome)
    fresh = {name: new.excluded[name] for name in _COLUMNS if name != "id"}
    write = new.on_conflict_do_update(index_elements=["id"], set_=fresh)
    connection.execute(write, [one.row() for one in standings])
    people = [
        {"outcome_id": one.id, "account_id": account, "role": role}
        for one in standings
        for account, role in one.roles
    ]
    if people:
        connection.execute(insert(connection, person), people)


def _remove(connection: Connection, ids: Sequence[int]) -> None:
    if ids:
        numbers = these_numbers(connection, np.array(ids, dtype=np.int64))
        remove_outcomes(connection, tables.outcome.c.id.in_(numbers))
