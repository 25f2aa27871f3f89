"""Discord: what you wrote and your friends, from the data package; both ways from exported chats.

Reads the package of "Request all of my data" of any age, and the JSON files of DiscordChatExporter
(``docs/sources/discord.md``). A message has the same id in both.
"""

from roc.collectors.discord.export import collect, recognises, resembles
from roc.graph.records import Kind

__all__ = ["ONCE", "ONE_WAY", "collect", "recognises", "resembles"]

ONE_WAY = frozenset({Kind.MESSAGE, Kind.MENTION})
"""The package has the owner's own messages only. Exported chats are two-way."""

ONCE = ("user.json",)
"""Files of which one package has no more than one."""
