"""What is peculiar to Reddit: tables known by headers, names in texts, chats without members."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from roc.collectors.archive import open_export
from roc.collectors.formats.chats import MAX_MEMBERS
from roc.collectors.reddit.chats import channels_of
from roc.collectors.reddit.people import account, named
from roc.collectors.reddit.tables import moment
from roc.collectors.registry import recognises, sources
from roc.graph.records import Account, Interaction, Precision, Problem
from tests.collectors import reading
from tests.collectors.lines import line
from tests.collectors.reading import acts

read = partial(reading.read, "reddit")
recognised = partial(reading.recognised, "reddit")

SAMPLES = Path(__file__).parent / "reddit"
MESSAGES = "id,permalink,thread_id,date,ip,from,to,subject,body"
COMMENTS = "id,permalink,date,ip,subreddit,gildings,link,parent,body,media"
CHAT = "message_id,created_at,username,message,thread_parent_message_id,channel_url,subreddit"


def table(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def told(path: Path) -> list[str]:
    return [line(record).partition(" [")[0] for record in read(path)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("u/ana and /u/Ben", ["ana", "ben"]),
        ("thanks (u/ana).", ["ana"]),
        (r"u/ana\_b", ["ana_b"]),
        ("https://example.org/u/ana www.example.org/u/ben you/ana menu/ana", []),
        ("u/ana u/ANA", ["ana"]),
        ("u/" + "a" * 50, []),
        ("/u/u/ana r/ana u/", []),
    ],
)
def test_whom_a_text_names(text: str, names: list[str]) -> None:
    assert named(text) == tuple(Account("reddit", name) for name in names)


@pytest.mark.parametrize("name", ["[deleted]", "", "r/tea", "/r/tea", "#tea", "a b", "x" * 10_000])
def test_who_is_gone_and_whole_subreddits_are_nobody(name: str) -> None:
    assert account(name) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05 14:02:11 UTC", ("2024-03-05 14:02:11", Precision.INSTANT)),
        ("2024-03-05T14:02:11Z", ("2024-03-05 14:02:11", Precision.INSTANT)),
        ("2024-03-05 14:02:11", ("2024-03-05 14:02:11", Precision.LOCAL)),
        ("2024-03-05", ("2024-03-05 00:00:00", Precision.DAY)),
        ("20240305T140211", ("2024-03-05 14:02:11", Precision.LOCAL)),
        ("0001-01-01 00:00:00 UTC", None),
        ("9999-12-31 23:59:59 UTC", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("2024-03-05 14:02:11 CET", None),
        ("2024-13-05 14:02:11 UTC", None),
        ("", None),
    ],
)
def test_a_moment_is_as_good_as_it_is_told(
    text: str, expected: tuple[str, Precision] | None
) -> None:
    found = moment(text)
    assert (found and (f"{found[0].replace(tzinfo=None)}", found[1])) == expected


def test_a_table_alone_is_known_by_its_headers_and_is_no_common_table(tmp_path: Path) -> None:
    row = "m1,https://example.org,,2025-01-01 08:00:00 UTC,,ben,ana,,hi"
    with open_export(table(tmp_path / "download (1).csv", MESSAGES, row)) as export:
        assert [name for name in sources() if recognises(name, export)] == ["reddit"]


def test_a_header_that_is_cut_by_a_strange_sign_is_no_crash(tmp_path: Path) -> None:
    row = "m1,https://example.org,,2025-01-01 08:00:00 UTC,,ben,ana,,hi"
    path = table(tmp_path / "messages.csv", MESSAGES.replace(",to,", ",to\vx,"), row)
    assert not acts(read(path))


def test_tables_of_others_are_left_alone(tmp_path: Path) -> None:
    table(tmp_path / "friends.csv", "username,note", "ben,")
    table(tmp_path / "statistics.csv", "statistic,value", "account name,ana")
    table(tmp_path / "posts.csv", "id,date,text", "1,2025-01-01,hi")
    scraped = "author,id,title,permalink,date,subreddit,url,body"
    table(tmp_path / "scraped.csv", scraped, "ben,a1,x,https://x,2024-01-01,books,https://x,u/ana")
    assert not recognised(tmp_path)


def test_a_table_in_parts_and_without_texts_is_read_once(tmp_path: Path) -> None:
    row = "m{},https://example.org,,2025-01-01 08:00:00 UTC,,ben,ana"
    table(tmp_path / "messages_1.csv", MESSAGES, row.format(1) + ",,hi")
    table(tmp_path / "messages_2.csv", MESSAGES, row.format(2) + ",,hi")
    table(tmp_path / "message_headers.csv", MESSAGES[:-13], row.format(1), row.format(2))
    assert [act.external_id for act in acts(read(tmp_path))] == ["t4_m1", "t4_m2"]


def test_a_comment_on_a_profile_needs_to_know_whose_it_is_not(tmp_path: Path) -> None:
    link = "https://www.reddit.com/user/dara/comments/p2/garden/"
    row = f"c3,{link}c3/,2025-02-03 08:00:00 UTC,,u_Dara,0,{link},t3_p2,lovely,"
    path = table(tmp_path / "comments.csv", COMMENTS, row)
    assert not acts(read(path))
    table(tmp_path / "statistics.csv", "statistic,value", "account name,Ana")
    comment = "act      2025-02-03 08:00:00 reddit:ana -> reddit:dara comment answers t3_p2"
    assert comment in told(tmp_path)
    table(tmp_path / "statistics.csv", "statistic,value", "account name,Dara")
    assert not acts(read(tmp_path))


def test_an_answer_is_known_wherever_in_the_table_its_parent_stands(tmp_path: Path) -> None:
    path = table(
        tmp_path / "chat_history.csv",
        CHAT,
        "x2,2025-04-01 09:00:00 UTC,chidi,b,x1,room,",
        "x1,2025-04-01 08:00:00 UTC,ben,a,,room,",
        "x3,2025-04-01 10:00:00 UTC,ben,c,x0,room,",
    )
    assert told(path) == [
        "act      2025-04-01 09:00:00 reddit:chidi -> reddit:ben reply thread room answers x1",
        "act      2025-04-01 08:00:00 reddit:ben -> reddit:chidi message thread room",
        "act      2025-04-01 10:00:00 reddit:ben -> reddit:chidi message thread room",
    ]


def test_a_chat_is_known_from_all_tables_that_it_is_in(tmp_path: Path) -> None:
    first = table(tmp_path / "chat_history_1.csv", CHAT, "x1,2025-04-01 08:00:00 UTC,ana,a,,room,")
    answer = "x2,2025-04-01 09:00:00 UTC,ben,b,x1,room,"
    table(tmp_path / "chat_history_2.csv", CHAT, answer)
    assert told(tmp_path) == [
        "act      2025-04-01 08:00:00 reddit:ana -> reddit:ben message thread room",
        "act      2025-04-01 09:00:00 reddit:ben -> reddit:ana reply thread room answers x1",
    ]
    assert told(first) == []


def test_whoever_is_named_in_a_chat_without_ever_writing_there_is_not_addressed(
    tmp_path: Path,
) -> None:
    rows = [
        "x1,2025-04-01 08:00:00 UTC,ana,ask u/chidi,,room,",
        "x2,2025-04-01 09:00:00 UTC,ben,hi,,room,",
        "x3,2025-04-01 09:00:00 UTC,ben,ask u/chidi,,lounge,tea",
    ]
    assert told(table(tmp_path / "chat_history.csv", CHAT, *rows)) == [
        "act      2025-04-01 08:00:00 reddit:ana -> reddit:ben message thread room",
        "act      2025-04-01 09:00:00 reddit:ben -> reddit:ana message thread room",
        "act      2025-04-01 09:00:00 reddit:ben -> reddit:chidi mention thread lounge",
    ]


def test_a_large_chat_is_a_crowd_of_which_few_are_remembered(tmp_path: Path) -> None:
    rows = [f"x{n},2025-04-01 08:00:00 UTC,member{n},hi,,room," for n in range(40)]
    named = "x40,2025-04-01 08:00:00 UTC,ana,u/member39,,room,"
    path = table(tmp_path / "chat_history.csv", CHAT, *rows, named)
    assert told(path) == [
        "act      2025-04-01 08:00:00 reddit:ana -> reddit:member39 mention thread room"
    ]
    with open_export(path) as export:
        assert len(channels_of(export, export.names()).people["room"]) == MAX_MEMBERS + 1


def test_a_request_reads_alike_zipped_and_unpacked(tmp_path: Path) -> None:
    packed = shutil.make_archive(str(tmp_path / "export_Ana_L"), "zip", SAMPLES / "2025")
    assert read(Path(packed)) == read(SAMPLES / "2025")


def test_addresses_on_the_internet_are_in_no_record() -> None:
    assert not [record for record in read(SAMPLES / "2025") if "192.0.2.1" in repr(record)]


@pytest.mark.parametrize(
    "row",
    [
        "m2",
        ",,,,,,,,",
        "m2,,,,,ben,ana,,",
        "M 2,,,2025-01-01 08:00:00 UTC,,ben,ana,,",
        "m2,,,99999-01-01 08:00:00 UTC,,ben,ana,,",
        '"' + "x" * 200_000,
        "\0,\0,\0,\0,\0,\0,\0,\0,\0",
        "x," * 10_000,
        "y" * 3_000_000,
    ],
)
def test_a_row_of_any_shape_is_a_problem(tmp_path: Path, row: str) -> None:
    good = "m1,https://example.org,,2025-01-01 08:00:00 UTC,,ben,ana,,hi"
    records = read(table(tmp_path / "messages.csv", MESSAGES, good, row))
    assert len(acts(records)) == 1
    assert all(isinstance(record, Interaction | Problem) for record in records)
    assert len(records) > 1
