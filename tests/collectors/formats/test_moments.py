"""Moments as sources write them, and the years that stand for "not known" and "never"."""

import pytest

from roc.collectors.formats.moments import iso_clock, iso_moment, unix_moment
from roc.graph.records import Precision


@pytest.mark.parametrize(
    "told",
    [
        "0001-01-01T00:00:00Z",
        "1970-01-01T23:59:59Z",
        "2200-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "9999-12-31T23:59:59Z",
        "2024-03-05T14:02:11",  # no zone
    ],
)
def test_what_is_no_moment_is_none(told: str) -> None:
    assert iso_moment(told) is None


def test_both_ways_of_writing_a_moment_have_the_same_first_and_last() -> None:
    assert iso_moment("1970-01-02T01:00:00+01:00") == unix_moment(86_400)
    assert unix_moment(86_399) is None
    last = iso_moment("2199-12-31T23:59:59Z")
    assert last is not None
    assert unix_moment(last.timestamp()) == last
    assert unix_moment(last.timestamp() + 1) is None


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2024-03-05", ("2024-03-05 00:00:00", Precision.DAY)),
        ("20240305", ("2024-03-05 00:00:00", Precision.DAY)),
        ("20240305T140211", ("2024-03-05 14:02:11", Precision.LOCAL)),
        ("2024-03-05 00:00", ("2024-03-05 00:00:00", Precision.LOCAL)),
        ("2024-03-05T14:02:11Z", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("9999-12-31", None),
        ("0001-01-01 00:00:00", None),
        ("soon", None),
    ],
)
def test_a_clock_is_a_clock_where_it_tells_a_time_of_day(
    told: str, expected: tuple[str, Precision] | None
) -> None:
    found = iso_clock(told)
    assert (found and (f"{found[0]:%Y-%m-%d %H:%M:%S}", found[1])) == expected
