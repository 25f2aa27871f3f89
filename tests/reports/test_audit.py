import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from roc.reports import audit, audit_page
from roc.reports.audit import Group
from roc.reports.breakdown import FollowCount
from roc.reports.document import Picture, Table
from roc.reports.setting import as_markdown
from roc.reports.tables import csv_cell, csv_text
from roc.scoring.measures import Measures
from roc.scoring.parameters import ScoringParameters
from tests.reports.told import contacts, declared, measures, people, tie

NOBODY_DECLARED = declared()


def built(now: Measures, lines: str = "", **more: object) -> audit.AuditReport:
    who = more.pop("people", people())
    relations = more.pop("declared", NOBODY_DECLARED)
    return audit.build(who, contacts(lines), relations, now, ScoringParameters())  # type: ignore[arg-type]


def test_every_tie_is_in_exactly_one_group() -> None:
    now = measures(
        "2026-03-01",
        tie(1, strength=80, balance=0.9, give_get=0.1),
        tie(2, strength=20, balance=0.9, give_get=0.1),
        tie(3, strength=80, balance=0.3, give_get=1.5),
        tie(4, strength=10, balance=0.3, give_get=-1.5),
        tie(5, "dormant", strength=80, balance=1.0, give_get=0.0),
    )
    groups = [list(Group)[place] for place in audit.groups(now.ties)]
    assert groups == [
        Group.STRONG,
        Group.LIGHT,
        Group.GIVING,
        Group.RECEIVING,
        Group.SILENT,
    ]


def test_who_is_only_named_by_a_source_is_in_no_group_but_counted_once() -> None:
    now = measures("2026-03-01", tie(1, strength=80, balance=0.9, give_get=0.1), tie(2, "none"))
    report = built(now)
    assert sum(group.ties for group in report.groups) == 1
    assert report.untied == 1
    assert any(
        "With 1 more person that sources name nothing ever passed" in getattr(block, "text", "")
        for section in audit_page.page(report).sections
        for block in section.blocks
    )


def test_the_figure_counts_as_the_groups_do() -> None:
    """A dormant tie, however strong and even it was, is silent and not drawn."""
    now = measures(
        "2026-03-01",
        tie(1, strength=80, balance=0.9, give_get=0.1),
        tie(2, "dormant", strength=80, balance=0.9, give_get=0.1),
        tie(3, strength=10, balance=0.3, give_get=-1.5),
    )
    section = next(s for s in audit_page.page(built(now)).sections if "balance" in s.slug)
    figure = next(block.drawing for block in section.blocks if isinstance(block, Picture))
    assert figure.alt == (
        "Of 2 ties, 1 strong and two-way, 0 strong, one-sided, 0 light and two-way and "
        "1 light, one-sided. Not drawn: 1 silent tie."
    )


def test_a_firm_tie_that_fell_silent_is_missed_beside_those_that_cool() -> None:
    days = {"given_days": 5, "received_days": 5}
    now = measures(
        "2026-03-01",
        tie(1, "cooling", strength=30, fading=1, **days),
        tie(2, "dormant", strength=61, **days),
        tie(3, "dormant", strength=39, **days),
        tie(4, "dormant", strength=80, given_days=5),
    )
    page = audit_page.page(built(now))
    table = next(s for s in page.sections if s.title == "Cooling or gone quiet").blocks[0]
    assert isinstance(table, Table)
    assert [(row[0], row[1], row[3]) for row in table.rows] == [
        ("Ben", "61", "gone quiet"),
        ("Ana", "30", "cooling and fading"),
    ]


def test_four_times_as_much_is_still_two_way() -> None:
    """4 acts against 1: 2√4/5 = 0.8."""
    now = measures("2026-03-01", tie(1, strength=80, balance=2 * np.sqrt(4 * 1) / 5, give_get=0.9))
    assert list(Group)[audit.groups(now.ties)[0]] is Group.STRONG


def test_groups_share_out_all_attention_and_effort() -> None:
    now = measures(
        "2026-03-01",
        tie(1, strength=80, balance=1, attention_share=0.75, invested=1),
        tie(2, strength=5, balance=0.1, give_get=1, attention_share=0.25, invested=3),
    )
    groups = {group.group: group for group in built(now).groups}
    assert (groups[Group.STRONG].attention, groups[Group.STRONG].effort) == (0.75, 0.25)
    assert (groups[Group.GIVING].attention, groups[Group.GIVING].effort) == (0.25, 0.75)


def test_a_sentence_that_ends_in_a_name_with_a_full_stop_has_one() -> None:
    now = measures("2026-03-01", tie(1, "cooling", strength=50, given_days=2, received_days=2))
    report = built(now, people=people("me", "Ana, Ph.D."))
    assert audit_page.sentences(report)[-1] == "Cooling or gone quiet: Ana, Ph.D."


