"""What passed in each dyad, faded to a moment: one row per pair of people, two directions.

The unit is the *active day*: the day on which one person reached the other, however often. Of
everything that day the weightiest act counts, ``kind weight / audience ** exponent``. Taking the
largest keeps a day bounded, makes the order of rows irrelevant, and lets the same act seen from
two accounts count once.
"""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import KINDS, Bools, Contacts, Exchanges, Floats, Ints, People
from roc.scoring.grouped import totals
from roc.scoring.parameters import ScoringParameters

_KEY_BITS = 63
"""What a signed 64-bit sort key holds."""


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """Every pair of people between whom something passed, as of a day; sorted by low, then high.

    Where a column has two directions, place 0 is low → high and place 1 is high → low.

    Args:
        day: the UTC day the columns are for, inclusive.
        low: the smaller person number, shape ``(m,)``.
        high: the larger person number, shape ``(m,)``.
        sums: Σ w·2^(−age/h) per direction and half-life, shape ``(m, 2, h)``.
        squares: Σ (w·2^(−age/h))², same shape; the doubt about ``sums``.
        days: active days per direction, shape ``(m, 2)``.
        last_days: last active UTC day per direction, shape ``(m, 2)``; -1 where there is none.
        first_day: first active day either way, shape ``(m,)``.
        last_day: last active day either way, shape ``(m,)``.
        contact_days: distinct active days either way, shape ``(m,)``.
    """

    day: int
    low: Ints
    high: Ints
    sums: Floats
    squares: Floats
    days: Ints
    last_days: Ints
    first_day: Ints
    last_day: Ints
    contact_days: Ints

    def __len__(self) -> int:
        return len(self.low)


@dataclass(frozen=True, slots=True, eq=False)
class PairDays:
    """Active days of every pair of people, as of a day; columns of shape ``(m,)``.

    Args:
        low: the smaller person number.
        high: the larger person number.
        there: days on which low reached high.
        back: days on which high reached low.
    """

    low: Ints
    high: Ints
    there: Ints
    back: Ints


def row_weights(contacts: Contacts, parameters: ScoringParameters) -> Floats:
    """What each row of contacts counts, in days of an ordinary message.

    Args:
        contacts: rows of shape ``(n,)``.
        parameters: kind weights and audience exponent.

    Returns:
        Shape ``(n,)``, at least 0: the kind's weight divided by audience to the exponent.

    Raises:
        ValueError: an audience is below 1.
    """
    if len(contacts) and contacts.audience.min() < 1:
        raise ValueError("an act reaches at least one person: audience is below 1")
    by_kind = np.array([float(parameters.kind_weights.get(kind, 0.0)) for kind in KINDS])
    weights: Floats = by_kind[contacts.kind]
    if parameters.audience_exponent:
        weights /= np.power(contacts.audience, parameters.audience_exponent, dtype=np.float64)
    return weights


def fade(age_days: Ints, half_life_days: float) -> Floats:
    """How much of an act is left after some days.

    Args:
        age_days: whole days, any shape, at least 0; 0 on the day itself.
        half_life_days: days after which half is left.

    Returns:
        2^(−age/half-life), same shape, from 0 to 1.

    Example:
        >>> fade(np.array([0, 14, 28]), 14.0)
        array([1.  , 0.5 , 0.25])
    """
    left: Floats = np.exp2(-age_days / half_life_days)
    return left


def ties(contacts: Contacts, people: People, day: int, parameters: ScoringParameters) -> Ties:
    """Every pair of the graph as of a day, from one sort over its contacts.

    People set aside, acts after ``day`` (a meeting next week is no contact yet) and kinds that
    count 0 are left out. The order of rows does not matter.

    Args:
        contacts: who reached whom on which day.
        people: everyone the contacts refer to.
        day: UTC day, inclusive.
        parameters: weights and half-lives.

    Returns:
        The pairs with at least one active day; none for an empty graph.

    Raises:
        ValueError: an audience is below 1, or a row names somebody who is not in ``people``.
    """
    active = _active_days(contacts, people, day, parameters)
    count = len(active.pair)
    shape = (count, 2, len(parameters.half_lives_days))
    sums, squares = np.empty(shape), np.empty(shape)
    age = day - active.day
    ages = np.arange(int(age.max(initial=0)) + 1)
    for place, half_life in enumerate(parameters.half_lives_days):
        left = active.weight * fade(ages, half_life)[age]  # a table: few ages, many rows
        sums[:, :, place] = totals(active.slot, left, 2 * count).reshape(count, 2)
        np.square(left, out=left)
        squares[:, :, place] = totals(active.slot, left, 2 * count).reshape(count, 2)
    last_days = np.full(2 * count, -1, dtype=np.int64)
    last_days[active.slot] = active.day  # days rise within a pair, and the last one stays
    first_rows = _starts(active.slot >> 1)
    last_rows = np.append(first_rows[1:], len(active.slot))[:count] - 1
    new_days = np.diff(active.slot >> 1, prepend=-1).astype(np.bool_)
    new_days |= np.diff(active.day, prepend=-1).astype(np.bool_)
    low, high = np.divmod(active.pair, max(len(people), 1))
    return Ties(
        day=day,
        low=low,
        high=high,
        sums=sums,
        squares=squares,
        days=np.bincount(active.slot, minlength=2 * count).reshape(count, 2),
        last_days=last_days.reshape(count, 2),
        first_day=active.day[first_rows],
        last_day=active.day[last_rows],
        contact_days=np.bincount(active.slot[new_days] >> 1, minlength=count),
    )


