import numpy as np
import pytest

from roc.graph.frames import Ints
from roc.scoring.coverage import gaps


def days(*spans: range) -> Ints:
    return np.array([day for span in spans for day in span], dtype=np.int64)


def test_a_silence_in_a_daily_source_is_a_gap_once_it_is_longer_than_a_month() -> None:
    for silent, found in ((30, []), (31, [(20, 50)])):
        told = days(range(20), range(20 + silent, 60 + silent))
        assert gaps(told, last_day=59 + silent) == found


def test_a_source_of_a_day_a_fortnight_may_be_silent_for_eight_times_as_long() -> None:
    steady = range(0, 14 * 20, 14)
    for silent, found in ((8 * 14, 0), (8 * 14 + 1, 1)):
        later = steady[-1] + silent
        assert len(gaps(days(steady, range(later, later + 1)), last_day=later)) == found


def test_a_source_that_ended_is_silent_up_to_the_day_of_looking() -> None:
    assert gaps(days(range(20)), last_day=19) == []
    assert gaps(days(range(20)), last_day=100) == [(20, 100)]


def test_days_ahead_do_not_count() -> None:
    assert gaps(days(range(20), range(90, 95)), last_day=60) == [(20, 60)]


@pytest.mark.parametrize("told", [days(), days(range(1)), days(range(9))])
def test_what_was_never_steady_has_no_gaps(told: Ints) -> None:
    assert gaps(told, last_day=1000) == []


def test_a_silence_before_the_flow_was_steady_is_no_gap() -> None:
    assert gaps(days(range(3), range(500, 600)), last_day=599) == []
