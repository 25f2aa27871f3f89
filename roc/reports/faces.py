"""People as reports name them: a key to find them by, a name made harmless."""

from dataclasses import dataclass

from roc.graph.frames import People
from roc.reports import text


@dataclass(frozen=True, slots=True)
class Face:
    """One person in a report.

    Args:
        key: the person's smallest account, ``source:handle``, or a pseudonym.
        name: what people read.
        organisation: where sources say the person works, or empty.
    """

    key: str
    name: str
    organisation: str = ""


def face(people: People, number: int) -> Face:
    """The person with that number, named.

    Args:
        people: everyone in the graph.
        number: a person number.
    """
    return Face(
        key=text.plain(people.keys[number], 120),
        name=text.name(people.names[number]),
        organisation=text.plain(people.organisations[number]),
    )


def pseudonym(place: int) -> Face:
    """A person whose name stays hidden: P1, P2, … by their place in an order that keeps."""
    return Face(key=f"P{place}", name=f"P{place}")
