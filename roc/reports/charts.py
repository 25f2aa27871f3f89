"""The figures of reports: plain columns in, a drawing with its finding in words out.

Names are shown as given, so they are made harmless before (`roc.reports.text.name`). Colour is
never the only sign: side, direction or shape says the same.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from roc.graph.frames import Floats, Ints
from roc.reports import text
from roc.reports.drawing import LABEL_UNITS, Drawing, Frame, drawing, label
from roc.reports.words import say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

NAME_ROOM = 126.0
"""Room for names left of rows, in a figure's own units."""

ROW = 22.0
"""How high a row with a name is."""

CLEARLY = 0.1
"""One side gives more where the difference is above this part of all that passed."""

_MANY_POINTS = 400
"""Above this many ties points fall on each other; then places are rounded and dots grow."""


def tie_map(
    strength: Floats, balance: Floats, *, silent: int, strong: float, even: float
) -> Drawing:
    """Ties that are not silent by strength and balance, with the four corners named.

    Args:
        strength: 0 to 100, shape ``(m,)``.
        balance: 0 one-sided to 1 even, same shape. Rows with ``nan`` are left out.
        silent: how many silent ties are left out, for the text.
        strong: strength from which a tie counts as strong.
        even: balance from which it counts as two-way.

    Raises:
        ValueError: no tie has both numbers.
    """
    known = ~(np.isnan(strength) | np.isnan(balance))
    if not known.any():
        raise ValueError("no tie has a strength and a balance")
    x, y = strength[known], balance[known]
    corners = {
        say("strong and two-way"): int(((x >= strong) & (y >= even)).sum()),
        say("strong, one-sided"): int(((x >= strong) & (y < even)).sum()),
        say("light and two-way"): int(((x < strong) & (y >= even)).sum()),
        say("light, one-sided"): int(((x < strong) & (y < even)).sum()),
    }
    if len(x) > _MANY_POINTS:
        x, y = np.round(x / 2.5) * 2.5, np.round(y * 40) / 40
    places, heaped = np.unique(np.column_stack([x, y]), axis=0, return_counts=True)

    def draw(axes: "Axes") -> None:
        axes.axvline(strong, color="#7f7f7f", linewidth=0.8, linestyle=(0, (3, 3)))
        axes.axhline(even, color="#7f7f7f", linewidth=0.8, linestyle=(0, (3, 3)))
        for number in np.unique(heaped):
            dots = places[heaped == number]
            size = 5.0 * float(number) ** 0.25
            axes.plot(*dots.T, "o", color="C0", alpha=0.65, markersize=size, markeredgewidth=0)
        for where, (corner, number) in zip(
            [(1, 1), (1, 0), (0, 1), (0, 0)], corners.items(), strict=True
        ):
            axes.annotate(
                f"{corner}: {text.count(number)}",
                where,
                (-2 if where[0] else 4, 11 if where[1] else 6),
                xycoords="axes fraction",
                textcoords="offset points",
                ha="right" if where[0] else "left",
                size=9.5,
                weight="bold",
            )
        axes.set(
            xlim=(0, 104), ylim=(-0.12, 1.06), xlabel=say("tie strength"), ylabel=say("balance")
        )
        axes.set_yticks([0, 0.5, 1], [say("one-sided"), "", say("even")])

    return drawing(
        "tie-map",
        Frame(height=300, left=72, bottom=42, top=30),
        draw,
        title=say("Ties by strength and balance"),
        alt=_corners(int(known.sum()), corners, silent),
    )


def _corners(ties: int, corners: dict[str, int], silent: int) -> str:
    told = say(
        "Of {ties}, {corners}.",
        ties=text.counted(ties, "tie"),
        corners=text.joined([f"{text.count(of)} {corner}" for corner, of in corners.items()]),
    )
    if not silent:
        return told
    return f"{told} {say('Not drawn: {ties}.', ties=text.counted(silent, 'silent tie'))}"


