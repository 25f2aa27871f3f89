"""What is peculiar to WhatsApp's text files."""

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from roc.collectors import registry
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.whatsapp import words
from roc.collectors.whatsapp.stamps import stamped
from roc.collectors.whatsapp.titles import title
from roc.errors import BrokenExport
from roc.graph.records import ME, AccountSeen, Kind, Precision, Problem
from tests.collectors.reading import acts, read, recognised

ANA, BEN = "whatsapp:name:ana", "whatsapp:name:ben"
FILE = "WhatsApp Chat with Ben.txt"


def written(folder: Path, text: str, name: str = FILE) -> Path:
    """A chat as a file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def ids(path: Path) -> set[str]:
    return {act.external_id for act in acts(read("whatsapp", path))}


@pytest.mark.parametrize(
    ("line", "order", "at"),
    [
        ("3/6/18, 1:55 p.m. - Ana: x", "mdy", "2018-03-06T13:55:00"),
        ("03-06-2018, 01.55 PM - Ana: x", "dmy", "2018-06-03T13:55:00"),
        ("13.06.18 21.25.15: Ana: x", "dmy", "2018-06-13T21:25:15"),
        ("\u200e[13.6.2018 klo 21.25.15] Ana: x", "dmy", "2018-06-13T21:25:15"),
        ("13. 6. 2018. 21:25 - Ana: x", "dmy", "2018-06-13T21:25:00"),
        ("[3/6/18 1:55:00 p.\u00a0m.] Ana: x", "dmy", "2018-06-03T13:55:00"),
        ("[2018/06/13, 21:25:15] Ana: x", "ymd", "2018-06-13T21:25:15"),
        ("[2018/6/13 下午9:25:15] Ana: x", "ymd", "2018-06-13T21:25:15"),
        ("2018. 6. 13. 오전 12:05 - Ana: x", "ymd", "2018-06-13T00:05:00"),
        ("13/06/2018 à 21:25 - Ana: x", "dmy", "2018-06-13T21:25:00"),
        ("١٣/٦/٢٠١٨، ٩:٢٥ م - Ana: x", "dmy", "2018-06-13T21:25:00"),
        ("\u200f4\u200f/3\u200f/2025، 2:05 م - Ana: x", "dmy", "2025-03-04T14:05:00"),
        ("[14:56:01, 3/18/22] Ana: x", "mdy", "2022-03-18T14:56:01"),
        ("[3/18/2565 BE, 14:56:01] Ana: x", "mdy", "2022-03-18T14:56:01"),
        ("13/6/68 9:25 - Ana: x", "dmy", "2025-06-13T09:25:00"),
        ("[3/27/R4, 21:41:35] Ana: x", "mdy", "2022-03-27T21:41:35"),
        ("2018-06-13 21 h 25 - Ana: x", "ymd", "2018-06-13T21:25:00"),
        ("[2018-06-13 21 h 25 min 15 s] Ana: x", "ymd", "2018-06-13T21:25:15"),
        ("13.06.18 г., 21:25 ч. - Ana: x", "dmy", "2018-06-13T21:25:00"),
        ("4/3/25, 2:05 अपराह्न - Ana: x", "dmy", "2025-03-04T14:05:00"),
        ("4/3/25, பிற்பகல் 2:05 - Ana: x", "dmy", "2025-03-04T14:05:00"),
        ("13/06/2018, 9:25 ب.ظ. - Ana: x", "dmy", "2018-06-13T21:25:00"),
        ("2018. 06. 13. du. 9:25 - Ana: x", "ymd", "2018-06-13T21:25:00"),
        ("18/6/13 中午1:25 - Ana: x", "ymd", "2018-06-13T13:25:00"),
        ("[4/3/25, 9:25:10 da noite] Ana: x", "dmy", "2025-03-04T21:25:10"),
    ],
)
def test_stamps_of_many_places_are_read(line: str, order: str, at: str) -> None:
    found = stamped(line)
    assert found is not None
    moment = found[0].at(order)
    assert moment is not None
    assert (moment.isoformat()[:19], found[1]) == (at, "Ana: x")


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("WhatsApp Chat - Ana.zip", "Ana"),
        ("WhatsApp-Chat mit Ana (3).txt", "Ana"),
        ("Conversa do WhatsApp com Ana.txt", "Ana"),
        ("Discussion WhatsApp avec +49 170 1234567.txt", "+49 170 1234567"),
        ("Чат WhatsApp с Ana.txt", "Ana"),
        ("Ana ile WhatsApp Sohbeti.txt", "Ana"),
        ("与Ana的 WhatsApp 聊天.txt", "Ana"),
        ("notes about WhatsApp.txt", ""),
    ],
)
def test_the_name_of_the_file_tells_with_whom_the_chat_is(name: str, called: str) -> None:
    assert title(name) == called


@pytest.mark.parametrize(
    ("line", "names", "came"),
    [
        ("Ana added you", "Ana", ""),
        ("You created group “Books”", "", ""),
        ("Ana hat dich hinzugefügt", "Ana", ""),
        ("Ana añadió a Ben y Dara", "Ana Ben Dara", "Ben Dara"),
        ("Ana a ajouté Ben", "Ana Ben", "Ben"),
        ("Ana saiu", "Ana", ""),
        ("Ana added Ben, Chidi, and Dara", "Ana Ben Chidi Dara", "Ben Chidi Dara"),
        ("Ana added Ben and 3 others", "Ana Ben", "Ben"),
        ("Ana joined using this group's invite link", "Ana", "Ana"),
        ("Ana left a book here", None, ""),
        ("You added Ben to your contacts", None, ""),
    ],
)
def test_lines_about_members_tell_who_is_there(line: str, names: str | None, came: str) -> None:
    told = words.members(line)
    assert (" ".join(told.names) if told else None) == names
    assert not told or " ".join(told.came) == came


def test_time_that_goes_on_tells_day_from_month(tmp_path: Path) -> None:
    text = "12/3/24, 9:00 - Ana: a\n1/4/24, 9:00 - Ben: b\n2/4/24, 9:00 - Ben: b\n"
    found = acts(read("whatsapp", written(tmp_path, text)))
    assert [act.at.date().isoformat() for act in found if act.at] == [
        "2024-03-12",
        "2024-04-01",
        "2024-04-02",
    ]


def test_a_chat_that_tells_no_day_from_month_is_refused_until_the_owner_says(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "3/4/24, 9:00 - Ana: a\n4/4/24, 9:00 - Ben: b\n")
    with pytest.raises(BrokenExport, match="day from month") as refusal:
        read("whatsapp", path)
    assert "--date-order" in refusal.value.hint
    found = acts(read("whatsapp", path, Options(date_order="mdy")))
    assert [act.at.month for act in found if act.at] == [3, 4]


def test_dots_stand_in_no_date_that_begins_with_the_month(tmp_path: Path) -> None:
    path = written(tmp_path, "03.04.24, 09:00 - Ana: a\n04.04.24, 09:00 - Ben: b\n")
    assert [act.at.day for act in acts(read("whatsapp", path)) if act.at] == [3, 4]


def test_what_the_owner_says_does_not_overrule_what_the_chat_tells(tmp_path: Path) -> None:
    path = written(tmp_path, "13/4/24, 9:00 - Ana: a\n14/4/24, 9:00 - Ben: b\n")
    found = acts(read("whatsapp", path, Options(date_order="mdy")))
    assert [act.at.day for act in found if act.at] == [13, 14]


def test_iphone_and_android_tell_the_same_acts(tmp_path: Path) -> None:
    android = written(
        tmp_path,
        "13/03/2024, 09:12 - Ben: a\n13/03/2024, 09:12 - Ben: <Media omitted>\n"
        "13/03/2024, 21:13 - Ana: c\n",
    )
    iphone = tmp_path / "WhatsApp Chat - Ben (1).zip"
    with zipfile.ZipFile(iphone, "w") as packed:
        packed.writestr(
            "_chat.txt",
            "[13/03/2024, 09:12:01] Ben: a\r\n\u200e[13/03/2024, 09:12:40] Ben: \u200eimage omitted"
            "\r\n[13/03/2024, 21:13:59] Ana: c \u200e<This message was edited>\r\n",
        )
    assert ids(android) == ids(iphone)
    assert len(ids(android)) == 3


def test_an_iphones_file_without_its_zip_tells_the_same_acts(tmp_path: Path) -> None:
    text = (
        "[13/03/2024, 09:12:01] Ben: \u200eMessages and calls are end-to-end encrypted.\n"
        "[13/03/2024, 09:12:01] Ben: a\n[13/03/2024, 09:13:59] Ana: c\n"
    )
    bare = written(tmp_path, text, "_chat.txt")
    named = written(tmp_path / "x", text, "WhatsApp Chat with Ben.txt")
    assert ids(bare) == ids(named)


def test_a_later_export_that_begins_later_adds_only_what_is_new(tmp_path: Path) -> None:
    lines = [
        f"{day}/03/2024, 09:12 - Ana: a\n{day}/03/2024, 09:13 - Ben: b\n" for day in range(9, 20)
    ]
    first = ids(written(tmp_path, "".join(lines[:8])))
    later = ids(written(tmp_path, "".join(lines[3:]), "WhatsApp Chat with Ben (1).txt"))
    assert (len(first), len(later), len(first | later)) == (16, 16, 22)


def test_the_same_words_in_the_same_minute_to_two_people_are_two_acts(tmp_path: Path) -> None:
    for name in ("Ben", "Chidi"):
        written(
            tmp_path,
            f"31/12/2023, 23:59 - Ana: happy new year\n01/01/2024, 00:01 - {name}: you too\n",
            f"WhatsApp Chat with {name}.txt",
        )
    assert len(ids(tmp_path)) == 4


def owners(path: Path, name: str = "") -> list[str]:
    """Who is said to be the owner."""
    records = read("whatsapp", path, Options(owner_name=name))
    return [str(each.account) for each in records if isinstance(each, AccountSeen) and each.owner]


def said(*authors: str, day: int = 13) -> str:
    """A chat in which they write one after the other."""
    return "".join(f"{day}/03/2024, 09:{n:02} - {who}: a\n" for n, who in enumerate(authors))


def test_who_writes_in_every_chat_is_not_therefore_the_owner(tmp_path: Path) -> None:
    written(tmp_path, said("Ben"))
    written(tmp_path, said("Ben", "Ben"), "WhatsApp Chat with Ben (1).txt")
    assert owners(tmp_path) == []
    assert {act.recipients for act in acts(read("whatsapp", tmp_path))} == {(ME,)}
    books = tmp_path / "groups"
    written(books, said("Ana", "Ben", "Me"), "WhatsApp Chat with Books.txt")
    written(books, said("Ana", "Chidi"), "WhatsApp Chat with Film.txt")
    assert owners(books) == []


def test_the_owner_is_left_over_in_a_chat_between_two_and_called_in_none(tmp_path: Path) -> None:
    written(tmp_path, said("Ben", "Ana"))
    assert owners(tmp_path) == [ANA]
    written(tmp_path, said("Ana"), "WhatsApp Chat with Ana.txt")
    assert owners(tmp_path) == []


def test_the_owners_name_tells_who_they_are_only_among_those_who_are_there(tmp_path: Path) -> None:
    club = written(tmp_path, said("Ana", "Ben", "Chidi"), "WhatsApp Chat with Club.txt")
    assert owners(club, "ana ") == [ANA]
    assert owners(club, "Anna") == []
    written(tmp_path, said("Ana", "Ann"), "WhatsApp Chat with Ana.txt")
    assert owners(tmp_path, "Ana") == []  # she is a namesake, or Ann's chat is here by mistake


@pytest.mark.parametrize("name", ["", "Ana"])
def test_a_chat_between_two_never_has_three(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, said("Ben", "Anna"))
    found = acts(read("whatsapp", path, Options(owner_name=name)))
    assert [len((*act.recipients, *act.copied)) for act in found] == [1, 1]
    written(tmp_path, said("Chidi", "Ana L"), "WhatsApp Chat with Chidi.txt")
    found = acts(read("whatsapp", tmp_path, Options(owner_name=name)))
    assert [len((*act.recipients, *act.copied)) for act in found] == [1, 1, 1, 1]
    alone = written(tmp_path, said("Ben"), "chat.txt")
    assert acts(read("whatsapp", alone, Options(owner_name=name))) == []


def test_who_wrote_to_a_silent_owner_wrote_to_them(tmp_path: Path) -> None:
    (act,) = acts(read("whatsapp", written(tmp_path, "13/03/2024, 09:12 - Ben: a\n")))
    assert (str(act.sender), act.recipients) == (BEN, (ME,))


def test_a_message_to_a_crowd_reaches_whom_it_names(tmp_path: Path) -> None:
    crowd = "".join(f"13/03/2024, 09:{n:02} - P{n}: a\n" for n in range(40))
    text = crowd + "13/03/2024, 10:00 - P1: @\u2068P2\u2069 look\n"
    (act,) = acts(read("whatsapp", written(tmp_path, text)))
    assert (act.kind, str(act.recipients[0]), act.audience) == (
        Kind.MENTION,
        "whatsapp:name:p2",
        39,
    )


def test_one_bad_stamp_does_not_spoil_a_crowd_that_reaches_nobody(tmp_path: Path) -> None:
    crowd = "".join(f"13/03/2024, 09:{n:02} - P{n}: a\n" for n in range(40))
    records = read("whatsapp", written(tmp_path, crowd + "13/03/2024, 29:00 - P1: b\n"))
    assert [each.code for each in records if isinstance(each, Problem)] == ["bad_date"]


def test_a_line_of_whatsapps_with_a_colon_has_no_author(tmp_path: Path) -> None:
    text = (
        "13/03/2024, 09:12 - Ana: a\n13/03/2024, 09:13 - Ben: b\n"
        '13/03/2024, 09:14 - Ben changed the subject from "Books: old" to "Books: new"\n'
    )
    assert len(acts(read("whatsapp", written(tmp_path, text)))) == 2


def test_a_pasted_chat_within_a_message_is_no_message(tmp_path: Path) -> None:
    text = (
        "13/03/2024, 09:12 - Ana: look\n[12/03/2024, 08:00:00] Ben: pasted\n"
        "13/03/2024, 09:13 - Ben: b\n"
    )
    assert len(acts(read("whatsapp", written(tmp_path, text)))) == 2


@pytest.mark.parametrize(
    "pasted",
    [
        "12.05.24 18:00 - Party: wine\n",
        "12/05/2024, 18:00 - Party: wine\n",
        "12/05/2022, 18:00 - Party: wine\n",
        "13/3/2024, 18:00 - Party: wine\n",
        "12/05/2024, 18:00 - Party: wine\n12/06/2024, 18:00 - Picnic: wine\n",
    ],
)
def test_a_list_of_dates_within_a_message_is_nobody(tmp_path: Path, pasted: str) -> None:
    path = written(tmp_path, said("Ben", "Ana") + pasted + said("Ben", "Ana", day=14))
    assert len(acts(read("whatsapp", path))) == 4
    assert not any("p" in str(seen.account)[14:] for seen in people(path))


def people(path: Path) -> list[AccountSeen]:
    return [each for each in read("whatsapp", path) if isinstance(each, AccountSeen)]


def test_what_claims_to_be_long_after_all_else_is_refused(tmp_path: Path) -> None:
    records = read("whatsapp", written(tmp_path, said("Ben", "Ana") + "13/03/2044, 09:12 - Ben: a"))
    assert [each.code for each in records if isinstance(each, Problem)] == ["bad_date"]


@pytest.mark.parametrize(
    "text",
    [
        "[13/03/2024, 09:12:01] Ana: Messages here are end-to-end encrypted, relax\n",
        "[13/03/2024, 09:12:01] Ana: b\n[13/03/2024, 09:12:02] Ben: Messages are end-to-end "
        "encrypted.\n",
    ],
)
def test_the_notice_about_encryption_stands_first_and_is_that_sentence(
    tmp_path: Path, text: str
) -> None:
    text += "[13/03/2024, 09:12:05] Ben: a\n[13/03/2024, 09:13:05] Ana: b\n"
    path = written(tmp_path, text, "_chat.txt")
    assert len(acts(read("whatsapp", path))) == text.count("\n")
    assert owners(path) == []


@pytest.mark.parametrize(
    ("title", "author", "handle"),
    [
        ("Mama )", "Mama :)", "name:mama :)"),
        ("Mama", "Mama :)", "name:mama :)"),
        ("Ben", "Ben: Work", "name:ben"),
        ("Ben_ Work", "Ben: Work", "name:ben: work"),
        ("Ben (2)", "Ben (2)", "name:ben (2)"),
    ],
)
def test_names_may_have_signs_that_file_names_and_other_lines_have_not(
    tmp_path: Path, title: str, author: str, handle: str
) -> None:
    path = written(tmp_path, said("Ana", author), f"WhatsApp Chat with {title}.txt")
    assert {act.sender.handle for act in acts(read("whatsapp", path))} == {"name:ana", handle}


def test_the_number_at_the_end_of_a_title_may_be_a_year(tmp_path: Path) -> None:
    for year in (2023, 2024):
        written(tmp_path, said("Ana", "Ben"), f"WhatsApp Chat with Trip ({year}).txt")
    assert len(ids(tmp_path)) == 4


def test_a_group_that_begins_with_many_lines_of_whatsapps_is_recognised(tmp_path: Path) -> None:
    joined = "".join(
        f"13/03/2024, 09:{n:02} - P{n} joined using this group's invite link\n" for n in range(16)
    )
    assert recognised("whatsapp", written(tmp_path, joined + said("Ana"), "x.txt"))
    changed = "13/03/2024, 09:12 - Ana changed this group's settings\n" * 16
    named = written(tmp_path, changed + said("Ana"), "WhatsApp Chat with Books.txt")
    assert recognised("whatsapp", named)


def test_a_year_of_two_digits_may_come_first(tmp_path: Path) -> None:
    path = written(tmp_path, "18/6/13 下午9:25 - Ana: a\n18/6/20 上午9:25 - Ben: b\n")
    assert [f"{act.at:%Y-%m-%d %H}" for act in acts(read("whatsapp", path))] == [
        "2018-06-13 21",
        "2018-06-20 09",
    ]
    months = "18/11/30 9:25 - Ana: a\n18/12/1 9:25 - Ben: b\n18/12/31 9:25 - Ben: b\n"
    found = acts(read("whatsapp", written(tmp_path, months + "19/1/2 9:25 - Ana: b\n")))
    assert [act.at.year for act in found if act.at] == [2018, 2018, 2018, 2019]


def test_a_half_of_the_day_that_is_not_known_leaves_the_day(tmp_path: Path) -> None:
    text = "13/06/2018, 9:25 zzz - Ana: a\n13/06/2018, 9:26 zzz - Ben: b\n"
    found = acts(read("whatsapp", written(tmp_path, text)))
    assert {(act.precision, f"{act.at:%H:%M}") for act in found} == {(Precision.DAY, "00:00")}
    later = written(tmp_path, text + "13/06/2018, 21:26 zzz - Ben: b\n")
    assert [f"{act.at:%H:%M}" for act in acts(read("whatsapp", later))] == [
        "09:25",
        "09:26",
        "21:26",
    ]


@pytest.mark.parametrize(
    "line",
    ["Missed voice call. \u200eTap to call back", "Voice call, \u200e4 min", "Nieznane słowa"],
)
def test_what_is_no_message_does_not_change_the_ids_of_messages(tmp_path: Path, line: str) -> None:
    text = "[13/03/2024, 09:12:20] Ben: a\n[13/03/2024, 09:13:20] Ana: c\n"
    plain = ids(written(tmp_path, text))
    path = written(tmp_path, f"[13/03/2024, 09:12:01] Ben: \u200e{line}\n{text}")
    found = acts(read("whatsapp", path))
    assert plain == {act.external_id for act in found if act.kind is Kind.MESSAGE}
    assert len(found) == 2 + ("4 min" in line)


def test_in_a_crowd_ids_do_not_depend_on_what_nobody_is_named_in(tmp_path: Path) -> None:
    crowd = said(*(f"P{n}" for n in range(30)))
    first = "14/03/2024, 10:00 - P1: a\n"
    rest = "14/03/2024, 10:00 - P1: @\u2068P2\u2069 look\n" + said(
        *(f"P{n}" for n in range(30)), day=15
    )
    whole, cut = (
        ids(written(tmp_path, text, "WhatsApp Chat with Club.txt"))
        for text in (crowd + first + rest, rest)
    )
    assert len(whole) == 1
    assert whole == cut


def test_a_chat_is_the_same_however_it_is_handed_over(tmp_path: Path) -> None:
    for name in ("Ben", "Chidi"):
        written(tmp_path, said(name, "Ana"), f"WhatsApp Chat - {name}/_chat.txt")
    alone = tmp_path / "WhatsApp Chat - Ben"
    within = tmp_path / "outer"
    written(within, said("Ben", "Ana"), "WhatsApp Chat - Ben/_chat.txt")
    assert ids(alone) == ids(alone / "_chat.txt") == ids(within) < ids(tmp_path)


def test_the_chat_without_a_name_is_the_same_whether_its_owner_is_known(tmp_path: Path) -> None:
    bare = written(tmp_path, said("Ben", "Ana"), "one/_chat.txt")
    unknown = ids(bare)
    written(tmp_path, said("Chidi", "Ana"), "WhatsApp Chat - Chidi/_chat.txt")
    assert owners(tmp_path) == [ANA]
    assert unknown < ids(tmp_path)


def test_who_came_later_or_went_before_was_not_reached(tmp_path: Path) -> None:
    text = (
        said("Ana", "Ben", day=13)
        + "14/03/2024, 09:00 - Ana added Dara\n"
        + said("Ana", day=15)
        + "16/03/2024, 09:00 - Ben left\n"
        + said("Ana", day=17)
    )
    found = acts(read("whatsapp", written(tmp_path, text, "WhatsApp Chat with Club.txt")))
    reached = [" ".join(who.handle[5:] for who in act.recipients) for act in found]
    assert reached == ["ben", "ana", "ben dara", "dara"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("\u200ePOLL:\nvideo call at 5?\n\u200eOPTION: yes (\u200e1 vote)", Kind.MESSAGE),
        ("\u200eVoice call, \u200e4 min", Kind.CALL),
        ("\u200eПропущенный аудиозвонок", None),
        ("\u200eobraz pominięty", Kind.MESSAGE),
        ("\u200e<attached: 1-PHOTO.jpg>", Kind.MESSAGE),
        ("\u200eThis message was deleted.", Kind.MESSAGE),
        ("\u200eYou deleted this group's icon", None),
        ("\u200eالرسائل والمكالمات مشفرة", None),
    ],
)
def test_of_what_whatsapp_writes_that_is_an_act_which_stands_for_one(
    tmp_path: Path, line: str, kind: Kind | None
) -> None:
    text = f"[13/03/2024, 09:12:01] Ana: a\n[13/03/2024, 09:12:02] Ben: {line}\n"
    path = written(tmp_path, text, "WhatsApp Chat - Ben/_chat.txt")
    found = [act for act in acts(read("whatsapp", path)) if act.sender.handle == "name:ben"]
    assert [act.kind for act in found] == ([kind] if kind else [])


def test_a_group_in_which_one_writes_is_not_a_person(tmp_path: Path) -> None:
    text = "[13.03.2024, 09:12:01] Klub: \u200eWiadomości są w pełni zaszyfrowane.\n"
    end = "[13.03.2024, 09:13:59] Ana: c\n"
    for line in ("Ana: \u200eAna utworzyła tę grupę", "Klub: \u200eNieznane słowa"):
        middle = f"[13.03.2024, 09:12:01] {line}\n"
        path = written(tmp_path, text + middle + end, "WhatsApp Chat - Klub/_chat.txt")
        assert acts(read("whatsapp", path)) == []
        assert [str(seen.account) for seen in people(path)] == [ANA]


def test_it_does_not_claim_what_is_no_chat(tmp_path: Path) -> None:
    for number, text in enumerate(
        (
            "2026-03-05 19:30 me -> ana dinner\n",
            "[2026-03-05 19:30:01] server: started\n",
            "2026-03-05 19:30 - INFO: started\n",
            "[05/03/2026, 19:30:01] INFO: started\n",
            "3.5.2026 my diary: a day\n",
            "13.03.2024 09:12:01: nginx: started\n13.03.2024 09:13:01: cron: x\n" * 2,
            "13.03.2024 20:00 - Kino: Dune\n14.03.2024 18:00 - Zahnarzt: X\n",
            "",
        )
    ):
        path = written(tmp_path, text, f"{number}.txt")
        assert not recognised("whatsapp", path), text


def test_a_telephones_own_store_is_told_from_a_chat(tmp_path: Path) -> None:
    written(tmp_path, "x", "msgstore.db.crypt15")
    with open_export(tmp_path) as export:
        assert "Export chat" in registry.collector("whatsapp").resembles(export)


@pytest.mark.parametrize(
    "text",
    [
        "13/03/2024, 09:12 - Ana: \x00\ud800\n13/03/2024, 09:13 - Ben: b",
        "99/99/9999, 99:99 - Ana: a\n" + "13/03/2024, 09:13 - Ben: b\n" * 5,
        "13/03/2024, 09:12 - Ana: a\n" + "@\u2068" * 50_000,
        "13/03/2024, 09:12 - " + ":" * 50_000,
        "13/03/2024, 09:12 - Ana: a\n13/03/2024, 09:12 - " + "Ana added " * 50_000,
        "13/03/2024, 09:12 - Ana: \u200e" + "changed the " * 20_000,
    ],
)
def test_hostile_lines_give_records_or_problems(tmp_path: Path, text: str) -> None:
    written(tmp_path, text)
    read("whatsapp", tmp_path)


def test_a_chat_whose_stamps_are_mostly_of_no_day_is_refused(tmp_path: Path) -> None:
    text = "13/03/2024, 09:12 - Ana: a\n" + "99/99/2024, 09:12 - Ben: b\n" * 9
    with pytest.raises(BrokenExport, match="bad_date"):
        read("whatsapp", written(tmp_path, text))


def test_problems_do_not_tell_what_was_written(tmp_path: Path) -> None:
    text = "13/03/2024, 09:12 - Ana: a\n" * 9 + "13/03/2024, 29:12 - Ben: secret\n"
    problems = [
        each for each in read("whatsapp", written(tmp_path, text)) if isinstance(each, Problem)
    ]
    assert [each.code for each in problems] == ["bad_date"]
    assert "secret" not in str(problems)


def test_within_a_line_no_message_begins_however_long_it_is(tmp_path: Path) -> None:
    begin = "13/03/2024, 09:12 - Ana: "
    text = begin + "x" * (2**16 - len(begin)) + begin + "\n13/03/2024, 09:13 - Ben: b\n"
    assert len(acts(read("whatsapp", written(tmp_path, text)))) == 2


def test_memory_stays_flat_without_an_end_of_line(tmp_path: Path) -> None:
    path = written(tmp_path, "13/03/2024, 09:12 - Ana: a\n13/03/2024, 09:13 - Ben: ")
    with path.open("ab") as file:
        for _ in range(48):
            file.write(b"x" * 2**20)
    tracemalloc.start()
    try:
        assert len(acts(read("whatsapp", path))) == 2
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_chat(tmp_path: Path) -> None:
    peaks = []
    for days in (9, 28):
        lines = [
            f"{day:02}/03/2024, {n // 60:02}:{n % 60:02} - {'Ana' if n % 2 else 'Ben'}: a\n"
            for day in range(1, days + 1)
            for n in range(60)
        ]
        path = written(tmp_path, "14/03/2023, 09:12 - Ana: a\n" + "".join(lines))
        with open_export(path) as export:
            tracemalloc.start()
            try:
                count = sum(1 for _ in registry.collector("whatsapp").collect(export, Options()))
                peaks.append(tracemalloc.get_traced_memory()[1])
            finally:
                tracemalloc.stop()
        assert count == 3 + 60 * days
    assert peaks[1] < peaks[0] + 2**20
