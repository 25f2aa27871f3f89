"""``result.json``: which files are Telegram's, whose they are, and what is read from them."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.json_values import item, word
from roc.collectors.formats.named import named
from roc.collectors.formats.tolerance import Unusable, file_by_file, usable
from roc.collectors.telegram.messages import Messages
from roc.collectors.telegram.parts import parts
from roc.collectors.telegram.people import SOURCE, Chat, chat, described, user
from roc.errors import BrokenExport
from roc.graph.records import Account, AccountSeen, Nature, Problem, Record

_ACCOUNT = re.compile(
    r'\s*\{\s*"about"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"(?:personal_information|profile_pictures|stories'
    r'|contacts|frequent_contacts|sessions|web_sessions|other_data|chats|left_chats)"\s*:\s*[{\[]'
)
_CHAT = re.compile(
    r'\s*\{\s*(?:"name"\s*:\s*(?:null|"(?:[^"\\]|\\.)*")\s*,\s*)?"type"\s*:\s*"(?:personal_chat'
    r"|bot_chat|saved_messages|replies|verify_codes|(?:private|public)_(?:group|supergroup|channel))"
    r'"\s*,\s*"id"\s*:\s*\d+\s*,\s*"messages"\s*:\s*\['
)
_MOST_TOLD = 100_000  # accounts; a crowd of more is told of twice


@dataclass(slots=True)
class _Survey:
    """What the first reading of a file finds out."""

    chats: list[Chat] = field(default_factory=list)
    owner: AccountSeen | None = None


def recognises(export: Export) -> bool:
    """Whether it holds what Telegram Desktop writes as JSON, of an account or of one chat."""
    return bool(_files(export))


def resembles(export: Export) -> str:
    """What to do with an export as HTML, which is for reading and not for reckoning."""
    pages = (name for name in export.names() if name.casefold().endswith("messages.html"))
    for name in pages:
        if b'onload="CheckLocation();"' in head(export, name):
            return (
                "this is Telegram's export as HTML: export again and choose Machine-readable JSON"
            )
    return ""


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Who wrote, answered, marked and called in each chat, and who the owner's contacts are.

    Raises:
        BrokenExport: a file is cut off or mostly not readable; all others have been read by then.
    """
    surveys = {name: _survey(export, name) for name in _files(export)}
    owner = _owner(list(surveys.values()), options)
    if owner:
        yield owner
    yield from file_by_file(
        usable(name, _rows(export, name, survey, owner), silent_is_good=True)
        for name, survey in surveys.items()
    )


def _files(export: Export) -> list[str]:
    names = (name for name in export.names() if name.casefold().endswith(".json"))
    return [name for name in names if _is_telegrams(head(export, name))]


def _is_telegrams(start: bytes) -> bool:
    told = start.decode("utf-8-sig", "replace")
    return bool(_ACCOUNT.match(told) or _CHAT.match(told))


def _survey(export: Export, name: str) -> _Survey:
    """Read a file for who is in its chats: how many there are decides whom a message reaches."""
    found = _Survey()
    with suppress(BrokenExport):  # told when the file is read for its acts
        for what, told in parts(export, name):
            if what == "chat":
                found.chats.append(chat(item(told)))
            elif what == "message" and found.chats[-1].peer:
                found.chats[-1].see(item(told))
            elif what == "owner":
                found.owner = next(described(item(told), owner=True), None)
    return found


def _owner(surveys: list[_Survey], options: Options) -> AccountSeen | None:
    """Whose export it is: told, or left over in chats between two, or by the name they gave."""
    for survey in surveys:
        if survey.owner:
            return survey.owner
    chats = [chat for survey in surveys for chat in survey.chats]
    others = {chat.other for chat in chats}
    everyone = {
        who: name for chat in chats for who, name in chat.members.items() if who not in others
    }
    left = {
        who: everyone[who] for chat in chats if chat.other for who in chat.members.keys() - others
    }
    if len(left) != 1 and (told := named(SOURCE, options.owner_name)):
        left = {who: name for who, name in everyone.items() if named(SOURCE, name) == told}
    if len(left) != 1:
        return None
    ((who, name),) = left.items()
    return AccountSeen(who, name, owner=True)


def _rows(
    export: Export, name: str, survey: _Survey, owner: AccountSeen | None
) -> Iterator[list[Record]]:
    if survey.chats and all(found.lacks_id for found in survey.chats):
        raise BrokenExport(
            f"{name}: its chats have no ids, as in the exports of 2018.",
            hint="export again with Telegram Desktop of today: what is in this file is there, too.",
        )
    me = owner.account if owner else None
    handle = (
        next((same.handle for same in owner.same_as if "@" in same.handle), "") if owner else ""
    )
    bots = frozenset(chat.other for chat in survey.chats if chat.other and chat.is_bot)
    chats, people = iter(survey.chats), _People(me, bots)
    here, reader, chat_number, number = Chat(""), Messages(Chat(""), None), 0, 0
    for what, told in parts(export, name):
        if what == "contact":
            yield list(described(item(told)))
        elif what == "chat":
            here = next(chats, None) or chat(item(told))
            reader, chat_number, number = Messages(here, me, handle), chat_number + 1, 0
            if here.lacks_id:
                yield [Problem(f"{name}, chat {chat_number}", "no_id", "the chat has no id")]
        elif what == "message":
            number += 1
            if here.peer:
                where = f"{name}, chat {chat_number}, message {number}"
                yield [*people.seen(told), *_acts(where, told, reader)]


def _acts(where: str, told: object, reader: Messages) -> Iterator[Record]:
    if not isinstance(told, Mapping):
        yield Problem(where, "bad_shape", "not an object with names and values")
        return
    try:
        yield from reader.acts(told)
    except Unusable as error:
        yield error.at(where)


class _People:
    """Tells who an account is, once for each name; of the owner the export says it itself."""

    def __init__(self, owner: Account | None, bots: frozenset[Account]) -> None:
        self._owner = owner
        self._bots = bots
        self._told: set[tuple[Account, str]] = set()

    def seen(self, message: object) -> Iterator[AccountSeen]:
        """Who wrote a message, or did what it tells."""
        told = item(message)
        for key, name_key in (("from_id", "from"), ("actor_id", "actor")):
            account, name = user(told.get(key)), tidy(word(told, name_key))
            if account and account != self._owner and (account, name) not in self._told:
                if len(self._told) >= _MOST_TOLD:
                    self._told.clear()
                self._told.add((account, name))
                nature = Nature.BOT if account in self._bots else Nature.PERSON
                yield AccountSeen(account, name, nature=nature)
