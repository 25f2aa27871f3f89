"""A data request's tables: which they are, by their headers, and what their cells mean."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain

from roc.collectors.archive import Export, head, text
from roc.collectors.formats.delimited import lines, rows_by_name
from roc.collectors.formats.moments import iso_clock, iso_moment
from roc.graph.records import Precision, Problem

Row = Mapping[str, str]
"""Cells under their headers, in lower case."""

_COLUMNS: Mapping[str, frozenset[str]] = {
    "messages": frozenset({"id", "permalink", "thread_id", "date", "from", "to"}),
    "chat": frozenset({"message_id", "created_at", "username", "channel_url"}),
    "comments": frozenset({"id", "permalink", "date", "subreddit", "link", "parent"}),
    "posts": frozenset({"id", "permalink", "date", "subreddit", "url"}),
    "votes": frozenset({"id", "permalink", "direction"}),
}
_FOREIGN = "author"
"""All is the owner's own: tables with such a column were made by somebody who looked at Reddit."""
_WHOLE_HEADERS: Mapping[str, list[str]] = {
    "friends": ["username", "note"],
    "statistics": ["statistic", "value"],
}
"""Too plain to be known by on their own: they are Reddit's only beside others."""
_BLANK = dict.fromkeys(chain(*_COLUMNS.values(), *_WHOLE_HEADERS.values()), "")
_TEXT = {"messages": "body", "comments": "body", "posts": "body"}


def kinds(export: Export) -> dict[str, str]:
    """The tables by name, each with its kind; none where only plain ones are there.

    Each table comes again without the texts, as ``comment_headers.csv``: those are left out where
    the texts are there, too.
    """
    headers = {
        name: header
        for name in export.names()
        if name.lower().endswith(".csv") and (header := _header(export, name))
    }
    found = {name: kind for name, header in headers.items() if (kind := _kind(header))}
    if not set(found.values()) & _COLUMNS.keys():
        return {}
    told = {kind for name, kind in found.items() if _TEXT.get(kind) in headers[name]}
    return {
        name: kind
        for name, kind in found.items()
        if kind not in told or _TEXT[kind] in headers[name]
    }


def _header(export: Export, name: str) -> list[str]:
    start = head(export, name).decode("utf-8-sig", "replace").splitlines(keepends=True)
    cells = next((cells for _, cells in lines(start[:1]) if cells), [])
    return [cell.strip().casefold() for cell in cells]


def _kind(header: list[str]) -> str:
    for kind, plain in _WHOLE_HEADERS.items():
        if header == plain:
            return kind
    there = set(header)
    if _FOREIGN in there:
        return ""
    return next((kind for kind, needed in _COLUMNS.items() if needed <= there), "")


def rows(export: Export, name: str) -> Iterator[tuple[str, Row] | Problem]:
    """A table's rows, each with its place; cells that every table of its kind has are there."""
    with text(export, name) as stream:
        for read in rows_by_name(stream, name):
            yield read if isinstance(read, Problem) else (read[0], {**_BLANK, **read[1]})


def moment(told: str) -> tuple[datetime, Precision] | None:
    """A moment such as ``2024-03-05 14:02:11 UTC``; ``None`` where it is none.

    Where no zone is told it is a wall clock's, and where no time of day is, a day.
    """
    told = told.strip()
    at = iso_moment(f"{told[:-4]}+00:00" if told.endswith(" UTC") else told)
    return (at, Precision.INSTANT) if at else iso_clock(told)
