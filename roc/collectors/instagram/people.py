"""Who is who on Instagram: the owner, and chats' names beside the user names of everything else.

Chats tell the name that people show, anything else their user name. A chat's folder begins with
something made of either.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath

from roc.collectors.archive import Export
from roc.collectors.formats.addresses import is_address
from roc.collectors.formats.json_values import Item, item
from roc.collectors.formats.meta_files import rows
from roc.collectors.formats.meta_labels import is_name, is_username, labelled, mapped, username
from roc.collectors.formats.meta_text import is_nobody, label
from roc.collectors.formats.meta_threads import Chat, always_there, standing
from roc.collectors.formats.named import named, phone
from roc.collectors.instagram.acts import SOURCE, profile_user
from roc.collectors.instagram.files import Holds, Table
from roc.errors import BrokenExport
from roc.graph.records import Account, AccountSeen

_FOLDER = re.compile(r"(.{1,60})_\d{5,30}")
_MOST_KNOWN = 200_000
_TELLS_ITSELF = re.compile(r"[._]")  # what is made of a shown name has neither


def find_owner(
    export: Export, files: Iterable[Table], chats: Iterable[Chat], owner_name: str
) -> tuple[AccountSeen | None, str]:
    """The owner and the name that they show in chats; ``None`` and empty where nothing tells."""
    user, name, more = "", "", dict[Account, None]()
    for told in _profiles(export, files):
        for _, under, value in (
            *mapped(told.get("string_map_data")),
            *labelled(told.get("label_values")),
        ):
            text = label(value, "value")
            user = user or (username(text) if is_username(under) else "")
            name = name or (text if is_name(under) else "")
            number = phone(text) if text.startswith("+") else None
            mail = Account("email", text.lower()) if is_address(text) else None
            more |= dict.fromkeys(account for account in (mail, number) if account)
    chats = list(chats)
    name = (
        standing(chats, name)
        or always_there(chats)
        or standing(chats, owner_name)  # what the owner told us may be another name of theirs
        or name
        or ("" if chats else owner_name)
    )
    shown = named(SOURCE, name)
    if user:
        same = ((shown,) if shown else ()) + tuple(more)
        return AccountSeen(Account(SOURCE, user), name, owner=True, same_as=same), name
    if shown:
        return AccountSeen(shown, name, owner=True, same_as=tuple(more)), name
    return None, ""


def _profiles(export: Export, files: Iterable[Table]) -> Iterator[Item]:
    for file in files:
        if file.holds is Holds.PROFILE:
            with suppress(BrokenExport):  # the rest of the export can be read without it
                for _, value in rows(export, file.name, file.path):
                    yield item({"": value}, "")


def same_people(
    export: Export, files: Iterable[Table], chats: Iterable[Chat], owner: Account | None
) -> Iterator[AccountSeen]:
    """Shown names and user names that are one person's for sure.

    In a chat of two whose folder begins with a user name, and not merely with the shown name
    written small, the other one is that user. Whoever shares the shown name with somebody in
    another chat of two is left alone.
    """
    known = _known(export, files)
    users: dict[Account, set[str]] = {}
    names: dict[Account, str] = {}
    for chat in chats:
        there = {who: name for name in chat.people if (who := named(SOURCE, name)) != owner}
        if len(chat.people) == 2 and len(there) == 1:
            ((who, name),) = there.items()
            if who and not is_nobody(SOURCE, name):
                users.setdefault(who, set()).add(_user_of(chat, name, known))
                names[who] = name
    for who, found in users.items():
        user = found.pop() if len(found) == 1 else ""
        if user:
            yield AccountSeen(Account(SOURCE, user), names[who], same_as=(who,))


def _known(export: Export, files: Iterable[Table]) -> frozenset[str]:
    """User names of those who follow the owner, and whom the owner follows."""
    found: set[str] = set()
    for file in files:
        if file.holds in (Holds.FOLLOWERS, Holds.FOLLOWING):
            with suppress(BrokenExport):  # told when it is read
                for _, value in rows(export, file.name, file.path):
                    found.add(profile_user(value))
                    if len(found) > _MOST_KNOWN:
                        break
    return frozenset(found)


def _user_of(chat: Chat, name: str, known: frozenset[str]) -> str:
    """The user name in a chat's path, where it is one for sure; else nothing."""
    folder = _FOLDER.fullmatch(PurePosixPath(chat.key).name)
    user = username(folder[1]) if folder else ""
    if not user:
        return ""
    if _TELLS_ITSELF.search(user):
        return user
    is_made_of_name = user == "".join(filter(str.isalnum, name.casefold()))
    return user if user in known and not is_made_of_name else ""
