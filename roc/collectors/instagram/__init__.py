"""Instagram: chats, follows, comments and likes from "Download your information".

Reads the export as JSON, whole, unpacked or one file of it, in the layouts of 2021 and later
(``docs/sources/instagram.md``).
"""

from roc.collectors.instagram.export import ONE_WAY, collect, recognises, resembles

__all__ = ["ONCE", "ONE_WAY", "collect", "recognises", "resembles"]

ONCE = ("following.json", "liked_posts.json", "personal_information.json")
"""Files of which one export has no more than one."""
