"""What is peculiar to X: posts, direct messages and archives of every age."""

import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.x import ONE_WAY, collect, files
from roc.collectors.x.acts import (
    Post,
    Someone,
    like_records,
    post_records,
    snowflake_time,
)
from roc.collectors.x.posts import linked_author, moment
from roc.errors import BrokenExport
from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    DeclaredTie,
    Precision,
    Problem,
)
from tests.collectors import reading
from tests.collectors.failing import damaged_copies, read_until_it_fails
from tests.collectors.lines import line
from tests.collectors.reading import acts

read = partial(reading.read, "x")
recognised = partial(reading.recognised, "x")

ANA, BEN = Someone("101", "ana_lopez"), Someone("202", "ben_adler")
CHIDI, DARA = Someone("303", "chidi"), Someone(handle="Dara")
AT = datetime(2026, 3, 5, 14, 2, 11, tzinfo=UTC)
SAMPLES = Path(__file__).parent / "x"


def written(path: Path, kind: str, values: object) -> Path:
    path.write_text(f"window.YTD.{kind}.part0 = {json.dumps(values)}", encoding="utf-8")
    return path


def act_line(post: Post) -> str:
    """The act that a post is, without its moment; empty where it is none."""
    told = [
        line(act).removeprefix("act      2026-03-05 14:02:11 ")
        for act in acts([*post_records(post)])
    ]
    return told[0] if told else ""


def test_a_reply_is_one_act_to_whom_it_answers_with_the_others_copied() -> None:
    post = Post("7", ANA, AT, replies_to=BEN, parent="5", mentions=(BEN, CHIDI, ANA, DARA))
    assert act_line(post) == "x:101 -> x:202 reply cc x:303, x:@dara answers 5 [|7]"


def test_a_repost_reaches_its_author_and_not_those_whom_the_author_named() -> None:
    post = Post("7", ANA, AT, reposts=BEN, mentions=(BEN, CHIDI))
    assert act_line(post) == "x:101 -> x:202 repost [|7]"


def test_a_quote_reaches_whom_it_quotes_with_the_named_copied() -> None:
    post = Post("7", ANA, AT, quotes=DARA, mentions=(CHIDI,))
    assert act_line(post) == "x:101 -> x:@dara quote cc x:303 [|7]"


def test_a_reply_that_quotes_somebody_else_copies_them() -> None:
    post = Post("7", ANA, AT, replies_to=BEN, quotes=DARA)
    assert act_line(post) == "x:101 -> x:202 reply cc x:@dara [|7]"


def test_naming_people_is_a_mention_of_each() -> None:
    assert act_line(Post("7", ANA, AT, mentions=(BEN, CHIDI, BEN))) == (
        "x:101 -> x:202, x:303 mention [|7]"
    )


def test_one_knows_a_handle_by_its_id_once_the_same_post_tells_both() -> None:
    post = Post("7", ANA, AT, quotes=Someone(handle="Ben_Adler"), mentions=(BEN,))
    assert act_line(post) == "x:101 -> x:202 quote [|7]"


@pytest.mark.parametrize(
    "post",
    [
        Post("7", ANA, AT),
        Post("7", ANA, AT, mentions=(ANA,)),
        Post("7", ANA, AT, replies_to=ANA, parent="5"),
        Post("7", ANA, AT, reposts=Someone(handle="Ana_Lopez")),
        Post("7", ANA, AT, quotes=Someone(handle="ana_lopez")),
        Post("7", ANA, AT, replies_to=Someone("-1"), mentions=(Someone("-1"),)),
    ],
)
def test_nobody_reaches_oneself_or_those_who_are_not_told(post: Post) -> None:
    assert list(post_records(post)) == []


def test_ones_own_thread_still_reaches_those_it_names() -> None:
    post = Post("7", ANA, AT, replies_to=ANA, parent="5", mentions=(BEN,))
    assert act_line(post) == "x:101 -> x:202 mention [|7]"


def test_what_others_post_reads_by_the_same_rule() -> None:
    assert act_line(Post("7", BEN, AT, mentions=(ANA,))) == "x:202 -> x:101 mention [|7]"


def test_id_and_handle_of_one_person_are_tied() -> None:
    told = list(post_records(Post("7", ANA, AT, mentions=(Someone("202", "Ben_Adler"),))))
    ben, by_handle = Account("x", "202"), Account("x", "@ben_adler")
    assert AccountSeen(ben, "Ben_Adler", same_as=(by_handle,)) in told


def test_a_like_has_the_moment_of_the_post_as_a_proxy() -> None:
    (act,) = acts(list(like_records(ANA, "1212092628029698048", BEN)))
    assert act.at is not None
    # The post that X's own documentation of the API shows, created at 2019-12-31T19:26:16.000Z.
    assert act.at.replace(microsecond=0) == datetime(2019, 12, 31, 19, 26, 16, tzinfo=UTC)
    assert act.precision is Precision.PROXY


