"""What came back to one's own posts on X: who quoted them, passed them on or liked them.

X tells of each post how many did. Who they are is asked, and paid for, where there are more than
the last time; and of young posts only, for little comes back to old ones.
"""

from datetime import timedelta

from roc.collectors.formats.echoes import Posted
from roc.collectors.formats.json_values import Item, item, items, word

YOUNG = timedelta(days=14)
"""How old a post may be of which it is asked what came back."""

ECHOES = {
    "quotes": ("quote_count",),
    "reposts": ("repost_count", "retweet_count"),
    "liked_by": ("like_count",),
}
"""Streams of this kind, each with X's newer and older word for how many there are."""

MOST_PAGES = 10
"""Of one post; X gives a hundred people, and quotes rarely go on for longer."""


def posted(answer: Item) -> list[Posted]:
    """The owner's posts in an answer that tells how often each was echoed."""
    return [
        Posted(word(told, "id"), _counts(item(told, "public_metrics")))
        for told in items(answer.get("data"))
        if word(told, "id").isdigit()
    ]


def is_more(count: str, before: str) -> bool:
    """Whether there are more than the last time; fewer are not worth the money."""
    return int(count) > int(before if before.isdecimal() else 0)


def _counts(metrics: Item) -> dict[str, str]:
    told = {stream: word(metrics, *words) for stream, words in ECHOES.items()}
    return {stream: count for stream, count in told.items() if count.isdecimal() and int(count)}
