"""What came of people: deals, clients who stay, who brought them, and what cannot be said."""

import math
from dataclasses import replace

import numpy as np
import pytest

from roc.graph.frames import NO_DAY, OUTCOME_KINDS, OUTCOME_STATUSES, Gatherings, Outcomes
from roc.graph.records import OutcomeKind, OutcomeStatus
from roc.reports import outcomes, outcomes_page, text
from roc.reports.outcomes import OutcomesReport
from roc.reports.setting import as_json, as_markdown
from roc.reports.spells import Spell, before, clients, deals, stretches
from roc.scoring.parameters import ScoringParameters
from tests.telling import Told, day_of, measured, told

TODAY = "2026-09-30"
PARAMETERS = ScoringParameters()
CLIENTS = tuple(f"c{number}" for number in range(24))


def world(*more: str) -> Told:
    """Half of the clients write with ego every week, the others twice in all."""
    lines = []
    for number, name in enumerate(CLIENTS):
        every, times = (7, 100) if number % 2 == 0 else (400, 2)
        lines += [
            f"{TODAY} me -> {name} message every {every} for {times}",
            f"{TODAY} {name} -> me reply every {every} for {times}",
        ]
    lines += [f"2026-01-01 {name} -> me message" for name in ("ana", "ben", "chidi")]
    return told("\n".join([*lines, *more]))


def register(graph: Told, *rows: str, organisations: tuple[str, ...] = ()) -> Outcomes:
    """Outcomes from rows as ``deal won 2026-01-05 2026-02-05 ana 1000``; ``-`` for nothing."""
    cells = [row.split() for row in rows]
    count = len(cells)
    people = [
        (place, graph.number[name])
        for place, row in enumerate(cells)
        for name in row[4].split(",")
        if name != "-"
    ]
    both = np.array(people, dtype=np.int64).reshape(-1, 2)
    return Outcomes(
        kind=np.array([OUTCOME_KINDS.index(OutcomeKind(row[0])) for row in cells], dtype=np.int64),
        status=np.array(
            [OUTCOME_STATUSES.index(OutcomeStatus(row[1])) for row in cells], dtype=np.int64
        ),
        opened=np.array([_day(row[2]) for row in cells], dtype=np.int64),
        closed=np.array([_day(row[3]) for row in cells], dtype=np.int64),
        value=np.array([float(row[5]) if len(row) > 5 else np.nan for row in cells]),
        currency=tuple("EUR" if len(row) > 5 else "" for row in cells),
        hours=np.full(count, np.nan),
        organisation=organisations or ("",) * count,
        title=("",) * count,
        source=np.zeros(count, dtype=np.int64),
        sources=("crm",),
        outcome=both[:, 0],
        person=both[:, 1],
        role=np.ones(len(both), dtype=np.int64),
    )


def _day(cell: str) -> int:
    return NO_DAY if cell == "-" else day_of(cell)


NOTHING_HELD = Gatherings(
    np.empty(0, dtype=np.int64),
    (),
    (),
    np.empty(0, dtype=np.int64),
    np.empty(0),
    (),
    *[np.empty(0, dtype=np.int64)] * 2,
)


def built(graph: Told, found: Outcomes, gatherings: Gatherings = NOTHING_HELD) -> OutcomesReport:
    now = [measured(graph, day) for day in ("2026-06-30", TODAY)]
    return outcomes.build(graph.people, graph.contacts, gatherings, found, now, PARAMETERS)


def test_each_quarter_tells_what_was_put_in_and_what_came_of_it() -> None:
    graph = world()
    rows = ("deal won 2026-01-05 2026-05-04 c0 900", "deal won 2026-01-05 2026-08-04 c1 50")
    dinner = Gatherings(
        day=np.array([day_of("2026-07-20")]),
        format=("dinner",),
        tags=((),),
        invited=np.zeros(1, dtype=np.int64),
        amount=np.array([420.0]),
        currency=("EUR",),
        gathering=np.array([0, 0, 0]),
        person=np.array([graph.number[name] for name in ("c0", "c1", "me")]),
    )
    spring, summer = built(graph, register(graph, *rows), dinner).quarters
    assert (spring.won, spring.worth, spring.gatherings) == (1, (("EUR", 900.0),), 0)
    assert (summer.worth, summer.spent) == ((("EUR", 50.0),), (("EUR", 420.0),))
    assert summer.two_way_ties >= 12


def test_a_deal_goes_on_until_it_is_won_and_what_is_open_goes_on_still() -> None:
    graph = world()
    rows = (
        "deal won 2026-01-05 2026-02-04 c0 900",
        "deal lost 2026-01-05 2026-03-06 c1 900",
        "deal open 2026-09-20 - c2",
    )
    found = deals(graph.people, register(graph, *rows), day_of(TODAY))
    assert [(one.days, one.ended) for one in found.spells] == [(30, True), (60, False), (10, False)]


def test_what_cannot_be_timed_is_counted() -> None:
    graph = world()
    rows = (
        "deal won 2026-03-05 2026-02-04 c0",
        "deal won 2026-01-05 2026-02-04 -",
        "deal won - 2026-02-04 c0",
    )
    report = built(graph, register(graph, *rows))
    found = report.cycle.spells
    assert (found.backwards, found.without_people, found.without_beginning) == (1, 1, 1)
    page = as_markdown(outcomes_page.page(report))
    assert "1 ended before they began, 1 are with nobody who is known and of 1 no" in page


