"""The files of Facebook's export: what each of them is, whichever folder it is in."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from roc.collectors.archive import Export
from roc.collectors.formats.meta_files import chat_number, first_key, start, stem, tables


class Holds(StrEnum):
    """What a file holds."""

    FRIENDS = "friends"
    RECEIVED = "requests received"
    SENT = "requests sent"
    FOLLOWERS = "followers"
    FOLLOWING = "following"
    COMMENTS = "comments"
    REACTIONS = "reactions"
    PROFILE = "profile"
    AUTOFILL = "autofill"


_KEYS = {
    "friends_v2": Holds.FRIENDS,
    "friends": Holds.FRIENDS,
    "received_requests_v2": Holds.RECEIVED,
    "received_requests": Holds.RECEIVED,
    "sent_requests_v2": Holds.SENT,
    "sent_requests": Holds.SENT,
    "followers_v3": Holds.FOLLOWERS,
    "followers_v2": Holds.FOLLOWERS,
    "followers": Holds.FOLLOWERS,
    "following_v3": Holds.FOLLOWING,
    "following_v2": Holds.FOLLOWING,
    "following": Holds.FOLLOWING,
    "comments_v2": Holds.COMMENTS,
    "comments": Holds.COMMENTS,
    "group_comments_v2": Holds.COMMENTS,
    "group_comments": Holds.COMMENTS,
    "reactions_v2": Holds.REACTIONS,
    "reactions": Holds.REACTIONS,
    "profile_v2": Holds.PROFILE,
    "profile": Holds.PROFILE,
    "autofill_information_v2": Holds.AUTOFILL,
    "autofill_information": Holds.AUTOFILL,
}
_PLAIN = frozenset(key for key in _KEYS if "_" not in key)  # words that others use, too
_OBJECTS = frozenset({Holds.PROFILE, Holds.AUTOFILL})


@dataclass(frozen=True, slots=True)
class Table:
    """A file and what it holds.

    Args:
        name: the file.
        holds: what.
        path: where in it the rows are; of an object, where it is.
    """

    name: str
    holds: Holds
    path: str


def find_tables(export: Export) -> Iterator[Table]:
    """The files that are Facebook's for sure, chats aside."""
    for name, begun in tables(export):
        key, opens = first_key(begun)
        holds = _KEYS.get(key)
        if holds and (opens == "{") == (holds in _OBJECTS):
            if key not in _PLAIN or _is_told_as_facebook_does(begun, holds):
                yield Table(name, holds, key if opens == "{" else f"{key}.item")
        elif (key, opens) == ("", "[") and _is_reactions(name, begun):
            yield Table(name, Holds.REACTIONS, "item")


def encrypted_chats(export: Export) -> Iterator[str]:
    """Files of the separate download of end-to-end encrypted chats, which lie side by side."""
    for name in export.names():
        is_beside = name.count("/") <= 1 and name.casefold().endswith(".json")
        if is_beside and chat_number(name) is None and _is_encrypted_chat(start(export, name)):
            yield name


def _is_encrypted_chat(begun: bytes) -> bool:
    key, opens = first_key(begun)
    is_chat = (key, opens) in {("participants", "["), ("messages", "[")}
    return is_chat and (b'"threadName"' in begun or b'"senderName"' in begun)


def _is_told_as_facebook_does(begun: bytes, holds: Holds) -> bool:
    if holds is Holds.PROFILE:
        return b'"name"' in begun
    named = b'"title"' if holds in (Holds.COMMENTS, Holds.REACTIONS) else b'"name"'
    return b'"timestamp"' in begun and named in begun


def _is_reactions(name: str, begun: bytes) -> bool:
    if b'"reaction"' in begun and b'"actor"' in begun:
        return True
    is_labelled = b'"label_values"' in begun and b"instagram.com" not in begun
    return is_labelled and stem(name) == "likes_and_reactions"
