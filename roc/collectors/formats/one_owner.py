"""Whose cursor it is: one person's place is not another's to go on from."""

from collections.abc import Mapping
from typing import Any

from roc.errors import TwoOwners


def one_owner(cursor: Mapping[str, Any], owner: str, told: str, *, hint: str) -> None:
    """Let a cursor pass that was made for this owner, or for nobody yet.

    Args:
        cursor: of a stream's last checkpoint, or empty.
        owner: whose token it is, in the source's own words.
        told: what to say where the cursor is another's.
        hint: what to do then.

    Raises:
        TwoOwners: the cursor was made for somebody else.
    """
    if cursor.get("owner", owner) != owner:
        raise TwoOwners(told, hint=hint)


def another_name(source: str) -> str:
    """What to do about a second account at a source."""
    return f"give it a name of its own: roc connect {source} --name NAME."
