"""What is known around people beside their names: contacts in common, organisations, sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

from roc.graph.frames import Bools, Floats, Ints
from roc.graph.likeness.names import words_of_name
from roc.graph.likeness.spellings import NOTHING

# All costs and gains are in logs of odds, as in ``alike``.
CONTACT_IN_COMMON = 0.9
"""What a contact in common is worth, for each log of how rarely others have it."""

MOST_FOR_CONTACTS = 4.0
"""Contacts in common are worth no more than this together: colleagues have many."""

NONE_IN_COMMON = 0.3
"""What it takes off when both have contacts and none in common."""

SAME_ORGANISATION = 0.6
"""What an organisation in common is worth, for each log of how rarely others are there."""

MOST_FOR_ORGANISATION = 3.0
"""An organisation is worth no more than this: namesakes work together, too."""

OTHER_ORGANISATION = 1.2
"""What it takes off when both name an organisation and have no word of it in common."""

MET = 4.0
"""What it takes off when the two were in contact with each other, as few are with themselves."""

SAME_SOURCE = 5.0
"""What it takes off for each source at which both have an account: most people have one."""

SAME_SOURCE_OF_ADDRESSES = 2.5
"""The same where accounts are addresses: most people have one at work and one of their own."""

_ROWS = 100_000  # pairs at a time, so that memory stays bounded
_INFORMATIVE = np.log(20)  # contacts that one in twenty has say little
_MOST_CONTACTS = 200  # the rarest of a person's contacts; more are no further evidence
_ENOUGH = 2  # informative contacts without which none in common says nothing
_ELSEWHERE = 20  # people who work elsewhere, counted in for graphs of very few
_WORDS = 2  # words of an organisation that are looked at, the rarest

Matrix = sparse.csr_array


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What is known around people, a row each.

    Args:
        met: 1 for whoever a person was in contact with.
        contacts: the same for the rarest of them that not everyone knows.
        rarity: log of how rarely others are in contact with each person, shape ``(people,)``.
        organisations: 1 for words of organisations that the person names.
        hosts: 1 for words of hosts of the person's addresses, in the same columns.
        organisation_rarity: log of how rarely a word stands there, shape ``(words,)``.
        employed: the person names an organisation, shape ``(people,)``.
        sources: for each source 1 where the person has an account.
        source_cost: what an account at the same source takes off, shape ``(sources,)``.
        places: the rarest words of each account's organisation, ``NOTHING`` where there are
            fewer, shape ``(accounts, 2)``.
    """

    met: Matrix
    contacts: Matrix
    rarity: Floats
    organisations: Matrix
    hosts: Matrix
    organisation_rarity: Floats
    employed: Bools
    sources: Matrix
    source_cost: Floats
    places: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """What surroundings say about pairs of people, shape ``(n,)``.

    Args:
        worth: log by which the odds change that the two are one.
        in_common: how many contacts they share that not everyone has.
        met: they were in contact with each other.
        same_organisation: they share a word of an organisation.
        other_organisation: both name an organisation and share nothing of it.
        same_source: they have accounts at the same source.
    """

    worth: Floats
    in_common: Ints
    met: Bools
    same_organisation: Bools
    other_organisation: Bools
    same_source: Bools

    def rows(self, chosen: Ints) -> "Context":
        """Some of the pairs."""
        return Context(
            self.worth[chosen],
            self.in_common[chosen],
            self.met[chosen],
            self.same_organisation[chosen],
            self.other_organisation[chosen],
            self.same_source[chosen],
        )


def surroundings(
    person: Ints,
    source: Sequence[str],
    handle: Sequence[str],
    organisation: Sequence[str],
    contacts: tuple[Ints, Ints],
) -> Surroundings:
    """Surroundings of people, from columns of accounts and pairs of people in contact.

    Args:
        person: whose each account is, 0 … people - 1.
        source: where each account lives.
        handle: its identifier there.
        organisation: where its person works, or empty.
        contacts: two columns of people who were in contact; in any direction, and often.
    """
    people = int(person.max()) + 1
    one, other = contacts
    met = _incidence((np.r_[one, other], np.r_[other, one]), people, people)
    active = max(int((met.sum(axis=1) > 0).sum()), 1)
    rarity = np.log(active / np.maximum(met.sum(axis=0), 1.0))
    stated = [_organisation_words(name) for name in organisation]
    hosts = [_host_words(text) for text in handle]
    vocabulary = {w: place for place, w in enumerate(sorted(set(chain(*stated, *hosts))))}
    by_name, by_host = (
        _incidence(_cells(words, vocabulary, person), people, len(vocabulary))
        for words in (stated, hosts)
    )
    organisation_rarity = np.log(
        (people + _ELSEWHERE) / np.maximum((by_name + by_host).sum(axis=0), 1.0)
    )
    employed = np.zeros(people, dtype=np.bool_)
    employed[person[[row for row, name in enumerate(organisation) if name]]] = True
    names = sorted(set(source))
    place = {name: number for number, name in enumerate(names)}
    at = np.array([place[name] for name in source], dtype=np.int64)
    addresses = np.bincount(at, weights=["@" in text[1:] for text in handle]) > 0.5 * np.bincount(
        at
    )
    return Surroundings(
        met,
        _rarest_contacts(met, rarity),
        rarity,
        by_name,
        by_host,
        np.maximum(organisation_rarity, 0.0),
        employed,
        _incidence((person, at), people, len(names)),
        np.where(addresses, SAME_SOURCE_OF_ADDRESSES, SAME_SOURCE),
        _rarest(stated, hosts, vocabulary, organisation_rarity),
    )


