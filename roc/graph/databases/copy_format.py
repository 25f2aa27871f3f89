"""Columns of whole numbers in PostgreSQL's binary format of COPY, and back."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from roc.graph.frames import Ints

HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
"""Stands before the first row."""

TAIL = b"\xff\xff"
"""Stands after the last."""

_NULL = -1  # in the place of a value's length; no value follows


def packed(columns: Sequence[Ints], null: int) -> bytes:
    """Columns as rows that COPY takes in.

    Args:
        columns: of equal length.
        null: stands for null in them.

    Example:
        >>> packed([np.array([1, -1])], null=-1).hex(" ", 2)
        '0001 0000 0008 0000 0000 0000 0001 0001 ffff ffff'
    """
    rows = np.empty(len(columns[0]), dtype=_row(len(columns)))
    rows["width"] = len(columns)
    stays = np.ones((len(rows), rows.itemsize), dtype=np.bool_)
    for place, column in enumerate(columns):
        is_null = column == null
        rows[f"size{place}"] = np.where(is_null, _NULL, 8)
        rows[f"value{place}"] = column
        end = 2 + 12 * (place + 1)
        stays[is_null, end - 8 : end] = False
    signs = rows.view(np.uint8).reshape(stays.shape)
    return signs[stays].tobytes()


def unpacked(rows: bytes, width: int) -> Ints:
    """Whole rows as COPY gives them out, none of them null, in shape ``(n, width)``.

    Example:
        >>> unpacked(packed([np.array([1, 2]), np.array([-3, 4])], null=0), width=2)
        array([[ 1, -3],
               [ 2,  4]])
    """
    shape = _row(width)
    plain = rows.removeprefix(HEAD)
    table = np.frombuffer(plain, dtype=shape, count=len(plain) // shape.itemsize)
    numbers: NDArray[np.int64] = np.empty((len(table), width), dtype=np.int64)
    for place in range(width):
        numbers[:, place] = table[f"value{place}"]
    return numbers


def _row(width: int) -> np.dtype[np.void]:
    fields = [("width", ">i2")]
    for place in range(width):
        fields += [(f"size{place}", ">i4"), (f"value{place}", ">i8")]
    return np.dtype(fields)
