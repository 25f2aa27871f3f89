"""Reading what a source gives the newest first, so that a walk cut short goes on where it stopped.

The walk goes down from the newest item to those that an earlier walk has read. Only when it arrives
does the mark move up; until then the place remembers both ends. The newest page is read again each
time, so that what changed there, or came in late, is found.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from roc.collectors.formats.json_values import word
from roc.collectors.http import NotUnderstood
from roc.graph.records import Problem, Record

_MOST_PAGES = 50_000  # nobody has more


@dataclass(frozen=True, slots=True)
class Page:
    """What one request brought.

    Args:
        moments: of its items, as the source writes them: alike, so that they can be compared.
        token: with which the page below is asked for; empty where this is the last.
        records: what its items say.
    """

    moments: Sequence[str]
    token: str
    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Place:
    """How far a stream is read; empty where nothing is known.

    Args:
        newest: moment of the newest item of the last finished walk.
        top: the same of the walk under way.
        token: of the next page of the walk under way.
    """

    newest: str = ""
    top: str = ""
    token: str = ""

    @classmethod
    def of(cls, cursor: Mapping[str, Any]) -> "Place":
        """The place that a cursor tells."""
        return cls(word(cursor, "newest"), word(cursor, "top"), word(cursor, "token"))

    def told(self) -> dict[str, str]:
        """The place as plain JSON."""
        told = {"newest": self.newest, "top": self.top, "token": self.token}
        return {name: value for name, value in told.items() if value}


def walk(
    place: Place, fetch: Callable[[str], Page], stream: str
) -> Iterator[tuple[Place, Sequence[Record]]]:
    """Page after page, with the place to go on from once its records are kept.

    A walk that was cut short is finished first; then what came in the meantime is read.

    Args:
        place: where to go on.
        fetch: brings the page of a token, and the newest for an empty one.
        stream: its name, for problems.
    """
    for _ in range(2 if place.token else 1):
        for _ in range(_MOST_PAGES):
            page, place = _fetched(place, fetch)
            before, oldest = place.token, min(page.moments, default="")
            place = replace(place, top=max([place.top, *page.moments]), token=page.token)
            if page.token in ("", before) or (oldest and oldest < place.newest):
                break
            yield place, page.records
        else:
            ended = Problem(stream, "endless_pages", "it does not end; the rest was left")
            page = replace(page, records=[*page.records, ended])
        place = Place(newest=max(place.newest, place.top))
        yield place, page.records


def _fetched(place: Place, fetch: Callable[[str], Page]) -> tuple[Page, Place]:
    """The next page of a walk; the newest again where the source has forgotten the token."""
    try:
        return fetch(place.token), place
    except NotUnderstood as refusal:
        if refusal.status != 400 or not place.token:
            raise
    return fetch(""), replace(place, token="")
