"""What came back to one's own posts, where a source tells of each post whether there is more of it.

Who it was is asked only of posts whose state is another one than the last time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roc.collectors.formats.json_values import item, word
from roc.collectors.http import NotUnderstood
from roc.graph.records import Checkpoint, Problem, Record


@dataclass(frozen=True, slots=True)
class Posted:
    """A post of the owner's.

    Args:
        id: its id.
        states: how often it was echoed, or what else shows that there is more, by stream; nothing
            for a stream where nothing came back.
    """

    id: str
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Echoes:
    """What one request brought.

    Args:
        records: what it says.
        token: with which the next page is asked for; empty on the last one.
    """

    records: Sequence[Record]
    token: str


def walk_echoes(
    stream: str,
    cursor: Mapping[str, Any],
    posts: Sequence[Posted],
    fetch: Callable[[Posted, str], Echoes],
    checkpoint: Callable[[dict[str, Any]], Checkpoint],
    *,
    is_more: Callable[[str, str], bool],
    most_pages: int,
) -> Iterator[Record]:
    """What came back since the last time, each page followed by its checkpoint.

    Args:
        stream: its name.
        cursor: of the last checkpoint, or empty.
        posts: the owner's, those of which it is asked.
        fetch: brings the page of a post and a token, the first one for an empty token; a token that
            is no longer good is ``NotUnderstood`` with status 400.
        checkpoint: makes the record that keeps a cursor.
        is_more: whether a state, after an earlier one or none, is worth asking.
        most_pages: of one post.
    """
    before, broken_off = item(cursor, "states"), item(cursor, "backfill")
    known = {post.id: word(before, post.id) for post in posts}
    for post in posts:
        state = post.states.get(stream, "")
        if not state or not is_more(state, known[post.id]):
            continue
        token = word(broken_off, "token") if word(broken_off, "post") == post.id else ""
        for _ in range(most_pages):
            page = _fetched(post, token, fetch)
            yield from page.records
            if page.token in ("", token):
                break
            token = page.token
            place = {"post": post.id, "token": token}
            yield checkpoint({"states": _told(known), "backfill": place})
        else:
            yield Problem(stream, "endless_pages", "more came back to a post than can be read")
        known[post.id] = state
        yield checkpoint({"states": _told(known)})


def _fetched(post: Posted, token: str, fetch: Callable[[Posted, str], Echoes]) -> Echoes:
    """The page of a token; the first one where the token has expired."""
    try:
        return fetch(post, token)
    except NotUnderstood as refusal:
        if refusal.status != 400 or not token:
            raise
    return fetch(post, "")


def _told(states: Mapping[str, str]) -> dict[str, str]:
    return {post: state for post, state in states.items() if state}
