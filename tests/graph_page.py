"""The tables of a graph file as docs/graph-file.md draws and lists them; run it to redraw."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from sqlalchemy import Column, Table
from sqlalchemy.dialects import sqlite

from roc.graph.tables import metadata
from tests.architecture import ROOT

PAGE = ROOT / "docs" / "graph-file.md"
PICTURE = ROOT / "docs" / "graph-file.svg"
_BEGIN = "<!-- the tables below are made by `make tree` -->\n"
_END = "<!-- end of the tables -->"

ROOMS = (
    ("who", ("account", "link", "account_tag", "care", "decision", "forgotten")),
    (
        "what passed",
        ("interaction", "participant", "interaction_tag", "expense", "tone"),
    ),
    ("what came of it", ("outcome", "outcome_person")),
    ("by days, and what is stated", ("contact", "declared_tie", "snapshot", "score", "output")),
    (
        "where it comes from",
        ("source", "place", "kind", "precision", "cursor", "problem", "setting"),
    ),
)
"""The tables by what they are about: a column of the picture each."""

_COLOURS = {
    "account": "#0072b2",
    "interaction": "#d55e00",
    "outcome": "#a3471f",
    "source": "#009e73",
    "kind": "#8a5a83",
    "precision": "#8a5a83",
    "snapshot": "#6b6b00",
}
_WIDTH, _LINE, _HEAD, _GAP, _AISLE, _MARGIN = 236, 19, 28, 26, 54, 20


def target(column: Column[object]) -> str:
    """The table whose number a column holds; empty where it holds a value of its own."""
    return next((key.column.table.name for key in column.foreign_keys), "")


def _height(table: Table) -> int:
    return _HEAD + _LINE * len(table.columns) + 8


def _boxes() -> Iterator[tuple[Table, int, int]]:
    """Every table and where its box stands."""
    for place, (_, names) in enumerate(ROOMS):
        x, y = _MARGIN + place * (_WIDTH + _AISLE), _MARGIN + 30
        for name in names:
            table = metadata.tables[name]
            yield table, x, y
            y += _height(table) + _GAP


def picture() -> str:
    """The tables as an SVG: each column with the table that its number points to."""
    boxes = {table.name: (table, x, y) for table, x, y in _boxes()}
    width = 2 * _MARGIN + len(ROOMS) * (_WIDTH + _AISLE) - _AISLE
    height = _MARGIN + max(y + _height(table) for table, _, y in boxes.values())
    titles = (
        f'<text x="{_MARGIN + place * (_WIDTH + _AISLE)}" y="{_MARGIN + 12}" class="room">'
        f"{escape(title)}</text>"
        for place, (title, _) in enumerate(ROOMS)
    )
    lines = [line for table, x, y in boxes.values() for line in _box(table, x, y)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img" '
            'aria-label="The tables of a graph file and what their columns point to">',
            "<style>text{font:12px 'DejaVu Sans',Verdana,sans-serif;fill:#222}"
            ".room{font-weight:bold;fill:#555}.name{font-weight:bold;fill:#fff}"
            ".key{font-weight:bold}.to{text-anchor:end}</style>",
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *titles,
            *lines,
            "</svg>\n",
        ]
    )


def _box(table: Table, x: int, y: int) -> Iterator[str]:
    colour = _COLOURS.get(table.name, "#555555")
    yield (
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_height(table)}" rx="5" '
        f'fill="#fafafa" stroke="{colour}"/>'
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEAD - 4}" rx="5" fill="{colour}"/>'
        f'<text x="{x + 10}" y="{y + 17}" class="name">{table.name}</text>'
    )
    for place, column in enumerate(table.columns):
        baseline = y + _HEAD + _LINE * place + 13
        style = ' class="key"' if column.primary_key else ""
        yield f'<text x="{x + 10}" y="{baseline}"{style}>{column.name}</text>'
        if to := target(column):
            yield (
                f'<text x="{x + _WIDTH - 10}" y="{baseline}" class="to" '
                f'style="fill:{_COLOURS[to]}">→ {to}</text>'
            )


def listed() -> Iterator[str]:
    """Every table with its columns, as Markdown."""
    for title, names in ROOMS:
        yield f"\n## {title.capitalize()}\n"
        for name in names:
            table = metadata.tables[name]
            yield f"\n### `{name}`\n\n{(table.comment or '').capitalize()}.\n\n"
            yield "| column | type | what it is |\n|---|---|---|\n"
            for column in table.columns:
                kind = column.type.compile(dialect=sqlite.dialect())
                points = f" → `{to}`" if (to := target(column)) else ""
                key = "**" if column.primary_key else ""
                yield f"| {key}`{column.name}`{key} | {kind} | {column.comment}{points} |\n"


def redrawn(page: str) -> str:
    """A page with the tables in it brought up to date."""
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return before + _BEGIN + "".join(listed()) + "\n" + _END + after


if __name__ == "__main__":
    PAGE.write_text(redrawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURE.write_text(picture(), encoding="utf-8")
