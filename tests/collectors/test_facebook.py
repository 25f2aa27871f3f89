"""What is peculiar to Facebook: names alone, titles in many languages, chats by two roads."""

import json
import shutil
import zipfile
from functools import partial
from pathlib import Path

import pytest

from roc.collectors import facebook
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.facebook.titles import Target, target
from roc.errors import BrokenExport
from roc.graph.records import AccountSeen, Kind, Precision, Problem
from tests.collectors import reading
from tests.collectors.failing import damaged_copies, read_until_it_fails, strange_copies
from tests.collectors.lines import line
from tests.collectors.reading import acts

read = partial(reading.read, "facebook")
recognised = partial(reading.recognised, "facebook")

SAMPLES = Path(__file__).parent / "facebook"
CODES = {"bad_date", "bad_shape", "no_name", "no_sender"}
CHAT = Path("messages/inbox/ana_10158/message_1.json")


def written(path: Path, value: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def chat(folder: Path, *messages: object, people: tuple[str, ...] = ("Ana", "Ada")) -> Path:
    """A folder with one chat."""
    there = [{"name": name} for name in people]
    written(folder / CHAT, {"participants": there, "messages": messages, "title": "Ana"})
    written(folder / "friends/friends.json", {"friends_v2": []})
    return folder


def message(sender: str, moment: object = 1702000002000, **more: object) -> dict[str, object]:
    return {"sender_name": sender, "timestamp_ms": moment, "content": "…"} | more


def acts_of(*messages: object, folder: Path, people: tuple[str, ...] = ("Ana", "Ada")) -> list[str]:
    found = acts(read(chat(folder, *messages, people=people)))
    return [line(act).split("thread")[0].removeprefix("act      ").strip() for act in found]


def test_a_message_told_by_both_roads_is_one_act() -> None:
    whole = {act.external_id: act for act in acts(read(SAMPLES / "2025"))}
    encrypted = {act.external_id: act for act in acts(read(SAMPLES / "encrypted"))}
    both = whole.keys() & encrypted.keys()
    assert len(both) == 2  # a message and the mark on it
    assert all(whole[name] == encrypted[name] for name in both)


def test_both_roads_side_by_side_are_read_as_one(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "2025", tmp_path / "whole/2025")
    shutil.copytree(SAMPLES / "encrypted", tmp_path / "whole", dirs_exist_ok=True)
    ids = [act.external_id for act in acts(read(tmp_path / "whole"))]
    assert len(ids) == len(set(ids))
    assert {act.external_id for act in acts(read(SAMPLES / "encrypted"))} <= set(ids)


def test_the_same_reaction_has_the_same_id_in_both_shapes(tmp_path: Path) -> None:
    data = [{"reaction": {"reaction": "LIKE", "actor": "Ada"}}]
    old = {"timestamp": 1700000300, "title": "Ada likes Ana's photo.", "data": data}
    labels = [{"label": "Name", "value": "Ana"}, {"label": "Reaction", "value": "LIKE"}]
    new = {"timestamp": 1700000300, "label_values": labels, "fbid": "1"}
    one, two = (
        acts(read(written(tmp_path / str(number) / "likes_and_reactions.json", [row])))
        for number, row in enumerate((old, new))
    )
    assert [act.kind for act in one] == [Kind.REACTION]
    assert [act.external_id for act in one] == [act.external_id for act in two]


def test_parts_of_a_chat_are_read_by_number(tmp_path: Path) -> None:
    folder = chat(tmp_path, message("Ana", 1702000009000))
    for number in (10, 2):
        path = (folder / CHAT).with_name(f"message_{number}.json")
        there = [{"name": "Ana"}, {"name": "Ada"}]
        messages = [message("Ana", 1702000000000 - number)]
        written(path, {"participants": there, "messages": messages})
    moments = [act.at for act in acts(read(folder))]
    assert moments == sorted(filter(None, moments), reverse=True)


def test_people_in_a_chat_may_stand_after_the_messages(tmp_path: Path) -> None:
    messages = [message("Ana"), message("Ada", 1702000003000)]
    people = [{"name": "Ana"}, {"name": "Ada"}]
    written(tmp_path / "a" / CHAT, {"messages": messages, "participants": people})
    written(tmp_path / "b" / CHAT, {"messages": messages})
    assert len(acts(read(tmp_path / "a"))) == 2
    assert acts(read(tmp_path / "a")) == acts(read(tmp_path / "b"))


def test_a_call_is_an_act_when_two_talked(tmp_path: Path) -> None:
    calls = (
        message("Ana", type="Call", call_duration=60),
        message("Ana", 1702000003000, type="Call", call_duration=0),
        message("Ana", 1702000004000, type="Call", missed=True),
        message("Ana", 1702000005000, call_duration=5, missed=False),
    )
    assert [told.split()[5] for told in acts_of(*calls, folder=tmp_path)] == ["call", "call"]


def test_of_a_call_in_a_group_nobody_knows_who_took_part(tmp_path: Path) -> None:
    call = message("Ana", type="Call", call_duration=60)
    assert acts_of(call, folder=tmp_path, people=("Ana", "Ada", "Ben")) == []


@pytest.mark.parametrize(
    "more",
    [
        {"is_unsent": True},
        {"type": "Subscribe"},
        {"type": "placeholder"},
        {"content": "Reacted ❤ to your message"},
        {"content": "You are now connected on Messenger."},
        {"content": "Ana set the nickname for Ada to Adie."},
        {"content": "Ana cleared your nickname."},
        {"content": "Ana changed the theme to Love."},
        {"content": "You named the group Chess."},
        {"content": "Ana added Ben Adler to the group."},
    ],
)
def test_what_is_no_message_is_passed_over(tmp_path: Path, more: dict[str, object]) -> None:
    assert acts_of(message("Ana") | more, folder=tmp_path) == []


@pytest.mark.parametrize(
    "content",
    [
        "We named the group Chess.",
        "Ben changed the theme to Love.",
        "Ana waved at you.",
        "You are now connected on Messenger, at last.",
        "Ana left the group. " + "x" * 500,
    ],
)
def test_what_sounds_like_a_notice_may_be_a_message(tmp_path: Path, content: str) -> None:
    assert len(acts_of(message("Ana") | {"content": content}, folder=tmp_path)) == 1


def test_in_a_crowd_nobody_is_addressed(tmp_path: Path) -> None:
    crowd = tuple(f"Person {number}" for number in range(40))
    mark = message("Person 1", reactions=[{"actor": "Person 2", "reaction": "x"}])
    (told,) = acts_of(mark, folder=tmp_path, people=crowd)
    assert "person 2 -> facebook:name:person 1 reaction (proxy)" in told


def test_somebody_who_left_facebook_is_not_everybody_who_did(tmp_path: Path) -> None:
    for number in (1, 2):
        people = [{"name": "Facebook-Nutzer"}, {"name": "Ada"}]
        path = tmp_path / f"messages/inbox/nutzer_{number}/message_1.json"
        written(path, {"participants": people, "messages": [message("Facebook-Nutzer")]})
    first, second = acts(read(tmp_path))
    assert first.sender != second.sender


def test_marks_without_a_moment_have_that_of_the_message(tmp_path: Path) -> None:
    told = message("Ana", reactions=[{"actor": "Ada"}, {"actor": "Ada"}, {"actor": "Ana"}, 7])
    _, mark = acts(read(chat(tmp_path, told)))
    assert (mark.kind, mark.precision) == (Kind.REACTION, Precision.PROXY)


@pytest.mark.parametrize(
    ("title", "name", "is_comment"),
    [
        ("Ada commented on Ana López's post.", "Ana López", False),
        ("Ada commented on Ben's Bakery's photo in Field Ops.", "Ben's Bakery", False),
        ("Ada replied to Ana López's comment.", "Ana López", True),
        ("Ada reacted to Ana López’s profile picture.", "Ana López", False),
        ("Ada wrote on Ana López's timeline.", "Ana López", False),
        ("Ada hat das Foto von Ana López kommentiert.", "Ana López", False),
        ("Ada hat auf den Kommentar von Ana von Berg geantwortet.", "Ana von Berg", True),
        ("Ada gefällt der Beitrag von Ana López in der Gruppe Feld.", "Ana López", False),
        ("Ada a commenté la publication de Ana López.", "Ana López", False),
        ("Ada aime la photo de profil d’Ana López dans Field Ops.", "Ana López", False),
        ("Ada a répondu au commentaire de Ana López.", "Ana López", True),
        ("Ada comentó la publicación de Ana López.", "Ana López", False),
        ("A Ada le gusta la foto del perfil de María de los Ríos.", "María de los Ríos", False),
        ("Ada respondió al comentario de Ana López.", "Ana López", True),
        ("Ada ha commentato il post di Ana López.", "Ana López", False),
        ("Ada ha risposto al commento di Ana López.", "Ana López", True),
        ("Ada comentou na publicação de Ana López.", "Ana López", False),
        ("Ada respondeu ao comentário de Ana López.", "Ana López", True),
        ("Ada heeft gereageerd op het bericht van Ana López.", "Ana López", False),
        ("Ada vindt de foto van Ana van den Berg leuk.", "Ana van den Berg", False),
        ("Ada heeft gereageerd op de opmerking van Ana López.", "Ana López", True),
        ("Ada comentou na publicação de Ana López no grupo Mães.", "Ana López", False),
        ("Ada curtiu a foto de Ana dos Santos na página Mar.", "Ana dos Santos", False),
        ("Ada respondió al comentario de Ana López sobre una foto.", "Ana López", True),
        ("Ada a réagi au commentaire de Ana López à propos de votre photo.", "Ana López", True),
        ("Ada aime le commentaire de Ana López : « photo de Ben »", "Ana López", True),
        (
            "Ada hat einen Kommentar von Ana López zu Bens Beitrag mit „Gefällt mir“ markiert.",
            "Ana López",
            True,
        ),
        ("Ada vindt een reactie van Ana López bij een foto leuk.", "Ana López", True),
        ("Ada likes Friends of the Otter's photo.", "Friends of the Otter", False),
        ("Ada ha commentato il post di Ana D'Angelo.", "Ana D'Angelo", False),
    ],
)
def test_a_title_tells_whose_it_was(title: str, name: str, is_comment: bool) -> None:
    assert target(title, "Ada") == Target(name, is_comment)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Ada commented on her own post.",
        "Ada likes a photo.",
        "Ada hat ihren eigenen Beitrag kommentiert.",
        "Ada comentou na publicação de Ana López do grupo Mães.",
        "Ada likes Ana López and Ben Adler's photo.",
        "Ada a commenté la publication de Ana López avec Ben.",
        "Ada hat Anas Beitrag kommentiert.",  # of Ana or of Anas?
        "Ada a commenté la publication de votre ami.",
        "Ada skomentował post użytkownika Ana.",
        "Ada commented on " + "x" * 500 + "'s post.",
        "Ada likes " + "on to " * 60,
    ],
)
def test_a_title_that_is_not_understood_names_nobody(title: str) -> None:
    assert target(title, "Ada") is None


