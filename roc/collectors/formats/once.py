"""What was told before is not told again: acts met twice in an export, and people met often."""

from collections.abc import Iterable, Iterator

from roc.graph.records import AccountSeen, Interaction, Record

MOST_REMEMBERED = 2**18
"""Of either; beyond that the store drops what it knows."""


def once(records: Iterable[Record]) -> Iterator[Record]:
    """Records without what was said of an account, and without acts that were told, before."""
    acts: set[tuple[str, str, str]] = set()
    people: set[AccountSeen] = set()
    for record in records:
        if isinstance(record, Interaction):
            key = (record.source, record.scope, record.external_id)
            if key in acts:
                continue
            if len(acts) < MOST_REMEMBERED:
                acts.add(key)
        elif isinstance(record, AccountSeen):
            if record in people:
                continue
            if len(people) < MOST_REMEMBERED:
                people.add(record)
        yield record


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
