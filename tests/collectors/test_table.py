"""What is peculiar to tables: which column means what, and which rows are one act."""

import gzip
import random
import tracemalloc
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from roc.collectors.base import Options
from roc.errors import BrokenExport, ConfigError
from roc.graph.records import (
    Account,
    AccountSeen,
    Kind,
    Nature,
    Precision,
    Problem,
    Record,
)
from tests.collectors import reading
from tests.collectors.reading import acts

recognised = partial(reading.recognised, "table")


def read(path: Path, columns: dict[str, str] | None = None, source: str = "") -> list[Record]:
    return reading.read("table", path, Options(columns or {}, source))


def read_text(tmp_path: Path, text: str, **columns: str) -> list[Record]:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return read(path, {name.removesuffix("_"): column for name, column in columns.items()})


def problems(records: list[Record]) -> list[tuple[str, str]]:
    return [(record.where, record.code) for record in records if isinstance(record, Problem)]


def test_the_owner_says_which_column_means_what(tmp_path: Path) -> None:
    text = "x,y,z\n1,2,1082040961\n"
    (act,) = acts(read_text(tmp_path, text, from_="y", to="x", at="z"))
    assert (act.sender, act.recipients) == (Account("table", "2"), (Account("table", "1"),))
    assert act.at is not None
    assert (act.at.isoformat(), act.kind) == ("2004-04-15T14:56:01+00:00", Kind.MESSAGE)


@pytest.mark.parametrize(
    "header",
    ["src,dst,t", "From,To,Timestamp", "sender;recipient;date", "SENDER-ID\tto_id\tSent At"],
)
def test_well_known_names_need_no_saying(tmp_path: Path, header: str) -> None:
    path = tmp_path / "any.name"
    row = "1,2,2026-01-05".replace(",", next(sign for sign in ",;\t" if sign in header))
    path.write_text(f"{header}\n{row}\n")
    assert recognised(path)
    assert len(acts(read(path))) == 1


