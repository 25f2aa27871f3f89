"""Mail over IMAP: the heads of what came in since the last time, folder by folder."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roc.collectors.base import LiveSettings, SignedIn, SignIn
from roc.collectors.email.correspondence import Correspondence
from roc.collectors.email.mailbox import Folder, Mailbox
from roc.collectors.formats.json_values import item
from roc.collectors.formats.letter import SOURCE, letter
from roc.collectors.formats.mbox import Head
from roc.collectors.formats.one_owner import another_name, one_owner
from roc.collectors.formats.tolerance import Unusable
from roc.errors import ConfigError
from roc.graph.records import Account, AccountSeen, Checkpoint, Record

__all__ = ["SIGN_IN", "connect", "pull", "streams", "who"]

SIGN_IN = SignIn(
    name="Mail",
    page="",
    steps=(
        "Sign in to your mail provider's page, and look for IMAP in the settings: it has to be on.",
        "Where sign-in takes a second step, make an app password there; else it is your password.",
    ),
    secret="app password",
    asks_address="Your mail server, as imaps://imap.example.org",
    asks_user="The name you sign in with, mostly your mail address",
)

_STREAM = "mail"
_BATCH = 500  # heads asked for at once, and kept together


def connect(settings: LiveSettings) -> Mailbox:
    """A mailbox for one run; no question is asked yet.

    Raises:
        SignInFailed: there is no password.
        ConfigError: the address is none, or nobody was named.
    """
    if not settings.user:
        raise ConfigError(
            "It was not told whose mailbox it is.",
            hint="name yourself: roc connect email --user ana@example.org",
        )
    return Mailbox(settings)


def who(client: Mailbox) -> SignedIn:
    """Whose mailbox it is; it is opened, and its folders are looked at."""
    try:
        client.folders()
    finally:
        client.close()
    return SignedIn(client.user)


def streams(client: Mailbox) -> Sequence[str]:
    """One stream: a message may lie in several folders, and is one."""
    return (_STREAM,)


def pull(client: Mailbox, stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """What came in, each batch followed by its checkpoint.

    Where a server has numbered a folder's messages anew, it is read again from the beginning: a
    message has the same id there as before, and adds nothing.

    Args:
        client: from ``connect``.
        stream: the only one.
        cursor: of the last checkpoint, or empty.

    Raises:
        TwoOwners: the cursor was made with another mailbox.
        CollectError: see ``mailbox``.
    """
    one_owner(
        cursor,
        client.user,
        "This mailbox is another one than the one before it.",
        hint=another_name("email"),
    )
    try:
        yield from _pulled(client, cursor)
    finally:
        client.close()


def _pulled(client: Mailbox, cursor: Mapping[str, Any]) -> Iterator[Record]:
    places = {name: _Place.of(told) for name, told in item(cursor, "folders").items()}
    met = Correspondence(_tallies(item(cursor, "senders")))

    def checkpoint() -> Checkpoint:
        folders = {name: place.told() for name, place in places.items()}
        told = {"owner": client.user, "folders": folders, "senders": met.tallies()}
        return Checkpoint(SOURCE, _STREAM, told)

    changed = [each for each in client.folders() if not _is_read(each, places.get(each.name))]
    if changed and "@" in client.user:
        yield AccountSeen(Account(SOURCE, client.user.casefold()), owner=True)
    for folder in changed:
        place = places.get(folder.name)
        last = place.last if place and place.validity == folder.validity else 0
        for batch in client.batches(folder, last, _BATCH):
            for number, head in batch.heads:
                yield from _records(head, f"message {number} of a folder", met)
            last = batch.last
            places[folder.name] = _Place(folder.validity, last, 0)
            yield checkpoint()
        places[folder.name] = _Place(folder.validity, last, folder.following)
    if changed:
        yield from met.impersonal()
        yield checkpoint()


@dataclass(frozen=True, slots=True)
class _Place:
    """How far a folder is read.

    Args:
        validity: the folder's, when it was.
        last: number of the last message.
        following: the number that was to come next; 0 while there is more to read.
    """

    validity: int
    last: int
    following: int

    @classmethod
    def of(cls, told: object) -> "_Place":
        numbers = told if isinstance(told, list) and len(told) == 3 else (0, 0, 0)
        return cls(*(number if isinstance(number, int) else 0 for number in numbers))

    def told(self) -> list[int]:
        return [self.validity, self.last, self.following]


def _is_read(folder: Folder, place: _Place | None) -> bool:
    """Whether nothing has come in since a place was told."""
    now = (folder.validity, folder.following)
    return place is not None and (place.validity, place.following) == now


def _tallies(told: Mapping[str, Any]) -> dict[str, list[int]]:
    return {
        address: counts
        for address, counts in told.items()
        if isinstance(counts, list) and len(counts) == 3 and all(type(n) is int for n in counts)
    }


def _records(head: Head, where: str, met: Correspondence) -> Iterator[Record]:
    try:
        read = letter(head)
    except Unusable as reason:
        yield reason.at(where)
    else:
        if read:
            yield from met.new_in(read)
