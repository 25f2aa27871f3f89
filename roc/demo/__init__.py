"""An invented network, written as the real export files of real sources."""

from roc.demo.folder import Demo, write

__all__ = ["Demo", "write"]
