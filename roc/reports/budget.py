"""The Connection Budget, as data: what gatherings cost, and what came after them.

New ties are read against placebo groups (`roc.scoring.budget`); what else came after is counted and
called so. A gathering ahead is planned, not read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum, isnan
from types import MappingProxyType

from roc.graph.frames import (
    Contacts,
    Gatherings,
    Outcomes,
    People,
)
from roc.graph.records import CONVERSATIONS, PRESENTATIONS
from roc.reports import text
from roc.reports.evenings import (
    LEAST_PEOPLE,
    Evening,
    Followed,
    Held,
    evening,
    followed_by,
    held,
    present,
)
from roc.reports.spending import Plan, Quarter, quarters, spent
from roc.scoring.budget import (
    HORIZONS,
    READ_DAYS,
    Difference,
    Pool,
    Reading,
    difference,
    pooled,
)
from roc.scoring.parameters import ScoringParameters

LISTED = 20
"""No list is longer, latest first; the counts are complete."""


@dataclass(frozen=True, slots=True)
class Format:
    """Gatherings that were held alike: how many, and those of them that can be read together."""

    name: str
    gatherings: int
    pool: Pool


@dataclass(frozen=True, slots=True)
class BudgetReport:
    """The Connection Budget, in the order of its page.

    Args:
        as_of: the last day that counts.
        tag: only gatherings with this tag or format; empty for all.
        total: gatherings in all up to then, whether listed or not.
        meetings_of_two: meetings of two that have a format or a cost, beside them.
        ahead: gatherings that lie ahead.
        spent: what all of them cost, by currency.
        hours: what they took of the owner, as far as it is told; nan where it is of none.
        ties_per_ten_hours: new ties of those that can be read and of which it is told, in ten
            hours; nan of none.
        pool: all that can be read after 90 days, together.
        cost_per_tie: what a new tie of theirs cost; nan where there is none, or no cost is told.
        cost_between: its interval of 90 %; infinite above where there may be none.
        evenings: the latest of them.
        formats: by how they were held.
        conversations: formats in which people talk with each other.
        presentations: formats in which most listen.
        difference: new ties a gathering that the first gave beyond the second.
        followed: what came after all of them.
        quarters: planned and spent.
    """

    as_of: date
    tag: str
    total: int
    meetings_of_two: int
    ahead: int
    spent: tuple[tuple[str, float], ...]
    hours: float
    ties_per_ten_hours: float
    pool: Pool
    cost_per_tie: float
    cost_between: tuple[float, float]
    evenings: tuple[Evening, ...]
    formats: tuple[Format, ...]
    conversations: Pool
    presentations: Pool
    difference: Difference | None
    followed: Followed
    quarters: tuple[Quarter, ...]


def build(
    people: People,
    contacts: Contacts,
    gatherings: Gatherings,
    outcomes: Outcomes,
    day: int,
    parameters: ScoringParameters,
    *,
    plans: Sequence[Plan] = (),
    hours: Mapping[str, float] = MappingProxyType({}),
    tag: str = "",
) -> BudgetReport:
    """The Connection Budget up to a day.

    Args:
        people: everyone; those set aside did not come, as far as this goes.
        contacts: who reached whom on which day.
        gatherings: occasions that people came to, or are asked to.
        outcomes: deals and other outcomes as they stood.
        day: the last UTC day that counts.
        parameters: which kinds are contact.
        plans: what the owner meant to spend.
        hours: what a gathering takes of the owner, by format or tag; a format goes before a tag.
        tag: only gatherings with this tag or format; empty for all.
    """
    wanted = _wanted(gatherings, tag)
    begun = [row for row in wanted if gatherings.day[row] <= day]
    taken = [
        held(people, contacts, gatherings, row, HORIZONS, day, parameters)
        for row in begun
        if len(present(people, gatherings, row)) >= LEAST_PEOPLE
    ]
    followed = [followed_by(people, contacts, outcomes, one, day) for one in taken]
    both = list(zip(taken, followed, strict=True))
    talked, listened = (_of(taken, gatherings, words) for words in (CONVERSATIONS, PRESENTATIONS))
    pool = _pool(taken, gatherings)
    return BudgetReport(
        as_of=text.day(day),
        tag=text.plain(tag, 40),
        total=len(taken),
        meetings_of_two=len(begun) - len(taken),
        ahead=len(wanted) - len(begun),
        spent=spent(gatherings, begun),
        hours=_hours(gatherings, [one.row for one in taken], hours),
        ties_per_ten_hours=_in_ten_hours(taken, gatherings, hours),
        pool=pool,
        cost_per_tie=pool.cost_per_tie,
        cost_between=pool.cost_between,
        evenings=tuple(
            evening(people, gatherings, one, day, then) for one, then in both[::-1][:LISTED]
        ),
        formats=_formats(taken, gatherings),
        conversations=_pool(talked, gatherings),
        presentations=_pool(listened, gatherings),
        difference=difference(_at_90(talked), _at_90(listened)),
        followed=Followed.together(followed),
        quarters=quarters(gatherings, wanted, plans, day),
    )


def due(
    people: People,
    contacts: Contacts,
    gatherings: Gatherings,
    day: int,
    parameters: ScoringParameters,
    *,
    within: int,
) -> tuple[Evening, ...]:
    """Gatherings that have a reading due, each with that one reading, the latest first.

    Args:
        people: everyone.
        contacts: who reached whom on which day.
        gatherings: occasions.
        day: the last day.
        parameters: which kinds are contact.
        within: how many days up to it.
    """
    found = []
    for row in reversed(range(len(gatherings))):
        since = day - int(gatherings.day[row])
        horizons = [after for after in HORIZONS if after <= since < after + within]
        if horizons and len(present(people, gatherings, row)) >= LEAST_PEOPLE:
            one = held(people, contacts, gatherings, row, horizons, day, parameters)
            found.append(evening(people, gatherings, one, day, Followed(), horizons))
    return tuple(found)


def _wanted(gatherings: Gatherings, tag: str) -> list[int]:
    word = tag.removeprefix("#")
    rows = range(len(gatherings))
    return [
        row for row in rows if not word or word in (gatherings.format[row], *gatherings.tags[row])
    ]


def _of(held: Sequence[Held], gatherings: Gatherings, formats: Collection[str]) -> list[Held]:
    return [one for one in held if gatherings.format[one.row] in formats]


def _at_90(held: Iterable[Held]) -> list[Reading]:
    return [one.readings[READ_DAYS] for one in held if READ_DAYS in one.readings]


def _pool(held: Sequence[Held], gatherings: Gatherings) -> Pool:
    read = [one for one in held if READ_DAYS in one.readings]
    rows = [one.row for one in read]
    one_currency = len({gatherings.currency[row] for row in rows}) == 1
    costs = [float(gatherings.amount[row]) if one_currency else float("nan") for row in rows]
    return pooled(_at_90(read), costs)


def _hours(gatherings: Gatherings, rows: Iterable[int], hours: Mapping[str, float]) -> float:
    """What gatherings took, as far as it is told; nan where it is of none."""
    told = [hour for row in rows if not isnan(hour := _hours_of(gatherings, row, hours))]
    return fsum(told) if told else float("nan")


def _hours_of(gatherings: Gatherings, row: int, hours: Mapping[str, float]) -> float:
    words = (gatherings.format[row], *gatherings.tags[row])
    return next((hours[word] for word in words if word in hours), float("nan"))


def _in_ten_hours(
    held: Sequence[Held], gatherings: Gatherings, hours: Mapping[str, float]
) -> float:
    known = [one for one in held if not isnan(_hours_of(gatherings, one.row, hours))]
    read = [one for one in known if READ_DAYS in one.readings and one.readings[READ_DAYS].is_told]
    took = _hours(gatherings, [one.row for one in read], hours)
    return 10.0 * _pool(read, gatherings).effect.excess / took if took > 0 else float("nan")


def _formats(held: Sequence[Held], gatherings: Gatherings) -> tuple[Format, ...]:
    """By how they were held, those with most gatherings first."""
    by_format: dict[str, list[Held]] = defaultdict(list)
    for one in held:
        by_format[gatherings.format[one.row]].append(one)
    found = [Format(name, len(of), _pool(of, gatherings)) for name, of in by_format.items()]
    return tuple(sorted(found, key=lambda one: (-one.gatherings, one.name)))
