"""Answers on standard output, remarks and progress on standard error."""

import json
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from roc.workflows.collecting import Progress


def as_json(value: Any) -> None:
    """Print a value as JSON; what is undefined is ``null``."""
    as_it_is(json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n")


def plain(value: Any) -> Any:
    """Dataclasses, dates, paths and undefined numbers as what JSON knows."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, date | Path):
        return str(value)
    return value.value if isinstance(value, Enum) else value


def answer(text: str) -> None:
    """Print a line that was asked for."""
    sys.stdout.write(harmless(text) + "\n")


def as_it_is(text: str) -> None:
    """Print text whose every sign counts: JSON, help."""
    sys.stdout.write(text)


def remark(text: str) -> None:
    """Print a line beside what was asked for."""
    sys.stderr.write(harmless(text) + "\n")


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()
) -> None:
    """Print a table; ``numbers`` are the columns set to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, title in enumerate(head):
        grid.add_column(title, justify="right" if place in numbers else "left", overflow="fold")
    for row in rows:
        # Text, not markup: a name may hold anything, square brackets and escapes among it.
        grid.add_row(*(Text(harmless(shortened(cell))) for cell in row))
    Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 120).print(
        grid
    )


def harmless(text: str) -> str:
    """Text from outside on one line: no control signs that could steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def shortened(text: str, limit: int = 60) -> str:
    """The beginning of a text that is too long for its place."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def number(value: float, places: int = 0) -> str:
    """A number for a table; *none* where it is undefined."""
    return "none" if math.isnan(value) else f"{value:.{places}f}"


@contextmanager
def progress() -> Iterator[Callable[["Progress"], None]]:
    """A bar on standard error while exports are read; nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda told: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    bars: dict[str, TaskID] = {}
    with Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    ) as shown:

        def told(step: "Progress") -> None:
            if step.export not in bars:
                bars[step.export] = shown.add_task(
                    harmless(shortened(step.export, 40)).replace("[", "("),
                    total=step.total or None,
                )
            shown.update(bars[step.export], completed=min(step.done, step.total or step.done))

        yield told
