"""Telegram: messages, replies, reactions and calls, from Telegram Desktop's export as JSON.

Reads ``result.json`` of a whole account or of one chat, of any age (``docs/sources/telegram.md``).
"""

from roc.collectors.telegram.export import collect, recognises, resembles

__all__ = ["ONCE", "collect", "recognises", "resembles"]

ONCE = ("result.json",)
"""Files of which one export has no more than one."""
