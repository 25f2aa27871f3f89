"""Tables of comma separated values, row by row, with the line each row begins on."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import IO

from roc.graph.records import Problem

_LONGEST_LINE = 2**20  # characters; a longer line falls into pieces, which are unusable rows
_LONGEST_ROW = 2**20  # characters of a row that spans lines; of one cell, the csv module has 2**17


def lines(stream: Iterable[str]) -> Iterator[tuple[int, list[str] | None]]:
    """Rows with the line they begin on, from 1; quoted cells may span lines.

    ``None`` stands for a row that cannot be split: its quote is never closed, so that the file ends
    within it, or it grows beyond reason. It costs itself alone. The lines after it that it had
    swallowed have no quote that closes it, and are read again, each as a row of its own.

    Example:
        >>> list(lines(["a,b", '"x', 'y",z', "1,2"]))
        [(1, ['a', 'b']), (2, ['xy', 'z']), (4, ['1', '2'])]
        >>> list(lines(["a,b", '1,"x', "3,4"]))
        [(1, ['a', 'b']), (2, None), (3, ['3', '4'])]
    """
    source, line = iter(stream), 1
    while True:
        held: list[str] = []
        try:
            for row in csv.reader(_fed(source, held)):
                yield line, row
                line += len(held)
                held.clear()
            return
        except csv.Error:
            pass
        yield line, None
        for number, swallowed in enumerate(held[1:], line + 1):
            yield number, _alone(swallowed)
        line += len(held)


def _fed(source: Iterator[str], held: list[str]) -> Iterator[str]:
    """Lines for the ``csv`` module, each of them held until the row that it is in was read.

    Raises:
        csv.Error: the row grows beyond reason, or the file ends within it.
    """
    size = 0
    for line in source:
        held.append(line)
        if len(held) > 1:
            size = len(line) + (size if len(held) > 2 else len(held[0]))
            if size > _LONGEST_ROW:
                raise csv.Error("a row without end")
        yield line
    if held:
        raise csv.Error("the file ends within quotes")


def _alone(line: str) -> list[str] | None:
    try:
        return next(csv.reader(_fed(iter((line,)), [])), [])
    except csv.Error:
        return None


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
