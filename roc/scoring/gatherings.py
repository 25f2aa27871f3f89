"""What an evening, or a project, changed: new ties, against groups that would have met anyway.

Whoever is invited is busy, and busy people make and lose ties all the time: comparing before with
after finds effects where there are none. So the people who came are held against placebo groups of
the same size, as busy and as near to each other, over the same days.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from roc.graph.frames import Bools, Contacts, Floats, Ints, People
from roc.scoring.dyads import Ties, only, ties
from roc.scoring.grouped import totals
from roc.scoring.parameters import ScoringParameters

PLACEBOS = 200
"""How many groups it is held against."""

LEAST_ELIGIBLE = 5
"""With fewer pairs who had not met there is too little to look at."""

_TRIES = 8  # acquaintances of acquaintances, of whom the one that is as busy is taken
_AS_BUSY = 15  # ranks up and down among all people, by how busy they are


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A network before something, and which of its people had found each other after it.

    Args:
        count: how many people there are.
        known: low · count + high of all pairs in touch before, rising.
        formed: the same of pairs who reached each other both ways in the days after, rising.
        busy: how many days each person was in touch with anybody before, shape ``(count,)``.
        starts: where each person's acquaintances begin in ``near``, shape ``(count + 1,)``.
        near: everybody's acquaintances before, one after the other.
    """

    count: int
    known: Ints
    formed: Ints
    busy: Floats
    starts: Ints
    near: Ints


@dataclass(frozen=True, slots=True)
class Effect:
    """New two-way ties in a group, against those of placebo groups.

    Args:
        eligible: pairs of the group who had never been in touch.
        formed: how many of them reached each other both ways in the days after.
        expected: how many would have anyway: the mean of the placebo groups, for as many pairs.
        low: of ``formed − expected``, lower end of the interval that covers 90 %.
        high: upper end.
        chance: share of placebo groups that did as well by themselves, the group among them: p.
        groups: how many placebo groups there were.
    """

    eligible: int
    formed: int
    expected: float
    low: float
    high: float
    chance: float
    groups: int

    @property
    def excess(self) -> float:
        """New ties beyond what would have formed anyway."""
        return self.formed - self.expected


def setting(
    contacts: Contacts,
    people: People,
    first_day: int,
    last_day: int,
    parameters: ScoringParameters,
) -> Setting:
    """A network as it was before a stretch of days, and what formed within it.

    Args:
        contacts: who reached whom on which day.
        people: everyone the contacts refer to.
        first_day: UTC day on which what is looked at begins; an evening's is the day after it.
        last_day: UTC day on which it ends, inclusive.
        parameters: which kinds are contact at all.
    """
    (only_one,) = settings(contacts, people, first_day, (last_day,), parameters)
    return only_one


def settings(
    contacts: Contacts,
    people: People,
    first_day: int,
    last_days: Sequence[int],
    parameters: ScoringParameters,
) -> list[Setting]:
    """A network before a day, with what formed up to each of some days; see ``setting``."""
    count = len(people)
    before = ties(contacts, people, first_day - 1, parameters)
    starts, near = _acquaintances(before, count)
    since = only(contacts, contacts.day >= first_day)
    past = Setting(
        count=count,
        known=np.sort(before.low * count + before.high),
        formed=np.empty(0, dtype=np.int64),
        busy=totals(before.low, before.contact_days, count)
        + totals(before.high, before.contact_days, count),
        starts=starts,
        near=near,
    )
    return [replace(past, formed=_formed(since, people, day, parameters)) for day in last_days]


def _formed(since: Contacts, people: People, day: int, parameters: ScoringParameters) -> Ints:
    """Pairs who reached each other both ways up to a day, coded as in ``Setting``, rising."""
    found = ties(only(since, since.day <= day), people, day, parameters)
    both = found.days.min(axis=1) > 0
    return np.sort((found.low * len(people) + found.high)[both])


def new_ties(of: Setting, groups: Ints) -> tuple[Ints, Ints]:
    """Pairs who had not been in touch, and how many of them found each other.

    Args:
        of: the setting.
        groups: person numbers, a group in each row, shape ``(g, k)``.

    Returns:
        Both of shape ``(g,)``.
    """
    one, other = np.triu_indices(groups.shape[1], 1)
    low = np.minimum(groups[:, one], groups[:, other])
    high = np.maximum(groups[:, one], groups[:, other])
    pair = low * of.count + high
    strangers = ~_among(pair, of.known)
    return strangers.sum(axis=1), (strangers & _among(pair, of.formed)).sum(axis=1)


def effect(of: Setting, group: Ints, seed: int, stays: int = -1) -> Effect:
    """What a group's new ties are beyond those of groups like it.

    Args:
        of: the setting.
        group: person numbers, each once.
        seed: for the draw of placebo groups; the same draws the same.
        stays: somebody of the group who is in all placebo groups, too: whoever the data is of, for
            of others it tells less; -1 for nobody.

    Returns:
        ``expected``, ``low``, ``high`` and ``chance`` are nan where fewer than ``LEAST_ELIGIBLE``
        pairs had not met, or there are too few others to draw from.
    """
    return against(of, group, placebo_groups(of, group, PLACEBOS, dice(seed), stays))[0]


def dice(seed: int) -> np.random.Generator:
    """What draws placebo groups; the same seed draws the same."""
    return np.random.default_rng(seed)


