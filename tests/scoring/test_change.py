"""What moved between two moments."""

from dataclasses import replace

import pytest

from roc.scoring.change import Change, Changes, Move, changes
from roc.scoring.measures import Measures
from tests.telling import measured, told


def between(lines: str, since: str, day: str) -> Changes:
    frames = told(lines)
    return changes(measured(frames, since), measured(frames, day))


def moves(lines: str, since: str, day: str) -> list[tuple[str, str, str]]:
    frames = told(lines)
    return [
        (frames.people.names[change.alter], str(change.move), f"{change.was} > {change.now}")
        for change in between(lines, since, day).changes
    ]


def test_a_first_letter_is_a_new_tie_and_a_first_answer_a_two_way_one() -> None:
    lines = "2026-01-02 me -> ben message\n2026-01-09 ben -> me message"
    assert moves(lines, "2026-01-01", "2026-01-05") == [("ben", "new", "none > faint")]
    assert moves(lines, "2026-01-05", "2026-01-10") == [("ben", "two_way", "active > active")]
    assert moves(lines, "2026-01-01", "2026-01-10") == [("ben", "two_way", "none > active")]


def test_a_weekly_tie_goes_quiet_after_four_gaps_and_again_after_eight() -> None:
    lines = "2026-01-28 me -> ben message every 7 for 20"
    assert moves(lines, "2026-02-04", "2026-02-11") == []
    quiet = [move for move in moves(lines, "2026-02-11", "2026-03-10") if "quiet" in move[1]]
    assert quiet == [("ben", "went_quiet", "active > cooling")]
    quiet = [move for move in moves(lines, "2026-03-10", "2026-04-10") if "quiet" in move[1]]
    assert quiet == [("ben", "went_quiet", "cooling > dormant")]


def test_an_alter_who_reaches_ego_after_a_long_silence_has_returned() -> None:
    lines = """
        2025-06-01 me -> ben message every 7 for 20
        2025-06-01 ben -> me message every 7 for 20
        2026-01-05 ben -> me message
    """
    assert ("ben", "returned", "dormant > active") in moves(lines, "2026-01-01", "2026-01-08")


def test_ego_writing_into_the_silence_is_no_return() -> None:
    lines = """
        2025-06-01 me -> ben message every 7 for 20
        2025-06-01 ben -> me message every 7 for 20
        2026-01-05 me -> ben message
    """
    assert "returned" not in [move[1] for move in moves(lines, "2026-01-01", "2026-01-08")]


def test_strength_has_to_cross_an_edge_by_more_than_jitter() -> None:
    lines = """
        2026-02-25 me -> ben message every 7 for 12
        2026-02-25 ben -> me message every 7 for 12
    """
    frames = told(lines)
    found = measured(frames, "2026-03-01")

    def at(points: float) -> Measures:
        return replace(found, ties=replace(found.ties, strength=found.ties.strength * 0 + points))

    ben = frames.number["ben"]
    assert changes(at(39.5), at(40.5)).changes == ()
    assert changes(at(39.0), at(41.0)).changes == (Change(ben, Move.BAND_UP, "light", "firm"),)
    assert changes(at(41.0), at(39.0)).changes == (Change(ben, Move.BAND_DOWN, "firm", "light"),)
    assert changes(at(45.0), at(59.0)).changes == ()


def test_stronger_ties_come_first_and_kinds_of_moves_in_their_order() -> None:
    lines = """
        2026-01-08 me -> ana message every 1 for 5
        2026-01-08 me -> ben message
        2026-01-08 me -> chidi message
        2026-01-08 chidi -> me message
    """
    assert [move[:2] for move in moves(lines, "2026-01-01", "2026-01-08")] == [
        ("chidi", "two_way"),
        ("ana", "new"),
        ("ben", "new"),
    ]


def test_nothing_moves_between_a_moment_and_itself() -> None:
    assert between("2026-01-08 me -> ana message", "2026-01-08", "2026-01-08").changes == ()


def test_measures_of_others_or_in_the_wrong_order_are_refused() -> None:
    found = measured(told("2026-01-08 me -> ana message"), "2026-01-08")
    with pytest.raises(ValueError, match="different people"):
        changes(replace(found, ego=0), found)
    with pytest.raises(ValueError, match="earlier"):
        changes(found, replace(found, day=found.day - 1))
