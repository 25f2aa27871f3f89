"""Gatherings on the way out: who came, what it cost, and that one evening is told once."""

import math
from datetime import UTC, datetime

import pytest

from roc.collectors.journal import parse_line
from roc.graph.frames import Gatherings
from roc.graph.records import Account, Interaction, Kind, Precision, Record
from roc.graph.store import Graph
from roc.reports.text import day


def kept(graph: Graph, lines: str, *more: Record) -> Gatherings:
    told = [one for line in lines.splitlines() for one in parse_line(line, "journal")]
    graph.add([*told, *more], source="journal", export="journal.txt")
    with graph.read() as reader:
        return reader.gatherings()


def event(when: str, *addresses: str) -> Interaction:
    """What a calendar tells of the same evening."""
    return Interaction(
        source="calendar",
        external_id=f"event-{when}",
        kind=Kind.MEETING,
        at=datetime.fromisoformat(when).replace(tzinfo=UTC),
        sender=Account("me", "me"),
        recipients=tuple(Account("email", address) for address in addresses),
        precision=Precision.INSTANT,
        tags=("gala",),
    )


def people(graph: Graph, found: Gatherings, row: int) -> list[str]:
    with graph.read() as reader:
        keys = reader.people.keys
    return sorted(keys[one] for one in found.person[found.gathering == row])


def test_a_dinner_has_a_format_a_cost_and_guests(graph: Graph) -> None:
    found = kept(graph, "2026-03-05 me -> ana, ben dinner #q1 cost 420 EUR")
    assert (found.format, found.tags) == (("dinner",), (("q1",),))
    assert (found.amount.tolist(), found.currency) == ([420.0], ("EUR",))
    assert day(found.day[0]).isoformat() == "2026-03-05"
    assert people(graph, found, 0) == ["journal:ana", "journal:ben", "me:me"]


def test_a_meeting_without_format_or_cost_is_work(graph: Graph) -> None:
    assert len(kept(graph, "2026-03-05 me -> ana, ben meeting\n2026-03-06 me -> ana mail")) == 0


def test_a_gift_that_is_sent_is_no_gathering(graph: Graph) -> None:
    assert len(kept(graph, "2026-03-05 me -> ana, ben message cost 40")) == 0


def test_what_lies_ahead_is_told_too(graph: Graph) -> None:
    assert kept(graph, "2126-03-05 me -> ana, ben dinner").format == ("dinner",)


def test_nobody_bears_the_tag_of_a_dinner(graph: Graph) -> None:
    kept(graph, "2026-03-05 me -> ana, ben dinner #q1")
    with graph.read() as reader:
        assert reader.people.tags == (("q1",), ("q1",), ("q1",))


def test_one_evening_that_two_sources_tell_is_one(graph: Graph) -> None:
    lines = "2026-03-05 me -> a@example.org, b@example.org dinner cost 420 EUR"
    found = kept(graph, lines, event("2026-03-05T19:00", "a@example.org", "c@example.org"))
    assert len(found) == 1
    assert people(graph, found, 0) == [
        *("email:a@example.org", "email:b@example.org", "email:c@example.org", "me:me")
    ]
    assert found.amount.tolist() == [420.0]


def test_two_evenings_of_one_day_are_two(graph: Graph) -> None:
    found = kept(graph, "2026-03-05 ana -> ben, chidi lunch\n2026-03-05 me -> dara, elif dinner")
    assert sorted(found.format) == ["dinner", "lunch"]


def test_a_cost_in_two_currencies_is_no_sum(graph: Graph) -> None:
    dinner = "2026-03-05 me -> ana, ben dinner cost 420 EUR"
    drinks = "2026-03-05 me -> ana, ben drinks cost 30 USD"
    (amount,) = kept(graph, f"{dinner}\n{drinks}").amount
    assert math.isnan(amount)


def test_guests_who_turn_out_to_be_one_person_came_once(graph: Graph) -> None:
    kept(graph, "2026-03-05 me -> ana, ana@example.org, ben dinner")
    graph.merge("journal:ana", "email:ana@example.org")
    with graph.read() as reader:
        assert len(reader.gatherings().person) == 3


def test_who_was_asked_and_did_not_come_is_told_by_an_invitation(graph: Graph) -> None:
    lines = """
        2026-02-20 me -> ana, ben, chidi, dara invitation #q1
        2025-02-20 me -> elif invitation #q1
        2026-02-20 me -> femi invitation #q2
        2026-03-05 me -> ana, ben dinner #q1
        2026-03-06 me -> ana, ben lunch
    """
    assert kept(graph, lines).invited.tolist() == [4, 0]


def test_a_coffee_of_two_is_told_too(graph: Graph) -> None:
    assert kept(graph, "2026-03-05 me -> ana coffee cost 9 EUR").amount.tolist() == [9.0]


@pytest.mark.parametrize("lines", ["", "2026-03-05 me -> ana mail"])
def test_a_graph_without_gatherings_has_none(graph: Graph, lines: str) -> None:
    found = kept(graph, lines)
    assert (len(found), found.person.tolist()) == (0, [])
