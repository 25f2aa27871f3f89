"""Rows a second, megabytes a second and memory to read exports, beside others who do it or less.

``python -m benchmarks.parsing mbox linkedin-messages`` makes an invented export of each format
(all of them where none is named) in a temporary folder and prints a Markdown table. ``roc`` makes
records of everything and drops them. Every measurement runs in a process of its own, best of
three, with libraries imported beforehand; the CPU time of programs that a process starts is
counted as its own. Compare ratios taken in one run, not seconds of two machines.

With ``--brief`` there is one table, a line for each format, with the memory that ten times as many
rows take. A format is added in ``benchmarks.exports``, who else reads it in ``benchmarks.peers``.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.exports import WRITERS
from benchmarks.log import Log, log
from benchmarks.peers import PEERS
from benchmarks.pipeline import Measured, measured
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.registry import collector

ROWS = 20_000
OURS = "roc"
_TIMES = 3
_FEW = 50


def _read(form: str, path: Path) -> None:
    with open_export(path) as export:
        for _record in collector(WRITERS[form].source).collect(export, Options()):
            pass


def table(form: str, count: int) -> Iterator[str]:
    """The lines of the table for one format."""
    with tempfile.TemporaryDirectory(prefix="roc-bench-") as folder:
        path = Path(folder) / WRITERS[form].file
        WRITERS[form].write(path, count)
        size = size_mb(path)
        yield f"\n### {form}: {count:,} {WRITERS[form].row}, {size:,.0f} MB\n"
        yield f"| reader | {WRITERS[form].row} / CPU s | MB / CPU s | × roc | peak MB |"
        yield "|---|--:|--:|--:|--:|"
        taken = _taken(form, path, count)
        for name, told in taken.items():
            yield _line(name, told, size, taken[OURS])


def brief(forms: list[str], count: int) -> Iterator[str]:
    """The lines of one table for all formats."""
    yield "| export | MB | rows / CPU s | MB / CPU s | peak MB, above start | ten times | others |"
    yield "|---|--:|--:|--:|--:|--:|---|"
    for form in forms:
        with tempfile.TemporaryDirectory(prefix="roc-bench-") as folder:
            path, more = (Path(folder) / name / WRITERS[form].file for name in ("one", "ten"))
            for each, rows in ((path, count), (more, 10 * count)):
                each.parent.mkdir()
                WRITERS[form].write(each, rows)
            taken, size = _taken(form, path, count), size_mb(path)
            ten_times = _in_a_process_of_its_own(form, OURS, more, 10 * count)
        ours = taken.pop(OURS)
        others = [f"{name} {_ratio(told, ours):.2f}" for name, told in taken.items()]
        cells = [
            f"{form}, {WRITERS[form].row}",
            f"{size:,.1f}",
            f"{ours.rows / _seconds(ours):,.0f}",
            f"{size / _seconds(ours):,.1f}",
            f"{ours.peak_mb - ours.loaded_mb:.0f}",
            f"{ten_times.peak_mb - ten_times.loaded_mb:.0f}",
            "; ".join(others) or "–",
        ]
        yield "| " + " | ".join(cells) + " |"


def size_mb(path: Path) -> float:
    """Bytes of a file, or of all files in a folder, in millions."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(each.stat().st_size for each in files if each.is_file()) / 1e6


def _taken(form: str, path: Path, count: int) -> dict[str, Measured]:
    """The best of each reader, ours first."""
    names = [OURS, *PEERS.get(form, {})]
    taken: dict[str, Measured] = {}
    for _ in range(_TIMES):  # in turns, so that what disturbs one disturbs them all
        for name in names:
            told = _in_a_process_of_its_own(form, name, path, count)
            if name not in taken or told.cpu_seconds < taken[name].cpu_seconds:
                taken[name] = told
    return taken


def _seconds(told: Measured) -> float:
    return max(told.cpu_seconds, 1e-6)


def _ratio(told: Measured, ours: Measured) -> float:
    return _seconds(told) / _seconds(ours)


def _line(name: str, told: Measured, size: float, ours: Measured) -> str:
    cells = [
        name,
        f"{told.rows / _seconds(told):,.0f}",
        f"{size / _seconds(told):,.1f}",
        f"{_ratio(told, ours):.2f}",
        f"{told.peak_mb:.0f} ({told.loaded_mb:.0f} before)",
    ]
    return "| " + " | ".join(cells) + " |"


def _in_a_process_of_its_own(form: str, name: str, path: Path, count: int) -> Measured:
    command = [sys.executable, "-m", "benchmarks.parsing", "--rows", str(count)]
    command += ["--step", form, name, str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Measured(**json.loads(done.stdout))


def step(form: str, name: str, path: Path, count: int) -> Measured:
    """One reader on one export, after it read a small one, so that imports are not counted."""

    def work(_: Log, path: Path) -> None:
        if name == OURS:
            _read(form, path)
        else:
            PEERS[form][name](path)

    nothing = log(10)
    with tempfile.TemporaryDirectory(prefix="roc-bench-") as folder:
        few = Path(folder) / WRITERS[form].file
        WRITERS[form].write(few, _FEW)
        work(nothing, few)
    before = _seconds_of_others()
    told = measured(work, nothing, path)
    others = _seconds_of_others() - before
    return replace(told, rows=count, cpu_seconds=told.cpu_seconds + others)


def _seconds_of_others() -> float:
    """CPU time of the programs that this one started, such as git."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure, or, called by itself, do one step."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("forms", nargs="*", default=[*WRITERS], help=f"of {', '.join(WRITERS)}")
    arguments.add_argument("--rows", type=int, default=ROWS, help="in each export")
    arguments.add_argument("--brief", action="store_true", help="one table, a line for each format")
    arguments.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.step:
        form, name, path = asked.step
        print(json.dumps(asdict(step(form, name, Path(path), asked.rows))))
        return
    if asked.brief:
        for line in brief(asked.forms, asked.rows):
            print(line, flush=True)
        return
    for form in asked.forms:
        for line in table(form, asked.rows):
            print(line, flush=True)


if __name__ == "__main__":
    main()
