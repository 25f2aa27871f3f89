"""What is peculiar to Google+: one file a post, and what others did below it."""

import json
import zipfile
from functools import partial
from pathlib import Path

import pytest

from roc.collectors import google_plus
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.google_plus import collect, resembles
from roc.errors import BrokenExport
from roc.graph.records import AccountSeen, Problem, Record
from tests.collectors import reading
from tests.collectors.failing import damaged_copies, read_until_it_fails
from tests.collectors.lines import line
from tests.collectors.reading import acts

read = partial(reading.read, "google_plus")
recognised = partial(reading.recognised, "google_plus")
SAMPLES = Path(__file__).parent / "google_plus"


def user(number: int) -> dict[str, str]:
    return {"displayName": f"P{number}", "resourceName": f"users/10000{number}"}


def post(number: int = 0, author: int = 1, **changed: object) -> dict[str, object]:
    usual = {
        "url": f"https://plus.google.com/10000{author}/posts/P{number}",
        "creationTime": "2018-10-21 19:23:51+0000",
        "author": user(author),
        "plusOnes": [{"plusOner": user(9)}],
        "resourceName": f"users/10000{author}/posts/{number}",
    }
    return {**usual, **changed}


def stream(folder: Path, *posts: object, within: str = "Posts") -> list[Record]:
    (folder / within).mkdir(parents=True, exist_ok=True)
    for number, told in enumerate(posts):
        path = folder / within / f"20181021 - {number}.json"
        path.write_text(told if isinstance(told, str) else json.dumps(told))
    return read(folder)


def owners(records: list[Record]) -> list[str]:
    return [str(one.account) for one in records if isinstance(one, AccountSeen) and one.owner]


def test_a_moment_may_have_a_colon_before_its_zone(tmp_path: Path) -> None:
    (act,) = acts(stream(tmp_path, post(creationTime="2018-10-21 19:23:51:+0200")))
    assert str(act.at) == "2018-10-21 17:23:51+00:00"


def test_only_one_who_wrote_all_of_several_posts_is_the_owner(tmp_path: Path) -> None:
    assert owners(stream(tmp_path / "a", post(0), post(1), post(2))) == ["google:100001"]
    assert owners(stream(tmp_path / "b", post(0), post(1))) == []
    assert owners(stream(tmp_path / "c", post(0), post(1), post(2), post(3, author=2))) == []


def test_what_others_wrote_in_a_community_does_not_make_them_the_owner(tmp_path: Path) -> None:
    stream(tmp_path, *(post(n, author=2) for n in range(5)), within="Google+ Communities/Atlas")
    told = stream(tmp_path, *(post(n) for n in range(5)), within="Google+ Stream/Posts")
    assert owners(told) == ["google:100001"]


@pytest.mark.parametrize(
    ("folder", "owner"),
    [
        ("Posts", ["google:100001"]),
        ("Stream in Google+/Beiträge", ["google:100001"]),
        ("Stream in Google+/Beiträge", ["google:100001"]),
        ("Comunidades", []),
        ("Comunidades de Google+/Atlas/Publicaciones", []),
        ("Google+ Communities/Atlas/Posts", []),
        ("Collections", []),
    ],
)
def test_the_owner_is_told_by_the_folder_of_ones_own_posts_only(
    tmp_path: Path, folder: str, owner: list[str]
) -> None:
    assert owners(stream(tmp_path, *(post(n) for n in range(3)), within=folder)) == owner
    path = tmp_path / "posts.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for file in (tmp_path / folder).iterdir():
            packed.write(file, f"{folder}/{file.name}")
    assert owners(read(path)) == owner


def test_everyone_of_whom_no_number_is_told_is_known_by_name(tmp_path: Path) -> None:
    ben = {"displayName": "Ben", "profilePageUrl": "https://plus.google.com/+Ben"}
    (act,) = acts(stream(tmp_path, post(plusOnes=[{"plusOner": ben}, {"plusOner": ben}])))
    assert str(act.sender) == "google_plus:name:ben"


def test_a_post_without_an_id_has_one_of_our_making(tmp_path: Path) -> None:
    told = post(resourceName=None, url="https://plus.google.com/" + "p" * 500)
    first, again = (acts(stream(tmp_path / name, told)) for name in "ab")
    assert first == again
    assert len(first[0].external_id) < 80


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ('{"url": "https://plus.google.com/1", "creationTime": ', "bad_json"),
        ('{"url": "https://plus.google.com/1", "postAcl": ' + "[" * 9000, "bad_json"),
        ({**post(), "author": []}, "no_author"),
        (post(creationTime=7), "bad_date"),
        (post(creationTime="0001-01-01 00:00:00+2300"), "bad_date"),
        (post(creationTime="2018-10-21 19:23:51"), "bad_date"),
        (post(plusOnes=[], comments=[{"author": user(2)}]), "bad_comment"),
    ],
)
def test_a_post_of_any_shape_is_a_problem_and_no_crash(
    tmp_path: Path, told: object, code: str
) -> None:
    records = stream(tmp_path, *(post(number) for number in range(4)), told)
    (problem,) = (record for record in records if isinstance(record, Problem))
    assert problem.code == code
    assert problem.where.removesuffix(", comment 1") == "20181021 - …, post 5"


def test_odd_parts_are_passed_over(tmp_path: Path) -> None:
    odd: list[object] = [None, 7, [], {}, {"plusOner": 7}, {"resharer": {"displayName": []}}]
    acl = {"visibleToStandardAcl": {"users": odd, "circles": odd}}
    told = post(plusOnes=odd, reshares=odd, resharedPost=odd, content={}, postAcl=acl)
    assert acts(stream(tmp_path, told)) == []


def test_only_links_to_people_name_anybody(tmp_path: Path) -> None:
    links = "".join(
        f'<a href="https://plus.google.com/{end}">'
        for end in ("100002", "100003/posts/1", "communities/100004", "+Ben", "s/%23tag")
    )
    told = stream(tmp_path, post(content=links, plusOnes=[]))
    assert [line(act)[29:] for act in acts(told)] == [
        "google:100001 -> google:100002 mention [|users/100001/posts/0]"
    ]


def test_posts_of_which_none_can_be_read_are_a_broken_export(tmp_path: Path) -> None:
    with pytest.raises(BrokenExport, match="bad_date"):
        stream(tmp_path, post(creationTime="soon"))


def test_the_stream_as_pages_is_told_for_what_it_is(tmp_path: Path) -> None:
    page = tmp_path / "20181021 - hi.html"
    page.write_text('<html><a href="https://plus.google.com/100001">Ana</a>')
    with open_export(tmp_path) as export:
        assert not google_plus.recognises(export)
        assert "HTML" in resembles(export)
    with open_export(SAMPLES / "2019") as export:
        assert resembles(export) == ""


def test_other_json_is_not_taken_for_posts(tmp_path: Path) -> None:
    for content in ("{}", "[]", "", '{"url": "https://example.org/", "creationTime": "x"}'):
        (tmp_path / "20181021 - hi.json").write_text(content)
        assert not recognised(tmp_path)


def test_no_damage_brings_anything_but_records_and_a_broken_export(tmp_path: Path) -> None:
    for copy in damaged_copies(SAMPLES / "2019", tmp_path, count=25):
        with open_export(copy) as export:
            read_until_it_fails(collect(export, Options()))
