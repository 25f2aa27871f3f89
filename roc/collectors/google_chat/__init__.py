"""Google Chat, from Takeout: messages between two and in spaces, answers, marks.

Reads the folder ``Google Chat`` whole, within a Takeout, or of one chat
(``docs/sources/google_chat.md``).
"""

from roc.collectors.google_chat.export import collect, recognises

__all__ = ["ONCE", "collect", "recognises"]

ONCE = ("user_info.json",)
"""Files of which one export has no more than one."""
