"""Those who say which accounts may be one person: ours, Splink, and whoever has the same name.

Each takes a population and gives pairs of people, by number of a person, with a confidence.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from benchmarks.population import Population
from roc.graph.likeness.names import local_part, segmented, words_of_handle, words_of_name
from roc.graph.likeness.suggesting import suggestions
from roc.graph.records import Nature

LEAST = 0.05
"""Confidence below which nobody looks."""

LARGEST_BLOCK = 60
"""Accounts that may share a key, as in ours."""

Pairs = dict[tuple[int, int], float]


def ours(people: Population) -> Pairs:
    """The suggestions of ``roc.graph.likeness``."""
    accounts = people.accounts
    person = {
        f"{source}:{handle}": int(number)
        for source, handle, number in zip(
            accounts.source, accounts.handle, accounts.person, strict=True
        )
    }
    return {
        _pair(person[found.one], person[found.other]): found.confidence
        for found in suggestions(accounts, people.company, least=LEAST)
    }


def same_name(people: Population) -> Pairs:
    """Everybody with exactly the same folded name, of at least two words, in whatever order."""
    accounts = people.accounts
    bearers: dict[tuple[str, ...], set[int]] = {}
    for row, name in enumerate(accounts.name):
        words = tuple(sorted(words_of_name(name)))
        if len(words) > 1 or not name.isascii():
            bearers.setdefault(words, set()).add(int(accounts.person[row]))
    # A hundred namesakes make five thousand pairs, of which hardly any is right.
    blocks = (sorted(block) for block in bearers.values() if len(block) <= LARGEST_BLOCK)
    return {pair: 1.0 for block in blocks for pair in combinations(block, 2)}


def splink(people: Population) -> Pairs:
    """Splink 5 on DuckDB: the same columns and keys, its model trained by EM on these people."""
    import pyarrow as pa
    import splink.comparison_level_library as level
    import splink.comparison_library as comparison
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    same_spelling = level.ExactMatchLevel("spelling", term_frequency_adjustments=True)
    name = comparison.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            level.NullLevel("spelling"),
            same_spelling,
            level.ArrayIntersectLevel("pairs", min_intersection=1),
            level.JaroWinklerLevel("spelling", 0.92),
            level.ArrayIntersectLevel("initials", min_intersection=1),
            level.ArrayIntersectLevel("words", min_intersection=1),
            level.ElseLevel(),
        ],
    )
    by_key = block_on("keys", arrays_to_explode=["keys"])
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[
            name,
            comparison.ExactMatch("organisation").configure(term_frequency_adjustments=True),
            comparison.ArrayIntersectAtSizes("contacts", [3, 1]),
            comparison.ExactMatch("source"),
        ],
        blocking_rules_to_generate_predictions=[by_key],
        additional_columns_to_retain=["person"],
    )
    table = DuckDBAPI().register(pa.Table.from_pylist(list(_rows(people)), _schema(pa)))
    linker = Linker(table, settings, log_level="ERROR")
    training = linker.training
    # The share of true pairs that are spelt alike, as the row "same name" measures it.
    training.estimate_probability_two_random_records_match([block_on("spelling")], recall=0.4)
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in (block_on("spelling"), block_on("organisation")):
        training.estimate_parameters_using_expectation_maximisation(
            rule, record_sample_proportion=1.0
        )
    found = linker.inference.predict(threshold_match_probability=LEAST).as_pandas_dataframe()
    pairs: Pairs = {}
    for one, other, chance in zip(
        found["person_l"], found["person_r"], found["match_probability"], strict=True
    ):
        if one != other:
            pair = _pair(int(one), int(other))
            pairs[pair] = max(pairs.get(pair, 0.0), float(chance))
    return pairs


LINKERS: dict[str, Callable[[Population], Pairs]] = {
    "roc": ours,
    "Splink": splink,
    "same name": same_name,
}


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _schema(pa: object) -> object:
    words = pa.list_(pa.string())  # type: ignore[attr-defined]
    return pa.schema(  # type: ignore[attr-defined]
        [("id", pa.int64()), ("person", pa.int64()), ("source", pa.string())]  # type: ignore[attr-defined]
        + [("spelling", pa.string()), ("organisation", pa.string())]  # type: ignore[attr-defined]
        + [(name, words) for name in ("words", "pairs", "initials", "keys")]
        + [("contacts", pa.list_(pa.int64()))]  # type: ignore[attr-defined]
    )


def _rows(people: Population) -> Iterator[dict[str, object]]:
    """A row for each account of a person, names taken apart as ours does it."""
    accounts = people.accounts
    known = {
        word
        for name in accounts.name
        if " " in name
        for word in words_of_name(name)
        if len(word) > 1
    }
    spelt = [
        _spellings(name, handle, known)
        for name, handle in zip(accounts.name, accounts.handle, strict=True)
    ]
    keys = [_keys(both) for both in spelt]
    bearers = Counter(key for told in keys for key in told)
    contacts = _contacts(people)
    for row, both in enumerate(spelt):
        if accounts.nature[row] is not Nature.PERSON:
            continue
        best = max(both, key=len, default=())
        organisation = accounts.organisation[row] or accounts.handle[row].partition("@")[2]
        yield {
            "id": int(accounts.id[row]),
            "person": int(accounts.person[row]),
            "source": accounts.source[row],
            "spelling": " ".join(sorted(best)) or None,
            "organisation": "".join(words_of_name(organisation.removesuffix(".example"))) or None,
            "words": sorted({word for words in both for word in words}),
            "pairs": sorted(key for key in keys[row] if "+" in key),
            "initials": sorted(key for key in keys[row] if "-" in key),
            "keys": sorted(key for key in keys[row] if 1 < bearers[key] <= LARGEST_BLOCK),
            "contacts": contacts.get(int(accounts.person[row])) or None,
        }


def _spellings(name: str, handle: str, known: set[str]) -> list[tuple[str, ...]]:
    """The words of an account's name, and those of its handle; a handle of none as a whole."""
    of_handle = words_of_handle(handle)
    if len(of_handle) == 1:
        of_handle = segmented(of_handle[0], known)
    if not set(of_handle) & known and len(local_part(handle)) > 5:
        of_handle = (local_part(handle),)
    of_name = words_of_name(name)
    if len(of_name) == 1 and name.isascii():
        of_name = segmented(words_of_handle(name)[0], known) if words_of_handle(name) else ()
    return [words for words in (of_name, of_handle) if words]


def _keys(spelt: list[tuple[str, ...]]) -> set[str]:
    """Keys that accounts are brought together by: a word, two words, a word and an initial."""
    keys = {word for words in spelt for word in words if len(word) > 1}
    for words in spelt:
        keys |= {
            "+".join(sorted(both)) for both in combinations(words, 2) if min(map(len, both)) > 1
        }
        keys |= {f"{one}-{other[0]}" for one, other in permutations(words, 2) if len(one) > 1}
    return keys


def _contacts(people: Population) -> dict[int, list[int]]:
    """Contacts of each person that not one in twenty has."""
    accounts = people.accounts
    order: NDArray[np.int64] = np.argsort(accounts.id)
    ids, person = accounts.id[order], accounts.person[order]
    one, other = (
        person[np.searchsorted(ids, column)]
        for column in (people.company.one, people.company.other)
    )
    both = {*zip(one.tolist(), other.tolist(), strict=True)}
    both |= {(other, one) for one, other in both}
    known = Counter(contact for _, contact in both)
    everyone = len({whose for whose, _ in both})
    contacts: dict[int, list[int]] = {}
    for whose, contact in sorted(both):
        if known[contact] * 20 <= everyone:
            contacts.setdefault(whose, []).append(contact)
    return contacts
