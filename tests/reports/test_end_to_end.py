"""From lines through all scores to pages: what one who reads both would expect to agree."""

import json

from roc.reports import audit, audit_page, setting, text, weekly, weekly_page
from roc.reports.audit import Group
from roc.scoring.change import Move
from roc.scoring.parameters import ScoringParameters
from tests.telling import Told, measured, told

YEAR = """
    2026-02-16 at 09:00 ana -> me message every 7 for 51
    2026-02-16 at 12:00 me -> ana reply every 7 for 51
    2025-11-26 me -> ben meeting every 14 for 20
    2026-01-03 at 10:00 me -> chidi message every 9 for 25
    2026-02-03 at 10:00 news -> me message every 7 for 45
    2026-02-23 at 10:00 me -> dara message
    2026-02-25 at 10:00 dara -> me reply
    2026-02-20 ana -> me recommendation
    me connected elif
"""
LAST = "2026-03-01"


def this_week(graph: Told) -> weekly.WeeklyReport:
    return weekly.build(
        graph.people,
        graph.contacts,
        graph.exchanges,
        measured(graph, LAST),
        measured(graph, "2026-02-22"),
        ScoringParameters(),
        history=[measured(graph, when).network for when in ("2026-02-08", "2026-02-15")],
    )


def test_a_year_told_in_lines_becomes_the_week_that_a_friend_would_tell() -> None:
    report = this_week(told(YEAR))
    assert report.moves is not None
    assert ("dara", Move.TWO_WAY) in [(move.who.name, move.what) for move in report.moves]
    assert report.trusters[0].who.name == "ana"
    assert report.trusters[0].signals == {"recommendation": 1}
    assert {step.who.name for step in report.steps} <= {"ana", "ben", "chidi", "dara", "news"}
    assert "only_declared" in {doubt.code for doubt in report.doubts}
    assert text.long_date(report.week_start) in setting.as_markdown(weekly_page.page(report))


def test_the_audit_puts_each_tie_where_a_friend_would() -> None:
    graph = told(YEAR)
    now = measured(graph, LAST)
    report = audit.build(graph.people, graph.contacts, graph.declared, now, ScoringParameters())
    places = {line.who.name: group.group for group in report.groups for line in group.first}
    assert places["ana"] is Group.STRONG
    assert places["ben"] in {Group.SILENT, Group.LIGHT}
    assert places["chidi"] is Group.GIVING
    assert places["news"] is Group.RECEIVING
    assert "elif" not in places  # nothing ever passed
    assert "ana" in setting.as_html(audit_page.page(report))


def test_the_parts_of_the_score_add_up_and_the_page_repeats_it() -> None:
    report = this_week(told(YEAR))
    assert abs(sum(part.points for part in report.returns.parts) - report.returns.score) < 1e-9
    page = setting.as_markdown(weekly_page.page(report))
    assert f"The score is {text.decimal(report.returns.score)} of 100" in page
    assert json.loads(setting.as_json(report))["returns"]["score"] == round(report.returns.score, 6)


def test_the_parts_of_who_knows_and_trusts_you_add_up_too() -> None:
    report = this_week(told(YEAR))
    shares = [truster.share for truster in report.trusters]
    assert abs(sum(share for share in shares if share is not None) - 1) < 1e-9


def test_the_same_lines_give_the_same_bytes() -> None:
    first, again = (setting.as_html(weekly_page.page(this_week(told(YEAR)))) for _ in range(2))
    assert first == again
