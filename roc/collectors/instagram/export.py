"""Instagram's export as JSON: which files are read, and by what."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from roc.collectors.archive import Export
from roc.collectors.base import Options
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
from roc.collectors.instagram.acts import SOURCE, Acts
from roc.collectors.instagram.files import Holds, Table, find_tables, is_of_2018
from roc.collectors.instagram.people import find_owner, same_people
from roc.graph.records import ME, Account, Kind, Record

ONE_WAY = frozenset({Kind.COMMENT})
"""Of what the owner commented on the export tells, and never of comments by others."""

_ROWS: Mapping[Holds, Callable[[Acts, object], Iterator[Record]]] = {
    Holds.FOLLOWERS: Acts.follower,
    Holds.FOLLOWING: Acts.followed,
    Holds.SENT: Acts.request_sent,
    Holds.RECEIVED: Acts.request_received,
    Holds.COMMENTS: Acts.comment,
    Holds.LIKES: Acts.like,
}
_PAGES = {
    "followers": "followers_and_following/",
    "following": "followers_and_following/",
    "liked_posts": "likes/",
    "post_comments": "comments/",
}


def recognises(export: Export) -> bool:
    """Whether it holds one of Instagram's tables, or chats that are not Facebook's."""
    return any(True for _ in find_tables(export)) or has_chats(
        export, INSTAGRAM_SIGNS, FACEBOOK_SIGNS
    )


def resembles(export: Export) -> str:
    """What to do about an export as web pages, or one of before 2021."""
    if has_pages(export, INSTAGRAM_PLACES, _PAGES):
        return "This is Instagram's export as HTML: ask for it again, and choose JSON."
    if is_of_2018(export):
        return "This is Instagram's export in the layout of before 2021: ask for a new one."
    return ""


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Chats both ways; who follows whom; what the owner commented on and liked.

    Raises:
        BrokenExport: a file cannot be read or mostly not; all others have been read by then.
    """
    files = list(find_tables(export))
    chats = [looked_into(export, chat) for chat in find_chats(SOURCE, export, FACEBOOK_PLACES)]
    seen, shown = find_owner(export, files, chats, options.owner_name)
    me, in_chats = seen.account if seen else ME, named(SOURCE, shown)
    people = same_people(export, files, chats, in_chats)
    tables = (_table(export, file, me) for file in files if file.holds in _ROWS)
    groups = Groups()
    messages = chain.from_iterable(_chat(export, chat, in_chats, groups) for chat in chats)
    read = file_by_file(chain(tables, messages))
    yield from once(chain([seen] if seen else [], people, read))


def _table(export: Export, file: Table, me: Account) -> Iterator[Record]:
    acts = Acts(me)
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