def pair_days(
    contacts: Contacts, people: People, day: int, parameters: ScoringParameters
) -> PairDays:
    """Active days of every pair, both ways, as of a day; ``ties`` without what fades.

    Args:
        contacts: who reached whom on which day.
        people: everyone the contacts refer to.
        day: UTC day, inclusive.
        parameters: which kinds are contact at all.

    Raises:
        ValueError: as for ``ties``.
    """
    active = _active_days(contacts, people, day, parameters)
    low, high = np.divmod(active.pair, max(len(people), 1))
    days = np.bincount(active.slot, minlength=2 * len(low)).reshape(len(low), 2)
    return PairDays(low=low, high=high, there=days[:, 0], back=days[:, 1])


def only(contacts: Contacts, rows: Bools) -> Contacts:
    """Some rows of contacts, in their order.

    Args:
        contacts: rows of shape ``(n,)``.
        rows: which to keep, shape ``(n,)``.
    """
    return Contacts(
        sender=contacts.sender[rows],
        recipient=contacts.recipient[rows],
        day=contacts.day[rows],
        kind=contacts.kind[rows],
        source=contacts.source[rows],
        audience=contacts.audience[rows],
        acts=contacts.acts[rows],
        sources=contacts.sources,
    )


def only_exchanges(exchanges: Exchanges, rows: Bools) -> Exchanges:
    """Some rows of exchanges, in their order.

    Args:
        exchanges: rows of shape ``(n,)``.
        rows: which to keep, shape ``(n,)``.
    """
    return Exchanges(
        alter=exchanges.alter[rows],
        by_ego=exchanges.by_ego[rows],
        at=exchanges.at[rows],
        audience=exchanges.audience[rows],
        kind=exchanges.kind[rows],
        source=exchanges.source[rows],
        thread=exchanges.thread[rows],
        sources=exchanges.sources,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _ActiveDays:
    """One row per pair, day and direction, sorted in this order."""

    pair: Ints  # low · number of people + high, one row per pair
    slot: Ints  # 2 · place of the pair, plus 1 where high reached low
    day: Ints
    weight: Floats


def _active_days(
    contacts: Contacts, people: People, day: int, parameters: ScoringParameters
) -> _ActiveDays:
    _check_people(contacts, len(people))
    weight = row_weights(contacts, parameters)
    kept = (contacts.day <= day) & (weight > 0) & (contacts.sender != contacts.recipient)
    kept &= ~(people.set_aside[contacts.sender] | people.set_aside[contacts.recipient])
    weight = weight[kept]
    backward = (contacts.sender > contacts.recipient)[kept]
    pair = np.minimum(contacts.sender, contacts.recipient)
    pair *= len(people)
    pair += np.maximum(contacts.sender, contacts.recipient)
    pair = pair[kept]
    days = contacts.day[kept]
    first_day = int(days.min(initial=day))
    day_bits = (day - first_day).bit_length()
    codes = pair[:0]
    if (len(people) ** 2).bit_length() + day_bits + 1 > _KEY_BITS:  # then pairs are numbered first
        codes, pair = np.unique(pair, return_inverse=True)
    days -= first_day
    pair <<= day_bits + 1
    pair |= days << 1
    pair |= backward
    return _folded(pair, weight, codes, first_day, day_bits)


def _folded(key: Ints, weight: Floats, codes: Ints, first_day: int, day_bits: int) -> _ActiveDays:
    """The largest weight of each key, and the key taken apart again."""
    order = np.argsort(key)
    key, weight = key[order], weight[order]
    del order
    starts = _starts(key)
    key = key[starts]
    if len(starts):
        weight = np.maximum.reduceat(weight, starts)
    pair = key >> (day_bits + 1)
    first_rows = _starts(pair)
    slot = np.repeat(np.arange(len(first_rows)), np.diff(first_rows, append=len(pair)))
    slot <<= 1
    slot |= key & 1
    key >>= 1
    key &= (1 << day_bits) - 1
    key += first_day
    return _ActiveDays(
        pair=codes[pair[first_rows]] if len(codes) else pair[first_rows],
        slot=slot,
        day=key,
        weight=weight,
    )


def _check_people(contacts: Contacts, count: int) -> None:
    for column in (contacts.sender, contacts.recipient):
        if len(column) and not (column.min() >= 0 and column.max() < count):
            raise ValueError("contacts name somebody who is not among the people")


def _starts(column: Ints) -> Ints:
    """Rows at which a sorted column's value is new."""
    return np.flatnonzero(np.diff(column, prepend=column[:1] - 1))
