"""The files of Instagram's export: what each of them is, whichever folder it is in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from roc.collectors.archive import Export
from roc.collectors.formats.meta_files import first_key, stem, tables


class Holds(StrEnum):
    """What a file holds."""

    FOLLOWERS = "followers"
    FOLLOWING = "following"
    SENT = "requests sent"
    RECEIVED = "requests received"
    COMMENTS = "comments"
    LIKES = "likes"
    PROFILE = "profile"


_KEYS = {
    "relationships_followers": Holds.FOLLOWERS,
    "relationships_following": Holds.FOLLOWING,
    "relationships_follow_requests_sent": Holds.SENT,
    "relationships_permanent_follow_requests": Holds.SENT,
    "relationships_follow_requests_received": Holds.RECEIVED,
    "comments_media_comments": Holds.COMMENTS,
    "comments_reels_comments": Holds.COMMENTS,
    "likes_media_likes": Holds.LIKES,
    "likes_comment_likes": Holds.LIKES,
    "profile_user": Holds.PROFILE,
}
_LISTS = {
    # Lists that stand in a file on their own, with a word that all their rows have.
    "followers": (Holds.FOLLOWERS, b'"string_list_data"'),
    "following": (Holds.FOLLOWING, b'"string_list_data"'),
    "pending_follow_requests": (Holds.SENT, b'"string_list_data"'),
    "recent_follow_requests": (Holds.SENT, b'"string_list_data"'),
    "follow_requests_you_ve_received": (Holds.RECEIVED, b'"string_list_data"'),
    "post_comments": (Holds.COMMENTS, b'"string_map_data"'),
    "reels_comments": (Holds.COMMENTS, b'"string_map_data"'),
    "liked_posts": (Holds.LIKES, b"instagram.com"),
    "liked_comments": (Holds.LIKES, b"instagram.com"),
}
_OTHER_SIGNS = re.compile(r"\W+")  # some exports have the apostrophe in "you've", some do not
_ROW_KEYS = frozenset({"string_map_data", "media_list_data", "media_map_data"})


@dataclass(frozen=True, slots=True)
class Table:
    """A file and what it holds.

    Args:
        name: the file.
        holds: what.
        path: where in it the rows are.
    """

    name: str
    holds: Holds
    path: str


def find_tables(export: Export) -> Iterator[Table]:
    """The files that are Instagram's for sure, chats aside."""
    for name, begun in tables(export):
        key, opens = first_key(begun)
        if key in _KEYS and opens == "[":
            yield Table(name, _KEYS[key], f"{key}.item")
        elif (plain := _OTHER_SIGNS.sub("_", stem(name))) in _LISTS:
            holds, word = _LISTS[plain]
            if word in begun or (b'"label_values"' in begun and b"facebook.com" not in begun):
                if (key, opens) == ("", "["):
                    yield Table(name, holds, "item")
                elif key in _ROW_KEYS:  # where there is but one comment there is no list
                    yield Table(name, holds, "")


def is_of_2018(export: Export) -> bool:
    """Whether it has the layout of 2018 to 2020, whose files lie side by side."""
    names = {name.rsplit("/", 1)[-1] for name in export.names()}
    return {"connections.json", "likes.json", "profile.json"} <= names
