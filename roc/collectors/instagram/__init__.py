"""Instagram: chats, follows, comments and likes from "Download your information".

Reads the export as JSON, whole, unpacked or one file of it, in the layouts of 2021 and later
(``docs/sources/instagram.md``).
"""

from roc.collectors.instagram.export import ONE_WAY, collect, recognises, resembles

__all__ = ["ONE_WAY", "collect", "recognises", "resembles"]
