"""Bundles: a repository's references and objects in one file, as ``git bundle`` writes them."""

from collections.abc import Iterator
from typing import IO

from roc.collectors.git.places import OBJECT_ID
from roc.errors import BrokenExport

_SIGNATURES = (b"# v2 git bundle\n", b"# v3 git bundle\n")
_LONGEST_LINE = 2**16


def opens_bundle(start: bytes) -> bool:
    """Whether a file begins like a bundle."""
    return start.startswith(_SIGNATURES)


def references(stream: IO[bytes]) -> Iterator[tuple[str, str]]:
    """Name and object id of every reference; the stream is left where the objects begin.

    Raises:
        BrokenExport: the head is damaged, or the bundle holds only what was new since another one.
    """
    stream.readline(_LONGEST_LINE)  # the signature
    while (line := stream.readline(_LONGEST_LINE)) != b"\n":
        if line.startswith(b"-"):
            raise BrokenExport(
                "The bundle holds only what was new since another one.",
                hint="make one of the whole history: git bundle create history.bundle --all",
            )
        told = line.decode("utf-8", "surrogateescape")
        found, _, name = told.strip().partition(" ")
        if OBJECT_ID.fullmatch(found) and name:
            yield name, found
        elif not line.startswith(b"@"):
            raise BrokenExport(
                "The bundle's head cannot be read.", hint="make or download it again."
            )