def owner(path: Path, name: str = "") -> str:
    found = [
        line(seen)
        for seen in read(path, Options(owner_name=name))
        if isinstance(seen, AccountSeen) and seen.owner
    ]
    return found[0].removeprefix("account  ") if found else ""


def test_the_owner_is_told_by_the_profile_by_us_by_forms_or_by_being_everywhere(
    tmp_path: Path,
) -> None:
    chat(tmp_path, message("Ana"))
    assert owner(tmp_path) == ""
    ben = [{"name": "Ben"}, {"name": "Ada"}]
    written(tmp_path / "messages/inbox/ben_2/message_1.json", {"participants": ben, "messages": []})
    assert owner(tmp_path) == "facebook:name:ada 'Ada' owner"
    forms = {"autofill_information_v2": {"FULL_NAME": ["Ada E."], "EMAIL": ["x"]}}
    alone = written(tmp_path / "autofill_information.json", forms)
    assert owner(alone) == "facebook:name:ada e. 'Ada E.' owner"
    assert owner(alone, "Ada Ex") == "facebook:name:ada ex 'Ada Ex' owner"
    assert owner(tmp_path) == owner(tmp_path, "Ada Ex") == "facebook:name:ada 'Ada' owner"
    profile = {"profile_v2": {"name": {"full_name": "Ada Example"}}}
    written(tmp_path / "profile_information/profile_information.json", profile)
    assert owner(tmp_path, "Ada Ex") == "facebook:name:ada example 'Ada Example' owner"


