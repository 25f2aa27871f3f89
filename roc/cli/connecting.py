"""The commands that sign in to live sources and out of them: connect and disconnect."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from roc.cli.options import ConfigOption, GraphOption, JsonOption, now, settings
from roc.cli.printing import answer, as_json, remark, table

if TYPE_CHECKING:
    from roc.collectors.base import SignIn
    from roc.config import Config
    from roc.workflows.connections import Connection


def connect(
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="Where to sign in; left out, a list is shown.")
    ] = "",
    name: Annotated[
        str,
        typer.Option(metavar="NAME", help="What to call it, where there are several of a source."),
    ] = "",
    address: Annotated[
        str, typer.Option(metavar="URL", help="Where your server is, if the source has many.")
    ] = "",
    user: Annotated[
        str, typer.Option(metavar="USER", help="The name you sign in with, if one is needed.")
    ] = "",
    client: Annotated[
        str, typer.Option(metavar="ID", help="The client id of your own app, if one is needed.")
    ] = "",
    by_hand: Annotated[
        bool,
        typer.Option("--by-hand", help="Paste a token, even where the source has a sign-in page."),
    ] = False,
    in_file: Annotated[
        bool,
        typer.Option(
            "--in-file", help="Keep the token in a file of yours, not in the system's keyring."
        ),
    ] = False,
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Sign in to a live source; the token is tried once, and put into the system's keyring."""
    from roc.workflows import signing_in

    chosen = settings(config, graph)
    if not source:
        _list(chosen, json=json)
        return
    way = signing_in.sign_in(source)
    on_page = bool(way.oauth) and not by_hand and sys.stdin.isatty()
    told = signing_in.Told(
        source=source,
        name=name,
        address=address or _asked(way.asks_address),
        user=user or _asked(way.asks_user),
        secret="" if on_page else _secret(way),
        client=client or (_client(way) if on_page else ""),
        in_file=in_file,
    )
    done = signing_in.connect(chosen, told, now=now(), show=_show)
    if json:
        as_json(done)
        return
    answer(_sentence(done.connection))
    if done.lacking:
        remark(f"The token lacks {', '.join(done.lacking)}: what needs that is left out.")


def disconnect(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The connection to end.")],
    config: ConfigOption = None,
    graph: GraphOption = None,
) -> None:
    """Sign out: the token is removed from the keyring, or from its file."""
    from roc.workflows import signing_in

    gone = signing_in.disconnect(settings(config, graph), name)
    answer(f"{gone.name} is not connected any more; what was collected stays.")
    remark(f"{signing_in.sign_in(gone.source).name} itself still knows the token: revoke it there.")


def _list(config: "Config", *, json: bool) -> None:
    """What is connected, and what can be."""
    from roc.collectors.registry import live_sources
    from roc.workflows.connections import connections

    made = connections(config)
    if json:
        as_json(made)
        return
    if made:
        head = ("name", "source", "account", "token in", "until")
        table(head, [(c.name, c.source, c.account, c.kept_in, _day(c)) for c in made])
    answer(f"Sources to sign in to: {', '.join(live_sources())}.")


def _secret(way: "SignIn") -> str:
    """The token: typed unseen, or the first line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    _tell_steps(way)
    return str(typer.prompt(f"Your {way.secret}", hide_input=True, err=True)).strip()


def _client(way: "SignIn") -> str:
    """The id of the owner's own app, where the source has no other way in."""
    if way.oauth is None or way.oauth.register:
        return ""
    _tell_steps(way)
    return _asked("Your app's client ID")


def _tell_steps(way: "SignIn") -> None:
    for number, step in enumerate(way.steps, 1):
        remark(f"{number}. {step}")
    if way.page:
        remark(f"Page: {way.page}")


def _asked(question: str) -> str:
    """The owner's answer; empty where there is nothing to ask, or nobody to answer."""
    if not question or not sys.stdin.isatty():
        return ""
    return str(typer.prompt(question, err=True)).strip()


def _show(page: str) -> None:
    """Open a page of the source, and tell its address to whoever has no browser here."""
    import webbrowser

    remark("Agree on this page; it opens in your browser if there is one:")
    remark(page)
    webbrowser.open(page)


def _sentence(made: "Connection") -> str:
    until = f" until {_day(made)}" if made.expires else ""
    whose = f" as {made.account}" if made.account else ""
    return f"{made.name} is connected{whose}; the token is in the {made.kept_in}{until}."


def _day(made: "Connection") -> str:
    return made.expires[:10]
