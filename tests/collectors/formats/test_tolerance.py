"""When some bad rows are a problem, and when they are a broken file."""

from collections.abc import Iterator

import pytest

from roc.collectors.formats.tolerance import file_by_file, usable
from roc.errors import BrokenExport
from roc.graph.records import Account, AccountSeen, DeclaredKind, DeclaredTie, Problem, Record
from tests.collectors.failing import read_until_it_fails

ANA, BEN = Account("linkedin", "ana"), Account("linkedin", "ben")
GOOD = DeclaredTie("linkedin", DeclaredKind.CONNECTED, ANA, BEN)
BAD = Problem("a.csv:2", "bad_date", "no readable date")


def test_one_bad_row_in_five_is_told_and_reading_goes_on() -> None:
    assert list(usable("a.csv", [[GOOD]] * 4 + [[BAD]])) == [GOOD] * 4 + [BAD]


def test_more_than_a_few_and_a_fifth_of_bad_rows_is_a_broken_file_once_all_were_handed_on() -> None:
    read, failure = read_until_it_fails(usable("a.csv", [[GOOD]] * 20 + [[BAD]] * 6))
    assert failure == "a.csv: 6 of 26 rows cannot be used (bad_date)."
    assert read == [GOOD] * 20 + [BAD] * 6


def test_rows_left_out_on_purpose_do_not_water_down_the_bad_ones() -> None:
    with pytest.raises(BrokenExport, match="1 of 1"):
        list(usable("a.csv", [[]] * 100 + [[BAD]]))


def test_what_is_said_to_a_crowd_is_read_although_it_reaches_nobody() -> None:
    assert list(usable("a.csv", [[]] * 5 + [[BAD]], silent_is_good=True)) == [BAD]


def test_a_row_that_is_read_in_part_is_not_a_bad_row() -> None:
    assert list(usable("a.csv", [[GOOD, BAD]])) == [GOOD, BAD]


def test_knowing_an_account_does_not_make_a_bad_row_good() -> None:
    with pytest.raises(BrokenExport):
        list(usable("a.csv", [[AccountSeen(ANA), BAD]]))


def test_a_file_without_rows_is_no_broken_file() -> None:
    assert list(usable("a.csv", [])) == []


def test_a_broken_file_does_not_cost_the_others() -> None:
    def broken(name: str) -> Iterator[Record]:
        yield BAD
        raise BrokenExport(f"{name} is broken")

    files = [broken("a.csv"), [GOOD], broken("b.csv"), [GOOD]]
    read, failure = read_until_it_fails(file_by_file(files))
    assert failure == "a.csv is broken"
    assert read == [BAD, GOOD, BAD, GOOD]
