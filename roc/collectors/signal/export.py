"""The folder of signal-export: a folder for each chat, and what its messages are acts of."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC
from functools import lru_cache
from pathlib import PurePosixPath

from roc.collectors.archive import Export
from roc.collectors.base import Options
from roc.collectors.formats.by_minute import ByMinute
from roc.collectors.formats.chats import ChatMessage, message_act, reaction_act
from roc.collectors.formats.hashed_ids import hashed
from roc.collectors.formats.named import named, phone
from roc.collectors.formats.tolerance import file_by_file, usable
from roc.collectors.signal.files import Message, is_data, is_text, messages, plain
from roc.errors import BrokenExport
from roc.graph.records import ME, Account, AccountSeen, Interaction, Kind, Precision, Record

SOURCE = "signal"
_OWNER = "Me"
_NOBODY = frozenset({"", "No-Sender", "None", "unnamed"})
_TWO = 2
_MOST_MEMBERS = 5000  # no group is as large; a file with more is made up
_BACKUP = re.compile(
    r"signal-\d{4}-\d{2}-\d{2}.{0,20}\.backup|signal-backup-.{10,40}", re.IGNORECASE
)

Members = dict[Account, str]


def recognises(export: Export) -> bool:
    """Whether a file begins as those do that signal-export writes for each chat."""
    return bool(_chats(export))


def resembles(export: Export) -> str:
    """What to do with Signal's own files, which are encrypted."""
    advice = "link Signal Desktop and run the program signal-export, which writes what can be read"
    names = export.names()
    parts = [export.path.name, *(part for name in names for part in name.split("/"))]
    if any(map(_BACKUP.fullmatch, parts)):
        return f"this is Signal's encrypted backup: {advice}"
    if any(name.endswith("sql/db.sqlite") for name in names):
        return f"this is the encrypted folder of Signal Desktop: {advice}"
    return ""


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Who wrote, marked and called in each chat.

    Raises:
        BrokenExport: a chat cannot be read or mostly not; all others have been read by then.
    """
    told: set[tuple[Account, str]] = set()
    yield from file_by_file(_records(export, name, told) for name in _chats(export))


def _records(export: Export, name: str, told: set[tuple[Account, str]]) -> Iterator[Record]:
    key = _key(export, name)
    members = _members(export, name, key)
    for who, called in members.items():
        if who != ME and (who, called) not in told:
            told.add((who, called))
            yield AccountSeen(who, called)
    rows = _Reader(key, members).rows(export, name)
    yield from usable(name, rows, silent_is_good=True)


def _chats(export: Export) -> list[str]:
    """A file for each chat: ``data.json`` where there is one, which tells seconds and marks."""
    found: dict[str, str] = {}
    for name in export.names():
        folder = str(PurePosixPath(name).parent)
        if is_data(export, name) or (folder not in found and is_text(export, name)):
            found[folder] = name
    return list(found.values())


def _key(export: Export, name: str) -> str:
    """The chat's folder, which is called after whom or which group it is with.

    It is the same whether the owner named that folder, the file in it, or all of the export.
    """
    where = export.path if name == export.path.name else export.path_of(name)
    return plain(where.absolute().parent.name.removesuffix(".zip"))


@lru_cache(65536)
def someone(name: str) -> Account | None:
    """The account behind a name; ``None`` where nobody is told.

    Example:
        >>> str(someone("Jane Doe")), str(someone("JaneDoe")), str(someone("Me"))
        ('signal:name:janedoe', 'signal:name:janedoe', 'me:me')
    """
    if name in _NOBODY:
        return None
    return ME if name == _OWNER else phone(name) or named(SOURCE, plain(name) or name)


def _members(export: Export, name: str, title: str) -> Members:
    """Everyone who writes or marks anything in a chat, and the owner."""
    found: Members = {ME: ""}
    with suppress(BrokenExport):  # told when the chat is read for its acts
        for message in messages(export, name, title):
            if isinstance(message, Message):
                for told in (message.sender, *message.marks):
                    account = someone(told)
                    if account and account not in found and len(found) < _MOST_MEMBERS:
                        found[account] = "" if account.source == "phone" else told
    return found


class _Reader:
    """Reads a chat for its acts."""

    def __init__(self, key: str, members: Members) -> None:
        self._title = key
        self._thread = hashed(SOURCE, key)
        self._members = tuple(members)
        self._ids = ByMinute(SOURCE, key)

    def rows(self, export: Export, name: str) -> Iterator[list[Record]]:
        """What each message says.

        Raises:
            BrokenExport: the file cannot be read; after what could be.
        """
        for message in messages(export, name, self._title):
            if isinstance(message, Message):
                yield list(self._acts(message))
            else:
                line, error = message
                yield [error.at(f"{name}:{line}")]

    def _acts(self, message: Message) -> Iterator[Interaction]:
        is_call = message.call is not None
        sender = self._caller(message) if is_call else someone(message.sender)
        if sender is None or message.is_empty or message.call is False:
            return
        is_local = message.at.tzinfo is None
        said = ChatMessage(
            source=SOURCE,
            id=self._ids.id(message.at, sender, *(["call"] if is_call else [])),
            at=message.at.replace(tzinfo=UTC) if is_local else message.at.astimezone(UTC),
            sender=sender,
            members=self._members,
            precision=Precision.LOCAL if is_local else Precision.INSTANT,
            chat=self._thread,
            text="" if is_call else message.text,
        )
        if act := message_act(said):
            yield replace(act, kind=Kind.CALL) if is_call else act
        for who in dict.fromkeys(map(someone, message.marks)):
            if who and (mark := reaction_act(said, who)):
                yield mark

    def _caller(self, message: Message) -> Account | None:
        """Who called, in a chat between two; ``None`` in a group, where nobody tells who came."""
        if message.is_outgoing or len(self._members) != _TWO:
            return ME if len(self._members) == _TWO else None
        return next(who for who in self._members if who != ME)
