"""Each claim leads to the acts behind it."""

from datetime import date

from roc.graph.records import Kind
from roc.reports import weekly, weekly_page
from roc.reports.behind import ActsOfDay, Behind, behind
from roc.reports.document import Bullets, Link, Section, Table
from roc.reports.faces import Face, face
from roc.reports.linking import with_links
from roc.reports.setting import as_html, as_markdown
from roc.scoring.parameters import ScoringParameters
from tests.reports.told import contacts, exchanges, measures, people, tie

LINES = """
    2026-02-20 me -> Ana,Ben message
    2026-02-20 me -> Ana message
    2026-02-21 Ana -> me reply
    2026-02-21 me -> Ana meeting calendar
    2026-03-09 Ana -> me message
"""
DAY = 20_513  # 1 March 2026


def of(name: str) -> Behind:
    who = face(people(), people().names.index(name))
    (found,) = behind(people(), contacts(LINES), DAY, [who, who])
    return found


def test_the_last_days_are_told_newest_first_and_what_is_alike_is_added_up() -> None:
    assert of("Ana") == Behind(
        face(people(), 1),
        2,
        (
            ActsOfDay(date(2026, 2, 21), True, Kind.MEETING, "calendar", 1),
            ActsOfDay(date(2026, 2, 21), False, Kind.REPLY, "email", 1),
            ActsOfDay(date(2026, 2, 20), True, Kind.MESSAGE, "email", 2),
        ),
    )


def test_only_the_last_five_days_are_shown_and_all_are_counted() -> None:
    lines = "\n".join(f"2026-02-{day:02} me -> Ana message" for day in range(1, 9))
    (found,) = behind(people(), contacts(lines), DAY, [face(people(), 1)])
    assert (found.days, [act.day.day for act in found.acts]) == (8, [8, 7, 6, 5, 4])


def test_whom_nothing_passed_with_and_whom_nobody_named_are_left_out() -> None:
    assert behind(people(), contacts(LINES), DAY, [face(people(), 3)]) == ()


def test_names_that_open_a_row_or_a_point_lead_to_the_acts() -> None:
    table = Table("Ties", ("Who", "What"), (("Ana", "Ben"), ("Anabel", "x")))
    points = Bullets(("Ana: wrote last.", "Anabel: Ana"))
    told = (of("Ana"), of("Ben"))
    part, acts = with_links([Section("Part", (table, points))], told)
    linked, said = part.blocks
    assert isinstance(linked, Table)
    assert isinstance(said, Bullets)
    assert [isinstance(row[0], Link) for row in linked.rows] == [True, False]
    first = said.items[0]
    assert isinstance(first, Link)
    assert (first.name, first.rest, first.to) == ("Ana", ": wrote last.", "acts-1")
    # Ben opens no row and no point: nothing leads to him.
    assert [block.slug for block in acts.blocks if isinstance(block, Table)] == ["acts-1"]


def test_a_name_with_a_colon_is_taken_whole() -> None:
    told = tuple(Behind(Face(name, name), 1, ()) for name in ("Dr", "Dr: No"))
    part, _ = with_links([Section("Part", (Bullets(("Dr: No: wrote last.",)),))], told)
    (points,) = part.blocks
    assert isinstance(points, Bullets)
    assert isinstance(points.items[0], Link)
    assert points.items[0].name == "Dr: No"


def test_in_the_page_every_name_in_a_list_is_a_link_and_in_markdown_it_is_text() -> None:
    now = measures("2026-03-01", tie(1, owed_by_ego_days=5, given_days=3, strength=60))
    told = contacts(LINES), exchanges(LINES)
    report = weekly.build(people(), *told, now, None, ScoringParameters())
    page = weekly_page.page(report)
    html = as_html(page)
    assert '<th scope="row"><a href="#acts-1">Ana</a></th>' in html
    assert '<li><a href="#acts-1">Ana</a>: wrote last' in html
    assert 'id="acts-1"' in html
    assert "| Ana | 5 days |" in as_markdown(page)
