"""Silence where nobody could be heard is not one-sidedness."""

import numpy as np

from roc.graph.records import Kind
from tests.telling import measured, told

ONE_WAY = frozenset({("journal", Kind.REPLY), ("journal", Kind.REACTION)})
DAY = "2026-03-08"


def test_a_tie_known_from_one_way_acts_alone_has_no_balance_and_no_part_in_the_return() -> None:
    frames = told(
        """
        2026-03-01 me -> ana reply
        2026-03-02 me -> ben message
        2026-03-03 ben -> me message
        """
    )
    plain, heard = measured(frames, DAY), measured(frames, DAY, one_way=ONE_WAY)
    ana, ben = 0, 1
    assert heard.ties.one_way.tolist() == [True, False]
    assert (plain.ties.balance[ana], np.isnan(heard.ties.balance[ana])) == (0.0, True)
    assert np.isnan(heard.ties.give_get[ana])
    assert heard.ties.invested[ana] == 0.0
    assert heard.ties.strength[ana] == plain.ties.strength[ana]
    assert heard.ties.balance[ben] == plain.ties.balance[ben]
    assert heard.network.roc_score > plain.network.roc_score
    assert (plain.network.weighted_reciprocity, heard.network.weighted_reciprocity) == (2 / 3, 1.0)


def test_nobody_owes_an_answer_that_could_not_be_heard() -> None:
    frames = told(
        """
        2026-03-01 at 09:00 me -> ana reply
        """
    )
    assert measured(frames, DAY).ties.owed_to_ego_days.tolist() == [7.0]
    assert np.isnan(measured(frames, DAY, one_way=ONE_WAY).ties.owed_to_ego_days).all()


def test_from_the_first_act_of_somebody_else_on_the_kind_is_heard() -> None:
    frames = told(
        """
        2026-02-01 me -> ana reply
        2026-03-01 ben -> me reply
        2026-03-02 me -> chidi reply
        2026-03-02 me -> dara reaction
        """
    )
    heard = measured(frames, DAY, one_way=ONE_WAY)
    assert heard.ties.one_way.tolist() == [True, False, False, True]
    assert heard.heard_one_way == ("journal",)


def test_what_comes_after_the_day_is_not_heard() -> None:
    before = "2026-03-01 me -> ana reply"
    after = f"{before}\n2026-03-09 ana -> me reply"
    for lines in (before, after):
        assert measured(told(lines), DAY, one_way=ONE_WAY).ties.one_way.tolist() == [True]
