"""LinkedIn: messages, connections, invitations, endorsements and recommendations.

Reads the zip of "Get a copy of your data" of any age since 2019, whole, unpacked or one file of
it. See ``docs/sources/linkedin.md``.
"""

from roc.collectors.linkedin.export import collect, recognises

__all__ = ["collect", "recognises"]
