"""The commands that bring acts into the graph: collect and log."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roc.cli.asking import ask, asked_for, status_of
from roc.cli.options import ConfigOption, GraphOption, JsonOption, now, settings
from roc.cli.printing import answer, as_json, progress, remark, shortened
from roc.cli.tally import sentence

if TYPE_CHECKING:
    from roc.collectors.base import Options
    from roc.collectors.finding import Finding, Found
    from roc.config import Config
    from roc.errors import RocError
    from roc.workflows.collecting import Collected

_MOST_UNREAD = 12  # of one folder, told one by one


def collect(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE|PATH", help="Exports to read, or a live source to ask."),
    ] = None,
    source: Annotated[
        str,
        typer.Option(metavar="SOURCE", help="Whose export it is; judged by content if left out."),
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="ROLE=COLUMN", help="For tables: from=src, to=dst, at=t …"),
    ] = None,
    name: Annotated[
        str, typer.Option(metavar="NAME", help="For tables: the source to keep rows under.")
    ] = "",
    date_order: Annotated[
        str,
        typer.Option(
            metavar="dmy|mdy|ymd", help="For chats whose dates do not tell day from month."
        ),
    ] = "",
    max_cost: Annotated[
        float | None,
        typer.Option(metavar="DOLLARS", help="Dollars that asking a source may cost.", min=0),
    ] = None,
    max_wait: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help="Seconds to wait when a source asks to.", min=0),
    ] = None,
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Read exports, or ask a live source, and keep what is new; reading twice adds nothing."""
    from roc.errors import CollectError

    chosen = _within(settings(config, graph), max_cost, max_wait)
    names = asked_for(chosen, what or [], source)
    try:
        if names:
            failures = ask(chosen, names, json=json)
        else:
            failures = _read_all(
                chosen, what or [], source, _options(columns or [], name, date_order), json
            )
    except CollectError:  # the years go by, whatever a source refuses
        _keep_to_limit(chosen)
        raise
    _keep_to_limit(chosen)
    for error in failures:
        remark(f"roc: {error.message}")
        remark(f"     {error.hint}")
    if failures:
        raise typer.Exit(status_of(failures))


def log(
    line: Annotated[
        list[str],
        typer.Argument(
            metavar="LINE", help="What happened, as: me -> ana, ben dinner #q1 cost 420"
        ),
    ],
    config: ConfigOption = None,
    graph: GraphOption = None,
    json: JsonOption = False,
) -> None:
    """Write a line into the journal: what happened offline. Without a date it is today's."""
    from roc.workflows import collecting

    chosen = settings(config, graph)
    done = collecting.log(chosen, " ".join(line), now=now())
    if json:
        as_json(done)
    else:
        answer(f"Written into {chosen.journal_file}.")


def _read_all(
    config: "Config", what: list[str], source: str, options: "Options", json: bool
) -> "list[RocError]":
    """Read the exports that were named; what could not be read is handed back."""
    from roc.errors import RocError
    from roc.workflows import collecting

    source, paths = _told(what, source)
    done: list[Collected] = []
    failures: list[RocError] = []

    def told(collected: "Collected") -> None:
        done.append(collected)
        if not json:
            answer(sentence(collected))
        if not collected.yours:
            remark(
                f"None of what {collected.source} holds is yours, as far as is known: add your "
                'account to [me] accounts in the config, as "email:you@example.org".'
            )

    for found in _found(paths, source, failures):
        tally = collecting.begun(found)
        try:
            told(_read(config, found, options, tally))
        except RocError as failure:
            failures.append(failure)
            if tally != collecting.begun(found):  # what came before the failure is kept
                told(tally)
    if len(failures) == 1 and not done:
        raise failures[0]
    if json:
        as_json(done)
    return failures


def _keep_to_limit(config: "Config") -> None:
    """Remove what is older than the owner wants, and say so."""
    from roc.reports.text import counted
    from roc.workflows import collecting

    removed, doubt = collecting.keep_to_limit(config, now=now())
    if removed.acts or removed.accounts or removed.snapshots or removed.outcomes:
        gone = [
            counted(removed.acts, "act"),
            counted(removed.accounts, "account") + " without any",
            counted(removed.snapshots, "snapshot"),
        ]
        if removed.outcomes:
            gone.append(counted(removed.outcomes, "outcome"))
        remark(f"Removed for their age ([store] keep_years): {', '.join(gone)}.")
    if doubt:
        remark(doubt)


def _told(what: list[str], source: str) -> tuple[str, list[Path]]:
    """The source and the exports, as in ``table acts.csv``, ``inbox.mbox`` or ``x``."""
    from roc.collectors.registry import sources

    if not source and what[0] in sources() and not Path(what[0]).exists():
        return what[0], [Path(word) for word in what[1:]]
    return source, [Path(word) for word in what]


def _within(config: "Config", max_cost: float | None, max_wait: float | None) -> "Config":
    from dataclasses import replace

    limits = config.collect
    if max_cost is not None:
        limits = replace(limits, max_cost=max_cost)
    if max_wait is not None:
        limits = replace(limits, max_wait_seconds=max_wait)
    return replace(config, collect=limits)


def _options(columns: list[str], name: str, date_order: str) -> "Options":
    """What the owner tells the collector."""
    from roc.collectors.base import Options
    from roc.errors import ConfigError

    pairs = [column.partition("=") for column in columns]
    if not all(role and equals and column for role, equals, column in pairs):
        raise ConfigError("A column is mapped as ROLE=COLUMN.", hint="for example: --map from=src")
    if date_order not in ("", "dmy", "mdy", "ymd"):
        raise ConfigError(
            f"{date_order!r} is no order of day, month and year.",
            hint="it is dmy (31/12/2025), mdy (12/31/2025) or ymd (2025/12/31).",
        )
    mapped = {role: column for role, _, column in pairs}
    return Options(columns=mapped, source=name, date_order=date_order)


def _found(paths: list[Path], source: str, failures: "list[RocError]") -> "Iterator[Found]":
    """The exports at some paths; what was found is told before any of it is read."""
    from roc.errors import RocError
    from roc.workflows import collecting

    exports: list[Found] = []
    with progress() as told:
        findings = list(collecting.find(paths, source, told=told))
    for path, finding in findings:
        if isinstance(finding, RocError):
            failures.append(finding)
            continue
        exports += finding.exports
        if len(finding.exports) > 1 or path.is_dir():
            _tell_what_was_found(path, finding)
        for unread in finding.unread[:_MOST_UNREAD]:
            remark(f"Not read: {shortened(unread.label)}: {unread.reason}")
        if len(finding.unread) > _MOST_UNREAD:
            remark(f"Not read: {len(finding.unread) - _MOST_UNREAD} more.")
    yield from exports


def _tell_what_was_found(path: Path, finding: "Finding") -> None:
    from roc.reports.text import counted

    width = max(len(found.source) for found in finding.exports)
    remark(f"{shortened(path.name)} holds {counted(len(finding.exports), 'export')}:")
    for found in finding.exports:
        remark(f"  {found.source:{width}}  {shortened(found.label)}")
    if finding.others:
        remark(f"  {counted(finding.others, 'other file')} that nobody recognises")


def _read(config: "Config", found: "Found", options: "Options", tally: "Collected") -> "Collected":
    from roc.workflows import collecting

    with progress() as told:
        return collecting.collect_found(
            config, found, options=options, now=now(), told=told, tally=tally
        )
