"""The Connection Budget: what gatherings cost, what came after them, and what cannot be said."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from roc.graph.frames import NO_DAY, OUTCOME_KINDS, OUTCOME_STATUSES, Gatherings, Outcomes
from roc.graph.records import OutcomeKind, OutcomeStatus
from roc.reports import budget, budget_page, weekly, weekly_page
from roc.reports.budget import BudgetReport
from roc.reports.evenings import Standing
from roc.reports.setting import as_json, as_markdown
from roc.reports.spending import Plan
from roc.scoring.parameters import ScoringParameters
from tests.telling import Told, day_of, measured, told

TODAY = "2026-09-30"
GUESTS = ("ana", "ben", "chidi", "dara", "elif")
TOWN = tuple(f"p{number}" for number in range(30))


def mail(one: str, other: str, last: str, *, every: int = 7, times: int = 30) -> str:
    return (
        f"{last} {one} -> {other} message every {every} for {times}\n"
        f"{last} {other} -> {one} reply every {every} for {times}"
    )


def world(*after: str) -> Told:
    """Ego writes thirty-five people, who know each other a little; then what came after."""
    lines = [mail("me", other, TODAY, every=10, times=60) for other in (*TOWN, *GUESTS)]
    lines += [mail(TOWN[n], TOWN[n + 1], TODAY, every=20, times=30) for n in range(0, 29, 2)]
    return told("\n".join([*lines, *after]))


def held(graph: Told, *evenings: tuple[str, str, float, str, tuple[str, ...]]) -> Gatherings:
    """Gatherings: day, format, cost, currency and guests, in the order of their days."""
    people = [
        (row, number)
        for row, (*_, guests) in enumerate(evenings)
        for number in sorted(graph.number[name] for name in (*guests, "me"))
    ]
    both = np.array(people, dtype=np.int64).reshape(-1, 2)
    return Gatherings(
        day=np.array([day_of(when) for when, *_ in evenings], dtype=np.int64),
        format=tuple(format for _, format, *_ in evenings),
        tags=tuple(("q2",) if format == "dinner" else () for _, format, *_ in evenings),
        invited=np.zeros(len(evenings), dtype=np.int64),
        amount=np.array([cost for *_, cost, _, _ in evenings], dtype=np.float64),
        currency=tuple(currency for *_, currency, _ in evenings),
        gathering=both[:, 0],
        person=both[:, 1],
    )


def outcomes(graph: Told, *deals: tuple[str, str, OutcomeStatus]) -> Outcomes:
    """Deals: the day each began, with whom, and how it stands."""
    count = len(deals)
    return Outcomes(
        kind=np.full(count, OUTCOME_KINDS.index(OutcomeKind.DEAL)),
        status=np.array([OUTCOME_STATUSES.index(how) for *_, how in deals], dtype=np.int64),
        opened=np.array([day_of(when) for when, *_ in deals], dtype=np.int64),
        closed=np.full(count, NO_DAY),
        value=np.full(count, 500.0),
        currency=("EUR",) * count,
        hours=np.full(count, np.nan),
        organisation=("",) * count,
        title=("",) * count,
        source=np.zeros(count, dtype=np.int64),
        sources=("crm",),
        outcome=np.arange(count),
        person=np.array([graph.number[who] for _, who, _ in deals], dtype=np.int64),
        role=np.ones(count, dtype=np.int64),
    )


def built(
    graph: Told,
    gatherings: Gatherings,
    *,
    plans: tuple[Plan, ...] = (),
    tag: str = "",
    deals: Outcomes | None = None,
    today: str = TODAY,
) -> BudgetReport:
    return budget.build(
        graph.people,
        graph.contacts,
        gatherings,
        deals if deals is not None else outcomes(graph),
        day_of(today),
        ScoringParameters(),
        plans=plans,
        tag=tag,
    )


DINNER = ("2026-05-05", "dinner", 420.0, "EUR", GUESTS)
FRIENDS = (
    mail("ana", "ben", "2026-07-01", times=3),
    mail("chidi", "dara", "2026-06-20", times=2),
)


def test_a_dinner_after_which_guests_wrote_each_other_gave_new_ties() -> None:
    graph = world(*FRIENDS)
    report = built(graph, held(graph, DINNER))
    assert (report.total, report.spent) == (1, (("EUR", 420.0),))
    (evening,) = report.evenings
    assert [read.days for read in evening.read] == [7, 30, 90, 180]
    assert [read.standing for read in evening.read] == [Standing.TOLD] * 3 + [Standing.TOO_EARLY]
    after_90 = evening.read[2].effect
    assert after_90 is not None
    assert (after_90.eligible, after_90.formed) == (10, 2)
    assert after_90.low > 0
    assert report.cost_per_tie == pytest.approx(420 / after_90.excess)
    told_first, found, cost = budget_page.sentences(report)
    assert told_first == "1 gathering took place so far; 420 EUR was spent."
    assert "2 of 10 pairs who had never been in touch" in found
    assert cost.startswith("At the 1 gathering that can be read a new tie cost ")


def test_an_evening_after_which_nothing_happened_gave_nothing() -> None:
    graph = world()
    report = built(graph, held(graph, DINNER))
    assert report.pool.effect.formed == 0
    assert math.isnan(report.cost_per_tie)
    assert budget_page.sentences(report)[1].endswith("That may be chance.")


def test_too_few_strangers_and_too_many_guests_are_answers() -> None:
    graph = world()
    small = ("2026-05-05", "lunch", 60.0, "EUR", ("p0", "p1"))
    report = built(graph, held(graph, small))
    assert {read.standing for read in report.evenings[0].read[:3]} == {Standing.TOO_FEW}
    assert "too few to say" in as_markdown(budget_page.page(report))
    crowd = told("\n".join(mail("me", f"g{number}", TODAY) for number in range(70)))
    gala = ("2026-05-05", "gala", 9000.0, "EUR", tuple(f"g{number}" for number in range(70)))
    report = built(crowd, held(crowd, gala))
    assert report.evenings[0].read[0].standing is Standing.TOO_MANY


def test_what_lies_ahead_is_planned_and_a_coffee_of_two_is_spent() -> None:
    graph = world()
    coffee = ("2026-05-04", "coffee", 9.0, "EUR", ("ana",))
    party = ("2026-12-24", "party", 500.0, "EUR", GUESTS)
    report = built(
        graph, held(graph, coffee, DINNER, party), plans=(Plan("2026-Q2", 1500.0, "EUR"),)
    )
    assert (report.total, report.meetings_of_two, report.ahead) == (1, 1, 1)
    winter, spring = report.quarters
    assert (winter.name, winter.spent, winter.ahead, winter.gatherings) == ("2026-Q4", 0, 500, 0)
    assert (spring.name, spring.planned, spring.spent, spring.gatherings) == (
        *("2026-Q2", 1500.0, 429.0, 2),
    )


def test_two_currencies_are_two_sums_and_no_price_of_a_tie() -> None:
    graph = world(*FRIENDS)
    lunch = ("2026-05-20", "lunch", 80.0, "USD", ("p0", "p4", "p8", "p12"))
    report = built(graph, held(graph, DINNER, lunch))
    assert report.spent == (("EUR", 420.0), ("USD", 80.0))
    assert math.isnan(report.cost_per_tie)
    assert "420 EUR and 80 USD was spent" in budget_page.sentences(report)[0]
    assert len(budget_page.sentences(report)) == 2


def test_nothing_known_says_how_to_begin() -> None:
    graph = world()
    report = built(graph, held(graph))
    assert "roc log" in budget_page.sentences(report)[0]
    assert "Gatherings: **0**" in as_markdown(budget_page.page(report))


def test_only_gatherings_with_a_tag_or_format_are_looked_at() -> None:
    graph = world()
    lunch = ("2026-05-20", "lunch", 80.0, "EUR", ("p0", "p4", "p8"))
    both = held(graph, DINNER, lunch)
    for word in ("#q2", "dinner"):
        assert [one.format for one in built(graph, both, tag=word).evenings] == ["dinner"]


def test_hours_are_told_by_format_or_tag_and_what_ten_of_them_gave() -> None:
    graph = world(*FRIENDS)
    lunch = ("2026-05-20", "lunch", 80.0, "EUR", ("p0", "p4", "p8", "p12"))
    report = budget.build(
        graph.people,
        graph.contacts,
        held(graph, DINNER, lunch),
        outcomes(graph),
        day_of(TODAY),
        ScoringParameters(),
        hours={"q2": 4.0},  # the dinner's tag
    )
    assert report.hours == 4.0
    assert report.ties_per_ten_hours == pytest.approx(5.0, abs=0.2)  # two ties in four hours
    assert "5.0 new ties in ten hours" in as_markdown(budget_page.page(report))


def test_what_lies_ahead_alone_is_told() -> None:
    graph = world()
    told = budget_page.sentences(built(graph, held(graph, DINNER), today="2026-05-01"))
    assert told == ("No gathering took place so far; 1 ahead.",)


def test_a_tag_that_no_gathering_has_is_told() -> None:
    graph = world()
    told = budget_page.sentences(built(graph, held(graph, DINNER), tag="gala"))
    assert told == ("No gathering has the tag or format gala so far.",)


def test_whoever_is_set_aside_did_not_come() -> None:
    graph = world()
    gatherings = held(graph, DINNER)
    aside = graph.people.set_aside.copy()
    aside[graph.number["ana"]] = True
    muted = replace(graph, people=replace(graph.people, set_aside=aside))
    assert built(muted, gatherings).evenings[0].came == 4


def test_what_came_after_is_counted() -> None:
    graph = world(
        "2026-05-20 me -> ana meeting",
        "2026-06-10 me -> ana, ben meeting",
        "2026-06-12 ben -> me referral",
        "2026-05-01 ben -> me referral",  # before
    )
    deals = outcomes(
        graph,
        ("2026-05-01", "ana", OutcomeStatus.WON),  # before
        ("2026-06-01", "ana", OutcomeStatus.WON),
        ("2026-07-01", "dara", OutcomeStatus.OPEN),
        ("2026-07-01", "p3", OutcomeStatus.WON),  # nobody of the guests
    )
    followed = built(graph, held(graph, DINNER), deals=deals).evenings[0].followed
    assert (followed.meetings, followed.favours) == (2, 1)
    assert (followed.deals, followed.won, followed.worth) == (2, 1, (("EUR", 500.0),))


def test_conversations_are_held_against_presentations() -> None:
    graph = world(*FRIENDS)
    keynote = ("2026-05-20", "keynote", 900.0, "EUR", ("p0", "p4", "p8", "p12", "p16"))
    report = built(graph, held(graph, DINNER, keynote))
    assert report.difference is not None
    assert report.difference.low > 0
    page = as_markdown(budget_page.page(report))
    assert "A conversation gave 2.0 new ties more than a presentation" in page
    assert "| conversations, together | 1 | 1 |" in page


def test_the_same_facts_give_the_same_bytes() -> None:
    graph = world(*FRIENDS)
    assert as_json(built(graph, held(graph, DINNER))) == as_json(built(graph, held(graph, DINNER)))


@pytest.mark.parametrize(
    ("day", "after"), [("2026-06-07", 30), ("2026-06-03", None), ("2026-08-09", 90)]
)
def test_the_weekly_report_reads_a_gathering_when_it_is_due(day: str, after: int | None) -> None:
    graph = world(*FRIENDS)
    report = weekly.build(
        graph.people,
        graph.contacts,
        graph.exchanges,
        measured(graph, day),
        None,
        ScoringParameters(),
        gatherings=held(graph, DINNER),
    )
    assert [one.read[0].days for one in report.readings] == ([after] if after else [])
    page = as_markdown(weekly_page.page(report))
    assert ("5 May 2026 dinner \\#q2" in page or "5 May 2026 dinner #q2" in page) is bool(after)


def test_a_gathering_is_called_by_its_day_its_format_and_the_owners_words() -> None:
    graph = world()
    (evening,) = built(graph, held(graph, DINNER)).evenings
    assert budget_page.evening_name(evening) == "5 May 2026 dinner #q2"
    assert evening.day == date(2026, 5, 5)
