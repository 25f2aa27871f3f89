"""What is peculiar to Mastodon: who a link names, who a post reaches, archives of every age."""

import io
import json
import shutil
import tarfile
from functools import partial
from pathlib import Path

import pytest

from roc.collectors.archive import open_export
from roc.collectors.mastodon import resembles
from roc.collectors.mastodon.people import by_address, by_link, person, post_time
from roc.graph.records import Account, AccountSeen, Interaction, Kind, Problem
from tests.collectors import reading
from tests.collectors.lines import line
from tests.collectors.reading import acts

read = partial(reading.read, "mastodon")
recognised = partial(reading.recognised, "mastodon")

SAMPLES = Path(__file__).parent / "mastodon"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ANA = "https://social.example.org/users/ana"
BEN = {
    "type": "Mention",
    "href": "https://other.example.org/users/ben",
    "name": "@ben@other.example.org",
}


def outbox(folder: Path, *entries: object) -> Path:
    path = folder / "outbox.json"
    head = {"@context": "https://www.w3.org/ns/activitystreams", "id": "outbox.json"}
    path.write_text(json.dumps({**head, "orderedItems": entries}), encoding="utf-8")
    return path


def post(**parts: object) -> dict[str, object]:
    told = {"id": f"{ANA}/statuses/1", "type": "Note", "to": [PUBLIC], "tag": [BEN], **parts}
    return {"type": "Create", "actor": ANA, "published": "2026-03-05T14:02:11Z", "object": told}


def act_line(folder: Path, **parts: object) -> str:
    """The act that a post is, without its sender, moment and id; empty where it is none."""
    told = [line(act) for act in acts(read(outbox(folder, post(**parts))))]
    return told[0].partition(" -> ")[2].partition(" [")[0] if told else ""


@pytest.mark.parametrize(
    ("link", "account"),
    [
        ("https://social.example.org/users/Ana/statuses/1", "ana@social.example.org"),
        ("https://social.example.org/@ana/1", "ana@social.example.org"),
        ("https://social.example.org/@ben@other.example.org/1", "ben@other.example.org"),
        (
            "https://Social.example.org/ap/users/7/statuses/1",
            "https://social.example.org/ap/users/7",
        ),
        ("https://social.example.org:3000/@ana", "ana@social.example.org:3000"),
        ("https://other.example.org/notes/9abc", None),
        ("https://other.example.org/objects/ana", None),
        ("https://social.example.org/users/", None),
        ("javascript:alert(1)//users/ana", None),
        ("https://social.example.org/users/" + "a" * 5000, None),
    ],
)
def test_a_posts_link_names_its_author_in_the_forms_that_show_them(
    link: str, account: str | None
) -> None:
    assert by_link(link) == (Account("mastodon", account) if account else None)


def test_a_persons_link_stands_for_them_where_it_shows_no_name() -> None:
    assert person("https://Blog.example.org/?author=1") == Account(
        "mastodon", "https://blog.example.org/?author=1"
    )
    assert person("https://social.example.org/@ana") == by_address("@Ana@social.example.org")
    assert person("somebody") is None


def test_an_address_without_a_server_is_meant_at_home() -> None:
    assert by_address("ben") is None
    assert by_address("ben", "social.example.org") == by_address("ben@social.example.org")


def test_the_number_of_a_post_tells_its_moment_unless_it_is_of_another_making() -> None:
    link = "https://social.example.org/users/ana/statuses/"
    assert str(post_time(link + "112042912345678901")) == "2024-03-05 11:46:05+00:00"
    assert post_time(link + "4711") is None
    assert post_time(link + "999999999999999") is None
    assert post_time("https://social.example.org/objects/112042912345678901") is None


