"""A file, or several in a folder: whether it is a table, and whether it tells acts or people."""

from collections.abc import Iterator

from roc.collectors.archive import Export
from roc.collectors.base import Options
from roc.collectors.formats.tabular import Table, open_table
from roc.collectors.formats.tolerance import Tolerance
from roc.collectors.table.acts import ActsByRow
from roc.collectors.table.columns import (
    columns,
    covers,
    known_columns,
    register_columns,
    stands_out,
)
from roc.collectors.table.people import People
from roc.collectors.table.register import register
from roc.errors import CollectError
from roc.graph.records import Record

SOURCE = "table"

_TEXTS = (".csv", ".tsv", ".jsonl", ".ndjson")
_SUFFIXES = (*_TEXTS, *(f"{suffix}.gz" for suffix in _TEXTS), ".parquet")
_PLAIN = frozenset({"from", "to", "at", "id"})
# By these columns other collectors know their tables: LinkedIn's messages and invitations, and
# Reddit's messages.
_OTHERS = ({"conversation id"}, {"direction"}, {"permalink", "thread_id"})


def recognises(export: Export) -> bool:
    """Whether it is one table whose columns say by their names who, whom and when."""
    names = export.names()
    if len(names) != 1:
        return False
    try:
        header = open_table(export, names[0]).header
    except CollectError:
        return False
    names_told = {name.casefold() for name in header}
    is_others = any(telling <= names_told for telling in _OTHERS)
    return covers(known_columns(header)) and not is_others


def is_sure(export: Export) -> bool:
    """Whether it may be taken from a folder in which it was not named."""
    return stands_out(open_table(export, export.names()[0]).header)


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Acts, and the people that the table gives names to.

    Raises:
        ConfigError: what the columns mean is told wrongly, or not at all.
        BrokenExport: the file is damaged, or too many rows cannot be used.
    """
    source = options.source or SOURCE
    people = People(source)
    names = export.names()
    if len(names) > 1:
        names = tuple(name for name in names if name.lower().endswith(_SUFFIXES))
    for name in names:
        table = open_table(export, name)
        tolerance = Tolerance(name)
        if "account" in options.columns:
            places = register_columns(table.header, options.columns)
            yield from register(table, places, people, tolerance)
        else:
            places = columns(table.header, options.columns)
            yield from _acts(table, places, people, source, tolerance)
        tolerance.check()


def _acts(
    table: Table, places: dict[str, int], people: People, source: str, tolerance: Tolerance
) -> Iterator[Record]:
    if not _PLAIN.issuperset(places):
        return ActsByRow(table, places, people, source, tolerance).records()
    from roc.collectors.table.in_columns import ActsInColumns  # heavy

    return ActsInColumns(table, places, people, source, tolerance).records()
