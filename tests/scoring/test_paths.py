"""Warm paths: who might introduce one to whom."""

from itertools import permutations

import numpy as np
import pytest

from roc.graph.frames import Bools, Floats, Ints
from roc.scoring.paths import MOST_TIES, reach, warm_paths

ME, BEN, CHIDI, DARA, EVE, FEMI = range(6)


def ties(told: dict[tuple[int, int], float]) -> tuple[Ints, Ints, Floats]:
    low, high = np.array(list(told), dtype=np.int64).reshape(-1, 2).T
    return low, high, np.array(list(told.values()))


def whom(*wanted: int) -> Bools:
    mask = np.zeros(6, dtype=np.bool_)
    mask[list(wanted)] = True
    return mask


TOWN = {
    (ME, BEN): 0.9,
    (ME, CHIDI): 0.5,
    (BEN, DARA): 0.5,
    (CHIDI, DARA): 0.8,
    (DARA, EVE): 0.9,
    (EVE, FEMI): 1.0,
}


def test_the_warmest_path_is_the_best_product_of_ties() -> None:
    found = warm_paths(reach(*ties(TOWN), 6, ME), whom(DARA), ME, 5)
    assert [path.people for path in found] == [(ME, BEN, DARA)]
    assert found[0].warmth == pytest.approx(0.45)


def test_nobody_is_asked_twice() -> None:
    found = warm_paths(reach(*ties(TOWN), 6, ME), whom(DARA, EVE), ME, 5)
    assert [path.people[1] for path in found] == [BEN]


def test_a_tie_of_ones_own_is_a_path() -> None:
    (path,) = warm_paths(reach(*ties(TOWN), 6, ME), whom(BEN), ME, 5)
    assert (path.people, path.warmth, path.load) == ((ME, BEN), 0.9, 0)


def test_a_path_has_three_ties_at_most() -> None:
    of = reach(*ties(TOWN), 6, ME)
    assert warm_paths(of, whom(EVE), ME, 5)[0].people == (ME, BEN, DARA, EVE)
    assert warm_paths(of, whom(FEMI), ME, 5) == []


def test_a_cold_path_is_none() -> None:
    cold = {(ME, BEN): 0.1, (BEN, DARA): 0.05}
    assert warm_paths(reach(*ties(cold), 6, ME), whom(DARA), ME, 5) == []


def test_how_many_strangers_rest_on_one_is_told() -> None:
    hub = {(ME, BEN): 0.9, (BEN, CHIDI): 0.9, (BEN, DARA): 0.9, (BEN, EVE): 0.9}
    (path,) = warm_paths(reach(*ties(hub), 6, ME), whom(DARA), ME, 5)
    assert path.load == 3


def test_whoever_is_nobodys_acquaintance_has_no_paths() -> None:
    none = np.array([], dtype=np.int64)
    of = reach(none, none, np.array([]), 6, ME)
    assert warm_paths(of, whom(BEN), ME, 5) == []


@pytest.mark.parametrize("seed", range(5))
def test_of_all_paths_that_there_are_it_is_the_warmest(seed: int) -> None:
    dice = np.random.default_rng(seed)
    told = {
        (a, b): float(dice.uniform(0.2, 1))
        for a in range(6)
        for b in range(a + 1, 6)
        if dice.random() < 0.5
    }
    of = reach(*ties(told), 6, ME)

    def tie(a: int, b: int) -> float:
        return told.get((min(a, b), max(a, b)), 0.0)

    for person in range(1, 6):
        between = [other for other in range(1, 6) if other != person]
        walks = [
            np.prod([tie(a, b) for a, b in zip((ME, *some), (*some, person), strict=True)])
            for most in range(MOST_TIES)
            for some in permutations(between, most)
        ]
        paths = warm_paths(of, whom(person), ME, 1)
        warmest = max(walks)
        assert (paths[0].warmth if paths else 0.0) == pytest.approx(
            warmest if warmest >= 0.01 else 0.0
        )
