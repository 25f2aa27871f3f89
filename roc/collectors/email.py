"""Mail, from mbox files (Gmail's Takeout, Thunderbird, Apple Mail), Maildir and ``.eml`` files.

Only headers are read: who wrote to whom and when, and which message answers which. Bodies are
passed over. Which address is yours the files do not say: tell ``roc init``.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.formats.addresses import nature
from roc.collectors.formats.letter import WANTED, Letter, Mailbox, letter, person
from roc.collectors.formats.mbox import Head, heads, opens_mbox, opens_message, single_head
from roc.collectors.formats.tolerance import Tolerance, Unusable
from roc.graph.records import Account, AccountSeen, Nature, Record

_MBOX_SUFFIXES = ("", ".mbox", ".mbx")  # Thunderbird and Unix name their mailboxes without one
_MAILDIR = ("cur", "new")
_HEAD_BYTES = 2**14  # what signatures and relays put above "From:" can be long
_MAX_REMEMBERED = 1_000_000  # messages whose repeats are noticed here; the store drops the rest
_MOST = 0.5


def recognises(export: Export) -> bool:
    """Whether a file in it begins like an mbox, or like a message where one is to be expected."""
    return any(_reader(export, name) for name in export.names())


def collect(export: Export, options: Options) -> Iterator[Record]:
    """Who wrote to whom, message by message, each message once.

    Drafts, spam, notes to oneself and notices of absence are passed over. At the end come the
    senders most of whose mail went out in bulk or was written by a program.

    Raises:
        BrokenExport: too many messages lack a sender, somebody to go to, or a date.
    """
    collected = _Collected()
    tolerance = Tolerance(export.path.name)
    for name in export.names():
        for place, message in _messages(export, name):
            try:
                read = letter(message)
            except Unusable as reason:
                yield tolerance.count_bad(reason.at(place))
                continue
            if read:
                tolerance.good += 1
                yield from collected.new_in(read)
    yield from collected.bulk_senders()
    tolerance.check()


class _Collected:
    """What was met so far: messages and people once each, and how senders write."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._met: set[tuple[Mailbox, bool]] = set()
        self._sent: Counter[Account] = Counter()
        self._bulk: Counter[Account] = Counter()
        self._automatic: Counter[Account] = Counter()

    def new_in(self, read: Letter) -> Iterator[Record]:
        """The people and the act in a message, where they were not met before.

        Takeout puts a message into one file for each of its labels.
        """
        act = read.act
        if act.external_id in self._ids:
            return
        if len(self._ids) < _MAX_REMEMBERED:
            self._ids.add(act.external_id)
        self._sent[act.sender] += 1
        self._bulk[act.sender] += read.bulk
        self._automatic[act.sender] += read.automatic
        met, lists = self._met, read.lists
        for mailbox in read.mailboxes:
            told = mailbox, mailbox[1] in lists
            if told not in met:
                met.add(told)
                if seen := person(mailbox, is_list=told[1]):
                    yield seen
        yield act

    def bulk_senders(self) -> Iterator[AccountSeen]:
        """Senders taken for people so far, most of whose messages no person wrote to anyone.

        One bulk message does not make a list of a friend who also writes by hand.
        """
        for sender, sent in self._sent.items():
            automatic, bulk = self._automatic[sender], self._bulk[sender]
            if nature(sender.handle) is not Nature.PERSON:
                continue
            if automatic > _MOST * sent:
                yield AccountSeen(sender, nature=Nature.BOT)
            elif bulk > _MOST * sent:
                yield AccountSeen(sender, nature=Nature.LIST)


def _reader(export: Export, name: str) -> str:
    """How a file is to be read: as ``mbox``, as one ``message``, or not at all."""
    path = PurePosixPath(name)
    alone = len(export.names()) == 1
    may_be_message = alone or path.suffix.lower() == ".eml" or path.parent.name in _MAILDIR
    if not may_be_message and path.suffix.lower() not in _MBOX_SUFFIXES:
        return ""
    start = head(export, name, _HEAD_BYTES)
    if opens_mbox(start):
        return "mbox"
    return "message" if may_be_message and opens_message(start) else ""


def _messages(export: Export, name: str) -> Iterator[tuple[str, Head]]:
    reader = _reader(export, name)
    if not reader:
        return
    with export.open(name) as stream:
        if reader == "message":
            yield name, single_head(stream, WANTED)
            return
        for message in heads(stream, WANTED):
            yield f"{name}, message {message.number}", message
