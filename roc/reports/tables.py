"""Tables as CSV and as a workbook, which a spreadsheet opens without running anything in it."""

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time

Cell = str | float | None
Sheet = tuple[Sequence[str], Iterable[Sequence[Cell]]]
"""The columns' names, and rows of as many values each."""

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


def workbook(sheets: Mapping[str, Sheet], day: date) -> bytes:
    """Tables as one workbook (Office Open XML): text is text, and undefined cells stay empty.

    Args:
        sheets: by name, in order.
        day: the day it is for; the same sheets and day give the same bytes.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = Workbook(out, plain)
    book.set_properties({"created": datetime.combine(day, time(), UTC).replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    for name, (head, rows) in sheets.items():
        page = book.add_worksheet(name)
        page.freeze_panes(1, 1)
        last = 0
        for column, title in enumerate(head):
            page.write_string(0, column, title, bold)
        for last, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(last, column, value[:_LONGEST_CELL])
                elif value is not None and math.isfinite(value):
                    page.write_number(last, column, value)
        page.autofilter(0, 0, last, len(head) - 1)
        page.autofit(_WIDEST)
    book.close()
    return out.getvalue()


_LONGEST_CELL = 2000
_WIDEST = 240  # pixels
