"""The commands about keeping in touch: with whom how often, whom not to be told of, whom always."""

from typing import Annotated

import typer

from roc.cli.options import AsOfOption, ConfigOption, GraphOption, JsonOption, day, settings
from roc.cli.telling import PersonArgument, tell
from roc.graph.records import CareWord
from roc.reports.text import day as date_of
from roc.reports.text import day_number, long_date, span

LengthArgument = Annotated[
    str, typer.Argument(metavar="LENGTH", help="How long, as 10d, 4w, 3m or 1y.")
]
OffOption = Annotated[bool, typer.Option("--off", help="Take back what you said.")]


def cadence(
    person: PersonArgument,
    length: LengthArgument = "",
    off: OffOption = False,
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Say how often you want to be in touch with somebody; any contact sets the clock back."""
    from roc.workflows import keeping

    days = None if off else keeping.length(length)
    chosen = settings(config, graph)
    keeping.care(chosen, person, CareWord.CADENCE, days)
    wish = "has no rhythm of yours any more" if days is None else f"is due every {span(days)}"
    tell(chosen, person, f"{person} {wish}.", json=json)


def snooze(
    person: PersonArgument,
    length: LengthArgument = "",
    off: OffOption = False,
    as_of: AsOfOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Suggest nobody's name for a while: nothing is asked of you about them until then."""
    from roc.workflows import keeping

    chosen = settings(config, graph)
    until = None if off else day_number(day(as_of, chosen)) + keeping.length(length)
    keeping.care(chosen, person, CareWord.SNOOZE, until)
    when = "again from now on" if until is None else f"from {long_date(date_of(until))} on"
    tell(chosen, person, f"{person} is suggested {when}.", json=json)


def pin(
    person: PersonArgument,
    off: OffOption = False,
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Keep somebody in view: every report tells how it stands with them."""
    from roc.workflows import keeping

    chosen = settings(config, graph)
    keeping.care(chosen, person, CareWord.PIN, None if off else 1)
    tell(chosen, person, f"{person} is {'not ' if off else ''}kept in view.", json=json)