def test_an_empty_network_has_undefined_shares_not_zero() -> None:
    report = built(measures("2026-03-01"))
    assert all(np.isnan(group.attention) for group in report.groups)
    assert report.attention.people_share == ()


def test_the_attention_curve_runs_from_nobody_to_everybody() -> None:
    """One of four gets all: the curve stays at 0 until the last quarter."""
    ties = [tie(number, attention_share=float(number == 4)) for number in range(1, 5)]
    attention = built(measures("2026-03-01", *ties)).attention
    assert attention.people_share == (0, 0.25, 0.5, 0.75, 1)
    assert attention.attention_share == (0, 0, 0, 0, 1)


def test_following_is_mutual_fan_or_not_back() -> None:
    now = measures("2026-03-01", tie(1, "active", strength=20), tie(2, "none"), tie(4, "none"))
    relations = declared(
        "me follows Ana x",
        "Ana follows me x",
        "me follows Ben x",
        "Chidi follows me x",
        "me connected Dara linkedin",
    )
    assert built(now, declared=relations).follows == (
        FollowCount("linkedin", mutual=0, fans=0, not_back=0, connected=1, mutual_silent=1),
        FollowCount("x", mutual=1, fans=1, not_back=1, connected=0, mutual_silent=0),
    )


def test_a_source_tells_whom_it_alone_reaches() -> None:
    lines = """
        2026-01-01 me -> Ana message
        2026-01-02 Ana -> me reply
        2026-01-03 me -> Ana,Ben message linkedin
        2026-01-04 me -> Chidi meeting calendar
    """
    email = {line.source: line for line in built(measures("2026-03-01"), lines).sources}
    assert (email["email"].people, email["email"].two_way, email["email"].only_here) == (1, 1, 0)
    assert (email["linkedin"].people, email["linkedin"].only_here) == (2, 1)
    assert (email["calendar"].two_way, email["calendar"].acts) == (1, 1)


def test_an_organisation_that_hangs_by_one_live_tie_is_marked() -> None:
    who = people(organisations=("", "Lumen", "lumen", "Harbour"))
    now = measures(
        "2026-03-01",
        tie(1, strength=70, given_days=5, received_days=5),
        tie(2, strength=10, given_days=5, received_days=0),
        tie(3, strength=30, given_days=5, received_days=5),
    )
    lumen, harbour = built(now, people=who).organisations
    assert (lumen.name, lumen.people, lumen.live, lumen.single_threaded) == ("Lumen", 2, 1, True)
    assert (harbour.name, harbour.single_threaded) == ("Harbour", False)


def test_ties_are_told_apart_by_the_owners_tags() -> None:
    who = replace(people(), tags=((), ("client",), ("client", "friend"), ()))
    now = measures(
        "2026-03-01",
        tie(1, strength=70, given_days=5, received_days=5, attention_share=0.5),
        tie(2, strength=30, given_days=5, received_days=5, attention_share=0.3),
        tie(3, strength=90, given_days=5, received_days=5, attention_share=0.2),
    )
    client, friend = sorted(built(now, people=who).tags, key=lambda line: line.name)
    assert (client.name, client.people, client.strong, client.attention) == ("client", 2, 1, 0.8)
    assert (friend.name, friend.people, friend.strongest) == ("friend", 1, 30)
    page = as_markdown(audit_page.page(built(now, people=who)))
    assert "| client | 2 | 2 | 1 | 70 | 80% |" in page
    assert "By tag" not in as_markdown(audit_page.page(built(now)))


def test_what_each_source_carried_is_told_each_way_and_week() -> None:
    lines = """
        2026-02-28 me -> Ana message
        2026-02-27 Ana -> me reply
        2026-02-20 Ana -> me message
        2026-02-28 me -> Ben meeting calendar
        2025-01-01 me -> Ben message x
    """
    email, calendar = built(measures("2026-03-01"), lines).flows
    assert (email.source, email.given[-2:], email.received[-2:]) == ("email", (0, 1), (1, 1))
    assert (calendar.given[-1], calendar.received[-1]) == (1, 1), "a meeting is in both"


def test_ties_csv_has_a_row_for_each_tie_and_no_formula() -> None:
    who = people("me", '=HYPERLINK("x")', "Ben")
    now = measures("2026-03-01", tie(1, strength=12.5, give_get=-0.5), tie(2, "none"))
    rows = list(csv.DictReader(io.StringIO(csv_text(*audit.ties_table(who, now)))))
    assert [row["name"] for row in rows] == ['\'=HYPERLINK("x")', "Ben"]
    assert (rows[0]["strength"], rows[0]["give_get"], rows[1]["strength"]) == ("12.5", "-0.5", "")
    assert rows[1]["state"] == "none"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_no_text_cell_is_computed_by_a_spreadsheet(start: str) -> None:
    assert csv_cell(f"{start}1+1").startswith("'")


def test_a_row_has_to_fit_its_head() -> None:
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        csv_text(("a", "b"), [("x",)])
