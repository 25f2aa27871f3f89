"""How ego wants to keep in touch: with whom how often, whom not to be told of, whom always."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from roc.graph.frames import Bools, Care, Floats, Ints, People
from roc.reports.faces import Face, face
from roc.scoring.measures import STATES, Measures


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """How ego wants to keep in touch with each alter; shape ``(m,)``, in the order of the ties.

    ``due`` alone has another shape.

    Args:
        cadence_days: the longest that ego wants a silence to be; nan where nothing was said.
        due: rows where the silence is that long and nothing was put off, the longest first, as
            multiples of what ego wants.
        snoozed: whether ego wants to be told nothing for now.
        pinned: whether ego wants to be told in any case.
    """

    cadence_days: Floats
    due: Ints
    snoozed: Bools
    pinned: Bools


@dataclass(frozen=True, slots=True)
class InView:
    """How one tie stands that ego keeps in view.

    Args:
        who: the alter.
        strength: tie strength, 0 to 100; nan where nothing passed.
        state: by its own rhythm.
        silence_days: days since the last contact; nan where nothing passed.
        cadence_days: the longest silence that ego wants; nan where nothing was said.
    """

    who: Face
    strength: float
    state: str
    silence_days: float
    cadence_days: float


def wanted(
    people: People, care: Care | None, measures: Measures, by_tag: Mapping[str, int]
) -> Wanted:
    """How ego wants to keep in touch with each alter, as of the measures' day.

    What was said of a person goes before what was said of their tags, of which the shortest counts.

    Args:
        people: everyone in the graph.
        care: what was said of people; ``None`` where nothing was.
        measures: the numbers of the day.
        by_tag: days between contacts, by tag.
    """
    alters = measures.ties.alter
    cadence = np.full(len(alters), np.nan)
    if by_tag:
        for row, alter in enumerate(alters.tolist()):
            days = [by_tag[tag] for tag in people.tags[alter] if tag in by_tag]
            cadence[row] = min(days, default=np.nan)
    snoozed = pinned = np.zeros(len(alters), dtype=np.bool_)
    if care is not None:
        own = care.cadence_days[alters]
        cadence = np.where(own > 0, own, cadence)
        snoozed = care.snoozed_until[alters] > measures.day
        pinned = care.pinned[alters]
    times = measures.ties.silence_days / cadence
    late = np.flatnonzero((times >= 1.0) & ~snoozed)
    due = late[np.argsort(-times[late], kind="stable")]
    return Wanted(cadence_days=cadence, due=due, snoozed=snoozed, pinned=pinned)


def in_view(people: People, measures: Measures, said: Wanted) -> tuple[InView, ...]:
    """Those whom ego keeps in view, by name."""
    ties = measures.ties
    rows = (
        InView(
            who=face(people, int(ties.alter[row])),
            strength=float(ties.strength[row]),
            state=STATES[ties.state[row]],
            silence_days=float(ties.silence_days[row]),
            cadence_days=float(said.cadence_days[row]),
        )
        for row in np.flatnonzero(said.pinned)
    )
    return tuple(sorted(rows, key=lambda one: (one.who.name, one.who.key)))
