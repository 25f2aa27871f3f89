from datetime import date

import pytest

from roc.reports import project, project_page, setting
from roc.reports.project import Standing
from roc.scoring.gatherings import Effect
from roc.scoring.parameters import ScoringParameters
from tests.reports.told import contacts, people, with_tags
from tests.telling import told

SPRING = """
    2026-01-10 me -> Ana message
    2026-03-02 Ana -> me reply
    2026-03-05 me -> Ben, Chidi meeting calendar
    2026-03-06 Chidi -> Ben reply
    2026-03-07 Chidi -> Ben reply
    2026-03-08 Ben -> Chidi comment
    2026-06-01 me -> Ben message
    2026-06-20 Ben -> me reply
    2026-10-01 Dara -> me message
"""


def built(as_of: str = "2026-12-31", lines: str = SPRING, **more: object) -> project.ProjectReport:
    options = {"start": date(2026, 3, 1), "end": date(2026, 4, 1), **more}
    return project.build(
        people(),
        contacts(lines),
        ScoringParameters(),
        as_of=date.fromisoformat(as_of),
        **options,  # type: ignore[arg-type]
    )


def test_people_are_met_through_it_when_their_first_contact_falls_inside() -> None:
    """Ana was known before, Dara came after."""
    report = built(named=True)
    assert [who.name for who in report.met_first] == ["Ben", "Chidi"]


def test_a_tie_is_new_when_the_second_side_answers_inside() -> None:
    report = built(named=True)
    assert (report.new_ties, report.new_ties_among) == (3, 1)
    assert {(tie.one.name, tie.other.name) for tie in report.ties} == {
        ("me", "Ana"),
        ("me", "Ben"),
        ("me", "Chidi"),
        ("Ben", "Chidi"),
    }


def test_later_both_sides_have_to_act_for_a_tie_to_be_alive() -> None:
    """Ben and me act both ways in the 90 days up to 30 June; nobody in those up to 28 September."""
    after_90, after_180 = built().later
    assert (after_90.standing, after_90.alive, after_90.ties) == (Standing.KNOWN, 1, 4)
    assert (after_180.standing, after_180.alive) == (Standing.KNOWN, 0)


@pytest.mark.parametrize(
    ("as_of", "early"), [("2026-06-29", 2), ("2026-06-30", 1), ("2026-09-28", 0)]
)
def test_it_is_too_early_until_the_day_has_come(as_of: str, early: int) -> None:
    later = built(as_of).later
    assert [moment.standing for moment in later].count(Standing.TOO_EARLY) == early


def test_two_who_answer_each_other_are_listed_once() -> None:
    (answer,) = [answer for answer in built(named=True).answers if answer.answerer.name == "Chidi"]
    assert (answer.answered.name, answer.days, answer.returned_days) == ("Ben", 2, 1)
    assert len(built().answers) == 2  # and Ana answered me


def test_who_spoke_for_the_owner_or_worked_with_them_could_vouch() -> None:
    lines = SPRING + "\n2026-03-20 Dara -> me recommendation linkedin"
    days = "\n".join(f"2026-03-{day} me -> Ana meeting calendar" for day in range(11, 16))
    report = built(lines=lines + "\n" + days, named=True)
    assert [(who.who.name, who.signals, who.received_days) for who in report.vouchers] == [
        ("Dara", 1, 1),
        ("Ana", 0, 6),
    ]


def test_an_endorsement_from_before_says_nothing_about_the_project() -> None:
    report = built(lines="2026-02-01 Dara -> me recommendation linkedin")
    assert report.could_vouch == 0


def test_names_are_hidden_unless_asked_for() -> None:
    hidden = built()
    shown = setting.as_json(hidden) + setting.as_html(project_page.page(hidden))
    assert not any(name in shown for name in ("Ana", "Ben", "Chidi", "Dara", "example.org"))
    assert "P1" in shown
    assert "Chidi" in setting.as_json(built(named=True))


def test_a_pseudonym_stays_when_more_people_come_later() -> None:
    before = [tie.other.name for tie in built("2026-04-01").ties]
    assert before == [tie.other.name for tie in built("2026-12-31").ties]


def test_people_can_be_chosen_by_a_tag() -> None:
    who = with_tags(people(), Ben="site", Ana="garden")
    members = project.tagged(who, "#site")
    report = built(members=members, named=True)
    assert members == (2,)
    assert (report.chosen, report.met, report.new_ties, report.new_ties_among) == (1, 1, 1, 0)


def test_how_fast_the_owner_was_answered_is_told_for_the_window() -> None:
    graph = told(
        """
        2026-03-02 at 09:00 me -> ana message
        2026-03-02 at 13:00 ana -> me reply
        2026-03-09 at 09:00 ana -> me message
        2026-03-09 at 10:00 me -> ana reply
        2026-08-02 at 09:00 me -> ana message
        2026-08-03 at 09:00 ana -> me reply
        """
    )
    report = project.build(
        graph.people,
        graph.contacts,
        ScoringParameters(),
        start=date(2026, 3, 1),
        end=date(2026, 4, 30),
        as_of=date(2026, 12, 31),
        exchanges=graph.exchanges,
    )
    assert (report.reply_hours, report.own_reply_hours) == (4.0, 1.0)
    page = setting.as_markdown(project_page.page(report))
    assert "The owner was answered within: **4 hours**" in page
    assert "answered within" not in setting.as_markdown(project_page.page(built()))


def test_everybody_cannot_be_compared_with_others() -> None:
    report = built()
    assert report.anyway is None
    assert "Where the people of a project are named" in project_page.sentences(report)[-1]


def test_too_few_others_to_compare_with_are_told() -> None:
    """The meeting made three ties; by themselves only Ben and Chidi wrote each other."""
    number = {name: place for place, name in enumerate(people().names)}
    report = built(members=[number["Ben"], number["Chidi"]])
    assert report.anyway is not None
    assert (report.anyway.eligible, report.anyway.formed) == (3, 1)
    assert "Too few" in project_page.sentences(report)[-1]


def test_what_would_have_come_anyway_is_taken_off_in_words() -> None:
    told = project_page.compared(Effect(33, 15, 1.2, 12.8, 15.0, 1 / 201, 200))
    assert told == (
        "Of 33 pairs of them who had never been in touch, 15 wrote each other both ways meanwhile, "
        "meetings not counted. In 200 groups of others, as many, as busy and as near to each "
        "other, it was 1.2: 13.8 more than would have come anyway (90 %: 12.8 to 15.0; p = 0.005)."
    )


def test_a_project_in_which_nothing_passed_has_none_of_everything() -> None:
    report = built(lines="")
    assert (report.met, report.new_ties, report.could_vouch) == (0, 0, 0)
    assert "None." in setting.as_markdown(project_page.page(report))


def test_a_window_has_to_be_one() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        built(end=date(2026, 2, 1))
    with pytest.raises(ValueError, match="starts after the day"):
        built("2026-02-01")
