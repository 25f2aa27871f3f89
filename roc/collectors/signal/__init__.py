"""Signal: messages, reactions and calls, from folders that the program signal-export writes.

Signal itself exports nothing that could be read; see ``docs/sources/signal.md``.
"""

from roc.collectors.signal.export import collect, recognises, resembles

__all__ = ["collect", "recognises", "resembles"]