def context(around: Surroundings, one: Ints, other: Ints) -> Context:
    """What surroundings say about people in pairs, given in two columns."""
    everyone = np.ones(len(around.rarity))
    in_common = overlap(around.contacts, around.contacts, one, other, everyone)
    shared = overlap(around.contacts, around.contacts, one, other, around.rarity)
    known = around.contacts.sum(axis=1)
    strangers = (in_common == 0) & (np.minimum(known[one], known[other]) >= _ENOUGH)
    # Two addresses at one host are two people's: they say nothing for one person.
    pairs = (
        (around.organisations, around.organisations),
        (around.organisations, around.hosts),
        (around.hosts, around.organisations),
    )
    place = np.zeros(len(one))
    for left, right in pairs:
        place += overlap(left, right, one, other, around.organisation_rarity)
    elsewhere = around.employed[one] & around.employed[other] & (place == 0)
    source = overlap(around.sources, around.sources, one, other, around.source_cost)
    whose, whom = around.met.nonzero()
    met = np.isin(one * len(known) + other, whose.astype(np.int64) * len(known) + whom)
    worth = (
        np.minimum(CONTACT_IN_COMMON * shared, MOST_FOR_CONTACTS)
        - NONE_IN_COMMON * strangers
        + np.minimum(SAME_ORGANISATION * place, MOST_FOR_ORGANISATION)
        - OTHER_ORGANISATION * elsewhere
        - MET * met
        - source
    )
    return Context(worth, in_common.astype(np.int64), met, place > 0, elsewhere, source > 0)


def overlap(left: Matrix, right: Matrix, one: Ints, other: Ints, weight: Floats) -> Floats:
    """For pairs of rows, the sum of products of what both rows hold, each column weighed."""
    weighed = left @ sparse.diags_array(weight, format="csr") if left.shape[1] else left
    sums = [
        np.asarray(
            weighed[one[start : start + _ROWS]]
            .multiply(right[other[start : start + _ROWS]])
            .sum(axis=1)
        ).ravel()
        for start in range(0, len(one), _ROWS)
    ]
    return np.concatenate([np.empty(0), *sums])


def _incidence(cells: tuple[Ints, Ints], rows: int, columns: int) -> Matrix:
    """A matrix with 1 in each of some cells, given by row and by column."""
    matrix = sparse.csr_array((np.ones(len(cells[0])), cells), shape=(rows, columns))
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


def _rarest_contacts(met: Matrix, rarity: Floats) -> Matrix:
    """Each person's contacts that say something, no more than some of them."""
    person = np.repeat(np.arange(met.shape[0]), np.diff(met.indptr))
    contact = met.indices.astype(np.int64)
    informative = rarity[contact] >= _INFORMATIVE
    person, contact = person[informative], contact[informative]
    order = np.lexsort((contact, -rarity[contact], person))
    person, contact = person[order], contact[order]
    few = np.arange(len(person)) - np.searchsorted(person, person) < _MOST_CONTACTS
    return _incidence((person[few], contact[few]), *met.shape)


def _organisation_words(organisation: str) -> tuple[str, ...]:
    """Words of an organisation, and all of them run together as in the name of a host."""
    words = words_of_name(organisation)
    return (*words, "".join(words)) if len(words) > 1 else words


def _host_words(handle: str) -> tuple[str, ...]:
    """Words of an address's host but for the last, which tells the country or the trade."""
    return words_of_name(handle[1:].partition("@")[2].rpartition(".")[0].replace(".", " "))


def _cells(
    words: Sequence[tuple[str, ...]], vocabulary: Mapping[str, int], person: Ints
) -> tuple[Ints, Ints]:
    """Whose each word is, and its number."""
    rows = np.repeat(person, [len(told) for told in words])
    return rows, np.array([vocabulary[word] for told in words for word in told], dtype=np.int64)


def _rarest(
    stated: Sequence[tuple[str, ...]],
    hosts: Sequence[tuple[str, ...]],
    vocabulary: Mapping[str, int],
    rarity: Floats,
) -> Ints:
    """The rarest words of each account's organisation and host."""
    table = np.full((len(stated), _WORDS), NOTHING, dtype=np.int64)
    for row, told in enumerate(zip(stated, hosts, strict=True)):
        places = sorted({vocabulary[word] for words in told for word in words})
        rarest = sorted(places, key=lambda place: -rarity[place])[:_WORDS]
        table[row, : len(rarest)] = rarest
    return table
