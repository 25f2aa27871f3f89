"""What is peculiar to Google Chat: moments in words, threads, chats with few or many in them."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from roc.collectors.archive import Export, open_export
from roc.collectors.base import Options
from roc.collectors.formats.hashed_ids import hashed
from roc.collectors.google_chat import collect, export
from roc.collectors.google_chat.dates import _MONTHS, prose_moment
from roc.graph.records import AccountSeen, Problem, Record
from tests.collectors import reading
from tests.collectors.failing import damaged_copies, read_until_it_fails
from tests.collectors.lines import line
from tests.collectors.reading import acts

read = partial(reading.read, "google_chat")
recognised = partial(reading.recognised, "google_chat")
SAMPLES = Path(__file__).parent / "google_chat"
AT = "Tuesday, January 3, 2023 at 10:15:31 AM UTC"


def person(name: str) -> dict[str, str]:
    return {"name": name.title(), "email": f"{name}@example.org", "user_type": "Human"}


def message(who: str = "ana", number: int = 0, **changed: object) -> dict[str, object]:
    usual = {"creator": person(who), "created_date": AT, "text": "hi", "topic_id": f"t{number}"}
    return {**usual, "message_id": f"c/t{number}/t{number}", **changed}


def chat(
    folder: Path, *messages: object, members: tuple[str, ...] | list[Any] = ()
) -> list[Record]:
    """What is read of one chat; ``members`` as in the file, or names."""
    if members:
        names = isinstance(members, tuple)
        told = {"members": [person(name) for name in members] if names else members}
        (folder / "group_info.json").write_text(json.dumps(told))
    (folder / "messages.json").write_text(json.dumps({"messages": messages}))
    return read(folder)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Tuesday, January 3, 2023 at 10:15:31\u202fAM UTC", "2023-01-03T10:15:31 instant"),
        ("Tuesday, January 3, 2023 at 12:15:31\u00a0PM UTC", "2023-01-03T12:15:31 instant"),
        ("Tuesday, May 3, 2022 at 12:15:31 AM UTC", "2022-05-03T00:15:31 instant"),
        ("Sunday, 1 March 2020 at 09:33:50 UTC", "2020-03-01T09:33:50 instant"),
        ("2015. február 15., vasárnap 21:54:36 UTC", "2015-02-15T21:54:36 instant"),
        ("Dienstag, 3. März 2020 um 10:15:31 UTC", "2020-03-03T10:15:31 instant"),
        ("mardi 3 août 2021 à 10:15:31 UTC", "2021-08-03T10:15:31 instant"),
        ("martes, 3 de enero de 2023, 10:15:31 p. m. UTC", "2023-01-03T22:15:31 instant"),
        ("terça-feira, 3 de março de 2020 às 10:15:31 UTC", "2020-03-03T10:15:31 instant"),
        ("Sunday, 1 March 2020 at 09:33:50", "2020-03-01T09:33:50 local"),
        ("Sunday, 30 February 2020 at 09:33:50 UTC", None),
        ("Sunday, March 1, 2020 at 19:33:50 PM UTC", None),
        ("Sunday, 1 March 2020 at 09:33:50 UTC+2", None),
        ("Sunday, 1 March 2020", None),
        ("1 March 2 April 2020 at 09:33:50 UTC", None),
        ("01/03/2020 09:33:50 UTC", None),
        ("", None),
        ("1 March 2020 at 09:33 UTC" * 1000, None),
    ],
)
def test_moments_are_read_in_words(told: str, expected: str | None) -> None:
    found = prose_moment(told)
    shown = f"{found[0].replace(tzinfo=None).isoformat()} {found[1]}" if found else None
    assert shown == expected


def test_no_word_stands_for_two_months() -> None:
    words = _MONTHS.split()
    assert len(words) % 12 == 0
    assert len({(word, place % 12) for place, word in enumerate(words)}) == len(set(words))


def test_an_act_of_an_export_without_ids_is_the_same_wherever_its_chat_is_found(
    tmp_path: Path,
) -> None:
    told = [message(message_id=None), message("ben", 1, message_id=None)]
    within = tmp_path / "whole" / "Groups" / "DM c"
    for folder in (tmp_path / "alone", within, within.with_name("DM d")):
        folder.mkdir(parents=True)
    chat(within.with_name("DM d"), members=("ana", "chidi"))
    alone = acts(chat(tmp_path / "alone", *told))
    chat(within, *told, members=("ana", "ben"))
    whole = acts(read(tmp_path / "whole"))
    assert [act.external_id for act in whole] == [act.external_id for act in alone]


def test_a_message_has_one_id_in_exports_of_every_age(tmp_path: Path) -> None:
    told = [message(), message("ben", 0, message_id="c/t0/m1"), message("ben", 1)]
    told.append(message(number=2, topic_id=None))  # its id tells the thread
    gone = message(number=1, message_state="DELETED")
    old = [{**each, "message_id": None} for each in told]
    old[2]["creator"] = person("dara")  # the address that Ben had then
    old[3]["topic_id"] = "t2"
    ages = (told, [*told[:2], gone, *told[2:]], old)
    ids = [
        [act.external_id for act in acts(chat(tmp_path, *age, members=("ana", "ben")))]
        for age in ages
    ]
    assert ids[0] == ids[1] == ids[2]
    assert len(set(ids[0])) == len(told)


def test_a_quoted_message_is_answered(tmp_path: Path) -> None:
    quoted = {"creator": person("ana"), "message_id": "c/t0/t0"}
    told = chat(
        tmp_path,
        message(),
        message("ben", 1, quoted_message_metadata=quoted),
        message("ben", 2, quoted_message_metadata={**quoted, "message_id": "c/t9/t9"}),
        members=("ana", "ben"),
    )
    first, answer, other = acts(told)
    assert [answer.parent, other.parent] == [first.external_id, ""]
    assert [str(who) for who in other.recipients] == ["email:ana@example.org"]


def test_many_chats_take_no_more_time_than_their_number(tmp_path: Path) -> None:
    for number in range(30):
        folder = tmp_path / "Groups" / f"DM {number}"
        folder.mkdir(parents=True)
        chat(folder, message(number=number), members=("ana", "ben"))
    with patch.object(Export, "names", autospec=True, side_effect=Export.names) as asked:
        assert len(acts(read(tmp_path))) == 30
    assert asked.call_count < 10


def test_who_is_alone_in_a_chat_wrote_to_those_who_were_there(tmp_path: Path) -> None:
    (act, _) = acts(chat(tmp_path, message(), message("ben", 1), members=[person("ana")]))
    assert [str(who) for who in act.recipients] == ["email:ben@example.org"]


def test_between_two_nobody_else_is_addressed_by_being_named(tmp_path: Path) -> None:
    named = {"user_mention_metadata": {"user": person("chidi"), "type": "MENTION"}}
    (act,) = acts(chat(tmp_path, message(annotations=[named]), members=("ana", "ben")))
    assert [str(who) for who in (*act.recipients, *act.copied)] == ["email:ben@example.org"]


def test_in_a_large_space_a_message_reaches_whom_it_answers_or_names(tmp_path: Path) -> None:
    crowd = tuple(f"p{number}" for number in range(40))
    named = {"user_mention_metadata": {"user": person("ben"), "type": "MENTION"}}
    answer = message("ben", message_id="c/t0/m1")
    told = chat(tmp_path, message(), answer, message(number=2, annotations=[named]), members=crowd)
    opening = hashed("t0", "2023-01-03 10:15:31+00:00")
    assert [line(act)[29:] for act in acts(told)] == [
        "email:ben@example.org -> email:ana@example.org reply audience 40 thread c "
        f"answers {opening} [|{opening}-2]",
        "email:ana@example.org -> email:ben@example.org mention audience 40 thread c "
        f"[|{hashed('t2', '2023-01-03 10:15:31+00:00')}]",
    ]


def test_a_thread_whose_beginning_is_gone_is_answered_by_nobody(tmp_path: Path) -> None:
    gone = {"message_state": "DELETED", "topic_id": "t0", "message_id": "c/t0/t0"}
    told = chat(tmp_path, gone, message("ben", message_id="c/t0/m1"), members=("ana", "ben"))
    assert [act.kind.value for act in acts(told)] == ["message"]


def test_the_first_message_seen_did_not_open_a_thread_that_its_id_says_was_there(
    tmp_path: Path,
) -> None:
    late = [message(message_id="c/t0/m1"), message("ben", message_id="c/t0/m2")]
    told = chat(tmp_path, *late, members=("ana", "ben"))
    assert [act.kind.value for act in acts(told)] == ["message"] * 2


def test_only_so_many_threads_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_MOST_TOPICS", 1)
    late = message("ben", 0, message_id="c/t0/m9")
    told = chat(tmp_path, message(), message("ben", 1), late, members=("ana", "ben"))
    assert [act.kind.value for act in acts(told)] == ["message"] * 3


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "no_sender"),
        ("text", "no_sender"),
        ({}, "no_sender"),
        (message(creator=[]), "no_sender"),
        (message(creator={"name": 10**18, "email": {}}), "bad_date"),
        (message(created_date=7), "bad_date"),
        (message(created_date=["a"]), "bad_date"),
    ],
)
def test_a_message_of_any_shape_is_a_problem_and_no_crash(
    tmp_path: Path, value: Mapping[str, object] | None, code: str
) -> None:
    if isinstance(value, dict) and isinstance(value.get("creator"), dict) and code == "bad_date":
        value = {**value, "created_date": "soon"}
    good = [message("ben", number) for number in range(1, 9)]
    told = chat(tmp_path, *good, value, members=("ana", "ben"))
    (problem,) = (record for record in told if isinstance(record, Problem))
    assert (problem.where, problem.code) == ("messages.json, item 9", code)


def test_notes_marks_and_members_of_any_shape_are_passed_over(tmp_path: Path) -> None:
    odd: list[object] = [None, 7, [], {}, {"user_mention_metadata": 7}, {"reactor_emails": [{}, 7]}]
    told = chat(
        tmp_path,
        message(annotations=odd, reactions=odd, quoted_message_metadata=odd),
        members=[person("ana"), person("ben"), *odd],
    )
    assert len(acts(told)) == 1


def test_an_unreadable_list_of_members_is_told_and_does_not_cost_the_chat(tmp_path: Path) -> None:
    (tmp_path / "group_info.json").write_text('{"members": [{"name": ')
    told = chat(tmp_path, message(), message("ben", 1))
    assert [record.code for record in told if isinstance(record, Problem)] == ["bad_json"]
    assert len(acts(told)) == 2


def test_other_peoples_files_of_the_same_name_are_not_taken_for_its_own(tmp_path: Path) -> None:
    contents = (
        '{"messages": []}',
        '[{"ID": 1, "Contents": "hi"}]',
        '{"messages": [{"id": 1, "from": "Ana"}]}',
        "",
    )
    for content in contents:
        (tmp_path / "messages.json").write_text(content)
        assert not recognised(tmp_path)


def test_it_is_found_in_a_takeout_among_others(tmp_path: Path) -> None:
    chats = tmp_path / "Takeout" / "Google Chat" / "Groups" / "DM c"
    mail = tmp_path / "Takeout" / "Mail"
    for folder in (chats, mail):
        folder.mkdir(parents=True)
    (mail / "All mail.mbox").write_text("From 1@xxx Mon Mar 04 11:20:34 +0000 2024\n\n")
    chat(chats, message(), members=("ana", "ben"))
    assert recognised(tmp_path)
    assert len(acts(read(tmp_path))) == 1


def test_the_owner_is_told(tmp_path: Path) -> None:
    owners = [one for one in read(SAMPLES / "2025") if isinstance(one, AccountSeen) and one.owner]
    assert [str(owner.account) for owner in owners] == ["email:ana@example.org"]


def test_no_damage_brings_anything_but_records_and_a_broken_export(tmp_path: Path) -> None:
    for copy in damaged_copies(SAMPLES / "2025", tmp_path, count=25):
        with open_export(copy) as exported:
            read_until_it_fails(collect(exported, Options()))
