"""What asking live sources costs: requests and bytes for 10,000 acts, and again with nothing new.

Each source is asked against the server of its tests (``tests/live/worlds``), which pages as the
real one does. Run: ``python -m benchmarks.asking [SOURCE…]``.
"""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from roc.cli.options import now
from roc.config import Config, GraphSettings
from roc.workflows.asking import collect_live
from tests.live.world import World, worlds


def main(names: list[str]) -> None:
    """Print a line for each source."""
    print(
        f"{'source':12} {'acts':>6} {'requests':>9} {'bytes':>9}   {'for 10,000 acts':>22}   again"
    )
    for name, opened in worlds().items():
        if names and name not in names:
            continue
        with TemporaryDirectory() as folder, opened(Path(folder)) as world:
            os.environ.update(world.environment)
            print(_line(world, Path(folder)))


def _line(world: World, folder: Path) -> str:
    config = Config(graph=GraphSettings(file=str(folder / "me.graph")))
    acts, requests, size, seconds = _asked(world, config)
    _, again, _, _ = _asked(world, config)
    scale = 10_000 / max(acts, 1)
    told = f"{requests * scale:,.0f} requests, {size * scale / 1e6:.1f} MB"
    return (
        f"{world.source:12} {acts:6} {requests:9} {size:9}   {told:>22}   "
        f"{again} requests ({seconds:.1f} s the first time)"
    )


def _asked(world: World, config: Config) -> tuple[int, int, int, float]:
    """Acts (accounts, where a source tells of no acts), requests, bytes and seconds of one run."""
    began, requests, size = perf_counter(), world.requests(), world.bytes_back()
    done = list(collect_live(config, world.source, clock=now, wait=lambda _seconds: None))
    return (
        sum(each.new or each.described for each in done),
        world.requests() - requests,
        world.bytes_back() - size,
        perf_counter() - began,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
