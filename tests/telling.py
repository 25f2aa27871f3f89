"""Lines in the journal's manner as the frames that scoring reads; no database in between.

``2026-01-01 me -> ben, ana message`` is an act. Behind it, ``audience 15`` tells how many people it
reached, ``cost 90`` what it cost, and ``every 7 for 100`` that it is the last of a hundred such
acts, seven days apart. ``at 09:30`` behind the day gives it a moment, which makes it an exchange.
"""

import re
from dataclasses import dataclass
from datetime import date

import numpy as np

from roc.graph.frames import KINDS, Contacts, Declared, Exchanges, Expenses, Floats, Ints, People
from roc.graph.records import SHARED_KINDS, Kind, Nature

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
    acts = [match for line in stripped if (match := _LINE.fullmatch(line))]
    standing = [match for line in stripped if (match := _TIE.fullmatch(line))]
    assert len(acts) + len(standing) == len(stripped), "a line was not understood"
    named = {name for act in acts for name in [act["sender"], *act["to"].split(", ")]}
    named |= {name for tie in standing for name in (tie["person"], tie["other"])} | set(cast)
    number = {name: place for place, name in enumerate(sorted(named))}
    rows: list[tuple[int, int, int, int, int, int]] = []
    spent: list[tuple[int, int, float]] = []
    turns: list[tuple[int, int, bool, int, int]] = []
    for act in acts:
        recipients = [number[name] for name in act["to"].split(", ")]
        sender, kind = number[act["sender"]], Kind(act["kind"])
        audience = int(act["audience"] or len(recipients))
        for step in range(int(act["times"] or 1)):
            day = day_of(act["day"]) - step * int(act["every"] or 0)
            present = [sender, *recipients]
            pairs = [(sender, recipient) for recipient in recipients]
            if kind in SHARED_KINDS:
                pairs = [(one, other) for one in present for other in present if one != other]
            rows += [(*pair, day, KINDS.index(kind), 0, audience) for pair in pairs]
            if act["cost"]:
                others = [person for person in present if person != number.get("me")]
                spent += [(person, day, int(act["cost"]) / len(others)) for person in others]
            if act["hour"]:
                at = day * 86_400 + int(act["hour"]) * 3600 + int(act["minute"]) * 60
                for one, other in pairs:
                    if number["me"] in (one, other):
                        by_ego = one == number["me"]
                        alter = other if by_ego else one
                        turns.append((at, alter, by_ego, KINDS.index(kind), audience))
    return Told(
        people=everyone(tuple(sorted(named)), aside),
        contacts=_contacts(rows),
        exchanges=_exchanges(sorted(turns)),
        expenses=Expenses(
            _ints([row[0] for row in spent]),
            _ints([row[1] for row in spent]),
            np.array([row[2] for row in spent], dtype=np.float64),
        ),
        declared=Declared(
            person=_ints([number[tie["person"]] for tie in standing]),
            other=_ints([number[tie["other"]] for tie in standing]),
            follows=np.array([tie["kind"] == "follows" for tie in standing], dtype=np.bool_),
            day=_ints([-1] * len(standing)),
            source=_ints([0] * len(standing)),
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
        natures=(Nature.PERSON,) * len(names),
        set_aside=np.array([name in aside for name in names], dtype=np.bool_),
        accounts=nothing,
        tags=nothing,
        ego=names.index("me") if "me" in names else -1,
    )


def _contacts(rows: list[tuple[int, int, int, int, int, int]]) -> Contacts:
    merged: dict[tuple[int, int, int, int, int], tuple[int, int]] = {}
    for *key, audience in rows:
        place = (key[0], key[1], key[2], key[3], key[4])
        least, acts = merged.get(place, (audience, 0))
        merged[place] = (min(least, audience), acts + 1)
    keys = sorted(merged)
    sender, recipient, day, kind, source = (
        _ints([key[place] for key in keys]) for place in range(5)
    )
    smallest = _ints([merged[key][0] for key in keys])
    counted = _ints([merged[key][1] for key in keys])
    return Contacts(sender, recipient, day, kind, source, smallest, counted, ("journal",))


def _exchanges(turns: list[tuple[int, int, bool, int, int]]) -> Exchanges:
    zeros = _ints([0] * len(turns))
    return Exchanges(
        alter=_ints([turn[1] for turn in turns]),
        by_ego=np.array([turn[2] for turn in turns], dtype=np.bool_),
        at=_ints([turn[0] for turn in turns]),
        audience=_ints([turn[4] for turn in turns]),
        kind=_ints([turn[3] for turn in turns]),
        source=zeros,
        thread=zeros,
        sources=("journal",),
    )


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def floats(*values: float) -> Floats:
    """A column of numbers."""
    return np.array(values, dtype=np.float64)
