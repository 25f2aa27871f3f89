"""Return on Connections: who knows and trusts you, and what came back for what you put in."""

__version__ = "0.1.0"
