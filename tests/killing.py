"""Real runs of `roc`, each a process of its own that can be killed -9 at a chosen moment.

Starting an interpreter and importing takes a second; a hundred kills would take minutes. So one
warm process (this module's ``__main__``) imports everything once and forks a child for each run.
The child does what ``python -m roc`` does, and nobody cleans up after it.
"""

import contextlib
import gc
import io
import json
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, NoReturn, Self

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be run, and when it is to be killed.

    Args:
        words: what stands behind `roc`.
        folder: where it runs.
        batch: records in one transaction.
        statement: it is killed once SQLite is told its so many-th statement; 0 to let it live.
        microseconds: how long after that.
        environment: variables beside those of the warm process.
    """

    words: Sequence[str]
    folder: str
    batch: int
    statement: int = 0
    microseconds: int = 0
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: killed, or with a status; and where in its statements it committed."""

    killed: bool
    status: int
    commits: tuple[int, ...] = ()
    statements: int = 0


class Runs:
    """The warm process, for as long as the ``with`` block runs."""

    def __enter__(self) -> Self:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.killing"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def __call__(self, order: Order) -> Ended:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(asdict(order))}\n")
        self._process.stdin.flush()
        ended = json.loads(self._process.stdout.readline())
        return Ended(**{**ended, "commits": tuple(ended["commits"])})


def _serve() -> None:
    """Run what is ordered, a line of standard input each, and tell how it ended."""
    for line in sys.stdin:
        told = json.dumps(asdict(_run(Order(**json.loads(line)))))
        sys.stdout.write(f"{told}\n")
        sys.stdout.flush()


def _run(order: Order) -> Ended:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_roc(order, writing)
    os.close(writing)
    told = b""
    if order.statement and os.read(reading, 1):
        until = time.perf_counter_ns() + 1000 * order.microseconds
        while time.perf_counter_ns() < until:
            pass
        os.kill(child, signal.SIGKILL)
    while piece := os.read(reading, 65536):
        told += piece
    os.close(reading)
    _, ended = os.waitpid(child, 0)
    if os.WIFSIGNALED(ended):
        return Ended(os.WTERMSIG(ended) == signal.SIGKILL, -os.WTERMSIG(ended))
    return Ended(False, os.WEXITSTATUS(ended), **({} if order.statement else json.loads(told)))


def _be_roc(order: Order, writing: int) -> NoReturn:
    """What ``python -m roc`` does; never comes back."""
    statements: list[str] = []

    def traced(statement: str) -> None:
        statements.append(statement)
        if len(statements) == order.statement:
            os.write(writing, b"!")

    status = 70
    try:
        os.chdir(order.folder)
        os.environ.update(order.environment)
        _watch_sqlite(traced)
        _batches_of(order.batch)
        sys.argv = ["roc", *order.words]
        with contextlib.redirect_stdout(io.StringIO()):
            runpy.run_module("roc", run_name="__main__")
    except SystemExit as ended:
        status = int(ended.code or 0)
        if not order.statement:
            commits = [
                number for number, each in enumerate(statements, 1) if each.startswith("COMMIT")
            ]
            told = {"commits": commits, "statements": len(statements)}
            os.write(writing, json.dumps(told).encode())
    finally:
        os._exit(status)


def _watch_sqlite(traced: Any) -> None:
    from sqlalchemy import Engine, event

    @event.listens_for(Engine, "connect", insert=True)
    def _watch(connection: Any, _record: Any) -> None:
        connection.set_trace_callback(traced)
        # The log is folded into the file every few pages, so that kills land in that too.
        connection.execute("PRAGMA wal_autocheckpoint = 8")


def _batches_of(records: int) -> None:
    from roc.graph import batching

    batching.BATCH_RECORDS = records


def _warm_up() -> None:
    """Import whatever a run imports, by a run; what is there by then no child has to look at."""
    import roc.collectors.http  # noqa: F401

    with TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        journal = Path(folder) / "me.journal"
        journal.write_text("2026-01-01 me -> ana message\n", encoding="utf-8")
        sys.argv = ["roc", "collect", str(journal), "--graph", f"{folder}/me.graph"]
        with contextlib.suppress(SystemExit):
            runpy.run_module("roc", run_name="__main__")
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    _warm_up()
    _serve()
