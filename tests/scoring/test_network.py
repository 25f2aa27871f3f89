"""Everything measured in one call."""

from dataclasses import fields, replace
from functools import partial

import numpy as np
import pytest

from roc.graph.frames import Floats
from roc.scoring.dyads import ties as ties_of
from roc.scoring.features import features
from roc.scoring.measures import STATES, Measures, NetworkMeasures, TieMeasures
from roc.scoring.own_past import OwnPast
from roc.scoring.parameters import ScoringParameters
from tests import telling
from tests.acts import floats
from tests.telling import Told, day_of, told

TOWN = """
    2026-06-01 at 09:00 me -> ben message every 9 for 20
    2026-06-02 at 10:00 ben -> me reply every 9 for 18
    2026-05-20 me -> ben, ana dinner
    2026-06-20 me -> chidi message every 3 for 30
    2026-06-21 ana -> me thanks
    2026-06-22 ana -> ben recommendation
    me connected dara
    eli follows me
""".replace("dinner", "meeting cost 100")


measured = partial(telling.measured, day="2026-06-30")
PARAMETERS = ScoringParameters()


def row(frames: Told, found: Measures, name: str) -> int:
    return int(np.flatnonzero(found.ties.alter == frames.number[name])[0])


def test_alters_are_those_with_contact_and_those_connected() -> None:
    frames = told(TOWN)
    found = measured(frames)
    names = [frames.people.names[alter] for alter in found.ties.alter]
    assert names == ["ana", "ben", "chidi", "dara", "eli"]
    assert [STATES[state] for state in found.ties.state][3:] == ["none", "none"]
    assert found.network.people == 3


def test_every_column_has_a_row_for_each_alter_and_the_parts_one_for_each_half_life() -> None:
    ties = measured(told(TOWN)).ties
    for column in fields(TieMeasures):
        assert getattr(ties, column.name).shape[0] == 5, column.name
    assert ties.strength_parts.shape == (5, 4)


def test_ones_own_past_corrects_each_tie_by_what_is_known_of_it() -> None:
    """Here it says: the more days of contact, the likelier; and nothing of who was never met."""
    frames = told(f"{TOWN}\n2026-06-25 me -> zoe, yan message")
    of = features(ties_of(frames.contacts, frames.people, 0, PARAMETERS), PARAMETERS)
    weights = np.array([float(name == "contact days") for name in of.names])
    same = np.zeros(len(of.names))
    model = OwnPast(of.names, same, same + 1.0, weights, -2.0)
    ties = measured(frames, own_past=model).ties
    met = ~np.isnan(ties.strength)
    days = {"ana": 2, "ben": 39, "chidi": 30, "yan": 1, "zoe": 1}
    assert [frames.people.names[alter] for alter in ties.alter[met]] == list(days)
    assert ties.corrected[met] == pytest.approx(np.log1p(list(days.values())) - 2.0, abs=0.06)
    assert (ties.corrected[~met] == 0.0).all()
    shipped = measured(frames).ties.alive[met]
    odds = np.log(shipped / (1.0 - shipped)) + ties.corrected[met]
    assert ties.alive[met] == pytest.approx(1.0 / (1.0 + np.exp(-odds)))


def test_nothing_is_said_of_a_tie_where_nothing_passed() -> None:
    frames = told(TOWN)
    ties = measured(frames).ties
    dara = row(frames, measured(frames), "dara")
    undefined = ("strength", "alive", "silence_days", "balance", "returned", "connection_roc")
    assert np.isnan([getattr(ties, name)[dara] for name in undefined]).all()
    assert (ties.first_day[dara], ties.last_day[dara]) == (-1, -1)
    assert (ties.known[dara], ties.invested[dara], ties.trust[dara]) == (0.0, 0.0, 0.0)
    assert ties.lever[dara] != 0.0  # a first two-way day would move the score


def test_what_a_dinner_cost_is_effort_divided_among_the_guests() -> None:
    frames = told("2026-06-30 me -> ben, ana meeting cost 100")
    ties = measured(frames).ties
    # 100 for two guests at 50 a day is one day for each, beside half a meeting of weight 6
    assert ties.given.tolist() == [3.0, 3.0]
    assert ties.invested.tolist() == [4.0, 4.0]


def test_known_and_trusted_is_the_sum_of_its_parts() -> None:
    found = measured(told(TOWN))
    assert found.network.known_and_trusted == found.ties.known_and_trusted.sum()
    assert found.network.known == found.ties.known.sum()
    assert found.ties.attention_share.sum() == pytest.approx(1.0)


def test_two_way_ties_need_both_directions_within_ninety_days() -> None:
    frames = told("""
        2026-06-30 me -> ana message
        2026-04-02 ana -> me message
        2026-06-30 me -> ben message
        2026-04-01 ben -> me message
        2026-06-30 me -> chidi message
    """)
    assert measured(frames).network.two_way_ties == 1


