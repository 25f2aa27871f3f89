"""What is peculiar to Slack: conversations in folders, threads across days, programs, calls."""

import json
import shutil
import unicodedata
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.finding import find_exports
from roc.collectors.slack import collect, resembles
from roc.collectors.slack.layout import conversation
from roc.collectors.slack.messages import Threads, message_records
from roc.collectors.slack.people import People, account, user_seen
from roc.errors import BrokenExport
from roc.graph.records import AccountSeen, Nature, Problem
from tests.collectors import reading
from tests.collectors.failing import read_until_it_fails
from tests.collectors.lines import line
from tests.collectors.reading import acts

read = partial(reading.read, "slack")
recognised = partial(reading.recognised, "slack")

SAMPLES = Path(__file__).parent / "slack"
ANA, BEN, CHIDI = "U01ANA", "U02BEN", "U03CHIDI"
USERS = [{"id": who, "profile": {}} for who in (ANA, BEN, CHIDI)]
CHANNEL = {"id": "C01PLAN", "name": "plan", "members": [ANA, BEN]}
STAMP = "1767690000.000100"  # 2026-01-06 09:00:00 UTC


def said(user: object = ANA, **told: object) -> dict[str, object]:
    return {"type": "message", "user": user, "text": "hi", "ts": STAMP, **told}


def export(folder: Path, *messages: object, channel: object = CHANNEL) -> Path:
    (folder / "plan").mkdir(parents=True)
    (folder / "users.json").write_text(json.dumps(USERS))
    (folder / "channels.json").write_text(json.dumps([channel]))
    (folder / "plan" / "2026-01-06.json").write_text(json.dumps(messages))
    return folder


def told(message: dict[str, object], members: tuple[str, ...] = (ANA, BEN, CHIDI)) -> list[str]:
    """The acts in a message, without when, where and under which id."""
    people, chat = People(), conversation({"id": "C01PLAN", "members": list(members)})
    for user in USERS:
        people.new(user_seen(user) or AccountSeen(account(ANA)))  # type: ignore[arg-type]
    assert chat is not None
    found = acts(message_records(message, chat, Threads(), people))
    return [line(act).split(" -> ")[1].split(" thread ")[0].replace("slack:", "") for act in found]


# --- what it is, and what it is not ------------------------------------------------------------


@pytest.mark.parametrize("name", ["users.json", "dms.json"])
def test_a_list_alone_is_recognised_by_its_content_whatever_its_name(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "list (1).json"
    path.write_bytes((SAMPLES / "2026" / name).read_bytes())
    assert recognised(path)


@pytest.mark.parametrize("content", ["[]", "", "{}", '[{"id": "U01ANA"}]', '[{"id": 1}]', "\0"])
def test_lists_of_something_else_are_not(content: str, tmp_path: Path) -> None:
    (tmp_path / "users.json").write_text(content)
    assert not recognised(tmp_path)


def test_a_day_alone_is_told_for_what_it_is() -> None:
    with open_export(SAMPLES / "2026" / "D01AB") as days, open_export(SAMPLES / "2026") as whole:
        assert "channels.json" in resembles(days)
        assert resembles(whole) == ""
    assert not recognised(SAMPLES / "2026" / "D01AB")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("dms.json", {"id": "D1", "created": "2024-01-01", "amount": 5}),
        ("channels.json", {"id": "C1001", "name": "Atlas", "created": "2024-01-01"}),
    ],
)
def test_deals_and_customers_are_no_conversations(
    name: str, told: dict[str, object], tmp_path: Path
) -> None:
    (tmp_path / name).write_text(json.dumps([told]))
    assert not recognised(tmp_path)


def test_an_organisation_with_two_workspaces_is_one_export_and_two_ages_of_it_are_two(
    tmp_path: Path,
) -> None:
    shutil.copytree(SAMPLES / "grid", tmp_path / "old")
    assert [each.label for each in find_exports((tmp_path / "old",), ["slack"]).exports] == ["old"]
    shutil.copytree(SAMPLES / "grid", tmp_path / "new")
    found = find_exports((tmp_path,), ["slack"]).exports
    assert [each.label for each in found] == [f"{tmp_path.name}/new", f"{tmp_path.name}/old"]


def test_a_folder_is_found_however_a_system_writes_its_accents(tmp_path: Path) -> None:
    channel = {**CHANNEL, "name": unicodedata.normalize("NFC", "général")}
    folder = export(tmp_path, said(), channel=channel)
    (folder / "plan").rename(folder / unicodedata.normalize("NFD", "général"))
    assert len(acts(read(folder))) == 1


# --- who is who --------------------------------------------------------------------------------


def test_a_program_is_told_by_the_list_of_users_and_slackbot_by_its_name() -> None:
    seen = [user_seen({"id": who, "is_bot": is_bot}) for who, is_bot in SORTS]
    assert [each.nature for each in seen if each] == [Nature.BOT, Nature.BOT, Nature.PERSON]


SORTS = (("U05DEPLOY", True), ("USLACKBOT", False), (ANA, "yes"))


def test_what_an_app_does_for_somebody_who_is_known_is_theirs() -> None:
    assert told(said(bot_id="B01")) == [f"{BEN}, {CHIDI} message"]
    assert told(said("U77APP", bot_id="B01")) == []


def test_an_account_has_one_id_in_its_workspace_and_one_in_the_organisation() -> None:
    seen = user_seen({"id": BEN, "enterprise_user": {"id": "W02BEN"}})
    assert seen is not None
    assert seen.same_as == (account("W02BEN"),)