def test_a_name_of_ours_for_the_owner_counts_only_where_it_stands_in_a_chat(tmp_path: Path) -> None:
    told = chat(tmp_path, message("Ana"), message("Ada", 1702000003000))
    assert owner(told, "Ada Example") == ""
    assert owner(told, "ADA") == "facebook:name:ada 'Ada' owner"
    for name in ("", "Ada Example", "Ada"):
        assert {len(act.recipients) for act in acts(read(told, Options(owner_name=name)))} == {1}


def test_nobody_is_added_to_a_chat_that_names_two(tmp_path: Path) -> None:
    chat(tmp_path, message("Ana"), people=("Ana", "Ada Q. Example"))
    profile = {"profile_v2": {"name": {"full_name": "Ada Example"}}}
    written(tmp_path / "profile_information/profile_information.json", profile)
    (act,) = acts(read(tmp_path))
    assert [str(who) for who in act.recipients] == ["facebook:name:ada q. example"]


GROUP = {"joinable_mode": {"mode": 1, "link": ""}}


@pytest.mark.parametrize(
    ("after", "writers"),
    [
        (GROUP, ["Ana"]),
        ({"thread_type": "RegularGroup"}, ["Ana"]),
        ({}, ["Ana", "Ben"]),
        ({"title": "long"} | GROUP, ["Ana"]),
    ],
)
def test_messages_of_a_group_keep_their_ids_when_it_shrinks_to_two(
    tmp_path: Path, after: dict[str, object], writers: list[str]
) -> None:
    messages = [message(name, 1702000002000 + number) for number, name in enumerate(writers)]
    ids = []
    for people in (["Ana", "Ada", "Ben"], ["Ana", "Ada"]):
        there = [{"name": name} for name in people]
        path = tmp_path / str(len(people)) / "your_facebook_activity/messages/inbox/chess_7"
        told = {"participants": there, "messages": messages} | after
        if "title" in told:  # so long that what tells it lies in two pieces of the file
            told["title"] = "x" * (2**20 - 4 - json.dumps(told).index('"joinable_mode"'))
        written(path / "message_1.json", told)
        ids.append([act.external_id for act in acts(read(tmp_path / str(len(people))))])
    assert ids[0] == ids[1] != []


