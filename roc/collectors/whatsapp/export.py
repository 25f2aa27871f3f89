"""The text files of "Export chat": which files are chats, whose they are, how dates are written."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import PurePosixPath

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.formats.always_there import AlwaysThere
from roc.collectors.formats.named import named
from roc.collectors.formats.tolerance import file_by_file, usable
from roc.collectors.whatsapp import words
from roc.collectors.whatsapp.chats import SOURCE, Chat, Reader, survey
from roc.collectors.whatsapp.lines import begins
from roc.collectors.whatsapp.stamps import ORDERS, agreed
from roc.errors import BrokenExport
from roc.graph.records import ME, Account, AccountSeen, Record

_FROM_AN_IPHONE = "_chat.txt"
_LOOKED_AT = 10  # messages at a file's beginning
_LEVELS = frozenset({"trace", "debug", "info", "notice", "warn", "warning", "error", "fatal"})
_STORES = ("msgstore", "chatstorage.sqlite", "wa.db")


def recognises(export: Export) -> bool:
    """Whether one of its text files is a chat: lines with a stamp, an author and a text."""
    return any(_is_chat(export, name) for name in export.names())


def resembles(export: Export) -> str:
    """What to do with a telephone's own store of messages, which is not read here."""
    names = (PurePosixPath(name).name.casefold() for name in export.names())
    if any(name.startswith(_STORES) for name in names):
        return (
            "this is WhatsApp's own store or its encrypted backup: open each chat on the telephone "
            "and choose Export chat instead"
        )
    return ""


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Who wrote to whom in each chat.

    Raises:
        BrokenExport: a chat cannot be read or mostly not, or nothing tells day from month; all
            others have been read by then.
    """
    chats = [_survey(export, name) for name in export.names() if _is_chat(export, name)]
    told = named(SOURCE, options.owner_name)
    owner = _owner(chats, told)
    yield from _people(chats, owner or told, options.owner_name)
    among_others = agreed(chat.dates for chat in chats)
    yield from file_by_file(
        usable(
            chat.name,
            _rows(export, chat, _order(chat, options, among_others), owner, told or ME),
            silent_is_good=True,
        )
        for chat in chats
    )


def _is_chat(export: Export, name: str) -> bool:
    if not name.casefold().endswith(".txt"):
        return False
    found = list(islice(begins(head(export, name)), _LOOKED_AT))
    written = [message for message in found if message.author]
    if not written or written[0].author.casefold() in _LEVELS:
        return False
    # Year first, stamps are those of any protocol: more must speak for a chat.
    is_year_first = found[0].stamp.numbers[0] > 31
    return not is_year_first or bool(
        _title(export, name)
        or name.casefold().endswith(_FROM_AN_IPHONE)
        or any(message.marked or words.is_notice(message.plain) for message in found)
    )


def _title(export: Export, name: str) -> str:
    """Whom or which group a chat is with, by the names of its file, its folder or its zip."""
    path = PurePosixPath(name)
    folder = path.parent.name or export.path.name
    return words.title(path.name) or words.title(folder)


def _survey(export: Export, name: str) -> Chat:
    with suppress(BrokenExport):  # told when the chat is read for its acts
        return survey(export, name, _title(export, name))
    return Chat(name, _title(export, name))


def _owner(chats: list[Chat], told: Account | None) -> Account | None:
    """Whose export it is: told, or left over in chats between two, or in every chat there is.

    A name that was told and stands in no chat may be another spelling of one that does.
    """
    if any(told in chat.members for chat in chats):
        return told
    left = {rest for chat in chats if (rest := chat.rest())}
    if len(left) == 1:
        return left.pop()
    always, by_name = AlwaysThere(), {}
    for chat in chats:
        by_name.update({str(account): account for account in chat.authors})
        always.see(map(str, chat.authors))
    return by_name.get(always.the_one()) if len(chats) > 1 else None


def _people(chats: Iterable[Chat], owner: Account | None, owner_name: str) -> Iterator[AccountSeen]:
    names = {who: name for chat in chats for who, name in chat.members.items()}
    if owner:
        yield AccountSeen(owner, names.pop(owner, owner_name), owner=True)
    for who, name in names.items():
        yield AccountSeen(who, name)


def _order(chat: Chat, options: Options, among_others: str) -> str:
    asked = options.date_order if options.date_order in ORDERS else ""
    return chat.dates.told() or asked or among_others or chat.dates.likely()


def _rows(
    export: Export, chat: Chat, order: str, owner: Account | None, you: Account
) -> Iterator[list[Record]]:
    if not order:
        raise BrokenExport(
            f"{chat.name}: nothing in it tells day from month in its dates.",
            hint="say --date-order dmy or mdy; or name a folder with this chat and a longer one "
            "of the same telephone.",
        )
    yield from Reader(chat, order, owner, you).rows(export)
