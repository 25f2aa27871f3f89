"""iMessage: messages, answers and tapbacks, SMS and RCS among them, from a Mac or an iPhone.

Reads ``chat.db`` of a Mac and ``sms.db`` of an iPhone's backup, which are alike
(``docs/sources/imessage.md``).
"""

from roc.collectors.imessage.export import collect, recognises, resembles

__all__ = ["ONCE", "collect", "recognises", "resembles"]

ONCE = ("chat.db", "sms.db")
"""Files of which one export has no more than one."""
