"""Who answers whom."""

from dataclasses import replace

import numpy as np
import pytest

from roc.scoring.grouped import medians
from roc.scoring.parameters import ScoringParameters
from roc.scoring.turns import TurnTaking, turn_taking
from tests.acts import floats
from tests.telling import Told, day_of, told

LATER = "2026-12-31"


def of_ben(lines: str, day: str = LATER, met: str = "", **tuned: float) -> TurnTaking:
    """Turn-taking between ego and Ben alone."""
    frames = told(lines)
    return turn_taking(
        frames.exchanges,
        np.array([frames.number["ben"]]),
        np.array([day_of(met) if met else -1]),
        day_of(day),
        replace(ScoringParameters(), **tuned),  # type: ignore[arg-type]
    )


def test_acts_in_a_row_are_one_turn_and_time_runs_from_the_last_of_them() -> None:
    found = of_ben("""
        2026-01-01 at 09:00 me -> ben message
        2026-01-01 at 09:30 me -> ben message
        2026-01-01 at 12:30 ben -> me message
        2026-01-02 at 12:30 me -> ben message
    """)
    assert found.reply_rate.tolist() == [0.5]
    assert found.reply_hours.tolist() == [3.0]
    assert found.own_reply_rate.tolist() == [1.0]
    assert found.own_reply_hours.tolist() == [24.0]


def test_an_answer_after_more_than_thirty_days_is_none() -> None:
    found = of_ben("""
        2026-01-01 at 09:00 me -> ben message
        2026-02-10 at 09:00 ben -> me message
    """)
    assert found.reply_rate.tolist() == [0.0]
    assert np.isnan(found.reply_hours[0])


def test_forty_pitches_over_months_are_unanswered_each_month() -> None:
    assert of_ben("2026-06-01 at 09:00 me -> ben message every 40 for 4").reply_rate == [0.0]


def test_turns_too_young_to_judge_are_left_out_answered_or_not() -> None:
    lines = """
        2026-01-01 at 09:00 me -> ben message
        2026-01-01 at 10:00 ben -> me reply
    """
    assert np.isnan(of_ben(lines, "2026-01-30").reply_rate[0])
    assert of_ben(lines, "2026-01-31").reply_rate.tolist() == [1.0]


def test_a_like_answers_but_waits_for_no_answer() -> None:
    found = of_ben(
        """
        2026-01-01 at 09:00 me -> ben message
        2026-01-01 at 10:00 ben -> me reaction
    """,
        "2026-02-05",
    )
    assert found.reply_rate.tolist() == [1.0]
    assert np.isnan(found.own_reply_rate[0])
    assert np.isnan(found.owed_by_ego_days[0])


def test_the_last_turn_waits_with_its_age_in_days() -> None:
    lines = """
        2026-01-01 at 09:00 me -> ben message
        2026-01-02 at 22:00 ben -> me message
    """
    found = of_ben(lines, "2026-01-05")
    assert found.owed_by_ego_days.tolist() == [3.0]
    assert np.isnan(found.owed_to_ego_days[0])
    assert of_ben(lines, "2026-01-01").owed_to_ego_days.tolist() == [0.0]
    assert np.isnan(of_ben(lines, "2026-03-04").owed_by_ego_days[0])  # 61 days: no longer owed


def test_nothing_is_owed_by_those_who_met_since() -> None:
    lines = "2026-01-02 at 22:00 ben -> me message"
    assert np.isnan(of_ben(lines, "2026-01-05", met="2026-01-03").owed_by_ego_days[0])
    assert of_ben(lines, "2026-01-05", met="2026-01-02").owed_by_ego_days.tolist() == [3.0]


def test_an_act_to_a_large_group_asks_nobody_in_particular() -> None:
    lines = "2026-01-02 at 22:00 ben -> me message audience 4"
    assert np.isnan(of_ben(lines, "2026-01-05").owed_by_ego_days[0])
    assert of_ben(lines, "2026-01-05", turn_audience=4).owed_by_ego_days.tolist() == [3.0]


def test_a_conversation_begins_after_a_day_of_silence_and_not_with_a_reply() -> None:
    found = of_ben("""
        2026-01-01 at 09:00 me -> ben message
        2026-01-01 at 10:00 ben -> me message
        2026-01-05 at 10:00 me -> ben reply
        2026-01-09 at 10:00 ben -> me message
        2026-02-09 at 10:00 me -> ben message
    """)
    assert found.initiated_share.tolist() == [pytest.approx(2 / 3)]


def test_what_comes_after_the_day_and_whom_we_do_not_ask_for_is_passed_over() -> None:
    frames: Told = told("""
        2026-01-01 at 09:00 me -> ana message
        2026-01-03 at 09:00 ana -> me message
        2026-01-01 at 09:00 chidi -> me message
    """)
    alters = np.array(sorted([frames.number["ana"], frames.number["chidi"]]))[:1]
    never = np.array([-1])
    found = turn_taking(frames.exchanges, alters, never, day_of("2026-01-02"), ScoringParameters())
    assert found.owed_to_ego_days.tolist() == [1.0]


def test_the_network_median_is_over_all_answers_and_not_over_people() -> None:
    frames = told("""
        2026-01-01 at 09:00 me -> ana message
        2026-01-01 at 10:00 ana -> me message
        2026-01-03 at 09:00 me -> ana message
        2026-01-03 at 10:00 ana -> me message
        2026-01-03 at 09:00 me -> ben message
        2026-01-03 at 19:00 ben -> me message
    """)
    alters = np.array([frames.number["ana"], frames.number["ben"]])
    found = turn_taking(
        frames.exchanges, alters, np.array([-1, -1]), day_of(LATER), ScoringParameters()
    )
    assert found.reply_hours.tolist() == [1.0, 10.0]
    assert found.all_reply_hours == 1.0
    assert np.isnan(of_ben("2026-01-01 ben -> me message").all_reply_hours)


def test_medians_agree_with_numpy_in_every_group() -> None:
    random = np.random.default_rng(3)
    group, values = random.integers(0, 20, 200), random.normal(size=200)
    found = medians(group, values, 21)
    assert found[:20].tolist() == [np.median(values[group == one]) for one in range(20)]
    assert np.isnan(found[20])
    assert np.isnan(medians(group[:0], floats(), 1)[0])
