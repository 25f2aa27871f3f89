"""Clients who grow cold: who they are, what is at stake, and who is not among them."""

from roc.reports import weekly, weekly_page
from roc.reports.cold import Cold, cold
from roc.reports.setting import as_markdown
from roc.scoring.parameters import ScoringParameters
from tests.reports.test_outcomes import register
from tests.telling import Told, day_of, measured, told

TODAY = "2026-06-30"


def world() -> Told:
    """Ana and Ben wrote every other day until March; Chidi still does; Dara never bought."""
    lines = []
    for name, last in (
        ("ana", "2026-03-01"),
        ("ben", "2026-03-01"),
        ("chidi", TODAY),
        ("dara", "2026-03-01"),
    ):
        lines += [
            f"{last} me -> {name} message every 2 for 60",
            f"{last} {name} -> me reply every 2 for 60",
        ]
    return told("\n".join(lines))


def found(*rows: str, graph: Told | None = None) -> tuple[Cold, ...]:
    there = graph or world()
    now = measured(there, TODAY)
    return cold(there.people, now.ties, register(there, *rows), day_of(TODAY), limit=10)


def test_a_client_who_fell_silent_is_told_with_what_is_at_stake() -> None:
    rows = (
        "deal won 2025-11-05 2025-12-04 ana 900",
        "renewal won 2026-01-05 2026-02-04 ana 100",
        "deal won 2025-11-05 2025-12-04 chidi 5000",
    )
    (ana,) = found(*rows)
    assert (ana.who.name, ana.state, ana.worth) == ("ana", "dormant", (("EUR", 1000.0),))
    assert ana.silence_days == 121


def test_what_was_bought_for_an_untold_price_is_not_worth_nothing() -> None:
    (ana,) = found("deal won 2025-11-05 2025-12-04 ana")
    assert ana.worth == ()


def test_something_open_goes_first() -> None:
    rows = ("deal won 2025-11-05 2025-12-04 ana 900", "renewal open 2026-06-01 - ben")
    assert [(one.who.name, one.open) for one in found(*rows)] == [("ben", 1), ("ana", 0)]


def test_who_left_or_bought_long_ago_is_no_client() -> None:
    assert found("deal won 2022-11-05 2022-12-04 ana 900") == ()
    left = ("deal won 2025-11-05 2025-12-04 ana 900", "churn lost 2025-12-04 2026-04-04 ana")
    assert found(*left) == ()
    assert found("deal lost 2025-11-05 2025-12-04 ana 900") == ()


def test_the_weekly_report_names_them() -> None:
    graph = world()
    report = weekly.build(
        graph.people,
        graph.contacts,
        graph.exchanges,
        measured(graph, TODAY),
        None,
        ScoringParameters(),
        outcomes=register(graph, "deal won 2025-11-05 2025-12-04 ana 900"),
    )
    page = as_markdown(weekly_page.page(report))
    assert "## Clients who grow cold" in page
    assert "| ana | dormant |" in page
    assert "900 EUR" in page
