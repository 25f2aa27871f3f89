"""The export of a Slack workspace, file by file: users, conversations, then day after day."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, islice

from roc.collectors.archive import Export
from roc.collectors.base import Options
from roc.collectors.formats.json_stream import items_at
from roc.collectors.formats.json_values import Item
from roc.collectors.formats.tolerance import Tolerance, Unusable, file_by_file
from roc.collectors.slack.layout import Conversation, Part, conversation, days, folders, lists, part
from roc.collectors.slack.messages import Threads, message_records
from roc.collectors.slack.people import People, user_seen
from roc.graph.records import Interaction, Problem, Record

_LOOKED_AT = 5  # files, to tell what an export resembles
_CANVAS = "FC"  # folders of remarks on a canvas, in exports that do not list them


def recognises(export: Export) -> bool:
    """Whether it holds a list of Slack's users or conversations."""
    return bool(lists(export))


def resembles(export: Export) -> str:
    """A folder or a file out of an export, which alone does not say where it was written."""
    files = islice((name for name in export.names() if name.endswith(".json")), _LOOKED_AT)
    if lists(export) or not any(part(export, name) is Part.MESSAGES for name in files):
        return ""
    return (
        "it looks like days of a Slack conversation, without the lists of users and channels: "
        "name the whole export, in which channels.json and users.json are."
    )


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Who is there, then what they wrote to each other, conversation by conversation.

    Raises:
        BrokenExport: a file cannot be read, or too many messages cannot be used; all others have
            been read by then.
    """
    reading = _Reading(export)
    listed = (reading.listed(name, holds) for name, holds in lists(export))
    yield from file_by_file(chain(listed, reading.days()))
    reading.tolerance.check()


class _Reading:
    """One export being read, and what is known of it so far."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._people = People()
        self._days = days(export)
        self._conversations: dict[str, Conversation] = {}
        self.tolerance = Tolerance(export.path.name)

    def listed(self, name: str, holds: Part) -> Iterator[Record]:
        """The users in a list; of conversations only those that cannot be read."""
        reader = self._user if holds is Part.USERS else partial(self._conversation, name)
        return chain.from_iterable(self._rows(name, reader))

    def days(self) -> Iterator[Iterable[Record]]:
        """The records of each day's file, a conversation after the other, oldest first."""
        for folder, names in self._days.items():
            chat = self._conversations.get(folder)
            if chat is None:
                yield _unlisted(folder)
                continue
            threads = Threads()
            for name in names:
                yield self._day(name, chat, threads)

    def _user(self, told: Item) -> Iterator[Record]:
        seen = user_seen(told)
        if seen is None:
            raise Unusable("no_id", "the user has no id")
        if self._people.new(seen):
            yield seen

    def _conversation(self, listed_in: str, told: Item) -> Iterable[Record]:
        chat = conversation(told, listed_in)
        if chat is None:
            raise Unusable("no_id", "the conversation has no id")
        folder = next((name for name in folders(listed_in, told) if name in self._days), None)
        if folder is not None:
            self._conversations.setdefault(folder, chat)
        return ()

    def _day(self, name: str, chat: Conversation, threads: Threads) -> Iterator[Record]:
        """One day; an answer that was sent to the channel as well may be there twice."""
        met: set[str] = set()
        people = self._people
        for found in self._rows(name, lambda told: message_records(told, chat, threads, people)):
            ids = [record.external_id for record in found if isinstance(record, Interaction)]
            if met.isdisjoint(ids):
                yield from found
            met.update(ids)

    def _rows(self, name: str, read: Callable[[Item], Iterable[Record]]) -> Iterator[list[Record]]:
        """What is read of each object that a file lists; of a bad one, the problem."""
        with self._export.open(name) as stream:
            for number, value in enumerate(items_at(stream, "item", name), 1):
                try:
                    if not isinstance(value, Mapping):
                        raise Unusable("bad_shape", "not an object with names and values")
                    found = list(read(value))
                except Unusable as reason:
                    yield [self.tolerance.count_bad(reason.at(f"{name}, item {number}"))]
                else:
                    self.tolerance.good += 1
                    yield found


def _unlisted(folder: str) -> Iterator[Record]:
    if not folder.rpartition("/")[2].startswith(_CANVAS):
        yield Problem(folder, "unlisted", "no list says which conversation this is")
