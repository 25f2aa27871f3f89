"""Tables as CSV that a spreadsheet opens without running anything in it."""

import csv
import io
import math
from collections.abc import Iterable, Sequence

_FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""Signs with which a formula begins; East Asian spreadsheets also take the wide forms."""


def csv_cell(value: str | float | None) -> str:
    """One cell: numbers as they are, empty where undefined, text that is never a formula.

    Args:
        value: a number, text, or ``None``.

    Example:
        >>> csv_cell(-1.5), csv_cell(float("nan")), csv_cell("=HYPERLINK(1)"), csv_cell("Ana")
        ('-1.5', '', "'=HYPERLINK(1)", 'Ana')

    Source: OWASP, "CSV Injection": a leading apostrophe keeps a spreadsheet from computing.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else value
    return "" if math.isnan(value) else f"{value:.10g}"


def csv_text(head: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> str:
    """A table as CSV (RFC 4180 quoting, lines ending in a line feed).

    Args:
        head: the columns' names.
        rows: as many values each.

    Raises:
        ValueError: a row is longer or shorter than the head.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        if len(row) != len(head):
            raise ValueError(f"a row has {len(row)} cells under {len(head)} columns")
        writer.writerow([csv_cell(value) for value in row])
    return out.getvalue()
