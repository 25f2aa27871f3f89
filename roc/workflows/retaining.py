"""Retaining: acts are kept for as many years as the owner wants, and no longer."""

from dataclasses import dataclass
from datetime import datetime
from math import floor

from roc.config import Config
from roc.graph.retention import LONG_DAYS, Removed
from roc.graph.store import Graph
from roc.reports.text import day as date_of

_DAYS_PER_YEAR = 365.25


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

    A wrong clock would empty the graph. It is not believed where nothing is known of the year
    before it, nor where more than half of all acts would go while a silence of more than a year
    lies between them and those that would stay, or among these.

    Args:
        config: the settings.
        graph: tells of which days it knows.
        now: the moment, aware UTC; ``None`` where there is no clock, and then no limit.
    """
    if now is None:
        return Limit()
    if not config.store.keep_years:
        return Limit(read_at=now)
    today = floor(now.timestamp()) // 86_400
    oldest = floor(today - config.store.keep_years * _DAYS_PER_YEAR)
    known = graph.last_known_day(today)
    if known is not None and today > known + LONG_DAYS:
        return _doubt(now, f"the last day of which much is known is {date_of(known)}")
    if around := graph.silence(today, oldest):
        days = " and ".join(str(date_of(day)) for day in around)
        return _doubt(now, f"more than half of all acts would go, and none is between {days}")
    return Limit(oldest, now)


def _doubt(now: datetime, why: str) -> Limit:
    said = f"It is said to be {now.date()}, but {why}"
    return Limit(doubt=f"{said}: nothing was removed for its age.")


def retain(config: Config, graph: Graph, now: datetime | None) -> tuple[Removed, str]:
    """Remove what is older than the owner wants, and overwrite what was removed.

    Returns:
        What went, and why nothing did where the clock is in doubt.
    """
    chosen = limit(config, graph, now)
    removed = Removed() if chosen.oldest_day is None else graph.keep_from(chosen.oldest_day)
    graph.finish_erasing()
    return removed, chosen.doubt
