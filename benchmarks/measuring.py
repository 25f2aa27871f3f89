"""Seconds and memory to measure a graph of 1e5, 1e6 or 1e7 rows of contact.

Run: ``python -m benchmarks.measuring ROWS``, once per size, so that the peak is that size's own.
People number one in twenty rows and pairs one in ten; ego has a hundredth of all rows.
"""

import resource
import sys
import time
from dataclasses import replace

import numpy as np

from roc.bench.public_data import nameless_people
from roc.graph.frames import KINDS, Contacts, Declared, Exchanges, Expenses, Ints
from roc.graph.records import Kind
from roc.scoring.network import measure
from roc.scoring.parameters import ScoringParameters

FIRST_DAY, LAST_DAY = 18_000, 20_000
EGO = 0
EGO_SHARE = 0.01
_COMMON = (Kind.MESSAGE, Kind.REPLY, Kind.REACTION, Kind.MEETING, Kind.THANKS)


def invented_contacts(rows: int, people_count: int, random: np.random.Generator) -> Contacts:
    """Rows over pairs with a heavy tail of people, in the order the store gives them."""
    pair_count = rows // 10
    popular = (people_count * random.random(pair_count) ** 3).astype(np.int64)
    other = random.integers(0, people_count, pair_count)
    popular[: int(pair_count * EGO_SHARE)] = EGO
    other = np.where(other == popular, (other + 1) % people_count, other)
    pair = random.integers(0, pair_count, rows)
    turned = random.random(rows) < 0.5
    sender = np.where(turned, other[pair], popular[pair])
    recipient = np.where(turned, popular[pair], other[pair])
    day = random.integers(FIRST_DAY, LAST_DAY, rows)
    kind = np.array([KINDS.index(kind) for kind in _COMMON])[random.integers(0, 5, rows)]
    order = np.lexsort((kind, day, recipient, sender))
    return Contacts(
        sender=sender[order],
        recipient=recipient[order],
        day=day[order],
        kind=kind[order],
        source=np.zeros(rows, dtype=np.int64),
        audience=random.integers(1, 5, rows),
        acts=np.ones(rows, dtype=np.int64),
        sources=("invented",),
    )


def exchanges_of(contacts: Contacts) -> Exchanges:
    """Ego's rows as exchanges at noon."""
    mine = (contacts.sender == EGO) | (contacts.recipient == EGO)
    by_ego = contacts.sender[mine] == EGO
    nothing: Ints = np.zeros(int(mine.sum()), dtype=np.int64)
    return Exchanges(
        alter=np.where(by_ego, contacts.recipient[mine], contacts.sender[mine]),
        by_ego=by_ego,
        at=contacts.day[mine] * 86_400 + 43_200,
        audience=contacts.audience[mine],
        kind=contacts.kind[mine],
        source=nothing,
        thread=nothing,
        sources=contacts.sources,
    )


def main(rows: int) -> None:
    """Print seconds, peak memory, and how much of it was the input."""
    people = replace(nameless_people(max(rows // 20, 2)), ego=EGO)
    contacts = invented_contacts(rows, len(people), np.random.default_rng(1))
    exchanges = exchanges_of(contacts)
    none: Ints = np.zeros(0, dtype=np.int64)
    expenses = Expenses(none, none, np.zeros(0))
    declared = Declared(none, none, none.astype(np.bool_), none, none, ())
    columns = (contacts.sender, contacts.recipient, contacts.day, contacts.kind)
    given = sum(column.nbytes for column in columns)
    given += contacts.source.nbytes + contacts.audience.nbytes + contacts.acts.nbytes
    began = time.perf_counter()
    measured = measure(
        people, contacts, exchanges, expenses, declared, LAST_DAY, ScoringParameters()
    )
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{rows:>10} rows, {len(people)} people, {len(measured.ties)} of ego's ties: "
        f"{seconds:.2f} s, peak {peak:.0f} MB with making the rows, input {given / 2**20:.0f} MB"
    )


if __name__ == "__main__":
    main(int(float(sys.argv[1])))
