"""X, once Twitter: posts that reach people, direct messages, follows.

Reads the archive of "Download an archive of your data" of any age, whole, unpacked or one file of
it (``docs/sources/x.md``), and, for money, what is newest from X's API
(``docs/sources/x-api.md``).
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from roc.collectors.base import LiveSettings
from roc.collectors.x.export import collect, recognises
from roc.collectors.x.prices import STREAMS, estimate
from roc.graph.records import Kind, Record

if TYPE_CHECKING:
    from roc.collectors.x.api import Client

__all__ = ["ONCE", "ONE_WAY", "STREAMS", "collect", "connect", "estimate", "pull", "recognises"]

ONCE = ("account.js", "manifest.js", "tweets.csv")
"""Files of which one archive has no more than one."""

ONE_WAY = frozenset({Kind.REPLY, Kind.MENTION, Kind.REPOST, Kind.QUOTE, Kind.REACTION})
"""Of posts the archive has the owner's alone. Messages, and marks on them, it has of both sides."""


def connect(settings: LiveSettings) -> "Client":
    """See ``roc.collectors.x.api``, which is imported when it is used."""
    from roc.collectors.x import api

    return api.connect(settings)


def pull(client: "Client", stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """See ``roc.collectors.x.api``."""
    from roc.collectors.x import api

    return api.pull(client, stream, cursor)
