"""LinkedIn: messages, connections, invitations, endorsements and recommendations.

Reads the zip of "Get a copy of your data" of any age since 2019, whole, unpacked or one file of
it (``docs/sources/linkedin.md``), and, for members in Europe, the same tables from LinkedIn's API
(``docs/sources/linkedin-api.md``).
"""

from roc.collectors.linkedin.export import collect, recognises

__all__ = ["ONCE", "collect", "recognises"]

ONCE = ("connections.csv", "invitations.csv", "messages.csv", "profile.csv")
"""Files of which one export has no more than one."""
