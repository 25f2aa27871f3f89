"""Who is around ego: circles, communities, and who stands between them."""

from dataclasses import replace

import pytest

from roc.reports import audit, audit_page
from roc.reports.neighbourhood import Neighbourhood, RingMap, neighbourhood
from roc.reports.ring_chart import ring_map
from roc.reports.setting import as_markdown
from roc.scoring.parameters import ScoringParameters
from tests.telling import Told, measured, told

LAST = "2026-03-01"


def meetings(*names: str, every: int = 7, times: int = 20) -> str:
    """People who meet without ego."""
    return f"2026-02-27 {names[0]} -> {', '.join(names[1:])} meeting every {every} for {times}"


def mail(*names: str, every: int = 14, times: int = 10) -> str:
    """People with whom ego writes, both ways."""
    return "\n".join(
        f"2026-02-20 at 10:00 me -> {name} message every {every} for {times}\n"
        f"2026-02-20 at 12:00 {name} -> me reply every {every} for {times}"
        for name in names
    )


TOWN = "\n".join(
    [
        mail("ana", "ben", "chidi", every=6, times=30),
        mail("dara", "elif", "femi", "gita"),
        mail("hugo", every=90, times=3),
        meetings("ana", "ben", "chidi"),
        meetings("dara", "elif", "femi", "gita"),
        meetings("ben", "dara", every=30, times=4),
    ]
)


def around(graph: Told) -> Neighbourhood:
    parameters = ScoringParameters()
    return neighbourhood(graph.people, graph.contacts, measured(graph, LAST), parameters)


def test_circles_share_out_everybody_with_contact_within_a_year() -> None:
    found = around(told(TOWN))
    assert [(circle.name, circle.ties) for circle in found.circles] == [
        ("weekly", 3),
        ("monthly", 4),
        ("quarterly", 0),
        ("yearly", 1),
    ]
    assert sum(circle.attention for circle in found.circles) == pytest.approx(1.0)
    assert {who.name for who in found.circles[0].first} == {"ana", "ben", "chidi"}


def test_communities_are_those_who_meet_without_ego() -> None:
    found = around(told(TOWN))
    assert [
        (one.letter, one.people, {who.name for who in one.first}) for one in found.communities
    ] == [("A", 4, {"dara", "elif", "femi", "gita"}), ("B", 3, {"ana", "ben", "chidi"})]
    assert found.others == 1  # hugo knows nobody but ego, as far as is known


def test_whoever_knows_both_stands_between_them() -> None:
    found = around(told(TOWN))
    assert {(bridge.who.name, bridge.communities) for bridge in found.bridges} == {
        ("ben", 2),
        ("dara", 2),
    }


def test_on_the_rings_communities_stand_side_by_side() -> None:
    rings = around(told(TOWN)).rings
    assert rings.community == (0, 0, 0, 0, 1, 1, 1, -1)
    assert len(rings.joined) == 6 + 3 + 1
    drawn = ring_map(rings)
    assert "Of 8 people there is contact with 3 weekly, 4 monthly and 1 yearly." in drawn.alt
    assert "2 communities" in drawn.alt
    assert drawn.svg.count("<title>") == len(rings.who) == 8
    assert "<title>hugo</title>" in drawn.svg


def test_a_hostile_name_in_a_figure_is_text() -> None:
    rings = around(told(TOWN)).rings
    names = ("<script>alert(1)</script>", *rings.who[1:])
    drawn = ring_map(replace(rings, who=names))
    assert "<script" not in drawn.svg
    assert "<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>" in drawn.svg


def test_a_network_without_ties_among_others_has_circles_and_no_communities() -> None:
    found = around(told(mail("ana", "ben")))
    assert (found.communities, found.bridges, found.others) == ((), (), 2)
    assert ring_map(found.rings).alt.startswith("Of 2 people")


def test_contact_longer_ago_than_a_year_is_on_no_ring() -> None:
    graph = told("2024-01-01 me -> ana message\n2024-01-02 ana -> me message")
    assert around(graph).rings.circle == ()
    with pytest.raises(ValueError, match="nobody"):
        ring_map(RingMap((), (), (), (), ()))
    now = measured(graph, LAST)
    report = audit.build(graph.people, graph.contacts, graph.declared, now, ScoringParameters())
    assert "There was no contact within a year." in as_markdown(audit_page.page(report))


def test_the_audit_tells_of_all_of_them() -> None:
    graph = told(TOWN)
    now = measured(graph, LAST)
    report = audit.build(graph.people, graph.contacts, graph.declared, now, ScoringParameters())
    page = as_markdown(audit_page.page(report))
    assert "| weekly | 3 |" in page
    assert "| A | 4 |" in page
    assert "Who stands between communities" in page
