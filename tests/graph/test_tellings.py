"""One act told more than once, by readings that need not agree: the law's clauses one by one.

Each is told in the journal's notation, and so is what the tellings come to together.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Precision,
    Record,
)
from roc.graph.store import Graph
from tests.conftest import records
from tests.graph.facts import Facts, facts_of
from tests.graph.worlds import (
    LAST_DAY,
    assert_same,
    assert_same_measures,
    bounded,
    holding,
    interactions,
    state,
)
from tests.stores import STORES

BEN, CHIDI, ZENOBIA = (Account("journal", name) for name in ("ben", "chidi", "zenobia"))
CAST: list[Record] = [AccountSeen(account) for account in (BEN, CHIDI, ZENOBIA)]


def telling(line: str, **changed: Any) -> Interaction:
    """What a line says of the one act that all of a test's lines tell of."""
    *_, act = records(line)
    assert isinstance(act, Interaction)
    return replace(act, external_id="1", **changed)


def edition(revision: int, act: Interaction, **changed: Any) -> Interaction:
    """What an act is in a later edition."""
    changed["revision"] = revision
    return replace(act, **changed)


def kept(*tellings: Interaction) -> Facts:
    """What a graph says after them, which is the same in any order, at once or one by one."""
    at_once = said_after(tellings)
    for order in permutations(tellings):
        assert said_after(*([each] for each in order * 2)) == at_once
    assert sum(at_once.acts.values()) <= 1
    return at_once


def said_after(*pieces: Sequence[Record]) -> Facts:
    """What a graph says once it has read some pieces."""
    with holding(CAST, *pieces) as graph:
        assert graph.contacts_agree()
        return facts_of(graph, LAST_DAY)


def as_one(tellings: Sequence[str | Interaction], one: str, **changed: Any) -> bool:
    """Whether tellings come to what one alone says."""
    several = [telling(each) if isinstance(each, str) else each for each in tellings]
    expected = said_after([telling(one, **changed)])
    assert expected.contacts != []
    assert kept(*several) == expected
    return True


def test_the_moment_that_is_known_best_holds() -> None:
    day, local = "2026-01-05 me -> ben message", "2026-01-04 09:30 me -> ben message"
    assert as_one([day, local], local)
    unknown = telling(day, at=None, precision=Precision.UNKNOWN)
    assert as_one([unknown, day], day)
    assert as_one([unknown, local, day], local)


def test_of_moments_known_alike_the_earliest_holds() -> None:
    first, later = "2026-01-04 09:30 me -> ben message", "2026-01-05 09:00 me -> ben message"
    assert as_one([first, later], first)


def test_of_kinds_at_one_moment_the_one_that_stands_first_holds() -> None:
    message, reply = "2026-01-05 09:30 me -> ben message", "2026-01-05 09:30 me -> ben reply"
    assert as_one([message, reply], message)


def test_the_kind_goes_with_the_moment_that_is_known_best() -> None:
    day, local = "2026-01-05 me -> ben message", "2026-01-05 09:30 me -> ben reply"
    assert as_one([day, local], local)


def test_a_blind_copy_that_only_the_senders_own_copy_tells_of_is_kept() -> None:
    received = telling("2026-01-05 09:30 me -> ben message")
    sent = replace(received, copied=(CHIDI,))
    assert as_one([received, sent], "2026-01-05 09:30 me -> ben, chidi message")


def test_everyone_present_in_any_calendar_is_present() -> None:
    mine, bens = "2026-01-05 19:30 me -> ben dinner", "2026-01-05 19:30 ben -> chidi dinner"
    assert as_one([mine, bens], "2026-01-05 19:30 me -> ben, chidi dinner")


