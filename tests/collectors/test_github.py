"""GitHub's archive: several addresses of one thing, code that names nobody, how it is packed."""

import json
import tarfile
from pathlib import Path

import pytest

from roc.collectors.archive import open_export
from roc.collectors.github import recognises, resembles
from roc.collectors.github.things import named, thing, user
from roc.graph.records import Kind, Problem
from tests.collectors.reading import acts, read

SITE = "https://github.com"


def written(folder: Path, **files: object) -> Path:
    """An archive with these lists."""
    folder.mkdir(exist_ok=True)
    for name, rows in files.items():
        (folder / f"{name}_000001.json").write_text(json.dumps(rows), encoding="utf-8")
    return folder


def issue(number: int, by: str = "ben", body: str | None = "@ana", **more: object) -> object:
    url = f"{SITE}/ana/garden/issues/{number}"
    at = "2026-03-05T08:00:00Z"
    return {
        "type": "issue",
        "url": url,
        "user": f"{SITE}/{by}",
        "body": body,
        "created_at": at,
        **more,
    }


def comment(number: int, by: str, hour: int, on: int = 1) -> object:
    url = f"{SITE}/ana/garden/issues/{on}#issuecomment-{number}"
    at = f"2026-03-05T{hour:02}:00:00Z"
    return {"type": "issue_comment", "url": url, "user": f"{SITE}/{by}", "created_at": at}


@pytest.mark.parametrize(
    "link",
    [
        f"{SITE}/Ana/Garden/pull/7#discussion_r55",
        f"{SITE}/ana/garden/pull/7/files#r55",
    ],
)
def test_a_things_addresses_are_one_id(link: str) -> None:
    assert thing(link) == ("github.com", "ana/garden/7", "ana/garden/7/r55")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@Ana, and @ben-osei.", ["ana", "ben-osei"]),
        ("mail ana@example.org", []),
        ("`@dara` and ```\n@eve\n```", []),
        ("> @chidi wrote\n@ana", ["ana"]),
        ("@atlas/team and /@x/ @-x", []),
        ("@ana @ANA", ["ana"]),
        (None, []),
        (["@ana"], []),
    ],
)
def test_whom_a_text_names(text: object, who: list[str]) -> None:
    assert [account.handle for account in named(text)] == who


def test_long_texts_are_searched_in_no_time() -> None:
    assert named("`" * 200_000 + "@" * 200_000) == ()


def test_programs_are_one_however_they_are_written() -> None:
    assert user(f"{SITE}/apps/helper") == user("helper[bot]")


def test_the_author_of_a_thread_answers_who_spoke_last(tmp_path: Path) -> None:
    said = [comment(3, "ben", 12), comment(1, "ana", 9), comment(2, "chidi", 10)]
    found = acts(read("github", written(tmp_path / "a", issues=[issue(1)], issue_comments=said)))
    told = {act.external_id.rpartition("/")[2]: act for act in found}
    assert told["issuecomment-1"].kind is Kind.COMMENT
    assert [each.handle for each in told["issuecomment-2"].recipients] == ["ben"]
    answer = told["issuecomment-3"]
    assert (answer.kind, answer.recipients[0].handle) == (Kind.REPLY, "chidi")
    assert answer.parent == "ana/garden/1/issuecomment-2"


def test_who_talks_to_themselves_reaches_nobody(tmp_path: Path) -> None:
    said = [comment(1, "ana", 9), comment(2, "ana", 10)]
    folder = written(tmp_path / "a", issues=[issue(1, "ana", None)], issue_comments=said)
    assert acts(read("github", folder)) == []


def test_what_belongs_to_no_thread_is_a_problem(tmp_path: Path) -> None:
    folder = written(tmp_path / "a", issues=[issue(1)], issue_comments=[comment(1, "ana", 9, on=8)])
    codes = [each.code for each in read("github", folder) if isinstance(each, Problem)]
    assert codes == ["no_thread"]


def test_a_zip_is_read_and_a_tar_is_told(tmp_path: Path) -> None:
    folder = written(tmp_path / "a", issues=[issue(1)])
    packed = tmp_path / "0a1b2c3d-0000-4444-8888-0123456789ab.tar.gz"
    with tarfile.open(packed, "w:gz") as archive:
        archive.add(folder / "issues_000001.json", "issues_000001.json")
    with open_export(packed) as export:
        assert not recognises(export)
        assert "unpack it" in resembles(export)
