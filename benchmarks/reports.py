"""What each stage of the reports takes, and how large the pages are.

Run: ``python -m benchmarks.reports ACTS``. The log is that of ``benchmarks.log``; ego is whoever
acts most, and people number one in twenty acts.
"""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.log import log
from benchmarks.writers import roc_columns
from roc.config import Config, GraphSettings
from roc.reports import audit, audit_page, weekly, weekly_page
from roc.reports.setting import as_html, as_json
from roc.reports.spells import Spell, stretches
from roc.scoring.budget import HORIZONS, readings
from roc.scoring.survival import hazard
from roc.workflows.measuring import viewed, weeks_before

DAY = date(2025, 12, 31)


def main(acts: int) -> None:
    """Print a table of the stages."""
    told = log(acts)
    ego = f"table:person{np.bincount(told.sender).argmax()}"
    with TemporaryDirectory() as folder:
        file = Path(folder) / "me.graph"
        roc_columns(told, file)
        del told
        config = Config(graph=GraphSettings(file=str(file)))
        print(f"| stage, {acts:,} acts | CPU seconds |")
        print("|---|--:|")
        with timed("read and measure ego's ties"), viewed(config, as_of=DAY, ego=ego) as (_, view):
            pass
        facts = view.people, view.contacts
        with timed("measure the twelve weeks before"):
            before = weeks_before(view, weekly.HISTORY_WEEKS)
        history = [measures.network for measures in before]
        with timed("build the weekly report"):
            week = weekly.build(
                *facts, view.exchanges, view.measures, before[-1], view.parameters, history=history
            )
        with timed("set it, with its figures"):
            pages = [as_html(weekly_page.page(week)), as_json(week)]
        with timed("build the audit, with communities"):
            whole = audit.build(*facts, view.declared, view.measures, view.parameters)
        with timed("set it, with its figures"):
            pages += [as_html(audit_page.page(whole)), as_json(whole)]
        guests = np.append(view.measures.ties.alter[::7][:11], view.people.ego)
        with timed("read a gathering of twelve after 7, 30, 90 and 180 days"):
            readings(view.contacts, view.people, view.day - 181, guests, HORIZONS, view.parameters)
        deals = [
            Spell(view.day - 10 * number, 90, ended=True, people=(int(guests[number % 11]),))
            for number in range(100)
        ]
        with timed("strength a month before each month of 100 deals, and the Cox model"):
            hazard(stretches(deals, view.contacts, view.people, view.parameters))
    sizes = ", ".join(f"{len(page.encode()) / 1e6:.2f}" for page in pages)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    people, ties = len(view.people), len(view.measures.ties)
    print(f"\n{people:,} people, {ties:,} of them ego's; pages {sizes} MB; peak {peak:,.0f} MB")


@contextmanager
def timed(stage: str) -> Iterator[None]:
    """Print what a stage took."""
    began = time.process_time()
    yield
    print(f"| {stage} | {time.process_time() - began:.1f} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
