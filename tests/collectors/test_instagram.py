"""What is peculiar to Instagram: shown names beside user names, labels in the owner's language."""

import json
import shutil
from functools import partial
from pathlib import Path

import pytest

from roc.collectors import instagram
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.graph.records import AccountSeen, DeclaredTie, Problem
from tests.collectors import reading
from tests.collectors.failing import damaged_copies, read_until_it_fails, strange_copies
from tests.collectors.lines import line
from tests.collectors.reading import acts

read = partial(reading.read, "instagram")
recognised = partial(reading.recognised, "instagram")

SAMPLES = Path(__file__).parent / "instagram"
CODES = {"bad_date", "bad_shape", "no_name", "no_sender"}


def written(path: Path, value: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def chat(folder: Path, name: str, other: str) -> None:
    people = [{"name": other}, {"name": "Ada Example"}]
    messages = [{"sender_name": other, "timestamp_ms": 1702000002000, "content": "…"}]
    written(
        folder / f"your_instagram_activity/messages/inbox/{name}/message_1.json",
        {"participants": people, "messages": messages},
    )


def follower(name: str) -> dict[str, object]:
    return {"string_list_data": [{"value": name, "timestamp": 1690000000}]}


def ties(path: Path) -> list[str]:
    """Accounts that are told to be one person's."""
    return [
        line(seen).removeprefix("account  ")
        for seen in read(path, Options(owner_name="Ada Example"))
        if isinstance(seen, AccountSeen) and seen.same_as and not seen.owner
    ]


def test_the_same_acts_of_two_ages_have_the_same_ids() -> None:
    old = {act.external_id for act in acts(read(SAMPLES / "2022"))}
    new = {act.external_id for act in acts(read(SAMPLES / "2025"))}
    assert len(old & new) == 3  # a comment, a like, and a message of somebody with a new name


def test_a_part_of_a_chat_alone_has_the_ids_of_the_whole(tmp_path: Path) -> None:
    part = SAMPLES / "2022/messages/inbox/otter.lab_17840001/message_1.json"
    bare = tmp_path / "message_1.json"
    shutil.copy(part, bare)
    ids = {act.external_id.split("/")[0] for act in acts(read(bare))}
    assert ids < {act.external_id for act in acts(read(SAMPLES / "2022"))}


def test_a_folder_named_by_a_user_name_ties_it_to_the_shown_name(tmp_path: Path) -> None:
    chat(tmp_path, "otter.lab_17840001", "Ana")
    assert ties(tmp_path) == ["instagram:otter.lab 'Ana' same as instagram:name:ana"]


def test_a_folder_named_by_somebody_who_is_followed_ties_too(tmp_path: Path) -> None:
    chat(tmp_path, "otterlab_17840001", "Ana")
    assert ties(tmp_path) == []
    written(tmp_path / "connections/followers_and_following/followers_1.json", [follower("x")])
    assert ties(tmp_path) == []
    followers = [follower("OtterLab")]
    written(tmp_path / "connections/followers_and_following/followers_1.json", followers)
    assert ties(tmp_path) == ["instagram:otterlab 'Ana' same as instagram:name:ana"]


def test_a_folder_that_may_be_the_shown_name_ties_nobody(tmp_path: Path) -> None:
    chat(tmp_path, "analopez_17840001", "Ana López")
    chat(tmp_path, "benadler_17840002", "Ben Adler")
    followers = [follower("analopez"), follower("benadler")]
    written(tmp_path / "connections/followers_and_following/followers_1.json", followers)
    # "analopez" is not how "Ana López" is written small, so it is a user name; "benadler" may be.
    assert ties(tmp_path) == ["instagram:analopez 'Ana López' same as instagram:name:ana lópez"]


def test_namesakes_in_two_chats_are_tied_to_nobody(tmp_path: Path) -> None:
    chat(tmp_path, "otter.lab_17840001", "Ana")
    chat(tmp_path, "another_17840002", "Ana")
    assert ties(tmp_path) == []


@pytest.mark.parametrize(
    "key",
    ["Media Owner", "Media-eigenaar", "Eigentümer*in", "Propriétaire du média", "Propietario"],
)
def test_whose_post_it_was_is_told_under_a_label_in_any_of_several_languages(
    tmp_path: Path, key: str
) -> None:
    told = {key: {"value": "otter.lab"}, "Time": {"timestamp": 1690000100}}
    row = {"string_map_data": {"Comment": {"value": "ben"}} | told}
    (act,) = acts(read(written(tmp_path / "post_comments_1.json", [row])))
    (alone,) = acts(read(written(tmp_path / "b/post_comments_1.json", row)))  # without a list
    assert str(act.recipients[0]) == "instagram:otter.lab"
    assert act == alone


def test_a_comment_whose_post_is_not_told_is_no_act(tmp_path: Path) -> None:
    told = {"Kommentar": {"value": "ben"}, "Zeit": {"timestamp": 1690000100}}
    path = written(tmp_path / "post_comments_1.json", [{"string_map_data": told}])
    assert recognised(path)
    assert read(path) == []


@pytest.mark.parametrize(
    "row",
    [
        {"string_list_data": [{"value": "Otter.Lab"}]},
        {"title": "otter.lab", "string_list_data": [{"timestamp": 1690000000}]},
        {"string_list_data": [{"href": "https://www.instagram.com/_u/otter.lab?x=1"}]},
    ],
)
def test_a_follower_is_told_in_three_places(tmp_path: Path, row: object) -> None:
    path = written(tmp_path / "f.json", {"relationships_followers": [row]})
    (tie,) = read(path)
    assert isinstance(tie, DeclaredTie)
    assert str(tie.account) == "instagram:otter.lab"


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("pending_follow_requests", "instagram:ada -> instagram:otter.lab"),
        ("recent_follow_requests", "instagram:ada -> instagram:otter.lab"),
        ("follow_requests_you_ve_received", "instagram:otter.lab -> instagram:ada"),
        ("follow_requests_you've_received_1", "instagram:otter.lab -> instagram:ada"),
    ],
)
@pytest.mark.parametrize("key", ["Username", "Benutzername", "ユーザーネーム"])
def test_requests_are_read_in_the_newest_layout_too(
    tmp_path: Path, name: str, direction: str, key: str
) -> None:
    address = "https://www.instagram.com/otter.lab"
    labels = [
        {"label": "URL", "value": address, "href": address},
        {"label": "Name", "value": "Ana López"},
        {"label": key, "value": "otter.lab"},
    ]
    row = {"timestamp": 1760000000, "media": [], "label_values": labels, "fbid": "1"}
    folder = tmp_path / "connections/followers_and_following"
    path = written(folder / f"{name}.json", [row])
    assert recognised(path)
    profile = {"profile_user": [{"string_map_data": {"Username": {"value": "ada"}}}]}
    written(tmp_path / "personal_information/personal_information.json", profile)
    (act,) = acts(read(tmp_path))
    assert f" {direction} invitation" in line(act)


