"""What is peculiar to Discord: a package of one's own words, and chats that a tool exports."""

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.discord import collect, resembles
from roc.collectors.discord.acts import account, is_private, moment, someone_seen
from roc.collectors.discord.exporter import seen_there
from roc.collectors.discord.package import channel, owner_by, owner_records, users
from roc.collectors.formats.chats import MAX_MEMBERS
from roc.collectors.formats.tolerance import Unusable
from roc.errors import BrokenExport
from roc.graph.records import Account, AccountSeen, DeclaredTie, Precision, Problem, Record
from tests.collectors import reading
from tests.collectors.failing import read_until_it_fails
from tests.collectors.lines import line
from tests.collectors.reading import acts

read = partial(reading.read, "discord")
recognised = partial(reading.recognised, "discord")

SAMPLES = Path(__file__).parent / "discord"
ANA, BEN, CHIDI = "101000000000000001", "202000000000000002", "303000000000000003"
ID = "1458022278758400000"  # of 2026-01-06 09:00:00 UTC
DAY = "2026-01-06 09:00:00"
PRIVATE = {"id": "1450000000000000001", "type": "DM", "recipients": [ANA, BEN]}
Told = dict[str, Any]


def package(folder: Path, messages: object, about: Told = PRIVATE, owner: str = ANA) -> Path:
    beside = folder / "Messages" / "c1450000000000000001"
    beside.mkdir(parents=True)
    (beside / "channel.json").write_text(json.dumps(about))
    (beside / "messages.json").write_text(json.dumps(messages))
    if owner:
        about_owner = {"id": owner, "username": "ana", "relationships": []}
        (folder / "user.json").write_text(json.dumps(about_owner))
    return folder


def row(text: str = "hi", **told: object) -> Told:
    return {"ID": ID, "Timestamp": DAY, "Contents": text, "Attachments": ""} | told


def chat(path: Path, *messages: object, kind: str = "DirectTextChat") -> Path:
    about = {"guild": {"id": "0"}, "channel": {"id": "1450000000000000001", "type": kind}}
    path.write_text(json.dumps(about | {"messages": messages}))
    return path


def said(number: int = 0, author: object = ANA, **told: object) -> Told:
    who = {"id": author, "name": "x", "isBot": False}
    return {"id": str(int(ID) + number), "type": "Default", "author": who} | told


def told(records: list[Record]) -> list[str]:
    names = {ANA: "ana", BEN: "ben", CHIDI: "chidi"}
    found = []
    for act in acts(records):
        text = line(act).split("discord:", 1)[1].split(" thread ")[0].replace("discord:", "")
        for who, name in names.items():
            text = text.replace(who, name)
        found.append(text)
    return found


