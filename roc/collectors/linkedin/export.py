"""LinkedIn's zip, folder or single file: which tables are in it, and whose they are."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, islice, takewhile

from roc.collectors.archive import Export, head, text
from roc.collectors.base import Options
from roc.collectors.formats.delimited import lines
from roc.collectors.formats.tolerance import Unusable, file_by_file, usable
from roc.collectors.linkedin.columns import Table, column, must_be_read, table
from roc.collectors.linkedin.owner import InEveryMessage, Owner
from roc.collectors.linkedin.rows import Numbered, Reader, Row, mended
from roc.errors import BrokenExport
from roc.graph.records import Problem, Record

_HEADER_WITHIN_ROWS = 10  # Connections.csv has three before its header
_PROVE_NOTHING = (None, Table.ADDRESSES, Table.PHONES)
_EMPTY = "no conversations found"


def recognises(export: Export) -> bool:
    """Whether one of its files has the columns of a LinkedIn table."""
    # Addresses and numbers alone prove nothing: other programs write such columns, too.
    return any(found not in _PROVE_NOTHING for _, found in _tables(export))


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Everyone the owner met on LinkedIn, and what passed between them.

    Raises:
        BrokenExport: a file cannot be read or mostly not; all others have been read by then.
    """
    tables = _tables(export)
    owner = _owner(export, tables)
    if owner.is_known:
        yield owner.seen()
    in_every_message = InEveryMessage()
    reader = Reader(owner.account, None if owner.is_known else in_every_message.see)
    files = (usable(name, _told(export, name, reader)) for name, _ in tables)
    yield from file_by_file(chain(files, (_identities(reader, in_every_message),)))


def _told(export: Export, name: str, reader: Reader) -> Iterator[Sequence[Record]]:
    """What each row of a file says."""
    with text(export, name) as stream:
        numbered = lines(stream)
        columns = _header(name, numbered)
        if table(name, columns) is Table.MESSAGES:
            yield from reader.each_message(name, columns, numbered)
        else:
            yield from reader.each_row(name, _placed(name, columns, numbered))


def _identities(reader: Reader, in_every_message: InEveryMessage) -> Iterator[Record]:
    """Who turned out to be whom, once everything was read."""
    yield from reader.identities()
    if deduced := in_every_message.owner(reader.people):
        yield deduced


def _tables(export: Export) -> list[tuple[str, Table | None]]:
    """The files that we read; ``None`` where a file that has to be a table is not."""
    found = [
        (name, _table(name, head(export, name)))
        for name in export.names()
        if name.casefold().endswith(".csv")
    ]
    return [(name, table) for name, table in found if table or must_be_read(name)]


def _table(name: str, start: bytes) -> Table | None:
    start_of_file = io.StringIO(start.decode("utf-8-sig", "replace"), newline="")
    rows = (cells for _, cells in islice(lines(start_of_file), _HEADER_WITHIN_ROWS) if cells)
    return next(filter(None, (table(name, [*map(column, cells)]) for cells in rows)), None)


def _owner(export: Export, tables: list[tuple[str, Table | None]]) -> Owner:
    """Whose export it is; of messages that is asked only where nothing surer tells."""

    def rows(table: Table) -> Iterator[Mapping[str, str]]:
        for name in (name for name, found in tables if found is table):
            with suppress(BrokenExport):  # told when the file is read for what is in it
                yield from (row[1] for row in _rows(export, name) if not isinstance(row, Problem))

    owner = Owner()
    for row in rows(Table.PROFILE):
        owner.see_profile(row)
    for row in rows(Table.ADDRESSES):
        owner.see_address(row)
    for row in rows(Table.PHONES):
        owner.see_phone(row)
    for row in takewhile(lambda _: owner.profile is None, rows(Table.INVITATIONS)):
        owner.see_invitation(row)
    if owner.name and owner.profile is None:
        for row in rows(Table.MESSAGES):
            owner.see_message(row)
    return owner


def _rows(export: Export, name: str) -> Iterator[Row]:
    """The rows below the header.

    Raises:
        BrokenExport: there are rows, and nothing like a header that we know.
    """
    with text(export, name) as stream:
        numbered = lines(stream)
        columns = _header(name, numbered)
        yield from _placed(name, columns, numbered)


def _header(name: str, numbered: Numbered) -> list[str]:
    """The columns of a table, told by its header, which is passed; empty where there are no rows.

    Raises:
        BrokenExport: see ``_rows``.
    """
    empty = True
    for _, cells in islice(numbered, _HEADER_WITHIN_ROWS):
        columns = [*map(column, cells or ())]
        if table(name, columns):
            return columns
        empty = empty and (not columns or columns == [_EMPTY])
    if not empty:
        raise BrokenExport(
            f"{name}: its columns are not known here.",
            hint="set LinkedIn's language to English and ask for the export again.",
        )
    return []


def _placed(name: str, columns: Sequence[str], numbered: Numbered) -> Iterator[Row]:
    """Rows that are not empty, with their places."""
    for line, cells in numbered:
        if cells != [] and columns:
            where = f"{name}:{line}"
            try:
                yield where, dict(zip(columns, mended(columns, cells), strict=True))
            except Unusable as reason:
                yield reason.at(where)
