from datetime import date

import pytest

from roc.reports import setting, weekly, weekly_page
from roc.reports.provenance import Failing
from roc.reports.steps import Reason
from roc.scoring.change import Move
from roc.scoring.measures import Measures
from roc.scoring.parameters import ScoringParameters
from tests.reports.told import contacts, exchanges, measures, people, tie

A_FEW_ACTS = """
    2026-01-05 me -> Ana message
    2026-02-24 Ana -> me reply
    2026-02-25 Ben -> me introduction linkedin
    2026-02-20 Ana -> me message
    2026-03-01 me -> Ben, Chidi meeting calendar
"""


def built(
    now: Measures,
    before: Measures | None = None,
    lines: str = A_FEW_ACTS,
    *,
    week_starts: int = 0,
) -> weekly.WeeklyReport:
    return weekly.build(
        people(),
        contacts(lines),
        exchanges(lines),
        now,
        before,
        ScoringParameters(),
        week_starts=week_starts,
    )


def test_the_week_ends_on_the_day_of_the_numbers() -> None:
    report = built(measures("2026-03-01"))
    assert report.week_start == date(2026, 2, 23)
    assert report.basis.as_of == date(2026, 3, 1)


def test_a_first_report_has_no_moves_but_says_why() -> None:
    assert built(measures("2026-03-01")).moves is None


def test_the_week_before_has_to_lie_before() -> None:
    with pytest.raises(ValueError, match="before"):
        built(measures("2026-03-01"), measures("2026-03-01"))


def test_only_a_step_over_a_band_is_a_move() -> None:
    before = measures("2026-02-22", tie(1, strength=59), tie(2, strength=42), tie(3, strength=59.5))
    now = measures("2026-03-01", tie(1, strength=66), tie(2, strength=55), tie(3, strength=60.5))
    moves = built(now, before).moves
    assert moves is not None
    # Ben rose within his band and Chidi by one point only.
    assert [(move.who.name, move.what) for move in moves] == [("Ana", Move.BAND_UP)]
    assert (moves[0].strength_before, moves[0].strength) == (59, 66)


def test_a_tie_that_moved_in_two_ways_is_told_once_by_what_tells_most() -> None:
    before = measures("2026-02-22", tie(1, "steady", strength=81, gap_days=7))
    now = measures("2026-03-01", tie(1, "cooling", strength=70, gap_days=7, silence_days=29))
    report = built(now, before)
    assert report.moves is not None
    assert [(move.what, move.was, move.now) for move in report.moves] == [
        (Move.WENT_QUIET, "steady", "cooling")
    ]
    assert report.moved == 1


def test_a_tie_that_is_new_has_no_strength_before() -> None:
    now = measures("2026-03-01", tie(2, strength=12, given_days=1, received_days=1))
    moves = built(now, measures("2026-02-22")).moves
    assert moves is not None
    assert moves[0].what is Move.TWO_WAY
    assert str(moves[0].strength_before) == "nan"


def test_new_two_way_ties_are_compared_with_the_weeks_the_graph_remembers() -> None:
    """Ana became two-way on 20 February, Ben and Chidi in the meeting on 1 March."""
    number = next(
        number
        for number in built(measures("2026-03-01")).numbers
        if number.name == "New two-way ties"
    )
    assert (number.value, number.week_ago, number.weeks) == (2, 1, 1)


def test_numbers_without_a_past_have_no_history() -> None:
    number = built(measures("2026-03-01", two_way_ties=3)).numbers[0]
    assert (number.value, number.weeks, str(number.median)) == (3, 0, "nan")


def test_the_median_is_over_the_last_twelve_weeks() -> None:
    past = [measures("2026-01-01", two_way_ties=many).network for many in (90, 90, *range(12))]
    report = weekly.build(
        people(),
        contacts(""),
        exchanges(""),
        measures("2026-03-01", two_way_ties=3),
        None,
        ScoringParameters(),
        history=past,
    )
    assert (report.numbers[0].median, report.numbers[0].weeks) == (5.5, 12)


