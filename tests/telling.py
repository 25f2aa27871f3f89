"""Lines in the journal's manner as the frames that scoring reads; no database in between.

``2026-01-01 me -> ben, ana message`` is an act. Behind it, ``audience 15`` tells how many people it
reached, ``cost 90`` what it cost, and ``every 7 for 100`` that it is the last of a hundred such
acts, seven days apart. ``at 09:30`` behind the day gives it a moment, which makes it an exchange.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from roc.graph.frames import Contacts, Declared, Exchanges, Expenses, Floats, People
from roc.graph.records import Kind
from roc.scoring.hearing import OneWay
from roc.scoring.measures import Measures
from roc.scoring.network import measure
from roc.scoring.own_past import OwnPast
from roc.scoring.parameters import ScoringParameters
from tests.acts import Act, contacts, exchanges, expenses, ints

EPOCH = date(1970, 1, 1)
_LINE = re.compile(
    r"(?P<day>\S+)(?: at (?P<hour>\d\d):(?P<minute>\d\d))? (?P<sender>\w+) -> (?P<to>[\w, ]+?)"
    r" (?P<kind>[a-z]+)(?: audience (?P<audience>\d+))?(?: cost (?P<cost>\d+))?"
    r"(?: every (?P<every>\d+) for (?P<times>\d+))?"
)
_TIE = re.compile(r"(?P<person>\w+) (?P<kind>connected|follows) (?P<other>\w+)")


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What lines tell, as frames; ``number["ben"]`` is Ben's person number."""

    people: People
    contacts: Contacts
    exchanges: Exchanges
    expenses: Expenses
    declared: Declared
    number: dict[str, int]


def day_of(text: str) -> int:
    """``2026-01-01`` as a UTC day."""
    return (date.fromisoformat(text) - EPOCH).days


def told(lines: str, *, aside: tuple[str, ...] = (), cast: tuple[str, ...] = ()) -> Told:
    """The frames that lines tell; people are those named, ``me`` is ego."""
    stripped = [line.strip() for line in lines.splitlines() if line.strip()]
    lines_told = [match for line in stripped if (match := _LINE.fullmatch(line))]
    standing = [match for line in stripped if (match := _TIE.fullmatch(line))]
    assert len(lines_told) + len(standing) == len(stripped), "a line was not understood"
    named = {name for line in lines_told for name in [line["sender"], *line["to"].split(", ")]}
    named |= {name for tie in standing for name in (tie["person"], tie["other"])} | set(cast)
    number = {name: place for place, name in enumerate(sorted(named))}
    acts = [act for line in lines_told for act in _acts(line, number)]
    ego = number.get("me", -1)
    return Told(
        people=everyone(tuple(sorted(named)), aside),
        contacts=contacts(acts),
        exchanges=exchanges(acts, ego),
        expenses=expenses(acts, ego),
        declared=Declared(
            person=ints([number[tie["person"]] for tie in standing]),
            other=ints([number[tie["other"]] for tie in standing]),
            follows=np.array([tie["kind"] == "follows" for tie in standing], dtype=np.bool_),
            day=ints([-1] * len(standing)),
            source=ints([0] * len(standing)),
            sources=("journal",),
        ),
        number=number,
    )


def everyone(names: tuple[str, ...], aside: tuple[str, ...] = ()) -> People:
    """People of these names, ``me`` among them as ego where named."""
    nothing: tuple[tuple[str, ...], ...] = ((),) * len(names)
    return People(
        keys=tuple(f"journal:{name}" for name in names),
        names=names,
        organisations=("",) * len(names),
        aside=tuple("muted" if name in aside else "" for name in names),
        set_aside=np.array([name in aside for name in names], dtype=np.bool_),
        accounts=nothing,
        tags=nothing,
        ego=names.index("me") if "me" in names else -1,
    )


def _acts(line: re.Match[str], number: Mapping[str, int]) -> Iterator[Act]:
    """The act that a line tells, and those that came before it at even distances."""
    recipients = tuple(number[name] for name in line["to"].split(", "))
    second = int(line["hour"]) * 3600 + int(line["minute"]) * 60 if line["hour"] else None
    for step in range(int(line["times"] or 1)):
        yield Act(
            day=day_of(line["day"]) - step * int(line["every"] or 0),
            sender=number[line["sender"]],
            recipients=recipients,
            kind=Kind(line["kind"]),
            source="journal",
            audience=int(line["audience"] or len(recipients)),
            second=second,
            cost=float(line["cost"] or 0),
        )


def measured(
    frames: Told,
    day: str,
    value: Floats | None = None,
    one_way: OneWay = frozenset(),
    own_past: OwnPast | None = None,
    **tuned: object,
) -> Measures:
    """What is measured of frames as of a day, with the parameters that ship but for those named."""
    return measure(
        frames.people,
        frames.contacts,
        frames.exchanges,
        frames.expenses,
        frames.declared,
        day_of(day),
        replace(ScoringParameters(), **tuned),  # type: ignore[arg-type]
        value,
        one_way,
        own_past,
    )