def slope(names: Sequence[str], before: Floats, now: Floats) -> Drawing:
    """Ties whose strength moved, from the earlier moment to now.

    Args:
        names: shown names, at most a dozen.
        before: strength then, 0 to 100, shape ``(m,)``; ``nan`` for a tie that is new.
        now: strength now, same shape; not ``nan``.

    Raises:
        ValueError: there is no tie.
    """
    if not len(names):
        raise ValueError("no tie to draw")
    # A reader sees whole numbers, so what rounds to the same has not moved.
    shown = [
        (text.decimal(then, 0), text.decimal(today, 0))
        for then, today in zip(before, now, strict=True)
    ]
    same = np.array([then == today for then, today in shown])
    cooler = ~same & (now < before)
    warmer = ~same & ~cooler
    height = max(180.0, ROW * len(names) + 60)
    places = spread(now, gap=100.0 * 15 / (height - 58))

    def draw(axes: "Axes") -> None:
        for row, name in enumerate(names):
            colour = "#7f7f7f" if same[row] else "C1" if cooler[row] else "C0"
            style = (0, (4, 2)) if cooler[row] else "-"
            if not np.isnan(before[row]):
                axes.plot([0, 1], [before[row], now[row]], color=colour, linestyle=style)
                axes.plot([0], [before[row]], "o", color=colour)
            axes.plot([1], [now[row]], "o", color=colour)
            leader = [now[row], places[row]]
            axes.plot([1.03, 1.09], leader, color="#7f7f7f", linewidth=0.6, clip_on=False)
            told = f"{text.decimal(float(now[row]), 0)}  {label(name)}"
            axes.text(1.11, places[row], told, va="center", parse_math=False)
        axes.set(xlim=(-0.05, 1.05), ylim=(-3, 103), ylabel=say("tie strength"))
        axes.set_xticks([0, 1], [say("a week ago"), say("now")])
        axes.set_yticks([0, 50, 100])
        axes.spines["bottom"].set_visible(False)

    counts = [
        say("{ties} warmed", ties=text.counted(int(warmer.sum()), "tie")),
        say("{ties} cooled", ties=text.counted(int(cooler.sum()), "tie")),
    ]
    if same.any():
        counts.append(
            say("{ties} stayed unchanged in strength", ties=text.counted(int(same.sum()), "tie"))
        )
    told = [
        f"{name} {_path(then, today)}" for name, (then, today) in zip(names, shown, strict=True)
    ]
    return drawing(
        "slope",
        Frame(height=height, left=46, right=168, bottom=30, top=14),
        draw,
        title=say("Warming and cooling"),
        alt=f"{text.sentence(text.joined(counts))}: {text.joined(told)}.",
    )


def _path(then: str, now: str) -> str:
    if then == text.none():
        return say("new to {now}", now=now)
    if then == now:
        return say("still {now}", now=now)
    return say("from {then} to {now}", then=then, now=now)


def spread(values: Floats, gap: float) -> Floats:
    """Places for labels near their values, at least ``gap`` apart and within 0 to 100.

    Args:
        values: where they would stand, shape ``(m,)``.
        gap: how far apart they have to be.
    """
    order = np.argsort(values, kind="stable")
    steps = gap * np.arange(len(values))
    # The least squares answer to "keep order and distance" is pooling neighbours that collide.
    pools: list[tuple[float, int]] = []
    for wanted in values[order] - steps:
        mean, size = float(wanted), 1
        while pools and pools[-1][0] > mean:
            left, weight = pools.pop()
            mean, size = (left * weight + mean * size) / (weight + size), weight + size
        pools.append((mean, size))
    placed = np.concatenate([np.full(size, mean) for mean, size in pools])
    highest = max(100.0 - steps[-1], 0.0)
    out = np.empty_like(values)
    out[order] = np.clip(placed, 0.0, highest) + steps
    return out


def in_out_bars(names: Sequence[str], given: Floats, received: Floats) -> Drawing:
    """What went out to each alter, to the left, and what came in, to the right.

    Args:
        names: shown names, in the order to draw them from the top.
        given: decayed given acts, shape ``(m,)``.
        received: decayed received acts.

    Raises:
        ValueError: there is no tie.
    """
    if not len(names):
        raise ValueError("no tie to draw")
    rows = np.arange(len(names))
    reach = 1.08 * max(float(given.max()), float(received.max()), 1e-9)
    more_out = int((given - received > CLEARLY * (given + received)).sum())

    def draw(axes: "Axes") -> None:
        axes.barh(rows, -given, height=0.62, color="C1")
        axes.barh(rows, received, height=0.62, color="C0")
        axes.axvline(0, color="#7f7f7f", linewidth=0.8)
        named_rows(axes, names)
        axes.set_xlim(-reach, reach)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        for place, side, words in ((-4, "right", say("← from you")), (4, "left", say("to you →"))):
            axes.annotate(
                words,
                (0.5, 1),
                (place, 6),
                xycoords="axes fraction",
                textcoords="offset points",
                ha=side,
            )

    return drawing(
        "in-out",
        Frame(height=ROW * len(names) + 40, left=NAME_ROOM, top=28),
        draw,
        title=say("What went out and what came in"),
        alt=text.ended(
            say(
                "You give more to {more} of these {people} than they give you; most comes in "
                "from {who}",
                more=text.count(more_out) if more_out else text.none(),
                people=text.counted(len(names), "person", "people"),
                who=names[int(np.argmax(received))],
            )
        ),
    )


