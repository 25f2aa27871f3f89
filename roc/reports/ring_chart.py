"""Ego's alters on rings: the nearer, the more often there is contact; communities side by side."""

from typing import TYPE_CHECKING

import numpy as np

from roc.graph.frames import Floats, Ints
from roc.reports import text
from roc.reports.drawing import Drawing, Frame, drawing
from roc.reports.neighbourhood import MOST_COMMUNITIES, RingMap, letter
from roc.reports.words import say
from roc.scoring.structure import CIRCLES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00")
"""Of Okabe and Ito, told apart by colour-blind readers; a community's letter says the same."""

_OTHERS = "#7f7f7f"
_GAP = 1.5  # places left free between two communities
_WIDEST = len(CIRCLES) - 1


def ring_map(rings: RingMap) -> Drawing:
    """Alters around ego, coloured by community, on a ring for each circle; a dot tells its name.

    Args:
        rings: who stands where; at least one.

    Raises:
        ValueError: nobody is there.
    """
    if not rings.circle:
        raise ValueError("nobody is on any ring")
    community = np.array(rings.community)
    angle = _angles(community)
    radius = 1.0 + _WIDEST - np.array(rings.circle, dtype=np.float64)
    x, y = radius * np.sin(angle), radius * np.cos(angle)

    def draw(axes: "Axes") -> None:
        for ring in range(1, _WIDEST + 1):
            turn = np.linspace(0, 2 * np.pi, 181)
            axes.plot(ring * np.sin(turn), ring * np.cos(turn), color="#7f7f7f", linewidth=0.6)
            axes.text(0, ring + 0.05, say(CIRCLES[1 + _WIDEST - ring]), size=8.5, ha="center")
        for one, other in rings.joined:
            axes.plot(x[[one, other]], y[[one, other]], color="#7f7f7f", linewidth=0.5, alpha=0.5)
        sizes = 3.0 + np.array(rings.strength) / 12.0
        for place in range(len(x)):
            colour = _COLOURS[community[place]] if community[place] >= 0 else _OTHERS
            (dot,) = axes.plot(x[place], y[place], "o", color=colour, markersize=sizes[place])
            dot.set_gid(f"who-{place}")
        axes.plot(0, 0, "o", color="#123456", markersize=7)
        for number in range(int(community.max()) + 1):
            middle = float(np.mean(angle[community == number]))
            far = _WIDEST + 0.45
            where = (far * np.sin(middle), far * np.cos(middle))
            axes.text(*where, letter(number), size=12, weight="bold", ha="center", va="center")
        reach = _WIDEST + 0.7
        axes.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
        axes.set_axis_off()

    return drawing(
        "rings",
        Frame(height=400),
        draw,
        title=say("People around you"),
        alt=_alt(rings),
        tips={f"who-{place}": name for place, name in enumerate(rings.who)},
    )


def _angles(community: Ints) -> Floats:
    """Places around the ring, with a gap before each community and where the rings are named."""
    order = np.where(community < 0, MOST_COMMUNITIES, community)
    place = np.arange(len(community)) + _GAP * np.cumsum(np.diff(order, prepend=order[:1]) != 0)
    turn: Floats = 2 * np.pi * (place + 2 * _GAP) / (place[-1] + 4 * _GAP)
    return turn


def _alt(rings: RingMap) -> str:
    counts = [(say(CIRCLES[n]), rings.circle.count(n)) for n in range(_WIDEST, 0, -1)]
    told = [
        say(
            "Of {people} there is contact with {near}.",
            people=text.counted(len(rings.circle), "person", "people"),
            near=text.joined([f"{text.count(number)} {name}" for name, number in counts if number]),
        )
    ]
    if found := max(rings.community) + 1:
        groups = text.counted(found, "community", "communities")
        told.append(say("They fall into {communities}.", communities=groups))
    if rings.joined:
        joined = text.counted(len(rings.joined), "tie")
        told.append(
            say(
                "Lines are {ties} that they have with each other, as far as your data tell.",
                ties=joined,
            )
        )
    return " ".join(told)
