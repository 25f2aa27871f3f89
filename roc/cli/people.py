"""The commands about people: list, review, merge, split, mute, tag, care, forget, and undo that."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roc.cli import caring, reviewing
from roc.cli.options import ConfigOption, GraphOption, JsonOption, settings
from roc.cli.printing import answer, as_it_is, as_json, plain, remark, table
from roc.cli.telling import PersonArgument, tell, traces_left

if TYPE_CHECKING:
    from roc.config import Config
    from roc.workflows.forgetting import Forgotten, Found

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
    tell(
        chosen,
        one,
        f"{one} and {other} are one person now; undo it with: roc people undo",
        json=json,
    )


app.command(epilog="Example: roc people review")(reviewing.review)
app.command(epilog="Example: roc people apart 'Jan Nowak' email:jan@example.org")(reviewing.apart)


app.command(epilog="Example: roc people cadence ana 4w")(caring.cadence)
app.command(epilog="Example: roc people snooze ana 2w")(caring.snooze)
app.command(epilog="Example: roc people pin ana")(caring.pin)


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
    tell(
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
    """Undo your last decision: a merge, a split, a muting, a tag …; again for the one before."""
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
    tell(
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
    tell(chosen, person, f"{person} is tagged {' '.join(words)}.", json=json)


@app.command(epilog="Example: roc people forget ben --yes --outputs")
def forget(
    person: PersonArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    outputs: Annotated[
        bool,
        typer.Option("--outputs", help="Delete reports and exports of roc's that name them, too."),
    ] = False,
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Remove a person for good: accounts, acts, ties and scores. No import brings them back."""
    from roc.workflows import forgetting

    chosen = settings(config, graph)
    found = forgetting.find(chosen, person)
    rows = (found.person, *found.others)
    who = " and ".join(f"{row.name} ({', '.join(row.accounts)})" for row in rows)
    if found.others:
        remark("Some of these accounts are the same, spelt differently; whose they are goes, too.")
    if not yes:
        typer.confirm(f"Forget {who} for good? This cannot be undone.", abort=True, err=True)
    written = found.traces.outputs
    if written and not outputs and not yes:
        _list("roc wrote, and named them in:", written)
        outputs = typer.confirm("Delete these files, too?", default=False, err=True)
    done = forgetting.forget(chosen, found, outputs=outputs)
    if json:
        as_json(
            {"forgotten": found.person, "others": found.others} | plain(found.traces) | plain(done)
        )
        return
    remark(f"That was {who}.")
    _tell_what_is_left(chosen, found, done)
    answer("Forgotten. Exports that name them, and copies made elsewhere, are yours to delete.")


def _tell_what_is_left(config: "Config", found: "Found", done: "Forgotten") -> None:
    """What still names somebody who was forgotten."""
    traces = found.traces
    if not done.overwritten:
        remark(f"Traces are left {traces_left(config)}")
    _list("deleted:", done.deleted)
    kept = [file for file in traces.outputs if file not in done.deleted]
    _list("written by roc, and still names them (roc deletes it with --outputs):", kept)
    _list("written by roc and changed since; look after it yourself:", traces.changed)
    _list("a backup, which may hold them; delete it yourself:", traces.backups)
    _list("your journal names them; what is yours is not edited:", traces.journal)
    if found.namesakes:
        remark(f"Others are called so, and stay: {', '.join(found.namesakes)}.")


def _list(what: str, files: Sequence[Path]) -> None:
    for file in files:
        remark(f"{what} {file}")