def week_map(rows: Sequence[str], weeks: Sequence[date], acts: Ints) -> Drawing:
    """Acts by week: a square for each week and row, the darker the more.

    Args:
        rows: what each row is, as sources or weekdays.
        weeks: the first day of each week, in order.
        acts: shape ``(len(rows), len(weeks))``.

    Raises:
        ValueError: nothing passed in all these weeks.
    """
    if not acts.size or acts.max() == 0:
        raise ValueError("nothing passed in these weeks")
    # A square root keeps one busy week from bleaching all the others.
    levels = np.ceil(4 * np.sqrt(acts / acts.max())).astype(int)
    side = (400 - NAME_ROOM + 24 - 12) / len(weeks)
    per_week = acts.sum(axis=0)
    busiest = int(np.argmax(per_week))

    def draw(axes: "Axes") -> None:
        for level, alpha in enumerate((0.12, 0.3, 0.5, 0.75, 1.0)):
            row, week = np.nonzero(levels == level)
            colour = "#7f7f7f" if level == 0 else "C0"
            size = min(side * 0.82, 15.0) ** 2
            axes.scatter(week, row, s=size, marker="s", color=colour, alpha=alpha, linewidth=0)
        named_rows(axes, rows)
        axes.set_xlim(-0.6, len(weeks) - 0.4)
        marks = [
            place for place in range(1, len(weeks)) if weeks[place].month != weeks[place - 1].month
        ]
        axes.set_xticks(marks, [text.short_month(weeks[place]) for place in marks])
        axes.spines[:].set_visible(False)

    return drawing(
        "week-map",
        Frame(height=ROW * len(rows) + 36, left=NAME_ROOM - 24, bottom=26),
        draw,
        title=say("The last {weeks}", weeks=text.counted(len(weeks), "week")),
        alt=say(
            "{source} carried most. The busiest week began on {day} with {acts}; {empty}.",
            source=rows[int(np.argmax(acts.sum(axis=1)))],
            day=text.long_date(weeks[busiest]),
            acts=text.counted(int(per_week[busiest]), "act"),
            empty=_empty_weeks(int((per_week == 0).sum())),
        ),
    )


def _empty_weeks(weeks: int) -> str:
    if not weeks:
        return say("no week is empty")
    return say("nothing passed in {weeks}", weeks=text.counted(weeks, "week"))


def source_flows(sources: Sequence[str], given: Ints, received: Ints) -> Drawing:
    """Each source for itself, week by week: what came in upwards, what went out downwards.

    Args:
        sources: their names, in the order to draw them from the top.
        given: acts of ego, shape ``(len(sources), weeks)``.
        received: acts of others towards ego, same shape.

    Raises:
        ValueError: a source carried nothing.
    """
    most = np.maximum(given, received).max(axis=1, initial=0)
    if not most.size or most.min() == 0:
        raise ValueError("a source carried nothing")
    weeks = np.arange(given.shape[1])

    def draw(axes: "Axes") -> None:
        for row in range(len(sources)):
            scale = 0.44 / most[row]
            axes.axhline(row, color="#7f7f7f", linewidth=0.5)
            axes.bar(weeks, -received[row] * scale, bottom=row, width=0.8, color="C0")
            axes.bar(weeks, given[row] * scale, bottom=row, width=0.8, color="C1")
        named_rows(axes, sources)
        axes.set_xlim(-0.8, len(weeks) - 0.2)
        axes.set_xticks([])
        axes.spines[:].set_visible(False)

    told = [
        say(
            "{source}: {received} to you and {given} from you",
            source=source,
            received=text.count(received[row].sum()),
            given=text.count(given[row].sum()),
        )
        for row, source in enumerate(sources)
    ]
    return drawing(
        "source-flows",
        Frame(height=2 * ROW * len(sources) + 16, left=NAME_ROOM - 24, top=8, bottom=8),
        draw,
        title=say("Source by source over {weeks}", weeks=text.counted(len(weeks), "week")),
        alt=say(
            "Upwards what came to you, downwards what went from you, each source by its own "
            "measure. {sources}.",
            sources="; ".join(told),
        ),
    )


