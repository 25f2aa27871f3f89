"""Rows a second, CPU seconds, memory and bytes on disk, from a log to scores, beside others.

``python -m benchmarks.pipeline 100000 1000000`` prints a Markdown table for each size. Every
measurement runs in a process of its own, so that its peak memory is its own; the log is made and
loaded, and libraries are imported, before the watch starts. Compare ratios taken in one run, not
seconds of two machines.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.log import Log, log, newest, read, write
from benchmarks.scorers import SCORERS, WRITTEN_BY
from benchmarks.writers import WRITERS

SIZES = (100_000, 1_000_000)
NEW_ACTS = 10_000
LOG, NEWS = "log.parquet", "news.parquet"
_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one step took.

    Args:
        rows: acts handed in.
        cpu_seconds: of the process, while the watch ran.
        wall_seconds: the same by the clock on the wall.
        peak_mb: most memory the process ever held, the loaded log included.
        loaded_mb: the same just before the watch started.
        bytes_on_disk: of the database afterwards, 0 where there is none.
    """

    rows: int
    cpu_seconds: float
    wall_seconds: float
    peak_mb: float
    loaded_mb: float
    bytes_on_disk: int


def measured(work: Callable[[Log, Path], None], acts: Log, database: Path) -> Measured:
    """Run one step under the watch."""
    loaded, cpu, wall = peak_mb(), time.process_time(), time.perf_counter()
    work(acts, database)
    return Measured(
        rows=len(acts),
        cpu_seconds=time.process_time() - cpu,
        wall_seconds=time.perf_counter() - wall,
        peak_mb=peak_mb(),
        loaded_mb=loaded,
        bytes_on_disk=database.stat().st_size if database.exists() else 0,
    )


def steps() -> Iterator[tuple[str, str, str]]:
    """Each step's title, its kind and the name of who does it, in an order that makes sense."""
    for name in WRITERS:
        yield f"write: {name}", "write", name
    yield "write again: roc", "write", "roc"
    yield f"write {NEW_ACTS:,} new: roc", "news", "roc"
    yield f"write {NEW_ACTS:,} new: sqlite3, text keys", "news", "sqlite3, text keys"
    for name in SCORERS:
        yield f"score: {name}", "score", name


def table(count: int) -> Iterator[str]:
    """The lines of the table for a log of ``count`` acts."""
    with tempfile.TemporaryDirectory(prefix="roc-bench-") as folder:
        place = Path(folder)
        write(log(count), place / LOG)
        write(newest(log(count, seed=2), NEW_ACTS), place / NEWS)
        yield f"\n### {count:,} acts\n"
        yield "| step | CPU s | rows / CPU s | × roc | wall s | peak MB | bytes / act |"
        yield "|---|--:|--:|--:|--:|--:|--:|"
        ours: dict[str, float] = {}
        for title, kind, name in steps():
            told = _in_a_process_of_its_own(place, kind, name)
            ours.setdefault(kind, told.cpu_seconds)
            yield _line(title, told, told.cpu_seconds / ours[kind])


def _line(title: str, told: Measured, ratio: float) -> str:
    size = f"{told.bytes_on_disk / told.rows:.0f}" if told.bytes_on_disk else "–"
    size = "–" if title.startswith(("score", f"write {NEW_ACTS:,}")) else size
    cells = [
        title,
        f"{told.cpu_seconds:.2f}",
        f"{told.rows / told.cpu_seconds:,.0f}",
        f"{ratio:.2f}",
        f"{told.wall_seconds:.2f}",
        f"{told.peak_mb:.0f} ({told.loaded_mb:.0f} before)",
        size,
    ]
    return "| " + " | ".join(cells) + " |"


def _in_a_process_of_its_own(place: Path, kind: str, name: str) -> Measured:
    command = [sys.executable, "-m", "benchmarks.pipeline", "--step", kind, name, str(place)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Measured(**json.loads(done.stdout))


def _step(kind: str, name: str, place: Path) -> Measured:
    """One step, in the folder that holds the log and the databases of the steps before."""
    acts = read(place / (NEWS if kind == "news" else LOG))
    _warm_up(kind, name)
    work = SCORERS[name] if kind == "score" else WRITERS[name]
    return measured(work, acts, place / f"{WRITTEN_BY.get(name, name)}.db")


def _warm_up(kind: str, name: str) -> None:
    """Do it once in small, so that importing libraries is not counted as work."""
    few = log(100)
    with tempfile.TemporaryDirectory(prefix="roc-bench-") as folder:
        database = Path(folder) / "few.db"
        WRITERS[WRITTEN_BY.get(name, name)](few, database)
        if kind == "score":
            SCORERS[name](few, database)


def peak_mb() -> float:
    """Most memory this process ever held, in units of 10⁶ bytes.

    Linux's ``ru_maxrss`` is also that of whoever started the process, up to then; ``VmHWM`` is not.
    """
    if _STATUS.exists():
        found = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(found.split()[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main() -> None:
    """Measure every size asked for, or, called by itself, one step."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sizes", type=int, nargs="*", default=SIZES, help="acts in the log")
    arguments.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.step:
        kind, name, place = asked.step
        print(json.dumps(asdict(_step(kind, name, Path(place)))))
        return
    for count in asked.sizes:
        for line in table(count):
            print(line, flush=True)


if __name__ == "__main__":
    main()
