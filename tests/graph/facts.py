"""What a graph says, as plain rows that can be compared."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from roc.graph.frames import KINDS
from roc.graph.store import Graph

Row = tuple[Any, ...]


class Facts(NamedTuple):
    """What can be read from a graph, as sorted plain rows in which people are their keys."""

    people: list[Row]
    contacts: list[Row]
    conversations: list[Row]  # ego's exchanges, those of one thread together
    expenses: list[Row]
    declared: list[Row]
    problems: list[Row]
    acts: dict[str, int]  # how many reach somebody, by source


def facts_of(graph: Graph, last_day: int) -> Facts:
    """What a graph says, up to a day."""
    with graph.read() as reader:
        people, contacts = reader.people, reader.contacts(last_day)
        exchanges, expenses = reader.exchanges(last_day), reader.expenses(last_day)
        declared, sources = reader.declared(), reader.sources()
    key = people.keys
    threads: dict[Any, list[Row]] = defaultdict(list)
    for alter, by_ego, at, audience, kind, source, thread in _rows(
        exchanges, "alter by_ego at audience kind source thread"
    ):
        word, name = KINDS[kind].value, exchanges.sources[source]
        threads[thread].append((key[alter], by_ego, at, audience, word, name))
    columns = (people.accounts, people.names, people.organisations, people.aside, people.tags)
    ego = [number == people.ego for number in range(len(people))]
    return Facts(
        people=sorted(zip(*columns, ego, strict=True)),
        contacts=sorted(
            (key[one], key[other], day, KINDS[kind].value, contacts.sources[source], *rest)
            for one, other, day, kind, source, *rest in _rows(
                contacts, "sender recipient day kind source audience acts"
            )
        ),
        conversations=grouped(threads),
        expenses=sorted(
            (key[alter], *rest) for alter, *rest in _rows(expenses, "alter day amount")
        ),
        declared=sorted(
            (key[one], key[other], follows, day, declared.sources[source])
            for one, other, follows, day, source in _rows(
                declared, "person other follows day source"
            )
        ),
        problems=sorted(map(tuple, graph.problems())),
        acts={told.source: told.acts for told in sources if told.acts},
    )


def grouped(threads: dict[Any, list[Row]]) -> list[Row]:
    """Exchanges of one thread together: whether they are in one, and which they are."""
    return sorted((bool(thread), sorted(rows)) for thread, rows in threads.items() if rows)


def _rows(frame: object, names: str) -> Iterator[Row]:
    columns = [getattr(frame, name).tolist() for name in names.split()]
    return zip(*columns, strict=True)
