"""The same log written into a file and into a PostgreSQL database, in one run.

``python -m benchmarks.server postgresql+psycopg://…/empty 100000`` prints a Markdown table. The
database has to be empty; it holds the log afterwards. Server and client share the machine here, so
the clock on the wall tells most: ``CPU s`` is what the client alone spends.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.log import Log, log
from benchmarks.writers import interactions
from roc.graph.store import Graph

LAST_DAY = 40_000


def steps(where: Path | str, acts: Log) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is measured, by its title."""
    with Graph(where) as graph:

        def write() -> int:
            return graph.add(interactions(acts), source="table", export="log").new

        def read() -> int:
            with graph.read() as reader:
                return len(reader.contacts(LAST_DAY))

        yield "write", write
        yield "write again", write
        yield "read contact days", read


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock on the wall and of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    """Measure both, and say how many times as long the server takes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("url", help="of an empty database")
    arguments.add_argument("acts", type=int, nargs="?", default=100_000)
    asked = arguments.parse_args()
    acts = log(asked.acts)
    print("| step | file: wall s | CPU s | server: wall s | CPU s | server / file |")
    print("|---|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory(prefix="roc-bench-") as folder:
        both = (steps(Path(folder) / "me.graph", acts), steps(asked.url, acts))
        for (title, on_file), (_, on_server) in zip(*both, strict=True):
            (wall, cpu), (its_wall, its_cpu) = measured(on_file), measured(on_server)
            cells = f"{wall:.2f} | {cpu:.2f} | {its_wall:.2f} | {its_cpu:.2f}"
            print(f"| {title} | {cells} | {its_wall / wall:.1f} |", flush=True)


if __name__ == "__main__":
    main()
