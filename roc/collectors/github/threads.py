"""What is said in an issue or a pull request as acts: one rule for the export and the API.

A comment reaches whom it answers: the author of the comment that it is put under, or else the
author of the thread. What the author of the thread says there themselves answers the last other
person who spoke before. Whoever is named is copied; who opens a thread reaches those whom they
name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from roc.graph.records import Account, Interaction, Kind, Record

SOURCE = "github"


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody's reaction to something that was said."""

    who: Account
    at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said: the opening of a thread, a comment, a review.

    Args:
        id: its address on GitHub, without the host.
        at: when.
        author: who said it.
        named: whom it names, in order.
        under: id of the comment that it is put under; empty where it is put under the thread.
        marks: reactions to it.
    """

    id: str
    at: datetime
    author: Account
    named: tuple[Account, ...] = ()
    under: str = ""
    marks: tuple[Mark, ...] = ()


def thread_acts(host: str, opening: Said, said: Sequence[Said]) -> Iterator[Record]:
    """The acts in a thread.

    Args:
        host: where it is; ids are unique there.
        opening: what opened it.
        said: what was said in it afterwards, in any order.
    """
    yield from _acts(host, opening.id, opening, None, Kind.MENTION)
    spoken = [opening]
    by_id = {each.id: each for each in (opening, *said)}
    for each in sorted(said, key=lambda one: (one.at, one.id)):
        answered, kind = by_id.get(each.under), Kind.REPLY
        if answered is None or answered.author == each.author:
            answered, kind = opening, Kind.COMMENT
        if answered.author == each.author:
            others = (one for one in reversed(spoken) if one.author != each.author)
            answered, kind = next(others, None), Kind.REPLY
        yield from _acts(host, opening.id, each, answered, kind if answered else Kind.MENTION)
        spoken.append(each)


def _acts(
    host: str, thread: str, said: Said, answered: Said | None, kind: Kind
) -> Iterator[Record]:
    named = tuple(who for who in said.named if who != said.author)
    recipients = (answered.author,) if answered else named
    if recipients:
        yield Interaction(
            source=SOURCE,
            external_id=said.id,
            kind=kind,
            at=said.at,
            sender=said.author,
            recipients=recipients,
            copied=tuple(who for who in named if who not in recipients),
            scope=host,
            thread=thread,
            parent=answered.id if answered else "",
        )
    yield from _marks(host, thread, said)


def _marks(host: str, thread: str, said: Said) -> Iterator[Interaction]:
    """Reactions; several of one person to one thing are one act."""
    first: dict[Account, datetime] = {}
    for mark in said.marks:
        first[mark.who] = min(mark.at, first.get(mark.who, mark.at))
    for who, at in first.items():
        if who != said.author:
            yield Interaction(
                source=SOURCE,
                external_id=f"{said.id}/{who.handle}",
                kind=Kind.REACTION,
                at=at,
                sender=who,
                recipients=(said.author,),
                scope=host,
                thread=thread,
                parent=said.id,
            )
