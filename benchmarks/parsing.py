"""Rows a second, megabytes a second and memory to read exports, beside others who do it or less.

``python -m benchmarks.parsing mbox linkedin-messages`` makes an invented export of each format
(all of them where none is named) in a temporary folder and prints a Markdown table. ``roc`` makes
records of everything and drops them. Every measurement runs in a process of its own, best of
three, with libraries imported beforehand. Compare ratios taken in one run, not seconds of two
machines. A format is added in ``benchmarks.exports``.
"""

import argparse
import csv
import json
import mailbox
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from email.parser import BytesHeaderParser
from email.policy import compat32
from pathlib import Path

from benchmarks.exports import WRITERS
from benchmarks.log import Log, log
from benchmarks.pipeline import Measured, measured
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.registry import collector

ROWS = 20_000
OURS = "roc"
_TIMES = 3
_FEW = 50


def splitter(path: Path) -> None:
    """An mbox cut into messages, line by line, and nothing else."""
    for _head in _heads(path):
        pass


def header_parser(path: Path) -> None:
    """The same, each head parsed by the standard library; no address, date or name is looked at."""
    parser = BytesHeaderParser(policy=compat32)
    for head in _heads(path):
        parser.parsebytes(head)


def standard_mailbox(path: Path) -> None:
    """``mailbox.mbox``, each message asked for its sender."""
    box = mailbox.mbox(path, create=False)
    for message in box:
        message["from"]
    box.close()


def dict_reader(path: Path) -> None:
    """``csv.DictReader``, rows dropped."""
    with path.open(encoding="utf-8", newline="") as file:
        for _row in csv.DictReader(file):
            pass


def json_objects(path: Path) -> None:
    """``json.loads`` for each line, objects dropped."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            json.loads(line)


PEERS: dict[str, dict[str, Callable[[Path], None]]] = {
    "mbox": {
        "lines split": splitter,
        "lines split, BytesHeaderParser": header_parser,
        "mailbox.mbox": standard_mailbox,
    },
    "linkedin-messages": {"csv.DictReader": dict_reader},
    "linkedin-connections": {"csv.DictReader": dict_reader},
    "table-json-lines": {"json.loads": json_objects},
    "table-by-row": {"csv.DictReader": dict_reader},
}
"""Who else is measured on a format, by name."""


def _heads(path: Path) -> Iterator[bytes]:
    """Each message's headers: what stands between ``From …`` after an empty line and the next."""
    head: list[bytes] = []
    within, empty = False, True
    with path.open("rb") as file:
        for line in file:
            if empty and line.startswith(b"From "):
                head, within = [], True
            elif within and line == b"\n":
                yield b"".join(head)
                within = False
            elif within:
                head.append(line)
            empty = line == b"\n"


def _read(form: str, path: Path) -> None:
    with open_export(path) as export:
        for _record in collector(WRITERS[form].source).collect(export, Options()):
            pass


def table(form: str, count: int) -> Iterator[str]:
    """The lines of the table for one format."""
    with tempfile.TemporaryDirectory(prefix="roc-bench-") as folder:
        path = Path(folder) / WRITERS[form].file
        WRITERS[form].write(path, count)
        size = path.stat().st_size / 1e6
        yield f"\n### {form}: {count:,} {WRITERS[form].row}, {size:,.0f} MB\n"
        yield f"| reader | {WRITERS[form].row} / CPU s | MB / CPU s | × roc | peak MB |"
        yield "|---|--:|--:|--:|--:|"
        names = [OURS, *PEERS.get(form, {})]
        taken: dict[str, Measured] = {}
        for _ in range(_TIMES):  # in turns, so that what disturbs one disturbs them all
            for name in names:
                told = _in_a_process_of_its_own(form, name, path, count)
                if name not in taken or told.cpu_seconds < taken[name].cpu_seconds:
                    taken[name] = told
        for name in names:
            yield _line(name, taken[name], size, taken[OURS])


def _line(name: str, told: Measured, size: float, ours: Measured) -> str:
    seconds = max(told.cpu_seconds, 1e-6)
    cells = [
        name,
        f"{told.rows / seconds:,.0f}",
        f"{size / seconds:,.1f}",
        f"{seconds / max(ours.cpu_seconds, 1e-6):.2f}",
        f"{told.peak_mb:.0f} ({told.loaded_mb:.0f} before)",
    ]
    return "| " + " | ".join(cells) + " |"


def _in_a_process_of_its_own(form: str, name: str, path: Path, count: int) -> Measured:
    command = [sys.executable, "-m", "benchmarks.parsing", "--rows", str(count)]
    command += ["--step", form, name, str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Measured(**json.loads(done.stdout))


def step(form: str, name: str, path: Path, count: int) -> Measured:
    """One reader on one file, after it read a small one, so that imports are not counted."""

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
    told = asdict(measured(work, nothing, path))
    return Measured(**{**told, "rows": count})


def main() -> None:
    """Measure, or, called by itself, do one step."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("forms", nargs="*", default=[*WRITERS], help=f"of {', '.join(WRITERS)}")
    arguments.add_argument("--rows", type=int, default=ROWS, help="in each export")
    arguments.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.step:
        form, name, path = asked.step
        print(json.dumps(asdict(step(form, name, Path(path), asked.rows))))
        return
    for form in asked.forms:
        for line in table(form, asked.rows):
            print(line, flush=True)


if __name__ == "__main__":
    main()
