"""The chats in Facebook's and Instagram's exports, and who is in each, before a message is read.

One shape is that of the whole exports: a folder per chat, ``message_1.json`` and so on. The other
is that of the separate download of end-to-end encrypted chats: a file per chat.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from roc.collectors.archive import Export
from roc.collectors.formats.hashed_ids import hashed
from roc.collectors.formats.json_stream import values_of
from roc.collectors.formats.meta_files import chat_number, is_in, rows, skip_mark
from roc.collectors.formats.meta_text import is_nobody, label
from roc.collectors.formats.named import named
from roc.errors import BrokenExport
from roc.graph.records import Account

_NUMBER = re.compile(r"_(\d{5,30})$", re.ASCII)
_MOST_PEOPLE = 5000  # whom a chat names; larger ones are crowds anyway
# In a text, the quotes of these would have backslashes before them.
_OF_GROUP = re.compile(
    rb'"joinable_mode"\s{0,9}:\s{0,9}\{|"thread_type"\s{0,9}:\s{0,9}"RegularGroup"'
)
_WRITER = re.compile(rb'"sender(?:_n|N)ame"\s{0,9}:\s{0,9}"((?:[^"\\]|\\.){1,400})"')
_PIECE_BYTES = 2**20
_LONGEST_SIGN = 1000  # bytes
_MOST_SPELLINGS = 100  # of names; a chat of two has two


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation and what is known of it before it is read.

    Args:
        source: ``facebook`` or ``instagram``.
        key: its folder, or its file where it has none.
        files: its files, in order.
        people: names of those in it, as they are written.
        is_group: whether it is a group for sure; of one that has shrunk to two it has to be seen.
        owner: the owner's account among those in chats; ``None`` where it is not known.
    """

    source: str
    key: str
    files: tuple[str, ...]
    people: tuple[str, ...] = ()
    is_group: bool = False
    owner: Account | None = None

    @property
    def number(self) -> str:
        """The chat's own number, where its name ends in one."""
        found = _NUMBER.search(self.key)
        return found[1] if found else ""

    def account(self, name: str) -> Account | None:
        """Who bears a name in this chat; whoever left the source is somebody of this chat only."""
        if is_nobody(self.source, name):
            return Account(self.source, f"gone:{hashed(PurePosixPath(self.key).name)}")
        return named(self.source, name)

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The accounts of those in it."""
        found = (self.account(name) for name in self.people)
        return tuple(dict.fromkeys(who for who in found if who))


def find_chats(source: str, export: Export, elsewhere: tuple[str, ...]) -> list[Chat]:
    """The chats of an export, by their folders.

    Args:
        source: whose they are.
        export: where they are looked for.
        elsewhere: folders of the other source.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for name in export.names():
        number = chat_number(name)
        if number is not None and not is_in(export, name, elsewhere):
            folder = str(PurePosixPath(name).parent)
            key = name if folder == "." else folder
            found.setdefault(key, []).append((number, name))
    return [
        Chat(source, key, tuple(name for _, name in sorted(files))) for key, files in found.items()
    ]


def looked_into(export: Export, chat: Chat) -> Chat:
    """The chat with who is in it, and where it has no folder, with the path that it tells.

    Those in it stand before the messages or after them. Where they are not told they are those
    who wrote.
    """
    is_bare = chat.key in chat.files and chat_number(chat.key) is not None
    wanted = {"participants", "thread_path"} if is_bare else {"participants"}
    people: dict[str, None] = {}
    for name in chat.files:
        try:
            told = _values(export, name, wanted)
            people |= dict.fromkeys(_people(told.get("participants")))
            path = label({"": told.get("thread_path")}, "")
            chat = replace(chat, key=path) if is_bare and path else chat
            people = people or _writers(export, name)
        except BrokenExport:  # told when its messages are read
            continue
        if people:
            break
    chat = replace(chat, people=tuple(people)[:_MOST_PEOPLE])
    return replace(chat, is_group=_is_group(export, chat))


def _is_group(export: Export, chat: Chat) -> bool:
    # Instagram numbers its chats, and what it says of groups was not seen.
    is_seen = len(chat.accounts) > 2
    return is_seen or (chat.source == "facebook" and _has_shrunk(export, chat))


def _has_shrunk(export: Export, chat: Chat) -> bool:
    """Whether a chat of two is a group that others left: it says so, or a third one wrote in it.

    Both may stand anywhere in it. Its bytes are looked through, which takes less time than reading.
    """
    told: set[bytes] = set()
    for name in chat.files:
        with suppress(BrokenExport), export.open(name) as stream:  # told when messages are read
            piece = b""
            while more := stream.read(_PIECE_BYTES):
                piece = piece[-_LONGEST_SIGN:] + more
                if _OF_GROUP.search(piece):
                    return True
                told.update(_WRITER.findall(piece))
                if len(told) > _MOST_SPELLINGS:
                    return True
    writers = {chat.account(_name(raw)) for raw in told}
    return len(writers.union(chat.accounts) - {None}) > 2


def _name(raw: bytes) -> str:
    try:
        return label({"": json.loads(b'"' + raw + b'"')}, "")
    except ValueError:
        return ""


def standing(chats: Iterable[Chat], name: str) -> str:
    """A name as it stands among the people of the chats; empty where it does not."""
    for chat in chats:
        wanted = named(chat.source, name)
        for other in chat.people if wanted else ():
            if named(chat.source, other) == wanted:
                return other
    return ""


def always_there(chats: Iterable[Chat]) -> str:
    """The one name that is in all chats of two and more; empty where there are too few to tell."""
    common: dict[Account, str] | None = None
    different = set()
    for chat in chats:
        there = {who: name for name in chat.people if (who := named(chat.source, name))}
        if len(there) > 1:
            different.add(frozenset(there))
            common = {who: name for who, name in (common or there).items() if who in there}
            if not common:
                return ""
    return next(iter(common.values())) if common and len(common) == 1 < len(different) else ""


def _values(export: Export, name: str, keys: set[str]) -> dict[str, object]:
    with export.open(name) as stream:
        skip_mark(stream)
        return values_of(stream, keys, name)


def _people(value: object) -> Iterator[str]:
    """Names in a list of them, or of objects that have one."""
    for each in value if isinstance(value, list) else ():
        name = label(each, "name") if isinstance(each, Mapping) else label({"": each}, "")
        if name:
            yield name


def _writers(export: Export, name: str) -> dict[str, None]:
    found: dict[str, None] = {}
    for key in ("sender_name", "senderName"):
        for _, who in rows(export, name, f"messages.item.{key}"):
            found[label({"": who}, "")] = None
            if len(found) > _MOST_PEOPLE:
                break
    found.pop("", None)
    return found
