"""The folder of Google Chat: for each chat its members and its messages."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.formats.addresses import is_address, nature, tidy
from roc.collectors.formats.chats import ChatMessage, message_act, reaction_act
from roc.collectors.formats.hashed_ids import MAX_ID, hashed
from roc.collectors.formats.json_stream import items_at
from roc.collectors.formats.json_values import Item, item, items, word, words
from roc.collectors.formats.named import named
from roc.collectors.formats.tolerance import Unusable, file_by_file, usable
from roc.collectors.google_chat.dates import prose_moment
from roc.errors import BrokenExport
from roc.graph.records import Account, AccountSeen, Nature, Problem, Record

SOURCE = "google_chat"

_MESSAGES = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"messages"\s*:\s*\[')
_OF_CHAT = re.compile(rb'"(?:creator|created_date|topic_id|message_state)"\s*:')
_MEMBERS = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{.{0,4000}?"members"\s*:\s*\[', re.DOTALL)
_MOST_MEMBERS = 10_000
_MOST_TOPICS = 100_000  # remembered at a time; an answer to an older one is a plain message
_MOST_IDS = 100_000  # remembered at a time; of an older message it is not told that it is quoted
_CONTENT = ("text", "attached_files", "annotations")


def recognises(export: Export) -> bool:
    """Whether one of its files holds Chat's messages, or a chat that has none."""
    return any(True for _ in _message_files(export))


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Who wrote to whom, in every chat; both ways.

    Raises:
        BrokenExport: a chat is damaged, or most of its messages cannot be used; all others have
            been read by then.
    """
    people = _People()
    yield from people.owners(export)
    files = _message_files(export)
    yield from file_by_file(_chat(export, name, beside, people) for name, beside in files)


class _People:
    """Everyone met in the export, each told once."""

    def __init__(self) -> None:
        self._told: set[tuple[Account, str, bool]] = set()
        self.news: list[AccountSeen] = []

    def account(self, told: Item, *, owner: bool = False) -> Account | None:
        """Whose ``name``, ``email`` and ``user_type`` these are; ``None`` where nobody's."""
        address, name = word(told, "email").lower(), tidy(word(told, "name"))
        is_mail = is_address(address)
        who = Account("email", address) if is_mail else named(SOURCE, name)
        if who is None:
            return None
        is_bot = word(told, "user_type").casefold() == "bot"
        behind = Nature.BOT if is_bot else nature(address) if is_mail else Nature.PERSON
        key = (who, name, owner)
        if key not in self._told and (name or owner or behind is not Nature.PERSON):
            self._told.add(key)
            self.news.append(AccountSeen(who, name, owner, behind))
        return who

    def owners(self, export: Export) -> Iterator[Record]:
        """Whose export it is, as ``user_info.json`` says."""
        for name in _named(export, "user_info.json"):
            try:
                with export.open(name) as stream:
                    for value in islice(items_at(stream, "user", name), 1):
                        self.account(item(value), owner=True)
            except BrokenExport:
                yield Problem(name, "bad_json", "it does not say whose export it is")
        yield from self.told()

    def told(self) -> list[AccountSeen]:
        """What was learnt since this was last asked."""
        news, self.news = self.news, []
        return news


def _named(export: Export, *names: str) -> Iterator[str]:
    return (name for name in export.names() if PurePosixPath(name).name.casefold() in names)


def _message_files(export: Export) -> Iterator[tuple[str, str]]:
    """The files of messages, each with the one that says who is in the chat, or none."""
    names = export.names()
    lists = {name.casefold(): name for name in _named(export, "group_info.json")}
    for name in names if len(names) == 1 else _named(export, "messages.json"):
        start = head(export, name) if name.casefold().endswith(".json") else b""
        if not _MESSAGES.match(start):
            continue
        beside = lists.get(str(PurePosixPath(name).with_name("group_info.json")).casefold(), "")
        beside = beside if beside and _MEMBERS.match(head(export, beside)) else ""
        if beside or _OF_CHAT.search(start):
            yield name, beside


def _chat(export: Export, name: str, beside: str, people: _People) -> Iterator[Record]:
    members: dict[Account, None] = {}
    if beside:
        try:
            with export.open(beside) as stream:
                told = islice(items_at(stream, "members.item", beside), _MOST_MEMBERS)
                members = _accounts((item(value) for value in told), people)
        except BrokenExport:
            yield Problem(beside, "bad_json", "it does not say who is in the chat")
    if len(members) < 2:
        with export.open(name) as stream:
            values = (item(value) for value in items_at(stream, "messages.item", name))
            members |= _accounts((item(value, "creator") for value in values), people)
    yield from people.told()
    chat = _Chat(PurePosixPath(name).parent.name.rpartition(" ")[2], tuple(members), people)
    with export.open(name) as stream:
        rows = enumerate(items_at(stream, "messages.item", name), 1)
        yield from usable(name, (chat.row(f"{name}, item {n}", value) for n, value in rows))


