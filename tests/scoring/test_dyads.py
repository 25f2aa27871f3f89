"""What passed in each dyad."""

from dataclasses import fields, replace

import numpy as np
import pytest

from roc.graph.frames import Contacts
from roc.scoring import dyads
from roc.scoring.dyads import Ties, only, pair_days, ties
from roc.scoring.ego import ego_ties
from roc.scoring.parameters import ScoringParameters
from tests.telling import Told, day_of, everyone, told

MIXED = """
    2026-01-01 me -> ben message every 7 for 9
    2026-01-03 ben -> me reply every 11 for 5
    2026-01-05 me -> ben, ana meeting
    2026-01-02 ana -> chidi, ben, me message audience 12
    2026-01-05 ana -> chidi comment
    2026-01-05 ana -> chidi reaction
"""


def as_of(frames: Told, day: str, **tuned: object) -> Ties:
    parameters = replace(ScoringParameters(), **tuned)  # type: ignore[arg-type]
    return ties(frames.contacts, frames.people, day_of(day), parameters)


def same(one: Ties, other: Ties) -> bool:
    return all(
        np.array_equal(getattr(one, column.name), getattr(other, column.name))
        for column in fields(Ties)
    )


def test_an_act_one_half_life_ago_counts_half() -> None:
    """2026-01-01 me -> ben message"""
    frames = told("2026-01-01 me -> ben message")
    assert as_of(frames, "2026-01-31", half_lives_days=(30.0,)).sums.sum() == 0.5
    assert as_of(frames, "2026-01-01", half_lives_days=(30.0,)).sums.sum() == 1.0


def test_many_acts_on_a_day_count_as_the_weightiest_of_them() -> None:
    frames = told("""
        2026-01-01 ana -> ben reaction
        2026-01-01 ana -> ben message
        2026-01-01 ana -> ben comment
    """)
    assert as_of(frames, "2026-01-01").sums[0, 0].tolist() == [1.0] * 4


def test_a_group_act_is_divided_by_its_audience() -> None:
    frames = told("2026-01-01 ana -> ben message audience 8")
    assert as_of(frames, "2026-01-01").sums[0, 0, 0] == 0.125
    assert as_of(frames, "2026-01-01", audience_exponent=0.5).sums[0, 0, 0] == pytest.approx(
        1 / np.sqrt(8)
    )
    assert as_of(frames, "2026-01-01", audience_exponent=0.0).sums[0, 0, 0] == 1.0


def test_the_two_directions_are_kept_apart_and_days_are_counted() -> None:
    frames = told("""
        2026-01-01 ben -> ana message
        2026-01-04 ben -> ana message every 1 for 2
        2026-01-03 ana -> ben message
    """)
    found = as_of(frames, "2026-01-10")
    assert found.days.tolist() == [[1, 3]]
    assert found.last_days.tolist() == [[day_of("2026-01-03"), day_of("2026-01-04")]]
    assert (found.first_day[0], found.last_day[0]) == (day_of("2026-01-01"), day_of("2026-01-04"))
    assert found.contact_days.tolist() == [3]  # the third of January was a day both ways


def test_squares_are_those_of_the_faded_weights() -> None:
    frames = told("2026-01-03 ana -> ben call\n2026-01-01 ana -> ben message")
    found = as_of(frames, "2026-01-03", half_lives_days=(2.0,))
    assert found.sums[0, 0, 0] == 3.5
    assert found.squares[0, 0, 0] == 9.25


def test_a_meeting_next_week_is_no_contact_yet() -> None:
    frames = told("2026-01-09 me -> ben meeting\n2026-01-01 me -> ana meeting")
    assert as_of(frames, "2026-01-02").high.tolist() == [frames.number["me"]]
    assert len(as_of(frames, "2025-12-31")) == 0


def test_people_set_aside_are_left_out() -> None:
    frames = told(MIXED, aside=("ana",))
    ana = frames.number["ana"]
    found = as_of(frames, "2026-01-31")
    assert len(found) == 1
    assert ana not in found.low.tolist() + found.high.tolist()


