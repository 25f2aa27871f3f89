"""What passed between each two people of a project: since when, both ways since when."""

from dataclasses import dataclass

import numpy as np

from roc.graph.frames import Bools, Contacts, Ints


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of UTC days, both ends included, seen from a later day.

    Args:
        start: first day.
        end: last day.
        day: the last day that counts at all.
    """

    start: int
    end: int
    day: int


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Unordered pairs of people between whom anything passed; shape ``(p,)`` each.

    Args:
        low: the smaller person number.
        high: the larger.
        first: UTC day of the first contact either way.
        two_way_since: UTC day from which both had acted; -1 where only one did.
        forward_days: days inside the window on which the smaller reached the larger.
        backward_days: the same the other way.
        days: days inside the window with contact either way.
        window: what *inside* means.
        rows: the contacts between them, as rows of the frame.
        pair: for each of those rows, its pair.
    """

    low: Ints
    high: Ints
    first: Ints
    two_way_since: Ints
    forward_days: Ints
    backward_days: Ints
    days: Ints
    window: Window
    rows: Ints
    pair: Ints

    def involve(self, person: int) -> Bools:
        """Which pairs a person is part of."""
        part: Bools = (self.low == person) | (self.high == person)
        return part

    def began_inside(self) -> Bools:
        """Which pairs had their first contact inside the window."""
        return (self.first >= self.window.start) & (self.first <= self.window.end)

    def new_inside(self) -> Bools:
        """Which pairs became two-way inside the window."""
        since = self.two_way_since
        return (since >= self.window.start) & (since <= self.window.end)

    def rows_inside(self, contacts: Contacts) -> Ints:
        """The contacts between them inside the window, as rows of the frame they were made from."""
        day = contacts.day[self.rows]
        return self.rows[(day >= self.window.start) & (day <= self.window.end)]

    def two_way_within(self, contacts: Contacts, *, until: int, days: int) -> Bools:
        """Which pairs had acts both ways in the days up to and including a day.

        Args:
            contacts: the frame the pairs were made from.
            until: the last day.
            days: how many days.
        """
        day = contacts.day[self.rows]
        recent = (day <= until) & (day > until - days)
        forward = contacts.sender[self.rows] == self.low[self.pair]
        return self._seen(recent & forward) & self._seen(recent & ~forward)

    def _seen(self, rows: Bools) -> Bools:
        seen = np.zeros(len(self.low), dtype=np.bool_)
        seen[self.pair[rows]] = True
        return seen


def pairs(contacts: Contacts, inside: Bools, window: Window) -> Pairs:
    """The pairs among some people.

    Args:
        contacts: who reached whom on which day.
        inside: who belongs to the group, by person number.
        window: the days that count as inside.
    """
    among = inside[contacts.sender] & inside[contacts.recipient] & (contacts.day <= window.day)
    rows = np.flatnonzero(among)
    sender, recipient, day = contacts.sender[rows], contacts.recipient[rows], contacts.day[rows]
    low, high = np.minimum(sender, recipient), np.maximum(sender, recipient)
    codes, pair = np.unique(low * len(inside) + high, return_inverse=True)
    forward = sender == low
    first_forward = _first(pair[forward], day[forward], len(codes))
    first_backward = _first(pair[~forward], day[~forward], len(codes))
    both = np.maximum(first_forward, first_backward)
    now = (day >= window.start) & (day <= window.end)
    return Pairs(
        low=codes // max(len(inside), 1),
        high=codes % max(len(inside), 1),
        first=np.minimum(first_forward, first_backward),
        two_way_since=np.where(both == _NEVER, -1, both),
        forward_days=_distinct(pair[now & forward], day[now & forward], len(codes)),
        backward_days=_distinct(pair[now & ~forward], day[now & ~forward], len(codes)),
        days=_distinct(pair[now], day[now], len(codes)),
        window=window,
        rows=rows,
        pair=pair,
    )


_NEVER = np.iinfo(np.int64).max


def _first(pair: Ints, day: Ints, size: int) -> Ints:
    out = np.full(size, _NEVER, dtype=np.int64)
    np.minimum.at(out, pair, day)
    return out


def _distinct(pair: Ints, day: Ints, size: int) -> Ints:
    places = np.unique(np.column_stack([pair, day]), axis=0)
    return np.bincount(places[:, 0], minlength=size)
