"""The commands that measure roc itself: bench scores."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roc.cli.options import ConfigOption, GraphOption, JsonOption, settings
from roc.cli.printing import answer, as_it_is, as_json, remark, table

if TYPE_CHECKING:
    from roc.bench.bars import Bar, Bench

app = typer.Typer(
    help="How good the scores are.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _bench(context: typer.Context) -> None:
    """How good the scores are."""
    if context.invoked_subcommand is None:
        as_it_is(context.get_help() + "\n")


@app.command("scores", epilog="Example: roc bench scores data/")
def bench_scores(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder that the public data sets are in.")
    ],
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Measure how well the scores foretell on public data, beside what others go by."""
    from roc.workflows import benching

    def told(part: str) -> None:
        remark(f"measuring  {part}")

    found = benching.scores(settings(config, graph), folder, told)
    if json:
        bars = [
            {"name": bar.name, "value": bar.value, "must": bar.must, "aim": bar.aim, "met": bar.met}
            for bar in found.bars
        ]
        as_json({"bars": bars, "scores": found.rows, "skipped": found.skipped})
        return
    _tell(found)


def _tell(found: "Bench") -> None:
    for data in dict.fromkeys(row.data for row in found.rows):
        rows = [row for row in found.rows if row.data == data]
        names = list(rows[0].figures)
        answer(data)
        table(
            ("score", *names),
            [(row.score, *(_figure(row.figures[name]) for name in names)) for row in rows],
            numbers=range(1, len(names) + 1),
        )
    table(
        ("bar", "value", "must", "aim", ""),
        [
            (bar.name, _figure(bar.value), _figure(bar.must), _figure(bar.aim), _word(bar))
            for bar in found.bars
        ],
        numbers=(1, 2, 3),
    )
    missed = sum(not bar.met for bar in found.bars)
    answer(f"{len(found.bars) - missed} of {len(found.bars)} bars are met.")
    for name in found.skipped:
        remark(f"skipped    {name} is not in the folder.")


def _figure(value: float) -> str:
    if math.isnan(value):
        return ""
    return f"{value:.3f}" if value == 0 or abs(value) >= 0.0005 else f"{value:.0e}"


def _word(bar: "Bar") -> str:
    if not bar.met:
        return "missed"
    return "aim met" if bar.hoped else "met"
