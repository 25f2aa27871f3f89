"""The files of Facebook's export: what each of them is, whichever folder it is in."""

import re
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
_PLAIN = {
    # Words that others use, too, with the folder and file in which they are Facebook's.
    "friends": re.compile(r"/friends/friends\.json"),
    "followers": re.compile(r"/following_and_followers/followers\.json"),
    "following": re.compile(r"/following_and_followers/following\.json"),
    "comments": re.compile(r"/comments/comments\.json"),
    "reactions": re.compile(r"/likes_and_reactions/[^/]{1,100}\.json"),
    "profile": re.compile(r"/profile_information/profile_information\.json"),
}
_OF_PROFILE = re.compile(
    rb'"(?:registration_timestamp|profile_uri|previous_names|previous_emails)"\s*:'
    rb'|"name"\s*:\s*\{\s*"full_name"\s*:'
)
_SIGNED = {
    "comments": re.compile(rb'"comment"\s*:\s*\{.{0,2000}?"author"\s*:', re.DOTALL),
    "reactions": re.compile(rb'"reaction"\s*:\s*\{.{0,400}?"actor"\s*:', re.DOTALL),
}
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
            where = f"/{export.full_name(name)}"
            if key not in _PLAIN or _is_told_as_facebook_does(where, key, begun):
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


def _is_told_as_facebook_does(where: str, key: str, begun: bytes) -> bool:
    """Whether a plain word stands in Facebook's own place, or with what only Facebook adds to it.

    Of friends and of who follows whom there is nothing but a name and a moment: only the place
    tells. A profile has more than a name in it.
    """
    in_place = _PLAIN[key].search(where) is not None
    if key == "profile":
        return b'"name"' in begun and (in_place or _OF_PROFILE.search(begun) is not None)
    named = b'"title"' if key in _SIGNED else b'"name"'
    is_signed = key in _SIGNED and _SIGNED[key].search(begun) is not None
    return b'"timestamp"' in begun and named in begun and (in_place or is_signed)


def _is_reactions(name: str, begun: bytes) -> bool:
    if b'"reaction"' in begun and b'"actor"' in begun:
        return True
    is_labelled = b'"label_values"' in begun and b"instagram.com" not in begun
    return is_labelled and stem(name) == "likes_and_reactions"
