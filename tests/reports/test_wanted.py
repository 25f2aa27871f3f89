"""Keeping in touch as the owner wants it: due by their own clock, put off, kept in view."""

import numpy as np
import pytest

from roc.graph.frames import Care
from roc.reports import weekly, weekly_page
from roc.reports.setting import as_markdown
from roc.reports.steps import Reason
from roc.scoring.measures import Measures
from roc.scoring.parameters import ScoringParameters
from tests.reports.told import CAST, contacts, exchanges, measures, people, tie

LINES = "2026-01-05 me -> Ana message"
DAY = "2026-03-01"


def care(**said: tuple[int, int, bool]) -> Care:
    """Cadence, day of snoozing and pin by name."""
    rows = [said.get(name, (0, -1, False)) for name in CAST]
    cadence, until, pinned = zip(*rows, strict=True)
    return Care(np.array(cadence), np.array(until), np.array(pinned))


def built(now: Measures, said: Care | None = None, **by_tag: int) -> weekly.WeeklyReport:
    told = (contacts(LINES), exchanges(LINES))
    return weekly.build(people(), *told, now, None, ScoringParameters(), care=said, cadences=by_tag)


def quiet(*silences: float) -> Measures:
    """Ties of Ana, Ben, Chidi, Dara that ask for nothing by themselves."""
    ties = [tie(n, silence_days=days) for n, days in enumerate(silences, start=1)]
    return measures(DAY, *ties)


def test_whoever_is_longer_silent_than_wanted_is_due() -> None:
    report = built(quiet(28, 27), care(Ana=(28, -1, False), Ben=(28, -1, False)))
    assert [(step.who.name, step.reason, step.gap_days) for step in report.steps] == [
        ("Ana", Reason.CADENCE, 28)
    ]
    assert "Ana: last contact 4 weeks ago; you wanted it every 4 weeks" in as_markdown(
        weekly_page.page(report)
    )


def test_nobody_is_due_with_whom_nothing_ever_passed() -> None:
    assert built(quiet(float("nan")), care(Ana=(28, -1, False))).steps == ()


def test_whoever_was_put_off_is_not_suggested_for_any_reason() -> None:
    now = measures(DAY, tie(1, silence_days=40, owed_by_ego_days=5, given_days=3, strength=60))
    day = now.day
    assert [step.reason for step in built(now).steps] == [Reason.REPLY]
    assert built(now, care(Ana=(28, day + 1, False))).steps == ()
    assert built(now, care(Ana=(28, day, False))).steps[0].reason is Reason.CADENCE


def test_the_latest_of_all_come_first_and_nobody_comes_twice() -> None:
    said = care(Ana=(10, -1, False), Ben=(10, -1, False), Chidi=(10, -1, False))
    now = measures(
        DAY,
        *(tie(n, silence_days=days) for n, days in ((1, 20), (2, 40), (3, 30))),
    )
    report = built(now, said)
    assert [step.who.name for step in report.steps] == ["Ben", "Chidi", "Ana"]
    assert report.also_due == ()
    later = care(Ana=(10, now.day + 5, False))
    put_off = built(now, later)
    assert (put_off.steps, put_off.also_due) == ((), ())


def test_whom_five_suggestions_leave_out_is_named_after_them() -> None:
    names = ("me", *(f"P{n}" for n in range(9)))
    cadence = np.full(10, 10)
    said = Care(cadence, np.full(10, -1), np.zeros(10, dtype=np.bool_))
    now = measures(DAY, *(tie(n, silence_days=100 - n) for n in range(1, 10)))
    empty = (contacts("", names), exchanges("", names))
    report = weekly.build(
        people(*names), *empty, now, None, ScoringParameters(), care=said, cadences={}
    )
    assert len(report.steps) == 5
    assert [who.name for who in report.also_due] == ["P5", "P6", "P7", "P8"]
    page = as_markdown(weekly_page.page(report))
    assert "Longer ago than you wanted, too: P5, P6, P7 and P8." in page


def test_of_tags_the_shortest_counts_and_the_persons_own_wish_before_them() -> None:
    from dataclasses import replace

    from roc.reports.wanted import wanted

    tagged = replace(people(), tags=((), ("client", "friend"), ("client",), ("client",), ()))
    now = quiet(1, 1, 1, 1)
    said = wanted(tagged, care(Chidi=(7, -1, False)), now, {"client": 30, "friend": 90})
    assert said.cadence_days.tolist()[:3] == [30, 30, 7]
    assert np.isnan(said.cadence_days[3])


def test_pinned_people_are_told_of_whatever_happens() -> None:
    report = built(quiet(3, 4), care(Ben=(0, -1, True)))
    assert [(one.who.name, one.silence_days) for one in report.in_view] == [("Ben", 4)]
    assert "People you keep in view" in as_markdown(weekly_page.page(report))


@pytest.mark.parametrize("said", [None, care()])
def test_nothing_said_is_nothing_wanted(said: Care | None) -> None:
    report = built(quiet(300, 300), said)
    assert (report.steps, report.also_due, report.in_view) == ((), (), ())