def test_what_is_owed_names_the_place_where_it_waits() -> None:
    now = measures(
        "2026-03-01", tie(1, owed_by_ego_days=5, strength=40), tie(2, owed_to_ego_days=3)
    )
    report = built(now)
    assert [(turn.who.name, turn.days, turn.channel) for turn in report.owed_by_you.turns] == [
        ("Ana", 5, "email")
    ]
    assert [turn.who.name for turn in report.owed_to_you.turns] == ["Ben"]


def test_what_came_today_does_not_wait_yet() -> None:
    now = measures(
        "2026-03-01", tie(1, owed_by_ego_days=0, given_days=5), tie(2, owed_to_ego_days=0)
    )
    report = built(now)
    assert (report.owed_by_you.total, report.owed_to_you.total) == (0, 0)
    assert Reason.REPLY not in {step.reason for step in report.steps}


def test_lists_are_capped_and_say_how_many_there_are() -> None:
    names = ("me", *(f"Person {number}" for number in range(30)))
    ties = [tie(number, owed_by_ego_days=number, strength=50) for number in range(1, 31)]
    report = weekly.build(
        people(*names),
        contacts(""),
        exchanges(""),
        measures("2026-03-01", *ties),
        None,
        ScoringParameters(),
    )
    assert (len(report.owed_by_you.turns), report.owed_by_you.total) == (10, 30)
    assert report.owed_by_you.turns[0].days == 30  # the longest wait among equals


def test_nobody_is_suggested_twice_and_reasons_take_turns() -> None:
    now = measures(
        "2026-03-01",
        tie(
            1, "cooling", strength=80, alive=0.5, owed_by_ego_days=4, given_days=9, received_days=9
        ),
        tie(2, strength=40, silence_days=4, lever=0.5),
        tie(3, "cooling", strength=60, alive=0.5, silence_days=40, given_days=5, received_days=5),
    )
    steps = built(now).steps
    assert [(step.who.name, step.reason) for step in steps] == [
        ("Ana", Reason.REPLY),
        ("Ben", Reason.THANK),
        ("Chidi", Reason.RECONNECT),
    ]


def test_a_tie_that_never_was_much_is_not_missed() -> None:
    quiet = {"alive": 0.1, "silence_days": 300, "given_days": 2, "received_days": 2}
    for strength, missed in ((19.9, False), (20.0, True)):
        steps = built(measures("2026-03-01", tie(1, "dormant", strength=strength, **quiet))).steps
        assert (Reason.RECONNECT in {step.reason for step in steps}) is missed


def test_thanks_given_are_not_asked_for_again() -> None:
    lines = A_FEW_ACTS + "\n2026-02-26 me -> Ben thanks"
    steps = built(measures("2026-03-01", tie(2, strength=40)), lines=lines).steps
    assert Reason.THANK not in {step.reason for step in steps}


def test_nobody_is_suggested_for_contact_right_after_contact() -> None:
    now = measures("2026-03-01", tie(1, strength=40, silence_days=1, lever=0.9))
    assert built(now).steps == ()


def test_a_letter_from_a_stranger_is_no_debt() -> None:
    now = measures("2026-03-01", tie(1, owed_by_ego_days=2, given_days=0, received_days=1))
    assert built(now).steps == ()


def test_who_trusts_you_comes_with_the_acts_behind_it() -> None:
    now = measures(
        "2026-03-01",
        tie(1, known=2.0, trust=0.5, known_and_trusted=1.5, received_days=2),
        tie(2, known=1.0, trust=0.0, known_and_trusted=0.5, received_days=2),
        known_and_trusted=2.0,
        known=3.0,
    )
    ana, ben = built(now).trusters
    assert (ana.who.name, ana.share) == ("Ana", 0.75)
    assert ben.signals == {"introduction": 1}


