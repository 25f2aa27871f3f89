"""Outcomes in the graph: joined in whatever order they are told, read as of a day, forgotten."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roc.graph.frames import NO_DAY, OUTCOME_KINDS, OUTCOME_STATUSES
from roc.graph.outcomes import Standing, joined
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    Interaction,
    Kind,
    Outcome,
    OutcomeKind,
    OutcomeStatus,
    Precision,
    Record,
)
from roc.graph.store import Graph
from tests.conftest import records
from tests.graph.test_forgetting import bytes_of, findings

ANA, BEN, ZENOBIA, SAM = (
    Account("email", f"{name}@example.org") for name in ("ana", "ben", "zenobia.quux", "sam")
)
EPOCH = date(1970, 1, 1)
OPEN = Outcome(
    "crm",
    "7001",
    OutcomeKind.DEAL,
    OutcomeStatus.OPEN,
    people=(ANA, BEN),
    primary=ANA,
    handled_by=SAM,
    opened=date(2026, 1, 10),
    value=Decimal("125000.10"),
    currency="EUR",
    organisation="Acme",
    title="Acme expansion",
)
WON = replace(OPEN, status=OutcomeStatus.WON, closed=date(2026, 4, 15), value=Decimal(120_000))
GONE = Outcome("crm", "7001", OutcomeKind.DEAL, OutcomeStatus.WITHDRAWN, revision=9)


def add(graph: Graph, *told: Record) -> Any:
    return graph.add(told, source="crm", export="deals.csv")


def told(graph: Graph, last_day: date | None = None) -> list[dict[str, Any]]:
    """Outcomes as a graph tells them, people by their keys."""
    day = None if last_day is None else (last_day - EPOCH).days
    with graph.read() as reader:
        found, keys = reader.outcomes(day), reader.people.keys
    people: list[list[tuple[int, str]]] = [[] for _ in range(len(found))]
    for row, person, role in zip(
        found.outcome.tolist(), found.person.tolist(), found.role.tolist(), strict=True
    ):
        people[row].append((role, keys[person]))
    return [
        {
            "kind": OUTCOME_KINDS[found.kind[row]].value,
            "status": OUTCOME_STATUSES[found.status[row]].value,
            "opened": _date(found.opened[row]),
            "closed": _date(found.closed[row]),
            "value": None if np.isnan(found.value[row]) else float(found.value[row]),
            "currency": found.currency[row],
            "hours": None if np.isnan(found.hours[row]) else float(found.hours[row]),
            "organisation": found.organisation[row],
            "title": found.title[row],
            "source": found.sources[found.source[row]],
            "people": sorted(people[row]),
        }
        for row in range(len(found))
    ]


def _date(day: int) -> date | None:
    return None if day == NO_DAY else EPOCH + timedelta(days=int(day))


def test_an_outcome_is_read_back_as_it_was_told(graph: Graph) -> None:
    tally = add(graph, WON)
    assert (tally.outcomes, tally.new, tally.accounts) == (1, 0, 3)
    assert told(graph) == [
        {
            "kind": "deal",
            "status": "won",
            "opened": date(2026, 1, 10),
            "closed": date(2026, 4, 15),
            "value": 120_000.0,
            "currency": "EUR",
            "hours": None,
            "organisation": "Acme",
            "title": "Acme expansion",
            "source": "crm",
            "people": [
                (1, "email:ana@example.org"),
                (2, "email:ben@example.org"),
                (3, "email:sam@example.org"),
            ],
        }
    ]
    assert "Acme expansion" not in repr(WON)


def test_telling_it_again_adds_and_changes_nothing(graph: Graph) -> None:
    add(graph, OPEN)
    before = told(graph)
    again = add(graph, OPEN, OPEN)
    assert (again.outcomes, again.outcomes_changed, again.accounts) == (0, 0, 0)
    assert told(graph) == before


def test_an_open_deal_is_won_in_whatever_order_it_is_told(graph: Graph) -> None:
    assert add(graph, OPEN).outcomes == 1
    assert add(graph, WON).outcomes_changed == 1
    assert add(graph, OPEN).outcomes_changed == 0
    assert [(one["status"], one["value"]) for one in told(graph)] == [("won", 120_000.0)]


def test_the_latest_edition_counts_alone_even_where_it_opens_a_deal_again(graph: Graph) -> None:
    lost = replace(OPEN, status=OutcomeStatus.LOST, closed=date(2026, 2, 1), revision=1)
    add(graph, replace(OPEN, people=(BEN,), primary=None, revision=2))
    add(graph, lost)
    [one] = told(graph)
    assert (one["status"], one["closed"]) == ("open", None)
    assert one["people"] == [(2, "email:ben@example.org"), (3, "email:sam@example.org")]


def test_one_that_was_deleted_in_the_crm_is_gone_and_stays_gone(graph: Graph) -> None:
    add(graph, WON)
    assert add(graph, GONE).outcomes_changed == 1
    assert add(graph, WON).outcomes == 0
    assert told(graph) == []
    with graph.read() as reader:
        assert [facts for facts in reader.sources() if facts.outcomes] == []


def test_ids_count_within_their_source_and_scope(graph: Graph) -> None:
    assert add(graph, WON, replace(WON, scope="other"), replace(WON, source="old")).outcomes == 3
    with graph.read() as reader:
        assert {facts.source: facts.outcomes for facts in reader.sources()} == {"crm": 2, "old": 1}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal("0.1"), 0.1),
        (Decimal("-500"), -500.0),
        (Decimal("33333.333333333336"), 33333.3333),
        (Decimal("0.00005"), 0.0),  # half to even
        (Decimal("1e14"), 1e14),
        (Decimal("1e15"), None),
        (Decimal("1e999999"), None),
        (Decimal("NaN"), None),
    ],
)
def test_values_are_exact_to_a_ten_thousandth(
    graph: Graph, value: Decimal, kept: float | None
) -> None:
    tally = add(graph, replace(WON, value=value))
    assert told(graph)[0]["value"] == kept
    assert tally.problems == ({"bad_value": 1} if kept is None else {})


def test_hours_that_are_none_are_a_problem(graph: Graph) -> None:
    tally = add(graph, replace(WON, hours=float("inf")), replace(WON, hours=2.5, external_id="2"))
    assert tally.problems == {"bad_hours": 1}
    assert sorted(str(one["hours"]) for one in told(graph)) == ["2.5", "None"]


def test_as_of_a_day_what_was_decided_later_is_open_and_what_began_later_is_not_there(
    graph: Graph,
) -> None:
    undated = replace(WON, external_id="1", opened=None, closed=date(2026, 3, 1))
    add(graph, WON, undated)
    assert told(graph, date(2026, 1, 9)) == []
    assert [one["status"] for one in told(graph, date(2026, 1, 10))] == ["open"]
    assert told(graph, date(2026, 4, 14))[-1]["closed"] is None
    assert [one["status"] for one in told(graph, date(2026, 4, 15))] == ["won", "won"]


def test_two_accounts_of_one_person_are_one_in_an_outcome(graph: Graph) -> None:
    add(graph, AccountSeen(ANA, same_as=(BEN,)), WON)
    assert told(graph)[0]["people"] == [(1, "email:ana@example.org"), (3, "email:sam@example.org")]


# --- the law ------------------------------------------------------------------------------------

_days = st.none() | st.integers(0, 2)
standings = st.builds(
    Standing,
    id=st.just(1),
    source_id=st.just(1),
    kind=st.sampled_from([kind.value for kind in OUTCOME_KINDS[:2]]),
    status=st.sampled_from([status.value for status in OUTCOME_STATUSES]),
    opened_day=_days,
    closed_day=_days,
    value=_days,
    currency=st.sampled_from(["", "EUR"]),
    hours=st.none() | st.sampled_from([0.0, 1.5]),
    organisation=st.sampled_from(["", "A"]),
    title=st.sampled_from(["", "T"]),
    revision=st.integers(0, 1),
    roles=st.dictionaries(st.integers(1, 3), st.integers(1, 3)).map(
        lambda roles: tuple(sorted(roles.items()))
    ),
).map(lambda one: replace(one, roles=()) if one.is_withdrawn else one)


@given(standings, standings, standings)
def test_the_join_knows_no_order_and_no_repetition(
    one: Standing, other: Standing, third: Standing
) -> None:
    assert joined(one, other) == joined(other, one)
    assert joined(joined(one, other), third) == joined(one, joined(other, third))
    assert joined(one, one) == one


def test_pieces_and_order_are_no_matter_to_the_graph(graph: Graph) -> None:
    tellings = [
        OPEN,
        WON,
        replace(WON, people=(ZENOBIA,), primary=None, hours=3.0),
        replace(OPEN, revision=1, title="again"),
    ]
    found = []
    for number, order in enumerate(permutations(tellings)):
        scope = f"{number}"
        for one in order:
            add(graph, replace(one, scope=scope))
    found = told(graph)
    assert len(found) == 24
    assert all(one == found[0] for one in found)


# --- forgetting ---------------------------------------------------------------------------------

HERS = replace(
    WON,
    people=(ZENOBIA, ANA),
    primary=ZENOBIA,
    organisation="Zenobia Quux Ltd",
    title="Coaching Zenobia",
)
SEEN = AccountSeen(ZENOBIA, name="Zenobia Quux")


def test_whoever_is_forgotten_is_in_no_outcome_and_no_title(graph: Graph) -> None:
    named = replace(WON, external_id="2", title="For Zenobia Quux", organisation="Beta")
    add(graph, SEEN, HERS, named)
    graph.forget("Zenobia Quux")
    hers, other = sorted(told(graph), key=lambda one: len(one["people"]))
    assert hers["people"] == [(2, "email:ana@example.org"), (3, "email:sam@example.org")]
    assert (hers["title"], hers["organisation"], hers["value"]) == ("", "", 120_000.0)
    assert (other["title"], other["organisation"]) == ("", "Beta")
    assert findings(graph) == ()
    assert b"zenobia" not in bytes_of(graph)


@pytest.mark.parametrize("forgotten_first", [True, False])
def test_the_forgotten_stay_out_when_an_outcome_is_told_again(
    graph: Graph, forgotten_first: bool
) -> None:
    alone = replace(HERS, external_id="2", people=(ZENOBIA,))
    if forgotten_first:
        add(graph, SEEN)
    else:
        add(graph, SEEN, HERS, alone)
    graph.forget("Zenobia Quux")
    tally = add(graph, HERS, alone)
    assert tally.outcomes_changed == 0
    found = told(graph)
    assert [one["title"] for one in found] == ["", ""]
    assert min(len(one["people"]) for one in found) == 1  # who handles it stays
    assert b"zenobia" not in bytes_of(graph)


@pytest.mark.parametrize("rows", [(0, 1), (1, 0)])
@pytest.mark.parametrize("forgotten_first", [True, False])
def test_a_title_stays_away_though_another_row_of_the_outcome_names_somebody_else(
    graph: Graph, forgotten_first: bool, rows: tuple[int, int]
) -> None:
    both = [replace(HERS, people=(one,), primary=None) for one in (ZENOBIA, ANA)]
    told_again = [both[row] for row in rows]
    add(graph, SEEN, *([] if forgotten_first else told_again))
    graph.forget("Zenobia Quux")
    for one in told_again:
        add(graph, one)
    assert [one["title"] for one in told(graph)] == [""]
    for one in told_again:
        add(graph, replace(one, revision=1))
    assert [one["title"] for one in told(graph)] == [""]
    assert add(graph, *told_again).outcomes_changed == 0


# --- keeping no longer --------------------------------------------------------------------------


def _day(year: int) -> int:
    return (date(year, 1, 1) - EPOCH).days


def test_old_outcomes_go_and_with_them_people_who_are_nowhere_else(graph: Graph) -> None:
    letter = Interaction("email", "1", Kind.MESSAGE, None, ME, (BEN,), precision=Precision.UNKNOWN)
    kept = replace(WON, external_id="2", people=(BEN,), primary=None, handled_by=None)
    old = replace(WON, opened=date(2019, 1, 1), closed=date(2020, 1, 1))
    undated = replace(OPEN, external_id="3", opened=None)
    add(graph, letter, kept, old, undated, replace(GONE, external_id="4"))
    removed = graph.keep_from(_day(2021))
    assert (removed.outcomes, removed.acts, removed.accounts) == (2, 1, 2)
    assert graph.keep_from(_day(2021)).outcomes == 0
    assert [one["people"] for one in told(graph)] == [[(2, "email:ben@example.org")]]
    assert findings(graph) == ()
    add(graph, replace(WON, external_id="4"))
    assert len(told(graph)) == 1  # what was taken back is not brought back


def test_outcomes_that_are_too_old_are_not_kept_when_they_are_told(graph: Graph) -> None:
    old = replace(WON, closed=date(2020, 1, 1))
    tally = graph.add([old], source="crm", export="x", oldest_day=_day(2021))
    assert (tally.outcomes, tally.too_old) == (0, 1)
    add(graph, OPEN)
    tally = graph.add([replace(old, revision=1)], source="crm", export="x", oldest_day=_day(2021))
    assert (tally.too_old, told(graph)) == (1, [])  # it turned out to be old


def test_outcomes_leave_acts_as_they_are(graph: Graph) -> None:
    add(graph, *records("2026-01-01 me -> ana message"), WON)
    assert graph.contacts_agree()
    assert len(graph.kept_contacts()) == 1
