"""A table read in columns tells what it tells row by row, whatever is in it.

Hypothesis invents the tables. A moment in columns is cut to whole seconds, as the graph keeps it.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow
import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from roc.collectors.archive import open_export
from roc.collectors.formats import csv_blocks, tabular
from roc.collectors.formats.tabular import open_table, values
from roc.collectors.formats.tolerance import Tolerance
from roc.collectors.table.acts import ActsByRow
from roc.collectors.table.columns import known_columns
from roc.collectors.table.in_columns import ActsInColumns
from roc.collectors.table.people import People
from roc.graph.records import Interaction, Interactions, Record
from roc.graph.store import Graph
from tests.collectors.reading import expanded
from tests.graph.worlds import assert_same, state

often = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
seldom = settings(often, max_examples=15)

PEOPLE = ["ana", "ben", "chidi", " ana", "Ana@Example.org", "info@example.org", "7", "", "\ufeffa"]
BAD_PEOPLE = ["\x00", "x" * 301, "a\nb", "a\rb", "noreply@example.org", "a\n", '"']
MOMENTS = ["1082040961", "1082040961", "007", "1082040961500", "2026-01-05", "2026-01-05 09:00"]
ODD_MOMENTS = [
    "-1",
    "1.5",
    " 7",
    "",
    "soon",
    "9" * 12,
    "9" * 18,
    "2026-01-05T09:00+02:00",
    "٧",
    "0",
]
IDS = ["m1", "m2", "m3", "m4", " m1", "", "x" * 251, "7", "07"]


@pytest.fixture(scope="module", autouse=True)
def small_batches() -> Iterator[None]:
    """So few rows a batch that a table has several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_blocks, "_LINES", 4)
        patch.setattr(tabular, "_BATCH", 4)
        yield


def quoted(cell: str, always: bool) -> str:
    doubled = cell.replace('"', '""')
    return f'"{doubled}"' if always or set(cell) & set('",\n\r') else cell


@st.composite
def csv_tables(draw: st.DrawFn) -> str:
    """Mostly good rows, with and without ids, one delimiter, sometimes more or fewer cells."""
    columns = [st.sampled_from(PEOPLE + PEOPLE + BAD_PEOPLE)] * 2
    columns.append(st.sampled_from(MOMENTS + MOMENTS + ODD_MOMENTS))
    header = ["from", "to", "at"]
    if draw(st.booleans()):
        columns.append(st.sampled_from(IDS) | st.integers(0, 99).map(str))
        header.append("id")
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    delimiter = draw(st.sampled_from([",", ";", "\t"]))
    always = draw(st.booleans())
    rows = draw(st.lists(st.tuples(*columns), max_size=14))
    odd = draw(st.dictionaries(st.integers(0, 20), st.sampled_from(["", "a", "a;b,c\td;e", '"'])))
    lines = [delimiter.join(quoted(cell, always) for cell in row) for row in rows]
    for place, line in odd.items():
        lines.insert(place, line)
    return delimiter.join(header) + "\n" + end.join([*lines, *draw(st.sampled_from([[], [""]]))])


JSON_CELLS = st.sampled_from(
    [None, True, False, 7, 7.0, 1.5, 1e300, -1, 2**70, 1_082_040_961, "\ud800", [1], {"a": 1}]
)
JSON_LINES = ["", " ", "{", "[]", "7", '{"from": NaN, "to": 1e999, "at": 5}', "[" * 5000, "\x00"]


@st.composite
def json_lines(draw: st.DrawFn) -> str:
    """Mostly good rows, some keys missing, some values of other types, some lines no objects."""
    columns = {
        "from": st.sampled_from(PEOPLE + BAD_PEOPLE) | JSON_CELLS,
        "to": st.sampled_from(PEOPLE) | JSON_CELLS,
        "at": st.sampled_from(MOMENTS + ODD_MOMENTS) | JSON_CELLS,
    }
    if draw(st.booleans()):
        columns["id"] = st.sampled_from(IDS) | JSON_CELLS
    rows = draw(st.lists(st.fixed_dictionaries({}, optional=columns), max_size=14))
    lines = [json.dumps(dict.fromkeys(columns, "")), *map(json.dumps, rows)]
    for place, line in draw(
        st.dictionaries(st.integers(1, 20), st.sampled_from(JSON_LINES))
    ).items():
        lines.insert(place, line)
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)


NUMBERS = st.none() | st.integers(0, 5)
TEXTS = st.none() | st.sampled_from(PEOPLE + BAD_PEOPLE)
COLUMNS: dict[str, list[tuple[Any, st.SearchStrategy[Any]]]] = {
    "from": [
        (pyarrow.string(), TEXTS),
        (pyarrow.large_string(), TEXTS),
        (pyarrow.dictionary(pyarrow.int8(), pyarrow.string()), TEXTS),
        (pyarrow.int64(), NUMBERS),
        (pyarrow.uint8(), st.integers(0, 5)),
        (pyarrow.float64(), st.sampled_from([None, 0.0, -0.0, 1.0, 1.5, float("nan")])),
        (pyarrow.bool_(), st.booleans()),
        (pyarrow.binary(), st.sampled_from([b"ana", b"\xff", b"ben"])),
    ],
    "at": [
        (pyarrow.string(), st.none() | st.sampled_from(MOMENTS + ODD_MOMENTS)),
        (
            pyarrow.int64(),
            st.sampled_from([None, -1, 0, 7, 8, 10**11 - 1, 10**11, 10**18, -(10**18)]),
        ),
        (pyarrow.uint64(), st.sampled_from([5, 2**64 - 1, 1_082_040_961_500])),
        (pyarrow.float64(), st.sampled_from([None, 1.5, 7.0, float("nan"), 1e300])),
        (pyarrow.date32(), st.sampled_from([None, -1, 0, 20_000, 2**31 - 1])),
        (pyarrow.date64(), st.sampled_from([None, 86_400_000])),
        *(
            (
                pyarrow.timestamp(unit, zone),
                st.sampled_from([None, -1, 0, 1_767_603_600_123, 2**62]),
            )
            for unit in ("ms", "us", "ns")
            for zone in (None, "UTC", "Europe/Berlin")
        ),
        (pyarrow.list_(pyarrow.int64()), st.just([1])),
    ],
    "id": [
        (pyarrow.string(), st.none() | st.sampled_from(IDS)),
        (pyarrow.int32(), st.none() | st.integers(0, 30)),
        (pyarrow.dictionary(pyarrow.int8(), pyarrow.string()), st.none() | st.sampled_from(IDS)),
        (pyarrow.date32(), st.just(1)),
    ],
}
COLUMNS["to"] = COLUMNS["from"]