def test_the_largest_audience_holds_and_it_is_never_less_than_those_listed() -> None:
    few = telling("2026-01-05 09:30 me -> ben message", audience=5)
    many = telling("2026-01-05 09:30 me -> chidi message", audience=40)
    assert as_one([few, many], "2026-01-05 09:30 me -> ben, chidi message", audience=40)
    alone = ["2026-01-05 09:30 me -> ben message", "2026-01-05 09:30 me -> chidi message"]
    assert as_one(alone, "2026-01-05 09:30 me -> ben, chidi message", audience=2)


def test_tags_are_united_and_a_cost_told_twice_is_spent_once() -> None:
    lines = ["2026-01-05 me -> ben dinner #q1 cost 90", "2026-01-05 me -> ben dinner #team cost 80"]
    assert as_one(lines, "2026-01-05 me -> ben dinner #q1 #team cost 90")


def test_a_cost_and_a_tag_told_later_are_kept() -> None:
    lines = ["2026-01-05 me -> ben dinner", "2026-01-05 me -> ben dinner #q1 cost 90"]
    assert as_one(lines, lines[1])


def test_a_conversation_told_later_is_kept_and_of_two_one_holds() -> None:
    line = "2026-01-05 09:30 me -> ben message"
    one, other = telling(line, thread="t1"), telling(line, thread="t2")
    assert as_one([line, one], line, thread="t1")
    ((in_a_thread, _),) = kept(one, other).conversations
    assert in_a_thread


def test_a_meeting_that_was_moved_is_not_where_it_was() -> None:
    before = telling("2026-01-05 19:30 me -> ben, chidi dinner #q1")
    after = telling("2026-01-09 me -> ben dinner", revision=1)
    again = telling("2026-01-09 me -> ben dinner #q2", revision=2)
    assert as_one([before, after], "2026-01-09 me -> ben dinner #q1")
    assert as_one([before, after, again], "2026-01-09 me -> ben dinner #q1 #q2")


def test_a_meeting_that_was_called_off_does_not_come_back_with_an_older_export() -> None:
    before = telling("2026-01-05 19:30 me -> ben dinner #q1 cost 90")
    called_off = edition(1, before, recipients=(), tags=(), cost=None)
    nothing = kept(called_off)
    assert not any(row[4] for row in nothing.people)
    assert (nothing.contacts, nothing.expenses) == ([], [])
    assert kept(before, called_off) == nothing


def test_a_meeting_that_was_called_off_and_then_held_was_held() -> None:
    before = telling("2026-01-05 19:30 me -> ben dinner")
    called_off = edition(1, before, recipients=())
    held = telling("2026-01-06 19:30 me -> ben dinner", revision=2)
    assert as_one([before, called_off, held], "2026-01-06 19:30 me -> ben dinner")


@pytest.mark.parametrize(
    ("lines", "one"),
    [
        (
            ["2026-01-05 ben -> me message", "2026-01-07 09:30 me -> ben message"],
            "2026-01-05 ben -> me message",
        ),
        (
            ["2026-01-05 me -> chidi dinner", "2026-01-07 09:30 ben -> chidi message"],
            "2026-01-05 me -> chidi dinner",
        ),
        (
            [
                "2026-01-05 chidi -> me call",
                "2026-01-06 ben -> chidi call",
                "2026-01-07 ben -> me message",
            ],
            "2026-01-05 chidi -> me, ben call",
        ),
    ],
    ids=["the smallest sender", "a meeting", "two calls"],
)
def test_tellings_that_disagree_on_who_acted_are_not_mixed(lines: list[str], one: str) -> None:
    assert as_one(lines, one)


def test_of_a_withdrawal_and_an_act_of_the_same_edition_the_act_holds() -> None:
    held = edition(1, telling("2026-01-05 19:30 me -> ben dinner"))
    assert as_one([edition(1, held, recipients=()), held], "2026-01-05 19:30 me -> ben dinner")


def test_what_reaches_nobody_tells_nothing_beside_what_does() -> None:
    """Whether both stand in one batch or in two."""
    act = telling("2026-01-05 me -> ben message")
    note = replace(act, recipients=(ME,), tags=("q1",), cost=90.0)
    assert as_one([act, note], "2026-01-05 me -> ben message")