def test_the_points_of_the_ties_add_up_to_the_score() -> None:
    """Two days of effort return 0.5 and two return 0.1: 100 · (2·0.5 + 2·0.1) / 4 = 30."""
    now = measures(
        "2026-03-01",
        tie(1, invested=2, returned=0.5),
        tie(2, invested=2, returned=0.1),
        roc_score=30.0,
    )
    returns = built(now).returns
    assert sum(part.points for part in returns.parts) == pytest.approx(returns.score)


def test_acts_after_the_day_do_not_count() -> None:
    report = built(measures("2026-02-20"))
    assert report.basis.acts == 2
    assert [span.source for span in report.basis.sources] == ["email"]


def test_a_meeting_is_one_act_between_each_two() -> None:
    report = built(measures("2026-03-01"), lines="2026-03-01 me -> Ben, Chidi meeting calendar")
    # me and Ben, me and Chidi, Ben and Chidi
    assert report.basis.acts == 3
    assert [sum(row) for row in report.rhythm.acts] == [2]


@pytest.mark.parametrize(
    ("week_starts", "weeks", "acts"),
    [
        (0, [date(2026, 2, 23), date(2026, 3, 2)], [1, 1]),
        (6, [date(2026, 2, 22), date(2026, 3, 1)], [0, 2]),  # 1 March is a Sunday
    ],
)
def test_weeks_of_the_calendar_start_when_the_owner_says(
    week_starts: int, weeks: list[date], acts: list[int]
) -> None:
    lines = "2026-03-01 me -> Ben message\n2026-03-02 Ben -> me reply"
    rhythm = built(measures("2026-03-04"), lines=lines, week_starts=week_starts).rhythm
    assert list(rhythm.weeks[-2:]) == weeks
    assert [sum(week) for week in zip(*rhythm.acts, strict=True)][-2:] == acts


@pytest.mark.parametrize(("day", "told"), [("2026-03-01", True), ("2026-03-08", False)])
def test_who_is_around_is_told_in_the_week_in_which_a_month_begins(day: str, told: bool) -> None:
    report = built(measures(day))
    assert (report.neighbourhood is not None) is told


def test_doubts_name_what_to_bear_in_mind() -> None:
    lines = "2026-01-01 Ana -> me message x\n2026-02-28 me -> Ben message"
    report = weekly.build(
        people("me", "Ana", "Ben", "Ben", "News", aside=("News",)),
        contacts(lines, ("me", "Ana", "Ben")),
        exchanges(lines, ("me", "Ana", "Ben")),
        measures(
            "2026-03-01", tie(1, strength=20, strength_low=2, strength_high=60), tie(2, "none")
        ),
        None,
        ScoringParameters(),
        problems=4,
        undated=2,
    )
    assert {doubt.code: doubt.count for doubt in report.doubts} == {
        "one_way_source": 2,
        "stale_source": 1,
        "same_name": 2,
        "thin_evidence": 1,
        "only_declared": 1,
        "set_aside": 1,
        "undated": 2,
        "problems": 4,
    }


def test_a_source_that_could_not_be_asked_is_named_at_the_head_and_among_the_doubts() -> None:
    report = weekly.build(
        people("me", "Ana"),
        contacts("2026-02-28 me -> Ana message"),
        exchanges("2026-02-28 me -> Ana message"),
        measures("2026-03-01", tie(1)),
        None,
        ScoringParameters(),
        failing=[Failing("x", date(2026, 2, 22), "X refuses the token (401).", "make a new one.")],
    )
    page = setting.as_markdown(weekly_page.page(report))
    assert "X could not be asked: see Doubts." in page.partition("##")[0]
    assert (
        "X could not be asked since 22 February 2026: X refuses the token (401). "
        "What to do: make a new one."
    ) in page.partition("## Doubts")[2]
    assert report.basis.failing[0].since == date(2026, 2, 22)


def test_without_an_ego_there_is_a_report_that_says_so() -> None:
    report = weekly.build(
        people(ego=-1),
        contacts(A_FEW_ACTS),
        exchanges(""),
        measures("2026-03-01"),
        None,
        ScoringParameters(),
    )
    assert report.doubts[0].code == "no_ego"
    assert report.trusters == ()
