"""Mail addresses: read from headers in the wild, and what stands behind them.

The scanner is our own because headers are hostile: the standard library's recurses into nested
comments until it fails, and its answer for a malformed list differs between Python versions.
This one takes time and memory in proportion to the header, and what it cannot read it leaves out.
"""

import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header
from functools import lru_cache

from roc.collectors.formats.natures import nature_of
from roc.graph.records import Nature

MAX_NAME = 200  # characters; longer "names" are pasted text
_MAX_ENCODED = 20 * MAX_NAME  # a name of 200 signs is shorter than this however it is encoded

_MAX_GLANCED = 1000  # characters of a mailbox that is remembered
_COMMON = re.compile(
    r"""  # no two parts that could share the same signs, so that it takes no time to fail
    (?: "(?P<quoted>[^"\\]*)"\s* | (?P<plain>[^"<>(),;:\\]*) ) <(?P<angle>[^"<>(),;:\\]*)>
    | (?P<bare>[^"<>(),;:\\\s]*)
    """,
    re.VERBOSE,
)
_TOKEN = re.compile(
    r"""
      "(?P<quoted>(?:[^"\\]|\\.)*)(?:"|\\?$)
    | <(?P<angle>[^<>]*)>
    | (?P<sign>[(),;:<>])
    | (?P<plain>[^"<>(),;:]+)
    """,
    re.VERBOSE | re.DOTALL,
)
_ADDRESS = re.compile(r"[^\s@<>,;:\"\x00-\x1f\x7f]{1,128}@[^\s@<>,;:\"\x00-\x1f\x7f]{1,255}")
_UNSEEN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


def addresses(header: str) -> tuple[tuple[str, str], ...]:
    """Names and addresses in a header such as ``To``.

    Args:
        header: the header's text, unfolded, its encoded words not yet decoded.

    Returns:
        ``(name, address)`` for each address, in order: the name decoded, or empty where there is
        none or it only repeats the address; the address in lower case. Group names and whatever
        is not an address are left out.

    Example:
        >>> addresses('"López, Ana" <Ana@Example.org>, team: ben@example.org (Ben);')
        (('López, Ana', 'ana@example.org'), ('Ben', 'ben@example.org'))
    """
    try:
        common = _common if len(header) <= _MAX_GLANCED else _at_a_glance
        return tuple([pair for piece in header.split(",") if (pair := common(piece))])
    except _Uncommon:
        return tuple(pair for mailbox in _mailboxes(header) if (pair := _pair(*mailbox)))


def is_address(text: str) -> bool:
    """Whether a text is one mail address and nothing else."""
    return "." in text.rpartition("@")[2] and _ADDRESS.fullmatch(text) is not None


def decoded(text: str) -> str:
    """Header text with its encoded words (RFC 2047) decoded; what cannot be decoded stays."""
    if "=?" not in text or len(text) > _MAX_ENCODED:
        return text
    try:
        parts = decode_header(text)
    except HeaderParseError:  # broken base64
        return text
    return "".join(_part(part, charset) for part, charset in parts)


def tidy(name: str) -> str:
    """A name on one line without signs that cannot be seen; empty where it is no name."""
    name = " ".join(_UNSEEN.sub(" ", name).split()).strip("'\" ")
    return name if len(name) <= MAX_NAME else ""


def nature(address: str) -> Nature:
    """What stands behind an address or, for sources without addresses, a handle.

    ``info@`` is an office, ``noreply@`` a program, ``newsletter@`` a bulk sender, ``room-3@`` a
    room; anything else is a person until something says otherwise.

    Example:
        >>> [nature(f"{local}@example.org").value for local in ("hr-team", "billing.ham")]
        ['role', 'person']
    """
    local, at, host = address.rpartition("@")
    return nature_of(local if at else address, host if at else "")


class _Uncommon(Exception):
    """A mailbox that takes the scanner."""


def _at_a_glance(piece: str) -> tuple[str, str] | None:
    if len(piece) > _MAX_GLANCED:
        raise _Uncommon
    return _common(piece)


@lru_cache(maxsize=2**13)  # a mailbox repeats the same people again and again
def _common(piece: str) -> tuple[str, str] | None:
    """What the scanner says of a mailbox written as nearly all are: a name and ``<…>``, or bare.

    Raises:
        _Uncommon: it is written otherwise, or it may be but a part of one.
    """
    found = _COMMON.fullmatch(piece.strip())
    if not found:
        raise _Uncommon
    quoted, plain, angle, bare = found.groups()
    return _pair(bare or quoted or plain or "", angle or "", "")


def _mailboxes(header: str) -> Iterator[tuple[str, str, str]]:
    """For each entry of the list: text outside the brackets, text within, and its comment."""
    text, angle, comment, depth = [""], "", [""], 0
    for token in _TOKEN.finditer(header):
        sign = token["sign"]
        if depth or sign == "(":
            depth += (sign == "(") - (sign == ")")
            comment.append(token[0].strip("()"))
        elif sign in (",", ";"):
            yield "".join(text), angle, "".join(comment)
            text, angle, comment = [""], "", [""]
        elif sign == ":":
            text = [""]  # what came before it is the name of a group
        elif token["angle"] is not None:
            angle = angle or token["angle"]
        elif token["quoted"] is not None:
            text.append(token["quoted"].replace("\\", ""))
        elif token["plain"]:
            text.append(token["plain"])
    yield "".join(text), angle, "".join(comment)


def _pair(text: str, angle: str, comment: str) -> tuple[str, str] | None:
    address = (angle.rpartition(":")[2] if angle else text).strip().strip("'").lower()
    if not _ADDRESS.fullmatch(address):
        return None
    written = text if angle else comment
    name = _name(written) if len(written) <= _MAX_ENCODED else ""
    return ("" if name.lower() == address else name), address


@lru_cache(maxsize=2**12)  # a mailbox repeats the same names again and again
def _name(written: str) -> str:
    return tidy(decoded(written))


def _part(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    try:
        return part.decode(charset or "latin-1", "replace")
    except (LookupError, ValueError):  # a charset that Python does not know, or a trap
        return part.decode("latin-1")
