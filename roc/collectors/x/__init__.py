"""X, once Twitter: posts that reach people, direct messages, follows.

Reads the archive of "Download an archive of your data" of any age, whole, unpacked or one file of
it (``docs/sources/x.md``), and, for money, what is newest from X's API
(``docs/sources/x-api.md``).
"""

from roc.collectors.x.export import collect, recognises
from roc.graph.records import Kind

__all__ = ["ONCE", "ONE_WAY", "collect", "recognises"]

ONCE = ("account.js", "manifest.js", "tweets.csv")
"""Files of which one archive has no more than one."""

ONE_WAY = frozenset({Kind.REPLY, Kind.MENTION, Kind.REPOST, Kind.QUOTE, Kind.REACTION})
"""Of posts the archive has the owner's alone. Messages, and marks on them, it has of both sides."""
