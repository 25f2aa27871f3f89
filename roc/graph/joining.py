"""Several tellings of one act become one: the join, in which order and repetition are no matter.

An act may be told of by last year's export and this year's, by an API, by two calendars. What the
graph keeps is the join of all tellings. The join is commutative, associative and idempotent, so
that no order of reading, no repetition and no restart can change what is kept
(docs/decisions/0012).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from roc.graph.aggregates import PRESENT

_NO_MOMENT = 2**63


@dataclass(frozen=True, slots=True)
class Telling:
    """One act in numbers, as one reading tells it or as the graph keeps it.

    Args:
        id: the act's.
        source: where it was recorded.
        revision: which edition; the highest counts.
        kind: place in ``KINDS``.
        at: seconds since 1970, or ``None``.
        precision: place in ``Precision``, best first.
        sender: account who acted; of those present the smallest number.
        roles: account and role of everyone it reached; for a meeting the sender among them.
            Empty where the act is withdrawn.
        audience: how many it reached beside the sender.
        thread: number of the conversation, or ``None``.
        parent: the act it answers, or ``None``.
        places: what told of it, as bits.
    """

    id: int
    source: int
    revision: int
    kind: int
    at: int | None
    precision: int
    sender: int
    roles: Mapping[int, int]
    audience: int
    thread: int | None
    parent: int | None
    places: int

    @property
    def is_shared(self) -> bool:
        """Whether everyone present reached everyone else."""
        return PRESENT in self.roles.values()


def joined(one: Telling, other: Telling, key: Callable[[int], str]) -> Telling:
    """What two tellings of one act tell together.

    The higher revision counts alone. Of tellings that disagree on who acted, those of one sender
    count alone: a meeting first, then the sender with the smallest key. Among the rest the best
    known moment leads, recipients are united, and the larger audience holds.

    Args:
        one: a telling.
        other: another of the same act.
        key: ``source:handle`` of an account.
    """
    places = one.places | other.places
    if (kept := _alone(one, other, key)) is not None:
        return _with_places(kept, places)
    leading = min(one, other, key=_rank)
    roles = dict(one.roles)
    for account, role in other.roles.items():
        roles[account] = min(role, roles.get(account, role))
    others = len(roles) - (PRESENT in roles.values())
    return Telling(
        id=one.id,
        source=leading.source,
        revision=one.revision,
        kind=leading.kind,
        at=leading.at,
        precision=leading.precision,
        sender=min(one.sender, other.sender),
        roles=roles,
        audience=max(one.audience, other.audience, others),
        thread=_larger(one.thread, other.thread),
        parent=_larger(one.parent, other.parent),
        places=places,
    )


def joined_all(tellings: list[Telling], key: Callable[[int], str]) -> Telling:
    """What any number of tellings of one act tell together."""
    return reduce(lambda one, other: joined(one, other, key), tellings)


def _alone(one: Telling, other: Telling, key: Callable[[int], str]) -> Telling | None:
    """The telling that counts alone, or ``None`` where both do."""
    if one.revision != other.revision:
        return max(one, other, key=lambda telling: telling.revision)
    first, second = _company(one), _company(other)
    if first != second:
        return one if first < second else other
    if first == _DIRECTED and one.sender != other.sender:
        return min(one, other, key=lambda telling: key(telling.sender))
    return None


_SHARED, _DIRECTED, _WITHDRAWN = range(3)


def _company(telling: Telling) -> int:
    if not telling.roles:
        return _WITHDRAWN
    return _SHARED if telling.is_shared else _DIRECTED


def _rank(telling: Telling) -> tuple[int, int, int]:
    at = _NO_MOMENT if telling.at is None else telling.at
    return telling.precision, at, telling.kind


def _larger(one: int | None, other: int | None) -> int | None:
    return max((number for number in (one, other) if number is not None), default=None)


def _with_places(telling: Telling, places: int) -> Telling:
    return telling if telling.places == places else replace(telling, places=places)
