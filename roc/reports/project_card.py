"""The project summary as a small picture to post or print: four numbers, and how they were made."""

from typing import TYPE_CHECKING

from roc.reports import text
from roc.reports.drawing import Frame, drawing
from roc.reports.project import ProjectReport, Standing
from roc.reports.words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LONGEST_TITLE = 34  # letters


def card(report: ProjectReport) -> bytes:
    """A PNG of 800 by 420; no name of anybody is in it but the project's.

    Args:
        report: as built by `roc.reports.project.build`.
    """
    title = text.plain(report.title or say("the project"), _LONGEST_TITLE)
    dates = say(
        "{first} to {last}", first=text.long_date(report.start), last=text.long_date(report.end)
    )
    alive = next((one for one in report.later if one.standing is Standing.KNOWN), None)
    numbers = [
        (text.count(report.met), say("people met")),
        (text.count(report.new_ties + report.new_ties_among), say("new two-way ties")),
        (
            text.count(alive.alive) if alive else "…",
            say("alive {days} days later", days=text.count(alive.days if alive else 90)),
        ),
        (text.count(report.could_vouch), say("could vouch")),
    ]
    how = say("Counted by roc from the owner's own data; nobody is named on this card.")

    def draw(axes: "Axes") -> None:
        axes.set(xlim=(0, 4), ylim=(0, 1))
        axes.set_axis_off()
        axes.text(0, 0.92, say("Did it make friends?"), size=10, va="top")
        axes.text(0, 0.80, title, size=19, weight="bold", va="top", parse_math=False)
        axes.text(0, 0.60, dates, size=10, va="top")
        for place, (number, what) in enumerate(numbers):
            axes.text(place, 0.34, number, size=24, weight="bold", color="C0")
            axes.text(place, 0.20, what, size=8.5)
        axes.text(0, 0.02, how, size=7.5)

    told = ", ".join(f"{number} {what}" for number, what in numbers)
    drawn = drawing("card", Frame(height=210, left=20, right=8), draw, title=title, alt=told)
    return drawn.png()
