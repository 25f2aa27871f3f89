"""What happens in the invented network: every tie goes the way its character says."""

from datetime import date

import pytest

from roc.demo.acts import Letter
from roc.demo.cast import CAST, ME
from roc.demo.groups import members
from roc.demo.life import Life
from roc.demo.ties import CHARACTERS
from roc.demo.world import World, world

DAY = date(2026, 3, 8)


@pytest.fixture(scope="module")
def told() -> World:
    return world(DAY, seed=7)


def letters(told: World, key: str) -> list[Letter]:
    """What passed between the owner and one person alone."""
    pair = {ME, key}
    return [letter for letter in told.letters if {letter.sender, *letter.recipients} == pair]


def silence_days(told: World, key: str) -> int:
    return (DAY - max(letter.at.date() for letter in letters(told, key))).days


def test_about_sixty_people_are_in_it() -> None:
    assert 55 <= len(CAST) <= 65
    assert len({person.address for person in CAST.values()}) == len(CAST)
    assert len({person.name for person in CAST.values()}) == len(CAST)


def test_everybody_behaves_in_a_way_that_somebody_wrote_down() -> None:
    groups = {"alumni", "guest", "team"}
    assert {person.character for person in CAST.values()} == groups | set(CHARACTERS)


def test_nobody_answers_the_owners_pitches_and_the_owner_answers_none(told: World) -> None:
    for key in members("pitched"):
        assert {letter.sender for letter in letters(told, key)} == {ME}
    for key in members("pitcher"):
        assert {letter.sender for letter in letters(told, key)} == {key}


def test_friends_write_both_ways_until_now(told: World) -> None:
    for key in members("friend"):
        senders = [letter.sender for letter in letters(told, key)]
        assert 0.35 < senders.count(ME) / len(senders) < 0.65
        assert silence_days(told, key) < 21


def test_a_fading_friend_fell_silent_and_the_owners_letter_waits(told: World) -> None:
    for key in members("fading"):
        last = letters(told, key)[-1]
        assert last.sender == ME
        assert 55 <= silence_days(told, key) <= 62
        theirs = [letter for letter in letters(told, key) if letter.sender == key]
        assert (DAY - theirs[-1].at.date()).days > 65


def test_old_friends_are_silent_for_half_a_year(told: World) -> None:
    assert all(silence_days(told, key) > 180 for key in members("dormant"))


def test_a_burst_is_a_week_of_about_thirty_letters(told: World) -> None:
    for key in members("burst"):
        written = letters(told, key)
        assert 25 <= len(written) <= 32
        assert (written[-1].at - written[0].at).days <= 9


def test_connections_exist_with_whom_nothing_passed(told: World) -> None:
    connected = {tie.other for tie in told.connected}
    for key in members("connected"):
        assert key in connected
        assert not letters(told, key)


def test_a_life_is_the_same_whoever_else_is_there(told: World) -> None:
    alone = CHARACTERS["friend"](Life(CAST["ben-okafor"], DAY, seed=7))
    written = [act for act in alone if isinstance(act, Letter) and act.at.date() <= DAY]
    assert sorted(written, key=lambda letter: letter.at) == letters(told, "ben-okafor")
