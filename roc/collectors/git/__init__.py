"""Git: who took in, vouched for, helped with and shared in whose work, from a history.

Reads a working copy, a bare repository or a ``.bundle`` file (``docs/sources/git.md``) through the
``git`` program. What becomes of an author, a committer and each trailer stands in ``roles.py``.
"""

from roc.collectors.git.export import collect, recognises, resembles

__all__ = ["ROOTS", "collect", "recognises", "resembles"]

ROOTS = (".git/HEAD", ".git", "HEAD")
"""Files at the top of a working copy or a bare repository: what else is in it is no export."""
