"""Which table a file or a snapshot page of LinkedIn holds, told by its columns in every age."""

import re
from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePosixPath

_ENGLISH = {
    "vorname": "first name",
    "nachname": "last name",
    "e-mail-adresse": "email address",
    "unternehmen": "company",
    "verbunden am": "connected on",
}
"""German headers; those of other languages are not known to us."""


class Table(StrEnum):
    """The tables that tell who met the owner or who is who; all others are left alone."""

    CONNECTIONS = "connections"
    MESSAGES = "messages"
    INVITATIONS = "invitations"
    ENDORSEMENTS_RECEIVED = "endorsements received"
    ENDORSEMENTS_GIVEN = "endorsements given"
    RECOMMENDATIONS_RECEIVED = "recommendations received"
    RECOMMENDATIONS_GIVEN = "recommendations given"
    RECOMMENDATIONS = "recommendations"  # which way is not told
    PROFILE = "profile"
    ADDRESSES = "addresses"
    PHONES = "phones"
    CONTACTS = "contacts"


_TELLING = {
    Table.MESSAGES: {"conversation id", "from", "to", "date", "content"},
    Table.CONNECTIONS: {"first name", "last name", "connected on"},
    Table.INVITATIONS: {"from", "to", "sent at", "direction"},
    Table.ENDORSEMENTS_RECEIVED: {"endorsement date", "skill name", "endorser public url"},
    Table.ENDORSEMENTS_GIVEN: {"endorsement date", "skill name", "endorsee public url"},
    Table.RECOMMENDATIONS: {"first name", "last name", "text", "creation date", "status"},
    Table.PROFILE: {"first name", "last name", "maiden name", "headline"},
    Table.ADDRESSES: {"email address", "confirmed", "primary"},
    Table.PHONES: {"extension", "number", "type"},
    Table.CONTACTS: {"firstname", "lastname", "title", "emails", "phonenumbers", "createdat"},
}

_NAMED = frozenset(
    {
        "connections",
        "messages",
        "invitations",
        "endorsement_received_info",
        "endorsement_given_info",
        "recommendations_received",
        "recommendations_given",
    }
)


@lru_cache(4096)
def column(header: str) -> str:
    """A header as this package writes it: English, lower case, single spaces."""
    plain = " ".join(header.split()).casefold()
    return _ENGLISH.get(plain, plain)


def table(name: str, columns: Collection[str]) -> Table | None:
    """The table with these columns, or ``None`` where it is none that we read.

    Args:
        name: the file's name or the API's domain. It tells what columns do not: which way
            recommendations went, and that ``guide_messages.csv`` is a talk with a program.
        columns: headers as ``column`` writes them.
    """
    plain = plain_name(name)
    found = next((table for table, telling in _TELLING.items() if telling <= set(columns)), None)
    if found is Table.RECOMMENDATIONS and "received" in plain:
        return Table.RECOMMENDATIONS_RECEIVED
    if found is Table.RECOMMENDATIONS and "given" in plain:
        return Table.RECOMMENDATIONS_GIVEN
    if found is Table.MESSAGES and plain.startswith(("guide", "learning")):
        return None
    return found


def must_be_read(name: str) -> bool:
    """Whether a file of this name has to be one of our tables, whatever its columns."""
    return plain_name(name) in _NAMED


def plain_name(name: str) -> str:
    """A file's name without folder, ending, member number and the browser's ``(1)``.

    Example:
        >>> plain_name("Basic/Comments_34875879.csv"), plain_name("Email Addresses (1).csv")
        ('comments', 'email_addresses')
    """
    stem = re.sub(r"(_\d+)?( ?\(\d+\))?$", "", PurePosixPath(name).stem)
    return stem.casefold().replace(" ", "_")
