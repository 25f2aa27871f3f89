"""Invented logs of who acted towards whom, shaped like real ones: heavy-tailed and bursty.

People have very different activity, keep mostly to a community of their own, answer most of what
they get, and act in bursts. ``python -m benchmarks.log 1000000 log.parquet`` writes one.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LAST_MOMENT = 1_767_225_600  # 2026-01-01, so that a log does not depend on when it is made
SPAN_SECONDS = 3 * 365 * 86_400
ACTS_PER_PERSON = 20
ACTS_PER_TIE = 6
COMMUNITY = 150  # people; Dunbar's number
INSIDE_SHARE = 0.8  # of ties that stay within a community
ONE_SIDED_SHARE = 0.3  # of ties in which hardly anything comes back
BURST_SECONDS = 1.5 * 86_400

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """Acts in order of time, a row each, shape ``(n,)``.

    Args:
        sender: number of a person.
        recipient: number of another.
        at: seconds since 1970-01-01 UTC.
        id: unique, in no order.
    """

    sender: Ints
    recipient: Ints
    at: Ints
    id: Ints

    def __len__(self) -> int:
        return len(self.at)


def log(count: int, seed: int = 1) -> Log:
    """A log of ``count`` acts; the same count and seed give the same log."""
    rng = np.random.default_rng([seed, count])
    one, other = _ties(rng, max(count // ACTS_PER_PERSON, 10), max(count // ACTS_PER_TIE, 10))
    tie = _acts_of_ties(rng, len(one), count)
    forward = rng.random(count) < _shares(rng, len(one))[tie]
    at = _moments(rng, tie, len(one))
    order = np.argsort(at, kind="stable")
    sender, recipient = np.where(forward, (one[tie], other[tie]), (other[tie], one[tie]))
    # Random in the high bits, so in no order; the place in the low ones, so unique.
    ids = (rng.integers(1, 2**34, count) << 28) | np.arange(count)
    return Log(sender[order], recipient[order], at[order], ids)


def _ties(rng: np.random.Generator, people: int, count: int) -> tuple[Ints, Ints]:
    """Pairs of two different people: the active ones have more, most within a community."""
    activity = rng.pareto(1.6, people) + 0.2
    chances = np.cumsum(activity) / activity.sum()

    def somebody(size: int) -> Ints:
        return np.minimum(np.searchsorted(chances, rng.random(size)), people - 1).astype(np.int64)

    one = somebody(count)
    size = min(COMMUNITY, people)
    neighbour = one // size * size + rng.integers(0, size, count)
    other = np.where(rng.random(count) < INSIDE_SHARE, neighbour, somebody(count)) % people
    return one, np.where(other == one, (other + 1) % people, other)


def _acts_of_ties(rng: np.random.Generator, ties: int, count: int) -> Ints:
    """Which tie each act belongs to: a few ties carry most of what passes."""
    weight = rng.lognormal(0.0, 1.6, ties)
    chances = np.cumsum(weight) / weight.sum()
    found = np.searchsorted(chances, rng.random(count))
    return np.minimum(found, ties - 1).astype(np.int64)


def _shares(rng: np.random.Generator, ties: int) -> Floats:
    """Which part of a tie's acts goes one way: about half, or nearly all where it is one-sided."""
    even, lopsided = rng.beta(6, 6, ties), rng.beta(20, 1, ties)
    return np.where(rng.random(ties) < ONE_SIDED_SHARE, lopsided, even)


def _moments(rng: np.random.Generator, tie: Ints, ties: int) -> Ints:
    """When each act happens: in one of its tie's bursts, which last a day or two."""
    acts = np.bincount(tie, minlength=ties)
    bursts = 1 + acts // 5
    first = np.concatenate(([0], np.cumsum(bursts)[:-1]))
    centres = LAST_MOMENT - SPAN_SECONDS * rng.random(int(bursts.sum()))
    burst = first[tie] + (rng.random(len(tie)) * bursts[tie]).astype(np.int64)
    at: Floats = centres[burst] + rng.exponential(BURST_SECONDS, len(tie))
    return np.minimum(at, LAST_MOMENT - 1).astype(np.int64)


def newest(acts: Log, count: int) -> Log:
    """The last ``count`` acts of a log, or all where it has fewer."""
    last = slice(max(len(acts) - count, 0), None)
    return Log(acts.sender[last], acts.recipient[last], acts.at[last], acts.id[last])


def write(acts: Log, path: Path) -> None:
    """Write a log as Parquet or, if the file is so called, as CSV."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    columns = {name: getattr(acts, name) for name in ("sender", "recipient", "at", "id")}
    table = pa.table(columns)
    if path.suffix == ".csv":
        csv.write_csv(table, path)
    else:
        parquet.write_table(table, path)


def read(path: Path) -> Log:
    """Read a log that ``write`` has written as Parquet."""
    from pyarrow import parquet

    table = parquet.read_table(path)
    return Log(*(table[name].to_numpy() for name in ("sender", "recipient", "at", "id")))


def main() -> None:
    """Write a log as asked."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("count", type=int, help="how many acts")
    arguments.add_argument("path", type=Path, help="where to: .parquet or .csv")
    arguments.add_argument("--seed", type=int, default=1, help="of every random draw")
    asked = arguments.parse_args()
    write(log(asked.count, asked.seed), asked.path)


if __name__ == "__main__":
    main()
