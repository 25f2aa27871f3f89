"""CSV by the row or by the block, a block's cells as columns: the same rows either way.

A block of plain lines, without a quotation mark or anything else that could be read in two ways,
is taken apart by pyarrow in a tenth of the time; any other is left to the ``csv`` module.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

_LINES = 2**16
_CHARACTERS = 2**22
_DOUBTFUL = '"\r\0'


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Some thousand rows of a table as columns.

    Args:
        numbers: of each whole row, shape ``(n,)``.
        columns: cells, a pyarrow array of length n for each place asked for.
        broken: numbers of the rows that are not whole.
    """

    numbers: "NDArray[int64]" = field(repr=False)
    columns: Sequence[Any] = field(repr=False)
    broken: Sequence[int] = ()


def rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Rows that are not empty, with the line each ends on; ``None`` for one beyond reading.

    No more lines are taken than the rows handed out needed.
    """
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            for row in reader:
                if row:
                    yield reader.line_num, row
            return
        except csv.Error:  # one row is beyond it; the next may not be
            yield reader.line_num, None


def batches(lines: Iterator[str], delimiter: str, places: Sequence[int]) -> Iterator[Batch]:
    """All rows but the header, which is the first that can be read.

    Args:
        lines: with their ends, none longer than may be held in memory.
        delimiter: between cells.
        places: two or more; a row that lacks one of them is broken.
    """
    line = 0
    for line, header in rows(lines, delimiter):
        if header is not None:
            break
        yield batch([(line, None)], places)
    while block := _block(lines):
        columns = _at_once(block, delimiter, places)
        if columns is not None:
            yield Batch(_numbers(range(line + 1, line + len(block) + 1)), columns)
            line += len(block)
            continue
        found = []
        for number, row in rows(chain(block, lines), delimiter):
            found.append((line + number, row))
            if number >= len(block):  # beyond it where a quotation spans lines
                break
        if found:
            yield batch(found, places)
            line = found[-1][0]


def _block(lines: Iterator[str]) -> list[str]:
    block, size = [], 0
    for line in islice(lines, _LINES):
        block.append(line)
        size += len(line)
        if size >= _CHARACTERS:
            break
    return block


def _at_once(block: list[str], delimiter: str, places: Sequence[int]) -> list[Any] | None:
    """The columns of a block in which each line is a row; ``None`` where that is in doubt."""
    import pyarrow
    from pyarrow import csv as arrow_csv

    text = "".join(block).replace("\r\n", "\n")
    if (
        any(sign in text for sign in _DOUBTFUL)
        or text[0] == "\ufeff"  # pyarrow would pass over what is a part of a cell here
        or max(map(len, block)) > csv.field_size_limit()
    ):
        return None
    names = [f"f{place}" for place in places]
    data = text.encode()
    try:
        table = arrow_csv.read_csv(
            pyarrow.BufferReader(data),
            arrow_csv.ReadOptions(
                use_threads=False, block_size=len(data) + 1, autogenerate_column_names=True
            ),
            arrow_csv.ParseOptions(delimiter=delimiter, quote_char=False),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pyarrow.string()),
                include_columns=list(dict.fromkeys(names)),
                strings_can_be_null=False,
            ),
        )
    except pyarrow.ArrowException:  # rows of several lengths, or too short ones
        return None
    if len(table) != len(block):  # it passes over empty lines, and its rows have no numbers
        return None
    return [table.column(name).combine_chunks() for name in names]


def batch(found: Sequence[tuple[int, Sequence[str] | None]], places: Sequence[int]) -> Batch:
    """Rows with their numbers as columns: the cells at two or more places."""
    import pyarrow

    pick: Callable[[Sequence[str]], Sequence[str]] = itemgetter(*places)
    last = max(places)
    whole = [(number, pick(row)) for number, row in found if row and len(row) > last]
    columns = zip(*(cells for _, cells in whole), strict=True) if whole else [()] * len(places)
    return Batch(
        _numbers(number for number, _ in whole),
        [pyarrow.array(column, pyarrow.string()) for column in columns],
        [number for number, row in found if not row or len(row) <= last],
    )


def _numbers(numbers: Any) -> "NDArray[int64]":
    import numpy as np

    return np.fromiter(numbers, dtype=np.int64)
