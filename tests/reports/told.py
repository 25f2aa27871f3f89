"""Small graphs told in lines, and measures of which a test names only the numbers it is about."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roc.graph.frames import Contacts, Declared, Exchanges, People
from roc.graph.records import Kind
from roc.reports.text import day_number
from roc.scoring.measures import STATES, Measures, NetworkMeasures, TieMeasures
from tests import acts as frames
from tests.acts import Act

CAST = ("me", "Ana", "Ben", "Chidi", "Dara")
WHOLE = frozenset({"alter", "state", "first_day", "last_day", "given_days", "received_days"})


def people(
    *names: str, organisations: tuple[str, ...] = (), aside: tuple[str, ...] = (), ego: int = 0
) -> People:
    """People in the order given, the first of them ego; keys follow from the names."""
    who = names or CAST
    return People(
        keys=tuple(
            f"email:{number}-{name.lower()[:20]}@example.org" for number, name in enumerate(who)
        ),
        names=tuple(who),
        organisations=(*organisations, *[""] * (len(who) - len(organisations))),
        aside=tuple("list" if name in aside else "" for name in who),
        set_aside=np.array([name in aside for name in who], dtype=np.bool_),
        accounts=tuple(() for _ in who),
        tags=tuple(() for _ in who),
        ego=ego,
    )


def acts(lines: str, names: tuple[str, ...] = CAST) -> list[Act]:
    """Acts from lines as ``2026-03-05 me -> Ana, Ben meeting calendar``; email if no source."""
    out = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        head, _, tail = line.partition(" -> ")
        when, sender = head.split(maxsplit=1)
        named = tail.replace(", ", ",").split()
        source = named[2] if len(named) > 2 else "email"
        recipients = tuple(names.index(name) for name in named[0].split(","))
        day = day_number(date.fromisoformat(when))
        kind, audience = Kind(named[1]), len(recipients)
        out.append(Act(day, names.index(sender), recipients, kind, source, audience, second=0))
    return out


def contacts(lines: str, names: tuple[str, ...] = CAST) -> Contacts:
    """Who reached whom, by those lines."""
    return frames.contacts(acts(lines, names))


def exchanges(lines: str, names: tuple[str, ...] = CAST) -> Exchanges:
    """Ego's own directed acts, by those lines."""
    return frames.exchanges(acts(lines, names), ego=0)


def declared(*lines: str, names: tuple[str, ...] = CAST) -> Declared:
    """Standing relations from lines as ``me follows Ana x`` or ``me connected Ben linkedin``."""
    told = [line.split() for line in lines]
    sources = tuple(sorted({words[3] for words in told}))
    return Declared(
        person=np.array([names.index(words[0]) for words in told], dtype=np.int64),
        other=np.array([names.index(words[2]) for words in told], dtype=np.int64),
        follows=np.array([words[1] == "follows" for words in told], dtype=np.bool_),
        day=np.full(len(told), -1, dtype=np.int64),
        source=np.array([sources.index(words[3]) for words in told], dtype=np.int64),
        sources=sources,
    )


def tie(alter: int, state: str = "active", **numbers: float) -> dict[str, float]:
    """One tie; what is not named is undefined, or -1 or 0 for whole numbers."""
    return {"alter": alter, "state": STATES.index(state), **numbers}


def measures(when: str, *ties: dict[str, float], **network: float) -> Measures:
    """Measures of a day from ties made with `tie` and the network's numbers that matter."""
    rows = sorted(ties, key=lambda row: row["alter"])
    columns = {
        field.name: _column(field.name, rows)
        for field in fields(TieMeasures)
        if field.name != "strength_parts"
    }
    parts = np.repeat(columns["strength"][:, None] / 4, 4, axis=1)
    nothing = {
        field.name: 0 if field.name in {"two_way_ties", "people"} else float("nan")
        for field in fields(NetworkMeasures)
    }
    return Measures(
        day=day_number(date.fromisoformat(when)),
        ties=TieMeasures(strength_parts=parts, **columns),
        network=NetworkMeasures(**{**nothing, **network}),  # type: ignore[arg-type]
    )


def _column(name: str, rows: list[dict[str, float]]) -> NDArray[Any]:
    if name == "one_way":
        return np.array([bool(row.get(name)) for row in rows], dtype=np.bool_)
    if name in WHOLE:
        missing = -1 if name.endswith("_day") else 0
        return np.array([row.get(name, missing) for row in rows], dtype=np.int64)
    missing_number = 0.0 if name in {"trust", "fading"} else float("nan")
    return np.array([row.get(name, missing_number) for row in rows], dtype=np.float64)


def with_tags(who: People, **tags: str) -> People:
    """The same people, some of them with a tag."""
    return replace(who, tags=tuple((tags[name],) if name in tags else () for name in who.names))
