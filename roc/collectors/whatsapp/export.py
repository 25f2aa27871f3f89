"""The text files of "Export chat": which files are chats, whose they are, how dates are written."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import PurePosixPath

from roc.collectors.archive import Export
from roc.collectors.base import Options
from roc.collectors.formats.named import named
from roc.collectors.formats.tolerance import file_by_file, usable
from roc.collectors.whatsapp import words
from roc.collectors.whatsapp.chats import SOURCE, Chat
from roc.collectors.whatsapp.dates import agreed
from roc.collectors.whatsapp.lines import Message, begins, stamps
from roc.collectors.whatsapp.reading import Reader
from roc.collectors.whatsapp.stamps import ORDERS
from roc.collectors.whatsapp.surveying import survey
from roc.collectors.whatsapp.titles import folded, title, whole_title
from roc.errors import BrokenExport
from roc.graph.records import Account, AccountSeen, Record

_FROM_AN_IPHONE = "_chat.txt"
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
    chats = [_chat(export, name) for name in export.names() if _is_chat(export, name)]
    among_others = agreed(chat.dates for chat in chats)
    orders = [_order(chat, options, among_others) for chat in chats]
    titles = {folded(chat.title) for chat in chats if chat.title}
    for chat, order in zip(chats, orders, strict=True):
        with suppress(BrokenExport):  # told when the chat is read for its acts
            survey(export, chat, order, titles)
        chat.settle()
    owner = _owner(chats, named(SOURCE, options.owner_name))
    yield from _people(chats, owner)
    yield from file_by_file(
        usable(chat.name, _rows(export, chat, order, owner, titles), silent_is_good=True)
        for chat, order in zip(chats, orders, strict=True)
    )


def _is_chat(export: Export, name: str) -> bool:
    """Whether it has messages, and something that other files with dates have not.

    That is its name, a line or a sign of WhatsApp's own, or people who answer each other.
    """
    if not name.casefold().endswith(".txt"):
        return False
    found = begins(export, name)
    authors = [message.author for message in found if message.author]
    if not found or any(author.casefold() in _LEVELS for author in authors):
        return False
    is_named = _title(export, name)[0] or name.casefold().endswith(_FROM_AN_IPHONE)
    return bool(is_named) or any(map(_is_whatsapps, found)) or _answer_each_other(authors)


def _is_whatsapps(message: Message) -> bool:
    plain = message.plain
    is_its_own = words.is_notice(plain) or (not message.author and words.members(plain) is not None)
    return message.marked or is_its_own


def _answer_each_other(authors: list[str]) -> bool:
    """Whether somebody writes again after somebody else did; programs are no names."""
    turns = [
        author for author, before in zip(authors, ["", *authors], strict=False) if author != before
    ]
    return len(set(turns)) < len(turns) and not any(map(str.islower, turns))


def _title(export: Export, name: str) -> tuple[str, str]:
    """Whom or which group a chat is with, by the names of its file, its folder or its zip.

    The second is the same with what may be the number of a copy.
    """
    where = export.path if name == export.path.name else export.path_of(name)
    for part in (where.name, where.absolute().parent.name):
        if found := title(part):
            return found, whole_title(part)
    return "", ""


def _chat(export: Export, name: str) -> Chat:
    """A chat with its title and its dates."""
    chat = Chat(name, *_title(export, name))
    with suppress(BrokenExport):  # told when the chat is read for its acts
        for stamp in stamps(export, name):
            chat.dates.see(stamp)
    return chat


def _owner(chats: list[Chat], told: Account | None) -> Account | None:
    """Whose export it is: left over in chats between two, or told and among those who write.

    Whoever a chat between two is called after is not the owner. Nobody is, where the two ways lead
    to two people: one of them may be a namesake, or a chat that somebody else exported.
    """
    called = {chat.called for chat in chats if not chat.is_group}
    found = {rest for chat in chats if (rest := chat.rest())}
    if told and any(told in chat.members for chat in chats):
        found.add(told)
    return found.pop() if len(found) == 1 and not found & called else None


def _people(chats: Iterable[Chat], owner: Account | None) -> Iterator[AccountSeen]:
    names = {who: name for chat in chats for who, name in chat.members.items()}
    if owner:
        yield AccountSeen(owner, names.pop(owner, ""), owner=True)
    for who, name in names.items():
        yield AccountSeen(who, name)


def _order(chat: Chat, options: Options, among_others: str) -> str:
    asked = options.date_order if options.date_order in ORDERS else ""
    return chat.dates.told() or asked or among_others or chat.dates.likely()


def _rows(
    export: Export, chat: Chat, order: str, owner: Account | None, titles: Collection[str]
) -> Iterator[list[Record]]:
    if not order:
        raise BrokenExport(
            f"{chat.name}: nothing in it tells day from month in its dates.",
            hint="say --date-order dmy or mdy; or name a folder with this chat and a longer one "
            "of the same telephone.",
        )
    yield from Reader(chat, order, owner).rows(export, titles)
