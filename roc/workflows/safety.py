"""Keeping the graph file safe: brought up to date, copied, and looked into."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from roc.config import Config
from roc.errors import UnwritableGraph
from roc.graph.inspection import Inspection
from roc.graph.reading import SourceFacts
from roc.graph.store import Graph
from roc.reports.text import counted
from roc.reports.text import day as date_of
from roc.scoring.coverage import gaps

_FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Copied:
    """A backup.

    Args:
        graph: the graph file.
        backup: its copy.
        bytes: size of the copy.
    """

    graph: Path
    backup: Path
    bytes: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in which a source told nothing that had been steady before; see `scoring.coverage`."""

    source: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Reading:
    """When a kind of export or a stream was last read; ``None`` where that was not kept."""

    source: str
    place: str
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What the graph holds of one source, with dates; ``ahead`` acts are later than the day."""

    source: str
    acts: int
    undated: int
    first: date | None
    last: date | None
    ahead: int
    problems: int
    outcomes: int


@dataclass(frozen=True, slots=True)
class ProblemCount:
    """How many rows of a source could not be used, by what is wrong with them."""

    source: str
    code: str
    rows: int


@dataclass(frozen=True, slots=True)
class Health:
    """What `roc doctor` finds. Of a file that SQLite finds damaged nothing more is read.

    Args:
        graph: the file, or the server's address without a password.
        bytes: its size.
        sound: whether nothing is wrong with what it holds.
        findings: what is wrong with what it holds.
        warnings: what is wrong around it: who else may read it, a clock that was set back.
        schema: version of the file's layout.
        free_bytes: room inside the file that is used again first.
        people: how many people, set aside ones included.
        sources: what is there, by source.
        readings: when each kind of export and stream was last read.
        gaps: where sources fall silent.
        currencies: in which currencies costs are told; more than one are added up as they stand.
        snapshots: how often scores were kept.
        problem_counts: rows that could not be used, counted.
        problems: the first thousand of them: source, export, place, code, detail.
        erased: whether nothing of what was removed is left in the file's bytes.
        keep_years: for how many years acts are kept; 0 for ever.
        oldest: the day of the oldest act.
    """

    graph: str
    bytes: int
    sound: bool
    findings: tuple[str, ...]
    warnings: tuple[str, ...]
    schema: int | None = None
    free_bytes: int = 0
    people: int = 0
    sources: tuple[SourceRow, ...] = ()
    readings: tuple[Reading, ...] = ()
    gaps: tuple[Gap, ...] = ()
    currencies: tuple[str, ...] = ()
    snapshots: int = 0
    problem_counts: tuple[ProblemCount, ...] = ()
    problems: tuple[tuple[str, ...], ...] = ()
    erased: bool = True
    keep_years: float = 0.0
    oldest: date | None = None


def bring_up_to_date(config: Config) -> Path | None:
    """Bring the graph file of an earlier version up to date, if there is one.

    Returns:
        Where the file as it was before rests; ``None`` where nothing had to be done.
    """
    if config.store.url or not config.graph_file.is_file():
        return None
    with Graph(config.graph_file) as graph:
        return graph.backup


def backup(config: Config, target: Path | None = None, *, today: date) -> Copied:
    """Copy the graph file, whole or not at all, while others may go on writing.

    Args:
        config: the settings.
        target: where to; beside the file, with the day in its name, if left out.
        today: the day it is.

    Raises:
        UnwritableGraph: there is no graph file yet, ``target`` exists, or the disk is in the way.
        GraphError: the file is damaged.
    """
    if config.store.url:
        raise UnwritableGraph(
            "The graph is on a server, which makes its own backups.",
            hint="pg_dump --format=custom; see docs/store-on-a-server.md.",
        )
    path = _existing(config)
    target = target or path.with_name(f"{path.name}.{today.isoformat()}-backup")
    with Graph(path) as graph:
        graph.back_up(target)
    return Copied(path, target, target.stat().st_size)


def doctor(config: Config, *, as_of: date, now: datetime) -> Health:
    """Look whether the graph is sound, and what it holds; finish what is to be erased.

    Args:
        config: the settings.
        as_of: the day up to which sources should have acts; later ones lie ahead.
        now: the moment, aware UTC.

    Raises:
        UnwritableGraph: there is no graph file yet.
    """
    warnings = [] if config.store.url else list(_open_doors(_existing(config)))
    day = (as_of - _FIRST_DAY).days
    with Graph(config.graph_at) as graph:
        where, size = graph.where, graph.size()
        if damage := graph.damage():
            return Health(where, size, False, tuple(damage), tuple(warnings))
        erased = graph.finish_erasing()
        found = graph.inspect(day)
        with graph.read() as reader:
            count = len(reader.people)
            sources = reader.sources()
            currencies = reader.currencies()
        readings = tuple(Reading(*row[:2], _moment(row[2])) for row in found.readings)
        warnings += _told_later(readings, now)
        return Health(
            graph=where,
            bytes=size,
            sound=not found.findings,
            findings=found.findings,
            warnings=tuple(warnings),
            schema=found.version,
            free_bytes=found.free_bytes,
            people=count,
            sources=tuple(_source_row(facts, found.ahead) for facts in sources),
            readings=readings,
            gaps=tuple(_gaps(found, day)),
            currencies=currencies,
            snapshots=len(graph.snapshots()),
            problem_counts=tuple(ProblemCount(*row) for row in found.problems),
            problems=tuple(tuple(row) for row in graph.problems()),
            erased=erased,
            keep_years=config.store.keep_years,
            oldest=_date(_first_day(sources)),
        )


def _existing(config: Config) -> Path:
    if not config.graph_file.exists():
        raise UnwritableGraph(
            f"There is no graph file yet at {config.graph_file}.",
            hint="make one with `roc init`, or collect something.",
        )
    return config.graph_file


def _open_doors(path: Path) -> Iterator[str]:
    """Who else may read the file or put another in its place."""
    if os.name != "posix":
        return  # modes say little elsewhere
    for ending in ("", "-wal", "-shm"):
        file = path.with_name(path.name + ending)
        if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
            yield f"others may read {file}: chmod 600 {file}"
    folder = path.absolute().parent
    mode = folder.stat().st_mode
    if mode & 0o022 and not mode & stat.S_ISVTX:
        yield f"others may write into {folder}, and put another file in its place: chmod go-w"


def _told_later(readings: tuple[Reading, ...], now: datetime) -> Iterator[str]:
    late = [reading.read_at for reading in readings if reading.read_at and reading.read_at > now]
    if late:
        yield (
            f"{counted(len(late), 'reading')} dated after now, the last {max(late).date()}: this "
            "clock was set back, or was ahead then; it harms nothing"
        )


def _gaps(found: Inspection, day: int) -> Iterator[Gap]:
    for source, days in found.active_days.items():
        for first, last in gaps(days, day):
            yield Gap(source, date_of(first), date_of(last))


def _source_row(facts: SourceFacts, ahead: Mapping[str, int]) -> SourceRow:
    return SourceRow(
        source=facts.source,
        acts=facts.acts,
        undated=facts.undated,
        first=_date(facts.first_day),
        last=_date(facts.last_day),
        ahead=ahead.get(facts.source, 0),
        problems=facts.problems,
        outcomes=facts.outcomes,
    )


def _first_day(sources: Iterable[SourceFacts]) -> int | None:
    days = (facts.first_day for facts in sources)
    return min((day for day in days if day is not None), default=None)


def _date(day: int | None) -> date | None:
    return None if day is None else date_of(day)


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