@st.composite
def parquet_tables(draw: st.DrawFn) -> pyarrow.Table:
    """Columns of any types that say who, whom, when and sometimes have an id."""
    count = draw(st.integers(0, 12))
    names = ["from", "to", "at", *draw(st.sampled_from([[], ["id"]]))]
    columns = {}
    for name in names:
        kind, cells = draw(st.sampled_from(COLUMNS[name]))
        found = draw(st.lists(cells, min_size=count, max_size=count))
        is_moment = pyarrow.types.is_temporal(kind)
        whole = pyarrow.int32() if pyarrow.types.is_date32(kind) else pyarrow.int64()
        columns[name] = (
            pyarrow.array(found, whole).cast(kind) if is_moment else pyarrow.array(found, kind)
        )
    return pyarrow.table(columns)


def told(
    path: Path, way: Callable[..., ActsByRow | ActsInColumns]
) -> tuple[list[Record], tuple[int, int]]:
    """What a table tells in one of the two ways, and how many of its rows were good and bad."""
    with open_export(path) as export:
        table, tolerance = open_table(export, path.name), Tolerance(path.name)
        people = People("table")
        reading = way(table, known_columns(table.header), people, "table", tolerance)
        return list(reading.records()), (tolerance.good, tolerance.bad)


def whole_seconds(record: Record) -> Record:
    if isinstance(record, Interaction) and record.at is not None:
        return replace(record, at=record.at.replace(microsecond=0))
    return record


def assert_told_alike(path: Path) -> None:
    by_row, tolerance = told(path, ActsByRow)
    in_columns, same_tolerance = told(path, ActsInColumns)
    assert same_tolerance == tolerance
    assert Counter(map(whole_seconds, expanded(in_columns))) == Counter(map(whole_seconds, by_row))


def assert_kept_alike(path: Path) -> None:
    kept, tallies = [], []
    for way in (ActsByRow, ActsInColumns):
        with Graph(path.with_suffix(f".{way.__name__}")) as graph:
            records, _ = told(path, way)
            tallies.append(graph.add(records, source="table", export="table"))
            kept.append(state(graph))
    assert tallies[0] == tallies[1]
    assert_same(*kept)


def written(folder: str, table: pyarrow.Table | str) -> Path:
    path = Path(folder) / "table"
    if isinstance(table, str):
        path.write_text(table, encoding="utf-8", newline="")
    else:
        parquet.write_table(table, path)
    return path


@often
@given(csv_tables())
def test_csv_tells_the_same_in_columns(table: str) -> None:
    with TemporaryDirectory() as folder:
        assert_told_alike(written(folder, table))


@often
@given(parquet_tables())
def test_parquet_tells_the_same_in_columns(table: pyarrow.Table) -> None:
    with TemporaryDirectory() as folder:
        assert_told_alike(written(folder, table))


@often
@given(json_lines())
def test_json_lines_tell_the_same_in_columns(table: str) -> None:
    with TemporaryDirectory() as folder:
        assert_told_alike(written(folder, table))


@seldom
@example("from,to,at\nana,ben,1\nchidi,dara,soon\nchidi,chidi,1\n")
@given(csv_tables() | parquet_tables() | json_lines())
def test_the_graph_is_the_same(table: pyarrow.Table | str) -> None:
    with TemporaryDirectory() as folder:
        assert_kept_alike(written(folder, table))


noise = st.text(st.sampled_from('ab,,,\n\n\n\r" \ufeff\x00é\x0b\u2028'), max_size=60)


@settings(often, max_examples=400)
@example("\ufeffa,b\n", "", (0, 1))
@example("a,b\n\na,b\n", "", (0, 1))
@given(noise, st.sampled_from(["", '"' * 3]), st.sampled_from([(0, 1), (1, 1), (2, 0)]))
def test_the_same_rows_are_read_from_any_text_at_once(
    text: str, more: str, places: tuple[int, int]
) -> None:
    with TemporaryDirectory() as folder:
        path = written(folder, "a,b,c\n" + text + more)
        with open_export(path) as export:
            table = open_table(export, path.name)
            rows = list(table.rows(places))
            found: list[tuple[int, Any]] = []
            for batch in table.batches(places):
                cells = zip(*map(values, batch.columns), strict=True)
                found += zip(batch.numbers.tolist(), cells, strict=True)
                found += [(number, None) for number in batch.broken]
    assert sorted(found) == [(number, cells and tuple(cells)) for number, cells in rows]


def test_plain_rows_come_in_columns_and_the_others_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("from,to,at,id\nana,ben,1,a\nana,ben,2026-01-05,b\nana,ben,2,c\nana,dara,2,c\n")
    records, _ = told(path, ActsInColumns)
    assert [type(record) for record in records] == [Interactions, Interactions, Interaction]
