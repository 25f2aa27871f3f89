"""Any table of who reached whom when: CSV, TSV or Parquet, one row per act and recipient.

``roc collect table enron.csv.gz --map from=src --map to=dst --map at=t --map id=mid`` says which
column means what; columns with well-known names need no saying. Rows that share an id, a sender
and a moment are one act with several recipients, wherever they stand.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from roc.collectors.archive import Export
from roc.collectors.base import Options
from roc.collectors.formats.hashed_ids import MAX_ID
from roc.collectors.formats.kind_words import KIND_WORDS
from roc.collectors.formats.moments import moment
from roc.collectors.formats.row_groups import last_of_each, shared
from roc.collectors.formats.table_columns import (
    columns,
    covers,
    known_columns,
    register_columns,
)
from roc.collectors.formats.table_people import People, plain
from roc.collectors.formats.table_register import register
from roc.collectors.formats.tabular import Cells, Table, open_table
from roc.collectors.formats.tolerance import Tolerance, Unusable
from roc.errors import CollectError
from roc.graph.records import Account, Interaction, Kind, Precision, Problem, Record

SOURCE = "table"

_SUFFIXES = (".csv", ".tsv", ".csv.gz", ".tsv.gz", ".parquet")
_OTHERS = frozenset({"conversation id", "direction"})  # LinkedIn's messages and invitations
_YES = frozenset({"1", "true", "t", "yes", "y"})
_COST = re.compile(r"(\d{1,12}(?:\.\d{1,2})?)(?:\s*([A-Z]{3}))?")
_TAG_ENDS = re.compile(r"[\s,;#]+")


@dataclass(frozen=True, slots=True)
class _Trimmings:
    """What a row tells beside who, whom and when."""

    kind: Kind = Kind.MESSAGE
    thread: str = ""
    parent: str = ""
    tags: tuple[str, ...] = ()
    cost: float | None = None
    currency: str = ""


class _Row(NamedTuple):
    """Who reached whom when, and what else a row tells."""

    sender: Account
    recipient: Account
    at: datetime
    precision: Precision
    trimmings: _Trimmings


@dataclass(slots=True)
class _Draft:
    """An act whose recipients are still being gathered."""

    first: _Row
    recipients: dict[Account, None]


_NO_TRIMMINGS = _Trimmings()
_BROKEN_ROW = Unusable("broken_row", "fewer cells than columns, or one without an end")
_Drafts = dict[tuple[Account, datetime], _Draft]


def recognises(export: Export) -> bool:
    """Whether it is one table whose columns say by their names who, whom and when."""
    names = export.names()
    if len(names) != 1:
        return False
    try:
        header = open_table(export, names[0]).header
    except CollectError:
        return False
    others = _OTHERS.intersection(name.casefold() for name in header)
    return covers(known_columns(header)) and not others


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Acts, and the people that the table gives names to.

    A table is read twice: first to learn which rows belong together, then row by row, so that
    memory holds a few bytes per row and the acts that are not yet whole.

    Raises:
        ConfigError: what the columns mean is told wrongly, or not at all.
        BrokenExport: the file is damaged, or too many rows cannot be used.
    """
    people = People(options.source or SOURCE)
    names = export.names()
    if len(names) > 1:
        names = tuple(name for name in names if name.lower().endswith(_SUFFIXES))
    for name in names:
        table = open_table(export, name)
        tolerance = Tolerance(name)
        if "account" in options.columns:
            register_places = register_columns(table.header, options.columns)
            yield from register(table, register_places, people, tolerance)
            tolerance.check()
            continue
        places = columns(table.header, options.columns)
        reading = _Reading(table, places, people, options.source or SOURCE, tolerance)
        yield from reading.records()
        tolerance.check()


