"""CPU seconds to write a million acts into SQLite, by how the table is laid out.

Run: ``python -m benchmarks.layouts``. SQLite's part alone: columns are made beforehand, rows are
handed over with ``executemany`` as the store does. Why the layout is as it is: docs/decisions/0015.
"""

import sqlite3
import tempfile
import time
from pathlib import Path

import numpy as np

from roc.graph.frames import Ints

ACTS, BATCH = 1_000_000, 250_000
_DETAILS = ", ".join(f"d{number} INTEGER" for number in range(6))

LAYOUTS: dict[str, tuple[str, bool]] = {
    "no key, four columns": ("CREATE TABLE act (key, at, sender, recipient)", False),
    "running number": (
        "CREATE TABLE act (key INTEGER, at INTEGER, sender INTEGER, recipient INTEGER, "
        f"{_DETAILS}) STRICT",
        False,
    ),
    "running number, unique index over the hash": (
        "CREATE TABLE act (key INTEGER UNIQUE, at INTEGER, sender INTEGER, recipient INTEGER, "
        f"{_DETAILS}) STRICT",
        True,
    ),
    "laid out by time and hash": (
        "CREATE TABLE act (key INTEGER, at INTEGER, sender INTEGER, recipient INTEGER, "
        f"{_DETAILS}, PRIMARY KEY (at, key)) STRICT, WITHOUT ROWID",
        False,
    ),
    "laid out by the hash": (
        "CREATE TABLE act (key INTEGER PRIMARY KEY, at INTEGER, sender INTEGER, "
        f"recipient INTEGER, {_DETAILS}) STRICT",
        True,
    ),
}
"""What creates the table, and whether a batch is sorted by hash before it is written."""


def invented_acts(count: int) -> list[Ints]:
    """Hashes in no order, moments that rise, senders, recipients and six small details."""
    random = np.random.default_rng(1)
    return [
        random.integers(-(2**63), 2**63 - 1, count),
        np.sort(random.integers(1_600_000_000, 1_700_000_000, count)),
        *(random.integers(1, 50_000, count) for _ in range(2)),
        *(random.integers(0, 2, count) for _ in range(6)),
    ]


def seconds_and_bytes(layout: str, acts: list[Ints], place: Path) -> tuple[float, float]:
    """CPU seconds to write all acts, and bytes an act in the file."""
    create, by_hash = LAYOUTS[layout]
    database = sqlite3.connect(place, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -262144"):
        database.execute(f"PRAGMA {pragma}")
    database.execute(create)
    columns = acts[: 4 if layout.startswith("no key") else 10]
    insert = f"INSERT INTO act VALUES ({', '.join('?' * len(columns))}) ON CONFLICT DO NOTHING"
    spent = 0.0
    for start in range(0, ACTS, BATCH):
        batch = [column[start : start + BATCH] for column in columns]
        order = np.argsort(batch[0]) if by_hash else np.arange(len(batch[0]))
        rows = list(zip(*(column[order].tolist() for column in batch), strict=True))
        began = time.process_time()
        database.execute("BEGIN")
        database.executemany(insert, rows)
        database.execute("COMMIT")
        spent += time.process_time() - began
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return spent, place.stat().st_size / ACTS


def main() -> None:
    """Print a line a layout."""
    acts = invented_acts(ACTS)
    print("| layout | CPU s | bytes / act |\n|---|--:|--:|")
    with tempfile.TemporaryDirectory(prefix="roc-bench-") as folder:
        for number, layout in enumerate(LAYOUTS):
            spent, size = seconds_and_bytes(layout, acts, Path(folder) / f"{number}.db")
            print(f"| {layout} | {spent:.2f} | {size:.0f} |", flush=True)


if __name__ == "__main__":
    main()