def test_a_like_of_a_post_from_before_snowflakes_has_no_moment() -> None:
    (act,) = acts(list(like_records(ANA, "20", BEN)))
    assert (act.at, act.precision) == (None, Precision.UNKNOWN)


def test_two_people_may_like_one_post() -> None:
    told = [*like_records(ANA, "20", BEN), *like_records(CHIDI, "20", BEN)]
    assert [act.external_id for act in acts(told)] == ["20/101", "20/303"]


def test_an_id_that_is_none_tells_no_moment() -> None:
    assert snowflake_time("soon") is None
    assert snowflake_time("9" * 40) is None


@pytest.mark.parametrize(
    ("url", "handle"),
    [
        ("https://twitter.com/ben_adler/status/1", "ben_adler"),
        ("https://mobile.twitter.com/ben_adler/status/1?s=20", "ben_adler"),
        ("https://x.com/ben_adler/status/1/photo/1", "ben_adler"),
        ("https://twitter.com/i/web/status/1", None),
        ("https://example.org/https://x.com/ben_adler/status/1", None),
        ("https://netflix.com/ben_adler/status/1", None),
    ],
)
def test_a_posts_address_names_its_author(url: str, handle: str | None) -> None:
    found = linked_author(url)
    assert (found.handle if found else None) == handle


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Tue Mar 05 14:02:11 +0000 2024", "2024-03-05T14:02:11+00:00"),
        ("Tue Mar 05 14:02:11 +0530 2024", "2024-03-05T08:32:11+00:00"),
        ("Tue Feb 30 14:02:11 +0000 2024", None),
        ("Di Mär 05 14:02:11 +0000 2024", None),
        ("", None),
    ],
)
def test_moments_are_read_in_x_s_own_form(told: str, expected: str | None) -> None:
    found = moment(told)
    assert (found.isoformat() if found else None) == expected


def test_an_archive_reads_alike_zipped_and_unpacked(tmp_path: Path) -> None:
    packed = tmp_path / "twitter-2026-10-04-0a1b.zip"
    with zipfile.ZipFile(packed, "w") as made:
        for file in sorted((SAMPLES / "2024").rglob("*")):
            made.write(file, file.relative_to(SAMPLES / "2024"))
    assert read(packed) == read(SAMPLES / "2024")


def test_a_single_file_of_the_archive_is_told_as_me() -> None:
    told = read(SAMPLES / "2024" / "data" / "tweets-part1.js")
    assert [act.sender for act in acts(told)] == [ME]


def test_other_scripts_are_not_taken_for_an_archive(tmp_path: Path) -> None:
    (tmp_path / "jquery.js").write_text("window.$ = {}", encoding="utf-8")
    (tmp_path / "tweets.csv").write_text("id,text\n1,a\n", encoding="utf-8")
    assert not recognised(tmp_path)


