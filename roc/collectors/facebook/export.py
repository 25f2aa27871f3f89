"""Facebook's export as JSON: which files are read, and by what."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from roc.collectors.archive import Export
from roc.collectors.base import Options
from roc.collectors.facebook.acts import SOURCE, Acts, Owner
from roc.collectors.facebook.files import Holds, Table, encrypted_chats, find_tables
from roc.collectors.facebook.owner import find_owner
from roc.collectors.formats.meta_chats import Groups, chat_rows
from roc.collectors.formats.meta_files import (
    FACEBOOK_PLACES,
    FACEBOOK_SIGNS,
    INSTAGRAM_PLACES,
    INSTAGRAM_SIGNS,
    has_chats,
    has_pages,
    rows,
)
from roc.collectors.formats.meta_threads import Chat, find_chats, looked_into
from roc.collectors.formats.named import named
from roc.collectors.formats.once import once
from roc.collectors.formats.tolerance import Unusable, file_by_file, usable
from roc.graph.records import Account, Kind, Record

ONE_WAY = frozenset({Kind.COMMENT, Kind.REPLY})
"""Of what the owner commented on the export tells, and never of comments by others."""

_ROWS: Mapping[Holds, Callable[[Acts, object], Iterator[Record]]] = {
    Holds.FRIENDS: Acts.friend,
    Holds.RECEIVED: Acts.request_received,
    Holds.SENT: Acts.request_sent,
    Holds.FOLLOWERS: Acts.follower,
    Holds.FOLLOWING: Acts.followed,
    Holds.COMMENTS: Acts.comment,
    Holds.REACTIONS: Acts.reaction,
}
_PAGES = {
    "message": "messages/",
    "your_friends": "friends/",
    "friends": "friends",
    "likes_and_reactions": "comments_and_reactions/",
    "profile_information": "profile_information/",
}


def recognises(export: Export) -> bool:
    """Whether it holds one of Facebook's tables, or chats that are not Instagram's."""
    return (
        any(True for _ in find_tables(export))
        or has_chats(export, FACEBOOK_SIGNS, INSTAGRAM_SIGNS)
        or any(True for _ in encrypted_chats(export))
    )


def resembles(export: Export) -> str:
    """What to do about an export as web pages."""
    if has_pages(export, FACEBOOK_PLACES, _PAGES):
        return "This is Facebook's export as HTML: ask for it again, and choose JSON."
    return ""


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Chats both ways; friends and requests; what the owner commented on and liked.

    Raises:
        BrokenExport: a file cannot be read or mostly not; all others have been read by then.
    """
    files = list(find_tables(export))
    chats = find_chats(SOURCE, export, INSTAGRAM_PLACES)
    chats += [Chat(SOURCE, name, (name,)) for name in encrypted_chats(export)]
    chats = [looked_into(export, chat) for chat in chats]
    seen = find_owner(export, files, chats, options.owner_name)
    owner = Owner(seen.name if seen else "")
    rows_read = (_table(export, file, owner) for file in files if file.holds in _ROWS)
    told = named(SOURCE, owner.name)
    groups = Groups()
    messages = chain.from_iterable(_chat(export, chat, told, groups) for chat in chats)
    yield from once(chain([seen] if seen else [], file_by_file(chain(rows_read, messages))))


def _table(export: Export, file: Table, owner: Owner) -> Iterator[Record]:
    acts = Acts(owner)
    return usable(file.name, (_row(acts, file, *row) for row in rows(export, file.name, file.path)))


def _row(acts: Acts, file: Table, where: str, value: object) -> list[Record]:
    try:
        return list(_ROWS[file.holds](acts, value))
    except Unusable as reason:
        return [reason.at(where)]


def _chat(
    export: Export, chat: Chat, owner: Account | None, groups: Groups
) -> Iterator[Iterable[Record]]:
    for name, read in chat_rows(export, replace(chat, owner=owner), groups):
        yield usable(name, read)
