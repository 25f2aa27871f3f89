"""Asking live sources what is new: several hosts at once, each of them one request at a time.

A thread asks each host and hands over pages; the graph is written in the thread that called, page
by page, each with its cursor. So a host that is slow, waits or fails holds nobody up, and one that
is stopped at any moment has lost nothing.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from queue import Empty, Full, Queue
from typing import Any, TypeVar
from urllib.parse import urlsplit

from roc.collectors.base import Estimate
from roc.collectors.registry import live
from roc.collectors.tone import toned
from roc.config import Config
from roc.errors import CollectError, RateLimited, RocError, SignInFailed, SourceUnavailable
from roc.graph.records import Checkpoint, Record
from roc.workflows.collecting import Collected, Progress, opened, told_nobody
from roc.workflows.connections import Connection, address, connection, live_settings
from roc.workflows.patience import Patience
from roc.workflows.retaining import limit
from roc.workflows.signing_in import renewed, runs_out

Answer = TypeVar("Answer")

_PAGES_AHEAD = 4  # of each host, in memory while the graph is busy
_LONGEST_PAGE = 5000  # records handed over at once, where a source has no pages
_TICK_SECONDS = 0.2  # how soon a thread notices that the run is over


@dataclass(slots=True)
class Asked:
    """What became of one connection in a run.

    Args:
        connection: which one.
        collected: what each stream brought, in the order they were read.
        failures: why streams, or all of it, could not be read; the gravest reason to stop is last.
    """

    connection: Connection
    collected: list[Collected] = field(default_factory=list)
    failures: list[RocError] = field(default_factory=list)


def estimate(config: Config, asked: Connection, *, now: datetime) -> Estimate:
    """What asking a source costs at most."""
    module = live(asked.source)
    if not hasattr(module, "estimate"):
        return Estimate(0.0, "reading is free")
    found: Estimate = module.estimate(live_settings(config, asked, now))
    return found


def collect_live(
    config: Config,
    name: str,
    *,
    clock: Callable[[], datetime],
    wait: Callable[[float], None],
    told: Callable[[Progress], None] = told_nobody,
) -> Iterator[Collected]:
    """Ask one source, stream by stream; see ``ask``.

    Raises:
        CollectError: the source refused, or asks for more patience than the config has. What came
            before is kept and handed out first.
    """
    (done,) = ask(config, [connection(config, name)], clock=clock, wait=wait, told=told)
    yield from done.collected
    if done.failures:
        raise done.failures[0]


def ask(
    config: Config,
    asked: Sequence[Connection],
    *,
    clock: Callable[[], datetime],
    wait: Callable[[float], None],
    told: Callable[[Progress], None] = told_nobody,
) -> list[Asked]:
    """Ask live sources what is new.

    When a source asks to come back later, that is waited out if it is soon; otherwise what is
    there is kept, with its cursor. A stream that the token may not read does not stop the others,
    and no source stops another.

    Args:
        config: the settings.
        asked: whom to ask.
        clock: tells the moment, aware UTC.
        wait: waits for so many seconds; several threads may call it.
        told: called after each page.

    Returns:
        What became of each, in the order they were named.

    Raises:
        GraphError: the graph could not be written.
    """
    run = _Run(config, clock, wait)
    done = {each.name: Asked(each) for each in asked}
    with opened(config) as graph, run.of(asked) as hosts:
        since = limit(config, graph, clock())
        while hosts.at_work:
            match hosts.next():
                case _Failed(name, error):
                    done[name].failures.append(error)
                case _CursorWanted(name, stream, answer):
                    found = done[name].connection
                    _tally(done[name], found.stream(stream))
                    answer.put(graph.cursor(found.source, found.stream(stream)))
                case _Page(name, stream, records):
                    found = done[name].connection
                    tally = _tally(done[name], found.stream(stream))
                    graph.add(
                        records,
                        source=found.source,
                        export=tally.export,
                        tally=tally,
                        read_at=since.read_at,
                        oldest_day=since.oldest_day,
                    )
                    told(Progress(f"{name} {stream}", tally.new + tally.known, 0))
    return list(done.values())


def _tally(asked: Asked, stream: str) -> Collected:
    """The count of a stream, begun when it is."""
    for collected in asked.collected:
        if collected.export == stream:
            return collected
    asked.collected.append(Collected(source=asked.connection.source, export=stream))
    return asked.collected[-1]


@dataclass(frozen=True, slots=True)
class _Page:
    """Records up to a checkpoint, or to where the stream broke off."""

    name: str
    stream: str
    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class _CursorWanted:
    """A thread asks where to go on; every page it handed over before has been written by then."""

    name: str
    stream: str
    answer: "Queue[Mapping[str, Any]]"


@dataclass(frozen=True, slots=True)
class _Failed:
    name: str
    error: RocError


@dataclass(frozen=True, slots=True)
class _Ended:
    """A host's thread is through; ``crash`` is what nobody expected."""

    crash: BaseException | None = None


_Told = _Page | _CursorWanted | _Failed | _Ended


class _Stopped(BaseException):
    """The run is over; the thread has nobody left to tell."""


