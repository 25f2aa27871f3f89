"""LinkedIn: messages, connections, invitations, endorsements and recommendations.

Reads the zip of "Get a copy of your data" of any age since 2019, whole, unpacked or one file of
it (``docs/sources/linkedin.md``), and, for members in Europe, the same tables from LinkedIn's API
(``docs/sources/linkedin-api.md``).
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from roc.collectors.base import LiveSettings
from roc.collectors.linkedin.export import collect, recognises
from roc.graph.records import Record

if TYPE_CHECKING:
    from roc.collectors.linkedin.api import Client

__all__ = ["ONCE", "STREAMS", "collect", "connect", "pull", "recognises"]

STREAMS = ("inbox", "connections", "invitations", "recommendations", "endorsements", "profile")
"""Domains of LinkedIn's API, in lower case, most useful first."""

ONCE = ("connections.csv", "invitations.csv", "messages.csv", "profile.csv")
"""Files of which one export has no more than one."""


def connect(settings: LiveSettings) -> "Client":
    """See ``roc.collectors.linkedin.api``, which is imported when it is used."""
    from roc.collectors.linkedin import api

    return api.connect(settings)


def pull(client: "Client", stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """See ``roc.collectors.linkedin.api``."""
    from roc.collectors.linkedin import api

    return api.pull(client, stream, cursor)
