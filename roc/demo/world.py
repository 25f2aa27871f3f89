"""Fourteen months of the invented network, told by all its lives together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from roc.demo import groups
from roc.demo.acts import Act, Bulletin, Connected, Letter, Meeting, Note, Post, Praised
from roc.demo.cast import CAST, OWNER
from roc.demo.life import Life
from roc.demo.ties import CHARACTERS

_Dated = TypeVar("_Dated", Letter, Bulletin, Post, Praised, Connected)


@dataclass(frozen=True, slots=True)
class World:
    """All that happened up to the last day, each kind in order of time."""

    letters: tuple[Letter, ...]
    bulletins: tuple[Bulletin, ...]
    meetings: tuple[Meeting, ...]
    posts: tuple[Post, ...]
    notes: tuple[Note, ...]
    praised: tuple[Praised, ...]
    connected: tuple[Connected, ...]


def world(last_day: date, seed: int) -> World:
    """Simulate the invented network: the same day and seed give the same world.

    Args:
        last_day: the last day on which anything has happened; meetings may lie ahead.
        seed: of every random draw.
    """
    acts = list(_acts(last_day, seed))

    def dated(kind: type[_Dated]) -> tuple[_Dated, ...]:
        found = [act for act in acts if isinstance(act, kind) and act.at.date() <= last_day]
        return tuple(sorted(found, key=lambda act: act.at))

    meetings = [act for act in acts if isinstance(act, Meeting)]
    notes = [act for act in acts if isinstance(act, Note)]
    return World(
        letters=dated(Letter),
        bulletins=dated(Bulletin),
        meetings=tuple(sorted(meetings, key=lambda meeting: (meeting.start, meeting.key))),
        posts=dated(Post),
        notes=tuple(sorted(notes, key=lambda note: (note.day, note.text))),
        praised=dated(Praised),
        connected=dated(Connected),
    )


def _acts(last_day: date, seed: int) -> Iterator[Act]:
    for person in CAST.values():
        if person.character in CHARACTERS:
            yield from CHARACTERS[person.character](Life(person, last_day, seed))
    first = {person.character: person for person in reversed(CAST.values())}
    yield from groups.alumni(Life(first["alumni"], last_day, seed))
    yield from groups.dinners(Life(first["guest"], last_day, seed))
    yield from groups.team(Life(first["team"], last_day, seed))
    owner = Life(OWNER, last_day, seed)
    yield from groups.connections(owner)
    yield from groups.bulletins(owner)