def _accounts(told: Iterator[Item], people: _People) -> dict[Account, None]:
    found: dict[Account, None] = {}
    for one in told:
        who = people.account(one)
        if who and len(found) < _MOST_MEMBERS:
            found[who] = None
    return found


@dataclass(frozen=True, slots=True)
class _Opening:
    """The message that opened a thread; without a writer where it is gone."""

    writer: Account | None = None
    id: str = ""


class _Chat:
    """One chat, message by message."""

    def __init__(self, folder: str, members: tuple[Account, ...], people: _People) -> None:
        self._folder = folder
        self._members = members
        self._people = people
        self._openings: dict[str, _Opening] = {}
        self._ids: dict[str, str] = {}
        self._at_once: Counter[str] = Counter()  # acts of one moment
        self._moment = ""

    def row(self, where: str, value: object) -> Iterator[Record]:
        """What one message says."""
        try:
            message = self._message(item(value))
        except Unusable as reason:
            yield reason.at(where)
            return
        yield from self._people.told()
        if message is None:
            return
        acts = [message_act(message)]
        acts += [reaction_act(message, who) for who in self._reactors(item(value))]
        yield from (act for act in acts if act)

    def _message(self, told: Item) -> ChatMessage | None:
        """The message; ``None`` where it is deleted, or tells that somebody came or went."""
        topic = word(told, "topic_id")[:MAX_ID]
        sender = self._people.account(item(told, "creator"))
        deleted = word(told, "message_state").upper() == "DELETED" or "deletion_metadata" in told
        is_none = deleted or (told and not any(told.get(key) for key in _CONTENT))
        moment = None if is_none else prose_moment(word(told, "created_date"))
        name = self._id(told, sender, str(moment[0])) if sender and moment else ""
        opening = self._opening(topic, sender, told, name)
        if is_none:
            return None
        if sender is None:
            raise Unusable("no_sender", "it does not say whose it is")
        if moment is None:
            raise Unusable("bad_date", "no readable date and time")
        at, precision = moment
        quoted = item(told, "quoted_message_metadata")
        quotes = self._people.account(item(quoted, "creator"))
        quoted_id = self._ids.get(word(quoted, "message_id"), "")
        answered = _Opening(quotes, quoted_id) if quotes else opening
        return ChatMessage(
            source=SOURCE,
            id=name,
            at=at,
            sender=sender,
            members=self._members,
            answers=answered.writer,
            parent=answered.id,
            mentions=tuple(self._mentions(told)),
            precision=precision,
            chat=_parts(told)[0] or self._folder,
            private=len(self._members) == 2,  # a space may be open to others
            text=word(told, "text"),
        )

    def _opening(self, topic: str, sender: Account | None, told: Item, name: str) -> _Opening:
        """What opened the thread that a message is in; nothing for the one that opens it.

        It is the first that is seen, unless its id tells that there was one before.
        """
        known = self._openings.get(topic)
        if known or not topic:
            return known or _Opening()
        _, of_thread, own = _parts(told)
        first = _Opening(sender, name) if of_thread == own else _Opening()
        self._openings[topic] = first
        if len(self._openings) > _MOST_TOPICS:
            del self._openings[next(iter(self._openings))]
        return _Opening()

    def _id(self, told: Item, sender: Account, at: str) -> str:
        """An id that a message has in exports of every age.

        Old ones tell no ids of messages, but of threads, which most often hold one message only.
        """
        given, topic = word(told, "message_id"), word(told, "topic_id") or _parts(told)[1]
        if given and not topic and len(given) <= MAX_ID:
            return given
        if at != self._moment:
            self._moment, self._at_once = at, Counter()
        name = hashed(topic, at) if topic else hashed(at, str(sender), given, word(told, "text"))
        self._at_once[name] += 1
        repeat = self._at_once[name]
        name = name if repeat == 1 else f"{name}-{repeat}"
        if given:
            self._ids[given[:MAX_ID]] = name
            if len(self._ids) > _MOST_IDS:
                del self._ids[next(iter(self._ids))]
        return name

    def _mentions(self, told: Item) -> Iterator[Account]:
        for note in items(told.get("annotations")):
            mention = item(note, "user_mention_metadata")
            told_of = item(mention, "user") or mention
            found = self._people.account(told_of) if word(told_of, "email") else None
            if found:
                yield found

    def _reactors(self, told: Item) -> Iterator[Account]:
        found: dict[Account, None] = {}
        for reaction in items(told.get("reactions")):
            for address in words(reaction.get("reactor_emails"))[:_MOST_MEMBERS]:
                who = self._people.account({"email": address})
                if who:
                    found[who] = None
        return iter(found)


def _parts(told: Mapping[str, object]) -> tuple[str, str, str]:
    """The chat, the thread and the message that an id of three parts names; else empty."""
    chat, _, rest = word(told, "message_id").partition("/")
    thread, slash, own = rest.partition("/")
    return (chat[:MAX_ID], thread, own) if slash else ("", "", "")