def test_a_kind_that_counts_nothing_is_no_contact() -> None:
    frames = told("2026-01-01 ana -> ben reaction")
    assert len(as_of(frames, "2026-01-01", kind_weights={})) == 0


def test_the_order_of_rows_and_repeated_rows_change_nothing() -> None:
    frames = told(MIXED)
    expected = as_of(frames, "2026-01-31")
    rows = len(frames.contacts)
    shuffled = np.random.default_rng(7).permutation(np.repeat(np.arange(rows), 2))
    moved = _taken(frames.contacts, shuffled)
    assert same(expected, ties(moved, frames.people, day_of("2026-01-31"), ScoringParameters()))


def test_other_numbers_for_the_same_people_give_the_same_ties() -> None:
    frames = told(MIXED)
    last = len(frames.people) - 1
    turned = replace(
        frames.contacts,
        sender=last - frames.contacts.sender,
        recipient=last - frames.contacts.recipient,
    )
    one = as_of(frames, "2026-01-31")
    other = ties(turned, frames.people, day_of("2026-01-31"), ScoringParameters())
    back = {
        (last - high, last - low): row
        for row, (low, high) in enumerate(zip(other.low.tolist(), other.high.tolist(), strict=True))
    }
    for row, pair in enumerate(zip(one.low.tolist(), one.high.tolist(), strict=True)):
        assert np.array_equal(one.sums[row], other.sums[back[pair], ::-1])


def test_keys_too_long_for_a_sort_give_the_same_ties(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = told(MIXED)
    expected = as_of(frames, "2026-01-31")
    monkeypatch.setattr(dyads, "_KEY_BITS", 1)
    assert same(expected, as_of(frames, "2026-01-31"))


def test_days_of_every_pair_are_those_of_the_ties() -> None:
    frames = told(MIXED)
    found = as_of(frames, "2026-01-31")
    pairs = pair_days(frames.contacts, frames.people, found.day, ScoringParameters())
    assert np.array_equal(np.stack([pairs.there, pairs.back], axis=1), found.days)
    assert (pairs.low.tolist(), pairs.high.tolist()) == (found.low.tolist(), found.high.tolist())


def test_ego_sees_the_same_tie_from_its_own_side() -> None:
    frames = told(MIXED)
    found = as_of(frames, "2026-01-31")
    me, ben = frames.number["me"], frames.number["ben"]
    mine, his = ego_ties(found, me), ego_ties(found, ben)
    there, back = mine.alter.tolist().index(ben), his.alter.tolist().index(me)
    assert np.array_equal(mine.given[there], his.received[back])
    assert mine.given_days[there] == his.received_days[back] == 10
    assert mine.last_received_day[there] == day_of("2026-01-05")


def test_an_empty_graph_has_no_ties_and_nobody_has_none() -> None:
    frames = told("")
    found = as_of(frames, "2026-01-01")
    assert len(found) == 0
    assert len(ego_ties(found, -1)) == 0


def test_contacts_that_fit_nobody_or_reach_nobody_are_refused() -> None:
    frames = told("2026-01-01 ana -> ben message")
    with pytest.raises(ValueError, match="among the people"):
        ties(frames.contacts, everyone(("ana",)), 0, ScoringParameters())
    nobody = replace(frames.contacts, audience=np.zeros(1, dtype=np.int64))
    with pytest.raises(ValueError, match="at least one person"):
        ties(nobody, frames.people, 0, ScoringParameters())


def _taken(contacts: Contacts, order: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Contacts:
    columns = {
        column.name: getattr(contacts, column.name)[order]
        for column in fields(Contacts)
        if column.name != "sources"
    }
    return Contacts(**columns, sources=contacts.sources)


def test_some_rows_are_kept_in_their_order() -> None:
    contacts = told(MIXED).contacts
    assert only(contacts, contacts.day > contacts.day[0]).day.min() > contacts.day[0]
