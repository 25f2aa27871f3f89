"""People as reports name them: a key to find them by, a name made harmless."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from roc.graph.frames import People
from roc.reports import text


@dataclass(frozen=True, slots=True)
class Face:
    """One person in a report.

    Args:
        key: the person's smallest account, ``source:handle``, or a pseudonym.
        name: what people read; with the organisation, or else the key, behind it where two people
            have one name.
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
    apart = _namesakes(people).get(number, "")
    return Face(
        key=text.plain(people.keys[number], 120),
        name=text.name(people.names[number]) + (f" ({apart})" if apart else ""),
        organisation=text.plain(people.organisations[number]),
    )


@lru_cache(maxsize=1)
def _namesakes(people: People) -> dict[int, str]:
    """What tells people of one name apart, by person number."""
    bearers = defaultdict(list)
    for number in range(len(people)):
        if not people.set_aside[number]:
            bearers[" ".join(people.names[number].casefold().split())].append(number)
    apart = {}
    for numbers in bearers.values():
        if len(numbers) > 1:
            places = [text.plain(people.organisations[number]) for number in numbers]
            for number, place in zip(numbers, places, strict=True):
                own = place and places.count(place) == 1
                apart[number] = text.name(place if own else people.keys[number])
    return apart


def pseudonym(place: int) -> Face:
    """A person whose name stays hidden: P1, P2, … by their place in an order that keeps."""
    return Face(key=f"P{place}", name=f"P{place}")
