"""Acts that nobody could have been heard to answer, told apart from those that nobody answered.

Some sources tell what their owner did and never what others did: an archive of X has one's own
replies and not those of others. Silence there is a gap in the data.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from roc.graph.frames import KINDS, Contacts, Exchanges, Ints
from roc.graph.records import Kind
from roc.scoring.dyads import only, only_exchanges

OneWay = frozenset[tuple[str, Kind]]
"""Sources, and the kinds of acts of which they tell their owner's alone."""

_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Hearing:
    """Since when both sides can be heard.

    Args:
        since: UTC day of the first act of others, for each source and kind of which exports tell
            the owner's side alone; the smallest number for all others. Shape ``(sources, kinds)``.
        sources: the names of the sources.
    """

    since: Ints
    sources: tuple[str, ...]

    def contacts(self, contacts: Contacts) -> Contacts:
        """The rows in which both sides can be heard."""
        return only(contacts, contacts.day >= self.since[contacts.source, contacts.kind])

    def exchanges(self, exchanges: Exchanges) -> Exchanges:
        """The acts in which both sides can be heard."""
        since = self.since[exchanges.source, exchanges.kind]
        rows = exchanges.day >= since
        return only_exchanges(exchanges, rows)

    def unheard(self, contacts: Contacts) -> tuple[str, ...]:
        """Sources in which one side alone is heard in any of these rows, sorted."""
        rows = contacts.day < self.since[contacts.source, contacts.kind]
        return tuple(sorted(self.sources[place] for place in np.unique(contacts.source[rows])))


def hearing(contacts: Contacts, ego: int, day: int, one_way: Iterable[tuple[str, Kind]]) -> Hearing:
    """Since when what is told one way only is heard both ways, as far as the facts show it.

    From the day on which anybody did a kind of act to ego at a source, that kind is heard there,
    whatever the source's export lacks: it came from the API, or from another export.

    Args:
        contacts: who reached whom on which day.
        ego: person number.
        day: UTC day, inclusive; what comes after it is not looked at.
        one_way: what exports tell of their owner's side only.
    """
    since = np.full((len(contacts.sources), len(KINDS)), np.iinfo(np.int64).min)
    for source, kind in one_way:
        if source in contacts.sources:
            since[contacts.sources.index(source), KINDS.index(kind)] = _NEVER
    to_ego = (contacts.recipient == ego) & (contacts.day <= day)
    np.minimum.at(since, (contacts.source[to_ego], contacts.kind[to_ego]), contacts.day[to_ego])
    return Hearing(since, contacts.sources)
