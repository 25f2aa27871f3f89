"""The beginning of a message, as far as it is looked at: by then its tone shows."""

LONGEST = 1000
"""Characters: many messages stand in memory at once."""


def excerpt(text: str) -> str:
    """The beginning of a message; the whole of most."""
    return text if len(text) <= LONGEST else text[:LONGEST]
