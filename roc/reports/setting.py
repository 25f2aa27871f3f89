"""Sets a report as one self-contained HTML file, as Markdown, and as JSON.

Names and other text from outside are hostile until set: HTML is escaped by the template engine,
Markdown by `escaped_markdown`. The HTML loads nothing and runs nothing, and its
content security policy says so to the browser. Same report, same bytes.
"""

import dataclasses
import json
import math
import re
from datetime import date
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from roc.reports.document import Block, Bullets, Document, Paragraph, Picture, Section, Table, Tiles
from roc.reports.words import say, speaking

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_PLACES = 6
"""Decimals kept in JSON: far below anything a reader acts on, and free of arithmetic's noise."""


def as_html(document: Document) -> str:
    """One HTML file that opens offline: styles and figures inside, no script, no address to load.

    Args:
        document: the report's page.

    Returns:
        A complete HTML5 document, ending in a line break.
    """
    style = resource("report.css")
    with speaking(document.language):
        return _template().render(document=document, style=style, parts=say("Parts of this report"))


@cache
def _template() -> "Template":
    return engine().from_string(resource("report.html"))


@cache
def engine() -> "Environment":
    """What sets pages: every text is escaped, and a name that is missing is an error."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Only our own figures, whose every label was escaped when it was drawn, and our own style
    # sheet pass unescaped.
    made.filters["as_drawn"] = Markup
    return made


def resource(file: str) -> str:
    """A template or style sheet of ours."""
    return (files("roc.reports") / "templates" / file).read_text(encoding="utf-8")


def as_markdown(document: Document) -> str:
    """The same page in Markdown (CommonMark with tables), figures told in words.

    Args:
        document: the report's page.

    Returns:
        Markdown, ending in a line break.
    """
    escape = escaped_markdown
    parts = [f"# {escape(document.title)}", escape(document.subtitle), escape(document.origin)]
    parts += [escape(sentence) for sentence in document.lead]
    parts += [_section(section) for section in document.sections]
    parts += ["---", escape(document.footer)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(section: Section) -> str:
    return "\n\n".join([f"## {escaped_markdown(section.title)}", *map(_block, section.blocks)])


def _block(block: Block) -> str:
    escape = escaped_markdown
    match block:
        case Paragraph():
            return escape(block.text)
        case Bullets():
            return "\n".join(f"- {escape(item)}" for item in block.items)
        case Tiles():
            return "\n".join(
                f"- {escape(tile.label)}: **{escape(tile.value)}**"
                + (f" ({escape(tile.note)})" if tile.note else "")
                for tile in block.tiles
            )
        case Table():
            return _table(block)
        case Picture():
            return f"*{escape(block.drawing.title)}.* {escape(block.drawing.alt)}"


def _table(table: Table) -> str:
    rules = ["--:" if column in table.numeric else "---" for column in range(len(table.head))]
    rows = [table.head, *table.rows]
    lines = [f"| {' | '.join(escaped_markdown(cell) for cell in row)} |" for row in rows]
    lines.insert(1, f"| {' | '.join(rules)} |")
    return f"{escaped_markdown(table.caption)}:\n\n" + "\n".join(lines)


_SPECIAL = re.compile(r"[\\`*_\[\]|~$]")
_BLOCK_START = re.compile(r"^(\d+)([.)])(?=\s|$)|^([#+=-])(?=[\s#=-]|$)")
_LINK_START = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp):|\b(www)\.")


def escaped_markdown(text: str) -> str:
    r"""Text in which nothing is Markdown or HTML: no tag, link, picture, table cell or heading.

    Args:
        text: one line.

    Example:
        >>> escaped_markdown("[Ana](https://example.org) | <b>")
        '\\[Ana\\](https\\://example.org) \\| &lt;b&gt;'
        >>> escaped_markdown("# 1. Ana_Lopez")
        '\\# 1. Ana\\_Lopez'
    """
    line = " ".join(text.split())
    line = _SPECIAL.sub(lambda sign: "\\" + sign.group(), line)
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _LINK_START.sub(lambda link: link.group()[:-1] + "\\" + link.group()[-1], line)
    return _BLOCK_START.sub(
        lambda start: f"{start[1]}\\{start[2]}" if start[1] else f"\\{start[3]}", line
    )


def as_json(report: object) -> str:
    """A report's data for machines: the same numbers, ``null`` where undefined, dates as ISO 8601.

    Args:
        report: a report as built, a dataclass.

    Returns:
        JSON, ending in a line break; fields stand in the order of the report.
    """
    return json.dumps(jsonable(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def jsonable(value: object) -> Any:
    """A report's data as plain dicts, lists, numbers and text, as ``--json`` prints them.

    Raises:
        TypeError: the value holds something that is not data.

    Example:
        >>> jsonable((float("nan"), 0.25, date(2026, 3, 5)))
        [None, 0.25, '2026-03-05']
    """
    if value is None or isinstance(value, bool | int | Enum | str):
        return value.value if isinstance(value, Enum) else value
    if isinstance(value, float):
        return round(float(value), _PLACES) + 0.0 if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, np.generic | np.ndarray):
        return jsonable(value.tolist())
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    if isinstance(value, dict):
        return {str(key): jsonable(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: jsonable(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    raise TypeError(f"{type(value).__name__} is not report data")
