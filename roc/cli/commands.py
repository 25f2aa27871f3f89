"""The commands: each reads its arguments, calls one workflow and prints what it answers."""

from typing import Annotated

import typer

from roc import __version__
from roc.cli import benching, collecting, connecting, people, reporting, safety, scheduling
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
app.add_typer(benching.app, name="bench")


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

    chosen = settings(config, graph)

    view, rows = measuring.score(chosen, as_of=day(as_of, chosen), ego=ego)
    if json:
        as_json({"day": day(as_of, chosen), "network": view.measures.network, "ties": rows})
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

    chosen = settings(config, graph)

    rows = measuring.who(chosen, words, as_of=day(as_of, chosen), ego=ego)
    if json:
        as_json(rows)
        return
    if not rows:
        answer(f"Nobody who matches {words!r} has reached you yet.")
        return
    _print_ties(rows[:limit])


@app.command("next", epilog="Example: roc next")
def next_steps(
    limit: Annotated[int, typer.Option(metavar="N", help="How many acts to print.", min=1)] = 10,
    as_of: AsOfOption = "",
    ego: EgoOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """What to do next: the acts that are expected to raise your return most, one a person."""
    from roc.workflows import next_steps

    chosen = settings(config, graph)

    rows = next_steps.steps(chosen, as_of=day(as_of, chosen), ego=ego, limit=limit)
    if json:
        as_json(rows)
        return
    if not rows:
        answer("Nothing is due: nobody waits for you, and nobody is silent for longer than usual.")
        return
    table(
        ("person", "do", "because", "they answer", "points"),
        [
            (
                row.name,
                "answer" if row.answers else "write",
                f"waits for {row.waits_days:.0f} days"
                if row.answers
                else f"silent for {row.silence_days:.0f} days, usually {row.gap_days:.0f}",
                f"{100 * row.chance:.0f} %",
                f"+{row.points:.2f}",
            )
            for row in rows
        ],
        numbers=(3, 4),
    )


@app.command(epilog="Examples: roc path acme\n\nroc path 'Dara Lim'")
def path(
    words: Annotated[
        str,
        typer.Argument(
            metavar="WORDS", help="A part of a name, an organisation, an account or a tag."
        ),
    ],
    limit: Annotated[int, typer.Option(metavar="N", help="How many paths to print.", min=1)] = 5,
    as_of: AsOfOption = "",
    ego: EgoOption = "",
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Who might introduce you: the warmest paths to a person or an organisation."""
    from roc.workflows import pathfinding

    chosen = settings(config, graph)
    rows = pathfinding.paths(chosen, words, as_of=day(as_of, chosen), ego=ego, limit=limit)
    if json:
        as_json(rows)
        return
    if not rows:
        answer(f"No path of three ties or fewer leads to {words!r}.")
        return
    table(
        ("path", "organisation", "warmth", "rests on the first"),
        [
            (
                " → ".join(row.names[1:]),
                row.organisation,
                f"{100 * row.warmth:.0f} %",
                f"{row.load} strangers" if row.load else "",
            )
            for row in rows
        ],
        numbers=(2,),
    )


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

    chosen = settings(config, graph)

    told = explaining.explain(chosen, person, as_of=day(as_of, chosen), ego=ego)
    if json:
        as_json(told)
        return
    for line in explaining.lines(told):
        answer(line)


app.command(epilog="Examples: roc evaluate\n\nroc evaluate --drop")(benching.evaluate)
app.command(epilog="Example: roc report --out reports/")(reporting.report)
app.command(epilog="Example: roc audit --out reports/")(reporting.audit)
app.command(epilog="Example: roc project 2026-01-01 2026-06-30 --tag launch --out reports/")(
    reporting.project
)
app.command(epilog="Example: roc budget --tag dinner --out reports/")(reporting.budget)
app.command(epilog="Example: roc outcomes --out reports/")(reporting.outcomes)
app.command(epilog="Example: roc export --format graphml network.graphml")(reporting.export)
app.command(epilog="Example: roc simulate world/ --effect 0")(benching.simulate)
app.command(epilog="Example: roc demo --folder demo")(reporting.demo)


app.command(
    epilog="Examples: roc connect\n\nroc connect mastodon --address https://mastodon.example\n\n"
    "roc connect email --name work --address imaps://imap.example.org --user ana@example.org"
)(connecting.connect)
app.command(epilog="Example: roc disconnect mastodon")(connecting.disconnect)
app.command(epilog="Examples: roc schedule\n\nroc schedule --every day --at 06:15")(
    scheduling.schedule
)
app.command(epilog="Examples: roc backup\n\nroc backup /media/usb/me.graph")(safety.backup)
app.command(epilog="Example: roc doctor")(safety.doctor)


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
