"""GitHub: who wrote, answered, reviewed and reacted in the issues and pull requests of the owner.

Reads the archive of "Export account data", unpacked or zipped (``docs/sources/github.md``), and
asks GitHub's API (``docs/sources/github-api.md``). Commits are another source: ``git``.
"""

from roc.collectors.github.export import collect, recognises, resembles

__all__ = ["collect", "recognises", "resembles"]