class _Hosts:
    """The threads at work, and what they hand over."""

    def __init__(self, at_work: int) -> None:
        self.at_work = at_work
        self.stopped = threading.Event()
        self._box: Queue[_Told] = Queue(maxsize=_PAGES_AHEAD * max(1, at_work))

    def hand(self, told: _Told) -> None:
        """Hand something over, from any thread."""
        while not self.stopped.is_set():
            try:
                self._box.put(told, timeout=_TICK_SECONDS)
            except Full:
                continue
            return
        raise _Stopped

    def cursor(self, name: str, stream: str) -> Mapping[str, Any]:
        """Where to go on in a stream."""
        answer: Queue[Mapping[str, Any]] = Queue(1)
        self.hand(_CursorWanted(name, stream, answer))
        while not self.stopped.is_set():
            try:
                return answer.get(timeout=_TICK_SECONDS)
            except Empty:
                continue
        raise _Stopped

    def next(self) -> _Told:
        """What is handed over next."""
        told = self._box.get()
        if isinstance(told, _Ended):
            self.at_work -= 1
            if told.crash is not None:
                raise told.crash
        return told


@dataclass(frozen=True, slots=True)
class _Run:
    """What all threads of a run know."""

    config: Config
    clock: Callable[[], datetime]
    wait: Callable[[float], None]

    @contextmanager
    def of(self, asked: Sequence[Connection]) -> Iterator[_Hosts]:
        """A thread for each host; when the block ends, they do."""
        grouped: dict[str, list[Connection]] = {}
        for each in asked:
            grouped.setdefault(_host(each), []).append(each)
        hosts = _Hosts(len(grouped))
        threads = [
            threading.Thread(target=self._ask_host, args=(hosts, group), daemon=True)
            for group in grouped.values()
        ]
        for thread in threads:
            thread.start()
        try:
            yield hosts
        finally:
            hosts.stopped.set()

    def _ask_host(self, hosts: _Hosts, group: Iterable[Connection]) -> None:
        """All connections to a host, one after the other."""
        crash: BaseException | None = None
        try:
            for each in group:
                _Asking(self, hosts, each).ask()
        except _Stopped:
            return
        except BaseException as error:  # a defect of ours: it is raised where the run was called
            crash = error
        hosts.hand(_Ended(crash))


class _Asking:
    """One connection, asked in its host's thread."""

    def __init__(self, run: _Run, hosts: _Hosts, asked: Connection) -> None:
        self._run = run
        self._hosts = hosts
        self._asked = asked
        self._module = live(asked.source)
        self._patience = Patience(run.config.collect.max_wait_seconds, run.clock, run.wait)
        self._renewable = True

    def ask(self) -> None:
        """Every stream, until the source will not be asked any more."""
        try:
            for stream in self._patiently(self._signed_in):
                if not self._read(stream):
                    return
        except RocError as error:
            self._hosts.hand(_Failed(self._asked.name, error))

    def _signed_in(self) -> Sequence[str]:
        if runs_out(self._asked, self._run.clock()):
            self._renewable = not renewed(self._run.config, self._asked, self._run.clock())
        self._connect()
        found: Sequence[str] = self._module.streams(self._client)
        return found

    def _connect(self) -> None:
        settings = live_settings(self._run.config, self._asked, self._run.clock())
        self._client = self._module.connect(settings)

    def _renew(self, refusal: SignInFailed) -> None:
        """Get a new token, once a run, where the source gave something to get it with."""
        if not self._renewable or not renewed(self._run.config, self._asked, self._run.clock()):
            raise refusal
        self._renewable = False
        self._connect()

    def _read(self, stream: str) -> bool:
        """One stream to its end; whether it makes sense to go on with the next one."""
        try:
            self._patiently(lambda: self._pages(stream))
        except CollectError as error:
            self._hosts.hand(_Failed(self._asked.name, error))
            return not isinstance(error, RateLimited | SignInFailed | SourceUnavailable)
        return True

    def _patiently(self, do: Callable[[], Answer]) -> Answer:
        """Do it again after every refusal that can be waited out, or that a new token helps."""
        while True:
            try:
                return do()
            except SignInFailed as refusal:
                self._renew(refusal)
            except CollectError as refusal:
                self._patience.wait_out(refusal)

    def _pages(self, stream: str) -> None:
        cursor = self._hosts.cursor(self._asked.name, stream)
        for records in _pages(self._module.pull(self._client, stream, cursor)):
            self._patience.answered()
            self._hosts.hand(_Page(self._asked.name, stream, self._as_kept(records)))

    def _as_kept(self, records: list[Record]) -> list[Record]:
        """Records of a page, the checkpoint under the name that the graph keeps it by."""
        if self._run.config.collect.tone:
            records = list(toned(records))
        last = records[-1]
        if isinstance(last, Checkpoint):
            return [*records[:-1], replace(last, stream=self._asked.stream(last.stream))]
        return records


def _pages(records: Iterator[Record]) -> Iterator[list[Record]]:
    """Records up to each checkpoint; what comes before a refusal is as good as ever."""
    page: list[Record] = []
    try:
        for record in records:
            page.append(record)
            if isinstance(record, Checkpoint) or len(page) == _LONGEST_PAGE:
                yield page
                page = []
    except CollectError:
        if page:
            yield page
        raise
    if page:
        yield page


def _host(asked: Connection) -> str:
    """Where a connection leads: two of one host take turns."""
    try:
        return urlsplit(address(asked)).netloc or asked.source
    except ValueError:  # told when its turn comes
        return asked.source