def test_the_reciprocity_is_that_of_the_whole_graph() -> None:
    frames = told("""
        2026-06-30 ana -> ben message
        2026-06-29 ben -> ana message
        2026-06-29 ben -> me message
    """)
    # by hand: r = 2/3, three of six links, ρ = (2/3 − 1/2)/(1 − 1/2); weights 1, 1 and 1
    assert measured(frames).network.reciprocity == pytest.approx(1 / 3)
    assert measured(frames).network.weighted_reciprocity == pytest.approx(2 / 3)


def test_a_meeting_settles_what_was_owed() -> None:
    owed = "2026-06-20 at 09:00 ben -> me message"
    assert measured(told(owed)).ties.owed_by_ego_days.tolist() == [10.0]
    met = measured(told(f"{owed}\n2026-06-25 me -> ben meeting")).ties
    assert np.isnan(met.owed_by_ego_days[0])


def test_what_is_yet_to_come_changes_nothing() -> None:
    frames = told(TOWN)
    future = told(TOWN + "2026-07-05 at 09:00 me -> ben call cost 80\n")
    assert _same(measured(frames), measured(future))


def test_moving_the_whole_past_by_some_days_changes_only_the_days() -> None:
    later = told(TOWN.replace("2026-06-", "2026-07-").replace("2026-05-20", "2026-06-19"))
    one, other = measured(told(TOWN)), measured(later, day="2026-07-30")
    assert np.array_equal(one.ties.strength, other.ties.strength, equal_nan=True)
    assert np.array_equal(one.ties.lever, other.ties.lever, equal_nan=True)


def test_the_lever_is_what_the_score_gains_from_a_two_way_day() -> None:
    """Ben and ego write to each other on the day itself, as the lever supposes."""
    lines = "2026-06-10 me -> ben message every 30 for 3\n2026-06-20 me -> ana message"
    frames = told(lines)
    more = told(lines + "\n2026-06-30 me -> ben message\n2026-06-30 ben -> me message")
    before, after = measured(frames), measured(more)
    foretold = before.ties.lever[row(frames, before, "ben")]
    assert after.network.roc_score - before.network.roc_score == pytest.approx(foretold)


def test_a_worthless_tie_returns_nothing_and_the_worthiest_counts_in_full() -> None:
    frames = told("2026-06-30 me -> ana message\n2026-06-30 me -> ben message")
    value = np.zeros(3)
    value[frames.number["ana"]] = 40.0
    ana, ben = measured(frames, value=value).ties.returned
    assert ana == measured(frames).ties.returned[0]
    assert ben == 0.0


@pytest.mark.parametrize("value", [floats(1), floats(1, -1), floats(1, np.nan), floats(1, np.inf)])
def test_values_that_mean_nothing_are_refused(value: Floats) -> None:
    with pytest.raises(ValueError, match="value"):
        measured(told("2026-06-30 me -> ana message"), value=value)


def test_a_half_life_of_reciprocity_of_its_own_is_used_for_given_and_received() -> None:
    frames = told("2026-06-20 me -> ben message")
    found = measured(frames, reciprocity_half_life_days=10.0)
    assert found.ties.given.tolist() == [0.5]
    assert found.ties.strength[0] == measured(frames).ties.strength[0]


def test_an_empty_graph_is_measured_and_has_nothing() -> None:
    found = measured(told(""))
    assert len(found.ties) == 0
    assert (found.network.people, found.network.two_way_ties, found.network.known) == (0, 0, 0.0)
    assert np.isnan([found.network.roc_score, found.network.reciprocity]).all()


def test_without_ego_only_the_whole_graph_is_told() -> None:
    found = measured(told("2026-06-30 ana -> ben message\n2026-06-30 ben -> ana message"))
    assert (found.ego, len(found.ties)) == (-1, 0)
    assert found.network.weighted_reciprocity == 1.0


def test_ego_alone_has_no_ties() -> None:
    assert len(measured(told("", cast=("me",))).ties) == 0


def test_people_set_aside_have_no_tie_even_where_connected() -> None:
    frames = told(TOWN, aside=("ben", "dara"))
    names = [frames.people.names[alter] for alter in measured(frames).ties.alter]
    assert names == ["ana", "chidi", "eli"]


def test_a_declared_tie_of_the_future_is_not_there_yet() -> None:
    frames = told("me connected ben")
    later = replace(frames.declared, day=np.array([day_of("2026-07-01")]))
    assert len(measured(replace(frames, declared=later)).ties) == 0
    assert len(measured(replace(frames, declared=later), day="2026-07-01").ties) == 1


def _same(one: Measures, other: Measures) -> bool:
    columns = all(
        np.array_equal(
            getattr(one.ties, column.name), getattr(other.ties, column.name), equal_nan=True
        )
        for column in fields(TieMeasures)
    )
    numbers = [
        [getattr(of.network, column.name) for column in fields(NetworkMeasures)]
        for of in (one, other)
    ]
    return columns and np.array_equal(numbers[0], numbers[1], equal_nan=True)