def test_mention_and_link_of_one_person_are_tied(tmp_path: Path) -> None:
    tag = {**BEN, "name": "@ben@example.org"}
    parent = "https://other.example.org/users/ben/statuses/5"
    answer = post(tag=[tag], inReplyTo=parent)
    told = read(outbox(tmp_path, answer))
    ben = Account("mastodon", "ben@example.org")
    assert [act.recipients + act.copied for act in acts(told)] == [(ben,)]
    same = (Account("mastodon", "ben@other.example.org"),)
    assert AccountSeen(ben, name="ben", same_as=same) in told


def test_an_answer_whose_parent_does_not_show_its_author_answers_who_is_named_of_that_server(
    tmp_path: Path,
) -> None:
    opaque = "https://other.example.org/objects/5"
    answers = f"mastodon:ben@other.example.org reply answers {opaque}"
    assert act_line(tmp_path, inReplyTo=opaque) == answers
    away = act_line(tmp_path, inReplyTo="https://third.example.org/objects/5")
    assert away == "mastodon:ben@other.example.org mention"
    second = {**BEN, "href": "https://other.example.org/users/chidi", "name": "@chidi"}
    both = act_line(tmp_path, inReplyTo=opaque, tag=[BEN, second])
    assert both == "mastodon:ben@other.example.org, mastodon:chidi@other.example.org mention"


def test_a_direct_message_reaches_only_those_whom_it_names(tmp_path: Path) -> None:
    parent = "https://third.example.org/users/chidi/statuses/5"
    direct = act_line(tmp_path, to=[BEN["href"]], inReplyTo=parent)
    assert direct == "mastodon:ben@other.example.org message"
    unnamed = act_line(tmp_path, to="https://third.example.org/users/dara", tag=[])
    assert unnamed == "mastodon:dara@third.example.org message"
    assert not act_line(tmp_path, to=[], tag=[])


@pytest.mark.parametrize("here", ["/#Public", "/lists/5", "/users/ana/followers", "/objects/7"])
def test_a_link_that_is_not_told_to_be_a_persons_is_nobodys(tmp_path: Path, here: str) -> None:
    local = f"https://social.example.org{here}"
    assert not act_line(tmp_path, to=[local], cc=[f"{ANA}/followers"], tag=[])
    assert not act_line(tmp_path, to=[local], tag=[])
    kind = "mention" if here.endswith(("Public", "followers")) else "message"
    assert act_line(tmp_path, to=[local]) == f"mastodon:ben@other.example.org {kind}"


def test_a_boost_whose_author_is_not_told_reaches_nobody(tmp_path: Path) -> None:
    boost = {"type": "Announce", "actor": ANA, "id": f"{ANA}/statuses/2/activity", "to": [PUBLIC]}
    boost |= {"published": "2026-03-05T14:02:11Z", "object": "https://other.example.org/notes/9"}
    assert not acts(read(outbox(tmp_path, boost)))
    ben, chidi = BEN["href"], "https://other.example.org/users/chidi"
    assert not acts(read(outbox(tmp_path, boost | {"cc": [ben, chidi]})))
    assert len(acts(read(outbox(tmp_path, boost | {"cc": [ben]})))) == 1


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("https://social.example.org/ap/users/115", {}),
        ("https://web.example.org/users/ana", {"webfinger": "ana@example.org"}),
    ],
)
def test_nobody_reaches_themselves_whatever_their_links_call_them(
    tmp_path: Path, link: str, told: dict[str, str]
) -> None:
    context = "https://www.w3.org/ns/activitystreams"
    actor = {"@context": [context], "id": link, "preferredUsername": "ana", **told}
    (tmp_path / "actor.json").write_text(json.dumps(actor))
    likes = {"@context": context, "id": "likes.json", "orderedItems": [f"{link}/statuses/1"]}
    (tmp_path / "likes.json").write_text(json.dumps(likes))
    (tmp_path / "following_accounts.csv").write_text(f"{by_link(link)}".partition(":")[2])
    myself = {"type": "Mention", "href": link, "name": "@ana@web.example.org"}
    entries = [
        post(id=f"{link}/statuses/2", inReplyTo=f"{link}/statuses/1", tag=[]),
        post(id=f"{link}/statuses/3", inReplyTo=f"{link}/statuses/1"),
        post(id=f"{link}/statuses/4", quote=f"{link}/statuses/1", tag=[myself]),
        post(id=f"{link}/statuses/5", to=[link], tag=[myself]),
        {**post(), "type": "Announce", "id": "6", "cc": [link], "object": f"{link}/statuses/1"},
    ]
    outbox(tmp_path, *({**entry, "actor": link} for entry in entries))
    found = [record for record in read(tmp_path) if not isinstance(record, AccountSeen)]
    assert len(found) == 1
    assert acts(found)[0].external_id.endswith("/statuses/3")
    assert acts(found)[0].kind == Kind.MENTION


