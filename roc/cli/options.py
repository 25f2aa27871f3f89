"""The options that every command shares, and the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roc.cli.printing import remark
from roc.errors import ConfigError

if TYPE_CHECKING:
    from roc.config import Config

GraphOption = Annotated[
    Path | None, typer.Option("--graph", metavar="FILE", help="The graph file.")
]
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", envvar="ROC_CONFIG", metavar="FILE", help="The config file."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
AsOfOption = Annotated[
    str,
    typer.Option("--as-of", metavar="DATE", help="The day the numbers are for; today if left out."),
]
EgoOption = Annotated[
    str, typer.Option("--ego", metavar="PERSON", help="Whose network it is; yours if left out.")
]


def now() -> datetime:
    """The moment, aware UTC."""
    return datetime.now(UTC)


def day(as_of: str, config: "Config") -> date:
    """The day that numbers are for: the one named, or else the owner's today.

    Raises:
        ConfigError: it is not a date.
    """
    if not as_of:
        return now().astimezone(config.report.zone()).date()
    return named_day(as_of)


def named_day(as_of: str) -> date:
    """A day as it was named.

    Raises:
        ConfigError: it is not a date.
    """
    try:
        return date.fromisoformat(as_of)
    except ValueError as error:
        raise ConfigError(f"{as_of!r} is not a date.", hint="write it as 2026-03-05.") from error


def settings(config: Path | None, graph: Path | None) -> "Config":
    """The config that is in force, with the graph file that was named, up to date."""
    from roc.config import Config, default_path, load

    path = config or default_path()
    found = load(path) if config or path.exists() else Config()
    if graph is not None:
        named = replace(found.graph, file=str(graph))
        found = replace(found, graph=named, store=replace(found.store, url=""))
    _bring_up_to_date(found)
    return found


def _bring_up_to_date(config: "Config") -> None:
    from roc.workflows import safety

    if backup := safety.bring_up_to_date(config):
        remark(f"{config.graph_file} is now laid out for this version of roc.")
        remark(f"As it was before it rests in {backup}: delete that when all is well,")
        remark("for whoever you forget from now on still stands in it.")
