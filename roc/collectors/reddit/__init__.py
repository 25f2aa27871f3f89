"""Reddit: private messages and chats both ways, and whom the owner's posts and comments name.

Reads the tables of a data request, zipped, unpacked or one by one (``docs/sources/reddit.md``).
"""

from roc.collectors.reddit.export import collect, recognises
from roc.graph.records import Kind

__all__ = ["ONCE", "ONE_WAY", "collect", "recognises"]

ONE_WAY = frozenset({Kind.MENTION, Kind.COMMENT})
"""Of posts and comments a data request has the owner's; messages and chats are there both ways."""

ONCE = ("comments.csv", "messages.csv", "statistics.csv")
"""Files of which one export has no more than one."""
