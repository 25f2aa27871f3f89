"""Who brought whom of late, and who was thanked."""

from roc.graph.records import Kind
from roc.reports import weekly, weekly_page
from roc.reports.favours import Favour, favours
from roc.reports.setting import as_markdown
from roc.scoring.parameters import ScoringParameters
from tests.reports.told import contacts, exchanges, measures, people

DAY = 20_513  # 1 March 2026


def told(lines: str) -> list[Favour]:
    return list(favours(people(), contacts(lines), DAY, limit=10))


def test_an_introduction_tells_who_brought_whom() -> None:
    (one,) = told("2026-02-20 Ana -> me,Ben introduction")
    assert (one.who.name, one.kind, one.by_ego) == ("Ana", Kind.INTRODUCTION, False)
    assert [who.name for who in one.others] == ["Ben"]
    assert not one.thanked


def test_thanks_of_the_day_or_later_count_and_earlier_ones_do_not() -> None:
    favour = "2026-02-20 Ana -> me referral\n"
    assert told(favour + "2026-02-20 me -> Ana thanks")[0].thanked
    assert told(favour + "2026-02-25 me -> Ana thanks")[0].thanked
    assert not told(favour + "2026-02-19 me -> Ana thanks")[0].thanked
    assert not told(favour + "2026-02-25 Ana -> me thanks")[0].thanked


def test_both_ways_are_told_the_newest_first() -> None:
    found = told("2026-02-10 me -> Ben,Chidi introduction\n2026-02-20 Ana -> me recommendation")
    assert [(one.who.name, one.by_ego) for one in found] == [
        ("Ana", False),
        ("Chidi", True),
        ("Ben", True),
    ]


def test_what_is_older_than_a_quarter_or_between_others_is_not_told() -> None:
    assert told("2025-11-30 Ana -> me referral\n2026-02-20 Ana -> Ben introduction") == []
    assert len(told("2025-12-01 Ana -> me referral")) == 1


def test_the_page_says_whether_thanks_are_due() -> None:
    lines = "2026-02-20 Ana -> me,Ben introduction"
    report = weekly.build(
        people(), contacts(lines), exchanges(lines), measures("2026-03-01"), None,
        ScoringParameters(),
    )  # fmt: skip
    page = as_markdown(weekly_page.page(report))
    assert "| Ana | for you: an introduction | Ben | 20 February 2026 | not yet |" in page
