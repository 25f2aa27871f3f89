"""Ways to get from a file of acts to numbers about ties: ours, and those it is measured against.

The others do less: decayed sums for every ordered pair, read from the plain schema of
``writers.sqlite_text``. Ours folds accounts into persons and measures strength, chance alive,
state, reciprocity, trust and return on top.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.log import LAST_MOMENT, Log

HALF_LIVES_DAYS = (2.0, 14.0, 90.0, 480.0)
_ACTS = "SELECT sender, recipient, at / 86400 AS day FROM act"
_DAYS = "SELECT DISTINCT sender, recipient, at / 86400 FROM act"
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


def networkx(log: Log, path: Path) -> None:
    """networkx: a directed graph whose edges hold the sums, day by day in Python."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    database = sqlite3.connect(path)
    for sender, recipient, day in database.execute(_DAYS):
        if not graph.has_edge(sender, recipient):
            graph.add_edge(sender, recipient, sums=[0.0] * len(HALF_LIVES_DAYS))
        sums = graph[sender][recipient]["sums"]
        for place, half_life in enumerate(HALF_LIVES_DAYS):
            sums[place] += 0.5 ** ((_LAST_DAY - day) / half_life)
    database.close()


def igraph(log: Log, path: Path) -> None:
    """igraph: an edge for every active day, then parallel ones made one, their weights summed."""
    import igraph as ig

    database = sqlite3.connect(path)
    rows = database.execute(_DAYS).fetchall()
    database.close()
    names = {name: number for number, name in enumerate(dict.fromkeys(_ends(rows)))}
    graph = ig.Graph(
        n=len(names), edges=[(names[one], names[other]) for one, other, _ in rows], directed=True
    )
    age = _LAST_DAY - np.array([day for _, _, day in rows])
    for half_life in HALF_LIVES_DAYS:
        graph.es[str(half_life)] = 0.5 ** (age / half_life)
    graph.simplify(combine_edges="sum")


def _ends(rows: list[tuple[str, str, int]]) -> Iterator[str]:
    for sender, recipient, _ in rows:
        yield sender
        yield recipient


SCORERS: Mapping[str, Callable[[Log, Path], None]] = {
    "roc": roc,
    "pandas": pandas,
    "polars": polars,
    "networkx": networkx,
    "igraph": igraph,
}
"""Ways to score, by the name in the table."""

WRITTEN_BY: Mapping[str, str] = dict.fromkeys(
    ("pandas", "polars", "networkx", "igraph"), "sqlite3, text keys"
)
"""Whose database each reads where it is not its own, by the names in ``writers.WRITERS``."""
