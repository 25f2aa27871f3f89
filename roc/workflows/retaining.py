"""Retaining: acts are kept for as many years as the owner wants, and no longer."""

from dataclasses import dataclass
from datetime import datetime
from math import floor

from roc.config import Config
from roc.graph.retention import Removed
from roc.graph.store import Graph
from roc.reports.text import day as date_of

_DAYS_PER_YEAR = 365.25
_DOUBTFUL_DAYS = 366  # nothing known for longer than this: rather the clock is wrong


@dataclass(frozen=True, slots=True)
class Limit:
    """From when on acts are kept, as of a moment.

    Args:
        oldest_day: first UTC day of what is kept; ``None`` where all is.
        read_at: the moment of reading, if it is to be believed.
        doubt: why nothing is removed although there is a limit; empty where there is no doubt.
    """

    oldest_day: int | None = None
    read_at: datetime | None = None
    doubt: str = ""


def limit(config: Config, graph: Graph, now: datetime | None) -> Limit:
    """From when on acts are kept.

    A clock that is more than a year ahead of all that is known would empty the graph; it is not
    believed.

    Args:
        config: the settings.
        graph: tells the last day of which it knows.
        now: the moment, aware UTC; ``None`` where there is no clock, and then no limit.
    """
    if now is None:
        return Limit()
    if not config.store.keep_years:
        return Limit(read_at=now)
    today = floor(now.timestamp()) // 86_400
    known = graph.last_known_day()
    if known is not None and today > known + _DOUBTFUL_DAYS:
        return Limit(
            doubt=f"It is said to be {now.date()}, and the last day of which anything is known is "
            f"{date_of(known)}: nothing was removed for its age."
        )
    return Limit(floor(today - config.store.keep_years * _DAYS_PER_YEAR), now)


def retain(config: Config, graph: Graph, now: datetime | None) -> tuple[Removed, str]:
    """Remove what is older than the owner wants, and overwrite what was removed.

    Returns:
        What went, and why nothing did where the clock is in doubt.
    """
    chosen = limit(config, graph, now)
    removed = Removed() if chosen.oldest_day is None else graph.keep_from(chosen.oldest_day)
    graph.finish_erasing()
    return removed, chosen.doubt
