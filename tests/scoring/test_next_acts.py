"""What to do next: what pays, who is left in peace, and what a day in vain would cost."""

import numpy as np
import pytest

from roc.scoring.measures import Measures
from roc.scoring.next_acts import answer_chance, in_vain, next_acts
from roc.scoring.returns import roc_score
from tests.telling import Told, measured, told

DAY = "2026-06-30"
TOWN = """
    2026-05-01 at 09:00 me -> ben message every 7 for 6
    2026-05-01 at 12:00 ben -> me reply every 7 for 6
    2026-05-01 at 13:00 me -> ben reaction every 7 for 6
    2026-06-28 at 09:00 chidi -> me message
    2026-06-20 at 09:00 chidi -> me message every 5 for 11
    2026-06-20 at 12:00 me -> chidi reply every 5 for 11
    2026-06-29 at 09:00 me -> dara message every 5 for 13
    2026-06-29 at 12:00 dara -> me reply every 5 for 13
    2026-06-29 at 13:00 me -> dara reaction every 5 for 13
    2026-06-08 at 09:00 me -> eve message
    2026-06-01 at 09:00 me -> eve message every 5 for 9
    2026-06-01 at 12:00 eve -> me reply every 5 for 9
    2026-01-01 at 09:00 me -> femi message every 2 for 40
"""


@pytest.fixture
def town() -> tuple[Told, Measures]:
    """Ben fell silent, Chidi waits, Dara was there lately; Eve owes an answer, Femi gave none."""
    frames = told(TOWN)
    return frames, measured(frames, DAY)


def names(town: tuple[Told, Measures], limit: int = 10) -> list[tuple[str, bool]]:
    frames, found = town
    return [
        (frames.people.names[found.ties.alter[act.place]], act.answers)
        for act in next_acts(found.ties, limit)
    ]


def test_who_waits_is_answered_and_who_fell_silent_is_written_to(
    town: tuple[Told, Measures],
) -> None:
    assert sorted(names(town)) == [("ben", False), ("chidi", True)]


def test_what_pays_most_comes_first_and_the_list_is_capped(town: tuple[Told, Measures]) -> None:
    _, found = town
    points = [act.points for act in next_acts(found.ties, 10)]
    assert points == sorted(points, reverse=True)
    assert min(points) > 0
    assert names(town, 1) == names(town)[:1]


def test_nobody_is_named_twice(town: tuple[Told, Measures]) -> None:
    people = [name for name, _ in names(town)]
    assert len(people) == len(set(people))


def test_a_day_in_vain_costs_what_the_score_says_it_does(town: tuple[Told, Measures]) -> None:
    _, found = town
    ties = found.ties
    for place in range(len(ties)):
        put_in = ties.invested.copy()
        put_in[place] += 1.0
        lost = roc_score(ties.returned, put_in) - found.network.roc_score
        assert in_vain(ties)[place] == pytest.approx(lost)


def test_whoever_always_answered_and_fell_silent_may_not_answer_this_time(
    town: tuple[Told, Measures],
) -> None:
    frames, found = town
    chance = dict(
        zip(
            (frames.people.names[alter] for alter in found.ties.alter),
            answer_chance(found.ties),
            strict=True,
        )
    )
    assert found.ties.reply_rate[list(chance).index("ben")] == 1.0
    assert 0 < chance["ben"] < 1.0
    assert chance["femi"] == 0.0
    assert chance["dara"] > chance["ben"]


def test_where_nothing_was_put_in_nothing_is_lost() -> None:
    found = measured(told("2026-06-01 at 09:00 ben -> me message"), DAY)
    assert in_vain(found.ties).tolist() == [0.0]


def test_strangers_are_no_steps() -> None:
    found = measured(told("me connected dara"), DAY)
    assert next_acts(found.ties, 10) == []
    assert np.isfinite(answer_chance(found.ties)).all()
