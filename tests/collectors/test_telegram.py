"""What is peculiar to Telegram Desktop's export."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from roc.collectors import registry
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.telegram.people import user
from roc.errors import BrokenExport
from roc.graph.records import ME, AccountSeen, Kind, Precision, Problem, Record
from tests.collectors.reading import acts, read, recognised

Row = dict[str, Any]


def message(number: object, sender: object, **more: Any) -> Row:
    """A message of the year 2024, one minute after the one before it."""
    at = 1709647200 + 60 * (number if isinstance(number, int) else 0)
    told = {"id": number, "type": "message", "date_unixtime": str(at), "from_id": sender}
    return told | {"from": "", "text": ""} | more


def chat(folder: Path, messages: list[Any], kind: str = "personal_chat", number: int = 2) -> Path:
    """The export of one chat."""
    told = {"name": "x", "type": kind, "id": number, "messages": messages}
    path = folder / "result.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def test_numbers_of_old_exports_are_the_ids_of_today() -> None:
    assert str(user(2**32 + 101)) == str(user("user101")) == "telegram:101"
    assert user(2 * 2**32 + 5001) is None


def test_old_and_new_exports_tell_the_same_acts() -> None:
    folder = Path(__file__).parent / "telegram"
    keys = [
        {(act.scope, act.external_id) for act in acts(read("telegram", folder / age))}
        for age in ("of-2019", "account")
    ]
    assert keys[0] <= keys[1]


@pytest.mark.parametrize(
    ("kind", "number", "scope"),
    [
        ("personal_chat", 2**32 + 2, "user2"),
        ("private_group", 2 * 2**32 + 7, "chat7"),
        ("public_supergroup", 2 * 2**32 + 9, "channel9"),
    ],
)
def test_ids_of_chats_have_what_they_are_ids_of_taken_off_in_old_exports_alone(
    tmp_path: Path, kind: str, number: int, scope: str
) -> None:
    old = acts(read("telegram", chat(tmp_path, [message(1, 2), message(2, 1)], kind, number)))
    assert {act.scope for act in old} == {scope}
    assert [str(who) for who in old[0].recipients] == ["telegram:1"]
    new = chat(tmp_path, [message(1, "user2"), message(2, "user1")], kind, number)
    assert {act.scope for act in acts(read("telegram", new))} == {
        scope.rstrip("0123456789") + str(number)
    }


def test_an_export_without_ids_is_refused_with_what_to_do(tmp_path: Path) -> None:
    said = {"id": 1, "type": "message", "date": "2018-08-31T02:30:00", "from": "Ben"}
    listed: list[Row] = [{"name": "Ben", "type": "personal_chat", "messages": [said]}]
    told: Row = {"about": "", "chats": {"about": "", "list": listed}}
    path = tmp_path / "result.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(BrokenExport, match="no ids") as refusal:
        read("telegram", path)
    assert "export again" in refusal.value.hint
    listed.append({"name": "Ana", "type": "personal_chat", "id": 2, "messages": []})
    path.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(BrokenExport, match="no_id"):
        read("telegram", path)


def test_in_the_export_of_one_chat_the_owner_is_who_is_left(tmp_path: Path) -> None:
    path = chat(tmp_path, [message(1, "user2"), message(2, "user1", **{"from": "Ana"})])
    owners = [seen for seen in read("telegram", path) if isinstance(seen, AccountSeen)]
    assert [str(seen.account) for seen in owners if seen.owner] == ["telegram:1"]


def test_who_wrote_to_a_silent_owner_wrote_to_them(tmp_path: Path) -> None:
    (act,) = acts(read("telegram", chat(tmp_path, [message(1, "user2")])))
    assert act.recipients == (ME,)


def test_the_owners_name_tells_who_they_are_in_a_group(tmp_path: Path) -> None:
    messages = [message(n, f"user{n}", **{"from": f"P{n}"}) for n in (1, 2, 3)]
    path = chat(tmp_path, messages, "private_group")
    found = read("telegram", path, Options(owner_name="p2 "))
    assert isinstance(found[0], AccountSeen)
    assert (str(found[0].account), found[0].owner) == ("telegram:2", True)


def test_a_namesake_of_the_owner_in_a_chat_between_two_is_not_the_owner(tmp_path: Path) -> None:
    path = chat(tmp_path, [message(1, "user2", **{"from": "Ana"})])
    records = read("telegram", path, Options(owner_name="Ana"))
    assert not any(isinstance(seen, AccountSeen) and seen.owner for seen in records)
    assert acts(records)[0].recipients == (ME,)


def test_a_chat_between_two_never_has_three(tmp_path: Path) -> None:
    listed = [
        {"name": "x", "type": "personal_chat", "id": 2, "messages": rows}
        for rows in ([message(1, "user2"), message(2, "user1")], [message(3, "user2")])
    ]
    told = {"about": "", "personal_information": {"user_id": 9}, "chats": {"list": listed}}
    path = tmp_path / "result.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    found = acts(read("telegram", path))
    assert [[str(who) for who in act.recipients] for act in found] == [
        ["telegram:1"],
        ["telegram:2"],
        ["telegram:9"],
    ]


def test_a_message_to_a_crowd_reaches_whom_it_answers(tmp_path: Path) -> None:
    messages = [message(n, f"user{n}") for n in range(1, 41)]
    messages.append(message(41, "user1", reply_to_message_id=7))
    (act,) = acts(read("telegram", chat(tmp_path, messages, "public_supergroup", 9)))
    assert (act.kind, str(act.recipients[0]), act.audience) == (Kind.REPLY, "telegram:7", 39)
    assert (act.scope, act.copied) == ("channel9", ())


def test_a_group_is_large_if_its_members_were_invited_and_never_wrote(tmp_path: Path) -> None:
    invited = {"id": 1, "type": "service", "action": "invite_members", "actor_id": "user1"}
    invited |= {"members": [f"P{n}" for n in range(40)]}
    messages = [invited, message(2, "user1"), message(3, "user2")]
    assert acts(read("telegram", chat(tmp_path, messages, "private_group"))) == []


def test_one_bad_message_does_not_spoil_a_crowd_that_reaches_nobody(tmp_path: Path) -> None:
    messages = [message(n, f"user{n}") for n in range(1, 41)] + [message("", "user1")]
    (problem,) = (
        each
        for each in read("telegram", chat(tmp_path, messages, "public_supergroup"))
        if isinstance(each, Problem)
    )
    assert problem.code == "no_id"


def test_marks_of_a_clock_without_a_zone_are_set_by_the_messages_own(tmp_path: Path) -> None:
    mark = {"from_id": "user2", "date": "2024-03-05T20:02:00"}
    said = message(1, "user1", date="2024-03-05T20:01:00", reactions=[{"recent": [mark]}])
    _, act = acts(read("telegram", chat(tmp_path, [said, message(2, "user2")])))[:2]
    assert (act.kind, act.precision) == (Kind.REACTION, Precision.LOCAL)
    assert act.at is not None
    assert act.at.isoformat() == "2024-03-05T14:02:00+00:00"


@pytest.mark.parametrize("kind", ["saved_messages", "public_channel", "replies", "unheard_of"])
def test_nobody_is_reached_where_people_do_not_talk_to_each_other(
    tmp_path: Path, kind: str
) -> None:
    path = chat(tmp_path, [message(1, "user1"), message(2, "user2")], kind)
    assert acts(read("telegram", path)) == []


def test_an_export_as_html_says_what_to_do(tmp_path: Path) -> None:
    page = '<title>Exported Data</title><body onload="CheckLocation();">'
    (tmp_path / "messages.html").write_text(page, encoding="utf-8")
    with open_export(tmp_path) as export:
        assert "JSON" in registry.collector("telegram").resembles(export)
        assert not registry.recognises("telegram", export)


def test_it_does_not_claim_other_json(tmp_path: Path) -> None:
    for number, text in enumerate(
        ('{"about": "a book"}', '{"messages": []}', '{"type": "personal_chat"}', "[]", "")
    ):
        path = tmp_path / f"{number}.json"
        path.write_text(text, encoding="utf-8")
        assert not recognised("telegram", path), text


def test_what_was_read_of_a_file_that_is_cut_off_is_kept(tmp_path: Path) -> None:
    path = chat(tmp_path, [message(n, f"user{n % 2 + 1}") for n in range(1, 10)])
    path.write_bytes(path.read_bytes()[:-300])
    records: list[Record] = []
    with open_export(path) as export, pytest.raises(BrokenExport, match="cut off"):
        records.extend(registry.collector("telegram").collect(export, Options()))
    assert len(acts(records)) > 4


WRONG: list[Any] = [
    None,
    True,
    7,
    -1,
    10**25,
    1e300,
    "",
    "x",
    "user",
    "user0",
    [],
    [[]],
    {},
    {"a": 1},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_values_of_the_wrong_kind_give_records_or_problems(tmp_path: Path, wrong: Any) -> None:
    good = [message(n, f"user{n % 2 + 1}") for n in range(1, 160)]
    keys = "id type date date_unixtime from from_id text text_entities reactions members action"
    keys += " reply_to_message_id reply_to_peer_id actor actor_id duration_seconds discard_reason"
    bad = [message(1000 + n, "user1") | {key: wrong} for n, key in enumerate(keys.split())]
    calls = [{**row, "type": "service", "action": "phone_call"} for row in bad]
    marks = [{"recent": wrong}, {"recent": [wrong]}, {"recent": [{"from_id": wrong}]}]
    entities = [{"type": "mention_name", "user_id": wrong}, {"type": "mention", "text": wrong}]
    marked = message(2000, "user1", reactions=marks, text_entities=entities)
    records = read("telegram", chat(tmp_path, [*good, wrong, *bad, *calls, marked]))
    assert len(acts(records)) >= 159
    assert {each.code for each in records if isinstance(each, Problem)} <= {
        "no_id",
        "no_sender",
        "bad_date",
        "bad_shape",
    }


@pytest.mark.parametrize(
    "rest",
    [
        '"contacts": 3, "chats": {"list": [3, [], {"messages": {}}, {"id": 1, "messages": [1]}]}}',
        '"personal_information": [], "contacts": {"list": {}}, "chats": []}',
        '"personal_information": {"user_id": -3, "phone_number": []}, "chats": {"list": {}}}',
        '"chats": {"list": [{"type": [], "id": {}, "name": 3, "messages": []}]}}',
    ],
)
def test_outer_parts_of_the_wrong_kind_are_passed_over(tmp_path: Path, rest: str) -> None:
    path = tmp_path / "result.json"
    path.write_text('{"about": "", ' + rest, encoding="utf-8")
    assert acts(read("telegram", path)) == []


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for size in (200, 2000):
        messages = [message(n, f"user{n % 2 + 1}", text="x" * 1000) for n in range(1, size)]
        path = chat(tmp_path, messages)
        del messages
        with open_export(path) as export:
            tracemalloc.start()
            try:
                for _ in registry.collector("telegram").collect(export, Options()):
                    pass
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()
    assert peaks[1] < peaks[0] + 8 * 2**20
