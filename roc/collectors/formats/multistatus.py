"""The answers of WebDAV servers (RFC 4918): what they say of each of several paths.

Such a document comes from outside: one that declares a type of its own, as those do that blow up
when they are read, is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

DAV = "{DAV:}"

# Some servers pass on what programs have put into an entry, and XML may not hold: one such entry
# would hide all others of its answer.
_WITHOUT_CONTROLS = bytes(
    code if code >= 0x20 or code in b"\t\n\r" else 0x20 for code in range(256)
)


class NotMultistatus(Exception):
    """It is no such document."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says of a path.

    Args:
        path: as the server writes it, mostly percent-encoded.
        status: of the path itself, where it has one; else 200.
        properties: those that it has, by their names as ``{namespace}name``.
    """

    path: str
    status: int
    properties: dict[str, Element]

    def text(self, name: str) -> str:
        """The text of a property; empty where there is none."""
        found = self.properties.get(name)
        return (found.text or "").strip() if found is not None else ""

    def paths(self, name: str) -> list[str]:
        """The paths that a property names, in order."""
        found = self.properties.get(name)
        return [] if found is None else [_text(each) for each in found.iter(f"{DAV}href")]

    def has(self, name: str, within: str) -> bool:
        """Whether a property has an element of that name within."""
        found = self.properties.get(name)
        return found is not None and found.find(f".//{within}") is not None


@dataclass(frozen=True, slots=True)
class Multistatus:
    """A whole answer.

    Args:
        all: what it says of each path, in order.
        token: the state of the collection that it tells of; empty where it does not say.
    """

    all: list[Told]
    token: str


def multistatus(body: bytes) -> Multistatus:
    """Read an answer.

    Raises:
        NotMultistatus: it is something else, or broken off.
    """
    try:
        root = _tree(body)
    except (AssertionError, ExpatError, LookupError, ParseError, ValueError):
        raise NotMultistatus from None
    if root.tag != f"{DAV}multistatus":
        raise NotMultistatus
    told = [_told(each) for each in root.iterfind(f"{DAV}response")]
    return Multistatus(told, _text(root.find(f"{DAV}sync-token")))


def _tree(body: bytes) -> Element:
    builder = TreeBuilder()
    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refused
    parser.StartElementHandler = lambda name, more: builder.start(_named(name), more)
    parser.EndElementHandler = lambda name: builder.end(_named(name))
    parser.CharacterDataHandler = builder.data
    parser.Parse(body.translate(_WITHOUT_CONTROLS), True)
    return builder.close()


def _refused(*_declared: object) -> None:
    raise NotMultistatus


def _named(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def _told(response: Element) -> Told:
    properties = {
        each.tag: each
        for having in response.iterfind(f"{DAV}propstat")
        if _status(having) == 200
        for each in _children(having.find(f"{DAV}prop"))
    }
    return Told(_text(response.find(f"{DAV}href")), _status(response), properties)


def _children(element: Element | None) -> Iterator[Element]:
    yield from () if element is None else element


def _status(element: Element) -> int:
    """The number in a line such as ``HTTP/1.1 404 Not Found``; 200 where there is none."""
    words = _text(element.find(f"{DAV}status")).split()
    known = len(words) > 1 and words[1].isdecimal() and len(words[1]) == 3
    return int(words[1]) if known else 200


def _text(element: Element | None) -> str:
    return "" if element is None else (element.text or "").strip()
