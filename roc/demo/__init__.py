"""An invented network, written as the real export files of real sources."""

from roc.demo.folder import LAST_DAY, Demo, write

__all__ = ["LAST_DAY", "Demo", "write"]
