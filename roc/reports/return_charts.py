"""Figures of what came back: intervals about what gatherings gave, and curves of what lasts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from roc.graph.frames import Floats
from roc.reports import text
from roc.reports.charts import NAME_ROOM, ROW, named_rows, spread
from roc.reports.document import slug_of
from roc.reports.drawing import Drawing, Frame, drawing
from roc.reports.words import say
from roc.scoring.survival import Curve

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CURVES = (("C0", "-"), ("#7f7f7f", (0, (4, 2))), ("C1", "-"))


def curves(told: Sequence[tuple[str, Curve]], *, title: str) -> Drawing:
    """Shares that go down over time, each with what it is of beside its end.

    Args:
        told: what each is of, and the curve; three at most.
        title: what is shown.

    Raises:
        ValueError: there is no curve.
    """
    if not told:
        raise ValueError("no curve to draw")
    last = max(float(found.days[-1]) for _, found in told)
    ends = spread(np.array([100.0 * float(found.share[-1]) for _, found in told]), gap=8.0)

    def draw(axes: "Axes") -> None:
        for (name, found), (colour, style), end in zip(told, _CURVES, ends, strict=False):
            days = np.concatenate([[0.0], found.days, [last]])
            share = np.concatenate([[1.0], found.share, found.share[-1:]])
            axes.plot(days, 100.0 * share, drawstyle="steps-post", color=colour, linestyle=style)
            axes.text(last * 1.03, end, name, va="center", size=9.5)
        axes.set(xlim=(0, last), ylim=(0, 102), xlabel=say("days"))
        axes.set_yticks([0, 50, 100], ["0", text.percent(0.5), text.percent(1.0)])

    said = [
        say(
            "{name}: {share} after {span}",
            name=name,
            share=text.percent(float(found.share[-1])),
            span=text.span(float(found.days[-1])),
        )
        for name, found in told
    ]
    return drawing(
        slug_of(title),
        Frame(height=220, left=46, right=104, bottom=42, top=14),
        draw,
        title=title,
        alt=say("By strength before. {curves}.", curves="; ".join(said)),
    )


def intervals(
    names: Sequence[str], values: Floats, lows: Floats, highs: Floats, *, title: str, unit: str
) -> Drawing:
    """A number for each name as a dot, and the interval about it as a line.

    Args:
        names: shown names, in the order to draw them from the top.
        values: the numbers, shape ``(m,)``.
        lows: lower ends, same shape.
        highs: upper ends.
        title: what is shown.
        unit: what the numbers are.

    Raises:
        ValueError: there is no number.
    """
    if not len(names):
        raise ValueError("no number to draw")
    rows = np.arange(len(names))
    clear = (lows > 0) | (highs < 0)

    def draw(axes: "Axes") -> None:
        axes.axvline(0, color="#7f7f7f", linewidth=0.8, linestyle=(0, (3, 3)))
        for row in rows:
            colour = "C0" if clear[row] else "#7f7f7f"
            axes.plot([lows[row], highs[row]], [row, row], color=colour, linewidth=2)
            axes.plot(values[row], row, "o", color=colour)
        named_rows(axes, names)
        axes.set(xlabel=unit)

    return drawing(
        "intervals",
        Frame(height=ROW * len(names) + 60, left=NAME_ROOM + 40, bottom=42, top=12, right=20),
        draw,
        title=title,
        alt=say(
            "{clear} of {all} stand clear of nothing, the dashed line; the most is {most}. Lines "
            "cover 90 %.",
            clear=text.count(int(clear.sum())),
            all=text.count(len(names)),
            most=text.decimal(float(values.max())),
        ),
    )
