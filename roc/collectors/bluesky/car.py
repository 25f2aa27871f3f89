"""CAR files, version 1: blocks one after the other, each named by the hash of its content.

A block is its length, its identifier (CID) and its bytes: https://ipld.io/specs/transport/car/carv1.
They are read one by one; blocks of other kinds than records, such as pictures, are passed over.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from roc.collectors.bluesky.dag_cbor import Link, NotDagCbor, decoded
from roc.errors import BrokenExport

MOST_BYTES = 2**22
"""Of one block; Bluesky itself takes none above one or two megabytes."""

_VERSION_1_DAG_CBOR_SHA_256 = b"\x01\x71\x12\x20"
_CID_BYTES = 36
_MOST_ROOTS = 100
_HEADER = 4096
_LONGEST_NUMBER = 9  # bytes; of 7 bits each


@dataclass(frozen=True, slots=True)
class Block:
    """A block that holds a value.

    Args:
        number: its place in the file, from 1.
        cid: its identifier.
        data: its bytes, DAG-CBOR as far as the identifier tells.
    """

    number: int
    cid: bytes
    data: bytes

    @property
    def is_sound(self) -> bool:
        """Whether it holds what its identifier stands for."""
        return hashlib.sha256(self.data).digest() == self.cid[-32:]


def begins_as_car(start: bytes) -> bool:
    """Whether a file that begins so is a CAR file of version 1."""
    return b"eroots" in start[:_HEADER] and b"gversion\x01" in start[:_HEADER]


def roots(stream: IO[bytes], name: str) -> list[bytes]:
    """The identifiers of the blocks that all others hang on; read first.

    Raises:
        BrokenExport: the file does not begin as a CAR file.
    """
    header = _section(stream, name)
    try:
        told = decoded(header or b"")
    except NotDagCbor as error:
        raise _damaged(name) from error
    found = told.get("roots") if isinstance(told, dict) and told.get("version") == 1 else None
    if not isinstance(found, list):
        raise _damaged(name)
    return [root.cid for root in found[:_MOST_ROOTS] if isinstance(root, Link)]


def blocks(stream: IO[bytes], name: str) -> Iterator[Block]:
    """All blocks with values, in the file's order, after the roots were read.

    Raises:
        BrokenExport: the file is cut off or damaged, or a block swells beyond reason; after what
            could be read.
    """
    number = 0
    while (section := _section(stream, name)) is not None:
        number += 1
        if section.startswith(_VERSION_1_DAG_CBOR_SHA_256):
            yield Block(number, section[:_CID_BYTES], section[_CID_BYTES:])


def _section(stream: IO[bytes], name: str) -> bytes | None:
    """The next length and its bytes; ``None`` at the end of the file."""
    length = _number(stream, name)
    if length is None:
        return None
    if length > MOST_BYTES:
        raise BrokenExport(
            f"{name} is not read: it has a block larger than any honest one, or is damaged.",
            hint="download the repository again.",
        )
    data = stream.read(length)
    if len(data) < length:
        raise _damaged(name)
    return data


def _number(stream: IO[bytes], name: str) -> int | None:
    """A number in as many bytes as it needs; ``None`` at the end of the file."""
    value = shift = 0
    for place in range(_LONGEST_NUMBER):
        byte = stream.read(1)
        if not byte:
            if place:
                raise _damaged(name)
            return None
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
        shift += 7
    raise _damaged(name)


def _damaged(name: str) -> BrokenExport:
    return BrokenExport(f"{name} is cut off or damaged.", hint="download the repository again.")
