"""What a Slack export consists of: lists of users and of conversations, and a file for each day."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from roc.collectors.archive import Export, ending, find, head
from roc.collectors.formats.chats import MAX_MEMBERS
from roc.collectors.formats.json_values import Item, word, words
from roc.collectors.slack.people import SLACKBOT, account
from roc.graph.records import Account

_USERS = ("users.json", "org_users.json")
_PRIVATE = ("groups.json", "dms.json", "mpims.json")
_CONVERSATIONS = ("channels.json", *_PRIVATE)
_CANVASES = "file_conversations.json"

_MOST_MEMBERS = 10**7
_HEAD_BYTES = 2**14
_LIST = re.compile(r"\s*\[\s*\{")
_ID = re.compile(r"[A-Z][A-Z0-9]{1,39}")
_FIRST_ID = re.compile(r'"id"\s*:\s*"([A-Z])[A-Z0-9]{1,39}"')
_OF_USERS = re.compile(r'"(?:profile|real_name|is_bot|team_id)"\s*:')
_OF_CONVERSATIONS = re.compile(r'"(?:members|creator)"\s*:')
_OF_MESSAGES = re.compile(r'"ts"\s*:\s*"\d{9,11}\.\d+"')
_DAY = re.compile(r"(?:(?P<folder>.*)/)?\d{4}-\d\d-\d\d\.json")


class Part(StrEnum):
    """What a file of the export holds."""

    USERS = "users"
    CONVERSATIONS = "conversations"
    MESSAGES = "messages"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A channel, or a talk between two or several people.

    Args:
        id: Slack's own, such as ``C024BE91L``.
        members: who is in it now; empty where they are many, or not told.
        size: how many they are; 0 where it is not told.
        private: nobody else can read it.
    """

    id: str
    members: tuple[Account, ...] = ()
    size: int = 0
    private: bool = False


def lists(export: Export) -> list[tuple[str, Part]]:
    """The lists of users, then those of conversations; each file is judged by how it begins."""
    named = find(export, *_USERS, *_CONVERSATIONS, _CANVASES)
    alone = export.names() if len(export.names()) == 1 else ()
    parts = [(name, part(export, name)) for name in dict.fromkeys((*named, *alone))]
    order = (Part.USERS, Part.CONVERSATIONS)
    return sorted(
        (each for each in parts if each[1] in order), key=lambda each: order.index(each[1])
    )


def part(export: Export, name: str) -> Part:
    """What a file holds."""
    start = head(export, name, _HEAD_BYTES).decode("utf-8-sig", "replace")
    if not _LIST.match(start):
        return Part.OTHER
    first = _FIRST_ID.search(start)
    letter = first[1] if first else ""
    if letter in ("U", "W") and _OF_USERS.search(start):
        return Part.USERS
    if letter in ("C", "D", "G") and _OF_CONVERSATIONS.search(start):
        return Part.CONVERSATIONS
    return Part.MESSAGES if _OF_MESSAGES.search(start) else Part.OTHER


def days(export: Export) -> dict[str, list[str]]:
    """The files of each conversation's folder, oldest day first."""
    found: dict[str, list[str]] = {}
    for name in export.names():
        day = _DAY.fullmatch(name)
        if day and day["folder"]:
            found.setdefault(_plain(day["folder"]), []).append(name)
    return found


def folders(listed_in: str, told: Item) -> Iterator[str]:
    """Where the days of a conversation may be: its folder has its name, or for two its id."""
    above = listed_in.rpartition("/")[0]
    for name in (word(told, "name"), word(told, "id")):
        if name:
            yield _plain(f"{above}/{name}" if above else name)


def conversation(told: Item, listed_in: str = "") -> Conversation | None:
    """A conversation with whoever is in it, Slackbot left out; ``None`` where it has no id.

    Args:
        told: what a list tells of it.
        listed_in: that list. By it is known what is private, and by the ids of older conversations.
    """
    own_id = word(told, "id")
    if not _ID.fullmatch(own_id):
        return None
    listed = map(account, dict.fromkeys(words(told.get("members"))))
    members = tuple(who for who in listed if who and who != SLACKBOT)
    count = told.get("num_members")
    size = len(members) or (count if isinstance(count, int) and 0 < count < _MOST_MEMBERS else 0)
    # The members of a crowd are only counted: nobody is addressed by merely being there.
    private = own_id.startswith(("D", "G")) or bool(ending([listed_in], *_PRIVATE))
    return Conversation(own_id, members if size <= MAX_MEMBERS else (), size, private)


def _plain(folder: str) -> str:
    """A folder's name as every system writes it: a Mac takes letters and accents apart."""
    return unicodedata.normalize("NFC", folder)