def test_a_like_is_the_same_act_in_a_list_alone_and_in_the_archive(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "2025" / "likes.json", tmp_path)
    alone = [act.external_id for act in acts(read(tmp_path)) if ANA not in act.external_id]
    archive = [act.external_id for act in acts(read(SAMPLES / "2025")) if act.scope == "like"]
    assert alone == archive


def test_an_outbox_alone_names_its_owner_by_link(tmp_path: Path) -> None:
    path = outbox(tmp_path, post())
    assert recognised(path)
    owner = AccountSeen(Account("mastodon", "ana@social.example.org"), owner=True)
    assert read(path)[0] == owner


def test_a_list_alone_is_told_as_me(tmp_path: Path) -> None:
    path = tmp_path / "following_accounts.csv"
    path.write_text("Account address,Show boosts\nben@other.example.org,true\nben,true\n")
    assert [line(record) for record in read(path)] == [
        "tie      me:me follows mastodon:ben@other.example.org",
        "problem  following_accounts.csv:3 no_address: no address of an account",
    ]


def test_an_archive_reads_alike_zipped_and_unpacked(tmp_path: Path) -> None:
    packed = shutil.make_archive(str(tmp_path / "archive-2025"), "zip", SAMPLES / "2025")
    assert read(Path(packed)) == read(SAMPLES / "2025")


def test_an_old_packed_archive_is_told_to_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "archive-20190501.tar.gz"
    with tarfile.open(path, "w:gz", format=tarfile.USTAR_FORMAT) as archive:
        entry = tarfile.TarInfo("media_attachments/files/1.png")
        entry.size = 70_000
        archive.addfile(entry, io.BytesIO(bytes(70_000)))
        archive.add(SAMPLES / "2019" / "outbox.json", "outbox.json")
    with open_export(path) as export:
        assert "unpack it" in resembles(export)
    assert not recognised(path)
    path.write_bytes(path.read_bytes()[:30])
    with open_export(path) as export:
        assert not resembles(export)


def test_other_files_are_not_taken_for_an_archive(tmp_path: Path) -> None:
    (tmp_path / "outbox.json").write_text('{"orderedItems": []}', encoding="utf-8")
    (tmp_path / "following.csv").write_text("Account,Since\nben,2024\n", encoding="utf-8")
    (tmp_path / "muted_accounts.csv").write_text("Account address,Hide notifications\n")
    assert not recognised(tmp_path)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        7,
        {"type": "Create", "object": {"id": 7}},
        {"type": "Announce"},
        post(id=["x"]),
        post(tag=7, to={"a": 1}, cc=[None, 7, {}], inReplyTo=[1]),
        post(tag=[{"type": "Mention", "name": 7, "href": {}}, 7, None]),
        {**post(), "published": "9999-12-31T23:59:59-14:00"},
        {**post(), "published": "0001-01-01T00:00:00Z"},
        {**post(), "published": 10**15},
        {**post(), "actor": "https://other.example.org/users/ben"},
    ],
)
def test_an_entry_of_any_shape_is_a_problem_at_most(tmp_path: Path, value: object) -> None:
    path = outbox(tmp_path, post(id=f"{ANA}/statuses/0"), value)
    told = read(path)
    assert all(isinstance(record, AccountSeen | Interaction | Problem) for record in told)
    assert len(acts(told)) == 1
