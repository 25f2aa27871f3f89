"""Leaving out what was said of an account before: sources say it again with every act."""

from collections.abc import Iterable, Iterator

from roc.graph.records import AccountSeen, Record


def said_once(records: Iterable[Record]) -> Iterator[Record]:
    """The records without an ``AccountSeen`` that came before, word for word.

    Memory grows with the people that are met, not with the acts.
    """
    told: set[AccountSeen] = set()
    for record in records:
        if isinstance(record, AccountSeen):
            if record in told:
                continue
            told.add(record)
        yield record
