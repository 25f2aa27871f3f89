"""Address books on a server that speaks CardDAV.

A stream is an address book. When anything in it has changed it is read as a whole: whether a
telephone is one person's or a family's, only all cards together tell.
"""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import islice
from typing import Any

from roc.collectors.base import LiveSettings, SignedIn, SignIn
from roc.collectors.contacts.people import Book
from roc.collectors.formats.dav import BOOKS, Dav
from roc.collectors.formats.json_values import word
from roc.collectors.formats.one_owner import another_name, one_owner
from roc.collectors.formats.tolerance import Tolerance
from roc.collectors.formats.vcard import Card, cards
from roc.collectors.http import Words
from roc.graph.records import Checkpoint, Problem, Record

__all__ = ["SIGN_IN", "connect", "pull", "streams", "who"]

SOURCE = "contacts"

SIGN_IN = SignIn(
    name="CardDAV",
    page="",
    steps=(
        "Look for CardDAV on your provider's help page: it tells the server's address.",
        "Where sign-in takes a second step, make an app password there; else it is your password.",
    ),
    secret="app password",
    asks_address="Your address book server, as https://carddav.example.org",
    asks_user="The name you sign in with, often your mail address",
)

_BATCH = 50
_WORDS = Words(
    source="The address book server",
    sign_in="it may want an app password; see docs/sources/contacts-api.md.",
    permission="whoever runs the server, or shares the address book, has to allow it.",
    payment="an address book server costs nothing beyond the account.",
)


def connect(settings: LiveSettings) -> Dav:
    """Somebody's address books for one run; no question is asked yet.

    Raises:
        SignInFailed: there is no password.
        ConfigError: there is no address, or nobody was named.
    """
    return Dav(settings, BOOKS, _WORDS)


def who(client: Dav) -> SignedIn:
    """Whose address books they are."""
    client.collections()
    return SignedIn(client.user)


def streams(client: Dav) -> Sequence[str]:
    """The addresses of all address books."""
    return sorted(client.collections())


def pull(client: Dav, stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """Who is who in an address book, as soon as anything in it has changed; then a checkpoint.

    Args:
        client: from ``connect``.
        stream: the address book's address.
        cursor: of the last checkpoint, or empty.

    Raises:
        TwoOwners: the cursor was made with another user's name.
        CollectError: see ``dav``.
    """
    one_owner(
        cursor,
        client.user,
        "These address books are other ones than those before them.",
        hint=another_name(SOURCE),
    )
    before = word(cursor, "token")
    if before and before == client.collections()[stream]:
        return
    listed = client.changes(stream, "")
    if listed.token == before:
        return
    yield from _told(client, stream, listed.entries)
    yield Checkpoint(SOURCE, stream, {"owner": client.user, "token": listed.token})


def _told(client: Dav, stream: str, entries: Sequence[str]) -> Iterator[Record]:
    book, tolerance = Book(), Tolerance(stream)
    read: list[tuple[str, Card]] = []
    left = iter(entries)
    while batch := list(islice(left, _BATCH)):
        for path, data in client.entries(stream, batch):
            name = path.rstrip("/").rpartition("/")[2]
            if data is None:
                yield Problem(name, "not_given", "the server lists a card, and does not give it")
                continue
            read += ((f"{name}:{card.line}", card) for card in cards(BytesIO(data)))
    for _, card in read:
        book.see(card)
    for where, card in read:
        yield from book.tell(where, card, tolerance)
