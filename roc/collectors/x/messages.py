"""Direct messages of the archive, between two and in groups, with who was there at the time."""

from collections.abc import Iterator

from roc.collectors.formats.json_values import Item, item, items, word, words
from roc.collectors.formats.moments import iso_moment
from roc.collectors.x.acts import SOURCE, DirectMessage, Someone, message_records
from roc.graph.records import Interaction, Kind, Problem, Record

Event = tuple[str, str, Item]
"""When, what and with which details; kinds are the archive's own words."""


def conversation_rows(where: str, value: Item, owner: Someone) -> Iterator[list[Record]]:
    """What one conversation says, one row per message, oldest first."""
    told = item(value, "dmConversation")
    conversation = word(told, "conversationId")
    events = sorted(_events(told), key=lambda event: event[0])
    members = _members_at_first(events, owner)
    for number, (_, kind, details) in enumerate(events, 1):
        place = f"{where}, event {number}"
        match kind:
            case "joinConversation":
                snapshot = words(details.get("participantsSnapshot"))
                members = {**dict.fromkeys(snapshot), **dict.fromkeys([owner.id])}
            case "participantsJoin":
                members |= dict.fromkeys(words(details.get("userIds")))
            case "participantsLeave":
                gone = set(words(details.get("userIds")))
                members = {who: None for who in members if who not in gone}
            case "messageCreate":
                members |= dict.fromkeys([word(details, "senderId")])
                yield _message(place, conversation, details, list(members))


def _events(conversation: Item) -> Iterator[Event]:
    for wrapped in items(conversation.get("messages")):
        for kind, details in wrapped.items():
            yield word(item(details), "createdAt"), kind, item(details)


def _members_at_first(events: list[Event], owner: Someone) -> dict[str, None]:
    """Who is there before anybody is seen to come or go, as an ordered set of ids."""
    there, later = [owner.id], set()
    for _, kind, details in events:
        there += [word(details, "senderId"), word(details, "recipientId")]
        if kind == "participantsJoin":
            later |= set(words(details.get("userIds")))
        if kind == "participantsLeave":
            there += words(details.get("userIds"))
    return dict.fromkeys(who for who in there if who and who not in later)


def _message(where: str, conversation: str, details: Item, members: list[str]) -> list[Record]:
    message_id, sender = word(details, "id"), word(details, "senderId")
    at = iso_moment(word(details, "createdAt"))
    if not message_id or not sender:
        return [Problem(where, "no_id", "the message has no id or no sender")]
    if at is None:
        return [Problem(where, "bad_date", "no readable date and time")]
    # Between two, the archive says to whom; in groups it does not.
    there = [word(details, "recipientId")] if word(details, "recipientId") else members
    recipients = tuple(Someone(who) for who in there if who != sender)
    text = word(details, "text")
    message = DirectMessage(message_id, conversation, at, Someone(sender), recipients, text)
    reactions = items(details.get("reactions"))
    answers = [act for told in reactions if (act := _reaction(told, message))]
    return [*message_records(message), *answers]


def _reaction(told: Item, message: DirectMessage) -> Interaction | None:
    """Somebody's mark on a message; one without a date or an id of its own is left out."""
    who, at = Someone(word(told, "senderId")).account, iso_moment(word(told, "createdAt"))
    writer, event_id = message.sender.account, word(told, "eventId")
    if not (who and writer and at and event_id) or who == writer:
        return None
    return Interaction(
        source=SOURCE,
        external_id=event_id,
        kind=Kind.REACTION,
        at=at,
        sender=who,
        recipients=(writer,),
        scope="dm",
        thread=message.conversation,
        parent=message.id,
    )