def against(of: Setting, group: Ints, others: Ints) -> tuple[Effect, Floats]:
    """A group's new ties against those of placebo groups that are drawn already; see ``effect``.

    Args:
        of: the setting.
        group: person numbers, each once.
        others: placebo groups, one a row.

    Returns:
        The effect, and how many ties each placebo group would have formed, had it had as many
        pairs; shape ``(len(others),)``.
    """
    eligible, formed = (int(told[0]) for told in new_ties(of, group[None, :]))
    pairs, found = new_ties(of, others)
    anyway: Floats = found / np.maximum(pairs, 1) * eligible
    return beside(eligible, formed, anyway), anyway


def beside(eligible: int, formed: int, anyway: Floats) -> Effect:
    """New ties beside those that would have formed anyway.

    Args:
        eligible: pairs who had never been in touch.
        formed: how many of them reached each other both ways.
        anyway: how many of as many pairs did in each placebo group.

    Returns:
        What cannot be said is nan, as in ``effect``.
    """
    if eligible < LEAST_ELIGIBLE or not len(anyway):
        nothing = float("nan")
        return Effect(eligible, formed, nothing, nothing, nothing, nothing, len(anyway))
    low, high = formed - np.quantile(anyway, [0.95, 0.05])
    # A hair of room, for 3 of 45 pairs times 45 need not be 3 to the last bit.
    as_well = int((anyway >= formed - 1e-9).sum())
    return Effect(
        eligible=eligible,
        formed=formed,
        expected=float(anyway.mean()),
        low=float(low),
        high=float(high),
        chance=(1.0 + as_well) / (1.0 + len(anyway)),
        groups=len(anyway),
    )


def placebo_groups(
    of: Setting, group: Ints, count: int, dice: np.random.Generator, stays: int = -1
) -> Ints:
    """Groups of others, as large, as busy and as near to each other.

    Args:
        of: the setting.
        group: person numbers.
        count: how many groups.
        dice: draws them.
        stays: see ``effect``.

    Returns:
        Shape ``(count, k)``; none where fewer than twice as many others are there as came.
    """
    there = np.flatnonzero(~np.isin(np.arange(of.count), group))
    size = len(group)
    if len(there) < 2 * size:
        return np.empty((0, size), dtype=np.int64)
    by_busy = there[np.argsort(of.busy[there], kind="stable")]
    came = group[group != stays]
    rank = np.searchsorted(of.busy[by_busy], of.busy[came])
    share_near = _share_near(of, group)
    draw = _Draw(of, by_busy, set(group.tolist()), dice)
    first = [stays] if stays in group else []
    drawn = [draw.group(first, of.busy[came], rank, share_near) for _ in range(count)]
    return np.array(drawn, dtype=np.int64)


class _Draw:
    """Draws one placebo group after the other."""

    def __init__(
        self, of: Setting, by_busy: Ints, mine: set[int], dice: np.random.Generator
    ) -> None:
        self._of = of
        self._by_busy = by_busy
        self._mine = mine
        self._dice = dice

    def group(self, first: list[int], busy: Floats, rank: Ints, share_near: float) -> list[int]:
        """One group: for each who came somebody as busy, near to the others as often."""
        chosen = list(first)
        order = self._dice.permutation(len(busy))
        for place in order.tolist():
            near = chosen and self._dice.random() < share_near
            found = self._near(chosen, float(busy[place])) if near else -1
            chosen.append(found if found >= 0 else self._as_busy(chosen, int(rank[place])))
        return chosen

    def _near(self, chosen: list[int], busy: float) -> int:
        """An acquaintance of an acquaintance, the most alike of some; -1 where there is none."""
        best, apart = -1, np.inf
        for _ in range(_TRIES):
            one = self._acquaintance(chosen[int(self._dice.integers(len(chosen)))])
            other = self._acquaintance(one) if one >= 0 else -1
            if other < 0 or other in chosen or other in self._mine:
                continue
            differs = abs(np.log1p(self._of.busy[other]) - np.log1p(busy))
            if differs < apart:
                best, apart = other, differs
        return best

    def _acquaintance(self, person: int) -> int:
        begin, end = self._of.starts[person : person + 2].tolist()
        return int(self._of.near[self._dice.integers(begin, end)]) if end > begin else -1

    def _as_busy(self, chosen: list[int], rank: int) -> int:
        """Somebody about as busy who is not in the group yet."""
        most = len(self._by_busy)
        width = _AS_BUSY + len(chosen)
        low = max(0, min(rank - width, most - 2 * width))
        around = self._by_busy[low : low + 2 * width]
        free = around[~np.isin(around, chosen)]
        return int(free[self._dice.integers(len(free))])


def _share_near(of: Setting, group: Ints) -> float:
    """How many of a group have an acquaintance in common with another of it, or know one."""
    around = [set(of.near[of.starts[who] : of.starts[who + 1]].tolist()) for who in group]
    near = 0
    for place, who in enumerate(group.tolist()):
        rest = [other for other in range(len(group)) if other != place]
        near += any(around[place] & around[other] or who in around[other] for other in rest)
    return near / len(group)


def _acquaintances(before: Ties, count: int) -> tuple[Ints, Ints]:
    start = np.concatenate([before.low, before.high])
    end = np.concatenate([before.high, before.low])
    order = np.lexsort((end, start))
    starts = np.concatenate([[0], np.cumsum(np.bincount(start, minlength=count))])
    return starts.astype(np.int64), end[order]


def _among(codes: Ints, rising: Ints) -> Bools:
    """Whether each code is among those that rise."""
    if not len(rising):
        return np.zeros(codes.shape, dtype=np.bool_)
    place = np.minimum(np.searchsorted(rising, codes), len(rising) - 1)
    found: Bools = rising[place] == codes
    return found
