"""How people are named on the command line, and how it tells what became of them."""

from typing import TYPE_CHECKING, Annotated

import typer

from roc.cli.printing import answer, as_json

if TYPE_CHECKING:
    from roc.config import Config

PersonArgument = Annotated[
    str,
    typer.Argument(
        metavar="PERSON", help="A name, a part of one, or an account as email:ana@example.org."
    ),
]


def traces_left(config: "Config") -> str:
    """Where what was removed can still be read, why, and what ends that."""
    if config.store.url:
        return (
            "in the tables on the server: somebody else reads them, its disk has no room for a "
            "second copy, or they are another role's. Their owner erases them with: roc doctor"
        )
    return (
        "in the bytes of the graph file: another process has it open, or the disk has no room "
        "for a second copy. roc doctor, or the next roc collect, erases them."
    )


def tell(config: "Config", words: str, said: str, *, json: bool) -> None:
    """What has become of a person: in JSON who they are now, else a sentence."""
    from roc.workflows import keeping

    if json:
        as_json(keeping.person(config, words))
    else:
        answer(said)
