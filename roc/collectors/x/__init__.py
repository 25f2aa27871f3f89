"""X, once Twitter: posts that reach people, direct messages, follows.

Reads the archive of "Download an archive of your data" of any age, whole, unpacked or one file of
it. See ``docs/sources/x.md``.
"""

from roc.collectors.x.export import collect, recognises

__all__ = ["collect", "recognises"]
