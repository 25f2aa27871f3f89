"""Several live sources asked at once, beside the slowest of them asked alone.

Five of the tests' servers (``tests/live/worlds``) answer from so many milliseconds away. Run:
``python -m benchmarks.hosts [MILLISECONDS]``.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from roc.cli.options import now
from roc.config import Config, GraphSettings
from roc.workflows.asking import ask
from roc.workflows.connections import connection
from tests.live.world import worlds

SOURCES = ("beeper", "facebook", "instagram", "linkedin", "x")
ROUNDS = 5


def main(milliseconds: float) -> None:
    """Print what each takes alone, what all take together, and the ratio to the slowest."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        for name in SOURCES:
            (Path(folder) / name).mkdir()
            world = stack.enter_context(worlds()[name](Path(folder) / name))
            os.environ.update(world.environment)
            assert world.line is not None
            world.line.far_seconds = milliseconds / 1000
            world.line.most_requests = 100_000
        ratios = [_round(Path(folder), number) for number in range(ROUNDS)]
    print(f"together / slowest alone: {min(ratios):.2f} to {max(ratios):.2f} in {ROUNDS} rounds")


def _round(folder: Path, number: int) -> float:
    alone = {name: _seconds(folder / f"{name}-{number}.graph", [name]) for name in SOURCES}
    together = _seconds(folder / f"all-{number}.graph", SOURCES)
    told = ", ".join(f"{name} {seconds:.2f}" for name, seconds in alone.items())
    print(f"{told}; one after the other {sum(alone.values()):.2f}, together {together:.2f} s")
    return together / max(alone.values())


def _seconds(file: Path, names: Sequence[str]) -> float:
    """How long asking these sources takes, into a graph that is new."""
    config = Config(graph=GraphSettings(file=str(file)))
    asked = [connection(config, name) for name in names]
    began = perf_counter()
    done = ask(config, asked, clock=now, wait=lambda _seconds: None)
    assert not [each.failures for each in done if each.failures]
    return perf_counter() - began


if __name__ == "__main__":
    main(float(sys.argv[1]) if sys.argv[1:] else 100.0)