def test_a_file_cut_off_is_told_after_what_could_be_read(tmp_path: Path) -> None:
    followers = [{"follower": {"accountId": str(number)}} for number in range(1, 4)]
    file = written(tmp_path / "follower.js", "follower", followers)
    file.write_text(file.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    with open_export(file) as export:
        told, failure = read_until_it_fails(collect(export, Options()))
    assert failure == "follower.js is cut off or damaged."
    assert sum(isinstance(record, DeclaredTie) for record in told) == 2


def test_a_file_is_read_piece_by_piece_wherever_a_piece_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = [{"a": "x" * size, "b": [size, {"c": '"]}\\'}]} for size in range(40)]
    file = written(tmp_path / "like.js", "like", values)
    for size in (30, 31, 64, 1000):
        monkeypatch.setattr(files, "_CHUNK_CHARACTERS", size)
        with open_export(file) as export:
            assert list(files.items(export, "like.js")) == values


def test_an_item_without_end_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_CHUNK_CHARACTERS", 100)
    monkeypatch.setattr(files, "_MOST_CHARACTERS", 1000)
    file = written(tmp_path / "like.js", "like", ["x" * 5000])
    with open_export(file) as export, pytest.raises(BrokenExport, match="damaged"):
        list(files.items(export, "like.js"))


def test_brackets_without_end_are_damage_and_no_crash(tmp_path: Path) -> None:
    file = tmp_path / "like.js"
    file.write_text("window.YTD.like.part0 = " + "[" * 100_000, encoding="utf-8")
    with open_export(file) as export, pytest.raises(BrokenExport, match="damaged"):
        list(files.items(export, "like.js"))


@pytest.mark.parametrize(
    "value",
    [
        None,
        "text",
        {},
        {"tweet": []},
        {"tweet": {"id": {"a": 1}, "created_at": 7}},
        {"tweet": {"id_str": "7", "created_at": "soon", "entities": []}},
    ],
)
def test_a_post_of_any_shape_is_a_problem_and_no_crash(tmp_path: Path, value: object) -> None:
    good = {
        "id_str": "8",
        "created_at": "Tue Mar 05 14:02:11 +0000 2024",
        "entities": {"user_mentions": ["text", {"id": 202, "screen_name": None}], "urls": {}},
    }
    file = written(tmp_path / "tweets.js", "tweets", [*[{"tweet": good}] * 4, value])
    told = read(file)
    assert {str(act.recipients[0]) for act in acts(told)} == {"x:202"}
    (problem,) = (record for record in told if isinstance(record, Problem))
    assert problem.where == "tweets.js, item 5"


def group(*messages: Mapping[str, object]) -> list[object]:
    return [{"dmConversation": {"conversationId": "9", "messages": list(messages)}}]


def message(number: int, sender: str) -> dict[str, object]:
    at = f"2026-03-06T09:{number:02}:00.000Z"
    return {"messageCreate": {"id": str(number), "senderId": sender, "createdAt": at}}


def test_in_a_group_a_message_reaches_those_who_are_there_at_the_time(tmp_path: Path) -> None:
    joined = {"userIds": ["404"], "createdAt": "2026-03-06T09:02:30.000Z"}
    left = {"userIds": ["303"], "createdAt": "2026-03-06T09:03:30.000Z"}
    values = group(
        message(4, "202"),
        {"participantsLeave": left},
        message(3, "202"),
        {"participantsJoin": joined},
        message(2, "202"),
    )
    told = acts(read(written(tmp_path / "g.js", "direct_messages_group", values)))
    there = [sorted(account.handle for account in act.recipients) for act in told]
    assert there == [["303"], ["303", "404"], ["404"]]


def test_a_message_without_sender_or_moment_is_a_problem(tmp_path: Path) -> None:
    good = [message(number, sender) for number in range(1, 9) for sender in ("101", "202")]
    bad = [{"messageCreate": {"id": "50", "createdAt": "2026-03-06T09:00:00.000Z"}}]
    bad += [{"messageCreate": {"id": "51", "senderId": "202", "createdAt": "2026-03-06T09:00"}}]
    told = read(written(tmp_path / "g.js", "direct_messages_group", group(*good, *bad)))
    assert sorted(record.code for record in told if isinstance(record, Problem)) == [
        "bad_date",
        "no_id",
    ]


def test_the_owner_is_in_the_manifest_where_the_account_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "account.js").write_text("window.YTD.account.part0 = [{", encoding="utf-8")
    config = {"userInfo": {"accountId": "101", "userName": "ana_lopez"}}
    (tmp_path / "manifest.js").write_text(
        f"window.__THAR_CONFIG = {json.dumps(config)}", encoding="utf-8"
    )
    (seen,) = read(tmp_path)
    assert isinstance(seen, AccountSeen)
    assert (seen.account, seen.owner) == (Account("x", "101"), True)


def test_a_post_has_one_id_in_the_archives_of_every_age(tmp_path: Path) -> None:
    header = (
        "tweet_id,in_reply_to_status_id,in_reply_to_user_id,timestamp,source,text,"
        "retweeted_status_id,retweeted_status_user_id,retweeted_status_timestamp,expanded_urls\n"
    )
    row = "700,699,202,2024-03-05 14:02:11 +0000,,@ben_adler and @chidi,,,,\n"
    table = tmp_path / "tweets.csv"
    table.write_text(header + row, encoding="utf-8")
    tweet = {
        "id_str": "700",
        "created_at": "Tue Mar 05 14:02:11 +0000 2024",
        "full_text": "@ben_adler and @chidi",
        "in_reply_to_user_id_str": "202",
        "in_reply_to_status_id_str": "699",
        "entities": {"user_mentions": [{"id_str": "202", "screen_name": "ben_adler"}]},
    }
    old = acts(read(table))[0]
    new = acts(read(written(tmp_path / "tweets.js", "tweets", [{"tweet": tweet}])))[0]
    assert (old.external_id, old.kind, old.at, old.recipients) == (
        new.external_id,
        new.kind,
        new.at,
        new.recipients,
    )


def test_a_mail_address_in_a_post_names_nobody_and_a_dot_before_a_handle_does_not_hide_it() -> None:
    told = acts(read(SAMPLES / "2016"))
    (quote,) = (act for act in told if act.external_id == "690000000000000003")
    assert [account.handle for account in quote.copied] == ["@dara"]


def test_no_damage_brings_anything_but_records_and_a_broken_export(tmp_path: Path) -> None:
    whole = len(read(SAMPLES / "2024"))
    for copy in damaged_copies(SAMPLES / "2024", tmp_path, count=60):
        with open_export(copy) as export:
            told, failure = read_until_it_fails(collect(export, Options()))
        assert failure or told
        assert len(told) < 3 * whole


def test_what_is_said_to_be_one_way_is_always_the_owners() -> None:
    for sample in sorted(path for path in SAMPLES.iterdir() if path.name != "expected.txt"):
        told = read(sample)
        owners = {one.account for one in told if isinstance(one, AccountSeen) and one.owner}
        for act in acts(told):
            assert act.kind not in ONE_WAY or act.sender in owners | {ME}
