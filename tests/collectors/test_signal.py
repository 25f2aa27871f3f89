"""What is peculiar to the folders of signal-export."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from roc.collectors import registry
from roc.collectors.archive import open_export
from roc.errors import BrokenExport
from roc.graph.records import ME, Kind, Precision, Problem
from tests.collectors.reading import acts, read, recognised

SAMPLES = Path(__file__).parent / "signal"
FIRST = '{"date": "2024-03-05T09:00:00", "sender": "Ben", "body": "a", "reactions": []}\n'


def written(folder: Path, text: str, name: str = "Ben/chat.md") -> Path:
    """A chat as a file of an export."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def ids(path: Path) -> set[str]:
    return {act.external_id for act in acts(read("signal", path))}


def test_all_versions_and_both_kinds_of_file_tell_the_same_acts() -> None:
    ages = [ids(SAMPLES / age) for age in ("2019", "2025", "2026")]
    assert ages[0] < ages[1] < ages[2]


def test_a_chat_is_the_same_as_a_folder_of_its_own(tmp_path: Path) -> None:
    written(
        tmp_path / "BenAdler", (SAMPLES / "2025/BenAdler/chat.md").read_text("utf-8"), "chat.md"
    )
    assert ids(tmp_path / "BenAdler") == ids(tmp_path / "BenAdler/chat.md") == ids(SAMPLES / "2025")


def test_a_group_is_the_same_whether_it_is_read_alone_or_among_others(tmp_path: Path) -> None:
    group = written(tmp_path, "[2024-03-05 09:00:00] Ben: a\n", "Bookclub/chat.md")
    alone = ids(tmp_path)
    written(tmp_path, "[2024-03-05 09:00:00] Me: milk\n", "NotetoSelf/chat.md")
    assert alone == ids(tmp_path) == ids(group.parent) == ids(group)


def test_a_call_does_not_change_the_id_of_a_message(tmp_path: Path) -> None:
    said = "[2024-03-05 10:00:05] Ben: hi\n"
    plain = ids(written(tmp_path, said))
    for call in ("Missed voice call", "Incoming call (accepted, 3s)"):
        path = written(tmp_path, f"[2024-03-05 10:00:00] Ben: {call}\n{said}")
        found = acts(read("signal", path))
        assert plain == {act.external_id for act in found if act.kind is Kind.MESSAGE}
        assert len(found) == 1 + ("accepted" in call)


def test_who_called_is_told_by_the_call_and_not_by_who_stands_before_it(tmp_path: Path) -> None:
    said = "[2024-03-05 10:00:05] Ben: hi\n[2024-03-05 10:00:00] "
    call = "Outgoing voice call (accepted, 3s)\n"
    found = [
        acts(read("signal", written(tmp_path, said + sender + call)))[-1]
        for sender in ("Me: ", "Ben: ")
    ]
    assert found[0] == found[1]
    assert found[0].sender == ME


def test_a_message_of_nothing_is_none(tmp_path: Path) -> None:
    row = json.loads(FIRST) | {"body": " ", "attachments": [], "sticker": None}
    rows = [row, row | {"attachments": ["a.jpg"]}, row | {"sticker": "x"}, row | {"quote": "x"}]
    text = "".join(json.dumps(each) + "\n" for each in rows)
    assert len(acts(read("signal", written(tmp_path, text, "Ben/data.json")))) == 3
    text = "[2024-03-05 09:00:00] Ben: \n\n[2024-03-05 09:00:00] Ben: \n![](a.jpg)\n"
    assert len(acts(read("signal", written(tmp_path, text, "Chi/chat.md")))) == 1


@pytest.mark.parametrize(
    ("folder", "line", "sender"),
    [
        ("Mama", "Mama :): hi", "name:mama"),
        ("BenWork", "Ben: Work: hi", "name:benwork"),
        ("Ben", "Ben: Work: hi", "name:ben"),
        ("Ben", "Ben:", None),
    ],
)
def test_a_colon_in_a_name_is_none_that_ends_it(
    tmp_path: Path, folder: str, line: str, sender: str | None
) -> None:
    path = written(tmp_path, f"[2024-03-05 09:00:00] {line}\n", f"{folder}/chat.md")
    assert [act.sender.handle for act in acts(read("signal", path))] == ([sender] if sender else [])


def test_where_both_kinds_of_file_are_there_one_is_read(tmp_path: Path) -> None:
    written(tmp_path, "[2024-03-05 09:00:00] Ben: a\n")
    written(tmp_path, FIRST, "Ben/data.json")
    assert len(acts(read("signal", tmp_path))) == 1


