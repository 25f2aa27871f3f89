"""What came back to one's own posts: who quoted them, passed them on or liked them.

X tells of each post how many did. Who they are is asked, and paid for, where there are more than
the last time; and of young posts only, for little comes back to old ones.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from roc.collectors.formats.json_values import Item, item, items, word
from roc.collectors.http import NotUnderstood
from roc.graph.records import Checkpoint, Record

YOUNG = timedelta(days=14)
"""How old a post may be of which it is asked what came back."""

ECHOES = {
    "quotes": ("quote_count",),
    "reposts": ("repost_count", "retweet_count"),
    "liked_by": ("like_count",),
}
"""Streams of this kind, each with X's newer and older word for how many there are."""

_MOST_PAGES = 10  # of one post; X gives a hundred people, and quotes rarely go on for longer


@dataclass(frozen=True, slots=True)
class Posted:
    """A post of the owner's.

    Args:
        id: its number.
        counts: how often it was echoed, by stream.
    """

    id: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Echoes:
    """What one request brought.

    Args:
        records: what it says.
        next_token: with which the next page is asked for; empty on the last one.
    """

    records: Sequence[Record]
    next_token: str


def posted(answer: Item) -> list[Posted]:
    """The owner's posts in an answer that tells how often each was echoed."""
    return [
        Posted(word(told, "id"), _counts(item(told, "public_metrics")))
        for told in items(answer.get("data"))
        if word(told, "id").isdigit()
    ]


def _counts(metrics: Item) -> dict[str, int]:
    told = {
        stream: next((metrics[word] for word in words if word in metrics), 0)
        for stream, words in ECHOES.items()
    }
    return {stream: count for stream, count in told.items() if isinstance(count, int)}


def walk_echoes(
    stream: str,
    cursor: Mapping[str, Any],
    posts: Sequence[Posted],
    fetch: Callable[[str, str], Echoes],
    checkpoint: Callable[[dict[str, Any]], Checkpoint],
) -> Iterator[Record]:
    """What came back since the last time, each page followed by its checkpoint.

    Args:
        stream: one of ``ECHOES``.
        cursor: of the last checkpoint, or empty.
        posts: the owner's young ones.
        fetch: brings the page of a post and a token, the first one for an empty token; a token that
            is no longer good is ``NotUnderstood`` with status 400.
        checkpoint: makes the record that keeps a cursor.
    """
    before, broken_off = item(cursor, "counts"), item(cursor, "backfill")
    known = {post.id: _known(before, post.id) for post in posts}
    for post in posts:
        count = post.counts.get(stream, 0)
        if count <= known[post.id]:
            continue
        token = word(broken_off, "token") if word(broken_off, "post") == post.id else ""
        for _ in range(_MOST_PAGES):
            page = _fetched(post.id, token, fetch)
            yield from page.records
            if page.next_token in ("", token):
                break
            token = page.next_token
            yield checkpoint(
                {"counts": _some(known), "backfill": {"post": post.id, "token": token}}
            )
        known[post.id] = count
        yield checkpoint({"counts": _some(known)})


def _fetched(post: str, token: str, fetch: Callable[[str, str], Echoes]) -> Echoes:
    """The page of a token; the first one where the token has expired."""
    try:
        return fetch(post, token)
    except NotUnderstood as refusal:
        if refusal.status != 400 or not token:
            raise
    return fetch(post, "")


def _known(before: Mapping[str, Any], name: str) -> int:
    count = before.get(name)
    return count if isinstance(count, int) else 0


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {post: count for post, count in counts.items() if count}