def test_a_name_of_ours_for_the_owner_counts_only_where_it_stands_in_a_chat(tmp_path: Path) -> None:
    chat(tmp_path, "otter.lab_17840001", "Ana")
    for name, owners in {"Ada": [], "ada example": ["instagram:name:ada example"]}.items():
        told = read(tmp_path, Options(owner_name=name))
        found = [seen for seen in told if isinstance(seen, AccountSeen) and seen.owner]
        assert [str(seen.account) for seen in found] == owners
        assert [len(act.recipients) for act in acts(told)] == [1]
    chat(tmp_path, "chidi.x_17840002", "Chidi")  # now one is always there
    (owner,) = (
        seen
        for seen in read(tmp_path, Options(owner_name="Ana"))
        if isinstance(seen, AccountSeen) and seen.owner
    )
    assert str(owner.account) == "instagram:name:ada example"


def test_close_friends_and_likes_of_stories_are_left_out(tmp_path: Path) -> None:
    for name in ("relationships_close_friends", "story_activities_story_likes"):
        assert not recognised(written(tmp_path / "followers.json", {name: [follower("ana")]}))


def test_a_facebook_export_is_not_taken() -> None:
    facebook = SAMPLES.parent / "facebook"
    for name in ("2019", "2023", "2025", "2025/your_facebook_activity", "encrypted"):
        assert not recognised(facebook / name)


@pytest.mark.parametrize(
    ("names", "advice"),
    [
        (["your_instagram_activity/messages/inbox/a_1/message_1.html", "x.html"], "choose JSON"),
        (["connections/followers_and_following/followers_1.html", "x.html"], "choose JSON"),
        (["connections.json", "likes.json", "profile.json"], "before 2021"),
        (["likes.json"], ""),
    ],
)
def test_what_is_not_read_is_named(tmp_path: Path, names: list[str], advice: str) -> None:
    for name in names:
        written(tmp_path / name, {})
    with open_export(tmp_path) as export:
        told = instagram.resembles(export)
    assert advice in told
    assert bool(advice) == bool(told)


@pytest.mark.parametrize("sample", ["2022", "2025"])
def test_damage_is_a_broken_export_or_a_problem(tmp_path: Path, sample: str) -> None:
    for copy in damaged_copies(SAMPLES / sample, tmp_path, 12):
        with open_export(copy) as export:
            instagram.recognises(export)
            read_until_it_fails(instagram.collect(export, Options()))


@pytest.mark.parametrize("sample", ["2022", "2025"])
def test_wrong_types_anywhere_are_problems(tmp_path: Path, sample: str) -> None:
    for copy in strange_copies(SAMPLES / sample, tmp_path, 8):
        with open_export(copy) as export:
            found, _ = read_until_it_fails(instagram.collect(export, Options()))
        for record in found:
            assert line(record).encode()
            assert not isinstance(record, Problem) or record.code in CODES