@pytest.mark.parametrize(
    "header",
    [
        "CONVERSATION ID,FROM,TO,DATE",
        "From,To,Sent At,Message,Direction",
        "from,to",
        "a,b,c",
        "",
        "1,2,1082040961",
    ],
)
def test_other_tables_are_not_claimed(tmp_path: Path, header: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(f"{header}\n1,2,3,4,5\n")
    assert not recognised(path)


def test_rows_are_kept_under_the_source_that_the_owner_names(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("from,to,at\n1,2,1\n")
    (act,) = acts(read(path, source="enron"))
    assert (act.source, str(act.sender)) == ("enron", "enron:1")


def test_a_mail_address_is_the_same_account_as_everywhere(tmp_path: Path) -> None:
    records = read_text(tmp_path, "from,to,at\nAna@Example.org,info@example.org,1\nana,x@y,1\n")
    first, second = acts(records)
    assert str(first.sender) == "email:ana@example.org"
    assert [str(second.sender), str(second.recipients[0])] == ["table:ana", "table:x@y"]
    assert AccountSeen(Account("email", "info@example.org"), nature=Nature.ROLE) in records


@pytest.mark.parametrize(
    ("cell", "at", "precision"),
    [
        ("1082040961", "2004-04-15T14:56:01+00:00", Precision.INSTANT),
        ("1082040961.5", "2004-04-15T14:56:01+00:00", Precision.INSTANT),
        ("1082040961000", "2004-04-15T14:56:01+00:00", Precision.INSTANT),
        ("184", "1970-01-01T00:03:04+00:00", Precision.INSTANT),
        ("-1", "1969-12-31T23:59:59+00:00", Precision.INSTANT),
        ("2026-01-05T09:00:00Z", "2026-01-05T09:00:00+00:00", Precision.INSTANT),
        ("2026-01-05 09:00+02:00", "2026-01-05T07:00:00+00:00", Precision.INSTANT),
        ("2026-01-05 09:00", "2026-01-05T09:00:00+00:00", Precision.LOCAL),
        (" 2026-01-05 ", "2026-01-05T00:00:00+00:00", Precision.DAY),
    ],
)
def test_moments_are_unix_time_or_iso(
    tmp_path: Path, cell: str, at: str, precision: Precision
) -> None:
    (act,) = acts(read_text(tmp_path, f"from,to,at\n1,2,{cell}\n"))
    assert act.at is not None
    assert (act.at.isoformat(), act.precision) == (at, precision)


@pytest.mark.parametrize(
    "cell", ["", "soon", "3/4/26", "2026-02-30", "2026-01-05T25:00", "9" * 18, "-" + "9" * 18]
)
def test_a_moment_that_would_have_to_be_guessed_is_a_problem(tmp_path: Path, cell: str) -> None:
    records = read_text(tmp_path, f"from,to,at\n1,2,1\n1,2,{cell}\n")
    assert problems(records) == [("table.csv:3", "bad_date")]


def test_rows_with_one_id_sender_and_moment_are_one_act_wherever_they_stand(
    tmp_path: Path,
) -> None:
    rows = [f"{mid % 7},{mid * 10 + to},{mid},{mid}" for mid in range(50) for to in range(1, 4)]
    header = "from,to,at,id\n"
    in_order = acts(read_text(tmp_path, header + "\n".join(rows)))
    random.Random(3).shuffle(rows)
    shuffled = acts(read_text(tmp_path, header + "\n".join(rows)))
    assert len(in_order) == len(shuffled) == 50
    assert {(act.external_id, act.sender, frozenset(act.recipients)) for act in in_order} == {
        (act.external_id, act.sender, frozenset(act.recipients)) for act in shuffled
    }
    assert [len(act.recipients) for act in in_order] == [3] * 50


def test_an_id_that_stands_for_several_acts_names_none_of_them(tmp_path: Path) -> None:
    text = "from,to,at,id\n1,2,1,m\n1,3,2,m\n1,4,1,m\n"
    first, second = acts(read_text(tmp_path, text))
    assert [account.handle for account in first.recipients] == ["2", "4"]
    assert first.external_id != second.external_id
    assert {first.external_id[:2], second.external_id[:2]} == {"m|"}
    again = acts(read_text(tmp_path, "from,to,at,id\n1,3,2,m\n1,4,1,m\n1,2,1,m\n"))
    assert {act.external_id for act in again} == {first.external_id, second.external_id}


def test_without_an_id_each_row_is_an_act_and_repeats_are_numbered(tmp_path: Path) -> None:
    found = acts(read_text(tmp_path, "from,to,at\n1,2,1\n1,2,2\n1,2,1\n1,2,1\n"))
    other, one, second, third = (act.external_id for act in found)
    assert [second, third] == [f"{one}-2", f"{one}-3"]
    assert other != one


def test_a_row_whose_id_is_missing_stands_for_itself(tmp_path: Path) -> None:
    found = acts(read_text(tmp_path, "from,to,at,id\n1,2,1,\n1,3,1,\n1,2,1,\n"))
    assert len(found) == 3
    assert found[2].external_id == f"{found[0].external_id}-2"


def test_an_act_on_oneself_is_left_out_and_counted(tmp_path: Path) -> None:
    records = read_text(tmp_path, "from,to,at,id\n1,1,1,a\n1,2,1,a\n1, 1,1,b\n")
    assert [code for _, code in problems(records)] == ["self", "self"]
    assert [[one.handle for one in act.recipients] for act in acts(records)] == [["2"]]


def test_replies_threads_kinds_costs_and_tags_are_read_where_there_are_columns(
    tmp_path: Path,
) -> None:
    plain, answer, flagged, dinner = acts(
        read_text(
            tmp_path,
            "from,to,at,id,re,parent,thread,kind,cost,tags\n"
            "1,2,1,a,0,,t,,,\n"
            "2,1,2,b,,a,t,,,\n"
            "2,1,3,c,1,,,,,\n"
            "1,2,4,d,,,,Dinner,84.50 EUR,#q1; maps\n",
        )
    )
    assert (plain.kind, plain.thread, plain.cost) == (Kind.MESSAGE, "t", None)
    assert (answer.kind, answer.parent, flagged.kind) == (Kind.REPLY, "a", Kind.REPLY)
    assert (dinner.kind, dinner.cost, dinner.currency) == (Kind.MEETING, 84.5, "EUR")
    assert dinner.tags == ("q1", "maps")


def test_names_are_told_once(tmp_path: Path) -> None:
    records = read_text(tmp_path, "from,to,at,to name\n1,2,1,Ben\n1,2,2,Ben\n1,2,3,\n")
    seen = [record for record in records if isinstance(record, AccountSeen)]
    assert seen == [AccountSeen(Account("table", "2"), "Ben")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("1,2", "broken_row"),
        (",2,1,,", "nobody"),
        ("1,  ,1,,", "nobody"),
        ("1,\x00,1,,", "nobody"),
        (f"{'x' * 400},2,1,,", "nobody"),
        ("1,2,1,danced,", "unknown_kind"),
        ("1,2,1,,a lot", "bad_cost"),
        (f"{'x' * 200_000},2,1,,", "broken_row"),
    ],
)
def test_a_row_that_cannot_be_used_is_a_problem_and_the_next_is_read(
    tmp_path: Path, row: str, code: str
) -> None:
    records = read_text(tmp_path, f"from,to,at,kind,cost\n{row}\n1,2,3,,\n")
    assert problems(records) == [("table.csv:2", code)]
    assert len(acts(records)) == 1


def test_a_huge_line_costs_neither_memory_nor_the_rows_around_it(tmp_path: Path) -> None:
    rows = "1,2,1\n" * 50
    records = read_text(tmp_path, "from,to,at\n" + rows + "x" * 5_000_000 + "\n" + rows)
    assert len(acts(records)) == 100
    assert 0 < len(problems(records)) < 10


def test_ten_thousand_columns_are_no_trouble(tmp_path: Path) -> None:
    header = ",".join(f"c{number}" for number in range(10_000))
    text = f"{header},from,to,at\n" + (("," * 10_000) + "1,2,3\n") * 3
    assert len(acts(read_text(tmp_path, text))) == 3


def test_a_table_of_mostly_unusable_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenExport, match="6 of 20 rows cannot be used"):
        read_text(tmp_path, "from,to,at\n" + "1,2,1\n" * 14 + "1,2,soon\n" * 6)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"form": "x"}, "has no 'form' to map"),
        ({"from": "nowhere"}, "There is no column 'nowhere'"),
        ({"from": "x", "to": "y"}, "Which columns mean at?"),
        ({}, "Which columns mean from, to, at?"),
    ],
)
def test_a_wrong_map_is_explained(tmp_path: Path, columns: dict[str, str], said: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text("x,y,z\n1,2,3\n")
    with pytest.raises(ConfigError, match=said.replace("?", r"\?")) as caught:
        read(path, columns)
    assert "x, y, z" in caught.value.hint or "from, to, at" in caught.value.hint


def test_the_first_line_of_a_table_without_a_header_is_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("ana@example.org,ben@example.org,1082040961\n")
    with pytest.raises(ConfigError) as caught:
        read(path)
    assert "ana" not in caught.value.message + caught.value.hint


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_what_spreadsheets_write_is_understood(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("from;to;at\r\nJosé;Zoë;2026-01-05\r\n\r\n".encode(encoding))
    (act,) = acts(read(path))
    assert (act.sender.handle, act.recipients[0].handle) == ("José", "Zoë")


def test_a_name_that_lost_its_letters_is_not_taken_for_somebody(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    good = "from,to,at\n" + f"{'1' * 200},2,1\n" * 6000  # past what the encoding is judged by
    path.write_bytes(good.encode() + b"Jos\xe9,2,1\n")
    assert problems(read(path)) == [("table.csv:6002", "nobody")]


def test_a_gzipped_table_is_read_and_a_damaged_one_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(b"from,to,at\n" + b"1,2,3\n" * 100_000)
    whole, cut = tmp_path / "whole.csv.gz", tmp_path / "cut.csv.gz"
    whole.write_bytes(packed)
    cut.write_bytes(packed[: len(packed) // 2])
    assert len(acts(read(whole))) == 100_000
    with pytest.raises(BrokenExport, match=r"cut\.csv\.gz is damaged"):
        read(cut)


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "any.name"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_json_lines_tell_what_the_same_table_does_as_csv(tmp_path: Path) -> None:
    text = "from,to,at,id,re\n7,Ben,1082040961,m1,\nBen,7,2026-01-05,9,1\nBen,7,soon,,\n"
    lines = (
        '\ufeff{"from": 7, "to": "Ben", "at": 1082040961, "id": "m1"}',
        '{"id": 9.0, "re": true, "at": "2026-01-05", "to": 7.0, "from": "Ben"}',
        '{"from": "Ben", "to": "7", "at": "soon", "id": null, "re": false}',
    )
    told = acts(read(written(tmp_path, *lines)))
    assert told == acts(read_text(tmp_path, text))
    assert len(told) == 2


def test_json_lines_are_known_by_their_keys_and_may_be_mapped(tmp_path: Path) -> None:
    assert recognised(written(tmp_path, "", '{"from": 1, "to": 2, "at": 3}'))
    assert not recognised(written(tmp_path, '{"from": 1, "to": 2}', '{"text": "hello"}'))
    assert not recognised(written(tmp_path, '{"from": 1,', '"to": 2, "at": 3}'))
    assert not recognised(written(tmp_path, "{", '{"from": 1, "to": 2, "at": 3}', "}"))
    path = written(tmp_path, '{"x": "ana", "y": "ben"}', '{"x": "ana", "y": "ben", "z": 3}')
    told = read(path, {"from": "x", "to": "y", "at": "z"})
    assert len(acts(told)) == 1
    assert problems(told) == [("any.name:1", "bad_date")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"from": 1, "to": [2, 3], "at": 3}', "nobody"),
        ('{"from": {"id": 1}, "to": 2, "at": 3}', "nobody"),
        ('{"from": "\\ud800", "to": 2, "at": 3}', "nobody"),
        ('{"from": 1, "to": 2, "at": [3]}', "bad_date"),
        ('{"from": 1, "to": 2, "at": NaN}', "bad_date"),
        ('{"from": 1, "to": 2, "at": 1e999}', "bad_date"),
        ('{"from": 1, "to": 2, "at": ' + "9" * 5000 + "}", "broken_row"),
        ('{"from": 1, "to": 2', "broken_row"),
        ("[" * 100_000, "broken_row"),
        ('["ana", "ben", 3]', "broken_row"),
        ("\x00", "broken_row"),
    ],
)
def test_a_line_that_is_no_flat_object_is_a_problem_with_its_place(
    tmp_path: Path, line: str, code: str
) -> None:
    good = '{"from": 1, "to": 2, "at": 3}'
    told = read(written(tmp_path, good, line, good))
    assert problems(told) == [("any.name:2", code)]
    assert len(acts(told)) == 2


def test_a_line_without_end_is_one_problem_and_takes_little_memory(tmp_path: Path) -> None:
    good = '{"from": 1, "to": 2, "at": 3}'
    path = written(tmp_path, good, '{"from": "' + "x" * 9_000_000, good)
    tracemalloc.start()
    told = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert problems(told) == [("any.name:2", "broken_row")]
    assert peak < 8_000_000


def write_parquet(path: Path, **columns: Any) -> None:
    parquet.write_table(pyarrow.table(columns), path)


def test_parquet_reads_like_any_other_table(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    at = pyarrow.array([1, 1, 2], pyarrow.timestamp("ns", "UTC"))
    write_parquet(path, src=[1, 1, None], dst=[2.0, 3.0, 1.0], t=at, mid=[7, 7, 8], extra=[[1]] * 3)
    assert recognised(path)
    records = read(path, {"from": "src", "to": "dst", "at": "t", "id": "mid"})
    (act,) = acts(records)
    assert (act.external_id, act.sender.handle) == ("7", "1")
    assert [account.handle for account in act.recipients] == ["2", "3"]
    assert problems(records) == [("table.parquet, row 3", "nobody")]


def test_parquet_tells_days_wall_clocks_and_instants_apart(tmp_path: Path) -> None:
    types = [pyarrow.date32(), pyarrow.timestamp("us"), pyarrow.timestamp("ms", "Europe/Berlin")]
    for kind, precision in zip(types, ("day", "local", "instant"), strict=True):
        path = tmp_path / "table.parquet"
        write_parquet(path, src=["a"], dst=["b"], t=pyarrow.array([0], kind))
        assert [act.precision for act in acts(read(path))] == [precision]


def test_a_moment_beyond_the_calendar_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    at = pyarrow.array([0, 2**62, -(2**62)], pyarrow.timestamp("us", "UTC"))
    write_parquet(path, src=["a"] * 3, dst=["b"] * 3, t=at)
    records = read(path)
    assert problems(records) == [(f"table.parquet, row {row}", "bad_date") for row in (2, 3)]
    assert len(acts(records)) == 1


def test_a_damaged_parquet_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.parquet"
    write_parquet(path, src=["ana"], dst=["b"], t=[1])
    whole = path.read_bytes()
    for damaged in (b"PAR1", whole[:-9], whole.replace(b"ana", b"an\xff")):
        path.write_bytes(damaged)
        with pytest.raises(BrokenExport, match="is damaged"):
            read(path)
    path.write_bytes(whole[:-9])
    assert not recognised(path)


def test_a_folder_of_tables_is_read_and_the_same_row_in_two_of_them_is_one_act(
    tmp_path: Path,
) -> None:
    (tmp_path / "january.csv").write_text("from,to,at\n1,2,1\n")
    (tmp_path / "february.tsv").write_text("from\tto\tat\n1\t2\t1\n1\t2\t9\n")
    (tmp_path / "readme.txt").write_text("two tables")
    assert len({act.external_id for act in acts(read(tmp_path))}) == 2


def test_a_register_says_who_accounts_are(tmp_path: Path) -> None:
    text = "eid,name,unit\n1,Ana López,Trading\nben@example.org,Ben,\n,Nobody,\n"
    read_rows = read_text(tmp_path, text, account="eid", name="name", organisation="unit")
    assert read_rows[:2] == [
        AccountSeen(Account("table", "1"), "Ana López", organisation="Trading"),
        AccountSeen(Account("email", "ben@example.org"), "Ben"),
    ]
    assert problems(read_rows) == [("table.csv:4", "nobody")]


def test_a_register_has_to_say_something_of_each_account(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="What does the register say"):
        read_text(tmp_path, "eid,name\n1,Ana\n", account="eid")
    with pytest.raises(ConfigError, match="no 'from' to map"):
        read_text(tmp_path, "eid,name\n1,Ana\n", account="eid", from_="name")