def test_a_zone_that_is_told_makes_an_exact_moment_and_the_same_act(tmp_path: Path) -> None:
    plain = written(tmp_path, FIRST, "Ben/data.json")
    (local,) = acts(read("signal", plain))
    (exact,) = acts(
        read(
            "signal",
            written(tmp_path, FIRST.replace("09:00:00", "09:00:00+01:00"), "Ben/data.json"),
        )
    )
    assert (local.precision, exact.precision) == (Precision.LOCAL, Precision.INSTANT)
    assert local.external_id == exact.external_id
    assert exact.at is not None
    assert exact.at.hour == 8


def test_marks_are_read_of_names_with_commas(tmp_path: Path) -> None:
    path = written(tmp_path, "[2024-03-05 09:00:00] Me: a\n(- Doe, Jane: x, Ben: y -)\n")
    marks = [act for act in acts(read("signal", path)) if act.kind is Kind.REACTION]
    assert [act.sender.handle for act in marks] == ["name:doejane", "name:ben"]


def test_two_messages_of_one_minute_are_two_acts(tmp_path: Path) -> None:
    text = "[2024-03-05 09:00:00] Ben: a\n[2024-03-05 09:00:30] Ben: a\n"
    assert len(ids(written(tmp_path, text))) == 2


def test_within_a_line_no_message_begins_however_long_it_is(tmp_path: Path) -> None:
    begin = "[2024-03-05 09:00:00] Ben: "
    text = begin + "x" * (2**16 - len(begin)) + begin + "\n"
    assert len(acts(read("signal", written(tmp_path, text)))) == 1


def test_what_nobody_is_told_to_have_sent_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, "[2024-03-05 09:00:00] No-Sender: a\n[2024-03-05 09:00:00] Ben: b\n")
    (act,) = acts(read("signal", path))
    assert act.recipients == (ME,)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("signal-2024-03-05-14-05-09.backup", "encrypted backup"),
        ("sql/db.sqlite", "Signal Desktop"),
        ("notes.txt", ""),
    ],
)
def test_signals_own_files_say_what_to_do(tmp_path: Path, name: str, words: str) -> None:
    written(tmp_path, "x", name)
    written(tmp_path, "x", "config.json")
    with open_export(tmp_path) as export:
        assert words in registry.collector("signal").resembles(export)
        assert bool(words) == bool(registry.collector("signal").resembles(export))


def test_it_does_not_claim_what_is_no_chat(tmp_path: Path) -> None:
    for name, text in (
        ("a.md", "# Notes\n[2024-03-05] Ben: a\n"),
        ("b.txt", "[2024-03-05 09:00:00] Ben: a\n"),
        ("c.json", '{"date": "2024-03-05", "sender": "Ben"}\n'),
        ("d.json", "[]"),
        ("e.md", ""),
        ("log.md", "[2024-01-02 10:00] Standup: we met\n"),
    ):
        assert not recognised("signal", written(tmp_path, text, name)), name


@pytest.mark.parametrize(
    "wrong", [None, True, -7, 10**30, "x", [], [[]], {}, [None], [{"name": 3}]]
)
def test_values_of_the_wrong_kind_give_records_or_problems(tmp_path: Path, wrong: Any) -> None:
    row = json.loads(FIRST)
    bad = [{**row, key: wrong} for key in ("date", "sender", "body", "reactions", "quote", "call")]
    text = FIRST * 60 + "".join(json.dumps(each) + "\n" for each in [*bad, wrong])
    records = read("signal", written(tmp_path, text, "Ben/data.json"))
    assert len(acts(records)) >= 60
    codes = {each.code for each in records if isinstance(each, Problem)}
    assert codes <= {"bad_date", "bad_shape"}


@pytest.mark.parametrize(
    "rest",
    [
        "\x00\ud800",
        "[" * 100_000,
        '{"date": 1' + "1" * 6000 + "}",
        "x" * 5_000_000,
        "(- " + "a" * 9000,
    ],
)
@pytest.mark.parametrize("name", ["Ben/chat.md", "Ben/data.json"])
def test_hostile_lines_give_records_or_problems(tmp_path: Path, name: str, rest: str) -> None:
    first = FIRST if name.endswith("json") else "[2024-03-05 09:00:00] Ben: a\n"
    records = read("signal", written(tmp_path, first * 9 + rest + "\n" + first, name))
    assert len(acts(records)) == 10


def test_a_file_of_mostly_unreadable_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenExport, match="bad_json"):
        read("signal", written(tmp_path, FIRST + "{\n" * 9, "Ben/data.json"))


def test_memory_stays_flat_without_an_end_of_line(tmp_path: Path) -> None:
    path = written(tmp_path, "[2024-03-05 09:00:00] Ben: ")
    with path.open("ab") as file:
        for _ in range(32):
            file.write(b"x" * 2**20)
    tracemalloc.start()
    try:
        assert len(acts(read("signal", path))) == 1
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()
