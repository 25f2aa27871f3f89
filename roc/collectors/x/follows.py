"""Walking the list of followers, or of who is followed: newest first, but without numbers or days.

A walk ends at the first person who headed the list of the last finished walk. Several heads are
kept, for some of them unfollow. That somebody left the list further down is not noticed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from roc.collectors.http import NotUnderstood
from roc.graph.records import Checkpoint, Record

_HEADS = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """What one request brought.

    Args:
        people: their numbers, as the list has them.
        next_token: with which the next page is asked for; empty on the last one.
        records: what the page says.
    """

    people: tuple[str, ...]
    next_token: str
    records: tuple[Record, ...]


def walk_list(
    cursor: Mapping[str, Any],
    fetch: Callable[[str], Listed],
    checkpoint: Callable[[dict[str, Any]], Checkpoint],
) -> Iterator[Record]:
    """Who is new in a list, each page followed by its checkpoint.

    Args:
        cursor: of the last checkpoint, or empty.
        fetch: brings the page of a token, the first one for an empty token; a token that is no
            longer good is ``NotUnderstood`` with status 400.
        checkpoint: makes the record that keeps a cursor.
    """
    done = [str(person) for person in cursor.get("heads", ())]
    under_way = cursor.get("backfill") or {}
    heads = [str(person) for person in under_way.get("heads", ())]
    token = str(under_way.get("token") or "")
    walking = True
    while walking:
        page, from_the_top = _fetched(token, fetch)
        if from_the_top:
            heads = list(page.people[:_HEADS])
        yield from page.records
        # The same token again would be asked for without end.
        walking = bool(page.next_token) and page.next_token != token
        walking = walking and not set(done) & set(page.people)
        token = page.next_token
        backfill = {"heads": heads, "token": token}
        yield checkpoint({"heads": done, "backfill": backfill} if walking else {"heads": heads})


def _fetched(token: str, fetch: Callable[[str], Listed]) -> tuple[Listed, bool]:
    """The page of a token, and whether it is the first one: it is when the token has expired."""
    try:
        return fetch(token), not token
    except NotUnderstood as refusal:
        if refusal.status != 400 or not token:
            raise
    return fetch(""), True
