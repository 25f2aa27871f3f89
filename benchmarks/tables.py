"""Rows a CPU second to read a table of who reached whom when, and to read and keep it.

``python -m benchmarks.tables 1000000`` prints a Markdown table. People and ids are text, moments
Unix seconds; every measurement runs in a process of its own, libraries imported beforehand.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.log import Log, log
from benchmarks.pipeline import Measured, measured
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.registry import collector
from roc.graph.records import Record
from roc.graph.store import Graph

SIZE = 1_000_000
FILES = ("table.parquet", "table.csv", "quoted.csv", "no-id.parquet", "no-id.csv")


def write(acts: Log, path: Path) -> None:
    """Write a log as a table, as its file is called."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    columns = {
        "from": [f"person{number}" for number in acts.sender.tolist()],
        "to": [f"person{number}" for number in acts.recipient.tolist()],
        "at": acts.at,
    }
    if not path.name.startswith("no-id"):
        columns["id"] = [f"{number:x}@mail.example" for number in acts.id.tolist()]
    table = pa.table(columns)
    if path.suffix == ".parquet":
        parquet.write_table(table, path)
    else:
        style = "all_valid" if path.name.startswith("quoted") else "none"
        csv.write_csv(table, path, csv.WriteOptions(quoting_style=style))


def records(path: Path) -> Iterator[Record]:
    """What the collector of tables gives."""
    with open_export(path) as export:
        yield from collector("table").collect(export, Options())


def read(_: Log, path: Path) -> None:
    """Read a table, and drop what is read."""
    for _record in records(path):
        pass


def keep(_: Log, path: Path) -> None:
    """Read a table into a new graph."""
    with Graph(path.with_name(f"{path.name}.graph")) as graph:
        graph.add(records(path), source="table", export=path.name)


def _line(path: Path, count: int) -> str:
    _told("write", path, count)
    cells = [path.name, *_told("read", path, count).split(), *_told("keep", path, count).split()]
    return "| " + " | ".join(cells) + " |"


def _told(step: str, path: Path, count: int) -> str:
    command = [sys.executable, "-m", "benchmarks.tables", str(count), "--step", step, str(path)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _step(name: str, path: Path, count: int) -> str:
    """One step: rows a CPU second, and peak memory in MB."""
    if name == "write":
        write(log(count), path)
        return ""
    work = {"read": read, "keep": keep}[name]
    with tempfile.TemporaryDirectory(prefix="roc-bench-") as folder:
        few = Path(folder) / path.name
        write(log(100), few)
        work(log(100), few)
    told: Measured = measured(work, log(100), path)
    return f"{count / told.cpu_seconds:,.0f} {told.peak_mb:.0f}"


def main() -> None:
    """Measure, or, called by itself, do one step."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("count", type=int, nargs="?", default=SIZE, help="rows of the tables")
    arguments.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.step:
        print(_step(asked.step[0], Path(asked.step[1]), asked.count))
        return
    print(f"{asked.count:,} rows\n")
    print("| table | read: rows / CPU s | peak MB | read and keep: rows / CPU s | peak MB |")
    print("|---|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory(prefix="roc-bench-") as folder:
        for name in FILES:
            print(_line(Path(folder) / name, asked.count), flush=True)


if __name__ == "__main__":
    main()
