"""The ties of one person, seen from there: what ego gave and what came back."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from roc.graph.frames import Contacts, Floats, Ints
from roc.scoring.dyads import Ties, only

_Number = TypeVar("_Number", np.int64, np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class EgoTies:
    """The ties of one person, seen from there: sorted by alter, columns of shape ``(m,)``.

    Args:
        day: the UTC day the columns are for, inclusive.
        alter: person number.
        given: Σ w·2^(−age/h) from ego to alter, shape ``(m, h)``.
        received: the same from alter to ego.
        given_squares: Σ (w·2^(−age/h))² from ego to alter, shape ``(m, h)``.
        received_squares: the same from alter to ego.
        given_days: active days from ego to alter.
        received_days: active days from alter to ego.
        last_given_day: last of them; -1 where there is none.
        last_received_day: likewise.
        first_day: first active day either way.
        last_day: last active day either way.
        contact_days: distinct active days either way.
    """

    day: int
    alter: Ints
    given: Floats
    received: Floats
    given_squares: Floats
    received_squares: Floats
    given_days: Ints
    received_days: Ints
    last_given_day: Ints
    last_received_day: Ints
    first_day: Ints
    last_day: Ints
    contact_days: Ints

    def __len__(self) -> int:
        return len(self.alter)


def ego_ties(all_ties: Ties, ego: int) -> EgoTies:
    """The ties of one person, turned so that *given* is from ego and *received* to ego.

    Args:
        all_ties: the ties of the graph.
        ego: person number; -1, for nobody, has no ties.
    """
    rows = np.flatnonzero((all_ties.low == ego) | (all_ties.high == ego))
    ego_is_high = (all_ties.high[rows] == ego).astype(np.int64)
    alter = np.where(ego_is_high == 1, all_ties.low[rows], all_ties.high[rows])
    order = np.argsort(alter)
    rows, out, alter = rows[order], ego_is_high[order], alter[order]
    back = 1 - out
    return EgoTies(
        day=all_ties.day,
        alter=alter,
        given=all_ties.sums[rows, out],
        received=all_ties.sums[rows, back],
        given_squares=all_ties.squares[rows, out],
        received_squares=all_ties.squares[rows, back],
        given_days=all_ties.days[rows, out],
        received_days=all_ties.days[rows, back],
        last_given_day=all_ties.last_days[rows, out],
        last_received_day=all_ties.last_days[rows, back],
        first_day=all_ties.first_day[rows],
        last_day=all_ties.last_day[rows],
        contact_days=all_ties.contact_days[rows],
    )


def of_person(contacts: Contacts, person: int) -> Contacts:
    """The rows of contacts in which one person reaches or is reached.

    Args:
        contacts: who reached whom on which day.
        person: person number; -1, for nobody, has none.
    """
    return only(contacts, (contacts.sender == person) | (contacts.recipient == person))


def aligned(own: EgoTies, alters: Ints) -> EgoTies:
    """Ego's ties in the order of some alters; where nothing passed, sums are 0 and days -1.

    Args:
        own: ego's ties.
        alters: person numbers, shape ``(m,)``.
    """
    known = np.isin(alters, own.alter)
    place = np.searchsorted(own.alter, alters[known])

    def spread(column: NDArray[_Number], nothing: int) -> NDArray[_Number]:
        wide = np.full((len(alters), *column.shape[1:]), nothing, dtype=column.dtype)
        wide[known] = column[place]
        return wide

    return EgoTies(
        day=own.day,
        alter=alters,
        given=spread(own.given, 0),
        received=spread(own.received, 0),
        given_squares=spread(own.given_squares, 0),
        received_squares=spread(own.received_squares, 0),
        given_days=spread(own.given_days, 0),
        received_days=spread(own.received_days, 0),
        last_given_day=spread(own.last_given_day, -1),
        last_received_day=spread(own.last_received_day, -1),
        first_day=spread(own.first_day, -1),
        last_day=spread(own.last_day, -1),
        contact_days=spread(own.contact_days, 0),
    )