def test_what_two_wrote_about_groups_does_not_make_theirs_one(tmp_path: Path) -> None:
    there = '"joinable_mode": {"sender_name": "Ben"}'
    told = read(chat(tmp_path / "a", message("Ana", content=there)))
    plain = read(chat(tmp_path / "b", message("Ana")))
    assert acts(told) == acts(plain)


def test_what_one_wrote_in_two_groups_at_one_moment_is_two_acts(tmp_path: Path) -> None:
    groups = {"chess_1": ["Ana", "Ada", "Ben"], "hike_2": ["Ada", "Dara", "Chidi"]}
    for name, people in groups.items():
        told = {"participants": [{"name": who} for who in people], "messages": [message("Ada")]}
        written(tmp_path / f"whole/messages/inbox/{name}/message_1.json", told)
    written(tmp_path / "whole/friends/friends.json", {"friends_v2": []})
    alone = acts(read(tmp_path / "whole"))
    assert len({act.external_id for act in alone}) == 2
    for name, people in {"Chess_3": groups["chess_1"], "Walks_4": groups["hike_2"]}.items():
        row = {"senderName": "Ada", "timestamp": 1702000002000, "text": "…", "type": "text"}
        encrypted = {"participants": people, "threadName": name, "messages": [row]}
        written(tmp_path / f"whole/{name}.json", encrypted)
    both = acts(read(tmp_path / "whole"))
    assert {act.external_id for act in both} == {act.external_id for act in alone}


def test_a_chat_alone_may_be_instagrams_too(tmp_path: Path) -> None:
    bare = written(tmp_path / "message_1.json", {"participants": [{"name": "Ana"}], "messages": []})
    assert recognised(bare)
    assert reading.recognised("instagram", bare)


def test_an_instagram_export_is_not_taken(tmp_path: Path) -> None:
    instagram = SAMPLES.parent / "instagram"
    for name in ("2022", "2025", "2025/your_instagram_activity"):
        assert not recognised(instagram / name)
    both = tmp_path / "both"
    shutil.copytree(instagram / "2025", both, dirs_exist_ok=True)
    shutil.copytree(SAMPLES / "2025", both, dirs_exist_ok=True)
    assert acts(read(both)) == acts(read(SAMPLES / "2025"))


PROFILE = {"name": {"full_name": "Ben"}, "registration_timestamp": 1200000000}
COMMENT = {"timestamp": 1700000000, "title": "…", "data": [{"comment": {"author": "Ada"}}]}


