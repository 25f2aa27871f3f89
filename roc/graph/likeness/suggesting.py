"""Which accounts may be one person: suggestions for the owner to decide, and nothing more.

Links that are certain, such as the same address, are kept elsewhere with their basis. Here are the
uncertain ones; nothing is ever merged by them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from roc.graph.frames import Ints
from roc.graph.likeness.alike import Match
from roc.graph.likeness.odds import Pairs, confidence, pairs
from roc.graph.likeness.spellings import spellings
from roc.graph.likeness.surroundings import surroundings
from roc.graph.records import Nature

CUT = 0.5
"""Confidence from which a suggestion is worth the owner's look: it is right more often than not."""

_AMBIGUOUS = 0.8  # rivals are told of where they leave less than this of the confidence

_SENTENCES = {
    "same name": "the same name",
    "shorter name": "the same name, but one leaves words out",
    "similar names": "names that differ by a slip or a short form",
    "initials": "the same name, but one writes initials",
    "handle like the name": "a handle made like the other's name",
    "same handle": "handles made of the same words",
    "similar handles": "handles that are alike",
    "part of a name": "a part of the name is the same",
}
"""What each basis means, as the first of the reasons says it."""


@dataclass(frozen=True, slots=True, eq=False)
class Accounts:
    """Every account of a graph, a row each, in any order.

    Args:
        id: unique number, shape ``(n,)``.
        person: a number that accounts have in common which are one person already.
        source: where the identity lives.
        handle: its identifier there; unique with the source.
        name: what people read, or empty.
        organisation: where the person works, or empty.
        nature: what stands behind the account; only persons are compared.
    """

    id: Ints
    person: Ints
    source: Sequence[str]
    handle: Sequence[str]
    name: Sequence[str]
    organisation: Sequence[str]
    nature: Sequence[Nature]


@dataclass(frozen=True, slots=True, eq=False)
class Company:
    """On how many days two accounts were in contact, a row for each pair and direction.

    Args:
        one: id of an account, shape ``(n,)``.
        other: id of another.
        days: at least 1.
    """

    one: Ints
    other: Ints
    days: Ints


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two people who may be one.

    Args:
        one: the smallest account of the one, ``source:handle``; it comes before ``other``.
        other: the smallest account of the other.
        confidence: about the share of such suggestions that are right, from 0 to 1.
        basis: what mainly speaks for it, in a few words that do not change.
        reasons: what speaks for and against it, in short sentences.
    """

    one: str
    other: str
    confidence: float
    basis: str
    reasons: tuple[str, ...]


def suggestions(
    accounts: Accounts,
    company: Company,
    different: Collection[tuple[int, int]] = (),
    least: float = CUT,
) -> tuple[Suggestion, ...]:
    """Pairs of people who may be one, the likeliest first.

    Args:
        accounts: every account of the graph.
        company: who was in contact with whom.
        different: pairs of account ids whose people the owner holds to be different.
        least: the lowest confidence that is of interest.

    Returns:
        At most one for each two people, by falling confidence, then by key; the same for any
        order of rows and any numbering.
    """
    people = _people(accounts)
    if not people.rows:
        return ()
    name, handle, source, organisation = (
        [column[row] for row in people.rows]
        for column in (accounts.name, accounts.handle, accounts.source, accounts.organisation)
    )
    person = np.array(people.person, dtype=np.int64)
    around = surroundings(person, source, handle, organisation, _contacts(people, company))
    decided = [
        (people.of_account[one], people.of_account[other])
        for one, other in different
        if one in people.of_account and other in people.of_account
    ]
    found = pairs(spellings(name, handle), person, around, decided)
    confident = np.round(confidence(found, len(people.keys)), 3)
    return tuple(
        sorted(
            _told(found, people.keys, confident.tolist(), least),
            key=lambda item: (-item.confidence, item.one, item.other),
        )
    )


@dataclass(frozen=True, slots=True, eq=False)
class _People:
    """Whoever may be compared, in the order of their keys.

    Args:
        keys: the smallest account of each person.
        rows: rows of accounts to be compared, by key.
        person: whose each of these is, a place in ``keys``.
        of_account: the same for these accounts, by id.
    """

    keys: tuple[str, ...]
    rows: list[int]
    person: list[int]
    of_account: dict[int, int]


def _people(accounts: Accounts) -> _People:
    texts = zip(accounts.source, accounts.handle, strict=True)
    keys = [f"{source}:{handle}" for source, handle in texts]
    rows = [
        row
        for row in sorted(range(len(keys)), key=keys.__getitem__)
        if accounts.nature[row] is Nature.PERSON
    ]
    owners, ids = accounts.person[rows].tolist(), accounts.id[rows].tolist()
    first: dict[int, str] = {}
    for owner, row in zip(owners, rows, strict=True):
        first.setdefault(owner, keys[row])
    number = {owner: place for place, owner in enumerate(first)}
    person = [number[owner] for owner in owners]
    return _People(tuple(first.values()), rows, person, dict(zip(ids, person, strict=True)))


def _contacts(people: _People, company: Company) -> tuple[Ints, Ints]:
    """Pairs of people in contact; nobody is their own contact, and no list is anybody's."""
    one, other = (
        np.array([people.of_account.get(number, -1) for number in column.tolist()], dtype=np.int64)
        for column in (company.one, company.other)
    )
    among_people = (one >= 0) & (other >= 0) & (one != other) & (company.days > 0)
    return one[among_people], other[among_people]


def _told(
    found: Pairs, keys: Sequence[str], confident: Sequence[float], least: float
) -> Iterable[Suggestion]:
    """The pairs of at least some confidence, in words."""
    for row, sure in enumerate(confident):
        if sure >= least:
            basis = _basis(found, row)
            reasons = (_SENTENCES[basis], *_reasons(found, row, sure))
            one, other = keys[found.one[row]], keys[found.other[row]]
            yield Suggestion(one, other, sure, basis, reasons)


def _basis(found: Pairs, row: int) -> str:
    """What mainly speaks for a pair."""
    least, complete = found.alike.least[row], found.alike.complete[row]
    if least == Match.NONE:
        return "part of a name"
    if found.handles[row] == 2:
        return "same handle" if least == Match.SAME and complete else "similar handles"
    if found.handles[row]:
        return "handle like the name"
    if least == Match.INITIAL:
        return "initials"
    if least == Match.NEAR:
        return "similar names"
    return "same name" if complete else "shorter name"


def _reasons(found: Pairs, row: int, sure: float) -> Iterator[str]:
    """What else speaks for and against a pair, in short sentences without anybody's name."""
    around = found.context
    if count := int(around.in_common[row]):
        yield f"{count} contact{'s' if count > 1 else ''} in common"
    if around.same_organisation[row]:
        yield "the same organisation"
    if around.other_organisation[row]:
        yield "but different organisations"
    if around.same_source[row]:
        yield "but both have an account at the same source"
    if around.met[row]:
        yield "but they were in contact with each other"
    alone = 1 / (1 + np.exp(-found.odds[row]))
    if sure < _AMBIGUOUS * alone:
        yield "but somebody else fits about as well"
