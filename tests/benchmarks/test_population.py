"""The invented population is the same every time, and ours does as well on it as docs say."""

import numpy as np
import pytest

from benchmarks.likeness import judged, true_pairs
from benchmarks.linkers import ours, same_name
from benchmarks.population import Population, population
from roc.graph.likeness.suggesting import CUT
from roc.graph.records import Nature


@pytest.fixture(scope="module")
def people() -> Population:
    return population(3000, seed=77)


def test_the_same_size_and_seed_give_the_same_population(people: Population) -> None:
    again = population(3000, seed=77)
    assert again.accounts.name == people.accounts.name
    assert again.accounts.handle == people.accounts.handle
    assert np.array_equal(again.truth, people.truth)
    assert np.array_equal(again.company.days, people.company.days)
    assert population(3000, seed=78).accounts.name != people.accounts.name


def test_it_has_about_as_many_accounts_as_asked_for_each_of_them_once(people: Population) -> None:
    keys = list(zip(people.accounts.source, people.accounts.handle, strict=True))
    assert len(keys) == pytest.approx(3000, rel=0.05)
    assert len(set(keys)) == len(keys)
    assert set(people.accounts.source) == {"linkedin", "x", "email", "journal"}
    assert set(people.accounts.nature) == {Nature.PERSON, Nature.LIST, Nature.ROLE, Nature.BOT}


def test_it_is_written_in_many_scripts(people: Population) -> None:
    letters = "".join(people.accounts.name)
    for first, last in (("А", "я"), ("ء", "ي"), ("一", "龥"), ("가", "힣"), ("ऀ", "ॿ"), ("Ł", "ž")):
        assert any(first <= letter <= last for letter in letters)


def test_no_link_that_is_certain_is_wrong(people: Population) -> None:
    humans: dict[int, set[int]] = {}
    for person, human in zip(people.accounts.person.tolist(), people.truth.tolist(), strict=True):
        humans.setdefault(person, set()).add(human)
    assert all(len(same) == 1 for same in humans.values())


def test_suggestions_are_as_good_as_measured(people: Population) -> None:
    """Floors a little below what this population gave: 0.95 and 0.67 at the cut."""
    true = true_pairs(people)
    confidence, right = judged(ours(people), true)
    shown = confidence >= CUT
    assert right[shown].mean() > 0.92
    assert right[shown].sum() / len(true) > 0.60
    sure = confidence >= 0.9
    assert right[sure].mean() > 0.97
    even = (confidence >= 0.4) & (confidence < 0.7)
    assert 0.4 < right[even].mean() < 0.9


def test_they_find_more_than_equal_names_do_and_err_less(people: Population) -> None:
    true = true_pairs(people)
    confidence, right = judged(ours(people), true)
    _, right_by_name = judged(same_name(people), true)
    shown = right[confidence >= CUT]
    assert shown.mean() > right_by_name.mean()
    assert shown.sum() > right_by_name.sum()
