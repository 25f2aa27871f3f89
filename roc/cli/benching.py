"""The commands that measure the scores themselves: evaluate, bench scores."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roc.cli.options import (
    AsOfOption,
    ConfigOption,
    EgoOption,
    GraphOption,
    JsonOption,
    day,
    settings,
)
from roc.cli.printing import answer, as_it_is, as_json, remark, table

if TYPE_CHECKING:
    from roc.bench.bars import Bar, Bench
    from roc.workflows.evaluating import Competed

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


def evaluate(
    drop: Annotated[
        bool, typer.Option("--drop", help="Go by the shipped constants again.")
    ] = False,
    as_of: AsOfOption = "",
    ego: EgoOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Let the chance alive compete on your own past; scores go by the winner from now on."""
    from roc.workflows import evaluating

    chosen = settings(config, graph)
    if drop:
        there = evaluating.drop(chosen)
        answer("Scores go by the shipped constants" + (" again." if there else ", as before."))
        return
    found = evaluating.compete(chosen, as_of=day(as_of, chosen), ego=ego)
    if json:
        as_json(found)
        return
    _tell_competed(found, kept=not ego)


def _tell_competed(found: "Competed", *, kept: bool) -> None:
    if not found.rivals:
        from roc.scoring.evaluation import LEAST_PAIRS

        answer(
            f"Too little has passed yet to learn from ({found.taught} ties at moments gone by, of "
            f"{LEAST_PAIRS} that are needed, and some of both kinds): the shipped constants stay."
        )
        return
    head = ("by", "AUC", "AP", "calibration error", "surprise")
    rows = [
        (
            rival.name,
            _figure(rival.auc),
            _figure(rival.average_precision),
            _figure(rival.calibration_error),
            _figure(rival.surprise),
        )
        for rival in found.rivals
    ]
    table(head, rows, numbers=(1, 2, 3, 4))
    answer(
        f"{found.happened} of {found.pairs} ties were in touch both ways within "
        f"{found.horizon_days} days of {', '.join(map(str, found.moments))}."
    )
    answer(f"Scores go by: {found.winner}." if kept else f"The best of them: {found.winner}.")


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

    chosen = settings(config, graph)
    _tell(benching.measured(chosen, folder, _now, benching.bench), json=json)


@app.command("return", epilog="Example: roc bench return data/")
def bench_return(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder that the public data sets are in.")
    ],
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Measure how often a gathering is taken for what it was not, and found where it was."""
    from roc.workflows import benching

    chosen = settings(config, graph)
    _tell(benching.measured(chosen, folder, _now, benching.bench_return), json=json)


def simulate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write the world.")],
    effect: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            metavar="SHARE",
            help="Of the guests who had never met, the share that each gathering connects.",
        ),
    ] = 0.1,
    seed: Annotated[int, typer.Option(min=0, help="Another seed is another world.")] = 1,
    config: ConfigOption = None,
    json: JsonOption = False,
) -> None:
    """Invent a world with gatherings and deals whose effects are known, as files to collect."""
    from roc.workflows import benching

    made = benching.simulated(settings(config, None), folder, seed=seed, connect=effect)
    if json:
        as_json(made)
        return
    letters, gatherings, deals = made.files
    answer(f"true       {made.new_ties} new ties came of the gatherings")
    answer(f"true       deals close {made.ratio:.2f} times as fast at a strength of 60 as at 20")
    answer("look       whether roc finds that:")
    answer(f"           roc collect table {letters} --name email --config {made.config}")
    answer(f"           roc collect {gatherings} --config {made.config}")
    answer(f"           roc collect {deals} --config {made.config}")
    day = f"--config {made.config} --as-of {made.day}"
    answer(f"           roc budget {day}")
    answer(f"           roc outcomes {day}")


def _now(part: str) -> None:
    remark(f"measuring  {part}")


def _tell(found: "Bench", *, json: bool) -> None:
    if json:
        bars = [
            {"name": bar.name, "value": bar.value, "must": bar.must, "aim": bar.aim, "met": bar.met}
            for bar in found.bars
        ]
        as_json({"bars": bars, "scores": found.rows, "skipped": found.skipped})
        return
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
