"""Cards in vCard files of all versions (2.1, 3.0, 4.0): who it is, and under which addresses.

Photos, notes and postal addresses are passed over; however large they are, memory is not.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.content_lines import apart, unfolded

MOST = 100
"""Addresses of one kind that are kept of a card; nobody has more."""

_LONGEST = 1000  # bytes of a value
_KINDS = ("KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS")
_LINKS = ("URL", "SOCIALPROFILE", "X-SOCIALPROFILE", "IMPP", "X-TWITTER")
_WANTED = re.compile(
    rb"\s*(?:[\w-]{1,100}\.)?(?:BEGIN|END|AGENT|FN|N|ORG|EMAIL|TEL|%s)\s*[;:]"
    % "|".join((*_KINDS, *_LINKS)).encode(),
    re.IGNORECASE,
)
_SERVICES = ("SERVICE-TYPE", "X-SERVICE-TYPE", "TYPE")
_NO_VOICE = frozenset({"fax", "pager", "modem"})
_CHARSETS = re.compile(
    r"utf-?8|us-ascii|iso-?8859-\d{1,2}|(?:windows-|cp)\d{3,4}|shift[-_]jis|gb\d{4,5}|gbk|big5"
    r"|euc-(?:jp|kr)|koi8-[ru]",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SEPARATOR = re.compile(r"(?<!\\);")


@dataclass(frozen=True, slots=True)
class Link:
    """A page, a profile or a name at some service.

    Args:
        value: as it is written.
        service: the service's name in lower case where one is told, or words such as ``home``.
        user: the name there, where it is told apart.
    """

    value: str
    service: str = ""
    user: str = ""


@dataclass(slots=True)
class Card:
    """What an address book says of one entry.

    Args:
        line: where it begins in its file, from 1.
        name: as people read it; empty where there is none.
        organisation: where the person works, or what the card is about.
        kind: ``individual``, ``group``, ``org`` and the like, in lower case; empty where not told.
        is_whole: whether it was ended before the next one began.
    """

    line: int
    name: str = ""
    organisation: str = ""
    kind: str = ""
    is_whole: bool = False
    addresses: list[str] = field(default_factory=list, repr=False)
    phones: list[str] = field(default_factory=list, repr=False)
    links: list[Link] = field(default_factory=list, repr=False)


def opens_card(start: bytes) -> bool:
    """Whether a file's first bytes are the beginning of a vCard file."""
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:11].upper() == b"BEGIN:VCARD"


def cards(stream: IO[bytes]) -> Iterator[Card]:
    """Each card in a file, in order; a card within a card (an agent's) is passed over.

    Args:
        stream: the file's bytes; only ``readline`` is used.
    """
    card: Card | None = None
    within, before, parts = 0, "", ""
    for number, line in unfolded(stream, soft_breaks=True):
        name, parameters, value = apart(line) if _WANTED.match(line) else ("", {}, b"")
        is_mark = name in ("BEGIN", "END") and value.strip().upper() == b"VCARD"
        if is_mark and name == "BEGIN":
            if card and before == "AGENT":
                within += 1
            else:
                if card:
                    yield card
                card, within, parts = Card(number), 0, ""
        elif is_mark and within:
            within -= 1
        elif is_mark and card:
            card.name, card.is_whole = card.name or parts, True
            yield card
            card = None
        elif card and not within and 0 < len(value) <= _LONGEST:
            parts = _keep(card, name, parameters, value) or parts
        before = name
    if card:
        yield card


def _keep(card: Card, name: str, parameters: dict[str, str], value: bytes) -> str:
    """Take in a line, where it is one of those wanted; answers with a name given in parts."""
    told = _text(value, parameters)
    if name == "FN":
        card.name = card.name or tidy(_plain(told))
    elif name == "N":
        return _in_order(told)
    elif name == "ORG":
        card.organisation = card.organisation or tidy(_plain(_SEPARATOR.split(told)[0]))
    elif name in _KINDS:
        card.kind = "org" if told.strip().lower() == "company" else told.strip().lower()
    elif name == "EMAIL" and len(card.addresses) < MOST:
        card.addresses.append(_plain(told).strip())
    elif name == "TEL" and len(card.phones) < MOST:
        if not _NO_VOICE & set(parameters.get("TYPE", "").lower().split(",")):
            card.phones.append(_plain(told).strip())
    elif name in _LINKS and len(card.links) < MOST:
        service = next((parameters[key] for key in _SERVICES if parameters.get(key)), "")
        service = "twitter" if name == "X-TWITTER" else service.lower()
        card.links.append(Link(_plain(told).strip(), service, parameters.get("X-USER", "")))
    return ""


def _text(value: bytes, parameters: dict[str, str]) -> str:
    """A value as text; empty where it is packed as base64."""
    packing = f"{parameters.get('ENCODING', '')},{parameters.get('TYPE', '')}".upper().split(",")
    if "BASE64" in packing or packing[0] == "B":
        return ""
    if "QUOTED-PRINTABLE" in packing:
        value = binascii.a2b_qp(value)
    told = parameters.get("CHARSET", "")
    for charset in (told if _CHARSETS.fullmatch(told) else "utf-8", "utf-8"):
        try:
            return value.decode(charset)
        except (LookupError, ValueError):
            continue
    return value.decode("cp1252", "replace")


def _plain(text: str) -> str:
    r"""Text without its escapes: ``Acme\, Inc.`` is ``Acme, Inc.``."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _in_order(told: str) -> str:
    """A name in parts (family; given; further) in the order in which it is read."""
    family, given, further = (*_SEPARATOR.split(told)[:3], "", "", "")[:3]
    return tidy(_plain(f"{given} {further} {family}"))
