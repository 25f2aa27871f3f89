"""Mastodon and its kin: posts, direct messages, boosts and favourites of the owner, and follows.

Reads the archive of "Request your archive", whole, unpacked or one file of it, and the lists of
"Data export" (``docs/sources/mastodon.md``).
"""

from roc.collectors.mastodon.export import collect, recognises, resembles
from roc.graph.records import Kind

__all__ = ["ONCE", "ONE_WAY", "collect", "recognises", "resembles"]

ONE_WAY = frozenset(
    {Kind.MESSAGE, Kind.REPLY, Kind.MENTION, Kind.QUOTE, Kind.REPOST, Kind.REACTION}
)
"""The archive has what its owner sent, and nothing of what others sent."""

ONCE = ("actor.json", "outbox.json")
"""Files of which one export has no more than one."""
