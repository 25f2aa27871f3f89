"""Walking a stream that gives the newest first, so that a walk cut short goes on where it stopped.

The walk goes down from the newest item to the newest one of the last finished walk. Only when it
arrives there does that mark move up; until then the cursor remembers both ends of what was read.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from roc.collectors.http import NotUnderstood
from roc.graph.records import Checkpoint, Problem, Record

_MOST_IDLE_PAGES = 3  # some sources hand out page tokens for ever


@dataclass(frozen=True, slots=True)
class Step:
    """One thing on a page: its number, which grows with time, and the records it makes.

    A number of 0 is told by things that have none; they are new wherever they turn up.
    """

    number: int
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What one request brought.

    Args:
        steps: newest first.
        next_token: with which the next page is asked for; empty on the last one.
        records: what is not part of a step, such as problems.
    """

    steps: tuple[Step, ...]
    next_token: str = ""
    records: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stream is read; 0 and empty where nothing is known.

    Args:
        newest_done: everything up to here is read.
        top: newest item of the walk under way, the next ``newest_done``.
        oldest: oldest item of the walk under way.
        token: of the next page of the walk under way.
    """

    newest_done: int = 0
    top: int = 0
    oldest: int = 0
    token: str = ""

    @classmethod
    def of(cls, cursor: Mapping[str, Any]) -> "Progress":
        """The progress a cursor tells."""
        walk = cursor.get("backfill") or {}
        return cls(
            newest_done=int(cursor.get("newest_done") or 0),
            top=int(walk.get("top") or 0),
            oldest=int(walk.get("oldest") or 0),
            token=str(walk.get("token") or ""),
        )

    def cursor(self) -> dict[str, Any]:
        """The progress as plain JSON. Numbers are text, for they outgrow what JSON readers hold."""
        told: dict[str, Any] = {"newest_done": str(self.newest_done)}
        if self.under_way:
            told["backfill"] = {
                "top": str(self.top),
                "oldest": str(self.oldest),
                "token": self.token,
            }
        return told

    @property
    def under_way(self) -> bool:
        """Whether a walk was begun and has not arrived."""
        return bool(self.token)

    def after(self, page: Page) -> "Progress":
        """The progress once a page is read."""
        numbers = [step.number for step in page.steps if step.number]
        return replace(
            self,
            top=max([self.top, *numbers]),
            oldest=min(numbers, default=self.oldest),
            token=page.next_token,
        )

    def arrived(self) -> "Progress":
        """The progress when the walk is over."""
        return Progress(newest_done=max(self.newest_done, self.top))


Fetch = Callable[[Progress], Page]
"""Brings the page that a progress asks for: the one of its token, or else, where ``oldest`` is
known, the one below it, or else the newest. A bad token is ``NotUnderstood`` with status 400."""


def walk(
    stream: str,
    cursor: Mapping[str, Any],
    fetch: Fetch,
    checkpoint: Callable[[dict[str, Any]], Checkpoint],
    *,
    by_number: bool,
) -> Iterator[Record]:
    """What is new in a stream, each page followed by its checkpoint.

    A walk that was cut short is finished first; then what came in the meantime is read.

    Args:
        stream: its name, for problems.
        cursor: of the last checkpoint, or empty.
        fetch: brings pages.
        checkpoint: makes the record that keeps a cursor.
        by_number: whether the source can be asked for what is older than a number. Where it
            cannot, a walk whose token has expired begins again at the top.
    """
    progress = Progress.of(cursor)
    for _ in range(2 if progress.under_way else 1):
        walking, idle = True, 0
        while walking:
            page, progress = _fetched(progress, fetch, by_number=by_number)
            done = progress.newest_done
            new = [step for step in page.steps if not 0 < step.number <= done]
            for step in new:
                yield from step.records
            yield from page.records
            lower = any(not progress.oldest or 0 < step.number < progress.oldest for step in new)
            idle = 0 if lower else idle + 1
            walking = bool(page.next_token) and len(new) == len(page.steps)
            if walking and idle == _MOST_IDLE_PAGES:
                yield Problem(stream, "endless_pages", "pages without anything new; the rest left")
                walking = False
            progress = progress.after(page)
            progress = progress if walking else progress.arrived()
            yield checkpoint(progress.cursor())


def _fetched(progress: Progress, fetch: Fetch, *, by_number: bool) -> tuple[Page, Progress]:
    """The page a progress asks for, without its token where the source no longer takes it."""
    try:
        return fetch(progress), progress
    except NotUnderstood as refusal:
        if refusal.status != 400 or not progress.token:
            raise
    fresh = replace(progress, token="", oldest=progress.oldest if by_number else 0)
    return fetch(fresh), fresh
