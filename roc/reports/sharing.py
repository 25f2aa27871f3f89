"""A report that can be handed on: nobody in it can be found by name, address, house or word."""

from dataclasses import replace

import numpy as np

from roc.graph.frames import People
from roc.reports.faces import pseudonym
from roc.reports.words import later, say
from roc.scoring.measures import Measures

OWNER = later("the owner")


def hidden(people: People, measures: Measures) -> People:
    """Everyone under a pseudonym: P1 is whose tie with ego is the oldest.

    Numbers stay, so that all other columns fit as before. Accounts, organisations and tags go: a
    house in which one person is known names that person.

    Args:
        people: everyone in the graph.
        measures: ego's ties, which tell who came first.
    """
    first = np.full(len(people), np.iinfo(np.int64).max)
    first[measures.ties.alter] = np.where(
        measures.ties.first_day >= 0, measures.ties.first_day, np.iinfo(np.int64).max - 1
    )
    order = [number for number in np.argsort(first, kind="stable").tolist() if number != people.ego]
    names = [say(OWNER)] * len(people)
    for place, number in enumerate(order, start=1):
        names[number] = pseudonym(place).name
    nothing = ("",) * len(people)
    none: tuple[tuple[str, ...], ...] = ((),) * len(people)
    return replace(
        people,
        keys=tuple(names),
        names=tuple(names),
        organisations=nothing,
        accounts=none,
        tags=none,
    )
