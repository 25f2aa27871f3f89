"""The notation of the journal, and what is peculiar to reading a file of it."""

import random
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from roc.collectors.formats.kind_words import KIND_WORDS
from roc.collectors.journal import parse_line
from roc.errors import BrokenExport
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    Interaction,
    Kind,
    Precision,
    Problem,
)
from tests.collectors import reading
from tests.collectors.reading import acts

read = partial(reading.read, "journal")
recognised = partial(reading.recognised, "journal")


def act(line: str) -> Interaction:
    *_, last = parse_line(line, "journal:1")
    assert isinstance(last, Interaction)
    return last


def problem(line: str) -> Problem:
    (only,) = parse_line(line, "journal:1")
    assert isinstance(only, Problem)
    return only


def test_a_dinner_tells_who_when_what_for_and_what_it_cost() -> None:
    dinner = act("2026-03-05 me -> ana, ben dinner #q1 cost 420 EUR")
    assert (dinner.kind, dinner.sender) == (Kind.MEETING, ME)
    assert dinner.recipients == (Account("journal", "ana"), Account("journal", "ben"))
    assert (dinner.tags, dinner.cost, dinner.currency) == (("dinner", "q1"), 420.0, "EUR")
    assert dinner.at is not None
    assert (dinner.at.isoformat(), dinner.precision) == ("2026-03-05T00:00:00+00:00", Precision.DAY)


def test_a_time_of_day_is_the_writers_own_clock() -> None:
    call = act("2026-03-05 9:05 ben -> me call")
    assert call.at is not None
    assert (call.at.hour, call.at.minute, call.precision) == (9, 5, Precision.LOCAL)


def test_people_are_named_by_name_by_address_or_by_their_account_elsewhere() -> None:
    line = '2026-03-05 "Ana  López" -> Ben@Example.org, github:Chidi, whatsapp:"Dara Q" letter'
    named, letter = parse_line(line, "journal:1")
    assert named == AccountSeen(Account("journal", "ana lópez"), "Ana López")
    assert isinstance(letter, Interaction)
    assert letter.sender == Account("journal", "ana lópez")
    assert [str(account) for account in letter.recipients] == [
        "email:ben@example.org",
        "github:Chidi",
        "whatsapp:Dara Q",
    ]


def test_me_is_me_however_it_is_spelt_and_not_when_it_is_quoted() -> None:
    assert act("2026-03-05 Me -> ana call").sender == ME
    assert act('2026-03-05 "me" -> ana call').sender == Account("journal", "me")


def test_tags_and_cost_come_in_any_order_and_a_comment_ends_the_line() -> None:
    one = act("2026-03-05 me -> ana dinner #q1 cost 12.50 #q1 #spring # with cost 99")
    other = act("2026-03-05 me -> ana dinner cost 12.50 #q1 #spring")
    assert one == other
    assert (one.tags, one.cost) == (("dinner", "q1", "spring"), 12.5)


@pytest.mark.parametrize("line", ["", "   ", "# 2026-03-05 me -> ana call", "#spring", "\n"])
def test_empty_lines_and_comments_say_nothing(line: str) -> None:
    assert parse_line(line, "journal:1") == []


def test_every_kind_can_be_written_by_its_own_name() -> None:
    for kind in Kind:
        assert KIND_WORDS[kind.value] is kind
        assert act(f"2026-03-05 me -> ana {kind}").kind is kind


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("me -> ana dinner", "bad_date"),
        ("5 March 2026 me -> ana dinner", "bad_date"),
        ("2026-02-30 me -> ana dinner", "bad_date"),
        ("2026-03-05 25:00 me -> ana dinner", "bad_date"),
        ("2026-03-05", "bad_date"),
        ("2026-03-05 me", "no_arrow"),
        ("2026-03-05 me ana dinner", "no_arrow"),
        ("2026-03-05 -> ana dinner", "nobody"),
        ("2026-03-05 me -> dinner,", "nobody"),
        ('2026-03-05 me -> "  " dinner', "nobody"),
        ('2026-03-05 me -> github:" " dinner', "nobody"),
        ("2026-03-05 me -> me dinner", "self"),
        ("2026-03-05 me -> ana", "unknown_kind"),
        ("2026-03-05 me -> Ana López dinner", "unknown_kind"),
        ("2026-03-05 me -> ana dinner cost", "bad_cost"),
        ("2026-03-05 me -> ana dinner cost -3", "bad_cost"),
        ("2026-03-05 me -> ana dinner cost 1e9", "bad_cost"),
        ("2026-03-05 me -> ana dinner cost 3 cost 4", "unknown_word"),
        ("2026-03-05 me -> ana dinner cost 3 euros", "unknown_word"),
        ('2026-03-05 me -> "ana dinner', "bad_sign"),
        ("2026-03-05 me -> https://example.org/ana dinner", "bad_sign"),
        ("2026-03-05 me -> a\x00na dinner", "bad_sign"),
    ],
)
def test_a_line_that_breaks_the_notation_is_one_problem_with_its_place(
    line: str, code: str
) -> None:
    assert (problem(line).where, problem(line).code) == ("journal:1", code)


