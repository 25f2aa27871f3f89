"""Tables of comma separated values, row by row, with the line each row begins on."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import IO

from roc.graph.records import Problem

_LONGEST_LINE = 2**20  # characters; a longer line falls into pieces, which are unusable rows


def lines(stream: Iterable[str]) -> Iterator[tuple[int, list[str] | None]]:
    """Rows with the line they begin on, from 1; quoted cells may span lines.

    ``None`` stands for a row with a cell above 131,072 characters: nearly always a quote that is
    never closed. Reading goes on with the line after it.

    Example:
        >>> list(lines(["a,b", '"x', 'y",z', "1,2"]))
        [(1, ['a', 'b']), (2, ['xy', 'z']), (4, ['1', '2'])]
    """
    reader = csv.reader(stream)
    line = 1
    while True:
        try:
            for row in reader:
                yield line, row
                line = reader.line_num + 1
        except csv.Error:
            yield line, None
            line = reader.line_num + 1
        else:
            return


def pieces(stream: IO[str]) -> Iterator[str]:
    """A stream's lines, none longer than may be held in memory."""
    return iter(partial(stream.readline, _LONGEST_LINE), "")


def rows_by_name(stream: IO[str], name: str) -> Iterator[tuple[str, Mapping[str, str]] | Problem]:
    r"""Each row's place and its cells under their headers, which are in lower case.

    Args:
        stream: the table, its first row the headers.
        name: the file's name, for the places.

    Yields:
        A ``Problem`` for a row that does not fit under the headers; nothing for an empty row.

    Example:
        >>> from io import StringIO
        >>> list(rows_by_name(StringIO("From,To\nana,ben\n"), "a.csv"))
        [('a.csv:2', {'from': 'ana', 'to': 'ben'})]
    """
    numbered = lines(pieces(stream))
    _, header = next(numbered, (0, None))
    columns = [column.strip().casefold() for column in header or []]
    for line, cells in numbered:
        where = f"{name}:{line}"
        if cells is None:
            yield Problem(where, "bad_csv", "the row cannot be split into cells")
        elif len(cells) == len(columns):
            yield where, dict(zip(columns, cells, strict=True))
        elif cells:
            detail = f"{len(cells)} cells under {len(columns)} headers"
            yield Problem(where, "wrong_width", detail)
