"""Plain tables of who, whom, when and id: a batch of rows at a time, as columns.

What columns cannot take goes the way of single rows: rows that share an id or repeat each other,
what cannot be read, acts on oneself. Either way the same is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import Any

import numpy as np
import pyarrow
from numpy.typing import NDArray

from roc.collectors.formats.csv_blocks import Batch
from roc.collectors.formats.tabular import Table, values
from roc.collectors.formats.tolerance import Tolerance
from roc.collectors.table import many_cells, row_groups
from roc.collectors.table.acts import ActsByRow
from roc.collectors.table.ids import kept, made_up
from roc.collectors.table.many_cells import NONE, PRECISIONS, Ints, looked_up, moments, texts
from roc.collectors.table.people import People
from roc.graph.records import Account, Interactions, Kind, Record

_ID = 3  # the cell of the id, where there is one


class ActsInColumns:
    """Makes acts of a plain table's rows; takes the same as ``ActsByRow``."""

    def __init__(
        self,
        table: Table,
        roles: Mapping[str, int],
        people: People,
        source: str,
        tolerance: Tolerance,
    ) -> None:
        self._by_row = ActsByRow(table, roles, people, source, tolerance)
        self._table = table
        self._has_ids = "id" in roles
        self._people = people
        self._source = source
        self._tolerance = tolerance

    def records(self) -> Iterator[Record]:
        """Everything in the table, in no order that is promised."""
        hashes = np.concatenate([np.empty(0, np.int64), *map(self._hashes, self._batches())])
        is_shared = np.frombuffer(row_groups.shared(hashes), dtype=np.bool_)
        flags = is_shared
        if self._has_ids:
            flags = np.frombuffer(row_groups.last_of_each(hashes), dtype=np.bool_)
        del hashes
        start = 0
        for batch in self._batches():
            part = slice(start, start + len(batch.numbers))
            yield from self._records(batch, is_shared[part], flags[part])
            start = part.stop
        yield from self._by_row.left()

    def _batches(self) -> Iterator[Batch]:
        return self._table.batches(self._by_row.places)

    def _hashes(self, batch: Batch) -> Ints:
        """For each row, of what makes it stand alone: its id, else all its cells."""
        if self._has_ids:
            return row_groups.hashes(texts(batch.columns[_ID]))
        return row_groups.hashes_of_rows(list(map(many_cells.hashes, batch.columns)))

    def _records(
        self, batch: Batch, is_shared: NDArray[np.bool_], flags: NDArray[np.bool_]
    ) -> Iterator[Record]:
        place: dict[Account, int] = {}

        def place_of(cell: Any) -> int:
            account = self._people.account(cell)
            return NONE if account is None else place.setdefault(account, len(place))

        sender, recipient = (looked_up(column, place_of) for column in batch.columns[:2])
        at, precision = moments(batch.columns[2])
        own = texts(batch.columns[_ID]) if self._has_ids else None
        is_taken = ~is_shared & (sender != recipient) & (precision != NONE)
        is_taken &= (sender != NONE) & (recipient != NONE)
        if own is not None:
            is_taken &= np.fromiter(map(bool, own), dtype=np.bool_, count=len(own))
        self._tolerance.good += int(is_taken.sum())
        yield from self._people.told()
        for known in np.unique(precision[is_taken]).tolist():
            rows = np.flatnonzero(is_taken & (precision == known))
            accounts, *who = _taking_part(tuple(place), sender[rows], recipient[rows])
            yield Interactions(
                self._source,
                Kind.MESSAGE,
                PRECISIONS[known],
                accounts,
                _made_up(batch, rows) if own is None else [kept(own[row]) for row in rows.tolist()],
                at[rows],
                *who,
            )
        yield from self._one_by_one(batch, np.flatnonzero(~is_taken), flags)

    def _one_by_one(self, batch: Batch, rows: Ints, flags: NDArray[np.bool_]) -> Iterator[Record]:
        for line in batch.broken:
            yield self._by_row.broken(line)
        lines, flagged = batch.numbers[rows].tolist(), flags[rows].tolist()
        for row in zip(lines, _cells(batch.columns, rows), flagged, strict=True):
            yield from self._by_row.row(*row)


def _made_up(batch: Batch, rows: Ints) -> list[str]:
    return list(map(made_up, _cells(batch.columns[:3], rows)))


def _cells(columns: Sequence[Any], rows: Ints) -> Iterator[tuple[Any, ...]]:
    chosen = pyarrow.array(rows)
    return zip(*(values(column.take(chosen)) for column in columns), strict=True)


def _taking_part(
    accounts: Sequence[Account], sender: Ints, recipient: Ints
) -> tuple[tuple[Account, ...], Ints, Ints]:
    """The accounts that take part, and senders and recipients as places among them."""
    takes_part = np.zeros(len(accounts), dtype=np.bool_)
    takes_part[sender] = takes_part[recipient] = True
    place = np.cumsum(takes_part) - 1
    return tuple(compress(accounts, takes_part.tolist())), place[sender], place[recipient]
