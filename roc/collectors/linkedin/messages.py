"""One row of messages.csv, or of the API's INBOX."""

from collections.abc import Mapping
from hashlib import sha256

from roc.collectors.linkedin.moments import moment
from roc.collectors.linkedin.people import SOURCE, UNKNOWN_MEMBER, People, split_names
from roc.graph.records import Account, Interaction, Kind, Problem

_ADVERTISEMENT = '<p class="spinmail'
_UNFILLED = "%FIRSTNAME%"


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


def message(
    where: str, row: Mapping[str, str], people: People, repeats: Repeats
) -> Interaction | Problem | None:
    """The act in a row, or a problem; ``None`` for drafts, spam, advertisements, notes to self."""
    content = row.get("content", "")
    if _is_left_out(row, content):
        return None
    conversation = row.get("conversation id", "")
    sender = _sender(row, conversation, people)
    if sender is None:
        return Problem(where, "no_sender", "neither a name nor a profile of the sender")
    found = moment(row.get("date", ""))
    if found is None:
        return Problem(where, "bad_date", "no readable date and time")
    recipients = _recipients(row, conversation, people)
    if not recipients:
        return Problem(where, "no_recipient", "neither a name nor a profile of a recipient")
    if sender in recipients:
        recipients = tuple(account for account in recipients if account != sender)
        if not recipients:
            return None
    at, precision = found
    second, text = str(int(at.timestamp())), content.replace("\r\n", "\n").strip()
    return Interaction(
        source=SOURCE,
        external_id=repeats.external_id(conversation, sender.handle, second, text),
        kind=Kind.MESSAGE,
        at=at,
        sender=sender,
        recipients=recipients,
        precision=precision,
        thread=conversation,
    )


def _is_left_out(row: Mapping[str, str], content: str) -> bool:
    if row.get("is message draft") == "Yes" or row.get("is conversation draft") == "Yes":
        return True
    advertised = content.startswith(_ADVERTISEMENT) or _UNFILLED in content
    return row.get("folder") == "SPAM" or (advertised and not row.get("sender profile url"))


def _sender(row: Mapping[str, str], conversation: str, people: People) -> Account | None:
    url, name = row.get("sender profile url", ""), row.get("from", "")
    if name == UNKNOWN_MEMBER and not url:
        return people.stranger(conversation)
    return people.account(url, name)


def _recipients(row: Mapping[str, str], conversation: str, people: People) -> tuple[Account, ...]:
    names = row.get("to", "")
    found = people.accounts(row.get("recipient profile urls", ""), names)
    if UNKNOWN_MEMBER in names and UNKNOWN_MEMBER in split_names(names):
        return (*found, people.stranger(conversation))
    return found
