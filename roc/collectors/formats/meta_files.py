"""Files of Facebook's and Instagram's exports: which are theirs, and their rows one by one.

The two are alike, and a chat alone tells neither. What a file holds is known by the first key in
it, or by a few of its first bytes.
"""

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from roc.collectors.archive import Export, head
from roc.collectors.formats.json_stream import items_at
from roc.errors import BrokenExport

FACEBOOK_PLACES = ("your_facebook_activity/", "your_activity_across_facebook/")
INSTAGRAM_PLACES = ("your_instagram_activity/",)
"""Folders that only one of the two has; what is in them is that source's."""

FACEBOOK_SIGNS = (
    *FACEBOOK_PLACES,
    "/archived_threads/",
    "/filtered_threads/",
    "/e2ee_cutover/",
    "/friends/",
    "/friends_and_followers/",
    "/profile_information/",
    "/comments_and_reactions/",
    "/comments/comments.json",
)
INSTAGRAM_SIGNS = (
    *INSTAGRAM_PLACES,
    "/followers_and_following/",
    "/login_and_account_creation/",
    "/likes/liked_",
    "/comments/post_comments",
    "/story_interactions/",
    "/story_sticker_interactions/",
    "/personal_information.json",
)
"""The same, and what else of one is not found in the other."""

_FACEBOOK_KEYS = re.compile(
    r"(?:friends|received_requests|sent_requests|followers|following|comments|group_comments"
    r"|reactions|profile|autofill_information)_v\d"
)
_INSTAGRAM_KEYS = re.compile(
    r"ig_\w+|relationships_\w+|profile_user|comments_(?:media|reels)_comments"
    r"|likes_(?:media|comment)_likes"
)
_KEYS = {FACEBOOK_SIGNS: _FACEBOOK_KEYS, INSTAGRAM_SIGNS: _INSTAGRAM_KEYS}
"""First keys of tables that only one of the two has, beside its signs."""

_CHAT_FILE = re.compile(r"message(?:_(\d{1,9}))?(?: ?\(\d{1,3}\))?\.json", re.I | re.ASCII)
_TELLING = re.compile(
    r"friend|follow|comment|reaction|like|profile|autofill|personal_information|message", re.I
)
_FIRST_KEY = re.compile(rb'\s*\{\s*"([A-Za-z_0-9]{1,60})"\s*:\s*([\[{])')
_LISTED = re.compile(rb"\s*\[\s*(?:[{\]]|\Z)")
_BOM = b"\xef\xbb\xbf"
_SENDER = b'"sender_name"'
_START_BYTES = 2**14


def start(export: Export, name: str) -> bytes:
    """The first bytes of a file; none where it cannot be opened."""
    try:
        return head(export, name, _START_BYTES).removeprefix(_BOM)
    except BrokenExport:
        return b""


def first_key(begun: bytes) -> tuple[str, str]:
    """The first key of an object and how its value opens; ``("", "[")`` for a list."""
    found = _FIRST_KEY.match(begun)
    if found:
        return found[1].decode(), found[2].decode()
    return ("", "[") if _LISTED.match(begun) else ("", "")


def tables(export: Export) -> Iterator[tuple[str, bytes]]:
    """JSON files that may be tables of people or of what was done, with their first bytes.

    Files of chats are not among them, nor whatever has no telling word in its path, unless it is
    the only file.
    """
    names = export.names()
    for name in names:
        if not name.casefold().endswith(".json") or chat_number(name) is not None:
            continue
        if len(names) == 1 or _TELLING.search(name):
            yield name, start(export, name)


def rows(export: Export, name: str, path: str) -> Iterator[tuple[str, object]]:
    """The rows at a path of a file, each with its place.

    Raises:
        BrokenExport: the file is cut off or damaged.
    """
    with export.open(name) as stream:
        skip_mark(stream)
        for number, value in enumerate(items_at(stream, path, name), 1):
            yield f"{name}, item {number}", value


def skip_mark(stream: io.BufferedReader) -> None:
    """Pass over a byte order mark, which some editors put before a file that they save."""
    if stream.peek(3)[:3] == _BOM:
        stream.read(3)


def chat_number(name: str) -> int | None:
    """Which part of a chat a file is by its name; ``None`` where it is none."""
    found = _CHAT_FILE.fullmatch(PurePosixPath(name).name)
    return int(found[1] or 0) if found else None


def is_chat(begun: bytes) -> bool:
    """Whether a file begins as a part of a chat does."""
    key, opens = first_key(begun)
    return opens == "[" and (key == "participants" or (key == "messages" and _SENDER in begun))


def has_chats(export: Export, own: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether there are chats that are a source's own, or that might be.

    Args:
        export: what was named.
        own: parts of paths that only this source has; with one of them chats are its own.
        others: parts of paths that only the other one has; chats there are not its own, and
            chats without either are not where there is anything of the other's.
    """
    names = export.names()
    has_others = any(is_in(export, name, others) for name in names) or _has_tables(export, others)
    for name in names:
        if chat_number(name) is not None and not is_in(export, name, others):
            is_own = is_in(export, name, own)
            if (is_own or not has_others) and is_chat(begun := start(export, name)):
                # Pictures in a chat have the path that the file itself has lost.
                return is_own or not any(part.strip("/").encode() in begun for part in others)
    return False


def is_in(export: Export, name: str, parts: tuple[str, ...]) -> bool:
    """Whether a file's path has one of these parts; folders that are left out of names count."""
    path = f"/{export.full_name(name)}"
    return any(part in path for part in parts)


def _has_tables(export: Export, signs: tuple[str, ...]) -> bool:
    keys = (first_key(begun)[0] for _, begun in tables(export))
    return any(_KEYS[signs].fullmatch(key) for key in keys)


def stem(name: str) -> str:
    """A file's name without folder, ending and numbers: ``liked_posts`` of ``liked_posts_2``."""
    return re.sub(r"(?:_\d{1,9})?(?: ?\(\d{1,3}\))?$", "", PurePosixPath(name).stem.casefold())


def has_pages(export: Export, places: tuple[str, ...], stems: Mapping[str, str]) -> bool:
    """Whether it is an export as web pages: some in its places, or with names that tell.

    Args:
        export: what was named.
        places: folders of one of the two sources alone.
        stems: names of pages, each with the folder in which it must be.
    """
    for name in export.names():
        if name.casefold().endswith(".html"):
            folder = stems.get(stem(name))
            if is_in(export, name, places if folder is None else (*places, folder)):
                return True
    return False
