"""The commands that keep the graph file safe: backup and doctor."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roc.cli.options import (
    AsOfOption,
    ConfigOption,
    GraphOption,
    JsonOption,
    day,
    now,
    settings,
)
from roc.cli.printing import answer, as_json, remark, table
from roc.cli.telling import traces_left

if TYPE_CHECKING:
    from roc.config import Config
    from roc.workflows.safety import Health

_MOST_LINES = 5
"""Of everything that may be long, so that the answer stays on one screen."""


def backup(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="The copy; beside the graph, with the date, if not."),
    ] = None,
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Copy the graph file, whole and checked, even while another roc writes into it."""
    from roc.workflows import safety

    copied = safety.backup(settings(config, graph), file, today=now().date())
    if json:
        as_json(copied)
        return
    answer(f"{copied.backup}: {copied.bytes / 2**20:.1f} MiB, checked and sound.")
    answer("To restore it, while no roc runs: delete what stands beside the graph with the endings")
    answer(f"-wal and -shm, and copy it to {copied.graph}. Or use it where it is: --graph FILE.")
    answer("It holds your whole graph, and whoever you forget from now on.")


def doctor(
    as_of: AsOfOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Look whether the graph is sound, what it holds and what could not be read."""
    from roc.workflows import safety

    chosen = settings(config, graph)
    health = safety.doctor(chosen, as_of=day(as_of, chosen), now=now())
    if json:
        as_json(health)
    else:
        _print(chosen, health)
    if not health.sound:
        raise typer.Exit(1)


def _print(config: "Config", health: "Health") -> None:
    size = f"{health.graph}: {health.bytes / 2**20:.1f} MiB"
    if health.schema is None:
        answer(size)
    else:
        free = f" ({health.free_bytes / 2**20:.1f} free)" if health.free_bytes >= 2**20 else ""
        answer(
            f"{size}{free}, layout {health.schema}, {health.people} people, "
            f"scores kept {health.snapshots} times"
        )
        _print_sources(health)
        _print_problems(health)
        _print_gaps(health)
    if len(health.currencies) > 1:
        told = " and ".join(health.currencies)
        remark(f"Costs in {told} are added up as they stand: write them in one currency.")
    if health.keep_years:
        oldest = f"; the oldest is of {health.oldest}" if health.oldest else ""
        answer(f"acts are kept for {health.keep_years:g} years{oldest}")
    if not health.erased:
        remark(f"Traces of what was removed are left {traces_left(config)}")
    for warning in health.warnings:
        remark(f"warning  {warning}")
    answer("The graph is sound." if health.sound else "The graph is NOT sound:")
    _print_some([f"  {finding}" for finding in health.findings], "findings")
    if not health.sound:
        remark("Restore it from a backup, or collect anew into another graph: --graph FILE.")


def _print_sources(health: "Health") -> None:
    last_read: dict[str, str] = {}
    for reading in health.readings:
        if reading.read_at is not None:
            told = str(reading.read_at.date())
            last_read[reading.source] = max(told, last_read.get(reading.source, told))
    table(
        ("source", "acts", "undated", "first", "last", "ahead", "last read", "problems"),
        [
            (
                row.source,
                str(row.acts),
                str(row.undated),
                str(row.first or "none"),
                str(row.last or "none"),
                str(row.ahead),
                last_read.get(row.source, "unknown"),
                str(row.problems),
            )
            for row in health.sources
        ],
        numbers=(1, 2, 5, 7),
    )
    for row in health.sources:
        if row.outcomes:
            answer(f"outcomes  {row.source}: {row.outcomes}")


def _print_problems(health: "Health") -> None:
    if len(health.problems) > _MOST_LINES:
        counts = [f"problem  {row.source}: {row.rows} {row.code}" for row in health.problem_counts]
        _print_some(counts, "kinds of problems")
        remark("Where each of them stands: roc doctor --json")
        return
    for source, export, place, code, detail in health.problems:
        where = place if place.startswith(export) else f"{export} {place}"
        answer(f"problem  {source} {where}: {detail} ({code})")


def _print_gaps(health: "Health") -> None:
    longest = sorted(health.gaps, key=lambda gap: gap.first - gap.last)
    lines = [f"gap  {gap.source}: no acts from {gap.first} to {gap.last}" for gap in longest]
    _print_some(lines, "gaps")


def _print_some(lines: list[str], what: str) -> None:
    for line in lines[:_MOST_LINES]:
        answer(line)
    if len(lines) > _MOST_LINES:
        remark(f"… and {len(lines) - _MOST_LINES} more {what}; see --json.")
