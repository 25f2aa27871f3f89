"""How the RoC score went, and on which days people were gathered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from roc.graph.frames import KINDS, Contacts
from roc.graph.records import Kind
from roc.reports import text
from roc.reports.drawing import Drawing, Frame, drawing
from roc.reports.words import later, say
from roc.scoring.measures import NetworkMeasures

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WEEK_DAYS = 7
GATHERED_FROM = 2
"""A meeting at which ego met so many others is a gathering."""


@dataclass(frozen=True, slots=True)
class Course:
    """The RoC score as of one day after the other, the oldest first.

    Args:
        days: of the scores.
        scores: 0 to 100; nan where undefined.
        gatherings: days within them on which ego met two people or more at once.
    """

    days: tuple[date, ...]
    scores: tuple[float, ...]
    gatherings: tuple[date, ...]


def course(
    contacts: Contacts, ego: int, day: int, now: NetworkMeasures, before: Sequence[NetworkMeasures]
) -> Course:
    """The course up to a day.

    Args:
        contacts: who reached whom on which day.
        ego: the person whose score it is.
        day: the UTC day of ``now``.
        now: the network's numbers.
        before: those of the weeks before, the oldest first, a week apart.
    """
    days = [day - WEEK_DAYS * back for back in range(len(before), -1, -1)]
    met = (contacts.sender == ego) & (contacts.kind == KINDS.index(Kind.MEETING))
    met &= (contacts.audience >= GATHERED_FROM) & (contacts.day >= days[0]) & (contacts.day <= day)
    return Course(
        days=tuple(map(text.day, days)),
        scores=tuple(float(one.roc_score) for one in (*before, now)),
        gatherings=tuple(map(text.day, np.unique(contacts.day[met]).tolist())),
    )


def course_chart(told: Course) -> Drawing:
    """The score as a line, gatherings as marks above the days they fell on.

    Raises:
        ValueError: fewer than two scores are defined.
    """
    scores = np.array(told.scores)
    known = ~np.isnan(scores)
    if known.sum() < 2:
        raise ValueError("a course needs two scores")
    first = told.days[0]
    at = np.array([(day - first).days for day in told.days], dtype=np.float64)
    marks = [(day - first).days for day in told.gatherings]
    top = min(100.0, 10.0 * np.ceil(scores[known].max() / 10.0 + 0.5))

    def draw(axes: "Axes") -> None:
        axes.plot(at[known], scores[known], color="C0")
        axes.plot(at[known][-1:], scores[known][-1:], "o", color="C0")
        axes.plot(marks, [0.94 * top] * len(marks), "v", color="C1", markersize=6)
        axes.set(xlim=(-2, at[-1] + 2), ylim=(0, top), ylabel=say("RoC score"))
        axes.set_xticks([at[0], at[-1]], [text.long_date(first), text.long_date(told.days[-1])])
        axes.set_yticks([0, top / 2, top])

    begin, end = scores[known][0], scores[known][-1]
    since = text.long_date(told.days[int(np.argmax(known))])
    way = later("From {begin} on {since} it went to {end}.")
    if round(begin) == round(end):
        way = later("From {begin} on {since} it stayed at {end}.")
    went = say(way, begin=text.decimal(begin, 0), since=since, end=text.decimal(end, 0))
    if marks:
        gathered = text.counted(len(marks), "gathering")
        went += " " + say("Marks above the line are {gatherings}.", gatherings=gathered)
    return drawing(
        "course",
        Frame(height=180, left=46, right=58, bottom=30, top=14),
        draw,
        title=say("The course of the score"),
        alt=went,
    )
