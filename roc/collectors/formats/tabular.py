"""Tables as rows of cells: CSV and its kin, JSON Lines, both plain or gzipped, and Parquet.

CSV and JSON Lines are streamed. Parquet is read in batches from a copy in memory, because its
index is at its end.
"""

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from operator import itemgetter
from typing import IO, Any, Protocol

from roc.collectors.archive import Export, whole
from roc.collectors.formats import csv_blocks, json_lines
from roc.collectors.formats.csv_blocks import Batch
from roc.errors import BrokenExport

_DELIMITERS = ",\t;|"
_SNIFFED = 2**20  # bytes by which encoding and delimiter are judged
_LONGEST_LINE = 2**20  # characters; a longer line falls into pieces, which are unusable rows
_BATCH = 2**16
_BATCH_CHARACTERS = 2**22
_BEFORE_AN_OBJECT = codecs.BOM_UTF8 + b" \t\r\n"
_DAMAGE = (OSError, EOFError, zlib.error)
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}

Cells = Sequence[Any]


class Table(Protocol):
    """A table that can be read from its beginning as often as needed.

    ``header`` has the columns' names; ``one`` says whether a row may be unreadable.
    """

    header: tuple[str, ...]

    def rows(self, places: Sequence[int]) -> Iterator[tuple[int, Cells | None]]:
        """Each row's number and its cells at two or more places; ``None`` for a broken row."""

    def batches(self, places: Sequence[int]) -> Iterator[Batch]:
        """The same rows as columns."""

    def where(self, number: int) -> str:
        """How a row's place is told to the owner."""


def open_table(export: Export, name: str) -> Table:
    """The table in a file.

    Raises:
        BrokenExport: it is damaged.
    """
    start = _start(export, name)
    if start.startswith(b"PAR1"):
        return _Parquet(export, name)
    if start.lstrip(_BEFORE_AN_OBJECT).startswith(b"{"):
        header = json_lines.columns(start.decode("utf-8", "replace"))
        if header:
            return _JsonLines(export, name, header)
    return _Delimited(export, name, start)


class _Delimited:
    """A CSV file."""

    def __init__(self, export: Export, name: str, start: bytes) -> None:
        self._export = export
        self._name = name
        self._encoding = _encoding(start)
        first = start.decode(self._encoding, "replace").lstrip("\r\n").partition("\n")[0]
        headers = [_header(first, delimiter) for delimiter in _DELIMITERS]
        self.header = max(headers, key=len)
        self._delimiter = _DELIMITERS[headers.index(self.header)]

    def rows(self, places: Sequence[int]) -> Iterator[tuple[int, Cells | None]]:
        pick: Callable[[list[str]], Cells] = itemgetter(*places)
        last = max(places)
        is_header = True
        with self._lines() as lines:
            for number, row in csv_blocks.rows(lines, self._delimiter):
                if row is None:
                    yield number, None
                elif is_header:
                    is_header = False
                else:
                    yield number, pick(row) if len(row) > last else None

    def batches(self, places: Sequence[int]) -> Iterator[Batch]:
        with self._lines() as lines:
            yield from csv_blocks.batches(lines, self._delimiter, places)

    @contextmanager
    def _lines(self) -> Iterator[Iterator[str]]:
        with _bytes(self._export, self._name) as stream:
            text = io.TextIOWrapper(stream, self._encoding, errors="replace", newline="")
            yield iter(partial(text.readline, _LONGEST_LINE), "")

    def where(self, number: int) -> str:
        return f"{self._name}:{number}"


class _JsonLines:
    """A file of JSON Lines."""

    def __init__(self, export: Export, name: str, header: tuple[str, ...]) -> None:
        self._export = export
        self._name = name
        self.header = header

    def rows(self, places: Sequence[int]) -> Iterator[tuple[int, Cells | None]]:
        names = [self.header[place] for place in places]
        with _bytes(self._export, self._name) as stream:
            text = io.TextIOWrapper(stream, "utf-8", errors="replace", newline="\n")
            yield from json_lines.rows(text.readline, names)

    def batches(self, places: Sequence[int]) -> Iterator[Batch]:
        found: list[tuple[int, Cells | None]] = []
        size = 0
        for number, cells in self.rows(places):
            found.append((number, cells))
            size += sum(map(len, cells or ()))
            if len(found) == _BATCH or size >= _BATCH_CHARACTERS:
                yield csv_blocks.batch(found, range(len(places)))
                found, size = [], 0
        if found:
            yield csv_blocks.batch(found, range(len(places)))

    def where(self, number: int) -> str:
        return f"{self._name}:{number}"


class _Parquet:
    """A Parquet file."""

    def __init__(self, export: Export, name: str) -> None:
        self._name = name
        self._data = whole(export, name)
        with self._opened() as file:
            self.header = tuple(map(str, file.schema_arrow.names))

    def rows(self, places: Sequence[int]) -> Iterator[tuple[int, Cells | None]]:
        for batch in self.batches(places):
            columns = [values(column) for column in batch.columns]
            yield from zip(batch.numbers.tolist(), zip(*columns, strict=True), strict=True)

    def batches(self, places: Sequence[int]) -> Iterator[Batch]:
        import numpy as np

        wanted = [self.header[place] for place in places]
        number = 1
        with self._opened() as file:
            for batch in file.iter_batches(_BATCH, columns=list(dict.fromkeys(wanted))):
                batch.validate(full=True)  # above all, that text is UTF-8
                numbers = np.arange(number, number + len(batch))
                yield Batch(numbers, [batch.column(name) for name in wanted])
                number += len(batch)

    def where(self, number: int) -> str:
        return f"{self._name}, row {number}"

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        import pyarrow
        from pyarrow import parquet

        try:
            yield parquet.ParquetFile(pyarrow.BufferReader(self._data))
        except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
            raise _damaged(self._name) from error


def _start(export: Export, name: str) -> bytes:
    with _bytes(export, name) as stream:
        return stream.read(_SNIFFED)


@contextmanager
def _bytes(export: Export, name: str) -> Iterator[IO[bytes]]:
    """A file's bytes, unpacked where it is gzipped."""
    with export.open(name) as packed:
        if packed.peek(2)[:2] != b"\x1f\x8b":
            yield packed
            return
        try:
            with gzip.GzipFile(fileobj=packed) as stream:
                yield stream  # type: ignore[misc]
        except _DAMAGE as error:
            raise _damaged(name) from error


def _damaged(name: str) -> BrokenExport:
    return BrokenExport(
        f"{name} is damaged.", hint="make or download it again; what was read before is kept."
    )


def _encoding(start: bytes) -> str:
    """UTF-8 where it is, UTF-16 where it says so, else what Windows writes in western Europe."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if start.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)  # may end within a character
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _header(line: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return ()


def values(column: Any) -> list[Any]:
    """A pyarrow column's cells: moments cut to what Python knows, nothing for lists in cells."""
    import pyarrow

    kind = column.type
    if pyarrow.types.is_nested(kind):
        return [None] * len(column)
    if pyarrow.types.is_timestamp(kind):
        column = column.cast(pyarrow.timestamp("us", kind.tz), safe=False)
    is_text = pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind)
    if is_text or (pyarrow.types.is_integer(kind) and not column.null_count):
        return list(column.to_numpy(zero_copy_only=False).tolist())  # to_pylist is slow
    try:
        return list(column.to_pylist())
    except (OverflowError, ValueError):  # a moment before the year 1 or after 9999
        return [_value(cell) for cell in column]


def _value(cell: Any) -> Any:
    try:
        return cell.as_py()
    except (OverflowError, ValueError):
        return None
