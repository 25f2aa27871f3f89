"""What grew in a project: who came and stayed, ties that went on elsewhere, groups that met."""

from datetime import date

from roc.reports import project
from roc.reports.growth import Growth
from roc.scoring.parameters import ScoringParameters
from tests.telling import told

START, END = date(2026, 3, 1), date(2026, 6, 30)


def grown(lines: str) -> Growth:
    graph = told(lines)
    report = project.build(
        graph.people,
        graph.contacts,
        ScoringParameters(),
        start=START,
        end=END,
        as_of=date(2026, 12, 31),
    )
    return report.growth


def test_a_newcomer_comes_back_in_another_month_and_may_join_the_core() -> None:
    found = grown(
        """
        2026-01-10 old -> me message
        2026-06-20 old -> me message every 2 for 50
        2026-03-05 once -> me message
        2026-06-20 busy -> me message every 3 for 30
        """
    )
    assert (found.newcomers, found.returning, found.core) == (2, 1, 1)


def test_who_came_after_it_is_no_newcomer_of_it() -> None:
    assert grown("2026-08-01 late -> me message").newcomers == 0


def test_a_tie_that_goes_on_at_the_same_source_has_not_moved() -> None:
    lines = """
        2026-04-01 ana -> me message
        2026-04-02 me -> ana reply
        2026-08-02 me -> ana message
    """
    assert (grown(lines).new_ties, grown(lines).moved) == (1, 0)


def circle(*names: str) -> str:
    return "\n".join(
        f"2026-02-20 {one} -> {other} message every 5 for 20\n"
        f"2026-02-20 {other} -> {one} reply every 5 for 20"
        for place, one in enumerate(names)
        for other in names[place + 1 :]
    )


def test_a_new_tie_between_two_circles_bridges_them() -> None:
    two = circle("a1", "a2", "a3") + "\n" + circle("b1", "b2", "b3")
    across = "2026-04-01 a1 -> b1 message\n2026-04-02 b1 -> a1 reply"
    found = grown(f"{two}\n{across}\n2026-01-01 me -> a1 message")
    assert (found.new_ties, found.bridged, found.told_apart) == (1, 1, 1)
