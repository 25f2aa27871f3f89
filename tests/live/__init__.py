"""Live sources, each held to what all live sources promise, against real servers on loopback."""