def lorenz(people_share: Floats, attention_share: Floats, *, gini: float) -> Drawing:
    """How unevenly attention falls on people.

    Args:
        people_share: share of people, from those with least attention, rising from 0 to 1.
        attention_share: the share of attention that they get together, rising from 0 to 1.
        gini: the Gini coefficient, 0 even to 1.

    Raises:
        ValueError: the curve has fewer than two points.
    """
    if len(people_share) < 2:
        raise ValueError("a curve needs two points")
    top_fifth = 1 - float(np.interp(0.8, people_share, attention_share))

    def draw(axes: "Axes") -> None:
        axes.plot([0, 1], [0, 1], color="#7f7f7f", linewidth=0.8, linestyle=(0, (3, 3)))
        axes.fill_between(people_share, people_share, attention_share, color="C0", alpha=0.14)
        axes.plot(people_share, attention_share, color="C0")
        axes.text(0.46, 0.52, say("if everyone got the same"), rotation=32, size=9.5, ha="center")
        axes.set(xlim=(0, 1), ylim=(0, 1))
        axes.set(xlabel=say("people, from least attention to most"), ylabel=say("attention"))
        for ticks, shares in (
            (axes.set_xticks, (0.2, 0.4, 0.6, 0.8)),
            (axes.set_yticks, (0.5,)),
        ):
            ticks([0, *shares, 1], ["0", *map(text.percent, shares), say("all")])

    return drawing(
        "lorenz",
        Frame(height=260, left=58, bottom=44, right=20),
        draw,
        title=say("Where attention goes"),
        alt=say(
            "The fifth of people with most attention gets {top_fifth} of it (Gini "
            "coefficient {gini}; 0 would be even).",
            top_fifth=text.percent(top_fifth),
            gini=text.decimal(gini, 2),
        ),
    )


def score_bars(
    slug: str,
    names: Sequence[str],
    values: Floats,
    limits: Floats,
    *,
    title: str,
    unit: str,
    limit: str,
) -> Drawing:
    """A score for each name as a bar, within the most it could be.

    Args:
        slug: a word for the figure, unique within a page.
        names: shown names, in the order to draw them from the top.
        values: the scores, shape ``(m,)``, at least 0.
        limits: the most each score could be, drawn behind it; same shape.
        title: what is shown.
        unit: what the scores are, for the text.
        limit: when a score would be the most it could be, for the text.

    Raises:
        ValueError: there is no score.
    """
    if not len(names):
        raise ValueError("no score to draw")
    rows = np.arange(len(names))
    reach = max(float(limits.max()), 1e-9)

    def draw(axes: "Axes") -> None:
        axes.barh(rows, limits, height=0.62, color="#7f7f7f", alpha=0.22)
        axes.barh(rows, values, height=0.62, color="C0")
        for row in rows:
            axes.annotate(
                text.decimal(float(values[row]), 1),
                (float(values[row]), float(row)),
                (5, 0),
                textcoords="offset points",
                va="center",
                size=9.5,
            )
        named_rows(axes, names)
        axes.set_xlim(0, reach * 1.14)
        axes.set_xticks([])
        axes.spines[:].set_visible(False)

    first = int(np.argmax(values))
    return drawing(
        slug,
        Frame(height=ROW * len(names) + 20, left=NAME_ROOM, top=8),
        draw,
        title=title,
        alt=say(
            "{who} leads with {most} {unit}; these {people} make {sum} together. Grey: {limit}.",
            who=names[first],
            most=text.decimal(float(values[first]), 1),
            unit=unit,
            people=text.count(len(names)),
            sum=text.decimal(float(values.sum()), 1),
            limit=limit,
        ),
    )


def named_rows(axes: "Axes", names: Sequence[str]) -> None:
    """Names left of the rows, the first on top. A ``$`` in a name is no formula.

    Args:
        axes: of the figure; row *n* is at height *n*.
        names: of the rows.
    """
    axes.set_yticks(range(len(names)), [label(name, LABEL_UNITS) for name in names])
    for tick in axes.get_yticklabels():
        tick.set_parse_math(False)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.spines["left"].set_visible(False)
