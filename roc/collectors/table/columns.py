"""Which column of a table means what: told by the owner, or known by its name."""

import re
from collections.abc import Mapping

from roc.errors import ConfigError

ROLES: Mapping[str, str] = {
    "from": "from src source sender from_id sender_id from_email sender_email caller user_a",
    "to": "to dst dest destination target recipient receiver to_id recipient_id to_email "
    "recipient_email callee user_b",
    "at": "at t ts time timestamp date datetime when sent_at created_at unixtime",
    "id": "id mid message_id msg_id external_id",
    "kind": "kind type",
    "thread": "thread thread_id conversation conversation_id",
    "parent": "parent parent_id in_reply_to reply_to",
    "re": "re is_reply",
    "from_name": "from_name sender_name",
    "to_name": "to_name recipient_name receiver_name",
    "cost": "cost",
    "tags": "tags",
}
"""What a column may mean, and the names by which it is known where the owner tells nothing."""

REGISTER_ROLES = ("account", "name", "organisation")
"""What a column of a register of people may mean; only ever told, never known by its name."""

_NEEDED = ("from", "to", "at")
_MANY_ROLES = 5
_SPACING = re.compile(r"[\s-]+")
_LIKE_A_NAME = re.compile(r"[A-Za-z][\w .-]{0,40}")
_SHOWN = 30


def known_columns(header: tuple[str, ...]) -> dict[str, int]:
    """The place of each column whose name tells what it means; of two alike, the first."""
    places: dict[str, int] = {}
    folded = [_SPACING.sub("_", name.casefold()) for name in header]
    for role, names in ROLES.items():
        found = [folded.index(name) for name in names.split() if name in folded]
        if found:
            places[role] = found[0]
    return places


def covers(places: Mapping[str, int]) -> bool:
    """Whether who, whom and when are all known."""
    return all(role in places for role in _NEEDED)


def stands_out(header: tuple[str, ...]) -> bool:
    """Whether a table is so surely one of acts that it may be read without having been named.

    Rates of exchange and flights, too, go from somewhere to somewhere on a day.
    """
    known = known_columns(header)
    return covers(known) and len(known) >= min(len(header), _MANY_ROLES)


def columns(header: tuple[str, ...], told: Mapping[str, str]) -> dict[str, int]:
    """The place of each column that is to be read.

    Args:
        header: the columns' names.
        told: what the owner says, as ``{"from": "src"}``; where it is empty, names decide.

    Raises:
        ConfigError: a role or a column does not exist, or who, whom and when are not all known.
    """
    places = _told_places(header, told, tuple(ROLES)) or known_columns(header)
    if not covers(places):
        lacking = ", ".join(role for role in _NEEDED if role not in places)
        raise ConfigError(
            f"Which columns mean {lacking}?",
            hint=f"say so with --map from=… --map to=… --map at=…; {_listed(header)}",
        )
    return places


def register_columns(header: tuple[str, ...], told: Mapping[str, str]) -> dict[str, int]:
    """The place of each column of a register of people.

    Raises:
        ConfigError: a role or a column does not exist, or nothing is told but whose row it is.
    """
    places = _told_places(header, told, REGISTER_ROLES)
    if len(places) < 2:
        raise ConfigError(
            "What does the register say of each account?",
            hint=f"say so with --map name=… or --map organisation=…; {_listed(header)}",
        )
    return places


def _told_places(
    header: tuple[str, ...], told: Mapping[str, str], roles: tuple[str, ...]
) -> dict[str, int]:
    unknown = sorted(set(told) - set(roles))
    if unknown:
        raise ConfigError(
            f"A table has no {unknown[0]!r} to map.",
            hint=f"what can be mapped: {', '.join(roles)}.",
        )
    missing = sorted(name for name in told.values() if name not in header)
    if missing:
        raise ConfigError(f"There is no column {missing[0]!r}.", hint=_listed(header))
    return {role: header.index(name) for role, name in told.items()}


def _listed(header: tuple[str, ...]) -> str:
    # A table without a header has somebody's data in its first line; that is not shown.
    if not header or not all(_LIKE_A_NAME.fullmatch(name) for name in header):
        return "the first line does not look like names of columns."
    more = " …" if len(header) > _SHOWN else ""
    return f"the columns are: {', '.join(header[:_SHOWN])}{more}."