def test_a_client_stays_from_the_first_deal_to_the_day_they_leave() -> None:
    graph = world()
    rows = (
        "deal won 2025-01-05 2025-02-04 c0",
        "deal won 2025-06-05 2025-07-04 c1",
        "churn lost 2025-02-04 2026-02-04 c1",
        "deal won 2026-01-05 2026-02-04 c2",
        "deal lost 2026-01-05 2026-02-04 c3",  # never was one
    )
    houses = ("Acme", "acme ", "ACME", "", "")
    found = clients(graph.people, register(graph, *rows, organisations=houses), day_of(TODAY))
    assert [(one.days, one.ended, len(one.people)) for one in found.spells] == [
        (365, True, 2),
        (238, False, 1),
    ]


def test_strength_is_that_of_a_month_before_and_a_deal_does_not_cause_its_letters() -> None:
    graph = told("2026-03-01 me -> ana message every 2 for 20\n2026-03-01 ana -> me reply")
    spell = Spell(day_of("2026-01-25"), 60, ended=True, people=(graph.number["ana"],))
    (strength,) = before([spell], graph.contacts, graph.people, PARAMETERS)
    assert strength == 0.0
    later = replace(spell, began=day_of("2026-04-15"))
    assert before([later], graph.contacts, graph.people, PARAMETERS)[0] > 0.0


def test_a_spell_is_cut_into_months_and_ends_in_the_last() -> None:
    graph = world()
    spells = [
        Spell(day_of("2026-01-05"), 70, ended=True, people=(graph.number["c0"],)),
        Spell(day_of("2026-01-05"), 30, ended=False, people=(graph.number["c1"],)),
    ]
    found = stretches(spells, graph.contacts, graph.people, PARAMETERS)
    assert found.spell.tolist() == [0, 0, 0, 1]
    assert found.start.tolist() == [0, 30, 60, 0]
    assert found.stop.tolist() == [30, 60, 70, 30]
    assert found.ended.tolist() == [False, False, True, False]


def many_deals() -> tuple[str, ...]:
    """Five deals of each: with whoever writes every week about a month, with the others three."""
    dice = np.random.default_rng(1)
    rows = []
    for number in range(24):
        for _ in range(5):
            opened = day_of("2025-12-01") + int(dice.integers(0, 60))
            closed = opened + 3 + int(dice.exponential(90 if number % 2 else 30))
            dates = (text.day(opened), text.day(min(closed, day_of(TODAY))))
            rows.append(f"deal won {dates[0]} {dates[1]} c{number} 100")
    return tuple(rows)


def test_strong_ties_that_close_faster_are_told_with_an_interval() -> None:
    graph = world()
    report = built(graph, register(graph, *many_deals()))
    assert report.cycle.hazard.low > 1
    first, faster, _ = outcomes_page.sentences(report)
    assert first == "120 deals won so far; deals and renewals are worth 12,000 EUR."
    assert faster.startswith("With a tie of strength 60 a month before, deals close ")
    page = as_markdown(outcomes_page.page(report))
    assert "Deals that are not won yet" in page


def test_few_deals_are_told_to_be_few() -> None:
    graph = world()
    report = built(graph, register(graph, "deal won 2026-01-05 2026-02-04 c0"))
    assert "1 of at least 10" in outcomes_page.sentences(report)[1]


def test_credit_goes_along_the_road_and_thanks_are_remembered() -> None:
    graph = world(
        "2026-01-02 ana -> me, ben introduction",
        "2026-01-20 ben -> me, c0 introduction",
        "2026-02-10 me -> ben thanks",
        "2026-03-01 chidi -> me, c1 introduction",  # after the deal
    )
    rows = ("deal won 2026-02-01 2026-02-20 c0 1000", "deal won 2026-02-01 2026-02-20 c1 500")
    found = built(graph, register(graph, *rows)).credit
    assert (found.outcomes, found.alone) == (1, 1)
    assert [(one.who.name, one.credit, one.value, one.thanked) for one in found.brought] == [
        ("ana", 0.5, (("EUR", 500.0),), False),
        ("ben", 0.5, (("EUR", 500.0),), True),
    ]


def test_deals_are_counted_by_what_their_people_came_to() -> None:
    graph = world()
    dinner = Gatherings(
        day=np.array([day_of("2026-01-20"), day_of("2024-01-20")]),
        format=("dinner", "gala"),
        tags=((), ()),
        invited=np.zeros(2, dtype=np.int64),
        amount=np.full(2, np.nan),
        currency=("", ""),
        gathering=np.array([0, 0, 1]),
        person=np.array([graph.number["c0"], graph.number["me"], graph.number["c1"]]),
    )
    rows = (
        "deal won 2026-01-05 2026-02-04 c0",
        "deal lost 2026-01-05 2026-02-04 c1",
        "deal open 2026-01-05 - c2",
    )
    talked, listened, nothing = built(graph, register(graph, *rows), dinner).rates
    assert (talked.won, talked.decided) == (1, 1)
    assert (listened.decided, math.isnan(listened.low)) == (0, True)
    assert (nothing.won, nothing.decided) == (0, 1)


def test_without_outcomes_the_page_says_how_to_begin() -> None:
    graph = world()
    report = built(graph, register(graph))
    assert "roc collect" in outcomes_page.sentences(report)[0]
    assert "No deal is decided yet." in as_markdown(outcomes_page.page(report))


def test_the_same_facts_give_the_same_bytes() -> None:
    graph = world()
    found = register(graph, *many_deals())
    assert as_json(built(graph, found)) == as_json(built(graph, found))


@pytest.mark.parametrize("aside", ["c0"])
def test_whoever_is_set_aside_buys_nothing(aside: str) -> None:
    graph = world()
    apart = graph.people.set_aside.copy()
    apart[graph.number[aside]] = True
    people = replace(graph.people, set_aside=apart)
    found = deals(people, register(graph, f"deal won 2026-01-05 2026-02-04 {aside}"), day_of(TODAY))
    assert (found.spells, found.without_people) == ((), 1)
