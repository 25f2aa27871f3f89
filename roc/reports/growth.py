"""What grew in a project: newcomers who stayed, ties that went on elsewhere, groups that met."""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import Bools, Contacts, Ints, People
from roc.reports.pairs import Pairs
from roc.scoring.communities import NOBODY, communities
from roc.scoring.dyads import ties
from roc.scoring.parameters import ScoringParameters

MONTH_DAYS = 30
"""Who acts in two such stretches of a project has come back."""

CORE_SHARE = 0.8
"""The core is the fewest people who make so much of all days on which anybody acted."""


@dataclass(frozen=True, slots=True)
class Growth:
    """What grew; ego counts nowhere here but in ties.

    Args:
        newcomers: people whose first act with anybody of the project fell into it.
        returning: of them, those who acted in two months or more of it.
        core: of them, those who are among its core.
        new_ties: new two-way ties.
        moved: of them, those that went on after the end at a source that had told nothing of them.
        bridged: of them, those between people of different communities before.
        told_apart: of them, those both of whose people were in a community before.
    """

    newcomers: int
    returning: int
    core: int
    new_ties: int
    moved: int
    bridged: int
    told_apart: int


def growth(
    people: People, contacts: Contacts, group: Pairs, parameters: ScoringParameters
) -> Growth:
    """What grew in a project.

    Args:
        people: everyone.
        contacts: the frame that the pairs were made from.
        group: the pairs among its people.
        parameters: weights and half-lives, for communities before it.
    """
    came = _newcomers(people, group)
    days = _days(people, contacts, group)
    new = group.new_inside()
    before = _communities(people, contacts, group, parameters)
    one, other = before[group.low[new]], before[group.high[new]]
    apart = (one != NOBODY) & (other != NOBODY)
    return Growth(
        newcomers=int(came.sum()),
        returning=int((came & (_months(people, days) > 1)).sum()),
        core=int((came & _core(people, days)).sum()),
        new_ties=int(new.sum()),
        moved=int((new & _moved(contacts, group)).sum()),
        bridged=int((apart & (one != other)).sum()),
        told_apart=int(apart.sum()),
    )


def _newcomers(people: People, group: Pairs) -> Bools:
    first = np.full(len(people), np.iinfo(np.int64).max)
    for side in (group.low, group.high):
        np.minimum.at(first, side, group.first)
    came: Bools = (first >= group.window.start) & (first <= group.window.end)
    came[[people.ego] if people.ego >= 0 else []] = False
    return came


def _days(people: People, contacts: Contacts, group: Pairs) -> Ints:
    """Who acted on which day inside the window, each once, shape ``(n, 2)``."""
    rows = group.rows_inside(contacts)
    acted = np.column_stack([contacts.sender[rows], contacts.day[rows]])
    return np.unique(acted[acted[:, 0] != people.ego], axis=0)


def _months(people: People, days: Ints) -> Ints:
    """In how many months each acted."""
    months = np.unique(np.column_stack([days[:, 0], days[:, 1] // MONTH_DAYS]), axis=0)
    return np.bincount(months[:, 0], minlength=len(people))


def _core(people: People, days: Ints) -> Bools:
    active = np.bincount(days[:, 0], minlength=len(people))
    order = np.argsort(-active, kind="stable")
    before = np.cumsum(active[order]) - active[order]
    core = np.zeros(len(people), dtype=np.bool_)
    core[order] = (before < CORE_SHARE * active.sum()) & (active[order] > 0)
    return core


def _moved(contacts: Contacts, group: Pairs) -> Bools:
    """Which pairs went on after the end at a source of which nothing had come up to then."""
    later = contacts.day[group.rows] > group.window.end
    code = group.pair * len(contacts.sources) + contacts.source[group.rows]
    elsewhere = np.setdiff1d(code[later], code[~later])
    moved = np.zeros(len(group.low), dtype=np.bool_)
    moved[elsewhere // max(len(contacts.sources), 1)] = True
    return moved


def _communities(
    people: People, contacts: Contacts, group: Pairs, parameters: ScoringParameters
) -> Ints:
    """Each person's community on the day before the project; ``NOBODY`` where there is none."""
    before = ties(contacts, people, group.window.start - 1, parameters)
    weight = np.sqrt(before.days[:, 0] * before.days[:, 1]).astype(np.float64)
    both = weight > 0
    return communities(before.low[both], before.high[both], weight[both], len(people), people.ego)
