"""Facebook and Messenger: chats, friends, comments and reactions from "Download your information".

Reads the export as JSON of any age, whole, unpacked or one file of it, and the separate download of
end-to-end encrypted chats (``docs/sources/facebook.md``).
"""

from roc.collectors.facebook.export import ONE_WAY, collect, recognises, resembles

__all__ = ["ONCE", "ONE_WAY", "collect", "recognises", "resembles"]

ONCE = ("friends.json", "profile_information.json", "your_friends.json")
"""Files of which one export has no more than one."""
