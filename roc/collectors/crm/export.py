"""A CRM's tables in a file, a folder or a zip: which there are, and what they say, row by row."""

from collections.abc import Iterator, Sequence
from itertools import chain

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.crm.amounts import Decimals
from roc.collectors.crm.days import Order
from roc.collectors.crm.layouts import (
    LAYOUTS,
    MAPPED,
    OPPORTUNITIES,
    OWN,
    Layout,
    folded,
    layout,
    places,
)
from roc.collectors.crm.mapping import Told, listed, told
from roc.collectors.crm.people import People
from roc.collectors.crm.rows import SOURCE, Manner, Rows, cells_of
from roc.collectors.crm.salesforce import ROLE_COLUMNS, Joined, joined
from roc.collectors.formats.tabular import Table, open_table
from roc.collectors.formats.tolerance import file_by_file, usable
from roc.errors import BrokenExport, CollectError, ConfigError
from roc.graph.records import Problem, Record

_SUFFIXES = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz")
_DAYS = ("date", "opened", "closed", "won_time", "lost_time", "modified")
_WORKBOOK = "xl/workbook.xml"
_CELLS_OF_WORKBOOK = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
_LABELS = (b"Deal Name", b"Deal - Title", b"Opportunity Name", b"people_emails")
_LOOKED_AT = 2**16

Found = tuple[str, Table, Layout]
"""A file's name, the table in it, and whose it is."""


def recognises(export: Export) -> bool:
    """Whether one of its tables has the columns of outcomes."""
    return next(_known(export), None) is not None


def resembles(export: Export) -> str:
    """What an export is nearly, and what to do; empty where it has nothing to do with a CRM."""
    if _WORKBOOK in export.names():
        parts = [name for name in _CELLS_OF_WORKBOOK if name in export.names()]
        starts = [head(export, name, _LOOKED_AT) for name in parts]
        if any(label in start for start in starts for label in _LABELS):
            return "This is a workbook of deals: save its sheet as CSV (UTF-8), and collect that."
        return ""
    for _, table in _tables(export):
        header = frozenset(folded(table.header))
        if header >= ROLE_COLUMNS:
            return "These are contacts of Salesforce's opportunities: Opportunity.csv is missing."
        for one in LAYOUTS:
            if one is not OPPORTUNITIES and one.telling <= header:
                lacking = ", ".join(sorted(one.one_of))
                return f"These look like outcomes without one of the columns {lacking}."
    return ""


def collect(export: Export, options: Options) -> Iterator[Record]:
    """What came of people, and who these are.

    Raises:
        ConfigError: what columns mean is told wrongly, or not at all.
        BrokenExport: a file is damaged, does not show how amounts or days are written, or has too
            many rows that cannot be used; all others have been read by then.
    """
    found = list(_known(export))
    if not found and options.columns:
        found = [(name, table, MAPPED) for name, table in _tables(export)]
    if not found:
        header = next((table.header for _, table in _tables(export)), ())
        hint = f"say so with --map people_emails=… --map date=… --map kind=deal; {listed(header)}"
        raise ConfigError(f"{export.path.name}: which columns tell what came of whom?", hint=hint)
    said = told(options.columns, [folded(table.header) for _, table, _ in found])
    names = [name for name, _, one in found if one is OPPORTUNITIES]
    others = _around(export, names) if names else None
    readers = (_Reader(*one, said, options.source, others) for one in found)
    files = (chain(reader.before(), usable(reader.name, reader.rows())) for reader in readers)
    yield from file_by_file(files)


def _around(export: Export, names: Sequence[str]) -> Joined:
    """What the other tables of Salesforce's export say of its opportunities."""
    return joined(export, [name for name, _ in _tables(export)], names)


def _known(export: Export) -> Iterator[Found]:
    for name, table in _tables(export):
        if one := layout(folded(table.header)):
            yield name, table, one


def _tables(export: Export) -> Iterator[tuple[str, Table]]:
    """What can be read as a table of text; what is damaged is left out."""
    names = export.names()
    for name in names:
        if len(names) > 1 and not name.casefold().endswith(_SUFFIXES):
            continue
        try:
            if head(export, name, 4) != b"PAR1":
                yield name, open_table(export, name)
        except CollectError:
            continue


class _Reader:
    """Reads one table.

    Args:
        name: the file.
        table: what is in it.
        one: whose it is.
        said: what the owner says of it.
        source: the source the owner names, or empty.
        others: Salesforce's other tables.
    """

    def __init__(
        self,
        name: str,
        table: Table,
        one: Layout,
        said: Told,
        source: str,
        others: Joined | None,
    ) -> None:
        self.name = name
        self._table = table
        self._layout = one
        self._said = said
        self._source = source or SOURCE
        self._space = source or one.name or SOURCE
        self._others = others if one is OPPORTUNITIES else None
        header = folded(table.header)
        self._places = places(one, header)
        mapped = said.places(header, as_written=table.header)
        self._places.update((role, (place,)) for role, place in mapped.items())
        if one is MAPPED and not self._places.keys() & {"date", "opened", "closed"}:
            hint = f"say so with --map date=…; {listed(table.header)}"
            raise ConfigError(f"{name}: which column means date?", hint=hint)

    def before(self) -> Iterator[Record]:
        """What is told of the whole table."""
        if self._others and not self._others.has_roles:
            detail = (
                "OpportunityContactRole is not beside it: whom these deals are with is not told"
            )
            yield Problem(self.name, "missing_file", detail)

    def rows(self) -> Iterator[list[Record]]:
        """What each row says. The table is read twice, first for how amounts and days look.

        Raises:
            BrokenExport: it is damaged, or does not show how amounts or days are written.
        """
        people = People(self._space)
        reader = Rows(self._manner(), people)
        for number, cells in self._cells():
            where = self._table.where(number)
            if cells is None:
                detail = "fewer cells than columns, or one without an end"
                yield [Problem(where, "broken_row", detail)]
            elif self._others:
                parties = self._others.parties(cells.get("external_id", ""), people)
                yield reader.records(where, self._others.cells(cells), parties)
            else:
                yield reader.records(where, cells)

    def _manner(self) -> Manner:
        decimals = Decimals(self.name, self._said.decimal, self._layout.decimal)
        order = Order(self.name, self._said.order)
        for _, cells in self._cells():
            if cells is not None:
                decimals.see(cells.get("value", ""))
                for role in _DAYS:
                    order.see(cells.get(role, ""))
        return Manner(
            source=self._source,
            scope=self._layout.name,
            decimal=decimals.sign(),
            order=order.order(),
            are_deals=self._layout not in (OWN, MAPPED),
            one_person=self._layout.one_person,
            is_main=self._layout.is_main,
            splits_by=self._layout.splits_by,
            currency=self._said.currency,
            kind=self._said.kind,
        )

    def _cells(self) -> Iterator[tuple[int, dict[str, str] | None]]:
        """Rows with their cells by role; ``None`` for a broken row."""
        wanted = list(dict.fromkeys(place for those in self._places.values() for place in those))
        at = {place: cell for cell, place in enumerate(wanted)}
        cell = {role: [at[place] for place in those] for role, those in self._places.items()}
        if not wanted:
            raise BrokenExport(f"{self.name}: no column is known.", hint="see docs/sources/crm.md")
        for number, row in self._table.rows([*wanted, wanted[0]]):
            yield number, None if row is None else cells_of(row, cell)
