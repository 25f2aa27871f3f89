"""One row of messages.csv, or of the API's INBOX."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from operator import itemgetter
from typing import cast

from roc.collectors.formats.excerpts import excerpt
from roc.collectors.formats.tolerance import Unusable
from roc.collectors.linkedin.moments import moment
from roc.collectors.linkedin.people import SOURCE, People
from roc.graph.records import Interaction, Kind

COLUMNS = (
    "conversation id",
    "from",
    "sender profile url",
    "to",
    "recipient profile urls",
    "date",
    "content",
    "folder",
    "is message draft",
    "is conversation draft",
)
"""What is read of a row; columns that an age lacks are empty."""

Message = tuple[str, str, str, str, str, str, str, str, str, str]
"""A row's cells under ``COLUMNS``, in that order."""

_ADVERTISEMENT = '<p class="spinmail'
_MESSAGE = Kind.MESSAGE  # looked up once: there are many
_UNFILLED = "%FIRSTNAME%"


def pick_from(columns: Sequence[str]) -> Callable[[list[str]], Message]:
    """Picks a message from the cells under these columns and an empty one at their end."""
    place = {name: number for number, name in enumerate(columns)}
    pick: Callable[[list[str]], Message] = itemgetter(
        *(place.get(name, len(columns)) for name in COLUMNS)
    )
    return pick


def named_cells(row: Mapping[str, str]) -> Message:
    """A message from a row by its columns."""
    return cast(Message, tuple(row.get(name, "") for name in COLUMNS))


class Repeats:
    """Gives equal messages, which only their number tells apart, ids of their own.

    LinkedIn has no ids of messages. Ours is a hash of the conversation, the sender, the moment and
    the text, the same in every export and in the API, plus a count for exact repeats. It changes
    when the sender changes the address of their profile.
    """

    def __init__(self) -> None:
        self._given: set[bytes] = set()

    def external_id(self, *parts: str) -> str:
        """The id of the next message with these parts; 32 hexadecimal digits."""
        told = "\x1f".join(parts)
        digest = sha256(told.encode("utf-8", "replace")).digest()[:16]
        repeat = 0
        while digest in self._given:
            repeat += 1
            digest = sha256(f"{told}\x1f{repeat}".encode("utf-8", "replace")).digest()[:16]
        self._given.add(digest)
        return digest.hex()


def message(row: Message, people: People, repeats: Repeats) -> Interaction | None:
    """The act in a row; ``None`` for drafts, spam, advertisements and notes to self.

    Raises:
        Unusable: nobody wrote it, nobody got it, or it has no date.
    """
    conversation, name, url, names, urls, date, content, folder, draft, unsent = row
    if draft == "Yes" or unsent == "Yes" or folder == "SPAM":
        return None
    if not url and (content.startswith(_ADVERTISEMENT) or _UNFILLED in content):
        return None
    sender, recipients, has_recipients = people.talk(conversation, url, name, urls, names)
    if sender is None:
        raise Unusable("no_sender", "neither a name nor a profile of the sender")
    found = moment(date)
    if found is None:
        raise Unusable("bad_date", "no readable date and time")
    if not has_recipients:
        raise Unusable("no_recipient", "neither a name nor a profile of a recipient")
    if not recipients:
        return None
    at, precision = found
    second, text = str(int(at.timestamp())), content.replace("\r\n", "\n").strip()
    # By place: made by name, which is half as fast, acts take a fifth of all the time.
    return Interaction(
        SOURCE,
        repeats.external_id(conversation, sender.handle, second, text),
        _MESSAGE,
        at,
        sender,
        recipients,
        (),
        precision,
        "",
        conversation,
        text=excerpt(text),
    )
