"""Address books: vCard files, and the tables that Google and Outlook write.

They tell who people are, not what passed between them (``docs/sources/contacts.md``).
"""

from roc.collectors.contacts.export import collect, recognises

__all__ = ["collect", "recognises"]
