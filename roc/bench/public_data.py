"""Public interaction data as contacts: ``src,dst,t`` tables, one row per directed act.

The data is not ours to hand on: a folder holds it, and what is not there is left out and named.
"""

import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from roc.graph.frames import KINDS, Contacts, Floats, Ints, People
from roc.graph.records import Kind

SECONDS_PER_DAY = 86_400
LAST_CUT = {"cns_sms": 0.75, "collegemsg": 0.82, "radoslaw": 0.8, "enron": 0.75}
"""The last of four cuts stands where this share of all acts has passed, the others ``BETWEEN_CUTS``
before it; what comes after is the future that scores are judged by."""

BETWEEN_CUTS = 0.15

HORIZON_DAYS = {"cns_sms": 5, "collegemsg": 14, "radoslaw": 30, "enron": 60}
"""How far ahead each data set is asked; short ones cannot be asked far."""


@dataclass(frozen=True, slots=True, eq=False)
class Acts:
    """Directed acts in time order, nobody with themselves.

    Args:
        name: the data set.
        sender: person number, shape ``(n,)``.
        recipient: person number.
        at: seconds.
        people_count: how many people there are.
    """

    name: str
    sender: Ints
    recipient: Ints
    at: Floats
    people_count: int


def acts(folder: Path, name: str) -> Acts:
    """The acts of a data set, in time order, nobody with themselves.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no table of acts.
    """
    table = columns(folder / f"{name}.csv.gz", (0, 1, 2))
    table = table[table[:, 0] != table[:, 1]]
    table = table[np.argsort(table[:, 2], kind="stable")]
    _, numbers = np.unique(table[:, :2], return_inverse=True)
    numbers = numbers.reshape(-1, 2).astype(np.int64)
    return Acts(name, numbers[:, 0], numbers[:, 1], table[:, 2], int(numbers.max()) + 1)


def columns(path: Path, wanted: tuple[int, ...]) -> Floats:
    """Columns of a table of numbers under one line of headers, shape ``(n, len(wanted))``."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return np.loadtxt(stream, delimiter=",", skiprows=1, usecols=wanted, ndmin=2)


def cuts(of: Acts, horizon_days: int) -> list[float]:
    """Moments at which a prediction is asked; all have the whole horizon ahead of them."""
    shares = [LAST_CUT[of.name] - BETWEEN_CUTS * step for step in (3, 2, 1, 0)]
    moments = [float(np.quantile(of.at, share)) for share in shares]
    end = float(of.at.max())
    return [cut for cut in moments if cut + horizon_days * SECONDS_PER_DAY <= end]


def contacts_before(of: Acts, cut: float) -> tuple[Contacts, int]:
    """What had passed before a cut, in days that end with it, and the last of those days.

    Days are counted from the cut, so that the last day is as whole as the ones before it.
    """
    rows = of.at < cut
    age = np.floor((cut - of.at[rows]) / SECONDS_PER_DAY).astype(np.int64)
    day = int(age.max(initial=0))
    zeros, ones = np.zeros(len(age), dtype=np.int64), np.ones(len(age), dtype=np.int64)
    contacts = Contacts(
        sender=of.sender[rows],
        recipient=of.recipient[rows],
        day=day - age,
        kind=np.full(len(age), KINDS.index(Kind.MESSAGE), dtype=np.int64),
        source=zeros,
        audience=ones,
        acts=ones,
        sources=(of.name,),
    )
    return contacts, day


def two_way_after(of: Acts, cut: float, horizon_days: int, low: Ints, high: Ints) -> Ints:
    """1 for each pair that reaches each other both ways within the horizon after a cut."""
    rows = (of.at >= cut) & (of.at < cut + horizon_days * SECONDS_PER_DAY)
    seen = np.unique(of.sender[rows] * of.people_count + of.recipient[rows])
    there = np.isin(low * of.people_count + high, seen)
    back = np.isin(high * of.people_count + low, seen)
    return (there & back).astype(np.int64)


def nameless_people(count: int) -> People:
    """People of whom nothing is known but that they are there."""
    keys = tuple(f"person:{number:08d}" for number in range(count))
    nothing: tuple[tuple[str, ...], ...] = ((),) * count
    return People(
        keys=keys,
        names=keys,
        organisations=("",) * count,
        aside=("",) * count,
        set_aside=np.zeros(count, dtype=np.bool_),
        accounts=nothing,
        tags=nothing,
        ego=-1,
    )
