"""The command that makes the system collect and report by itself: schedule."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from roc.cli.options import ConfigOption, settings
from roc.cli.printing import answer, remark

if TYPE_CHECKING:
    from roc.workflows.scheduling import Plan, Schedule


Word = TypeVar("Word", bound=StrEnum)


def schedule(
    every: Annotated[
        str, typer.Option(metavar="day|week", help="How often; a week begins on Monday.")
    ] = "week",
    at: Annotated[str, typer.Option(metavar="HH:MM", help="At what time of your day.")] = "07:30",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="Where reports go; beside the graph else."),
    ] = None,
    way: Annotated[
        str,
        typer.Option(
            "--with", metavar="WAY", help="systemd, launchd, windows or cron; this system's else."
        ),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take the schedule away.")] = False,
    config: ConfigOption = None,
) -> None:
    """Let the system collect and report by itself; what is to be written is shown first."""
    from roc.workflows import scheduling

    chosen = scheduling.usual_way() if not way else _one_of(scheduling.Way, way, "--with")
    plan = _plan(every, at, out, config)
    planned = scheduling.schedule(chosen, plan, Path.home())
    if remove:
        scheduling.remove(planned)
        answer(f"Nothing is left of the schedule ({chosen.value}).")
        _tell("To switch it off:", planned.off)
        return
    _show(planned)
    if not yes:
        typer.confirm("Write this?", abort=True, err=True)
    scheduling.write(planned)
    answer(f"Written; roc collects and reports every {plan.every.value} at {at}.")
    _tell("To switch it on:", planned.on)


def _plan(every: str, at: str, out: Path | None, config: Path | None) -> "Plan":
    from roc.config import default_path
    from roc.errors import ConfigError
    from roc.workflows import scheduling

    path = (config or default_path()).absolute()
    if not path.exists():
        raise ConfigError(f"There is no config {path}.", hint="make one with: roc init")
    chosen = settings(path, None)
    hour, _, minute = at.partition(":")
    in_digits = hour.isdecimal() and minute.isdecimal() and len(minute) == 2
    if not (in_digits and int(hour) < 24 and int(minute) < 60):
        raise ConfigError(f"{at!r} is no time of the day.", hint="write it as 07:30.")
    folder = out or Path(chosen.report.folder or chosen.graph_file.parent / "reports")
    return scheduling.Plan(
        config=path,
        folder=folder.absolute(),
        every=_one_of(scheduling.Every, every, "--every"),
        hour=int(hour),
        minute=int(minute),
        mail=bool(chosen.mail.host and chosen.mail.to),
    )


def _one_of(words: type[Word], told: str, option: str) -> Word:
    """A word of an enumeration, as it was typed."""
    from roc.errors import ConfigError

    try:
        return words(told)
    except ValueError as error:
        known = ", ".join(str(word.value) for word in words)
        raise ConfigError(f"{told!r} is not for {option}.", hint=f"known: {known}.") from error


def _show(planned: "Schedule") -> None:
    for file, told in planned.files:
        answer(f"--- {file}")
        for line in told.splitlines():
            answer(line)
    if planned.line:
        answer("--- a line in your crontab")
        answer(planned.line)


def _tell(what: str, commands: tuple[str, ...]) -> None:
    if commands:
        remark(what)
    for command in commands:
        remark(f"  {command}")
