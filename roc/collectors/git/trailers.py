"""Trailers: the lines below a commit's message that say who had a part in the change."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from roc.collectors.formats.addresses import addresses

MAX_TRAILERS = 200
"""People in the trailers of a commit who are looked at; nobody is thanked two hundred times."""

_MOST_PARAGRAPHS = 20
_LONGEST_VALUE = 1000
_TRAILER = re.compile(r"([a-z][a-z-]{1,40}-by|authors?) ?:(.*)", re.IGNORECASE)
# Lines of which closing paragraphs are made: trailers of any word, their second lines, remarks of
# whoever took it in, what other programs leave there, and the issues that the change is about.
_CLOSING_LINE = re.compile(
    rb"[a-z][\w-]{0,60} ?:.*|[ \t].*|\[.*\]|\(cherry picked from .*|-{3,}|see merge request .*"
    rb"|(?:clos|fix|ref|resolv|see)[a-z]{0,9} [^#!/]{0,100}[#!/].*",
    re.IGNORECASE,
)


class Person(NamedTuple):
    """Somebody as a commit names them: the address in lower case, either may be empty."""

    name: str
    address: str


class Trailer(NamedTuple):
    """A line such as ``Reviewed-by: Ana <ana@example.org>``, its word in lower case.

    A line that names several people is as many trailers.
    """

    word: str
    person: Person


def closing(message: bytes) -> bytes:
    """The last paragraph of a message and, if it is made of trailers, those like it above it.

    Empty where the message is of one paragraph, or has no address.
    """
    if b"@" not in message:
        return b""
    message = message.replace(b"\r", b"")
    found: list[bytes] = []
    end = len(message)
    while len(found) < _MOST_PARAGRAPHS and (begins := message.rfind(b"\n\n", 0, end)) >= 0:
        paragraph = message[begins + 2 : end]
        is_closing = all(map(_CLOSING_LINE.fullmatch, filter(None, paragraph.split(b"\n"))))
        if is_closing or not found:
            found.append(paragraph)
        if not is_closing:
            break
        end = begins
    return b"\n".join(reversed(found))


def trailers(text: str) -> tuple[Trailer, ...]:
    """The trailers in closing paragraphs; people told by name alone are left out."""
    told = (
        Trailer(word, person)
        for word, value in _unfolded(text)
        for person in _named(value[:_LONGEST_VALUE])
    )
    return tuple(islice(told, MAX_TRAILERS))


def _unfolded(text: str) -> Iterator[tuple[str, str]]:
    """Word and value of each trailer; one goes on in the next line where nobody is named yet."""
    word, value = "", ""
    for line in text.split("\n"):
        goes_on = ("@" not in value and len(value) < _LONGEST_VALUE) or value.endswith(",")
        if word and goes_on and line.startswith((" ", "\t")):
            value = f"{value} {line.strip()}"
            continue
        if word:
            yield word, value
        found = _TRAILER.fullmatch(line)
        word, value = (found[1].lower(), found[2].strip()) if found else ("", "")
    if word:
        yield word, value


@lru_cache(65536)  # a history names the same people again and again
def _named(text: str) -> tuple[Person, ...]:
    """The people in a trailer; one told by name alone cannot be known again."""
    return tuple(Person(name, address) for name, address in addresses(text))
