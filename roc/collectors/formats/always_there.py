"""Whose export it is, where it does not say so: whoever is there whenever anything is."""

from collections.abc import Collection, Iterable


class AlwaysThere:
    """The one who is in every message, or in every chat, is the owner of them all."""

    def __init__(self) -> None:
        self._common: set[str] | None = None

    def see(self, present: Iterable[str]) -> None:
        """Who is in the next message or chat."""
        self._common = set(present) if self._common is None else self._common.intersection(present)

    def the_one(self, besides: Collection[str] = ()) -> str:
        """The one who was always there; empty where that is nobody, or more than one.

        Args:
            besides: whoever does not count: an empty name, people without one.

        Example:
            >>> there = AlwaysThere()
            >>> there.see(["ana", "ben"])
            >>> there.see(["ana", "chidi"])
            >>> there.the_one()
            'ana'
        """
        found = (self._common or set()).difference(besides)
        return found.pop() if len(found) == 1 else ""