@pytest.mark.parametrize(
    ("name", "value", "is_facebooks"),
    [
        ("profile.json", {"profile": {"name": "Work laptop"}}, False),
        ("profile.json", {"profile": {"name": "Ben", "full_name": "Ben", "emails": []}}, False),
        ("profile.json", {"profile": PROFILE}, True),
        ("friends.json", {"friends": [{"name": "Ben", "timestamp": 1700000000}]}, False),
        ("friends/friends.json", {"friends": [{"name": "Ben", "timestamp": 1700000000}]}, True),
        ("following.json", {"following": [{"name": "Ben", "timestamp": 1700000000}]}, False),
        ("comments.json", {"comments": [{"title": "…", "timestamp": 1700000000}]}, False),
        ("comments.json", {"comments": [COMMENT]}, True),
    ],
)
def test_plain_words_are_facebooks_only_in_its_place_or_manner(
    tmp_path: Path, name: str, value: object, is_facebooks: bool
) -> None:
    written(tmp_path / "export" / name, value)
    assert recognised(tmp_path / "export") is is_facebooks


@pytest.mark.parametrize(
    "name",
    [
        "your_facebook_activity/messages/inbox/ana_1/message_1.html",
        "messages/inbox/ana_1/message_1.html",
        "friends/friends.html",
    ],
)
def test_an_export_as_web_pages_is_named(tmp_path: Path, name: str) -> None:
    page = tmp_path / "export" / name
    page.parent.mkdir(parents=True)
    page.write_text("<html>")
    (tmp_path / "export/index.html").write_text("<html>")
    with open_export(tmp_path / "export") as export:
        assert "choose JSON" in facebook.resembles(export)
        assert not facebook.recognises(export)
    with open_export(SAMPLES / "2025") as export:
        assert facebook.resembles(export) == ""


def test_a_zip_is_read_like_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "facebook.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for file in sorted((SAMPLES / "2025").rglob("*.json")):
            packed.write(file, Path("facebook-ada") / file.relative_to(SAMPLES / "2025"))
    assert recognised(path)
    assert read(path) == read(SAMPLES / "2025")


def test_one_broken_file_does_not_cost_the_others(tmp_path: Path) -> None:
    copy = shutil.copytree(SAMPLES / "2025", tmp_path / "copy")
    whole = acts(read(copy))
    broken = copy / "your_facebook_activity/messages/inbox/anakovac_10158/message_2.json"
    broken.write_bytes(broken.read_bytes()[:-200])
    with open_export(copy) as export:
        found, failure = read_until_it_fails(facebook.collect(export, Options()))
    assert failure.endswith("message_2.json is cut off or damaged.")
    assert len(acts(found)) >= len(whole) - 2


@pytest.mark.parametrize("sample", ["2019", "2025", "encrypted"])
def test_damage_is_a_broken_export_or_a_problem(tmp_path: Path, sample: str) -> None:
    for copy in damaged_copies(SAMPLES / sample, tmp_path, 12):
        with open_export(copy) as export:
            facebook.recognises(export)
            read_until_it_fails(facebook.collect(export, Options()))


@pytest.mark.parametrize("sample", ["2019", "2023", "2025", "encrypted"])
def test_wrong_types_anywhere_are_problems(tmp_path: Path, sample: str) -> None:
    for copy in strange_copies(SAMPLES / sample, tmp_path, 8):
        with open_export(copy) as export:
            found, _ = read_until_it_fails(facebook.collect(export, Options()))
        for record in found:
            assert line(record).encode()
            assert not isinstance(record, Problem) or record.code in CODES


def test_a_trap_ends_in_a_broken_export(tmp_path: Path) -> None:
    chat(tmp_path, message("Ana"))
    start = b'{"participants": [{"name": "Ana"}], "messages": ['
    for trap in (b"[" * 300_000, b'{"a":' * 200_000, b"\xff", b"\0"):
        (tmp_path / CHAT).write_bytes(start + trap)
        with pytest.raises(BrokenExport):
            read(tmp_path)


def test_moments_that_are_none_are_problems(tmp_path: Path) -> None:
    moments: tuple[object, ...] = (None, "x", -5, 0, 10**17, [], True)
    good = [message("Ana", 1702000000000 + number) for number in range(40)]
    found = read(chat(tmp_path, *good, *(message("Ada", moment) for moment in moments)))
    problems = [record.code for record in found if isinstance(record, Problem)]
    assert problems == ["bad_date"] * len(moments)
