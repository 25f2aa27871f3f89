"""The commands about people who may be one: review asks about them, apart says they are not."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from roc.cli.options import ConfigOption, GraphOption, JsonOption, settings
from roc.cli.printing import answer, as_json, remark, table
from roc.cli.telling import PersonArgument, tell

if TYPE_CHECKING:
    from roc.config import Config
    from roc.workflows.keeping import Doubtful, PersonRow


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
    tell(
        chosen,
        one,
        f"{one} and {other} are two people; undo it with: roc people undo",
        json=json,
    )


def _ask_about(config: "Config", doubtful: "Sequence[Doubtful]") -> None:
    """Ask about each pair; who was merged meanwhile is not asked about again."""
    from roc.errors import UnknownPerson
    from roc.workflows import keeping

    for place, pair in enumerate(doubtful, start=1):
        answer(f"\n{place} of {len(doubtful)}   {_percent(pair)} sure: {'; '.join(pair.reasons)}")
        answer(f"  {_who(pair.one)}")
        answer(f"  {_who(pair.other)}")
        said = _said("  One person? (y)es, (n)o, (l)ater, (q)uit [l]: ")
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


def _said(question: str) -> str:
    """The first letter of an answer that was offered; later where nothing is said."""
    said = ""
    while said not in {"y", "n", "l", "q"}:
        try:
            said = input(question).strip().lower()[:1] or "l"
        except EOFError:  # Ctrl-D
            said = "q"
    return said


def _who(row: "PersonRow") -> str:
    told = f"{row.name} ({', '.join(row.accounts)})"
    return f"{told}, {row.organisation}" if row.organisation else told


def _percent(pair: "Doubtful") -> str:
    return f"{100 * pair.confidence:.0f} %"
