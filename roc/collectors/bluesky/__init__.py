"""Bluesky: posts, likes, reposts and follows of the owner, from their own repository.

Reads the file ``repo.car`` of "Export my data" (``docs/sources/bluesky.md``).
"""

from roc.collectors.bluesky.export import collect, recognises
from roc.graph.records import Kind

__all__ = ["ONCE", "ONE_WAY", "collect", "recognises"]

ONE_WAY = frozenset({Kind.REPLY, Kind.MENTION, Kind.QUOTE, Kind.REPOST, Kind.REACTION})
"""A repository has what its owner did, and nothing of what others did."""

ONCE = ("repo.car",)
"""Files of which one export has no more than one."""
