"""What many cells of a column say at once, just as they would one by one."""

from collections.abc import Callable, Hashable
from math import floor
from typing import Any

import numpy as np
import pyarrow
import pyarrow.compute as pc
from numpy.typing import NDArray

from roc.collectors.formats.tabular import values
from roc.collectors.table.moments import MILLISECONDS_FROM, moment
from roc.collectors.table.people import plain
from roc.graph.records import Precision

Ints = NDArray[np.int64]

PRECISIONS = tuple(Precision)
NONE = -1
"""In place of a number where a cell says nothing that can be used."""

_MAX_DIGITS = 15
_GLANCED_UNTIL = 2**33  # the year 2242; what lies beyond is rare and may be beyond Python


def looked_up(column: Any, number: Callable[[Any], int]) -> Ints:
    """A number for each cell, asked for once per distinct cell where that is the faster way."""
    if _is_text(column.type) or pyarrow.types.is_integer(column.type):
        found = column.dictionary_encode(null_encoding="encode")
        numbers = np.array([number(cell) for cell in values(found.dictionary)], dtype=np.int64)
        return np.asarray(numbers[found.indices.to_numpy()])
    return np.fromiter(map(number, values(column)), dtype=np.int64, count=len(column))


def texts(column: Any) -> list[str]:
    """Each cell as ``plain`` text."""
    if _is_text(column.type):
        return [cell.strip() for cell in values(column.fill_null(""))]
    return [plain(cell) for cell in values(column)]


def hashes(column: Any) -> Ints:
    """A hash for each cell; equal cells have equal ones."""
    kind = column.type
    if pyarrow.types.is_integer(kind) and not column.null_count:
        return np.asarray(column.cast(pyarrow.int64(), safe=False).to_numpy())
    if pyarrow.types.is_nested(kind):
        return np.zeros(len(column), dtype=np.int64)
    return looked_up(column, _hash)


def _hash(cell: Hashable) -> int:
    return hash(cell)


def moments(column: Any) -> tuple[Ints, Ints]:
    """Seconds since 1970, whole, and places in ``PRECISIONS``, for each cell; ``NONE`` is neither.

    What is written in one of the common forms is read at a glance, the rest by ``moment``.
    """
    at, precision = _at_a_glance(column)
    is_known = (at >= 0) & (at < _GLANCED_UNTIL)
    precisions = np.where(is_known, PRECISIONS.index(precision), NONE)
    rest = np.flatnonzero(~is_known)
    for row, cell in zip(rest.tolist(), values(column.take(pyarrow.array(rest))), strict=True):
        when = moment(cell)
        if when is not None:
            at[row] = floor(when[0].timestamp())
            precisions[row] = PRECISIONS.index(when[1])
    return at, precisions


def _at_a_glance(column: Any) -> tuple[Ints, Precision]:
    """Seconds since 1970; below 0 or far ahead where it takes a closer look."""
    kind = column.type
    if pyarrow.types.is_timestamp(kind):
        cut = column.cast(pyarrow.timestamp("us", kind.tz), safe=False)
        precision = Precision.LOCAL if kind.tz is None else Precision.INSTANT
        return _ints(cut) // 1_000_000, precision
    if pyarrow.types.is_date32(kind):
        return _ints(column.cast(pyarrow.int32())) * 86_400, Precision.DAY
    if pyarrow.types.is_integer(kind):
        return _unix(_ints(column)), Precision.INSTANT
    if _is_text(kind):
        is_short = pc.less_equal(pc.binary_length(column), _MAX_DIGITS)
        is_number = pc.fill_null(pc.and_(pc.ascii_is_decimal(column), is_short), False)
        number = pc.if_else(is_number, column, pyarrow.scalar(str(NONE), kind))
        return _unix(_ints(number)), Precision.INSTANT
    return np.full(len(column), NONE, dtype=np.int64), Precision.INSTANT


def _ints(column: Any) -> Ints:
    """A column of whole numbers, ``NONE`` for an empty cell."""
    return np.array(column.cast(pyarrow.int64(), safe=False).fill_null(NONE).to_numpy())


def _unix(number: Ints) -> Ints:
    return np.where(number < MILLISECONDS_FROM, number, number // 1000)


def _is_text(kind: Any) -> bool:
    return bool(pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind))
