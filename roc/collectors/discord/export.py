"""Which of the two a Discord export is, and its files one by one."""

import re
from collections.abc import Iterator
from itertools import islice

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.discord import package
from roc.collectors.discord.exporter import Chats, is_chat
from roc.collectors.formats.tolerance import Tolerance, file_by_file
from roc.graph.records import Account, AccountSeen, Problem, Record

_LOOKED_AT = 20  # files, to judge an export by
_HEAD_BYTES = 2**16

_TABLE = re.compile(r"(?:MessageID,)?AuthorID,Author,Date,Content\b")
_PLAIN = re.compile(r"={20,80}\r?\nGuild: [^\n]*\nChannel: ")
_PAGE = re.compile(r"chatlog__|DiscordChatExporter|Tyrrrz/DiscordFonts")
_OWN_TABLE = re.compile(r"ID,Timestamp,Contents,Attachments\b")
_OWN_JSON = re.compile(r'\s*\[\s*\{\s*"ID"\s*:[^{}\[\]:]*"Timestamp"\s*:')


def recognises(export: Export) -> bool:
    """Whether it holds a channel of Discord's package, its owner, or an exported chat."""
    return bool(
        any(package.channels(export)) or package.users(export) or any(_chats(export, _LOOKED_AT))
    )


def resembles(export: Export) -> str:
    """Exported chats in another format than JSON, and messages without their channel."""
    if recognises(export):
        return ""
    for name in islice(export.names(), _LOOKED_AT):
        start = head(export, name, _HEAD_BYTES).decode("utf-8-sig", "replace")
        if _TABLE.match(start) or _PLAIN.match(start) or _is_page(start):
            return (
                "it looks like a chat from DiscordChatExporter that does not tell who people are: "
                "export it again with the format JSON."
            )
        if _OWN_TABLE.match(start) or _OWN_JSON.match(start):
            return (
                "it looks like messages of Discord's package without their channel.json, which "
                "tells to whom they went: name the whole package."
            )
    return ""


def collect(export: Export, options: Options) -> Iterator[Record]:
    """What was written, by whom and to whom; the owner's friends.

    The package's lists come first, as they say who is in a channel. Then come exported chats: where
    the same message is in the package, they tell more of it.

    Raises:
        BrokenExport: a file cannot be read, or too many messages cannot be used; all others have
            been read by then.
    """
    tolerance = Tolerance(export.path.name)
    yield from file_by_file(_files(export, tolerance))
    tolerance.check()


def _chats(export: Export, most: int | None = None) -> Iterator[str]:
    names = export.names()
    files = (name for name in names if len(names) == 1 or name.lower().endswith(".json"))
    return (name for name in islice(files, most) if is_chat(export, name))


def _files(export: Export, tolerance: Tolerance) -> Iterator[Iterator[Record]]:
    """The records of each file, in an order in which each is read before those that need it."""
    owners: list[Account] = []
    for name in package.users(export):
        yield _owner(export, name, owners)
    found: list[package.Channel] = []
    for name, messages in package.channels(export):
        yield _channel(export, name, messages, found)
    names = [*_chats(export)]
    chats = Chats(export, names, {each.id: each.members for each in found}, tolerance)
    yield from (chats.records(name) for name in names)
    owner = owners[0] if owners else package.owner_by(found)
    if owner and not owners:
        yield iter([AccountSeen(owner, owner=True)])
    for channel in found:
        yield package.channel_records(export, channel, owner, tolerance)


def _owner(export: Export, name: str, owners: list[Account]) -> Iterator[Record]:
    for record in package.owner_records(package.root(export, name)):
        if isinstance(record, AccountSeen) and record.owner:
            owners.append(record.account)
        yield record


def _channel(
    export: Export, name: str, messages: str, found: list[package.Channel]
) -> Iterator[Record]:
    channel = package.channel(package.root(export, name), messages)
    if channel is None:
        yield Problem(name, "no_id", "the channel has no id")
    else:
        found.append(channel)


def _is_page(start: str) -> bool:
    return start.lstrip()[:1] == "<" and _PAGE.search(start) is not None
