"""Reading a Page or a professional account over Meta's Graph API, stream by stream."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from roc.collectors.formats.echoes import Echoes, Posted, walk_echoes
from roc.collectors.formats.graph_api import Graph
from roc.collectors.formats.graph_talk import Whose, conversations
from roc.collectors.formats.newest_first import Place, walk
from roc.collectors.formats.one_owner import another_name, one_owner
from roc.graph.records import Checkpoint, Record

CONVERSATIONS = "conversations"

_MOST_PAGES = 200  # of what came back to one post


class Account(Protocol):
    """A Page or a professional account for one run.

    ``graph`` is the way there, ``platform`` what Meta calls its conversations.
    """

    graph: Graph
    platform: str

    def whose(self) -> Whose:
        """Whose it is; asked once."""

    def needs(self, stream: str) -> str:
        """Which permissions a stream needs, for the owner."""

    def posts(self) -> Sequence[Posted]:
        """The newest posts, and whether anything came back to each; asked once."""

    def echoes(self, stream: str, post: Posted, token: str) -> Echoes:
        """A page of what came back to a post."""


def pull_account(client: Account, stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """What is new in a stream, each page followed by its checkpoint.

    Args:
        client: the account.
        stream: ``CONVERSATIONS``, or one that the account's posts have states of.
        cursor: of the stream's last checkpoint, or empty.

    Raises:
        TwoOwners: the cursor was made with another account's token.
        CollectError: see ``graph_api``.
    """
    whose = client.whose()
    owner = whose.owner.account.handle
    told = "This token is another account's than the one before it."
    one_owner(cursor, owner, told, hint=another_name(whose.source))
    yield whose.owner

    def checkpoint(place: Mapping[str, Any]) -> Checkpoint:
        return Checkpoint(whose.source, stream, {"owner": owner, **place})

    if stream == CONVERSATIONS:
        for place, records in _conversations(client, whose, Place.of(cursor)):
            yield from records
            yield checkpoint(place.told())
        return
    yield from walk_echoes(
        stream,
        cursor,
        client.posts(),
        lambda post, token: client.echoes(stream, post, token),
        checkpoint,
        is_more=str.__ne__,
        most_pages=_MOST_PAGES,
    )


def _conversations(
    client: Account, whose: Whose, place: Place
) -> Iterator[tuple[Place, Sequence[Record]]]:
    needs = client.needs(CONVERSATIONS)
    return walk(
        place,
        lambda token: conversations(
            client.graph, whose, token, place.newest, needs, platform=client.platform
        ),
        CONVERSATIONS,
    )
