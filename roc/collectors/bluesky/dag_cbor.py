"""DAG-CBOR, the strict binary form of JSON in which Bluesky keeps each record.

A subset of CBOR (RFC 8949) with one addition, the link to another block:
https://ipld.io/specs/codecs/dag-cbor/spec. Read here by hand, because the general libraries follow
what hostile bytes tell them: references, endless strings, lists as long as they claim to be.
"""

import struct
from typing import NamedTuple

_DEEPEST = 64  # lists and maps in each other; records have a dozen
_SIMPLE = {20: False, 21: True, 22: None}
_FLOAT = 27
_LINK_TAG = 42
_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _LIST, _MAP, _TAG, _OTHER = range(8)


class NotDagCbor(ValueError):
    """The bytes are something else, or damaged."""


class Link(NamedTuple):
    """A link to another block, by the identifier of its content."""

    cid: bytes


def decoded(data: bytes) -> object:
    """The one value that the bytes hold.

    Raises:
        NotDagCbor: they do not, or more follows.

    Example:
        >>> decoded(bytes.fromhex("a2616101616282f563c3b678"))
        {'a': 1, 'b': [True, 'öx']}
    """
    try:
        value, end = _value(data, 0, _DEEPEST)
    except (IndexError, UnicodeDecodeError, struct.error) as error:
        raise NotDagCbor("cut off, or not text where text is told") from error
    if end != len(data):
        raise NotDagCbor("more follows than one value")
    return value


def _value(data: bytes, at: int, depth: int) -> tuple[object, int]:
    first = data[at]
    major, count = first >> 5, first & 31
    at += 1
    if major == _OTHER:
        return _other(data, at, count)
    if count >= 24:
        size = 1 << (count - 24)
        if size > 8 or at + size > len(data):
            raise NotDagCbor("no length, or one without end")
        count = int.from_bytes(data[at : at + size], "big")
        at += size
    if major == _UNSIGNED:
        return count, at
    if major == _NEGATIVE:
        return -1 - count, at
    if major == _TAG:
        return _link(data, at, count, depth)
    # Whatever is in it takes a byte at least.
    if count > len(data) - at or not depth:
        raise NotDagCbor("longer than the bytes that are there, or too deep")
    if major == _BYTES:
        return data[at : at + count], at + count
    if major == _TEXT:
        return data[at : at + count].decode(), at + count
    if major == _LIST:
        return _list(data, at, count, depth - 1)
    return _map(data, at, count, depth - 1)


def _other(data: bytes, at: int, kind: int) -> tuple[object, int]:
    if kind == _FLOAT:
        return struct.unpack_from(">d", data, at)[0], at + 8
    if kind not in _SIMPLE:
        raise NotDagCbor("a value that it does not have")
    return _SIMPLE[kind], at


def _link(data: bytes, at: int, tag: int, depth: int) -> tuple[object, int]:
    if tag != _LINK_TAG or data[at] >> 5 != _BYTES:
        raise NotDagCbor("a tag that it does not have")
    content, at = _value(data, at, depth)
    if not isinstance(content, bytes) or not content.startswith(b"\0"):
        raise NotDagCbor("a link that is none")
    return Link(content[1:]), at


def _list(data: bytes, at: int, count: int, depth: int) -> tuple[object, int]:
    values: list[object] = []
    for _ in range(count):
        value, at = _value(data, at, depth)
        values.append(value)
    return values, at


def _map(data: bytes, at: int, count: int, depth: int) -> tuple[object, int]:
    values: dict[str, object] = {}
    for _ in range(count):
        if data[at] >> 5 != _TEXT:
            raise NotDagCbor("a key that is not text")
        key, at = _value(data, at, depth + 1)
        values[str(key)], at = _value(data, at, depth)
    return values, at
