"""Ways to get from a file of acts to numbers about ties: ours, and those it is measured against.

The others do less: decayed sums for every ordered pair, read from the plain schema of
``writers.sqlite_text``. Ours folds accounts into persons and measures strength, chance alive,
state, reciprocity, trust and return on top.
"""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.log import LAST_MOMENT, Log

HALF_LIVES_DAYS = (2.0, 14.0, 90.0, 480.0)
_ACTS = "SELECT sender, recipient, at / 86400 AS day FROM act"
_LAST_DAY = LAST_MOMENT // 86_400


def busiest(log: Log) -> str:
    """The account of whoever acts most: the ego of the benchmark."""
    return f"table:person{np.bincount(log.sender).argmax()}"


def roc(log: Log, path: Path) -> None:
    """``roc score``: everything measured for one ego, and kept as a snapshot."""
    from roc.config import Config, GraphSettings, Me
    from roc.workflows.measuring import score

    settings = Config(me=Me(accounts=(busiest(log),)), graph=GraphSettings(file=str(path)))
    score(settings, as_of=datetime.fromtimestamp(LAST_MOMENT, UTC).date())


def pandas(log: Log, path: Path) -> None:
    """pandas: ``read_sql``, then group by pair and day."""
    import pandas as pd

    database = sqlite3.connect(path)
    acts = pd.read_sql(_ACTS, database).drop_duplicates()
    database.close()
    for half_life in HALF_LIVES_DAYS:
        acts[str(half_life)] = 0.5 ** ((_LAST_DAY - acts["day"]) / half_life)
    acts.groupby(["sender", "recipient"], sort=False).sum()


def polars(log: Log, path: Path) -> None:
    """polars: ``read_database``, then group by pair and day."""
    import polars as pl

    database = sqlite3.connect(path)
    acts = pl.read_database(_ACTS, database).unique()
    database.close()
    age = _LAST_DAY - pl.col("day")
    sums = [(0.5 ** (age / days)).sum().alias(str(days)) for days in HALF_LIVES_DAYS]
    acts.group_by("sender", "recipient").agg(sums)


SCORERS: Mapping[str, Callable[[Log, Path], None]] = {
    "roc": roc,
    "pandas": pandas,
    "polars": polars,
}
"""Ways to score, by the name in the table."""

WRITTEN_BY: Mapping[str, str] = {"pandas": "sqlite3, text keys", "polars": "sqlite3, text keys"}
"""Whose database each reads where it is not its own, by the names in ``writers.WRITERS``."""
