"""Tables of comma separated values, row by row, with the line each row begins on."""

import csv
from collections.abc import Iterable, Iterator


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
