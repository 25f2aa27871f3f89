"""Measuring the scores on public data."""

from collections.abc import Callable
from pathlib import Path

from roc.bench.bars import Bench, bench, bench_return
from roc.bench.simulating import Simulated, simulate
from roc.config import Config
from roc.errors import ConfigError

__all__ = ["bench", "bench_return", "measured", "simulated"]


def simulated(config: Config, folder: Path, *, seed: int, connect: float) -> Simulated:
    """Write an invented world with a truth; see `roc.bench.simulating`.

    Args:
        config: the settings of strength.
        folder: where to.
        seed: another seed is another world.
        connect: share of the guests who had never met that each gathering connects.
    """
    return simulate(folder, seed=seed, connect=connect, parameters=config.scoring)


def measured(
    config: Config,
    folder: Path,
    told: Callable[[str], None],
    measure: Callable[..., Bench] = bench,
) -> Bench:
    """How good the scores are on the data of a folder; see ``docs/how-good.md``.

    Args:
        config: the numbers of the scores.
        folder: where the data is.
        told: called with the name of each part before it is measured.
        measure: ``bench`` or ``bench_return``.

    Raises:
        ConfigError: there is no such folder, or a file in it is not what its name says.
    """
    if not folder.is_dir():
        raise ConfigError(
            f"There is no folder {folder}.", hint="name the folder that the data sets are in."
        )
    part = ""

    def now(name: str) -> None:
        nonlocal part
        part = name
        told(name)

    try:
        return measure(folder, config.scoring, now)
    except (EOFError, KeyError, OSError, ValueError) as error:
        raise ConfigError(
            f"The data of {part} cannot be read ({type(error).__name__}).",
            hint="see docs/how-good.md for what the files hold.",
        ) from error
