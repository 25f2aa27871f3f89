"""Tables of comma separated values: cells that span lines, quotes that are never closed."""

from collections.abc import Iterator
from io import StringIO

import pytest

from roc.collectors.formats import delimited
from roc.collectors.formats.delimited import lines, pieces, rows_by_name
from roc.graph.records import Problem


def told(text: str) -> list[tuple[int, list[str] | None]]:
    return list(lines(pieces(StringIO(text, newline=""))))


def test_a_cell_may_span_lines_and_hold_what_looks_like_rows() -> None:
    assert told('a,b\n1,"x\n2,y\n"\n3,z\n') == [
        (1, ["a", "b"]),
        (2, ["1", "x\n2,y\n"]),
        (5, ["3", "z"]),
    ]
    assert told('1,"x\n"') == [(1, ["1", "x\n"])]
    assert told("") == []


def test_a_quote_that_is_never_closed_costs_its_own_row() -> None:
    rows = told('1,"oops\n' + "2,y\n\n" * 500 + "3,z")
    assert rows[:3] == [(1, None), (2, ["2", "y"]), (3, [])]
    assert rows[-1] == (1002, ["3", "z"])
    assert [line for line, cells in rows if cells is None] == [1]


def test_the_same_is_so_where_a_cell_grows_too_long_before_the_file_ends() -> None:
    rows = told('1,"oops\n' + "2,y\n" * 50_000 + '4,"a\nb"\n')
    assert rows[0] == (1, None)
    assert [cells for _, cells in rows[1:50_001]] == [["2", "y"]] * 50_000
    assert rows[50_001:] == [(50_002, ["4", "a\nb"])]


def test_a_row_without_end_fills_no_memory_and_each_line_is_read_twice_at_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delimited, "_LONGEST_ROW", 1000)
    held_lines: list[int] = []
    fed = delimited._fed

    def watched(source: Iterator[str], held: list[str]) -> Iterator[str]:
        for line in fed(source, held):
            held_lines.append(len(held))
            yield line

    monkeypatch.setattr(delimited, "_fed", watched)
    rows = told('a","b\n' * 5000)  # each line closes a quote and opens another one
    assert [line for line, _ in rows] == [*range(1, 5001)]
    assert {str(cells) for _, cells in rows} == {"None"}
    assert len(held_lines) < 2 * 5000
    assert max(held_lines) <= 1000 / len('a","b\n')


def test_a_row_that_cannot_be_split_is_a_problem_at_its_place() -> None:
    found = list(rows_by_name(StringIO('a,b\n1,"oops\n2,y\n3\n'), "x.csv"))
    assert found == [
        Problem("x.csv:2", "bad_csv", "the row cannot be split into cells"),
        ("x.csv:3", {"a": "2", "b": "y"}),
        Problem("x.csv:4", "wrong_width", "1 cells under 2 headers"),
    ]