def test_a_problem_never_repeats_what_was_written() -> None:
    assert "López" not in problem("2026-03-05 me -> Ana López dinner").detail


def test_spacing_spelling_and_later_tags_do_not_make_another_act() -> None:
    one = act("2026-03-05 me -> ana, Ben dinner")
    other = act("  2026-03-05   me->ben ,ana DINNER   #q1 cost 420")
    assert other.external_id == one.external_id
    assert act("2026-03-05 me -> ana, ben lunch").external_id != one.external_id


def test_two_coffees_on_one_day_are_two_acts(tmp_path: Path) -> None:
    path = tmp_path / "2026.journal"
    path.write_text("2026-03-05 me -> ana coffee\n" * 2)
    first, second = acts(read(path))
    assert second == replace(first, external_id=f"{first.external_id}-2")


def test_the_order_of_the_lines_changes_nothing(tmp_path: Path) -> None:
    lines = [f"2026-03-{day:02} me -> ana{day % 3}, ben walk\n" for day in range(1, 29)]
    lines += ["2026-03-05 me -> ana2, ben walk\n"] * 3
    in_order, shuffled = tmp_path / "a.journal", tmp_path / "b.journal"
    in_order.write_text("".join(lines))
    random.Random(7).shuffle(lines)
    shuffled.write_text("".join(lines))
    assert len(acts(read(in_order))) == 31
    assert set(acts(read(in_order))) == set(acts(read(shuffled)))


def test_somebody_is_introduced_once_however_often_they_are_named(tmp_path: Path) -> None:
    path = tmp_path / "2026.journal"
    path.write_text("2026-03-05 me -> ana coffee\n2026-03-06 ana -> me thanks\n")
    seen = [record for record in read(path) if isinstance(record, AccountSeen)]
    assert seen == [AccountSeen(Account("journal", "ana"), "ana")]


def test_a_byte_order_mark_and_the_line_ends_of_windows_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "journal.txt"
    path.write_bytes("\ufeff# heading\r\n2026-03-05 me -> ana call\r\n".encode())
    assert recognised(path)
    assert len(acts(read(path))) == 1


def test_a_huge_line_is_one_problem_and_the_next_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "2026.journal"
    path.write_text("2026-03-05 me -> " + "ana, " * 500_000 + "\n2026-03-05 me -> ben call\n")
    problem, _, call = read(path)
    assert isinstance(problem, Problem)
    assert (problem.where, problem.code) == ("2026.journal:1", "long_line")
    assert call == act("2026-03-05 me -> ben call")


def test_a_folder_of_journals_is_read_and_other_notes_in_it_are_not(tmp_path: Path) -> None:
    (tmp_path / "2025.md").write_text("2025-03-05 me -> ana call\n")
    (tmp_path / "2026.md").write_text("2026-03-05 me -> ana call\n")
    (tmp_path / "shopping.md").write_text("milk\nbread\n")
    (tmp_path / "photo.jpg").write_text("2026-03-05 me -> ana call\n")
    assert recognised(tmp_path)
    assert len(acts(read(tmp_path))) == 2


@pytest.mark.parametrize("content", [b"", b"# only words\n", b"12/03/26, 10:00 - Ana: hi\n"])
def test_what_does_not_open_with_an_act_is_not_a_journal(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    assert not recognised(path)


def test_one_slip_in_a_short_journal_does_not_cost_it(tmp_path: Path) -> None:
    path = tmp_path / "2026.journal"
    path.write_text("2026-03-05 me -> ana call\nyesterday me -> ben call\n")
    assert len(acts(read(path))) == 1


def test_a_file_that_is_mostly_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "2026.journal"
    path.write_text("2026-03-05 me -> ana call\n" * 10 + "what a day\n" * 6)
    with pytest.raises(BrokenExport, match=r"6 of 16 rows cannot be used \(bad_date\)"):
        read(path)


def test_the_page_about_the_journal_lists_every_word() -> None:
    page = (Path(__file__).parents[2] / "docs" / "journal.md").read_text(encoding="utf-8")
    for word, kind in KIND_WORDS.items():
        row = next(line for line in page.splitlines() if f"| {kind} |" in line)
        assert word in row.split("|")[1].replace(" ", "").split(",")


def test_every_line_in_the_page_about_the_journal_can_be_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "journal.md").read_text(encoding="utf-8")
    for line in page.split("```text\n")[1].split("```")[0].splitlines():
        assert act(line)
