"""Twelve ordinary relationships: the order in which people would put them.

All are told as of 2026-06-30. Published formulas disagree wildly on them; ours has to agree with
people: very strong > the old friend and the adviser > a new burst > a dinner guest > newsletters,
pitches and cc.
"""

from functools import cache

import pytest

from roc.scoring.change import Move, changes
from roc.scoring.measures import STATES, TieMeasures
from tests.telling import measured, told

DAY = "2026-06-30"

WEEKLY_MAIL_AND_MONTHLY_TALK = """
    2026-06-26 me -> ben message every 7 for 104
    2026-06-27 ben -> me message every 7 for 104
    2026-06-17 me -> ben meeting every 30 for 24
"""
NEWSLETTER = """
    2026-06-26 ben -> me message every 7 for 52
"""
UNANSWERED_PITCHES = """
    2026-06-29 me -> ben message every 2 for 40
"""
COPIED_ON_THREADS_OF_FIFTEEN = """
    2026-06-29 ben -> me message audience 15 every 2 for 150
"""
CLOSE_FRIEND_SILENT_FOR_180_DAYS = """
    2026-01-01 me -> ben message every 7 for 416
    2026-01-01 ben -> me message every 7 for 416
    2025-12-20 me -> ben meeting every 30 for 96
"""
QUARTERLY_ADVISER = """
    2026-05-01 me -> ben meeting every 91 for 20
"""
BURST_OF_ONE_WEEK = """
    2026-06-20 me -> ben message every 1 for 7
    2026-06-20 ben -> me message every 1 for 7
"""
DINNER_OF_TWELVE_AND_A_MAIL_EACH = """
    2026-06-25 me -> ben, ana, chidi, dara, eli, fay, gus, hana, ivo, jun, kim meeting
    2026-06-26 me -> ben message
    2026-06-26 ben -> me message
"""
GUESTS = ("ana", "chidi", "dara", "eli", "fay", "gus", "hana", "ivo", "jun", "kim")
CONNECTED_ONLY = """
    me connected ben
"""
REPLY_ALL_LIST = """
    2026-06-29 ben -> me message audience 15 every 2 for 150
    2026-06-24 me -> ben message audience 15 every 9 for 40
"""
DAILY_COLLEAGUE = """
    2026-06-30 me -> ben message every 1 for 730
    2026-06-30 ben -> me message every 1 for 730
"""
WEEKLY_FRIEND_SILENT_FOR_60_DAYS = """
    2026-05-01 me -> ben message every 7 for 104
    2026-05-01 ben -> me message every 7 for 104
    2026-04-25 me -> ben meeting every 30 for 24
"""

ALL = (
    WEEKLY_MAIL_AND_MONTHLY_TALK,
    NEWSLETTER,
    UNANSWERED_PITCHES,
    COPIED_ON_THREADS_OF_FIFTEEN,
    CLOSE_FRIEND_SILENT_FOR_180_DAYS,
    QUARTERLY_ADVISER,
    BURST_OF_ONE_WEEK,
    DINNER_OF_TWELVE_AND_A_MAIL_EACH,
    CONNECTED_ONLY,
    REPLY_ALL_LIST,
    DAILY_COLLEAGUE,
    WEEKLY_FRIEND_SILENT_FOR_60_DAYS,
)


@cache
def tie(lines: str) -> TieMeasures:
    """The measures of ego's tie with Ben alone."""
    frames = told(lines, aside=GUESTS)
    return measured(frames, DAY).ties


def strength(lines: str) -> float:
    return float(tie(lines).strength[0])


def alive(lines: str) -> float:
    return float(tie(lines).alive[0])


def test_weekly_mail_with_monthly_talks_is_above_old_friend_and_adviser() -> None:
    strongest = strength(WEEKLY_MAIL_AND_MONTHLY_TALK)
    assert strongest > strength(CLOSE_FRIEND_SILENT_FOR_180_DAYS)
    assert strongest > strength(QUARTERLY_ADVISER)


@pytest.mark.parametrize("lines", [CLOSE_FRIEND_SILENT_FOR_180_DAYS, QUARTERLY_ADVISER])
def test_old_friend_and_adviser_are_above_a_burst_of_one_week(lines: str) -> None:
    assert strength(lines) > strength(BURST_OF_ONE_WEEK)


def test_a_burst_is_above_a_dinner_with_a_mail_each() -> None:
    assert strength(BURST_OF_ONE_WEEK) > strength(DINNER_OF_TWELVE_AND_A_MAIL_EACH)


@pytest.mark.parametrize("lines", [NEWSLETTER, UNANSWERED_PITCHES, COPIED_ON_THREADS_OF_FIFTEEN])
def test_a_dinner_is_above_whatever_goes_one_way(lines: str) -> None:
    assert strength(DINNER_OF_TWELVE_AND_A_MAIL_EACH) > strength(lines)


def test_a_daily_colleague_is_above_everyone() -> None:
    others = [strength(lines) for lines in ALL if lines not in (DAILY_COLLEAGUE, CONNECTED_ONLY)]
    assert strength(DAILY_COLLEAGUE) > max(others)


def test_a_reply_all_list_is_below_a_burst_of_one_week() -> None:
    assert strength(REPLY_ALL_LIST) < strength(BURST_OF_ONE_WEEK)


def test_a_connection_without_contact_is_none_and_not_zero() -> None:
    connected = tie(CONNECTED_ONLY)
    assert str(connected.strength.tolist()) == "[nan]"
    assert STATES[connected.state[0]] == "none"


def test_the_adviser_who_keeps_a_slow_rhythm_is_as_alive_as_the_friend_who_broke_a_fast_one() -> (
    None
):
    assert alive(QUARTERLY_ADVISER) >= alive(CLOSE_FRIEND_SILENT_FOR_180_DAYS)
    assert STATES[tie(QUARTERLY_ADVISER).state[0]] == "active"
    assert STATES[tie(CLOSE_FRIEND_SILENT_FOR_180_DAYS).state[0]] == "dormant"


def test_the_weekly_friend_who_fell_silent_keeps_strength_and_has_gone_quiet() -> None:
    assert strength(WEEKLY_FRIEND_SILENT_FOR_60_DAYS) > strength(BURST_OF_ONE_WEEK)
    assert STATES[tie(WEEKLY_FRIEND_SILENT_FOR_60_DAYS).state[0]] in ("cooling", "dormant")
    assert alive(WEEKLY_FRIEND_SILENT_FOR_60_DAYS) < alive(WEEKLY_MAIL_AND_MONTHLY_TALK)


def test_the_weekly_friend_who_fell_silent_is_told_as_gone_quiet() -> None:
    frames = told(WEEKLY_FRIEND_SILENT_FOR_60_DAYS)
    before, now = measured(frames, "2026-05-02"), measured(frames, DAY)
    assert Move.WENT_QUIET in [change.move for change in changes(before, now).changes]


def test_little_evidence_has_a_wider_interval_than_much() -> None:
    def width(lines: str) -> float:
        return float(tie(lines).strength_high[0] - tie(lines).strength_low[0])

    assert width(DINNER_OF_TWELVE_AND_A_MAIL_EACH) > width(QUARTERLY_ADVISER)
    assert width(QUARTERLY_ADVISER) > width(WEEKLY_MAIL_AND_MONTHLY_TALK)
