"""Collecting: exports and lines of the journal, into the graph."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from roc.collectors.archive import Export
from roc.collectors.base import Options
from roc.collectors.finding import Finding, Found, find_exports, in_parts
from roc.collectors.registry import collector, recognises, sources
from roc.collectors.tone import toned
from roc.config import Config
from roc.errors import (
    CollectError,
    RocError,
    UnknownExport,
)
from roc.graph.records import Interaction, Problem, Record
from roc.graph.retention import Removed
from roc.graph.store import Graph
from roc.graph.writing import Tally
from roc.workflows.files import append_line
from roc.workflows.retaining import limit, retain

_NOTATION = 'write it in quotes, as: roc log "2026-03-05 me -> ana, ben dinner #q1 cost 420"'
_LONGEST_LINE = 4000  # characters; longer ones are no line when the journal is read


@dataclass(slots=True, kw_only=True)
class Collected(Tally):
    """What became of one export or stream: the store's tally, and of what it is.

    Args:
        source: where it came from.
        export: the file or stream.
        yours: whether you took part in any act of the source, as far as is known.
    """

    source: str
    export: str
    yours: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an export has been read.

    Args:
        export: its name.
        done: bytes read so far.
        total: bytes in all.
    """

    export: str
    done: int
    total: int


def told_nobody(progress: Progress) -> None:
    """Progress that nobody watches."""


def collect_export(
    config: Config,
    path: Path,
    *,
    source: str = "",
    options: Options | None = None,
    now: datetime | None = None,
    told: Callable[[Progress], None] = told_nobody,
) -> Collected:
    """Read an export into the graph.

    Args:
        config: the settings.
        path: a zip, a folder or a file.
        source: whose export it is; empty to judge by its content.
        options: what the owner tells the collector.
        now: the moment of reading, aware UTC; ``None`` reads without a limit of age.
        told: called now and then with how far it is.

    Raises:
        CollectError: it could not be read.
        GraphError: it could not be kept.
    """
    if source:
        return collect_found(config, _as_told(path, source), options=options, now=now, told=told)
    found = find_exports((path,), sources()).exports
    if len(found) > 1:
        listed = ", ".join(dict.fromkeys(each.source for each in found))
        raise UnknownExport(
            f"{path.name} holds {len(found)} exports: {listed}.",
            hint="name them one by one, or find them with find and read each with collect_found.",
        )
    return collect_found(config, found[0], options=options, now=now, told=told)


def find(
    paths: list[Path], source: str = "", *, told: Callable[[Progress], None] = told_nobody
) -> Iterator[tuple[Path, Finding | RocError]]:
    """What lies in files and folders, path by path; nothing is kept yet.

    Args:
        paths: zips, folders and files; the parts of one large zip count as one path.
        source: whose exports they are; empty to judge by their content.
        told: called before each path is looked through.

    Returns:
        For each path what can be read there, or why nothing can.
    """
    if source:
        yield from ((path, Finding((_as_told(path, source),), (), 0)) for path in paths)
        return
    for bundle in in_parts(paths):
        told(Progress(bundle[0].name, 0, 0))
        try:
            yield bundle[0], find_exports(bundle, sources())
        except RocError as error:
            yield bundle[0], error


def collect_found(
    config: Config,
    found: Found,
    *,
    options: Options | None = None,
    now: datetime | None = None,
    told: Callable[[Progress], None] = told_nobody,
    tally: Collected | None = None,
) -> Collected:
    """Read an export that was found into the graph; see ``collect_export``.

    ``tally`` is counted up while it is read: where reading fails, it says what was kept before.
    """
    tone = config.collect.tone
    options = replace(options or Options(), owner_name=config.me.name, tone=tone)
    source = found.source
    read = getattr(collector(source), "collect", None)
    if read is None:
        raise UnknownExport(
            f"{source} has no export that could be read.", hint=f"try: roc collect {source}"
        )
    with found.opened() as export:
        records = _watched(read(export, options), export, told)
        records = toned(records) if tone else records
        collected = tally or begun(found)
        kept_as = options.source or source
        with opened(config) as graph:
            since = limit(config, graph, now)
            graph.add(
                records,
                source=kept_as,
                export=export.path.name,
                tally=collected,
                read_at=since.read_at,
                oldest_day=since.oldest_day,
            )
            yours = graph.has_own(kept_as)
        if collected == begun(found) and not recognises(source, export):
            raise UnknownExport(
                f"Nothing in {found.label} is of {source}.",
                hint="leave the source out, and the file is judged by its content.",
            )
    return replace(collected, yours=yours)


def begun(found: Found) -> Collected:
    """The tally of an export of which nothing was read yet."""
    return Collected(source=found.source, export=found.label)


def _as_told(path: Path, source: str) -> Found:
    """An export whose source the owner tells."""
    return Found(source, (path,), path.name)


def keep_to_limit(config: Config, *, now: datetime) -> tuple[Removed, str]:
    """After collecting: remove what the owner does not want kept, or not so long.

    That is acts, people and scores that are too old, and the tone of messages where it is not
    asked for any more. What was removed before, and could not be overwritten then, is overwritten
    now.

    Returns:
        What went, and why nothing did where the clock is in doubt.
    """
    with opened(config) as graph:
        if not config.collect.tone:
            graph.forget_tones()
        return retain(config, graph, now)


def log(config: Config, line: str, *, now: datetime) -> Collected:
    """Write a line into the journal and keep what it says.

    Args:
        config: the settings.
        line: as ``2026-03-05 me -> ana, ben dinner #q1 cost 420``; without a date, today's.
        now: the moment, aware UTC.

    Raises:
        CollectError: the line does not keep to the notation; nothing is written.
        GraphError: the line is in the journal, but the graph could not be brought up to date.
    """
    journal = collector("journal")
    text = line.strip()
    if len(text.splitlines()) > 1 or len(text) > _LONGEST_LINE:
        raise CollectError(
            "The journal keeps one act a line, and not more than one page of it.",
            hint="log one act after the other.",
        )
    if not text[:4].isdigit():
        text = f"{now.date().isoformat()} {text}"
    records = journal.parse_line(text, "the line")
    for record in records:
        if isinstance(record, Problem):
            raise CollectError(f"The journal cannot read this: {record.detail}.", hint=_NOTATION)
    if not any(isinstance(record, Interaction) for record in records):
        raise CollectError("The journal cannot read this: it is no act.", hint=_NOTATION)
    append_line(
        config.journal_file,
        text,
        name="journal",
        hint="set [graph] journal in the config to a file that you may write.",
    )
    try:
        done = collect_export(config, config.journal_file, source="journal", now=now)
        keep_to_limit(config, now=now)
        return done
    except RocError as error:  # logged once more, the same line would be a second act
        error.hint = f"the line is written; do not log it again: roc collect {config.journal_file}"
        raise


def opened(config: Config) -> Graph:
    """The graph, with the accounts that the config says are the owner's."""
    graph = Graph(config.graph_at, config.me.team)
    try:
        missing = set(config.own_accounts) - graph.owners()
        if missing:
            graph.own(sorted(missing, key=str))
    except BaseException:
        graph.close()
        raise
    return graph


def _watched(
    records: Iterable[Record], export: Export, told: Callable[[Progress], None]
) -> Iterator[Record]:
    name = export.path.name
    for number, record in enumerate(records):
        if number % 1000 == 0:
            told(Progress(name, export.bytes_read, export.size))
        yield record
    told(Progress(name, export.size, export.size))
