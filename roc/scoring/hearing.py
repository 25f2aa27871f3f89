"""Acts that nobody could have been heard to answer, told apart from those that nobody answered.

Some sources tell what their owner did and never what others did: an archive of X has one's own
replies and not those of others. Silence there is a gap in the data.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from roc.graph.frames import KINDS, Bools, Contacts, Exchanges
from roc.graph.records import Kind
from roc.scoring.dyads import only

OneWay = frozenset[tuple[str, Kind]]
"""Sources, and the kinds of acts of which they tell their owner's alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Hearing:
    """Which acts of ego's could have been heard to be answered.

    Args:
        deaf: for each source and kind whether it is heard one way only, shape ``(sources, kinds)``.
    """

    deaf: Bools

    def contacts(self, contacts: Contacts) -> Contacts:
        """The rows in which both sides can be heard."""
        return only(contacts, ~self.deaf[contacts.source, contacts.kind])

    def exchanges(self, exchanges: Exchanges) -> Exchanges:
        """The acts in which both sides can be heard."""
        rows = ~self.deaf[exchanges.source, exchanges.kind]
        return Exchanges(
            alter=exchanges.alter[rows],
            by_ego=exchanges.by_ego[rows],
            at=exchanges.at[rows],
            audience=exchanges.audience[rows],
            kind=exchanges.kind[rows],
            source=exchanges.source[rows],
            thread=exchanges.thread[rows],
            sources=exchanges.sources,
        )


def hearing(contacts: Contacts, ego: int, one_way: Iterable[tuple[str, Kind]]) -> Hearing:
    """What is heard one way only, as far as the facts do not show otherwise.

    A kind of act that anybody did to ego at a source is heard there, whatever the source's export
    lacks: the rest came from its API.

    Args:
        contacts: who reached whom on which day.
        ego: person number.
        one_way: what exports tell of their owner's side only.
    """
    deaf = np.zeros((len(contacts.sources), len(KINDS)), dtype=np.bool_)
    for source, kind in one_way:
        if source in contacts.sources:
            deaf[contacts.sources.index(source), KINDS.index(kind)] = True
    if deaf.any():
        to_ego = contacts.recipient == ego
        deaf[contacts.source[to_ego], contacts.kind[to_ego]] = False
    return Hearing(deaf)
