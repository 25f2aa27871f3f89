"""Rows of who reached whom when as acts, one row after the other.

Rows that share an id, a sender and a moment are one act with several recipients, wherever they
stand.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from roc.collectors.formats.tabular import Cells, Table
from roc.collectors.formats.tolerance import Tolerance, Unusable
from roc.collectors.table.ids import digest, kept, made_up
from roc.collectors.table.moments import moment
from roc.collectors.table.people import People, plain
from roc.collectors.table.row_groups import hashes, last_of_each, shared
from roc.collectors.table.trimmings import NO_TRIMMINGS, Trimmings, trimmings
from roc.graph.records import Account, Interaction, Precision, Problem, Record


class _Row(NamedTuple):
    """Who reached whom when, and what else a row tells."""

    sender: Account
    recipient: Account
    at: datetime
    precision: Precision
    trimmings: Trimmings


@dataclass(slots=True)
class _Draft:
    """An act whose recipients are still being gathered."""

    first: _Row
    recipients: dict[Account, None]


_BROKEN_ROW = Unusable("broken_row", "fewer cells than columns, or one without an end")
_Drafts = dict[tuple[Account, datetime], _Draft]


class ActsByRow:
    """Makes acts of a table's rows.

    Args:
        table: the table.
        roles: where each role's column is.
        people: everybody met so far.
        source: the source under which acts are kept.
        tolerance: counts rows.

    ``places`` are those of the cells that make a row: who, whom, when, and then the others.
    """

    def __init__(
        self,
        table: Table,
        roles: Mapping[str, int],
        people: People,
        source: str,
        tolerance: Tolerance,
    ) -> None:
        self._table = table
        self._people = people
        self._source = source
        self._tolerance = tolerance
        # Who, whom and when come first, so that a row is taken apart quickly.
        in_order = list(dict.fromkeys(["from", "to", "at", *roles]))
        self.places = [roles[role] for role in in_order]
        self._cell = {role: cell for cell, role in enumerate(in_order)}
        self._id_cell = self._cell.get("id")
        self._has_trimmings = not set(roles) <= {"from", "to", "at", "id"}
        self._waiting: dict[str, _Drafts] = {}
        self._repeats: Counter[str] = Counter()

    def records(self) -> Iterator[Record]:
        """Everything in the table; acts with an id once the last of their rows is read.

        The table is read twice: first to learn which rows belong together, then row by row, so
        that memory holds a few bytes per row and the acts that are not yet whole.
        """
        id_cell = self._id_cell
        if id_cell is None:
            flags = shared(hashes(tuple(cells[:3]) for cells in self._whole_rows()))
        else:
            flags = last_of_each(hashes(plain(cells[id_cell]) for cells in self._whole_rows()))
        number = -1
        for line, cells in self._table.rows(self.places):
            if cells is None:
                yield self.broken(line)
            else:
                number += 1
                yield from self.row(line, cells, flags[number] == 1)
        yield from self.left()

    def broken(self, line: int) -> Problem:
        """What is told of a row that is not whole."""
        return self._unusable(line, _BROKEN_ROW)

    def row(self, line: int, cells: Cells, flag: bool) -> Iterator[Record]:
        """What a whole row gives.

        Args:
            line: its number.
            cells: at ``places``.
            flag: of a table with ids, that no later row has this row's; of one without, that
                another row has the same cells.
        """
        own = "" if self._id_cell is None else plain(cells[self._id_cell])
        try:
            row = self._row(cells)
        except Unusable as reason:
            yield self._unusable(line, reason)
        else:
            yield from self._people.told() if self._people.news else ()
            self._tolerance.good += 1
            if row.sender is row.recipient:
                yield Problem(self._table.where(line), "self", "sender and recipient are one")
            elif own:
                _gather(self._waiting.setdefault(own, {}), row)
            else:
                name = made_up(cells)
                if flag or self._id_cell is not None:
                    name = self._numbered(name)
                yield self._act(name, row, (row.recipient,))
        if flag and own in self._waiting:
            yield from self._acts(own, self._waiting.pop(own))

    def left(self) -> Iterator[Record]:
        """What is left once all rows were read."""
        yield from self._people.told()
        for own, drafts in self._waiting.items():  # where two ids had one hash
            yield from self._acts(own, drafts)

    def _whole_rows(self) -> Iterator[Cells]:
        return (cells for _, cells in self._table.rows(self.places) if cells is not None)

    def _unusable(self, line: int, reason: Unusable) -> Problem:
        return self._tolerance.count_bad(reason.at(self._table.where(line)))

    def _row(self, cells: Cells) -> _Row:
        sender, recipient = self._people.account(cells[0]), self._people.account(cells[1])
        if sender is None or recipient is None:
            raise Unusable("nobody", "no readable sender or recipient")
        when = moment(cells[2])
        if when is None:
            raise Unusable("bad_date", "neither Unix time nor ISO 8601")
        told = NO_TRIMMINGS
        if self._has_trimmings:
            told = trimmings({role: cells[cell] for role, cell in self._cell.items()})
            if "from_name" in self._cell:
                self._people.call(sender, cells[self._cell["from_name"]])
            if "to_name" in self._cell:
                self._people.call(recipient, cells[self._cell["to_name"]])
        return _Row(sender, recipient, *when, told)

    def _numbered(self, made_up_id: str) -> str:
        """The same id the first time, then with a number."""
        self._repeats[made_up_id] += 1
        time = self._repeats[made_up_id]
        return made_up_id if time == 1 else f"{made_up_id}-{time}"

    def _acts(self, own: str, drafts: _Drafts) -> Iterator[Interaction]:
        """The acts that share an id: nearly always one."""
        own = kept(own)
        for (sender, at), draft in drafts.items():
            # An id that stands for several acts names none of them.
            name = own if len(drafts) == 1 else f"{own}|{digest(f'{sender} {at}')}"
            yield self._act(name, draft.first, tuple(draft.recipients))

    def _act(self, name: str, row: _Row, recipients: tuple[Account, ...]) -> Interaction:
        told = row.trimmings
        return Interaction(
            source=self._source,
            external_id=name,
            kind=told.kind,
            at=row.at,
            sender=row.sender,
            recipients=recipients,
            precision=row.precision,
            thread=told.thread,
            parent=told.parent,
            tags=told.tags,
            cost=told.cost,
            currency=told.currency,
        )


def _gather(drafts: _Drafts, row: _Row) -> None:
    draft = drafts.get((row.sender, row.at))
    if draft is None:
        draft = drafts[row.sender, row.at] = _Draft(row, {})
    draft.recipients[row.recipient] = None
