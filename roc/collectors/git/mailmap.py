"""Which addresses are one person, as the repository's own ``.mailmap`` says."""

import re
from typing import NamedTuple

from roc.collectors.formats.addresses import tidy

_LINE = re.compile(r"([^<>]*)<([^<>]*)>(?:([^<>]*)<([^<>]*)>)?[^<>]*")
_LONGEST_LINE = 1000


class Mapped(NamedTuple):
    """What an address in a commit stands for.

    Args:
        name: the person's proper name; empty where it is as in the commit.
        address: their proper address, in lower case; empty where it is as in the commit.
        for_name: whether it is so only for commits under one name: others write from there too.
    """

    name: str = ""
    address: str = ""
    for_name: bool = False


class Mailmap:
    """A ``.mailmap``, read.

    Args:
        content: the file; what is not understood in it counts for nothing.

    Example:
        >>> told = Mailmap(b"Ana Lopez <ana@example.org> <ana@old.example>")
        >>> told.mapped("ana", "ana@old.example").address
        'ana@example.org'
    """

    def __init__(self, content: bytes) -> None:
        self._mapped: dict[tuple[str, str], Mapped] = {}
        for line in content.decode("utf-8", "replace").splitlines():
            if len(line) <= _LONGEST_LINE and (found := _LINE.fullmatch(line.partition("#")[0])):
                name, proper, commit_name, commit_address = found.groups()
                told = proper if commit_address is None else commit_address
                only = _folded(commit_name or "")
                address = "" if commit_address is None else proper.strip().lower()
                key = told.strip().lower(), only
                # A line that gives the name alone leaves what another gave of the address, as git.
                before = self._mapped.get(key, Mapped())
                self._mapped[key] = Mapped(
                    tidy(name) or before.name, address or before.address, bool(only)
                )

    def mapped(self, name: str, address: str) -> Mapped:
        """What a name and an address in a commit, the latter in lower case, stand for."""
        by_both = self._mapped.get((address, _folded(name))) if name else None
        return by_both or self._mapped.get((address, "")) or Mapped()


def _folded(name: str) -> str:
    return tidy(name).casefold()