@st.composite
def disputed(draw: st.DrawFn) -> list[Interaction]:
    """Up to four tellings of one act that have nothing in common but its id."""
    revisions = st.sampled_from([0, 0, 0, 1])
    name = draw(st.uuids().map(str))
    return [
        edition(draw(revisions), draw(interactions()), source="x", scope="", external_id=name)
        for _ in range(draw(st.integers(1, 4)))
    ]


@pytest.mark.parametrize("store", STORES)
@bounded
@given(
    acts=st.lists(disputed(), min_size=5, max_size=10),
    order=st.randoms(use_true_random=False),
    cut=st.integers(0, 40),
)
def test_tellings_that_agree_on_nothing_come_to_the_same_in_any_order(
    store: str, acts: list[list[Interaction]], order: Random, cut: int
) -> None:
    told = [each for tellings in acts for each in tellings]
    again = told * 2
    order.shuffle(again)
    pieces = (again[:cut], again[cut:], told[::2])
    with holding(told) as graph, holding(*pieces, store=store) as other:
        at_once, by_and_by = state(graph), state(other)
    assert_same(at_once, by_and_by)
    assert_same_measures(at_once, by_and_by)


def test_an_act_of_another_scope_or_source_is_another_act(graph: Graph) -> None:
    act = telling("2026-01-05 me -> ben message")
    tally = graph.add(
        [act, act, replace(act, scope="a"), replace(act, source="x")], source="x", export="a"
    )
    assert (tally.new, tally.known) == (3, 1)


def test_what_is_told_of_people_and_ties_is_the_same_in_any_order() -> None:
    told: list[Record] = [
        AccountSeen(BEN, "Ben"),
        AccountSeen(BEN, "Ben Okafor", organisation="Acme"),
        AccountSeen(BEN, organisation="Example Works", same_as=(Account("x", "ben"),)),
        DeclaredTie("journal", DeclaredKind.CONNECTED, ME, BEN, date(2024, 3, 6)),
        DeclaredTie("journal", DeclaredKind.CONNECTED, ME, BEN, date(2024, 3, 5)),
        DeclaredTie("journal", DeclaredKind.CONNECTED, ME, BEN),
    ]
    with holding(told) as graph:
        first = facts_of(graph, LAST_DAY)
    assert first.people[0][1:3] == ("Ben Okafor", "Example Works")
    assert first.declared == [("me:me", "journal:ben", False, 19_787, "journal")]
    for order in (told[::-1], told[3:] + told[:3], [told[n] for n in (4, 2, 0, 5, 1, 3)]):
        with holding(order) as graph, holding(*([each] for each in order * 2)) as other:
            assert facts_of(graph, LAST_DAY) == first == facts_of(other, LAST_DAY)


def test_whoever_was_forgotten_is_in_no_telling(graph: Graph) -> None:
    first = telling("2026-01-05 me -> ben, zenobia dinner", audience=9)
    graph.add([*CAST, first], source="journal", export="a")
    graph.forget("zenobia")
    better = telling("2026-01-05 19:30 zenobia -> me, zenobia, chidi dinner")
    graph.add([better], source="journal", export="b")
    with holding(CAST, [telling("2026-01-05 19:30 me -> ben, chidi dinner", audience=9)]) as other:
        other.forget("zenobia")
        assert facts_of(graph, LAST_DAY) == facts_of(other, LAST_DAY)
    assert graph.contacts_agree()


def test_what_a_forgotten_organiser_called_off_stays_called_off(graph: Graph) -> None:
    meeting = telling("2026-01-05 19:30 zenobia -> me, ben dinner")
    called_off = edition(1, meeting, recipients=())
    graph.add([*CAST, meeting, called_off], source="journal", export="a")
    graph.forget("zenobia")
    graph.add([meeting, called_off, meeting], source="journal", export="b")
    assert facts_of(graph, LAST_DAY).contacts == []