# --- which of them it is -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "file",
    ["package-2021/Konto/user.json", "chats/Direct Messages - ben [1450000000000000001].json"],
)
def test_one_file_is_recognised_by_its_content_whatever_its_name(file: str, tmp_path: Path) -> None:
    path = tmp_path / "download (1)"
    path.write_bytes((SAMPLES / file).read_bytes())
    assert recognised(path)
    assert read(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("AuthorID,Author,Date,Content,Attachments,Reactions\n1,a,2026,x,,\n", "JSON"),
        ("MessageID,AuthorID,Author,Date,Content,Attachments,Reactions\n", "JSON"),
        ("=" * 62 + "\r\nGuild: Atlas\r\nChannel: general\r\n", "JSON"),
        ('<!DOCTYPE html><html><style>.chatlog__message{}</style><div class="chatlog">', "JSON"),
        ("ID,Timestamp,Contents,Attachments\n1,2,x,\n", "whole package"),
        ('[{"ID": 1, "Timestamp": "2026-01-06 09:00:00", "Contents": "x"}]', "whole package"),
        ("<!DOCTYPE html><html>", ""),
        ("", ""),
    ],
)
def test_what_cannot_be_read_is_told_for_what_it_is(
    content: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "export"
    path.write_text(content, newline="")
    with open_export(path) as export:
        assert said in resembles(export)
        assert bool(said) == bool(resembles(export))
    assert not recognised(path)


def test_a_chat_alone_is_nobodys_account() -> None:
    with open_export(SAMPLES / "chats" / "Atlas - general [1450000000000000003].json") as export:
        assert users(export) == []


@pytest.mark.parametrize(
    "told",
    [
        {"id": "1", "type": "articles", "relationships": {}},
        {"id": ANA, "relationships": {}},
        {"id": "1", "username": "ana", "discriminator": "0"},
        {"id": "12345678901234567890123", "username": "ana", "discriminator": "0"},
    ],
)
def test_other_things_with_an_id_are_no_owner(told: Told, tmp_path: Path) -> None:
    (tmp_path / "user.json").write_text(json.dumps(told))
    assert not recognised(tmp_path)


def test_a_channel_without_messages_is_none(tmp_path: Path) -> None:
    (tmp_path / "channel.json").write_text(json.dumps(PRIVATE))
    assert not recognised(tmp_path)


# --- the package -------------------------------------------------------------------------------


def test_the_owner_of_a_part_is_who_is_in_all_private_channels(tmp_path: Path) -> None:
    groups = [[ANA, BEN], [ANA, CHIDI], []]
    channels = [channel({"id": "1", "type": 1, "recipients": group}, "") for group in groups]
    found = [each for each in channels if each]
    assert owner_by(found) == account(ANA)
    assert owner_by(found[:1]) is None
    records = read(package(tmp_path, [row()], owner=""))
    assert [each.code for each in records if isinstance(each, Problem)] == ["no_owner"]


def test_the_owner_of_a_part_is_told_and_one_who_is_known_is_told_once(tmp_path: Path) -> None:
    for number, other in ((1, BEN), (2, CHIDI)):
        about = {"id": f"145000000000000000{number}", "type": 1, "recipients": [ANA, other]}
        package(tmp_path / "Messages" / str(number), [row(ID=f"{ID[:-1]}{number}")], about, "")
    owners = [each for each in read(tmp_path) if isinstance(each, AccountSeen) and each.owner]
    assert owners == [AccountSeen(Account("discord", ANA), owner=True)]
    (tmp_path / "user.json").write_text(json.dumps({"id": ANA, "username": "a", "bot": False}))
    assert owners == [each for each in read(tmp_path) if isinstance(each, AccountSeen)]
    told = {"id": ANA, "username": "ana", "discriminator": "0"}
    (tmp_path / "user.json").write_text(json.dumps(told))
    names = [each.name for each in read(tmp_path) if isinstance(each, AccountSeen) and each.owner]
    assert names == ["ana"]


def test_whoever_is_named_to_somebody_else_is_not_addressed(tmp_path: Path) -> None:
    found = read(package(tmp_path, [row(f"ask <@{CHIDI}>, <@{BEN}>")]))
    assert told(found) == ["ana -> ben message"]


def test_in_a_channel_of_a_server_the_owner_is_who_collects_where_nothing_tells(
    tmp_path: Path,
) -> None:
    about = {"id": "1450000000000000001", "type": 0}
    records = read(package(tmp_path, [row(f"<@{BEN}>")], about, owner=""))
    assert [str(act.sender) for act in acts(records)] == ["me:me"]


def test_a_talk_with_somebody_who_is_gone_reaches_nobody(tmp_path: Path) -> None:
    about = PRIVATE | {"recipients": [ANA, "456226577798135808"]}
    assert told(read(package(tmp_path, [row()], about))) == []


@pytest.mark.parametrize("kind", [1, "1", "DM", 3, "GROUP_DM", "DirectTextChat"])
def test_types_of_private_channels_come_as_numbers_and_as_words(kind: object) -> None:
    assert is_private({"type": kind})
    assert not is_private({"type": "GUILD_TEXT"})


def test_only_friends_are_ties() -> None:
    told = [{"id": who, "type": kind} for who, kind in ((BEN, 1), (CHIDI, 3), (ANA, 1), ("x", 1))]
    records = list(owner_records({"id": ANA, "relationships": told}))
    assert [each.other for each in records if isinstance(each, DeclaredTie)] == [account(BEN)]


def test_a_clock_without_a_zone_is_utc_where_the_id_says_so() -> None:
    at = datetime(2026, 1, 6, 9, tzinfo=UTC)
    assert moment(ID, DAY) == (at, Precision.INSTANT)
    assert moment(ID, "") == (at, Precision.INSTANT)
    assert moment(ID, "2026-01-06T10:00:00.02+01:00") == (at, Precision.INSTANT)
    assert moment("7", DAY) == (at, Precision.LOCAL)
    with pytest.raises(Unusable, match="bad_date"):
        moment("7", "soon")


# --- exported chats ----------------------------------------------------------------------------


def test_a_message_has_the_same_id_on_both_roads(tmp_path: Path) -> None:
    (own,) = acts(read(package(tmp_path, [row()])))
    exported = acts(read(chat(tmp_path / "ben.json", said(), said(1, BEN))))[0]
    assert exported == own


def test_in_a_private_chat_those_who_are_seen_are_there(tmp_path: Path) -> None:
    marks = [{"users": [{"id": CHIDI, "name": "chidi"}]}]
    found = read(chat(tmp_path / "a.json", said(), said(1, BEN, reactions=marks)))
    assert told(found) == [
        "ana -> ben, chidi message",
        "ben -> ana, chidi message",
        "chidi -> ben reaction (proxy)",
    ]


def test_whoever_is_merely_named_in_a_private_chat_is_not_in_it(tmp_path: Path) -> None:
    mentions = [{"id": CHIDI, "name": "chidi"}]
    found = read(chat(tmp_path / "a.json", said(), said(1, BEN), said(2, ANA, mentions=mentions)))
    assert told(found) == ["ana -> ben message", "ben -> ana message", "ana -> ben message"]


def test_who_is_in_a_private_chat_is_known_from_all_its_parts(tmp_path: Path) -> None:
    chat(tmp_path / "a [part 1].json", said())
    cut_off = chat(tmp_path / "a [part 2].json", said(1, BEN), said(2, BEN))
    cut_off.write_text(cut_off.read_text()[:-10])
    with open_export(tmp_path) as export:
        found, failure = read_until_it_fails(collect(export, Options()))
    assert told(found) == ["ana -> ben message", "ben -> ana message"]
    assert failure == "a [part 2].json is cut off or damaged."


def test_of_a_crowd_nobody_is_addressed_by_being_there_and_few_are_remembered(
    tmp_path: Path,
) -> None:
    people = [str(int(BEN) + number) for number in range(40)]
    mentions = [{"id": people[-1], "name": "x"}]
    messages = [said(number, who) for number, who in enumerate(people)]
    path = chat(tmp_path / "a.json", *messages, said(40, ANA, mentions=mentions))
    assert [act.recipients for act in acts(read(path))] == [(account(people[-1]),)]
    with open_export(path) as export:
        (there,) = seen_there(export, export.names()).values()
    assert len(there) == MAX_MEMBERS + 1


def test_chats_without_an_id_have_nobody_in_common(tmp_path: Path) -> None:
    for who in (BEN, CHIDI):
        path = chat(tmp_path / f"{who}.json", said(int(who), who), said(int(who) + 1))
        path.write_text(path.read_text().replace('"id": "1450000000000000001", ', ""))
    by_ana = [act.recipients for act in acts(read(tmp_path)) if act.sender == account(ANA)]
    assert by_ana == [(account(BEN),), (account(CHIDI),)]


def test_the_package_tells_who_is_in_a_chat_that_is_exported_as_well(tmp_path: Path) -> None:
    package(tmp_path / "package", [row()], PRIVATE | {"recipients": [ANA, BEN, CHIDI]})
    chat(tmp_path / "ben.json", said(), said(1, BEN))
    found = told(read(tmp_path))
    assert found == ["ana -> ben, chidi message", "ben -> ana, chidi message", found[0]]


def test_what_is_forwarded_is_a_message_of_who_forwards_it(tmp_path: Path) -> None:
    there = {"messageId": ID, "channelId": "1450000000000000009", "type": "Forward"}
    forwarded = {"content": "x", "timestamp": "2026-01-05T09:00:00+00:00"}
    forward = said(1, BEN, reference=there, forwardedMessage=forwarded)
    assert told(read(chat(tmp_path / "a.json", said(), forward)))[1] == "ben -> ana message"


def test_only_what_is_an_answer_refers_to_what_it_answers(tmp_path: Path) -> None:
    there = {"messageId": ID}
    for kind, expected in (("Reply", ["ben -> ana reply"]), ("Default", []), ("7", [])):
        answer = said(1, BEN, type=kind, reference=there)
        path = chat(tmp_path / "a.json", said(), answer, kind="GuildTextChat")
        assert told(read(path)) == expected


def test_who_is_answered_in_a_later_part_is_known_from_the_one_before(tmp_path: Path) -> None:
    chat(tmp_path / "a [part 1].json", said(), kind="GuildTextChat")
    answer = said(1, BEN, type="Reply", reference={"messageId": ID})
    chat(tmp_path / "a [part 2].json", answer, kind="GuildTextChat")
    assert told(read(tmp_path)) == ["ben -> ana reply"]


def test_of_messages_without_end_the_oldest_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roc.collectors.discord.exporter._MAX_REMEMBERED", 1)
    answer = said(2, BEN, type="Reply", reference={"messageId": ID})
    path = chat(tmp_path / "a.json", said(), said(1, CHIDI), answer, kind="GuildTextChat")
    assert told(read(path)) == []


def test_programs_say_nothing_and_are_told_as_such(tmp_path: Path) -> None:
    program = {"id": CHIDI, "name": "greeter", "isBot": True}
    found = read(chat(tmp_path / "a.json", said(), said(1, author=BEN) | {"author": program}))
    assert told(found) == ["ana -> chidi message"]
    assert someone_seen(program) in found


# --- what is broken ----------------------------------------------------------------------------

WRONG: list[Any] = [None, True, 5, -1.5, 10**18, "", "\0", "\ud800", [], [[]], {}, {"a": [1]}]


@pytest.mark.parametrize("value", WRONG, ids=str)
def test_a_value_of_any_shape_is_read_or_told(value: Any, tmp_path: Path) -> None:
    good = [said(number, BEN) for number in range(50, 90)]
    wrong = [said() | {key: value} for key in (*said(), "timestamp", "reactions", "mentions")]
    wrong += [said(type="Reply", reference=value), said(author=value), value]
    wrong += [said(reactions=[{"users": value}]), said(reactions=[value], mentions=[value])]
    assert len(acts(read(chat(tmp_path / "a.json", said(90, ANA), *good, *wrong)))) > 40
    rows = [row() | {key: value} for key in row()] + [value]
    rows += [row(ID=str(int(ID) + number)) for number in range(40)]
    assert len(acts(read(package(tmp_path / "a", rows)))) >= 40
    for key in PRIVATE:
        with open_export(package(tmp_path / key, [row()], PRIVATE | {key: value})) as export:
            read_until_it_fails(collect(export, Options()))
    for key in ("id", "username", "email", "phone", "relationships"):
        list(owner_records({"id": ANA, key: value}))
        list(owner_records({"id": ANA, "relationships": [{"id": BEN, "type": 1} | {key: value}]}))


def test_a_table_whose_quotes_never_close_costs_its_own_rows_only(tmp_path: Path) -> None:
    folder = package(tmp_path, [])
    beside = folder / "Messages" / "c1450000000000000001"
    (beside / "messages.json").unlink()
    rows = "".join(f"{int(ID) + number},{DAY},hi,\n" for number in range(9))
    broken = f'{ID},{DAY},"{"x" * 200_000}\n'
    (beside / "messages.csv").write_text(f"ID,Timestamp,Contents,Attachments\n{rows}{broken}{rows}")
    found = read(folder)
    assert len(acts(found)) == 18
    assert [each.code for each in found if isinstance(each, Problem)] == ["no_id"]


def test_a_chat_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    marks = [{"users": [{"id": BEN}]}]
    path = chat(tmp_path / "a.json", said(reactions=marks), said(1), kind="GuildTextChat")
    path.write_text(path.read_text()[:-40])
    with open_export(path) as export:
        found, failure = read_until_it_fails(collect(export, Options()))
    assert told(found) == ["ben -> ana reaction (proxy)"]
    assert failure == "a.json is cut off or damaged."


def test_mostly_unusable_messages_are_a_broken_export(tmp_path: Path) -> None:
    with pytest.raises(BrokenExport, match="no_id"):
        read(package(tmp_path, [row(ID="soon")] * 9))


def test_a_problem_names_the_place_and_not_what_stands_there(tmp_path: Path) -> None:
    found = read(package(tmp_path, [row(), row("secret", ID="secret")]))
    (problem,) = [each for each in found if isinstance(each, Problem)]
    assert problem.where.endswith("messages.json, item 2")
    assert "secret" not in str(problem)


def test_the_owner_is_told_once_with_what_is_theirs() -> None:
    (seen,) = owner_records({"id": ANA, "email": "Ana@Example.org", "phone": "+49 30 1234567"})
    same_as = (Account("email", "ana@example.org"), Account("phone", "+49301234567"))
    assert seen == AccountSeen(Account("discord", ANA), owner=True, same_as=same_as)
