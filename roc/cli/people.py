"""The commands about people: list, review, merge, split, mute, tag, forget, and undo that."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from roc.cli.options import ConfigOption, GraphOption, JsonOption, settings
from roc.cli.printing import answer, as_it_is, as_json, remark, table

if TYPE_CHECKING:
    from roc.config import Config
    from roc.workflows.keeping import Doubtful, PersonRow

app = typer.Typer(
    help="Who is in the graph, and which accounts are whose.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _people(context: typer.Context) -> None:
    """Who is in the graph, and which accounts are whose."""
    if context.invoked_subcommand is None:
        as_it_is(context.get_help() + "\n")


PersonArgument = Annotated[
    str,
    typer.Argument(
        metavar="PERSON", help="A name, a part of one, or an account as email:ana@example.org."
    ),
]


@app.command("list", epilog="Example: roc people list acme")
def list_people(
    words: Annotated[
        str,
        typer.Argument(
            metavar="WORDS", help="A part of a name, an organisation, an account or a tag."
        ),
    ] = "",
    limit: Annotated[int, typer.Option(metavar="N", help="How many people to print.", min=1)] = 50,
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """List people with all their accounts."""
    from roc.workflows import keeping

    rows = keeping.people(settings(config, graph), words)
    if json:
        as_json(rows)
        return
    table(
        ("person", "organisation", "accounts", "tags", ""),
        [
            (
                row.name,
                row.organisation,
                ", ".join(row.accounts),
                " ".join(row.tags),
                f"set aside ({row.set_aside})" if row.set_aside else "",
            )
            for row in rows[:limit]
        ],
    )
    if len(rows) > limit:
        remark(f"… and {len(rows) - limit} more; see --limit.")


@app.command(epilog="Example: roc people merge 'Ana López' x:12345")
def merge(
    one: PersonArgument,
    other: PersonArgument,
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Hold two people to be one."""
    from roc.workflows import keeping

    chosen = settings(config, graph)
    keeping.merge(chosen, one, other)
    _tell(
        chosen,
        one,
        f"{one} and {other} are one person now; undo it with: roc people undo",
        json=json,
    )


@app.command(epilog="Example: roc people review")
def review(
    limit: Annotated[int, typer.Option(metavar="N", help="How many to look at.", min=1)] = 20,
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Look through people who may be one, and say of each whether they are.

    In a terminal each is asked about; otherwise they are listed. Nothing is merged unless you say
    so, and what you say can be undone.
    """
    from roc.workflows import keeping

    chosen = settings(config, graph)
    doubtful = keeping.review(chosen)
    if json:
        as_json(doubtful[:limit])
    elif not doubtful:
        answer("Nobody looks like somebody else.")
    elif sys.stdin.isatty():
        _ask_about(chosen, doubtful[:limit])
    else:
        table(
            ("sure", "one", "other", "because"),
            [
                (_percent(pair), _who(pair.one), _who(pair.other), "; ".join(pair.reasons))
                for pair in doubtful[:limit]
            ],
        )
    if len(doubtful) > limit:
        remark(f"… and {len(doubtful) - limit} more; see --limit.")


@app.command(epilog="Example: roc people apart 'Jan Nowak' email:jan@example.org")
def apart(
    one: PersonArgument,
    other: PersonArgument,
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Hold two people to be different: they are not suggested again."""
    from roc.workflows import keeping

    chosen = settings(config, graph)
    keeping.keep_apart(chosen, one, other)
    _tell(
        chosen,
        one,
        f"{one} and {other} are two people; undo it with: roc people undo",
        json=json,
    )


@app.command(epilog="Example: roc people split x:12345")
def split(
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="The account, as x:12345.")],
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Hold an account to be a person of its own."""
    from roc.workflows import keeping

    chosen = settings(config, graph)
    keeping.split(chosen, account)
    _tell(
        chosen,
        account,
        f"{account} is a person of its own now; undo it with: roc people undo",
        json=json,
    )


@app.command(epilog="Example: roc people undo")
def undo(
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Undo your last decision: a merge, a split, a muting or a tag; again for the one before."""
    from roc.workflows import keeping

    undone = keeping.undo(settings(config, graph))
    if json:
        as_json(undone)
    else:
        answer(f"Undone: {undone.decision} of {', '.join(undone.accounts)}.")


@app.command(epilog="Example: roc people mute ben")
def mute(
    person: PersonArgument,
    undo: Annotated[bool, typer.Option("--undo", help="Take the person in again.")] = False,
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Leave a person out of scores and reports; nothing is lost."""
    from roc.workflows import keeping

    chosen = settings(config, graph)
    keeping.mute(chosen, person, muted=not undo)
    _tell(
        chosen,
        person,
        f"{person} is {'taken in again' if undo else 'left out of scores and reports'}.",
        json=json,
    )


@app.command(epilog="Example: roc people tag ana launch client")
def tag(
    person: PersonArgument,
    words: Annotated[list[str], typer.Argument(metavar="TAG", help="Your words for the person.")],
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Keep your own words for a person."""
    from roc.workflows import keeping

    chosen = settings(config, graph)
    keeping.tag(chosen, person, words)
    _tell(chosen, person, f"{person} is tagged {' '.join(words)}.", json=json)


@app.command(epilog="Example: roc people forget ben --yes")
def forget(
    person: PersonArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Remove a person for good: accounts, acts, ties and scores. No import brings them back."""
    from roc.workflows import keeping

    chosen = settings(config, graph)
    row = keeping.person(chosen, person)
    who = f"{row.name} ({', '.join(row.accounts)})"
    if not yes:
        typer.confirm(f"Forget {who} for good? This cannot be undone.", abort=True, err=True)
    overwritten = keeping.forget(chosen, row.person)
    if json:
        as_json({"forgotten": row, "overwritten": overwritten})
        return
    if not overwritten:
        remark("Another roc has the graph open; the last traces go when it ends.")
    remark(f"That was {who}.")
    answer("Forgotten. Reports written before, and the exports themselves, are yours to delete.")


def _ask_about(config: "Config", doubtful: "Sequence[Doubtful]") -> None:
    """Ask about each pair; who was merged meanwhile is not asked about again."""
    from roc.errors import UnknownPerson
    from roc.workflows import keeping

    for place, pair in enumerate(doubtful, start=1):
        answer(f"\n{place} of {len(doubtful)}   {_percent(pair)} sure: {'; '.join(pair.reasons)}")
        answer(f"  {_who(pair.one)}")
        answer(f"  {_who(pair.other)}")
        said = ""
        while said not in {"y", "n", "l", "q"}:
            said = typer.prompt("  One person? (y)es, (n)o, (l)ater, (q)uit", default="l")[:1]
        if said == "q":
            break
        try:
            if said == "y":
                keeping.accept(config, pair)
            elif said == "n":
                keeping.keep_apart(config, pair.one.person, pair.other.person)
        except UnknownPerson as error:  # decided already by an answer before
            remark(f"  {error.message}")
    answer("\nTake back the last answer with: roc people undo")


def _who(row: "PersonRow") -> str:
    told = f"{row.name} ({', '.join(row.accounts)})"
    return f"{told}, {row.organisation}" if row.organisation else told


def _percent(pair: "Doubtful") -> str:
    return f"{100 * pair.confidence:.0f} %"


def _tell(config: "Config", words: str, said: str, *, json: bool) -> None:
    """What has become of a person: in JSON who they are now, else a sentence."""
    from roc.workflows import keeping

    if json:
        as_json(keeping.person(config, words))
    else:
        answer(said)