# --- what a message is -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "subtype", ["channel_join", "channel_topic", "bot_message", "tombstone", "reply_broadcast"]
)
def test_what_nobody_said_is_no_act(subtype: str) -> None:
    marks = [{"name": "wave", "users": [BEN]}]
    assert told(said(subtype=subtype, reactions=marks)) == []


@pytest.mark.parametrize("subtype", ["file_share", "me_message", "thread_broadcast"])
def test_what_somebody_said_in_another_way_is_one(subtype: str) -> None:
    assert told(said(subtype=subtype)) == [f"{BEN}, {CHIDI} message"]


def test_an_answer_to_somebody_nobody_knows_any_more_is_a_message_to_all() -> None:
    assert told(said(thread_ts="1700000000.000100")) == [f"{BEN}, {CHIDI} message"]


def test_those_named_are_addressed_and_groups_are_nobody() -> None:
    text = "<@U02BEN> <@U02BEN|ben> <!subteam^S01> <!channel> <@U01ANA>"
    assert told(said(text=text)) == [f"{BEN} message cc {CHIDI}"]


def test_what_is_private_is_told_by_the_list_that_it_is_in_or_by_its_id() -> None:
    lists = ("a/groups.json", "dms.json", "mpims.json", "a/channels.json", "channels.json")
    found = [conversation({"id": "C01"}, name) for name in lists]
    assert [each.private for each in found if each] == [True, True, True, False, False]
    found = [conversation({"id": each}) for each in ("D01", "G01", "C01")]
    assert [each.private for each in found if each] == [True, True, False]


def test_whoever_is_named_to_somebody_else_in_private_is_not_addressed(tmp_path: Path) -> None:
    folder = export(tmp_path, said(text=f"ask <@{CHIDI}>"))
    assert [act.recipients for act in acts(read(folder))] == [(account(CHIDI),)]
    (folder / "channels.json").rename(folder / "groups.json")
    assert [act.recipients for act in acts(read(folder))] == [(account(BEN),)]


def test_several_marks_of_one_are_one_act_and_ones_own_is_none() -> None:
    marks = [{"name": "eyes", "users": [BEN, ANA]}, {"name": "tada", "users": [BEN, 5, None]}]
    assert told(said(reactions=marks))[1:] == [f"{ANA} reaction (proxy)"]


def test_a_call_is_between_all_who_were_there_at_any_time() -> None:
    room = {"created_by": BEN, "participants": [CHIDI], "participant_history": [ANA, BEN, ANA]}
    assert told(said(subtype="sh_room_created", room=room)) == [f"{ANA}, {CHIDI} call"]


def test_a_talk_with_oneself_reaches_nobody() -> None:
    assert told(said(), members=(ANA, ANA)) == []


def test_members_that_are_only_counted_are_a_crowd() -> None:
    chat = conversation({"id": "C01PLAN", "num_members": 900})
    assert chat is not None
    assert (chat.members, chat.size) == ((), 900)


def test_of_threads_without_end_the_oldest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roc.collectors.slack.messages._MAX_ROOTS", 2)
    threads, ana = Threads(), account(ANA)
    assert ana is not None
    for stamp in "123":
        threads.add(stamp, ana)
    assert [threads.author(stamp) for stamp in "123"] == [None, ana, ana]


# --- what is broken ----------------------------------------------------------------------------

WRONG: list[Any] = [None, True, 5, -1.5, 10**18, "", "\0", "\ud800", [], [[]], {}, {"a": [1]}]


@pytest.mark.parametrize("value", WRONG, ids=str)
def test_a_value_of_any_shape_is_read_or_told(value: Any, tmp_path: Path) -> None:
    keys = [*said(), "subtype", "thread_ts", "parent_user_id", "root", "bot_id", "user_profile"]
    messages = [said() | {key: value} for key in keys]
    messages += [said(reactions=value), said(reactions=[{"users": value}]), value]
    messages += [said(subtype="huddle_thread", room=value)]
    messages += [said(subtype="huddle_thread", room={"participants": value, "date_start": value})]
    path = export(tmp_path / "a", *messages, *[said(ts=f"17676900{n}.1") for n in range(10, 99)])
    assert len(read(path)) > 80
    for key in ("id", "name", "members", "num_members"):
        records, _ = read_until_it_fails(
            iter(read(export(tmp_path / key, said(), channel=CHANNEL | {key: value})))
        )
        assert records


def test_a_day_that_is_cut_off_costs_that_day_only(tmp_path: Path) -> None:
    folder = export(tmp_path, said())
    (folder / "plan" / "2026-01-05.json").write_text('[{"type": "message", "user": "U01')
    with open_export(folder) as opened:
        found, failure = read_until_it_fails(collect(opened, Options()))
    assert len(acts(found)) == 1
    assert failure.startswith("plan/2026-01-05.json is cut off")


def test_mostly_unusable_messages_are_a_broken_export(tmp_path: Path) -> None:
    with pytest.raises(BrokenExport, match="bad_date"):
        read(export(tmp_path, *[said(ts="99999999999.0")] * 9))


def test_a_problem_names_the_place_and_not_what_stands_there(tmp_path: Path) -> None:
    found = read(export(tmp_path, said(), said(None, text="secret")))
    problems = [record for record in found if isinstance(record, Problem)]
    assert [(each.where, each.code) for each in problems] == [
        ("plan/2026-01-06.json, item 2", "no_sender")
    ]
    assert "secret" not in str(problems)
