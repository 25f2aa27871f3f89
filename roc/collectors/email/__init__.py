"""Mail, from mbox files (Gmail's Takeout, Thunderbird, Apple Mail), Maildir and ``.eml`` files.

Only headers are read: who wrote to whom and when, and which message answers which. Bodies are
passed over. Which address is yours the files do not say: tell ``roc init``. A mailbox that is
still in use is asked over IMAP (``docs/sources/email-api.md``).
"""

from roc.collectors.email.export import collect, recognises

__all__ = ["collect", "recognises"]
