"""How well and how fast accounts of one person are found in a population with known truth.

``python -m benchmarks.likeness 1000 10000 100000`` prints Markdown tables for each size: precision
and recall at several confidences, how often suggestions of some confidence are right, seconds and
memory, for ours, for Splink and for whoever has the same name. Every measurement runs in a process
of its own, so that its peak memory is its own.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import combinations, pairwise

import numpy as np

from benchmarks.linkers import LEAST, LINKERS, Pairs
from benchmarks.pipeline import peak_mb
from benchmarks.population import Population, population
from roc.graph.frames import Bools, Floats

SIZES = (1_000, 10_000)
SEED = 2026  # not the one with which constants were chosen
CUTS = (0.1, 0.3, 0.5, 0.7, 0.9, 0.95)
BINS = (LEAST, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one linker did with one population.

    Args:
        wall_seconds: from columns to pairs.
        cpu_seconds: the same, of all threads.
        peak_mb: most memory the process ever held.
        loaded_mb: the same just before the watch started.
        pairs: pairs of people found.
        at_cuts: precision and recall of pairs of at least each of ``CUTS``.
        in_bins: count, mean confidence and share right of pairs in each of ``BINS``.
    """

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    loaded_mb: float
    pairs: int
    at_cuts: list[tuple[float, float]]
    in_bins: list[tuple[int, float, float]]


def true_pairs(people: Population) -> set[tuple[int, int]]:
    """Pairs of persons who are one human being and are not yet known to be."""
    persons = defaultdict(set)
    for person, human in zip(people.accounts.person.tolist(), people.truth.tolist(), strict=True):
        persons[human].add(person)
    return {pair for same in persons.values() for pair in combinations(sorted(same), 2)}


def judged(found: Pairs, true: set[tuple[int, int]]) -> tuple[Floats, Bools]:
    """The confidence of each pair found, and whether it is right."""
    confidence = np.array(list(found.values()), dtype=np.float64)
    return confidence, np.array([pair in true for pair in found], dtype=np.bool_)


def measured(name: str, count: int, seed: int) -> Measured:
    """Run one linker under the watch."""
    LINKERS[name](population(1000, seed=1))  # so that importing libraries is not counted as work
    people = population(count, seed)
    loaded, cpu, wall = peak_mb(), time.process_time(), time.perf_counter()
    found = LINKERS[name](people)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    true = true_pairs(people)
    confidence, right = judged(found, true)
    cuts = [confidence >= cut for cut in CUTS]
    bins = [(confidence >= low) & (confidence < high) for low, high in pairwise(BINS)]
    return Measured(
        wall,
        cpu,
        peak_mb(),
        loaded,
        len(found),
        [(_mean(right[cut]), float(right[cut].sum()) / max(len(true), 1)) for cut in cuts],
        [(int(held.sum()), _mean(confidence[held]), _mean(right[held])) for held in bins],
    )


def _mean(values: Floats | Bools) -> float:
    return float(values.mean()) if len(values) else float("nan")


def tables(count: int, seed: int, names: list[str]) -> Iterator[str]:
    """The lines of the tables for a population of about ``count`` accounts."""
    told = {name: _in_a_process_of_its_own(name, count, seed) for name in names}
    ours = next(iter(told.values()))
    yield f"\n### {count:,} accounts\n"
    yield (
        "| | wall s | × | CPU s | peak MB | pairs | "
        + " | ".join(f"≥ {cut}" for cut in CUTS)
        + " |"
    )
    yield "|---|--:|--:|--:|--:|--:|" + "--:|" * len(CUTS)
    for name, result in told.items():
        cells = [
            name,
            f"{result.wall_seconds:.2f}",
            f"{result.wall_seconds / ours.wall_seconds:.1f}",
            f"{result.cpu_seconds:.2f}",
            f"{result.peak_mb:.0f} ({result.loaded_mb:.0f} before)",
            f"{result.pairs:,}",
            *(f"{precision:.3f} / {recall:.3f}" for precision, recall in result.at_cuts),
        ]
        yield "| " + " | ".join(cells) + " |"
    yield "\n| confidence | " + " | ".join(f"{name}: pairs, said, right" for name in told) + " |"
    yield "|---|" + "---|" * len(told)
    for place, (low, high) in enumerate(pairwise(BINS)):
        cells = [
            f"{held:,}, {said:.2f}, {right:.2f}" if held else "–"
            for held, said, right in (result.in_bins[place] for result in told.values())
        ]
        yield f"| {low} – {min(high, 1.0)} | " + " | ".join(cells) + " |"


def _in_a_process_of_its_own(name: str, count: int, seed: int) -> Measured:
    command = [sys.executable, "-m", "benchmarks.likeness", "--step", name, str(count), str(seed)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Measure every size asked for, or, called by itself, one linker."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("sizes", type=int, nargs="*", default=SIZES, help="accounts")
    arguments.add_argument("--seed", type=int, default=SEED, help="of every random draw")
    arguments.add_argument("--of", nargs="+", default=list(LINKERS), help="which linkers")
    arguments.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.step:
        name, count, seed = asked.step
        print(json.dumps(asdict(measured(name, int(count), int(seed)))))
        return
    for count in asked.sizes:
        for line in tables(count, asked.seed, asked.of):
            print(line, flush=True)


if __name__ == "__main__":
    main()