class _Reading:
    """One table being read.

    Args:
        table: the table.
        places: where each role's column is.
        people: everybody met so far.
        source: the source under which acts are kept.
        tolerance: counts rows.
    """

    def __init__(
        self,
        table: Table,
        places: dict[str, int],
        people: People,
        source: str,
        tolerance: Tolerance,
    ) -> None:
        self._table = table
        self._people = people
        self._source = source
        self._tolerance = tolerance
        # Who, whom and when come first, so that a row is taken apart quickly.
        roles = list(dict.fromkeys(["from", "to", "at", *places]))
        self._places = [places[role] for role in roles]
        self._cell = {role: place for place, role in enumerate(roles)}
        self._has_trimmings = not set(roles) <= {"from", "to", "at", "id"}
        self._repeats: Counter[str] = Counter()

    def records(self) -> Iterator[Record]:
        """Everything in the table; acts with an id once the last of their rows is read."""
        id_place = self._cell.get("id")
        if id_place is None:
            flags = shared(tuple(cells[:3]) for cells in self._whole_rows())
        else:
            flags = last_of_each(plain(cells[id_place]) for cells in self._whole_rows())
        waiting: dict[str, _Drafts] = {}
        number = -1
        for line, cells in self._table.rows(self._places):
            if cells is None:
                yield self._unusable(line, _BROKEN_ROW)
                continue
            number += 1
            own = "" if id_place is None else plain(cells[id_place])
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
                    _gather(waiting.setdefault(own, {}), row)
                else:
                    is_repeat = id_place is not None or flags[number] == 1
                    yield self._act(self._made_up(cells, is_repeat), row, (row.recipient,))
            if own in waiting and flags[number]:
                yield from self._acts(own, waiting.pop(own))
        for own, drafts in waiting.items():  # where two ids had one hash
            yield from self._acts(own, drafts)

    def _whole_rows(self) -> Iterator[Cells]:
        return (cells for _, cells in self._table.rows(self._places) if cells is not None)

    def _unusable(self, line: int, reason: Unusable) -> Problem:
        return self._tolerance.count_bad(reason.at(self._table.where(line)))

    def _row(self, cells: Cells) -> _Row:
        sender, recipient = self._people.account(cells[0]), self._people.account(cells[1])
        if sender is None or recipient is None:
            raise Unusable("nobody", "no readable sender or recipient")
        when = moment(cells[2])
        if when is None:
            raise Unusable("bad_date", "neither Unix time nor ISO 8601")
        trimmings = _NO_TRIMMINGS
        if self._has_trimmings:
            trimmings = _trimmings({role: cells[place] for role, place in self._cell.items()})
            if "from_name" in self._cell:
                self._people.call(sender, cells[self._cell["from_name"]])
            if "to_name" in self._cell:
                self._people.call(recipient, cells[self._cell["to_name"]])
        return _Row(sender, recipient, *when, trimmings)

    def _made_up(self, cells: Cells, may_be_repeated: bool) -> str:
        """An id from who, whom and when as they are written; repeats are numbered."""
        made_up = _digest(f"{cells[0]}\n{cells[1]}\n{cells[2]}")
        if not may_be_repeated:
            return made_up
        self._repeats[made_up] += 1
        time = self._repeats[made_up]
        return made_up if time == 1 else f"{made_up}-{time}"

    def _acts(self, own: str, drafts: _Drafts) -> Iterator[Interaction]:
        """The acts that share an id: nearly always one."""
        own = own if len(own) <= MAX_ID else _digest(own)
        for (sender, at), draft in drafts.items():
            # An id that stands for several acts names none of them.
            name = own if len(drafts) == 1 else f"{own}|{_digest(f'{sender} {at}')}"
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


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _trimmings(cells: dict[str, Any]) -> _Trimmings:
    told = {role: plain(cell) for role, cell in cells.items()}
    parent = told.get("parent", "")
    is_reply = bool(parent) or told.get("re", "").casefold() in _YES
    cost, currency = _cost(told.get("cost", ""))
    return _Trimmings(
        kind=_kind(told.get("kind", "")) or (Kind.REPLY if is_reply else Kind.MESSAGE),
        thread=told.get("thread", "")[:MAX_ID],
        parent=parent if len(parent) <= MAX_ID else _digest(parent),
        tags=tuple(dict.fromkeys(filter(None, _TAG_ENDS.split(told.get("tags", ""))))),
        cost=cost,
        currency=currency,
    )


def _kind(word: str) -> Kind | None:
    if not word:
        return None
    kind = KIND_WORDS.get(word.casefold())
    if kind is None:
        raise Unusable("unknown_kind", "not one of the words that a journal understands")
    return kind


def _cost(text: str) -> tuple[float | None, str]:
    if not text:
        return None, ""
    found = _COST.fullmatch(text)
    if not found:
        raise Unusable("bad_cost", "a cost is a number such as 420, 420.50 or 420 EUR")
    return float(found[1]), found[2] or ""
