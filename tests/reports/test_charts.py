import warnings
from collections.abc import Callable
from datetime import date, timedelta
from xml.etree import ElementTree

import numpy as np
import pytest

from roc.reports import charts
from roc.reports.drawing import Drawing, label

NONE = np.array([])
WEEKS = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(4)]


def texts(drawn: Drawing) -> list[str]:
    root = ElementTree.fromstring(drawn.svg)
    return [node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_map_counts_each_corner_and_says_so() -> None:
    strength, balance = np.array([70, 70, 10, 10, np.nan]), np.array([0.9, 0.1, 0.9, 0.1, 0.5])
    drawn = charts.tie_map(strength, balance, silent=3, strong=60, even=0.8)
    assert drawn.alt == (
        "Of 4 ties, 1 strong and two-way, 1 strong, one-sided, 1 light and two-way and "
        "1 light, one-sided. Not drawn: 3 silent ties."
    )
    assert "strong and two-way: 1" in texts(drawn)


def test_thousands_of_ties_still_make_a_small_figure() -> None:
    grid = np.linspace(0, 1, 20_000)
    drawn = charts.tie_map(grid * 100, grid, silent=0, strong=60, even=0.8)
    assert "20,000 ties" in drawn.alt
    assert len(drawn.svg) < 200_000


def test_a_slope_tells_who_warmed_and_who_cooled() -> None:
    names, before = ["Ana", "Ben", "Chidi"], np.array([20, 60, np.nan])
    drawn = charts.slope(names, before, np.array([50.0, 30, 10]))
    assert drawn.alt == (
        "2 ties warmed and 1 tie cooled: Ana from 20 to 50, Ben from 60 to 30 and Chidi new to 10."
    )


def test_a_tie_whose_shown_numbers_are_equal_neither_warmed_nor_cooled() -> None:
    drawn = charts.slope(["Ana", "Ben"], np.array([15.4, 20]), np.array([14.6, 30.0]))
    assert drawn.alt == (
        "1 tie warmed, no ties cooled and 1 tie stayed unchanged in strength: "
        "Ana still 15 and Ben from 20 to 30."
    )
    assert "--series-2" not in drawn.svg


def test_you_give_more_only_where_the_difference_is_clear() -> None:
    """5.4 against 4.6 differ by 0.8 of 10, less than a tenth; 6 against 4 by 2."""
    drawn = charts.in_out_bars(["Ana", "Ben"], np.array([5.4, 6.0]), np.array([4.6, 4.0]))
    assert "You give more to 1 of these 2 people" in drawn.alt


def test_a_bar_says_what_its_grey_part_is_and_bears_its_value_at_its_own_end() -> None:
    values, limits = np.array([2.0, 1.0]), np.array([2.0, 4.0])
    drawn = charts.score_bars(
        "k", ["Ana", "Ben"], values, limits, title="K", unit="points", limit="if all trusted you"
    )
    assert drawn.alt.endswith("Grey: if all trusted you.")
    root = ElementTree.fromstring(drawn.svg)
    places = {
        node.text: float(node.attrib["x"])
        for node in root.iter("{http://www.w3.org/2000/svg}text")
        if "x" in node.attrib
    }
    assert places["1.0"] < places["2.0"]


def test_labels_of_equal_strength_do_not_lie_on_each_other() -> None:
    drawn = charts.slope(list("ABCDEFGH"), np.full(8, 40.0), np.full(8, 99.0))
    root = ElementTree.fromstring(drawn.svg)
    named = [
        float(node.attrib["y"])
        for node in root.iter("{http://www.w3.org/2000/svg}text")
        if (node.text or "").startswith("99")
    ]
    assert len(named) == 8
    assert min(np.diff(sorted(named))) > 12
    assert 0 < min(named) < max(named) < float(root.attrib["height"])


def test_the_curve_says_what_the_top_fifth_gets() -> None:
    """Four get nothing and one gets all."""
    shares = np.array([0, 0.2, 0.4, 0.6, 0.8, 1]), np.array([0.0, 0, 0, 0, 0, 1])
    drawn = charts.lorenz(*shares, gini=0.8)
    assert "gets 100% of it (Gini coefficient 0.80" in drawn.alt


def test_the_calendar_names_the_busiest_week() -> None:
    acts = np.array([[1, 0, 0, 3], [0, 0, 0, 9]])
    drawn = charts.week_map(["Email", "X"], WEEKS, acts)
    assert drawn.alt == (
        "X carried most. The busiest week began on 26 January 2026 with 12 acts; "
        "nothing passed in 2 weeks."
    )


def test_names_are_letters_and_neither_markup_nor_formulas() -> None:
    names = ["$\\frac{1}{0}$", "<b>&amp;", "_hidden", "王小明", "\u2068أحمد\u2069"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = charts.score_bars(
            "k", names, np.ones(5), np.ones(5), title="Known <i>", unit="points", limit="if all"
        )
    assert set(names) <= set(texts(drawn))


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.tie_map(np.array([np.nan]), np.ones(1), silent=0, strong=60, even=0.8),
        lambda: charts.slope([], NONE, NONE),
        lambda: charts.in_out_bars([], NONE, NONE),
        lambda: charts.week_map(["X"], WEEKS, np.zeros((1, 4), dtype=np.int64)),
        lambda: charts.lorenz(NONE, NONE, gini=0),
        lambda: charts.score_bars("k", [], NONE, NONE, title="", unit="", limit=""),
    ],
)
def test_nothing_to_draw_is_said_instead_of_drawn(draw: Callable[[], Drawing]) -> None:
    with pytest.raises(ValueError, match=r"no |nothing|two points"):
        draw()


def test_the_same_columns_give_the_same_bytes_whatever_the_machine_prefers() -> None:
    import matplotlib

    def draw() -> Drawing:
        return charts.in_out_bars(["Ana", "Ben"], np.array([3.0, 1]), np.array([2.0, 0]))

    first = draw()
    with matplotlib.rc_context({"font.size": 30, "svg.hashsalt": "x", "axes.facecolor": "red"}):
        assert draw() == first


def test_wide_letters_take_twice_the_room() -> None:
    assert label("王" * 12) == "王" * 9 + "…"
    assert label("A" * 19) == "A" * 19
