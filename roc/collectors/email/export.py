"""Mail as files: mbox, Maildir and ``.eml``, message by message, each once."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from roc.collectors.archive import Export, head
from roc.collectors.base import Options
from roc.collectors.email.correspondence import Correspondence
from roc.collectors.formats.letter import WANTED, letter
from roc.collectors.formats.mail_text import BODY_BYTES, BODY_HEADERS
from roc.collectors.formats.mbox import Head, heads, opens_mbox, opens_message, single_head
from roc.collectors.formats.tolerance import Tolerance, Unusable
from roc.graph.records import Record

_MBOX_SUFFIXES = ("", ".mbox", ".mbx")  # Thunderbird and Unix name their mailboxes without one
_MAILDIR = ("cur", "new")
_HEAD_BYTES = 2**14  # what signatures and relays put above "From:" can be long


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
    collected = Correspondence()
    tolerance = Tolerance(export.path.name)
    body_bytes = BODY_BYTES if options.tone else 0
    for name in export.names():
        for place, message in _messages(export, name, body_bytes):
            try:
                read = letter(message)
            except Unusable as reason:
                yield tolerance.count_bad(reason.at(place))
                continue
            if read:
                tolerance.good += 1
                yield from collected.new_in(read)
    yield from collected.impersonal()
    tolerance.check()


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


def _messages(export: Export, name: str, body_bytes: int) -> Iterator[tuple[str, Head]]:
    wanted = WANTED | BODY_HEADERS if body_bytes else WANTED
    reader = _reader(export, name)
    if not reader:
        return
    with export.open(name) as stream:
        if reader == "message":
            yield name, single_head(stream, wanted, body_bytes)
            return
        for message in heads(stream, wanted, body_bytes):
            yield f"{name}, message {message.number}", message
