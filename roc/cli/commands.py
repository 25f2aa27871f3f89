"""The commands: each reads its arguments, calls one workflow and prints what it answers."""

from typing import Annotated

import typer

from roc import __version__
from roc.cli import collecting, people, reporting
from roc.cli.options import (
    AsOfOption,
    ConfigOption,
    EgoOption,
    GraphOption,
    JsonOption,
    day,
    settings,
)
from roc.cli.printing import answer, as_it_is, as_json, number, remark, table

app = typer.Typer(
    name="roc",
    help="Return on Connections: who knows and trusts you, and what came back.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(people.app, name="people")


def _version(wanted: bool) -> None:
    if wanted:
        answer(f"roc {__version__}")
        raise typer.Exit


@app.callback()
def _roc(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Return on Connections: who knows and trusts you, and what came back."""
    if context.invoked_subcommand is None:
        as_it_is(context.get_help() + "\n")


@app.command(epilog="Example: roc init --name 'Ana López' --me email:ana@example.org")
def init(
    name: Annotated[str, typer.Option(metavar="NAME", help="What reports call you.")] = "",
    me: Annotated[
        list[str] | None,
        typer.Option(
            "--me", metavar="ACCOUNT", help="An account of yours, as email:you@example.org."
        ),
    ] = None,
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Write a first config and make an empty graph; prints where they are."""
    from roc.config import default_path
    from roc.workflows import keeping

    kept = keeping.init(
        config or default_path(),
        name=name,
        accounts=tuple(me or ()),
        graph="" if graph is None else str(graph),
    )
    if json:
        as_json(kept)
        return
    answer(f"config   {kept.config}")
    answer(f"graph    {kept.graph}")
    answer(f"journal  {kept.journal}")
    if not me:
        remark("Add your addresses to [me] accounts in the config before you collect mail.")


app.command(
    epilog="Examples: roc collect ~/Downloads/Basic_LinkedInDataExport.zip inbox.mbox\n\n"
    "roc collect table acts.csv.gz --map from=src --map to=dst --map at=t\n\nroc collect x"
)(collecting.collect)
app.command(
    epilog="Example: roc log 'me -> ana, ben dinner #q1 cost 420'",
    context_settings={"ignore_unknown_options": True},
)(collecting.log)


@app.command(epilog="Example: roc score --as-of 2026-03-01")
def score(
    limit: Annotated[int, typer.Option(metavar="N", help="How many ties to print.", min=1)] = 20,
    as_of: AsOfOption = "",
    ego: EgoOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Measure every tie, keep the scores as a snapshot, and print the strongest."""
    from roc.workflows import measuring

    view, rows = measuring.score(settings(config, graph), as_of=day(as_of), ego=ego)
    if json:
        as_json({"day": day(as_of), "network": view.measures.network, "ties": rows})
        return
    network = view.measures.network
    answer(f"RoC score {number(network.roc_score)} of 100: the share of what you put in that")
    answer("goes where it comes back.")
    answer(f"Who knows and trusts you: {number(network.known_and_trusted, 1)}")
    answer(f"Two-way ties: {network.two_way_ties} of {network.people} people.")
    _print_ties(rows[:limit])
    if len(rows) > limit:
        remark(f"… and {len(rows) - limit} more; see --limit, or roc export.")


@app.command(epilog="Examples: roc who\n\nroc who acme")
def who(
    words: Annotated[
        str,
        typer.Argument(
            metavar="WORDS", help="A part of a name, an organisation, an account or a tag."
        ),
    ] = "",
    limit: Annotated[int, typer.Option(metavar="N", help="How many people to print.", min=1)] = 20,
    as_of: AsOfOption = "",
    ego: EgoOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Who knows and trusts you, most first; in an organisation or of a name, if you say which."""
    from roc.workflows import measuring

    rows = measuring.who(settings(config, graph), words, as_of=day(as_of), ego=ego)
    if json:
        as_json(rows)
        return
    if not rows:
        answer(f"Nobody who matches {words!r} has reached you yet.")
        return
    _print_ties(rows[:limit])


@app.command(epilog="Example: roc explain ana")
def explain(
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="A name, a part of one, or an account.")
    ],
    as_of: AsOfOption = "",
    ego: EgoOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Why a tie has the scores it has: its parts, the days behind them, what would change them."""
    from roc.workflows import explaining

    told = explaining.explain(settings(config, graph), person, as_of=day(as_of), ego=ego)
    if json:
        as_json(told)
        return
    for line in explaining.lines(told):
        answer(line)


app.command(epilog="Example: roc report --out reports/")(reporting.report)
app.command(epilog="Example: roc audit --out reports/")(reporting.audit)
app.command(epilog="Example: roc project 2026-01-01 2026-06-30 --tag launch --out reports/")(
    reporting.project
)
app.command(epilog="Example: roc export --format graphml network.graphml")(reporting.export)
app.command(epilog="Example: roc demo --folder demo")(reporting.demo)


@app.command(epilog="Example: roc doctor")
def doctor(
    config: ConfigOption = None, graph: GraphOption = None, json: JsonOption = False
) -> None:
    """Look whether the graph file is sound, what it holds and what could not be read."""
    from roc.workflows import keeping

    health = keeping.doctor(settings(config, graph))
    if json:
        as_json(health)
    else:
        answer(
            f"{health.graph}: {health.bytes / 2**20:.1f} MiB, {health.people} people, "
            f"scores kept {health.snapshots} times"
        )
        table(
            ("source", "acts", "undated", "first", "last", "problems"),
            [
                (
                    row.source,
                    str(row.acts),
                    str(row.undated),
                    str(row.first or "none"),
                    str(row.last or "none"),
                    str(row.problems),
                )
                for row in health.sources
            ],
            numbers=(1, 2, 5),
        )
        for source, export, place, code, detail in health.problems[:20]:
            where = place if place.startswith(export) else f"{export} {place}"
            answer(f"problem  {source} {where}: {detail} ({code})")
        if len(health.problems) > 20:
            remark(f"… and {len(health.problems) - 20} more problems; see --json.")
        if len(health.currencies) > 1:
            told = " and ".join(health.currencies)
            remark(f"Costs in {told} are added up as they stand: write them in one currency.")
        if health.keep_years:
            answer(
                f"acts are kept for {health.keep_years:g} years; the oldest is of {health.oldest}"
            )
        if not health.erased:
            remark(
                "Traces of what was removed are still in the file: another process has it open, "
                "or the disk has no room for a second copy. Run roc doctor again."
            )
        answer("The file is sound." if health.sound else "The file is NOT sound:")
        for finding in health.findings:
            answer(f"  {finding}")
    if not health.sound:
        raise typer.Exit(1)


def _print_ties(rows: "list[measuring.TieRow]") -> None:  # type: ignore[name-defined]  # noqa: F821
    table(
        (
            "person",
            "strength",
            "90 %",
            "state",
            "alive",
            "trust",
            "knows & trusts",
            "points",
            "last",
        ),
        [
            (
                row.name,
                number(row.strength),
                f"{number(row.strength_low)}–{number(row.strength_high)}",
                row.state + (", fading" if row.fading else ""),
                number(100 * row.alive) + (" %" if row.alive == row.alive else ""),
                number(row.trust, 2),
                number(row.known_and_trusted, 2),
                number(row.points, 1),
                str(row.last_contact or "none"),
            )
            for row in rows
        ],
        numbers=(1, 2, 4, 5, 6, 7),
    )
