"""What somebody wrote in a letter: its plain words, without what they quote or sign with."""

import re
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from functools import cache
from html.parser import HTMLParser
from itertools import islice

from roc.collectors.formats.excerpts import excerpt
from roc.collectors.formats.mbox import Head

BODY_HEADERS = frozenset({"content-type", "content-transfer-encoding"})
"""Headers without which a body cannot be read."""

BODY_BYTES = 2**14
"""How much of a body is looked at: a first part in HTML may be long before it says anything."""

_LANGUAGES = ["en", "de", "cs", "da", "es", "fr", "it", "ja", "ko", "nl", "pl", "sv", "zh"]
_MOST_PARTS = 20
_LONGEST = 2000  # characters in which quotes are looked for; the library takes long over more
_BLANK = re.compile(r"\s*\n\s*\n\s*")
_SPACES = re.compile(r"[ \t\xa0\r]+")
_UNREAD = frozenset({"style", "script", "title", "blockquote"})
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3"})


def written(head: Head) -> str:
    """What the sender wrote; empty where no part of the body can be read as text."""
    names = {"content-type": b"text/plain", "content-transfer-encoding": b"8bit"}
    told = {name: head.headers.get(name, [default])[0] for name, default in names.items()}
    lines = [name.encode() + b": " + value.strip() for name, value in told.items()]
    whole = message_from_bytes(b"\n".join([*lines, b"", head.body]))
    return excerpt(_own_words(_text(whole)))


def _text(message: Message) -> str:
    """The first part in plain text, else the first in HTML."""
    parts = [part for part in islice(message.walk(), _MOST_PARTS) if not part.is_multipart()]
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and part.get_content_disposition() is None:
                text = _decoded(part)
                return _without_tags(text) if kind == "text/html" else text
    return ""


def _decoded(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):  # no such charset
        return content.decode("utf-8", "replace")


def _own_words(text: str) -> str:
    """A letter without what it quotes."""
    short = _BLANK.sub("\n\n", _SPACES.sub(" ", text.replace("\0", " ")))[:_LONGEST]
    return _reply()(short) or ""


@cache
def _reply() -> Callable[[str], str | None]:
    from mailparser_reply import EmailReplyParser  # late: only who asks for tone waits for it

    return EmailReplyParser(languages=_LANGUAGES).parse_reply  # type: ignore[no-any-return]


def _without_tags(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    return "".join(reader.said)


class _Words(HTMLParser):
    """The words in HTML that a reader sees, as far as they are the sender's own."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unread += tag in _UNREAD
        if tag in _BREAKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        if tag in _BREAKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.said.append(data)
