"""What is peculiar to WhatsApp's text files."""

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from roc.collectors import registry
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.whatsapp.stamps import stamped
from roc.collectors.whatsapp.words import names_in_line, title
from roc.errors import BrokenExport
from roc.graph.records import ME, AccountSeen, Kind, Problem
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
    ("line", "names"),
    [
        ("Ana added you", ["Ana"]),
        ("You created group “Books”", []),
        ("Ana hat dich hinzugefügt", ["Ana"]),
        ("Ana añadió a Ben y Dara", ["Ana", "Ben", "Dara"]),
        ("Ana a ajouté Ben", ["Ana", "Ben"]),
        ("Ana saiu", ["Ana"]),
        ("Ana left a book here", None),
    ],
)
def test_lines_about_members_tell_who_is_there(line: str, names: list[str] | None) -> None:
    assert names_in_line(line) == names


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
            "\r\n[13/03/2024, 9:13:59\u202fPM] Ana: c \u200e<This message was edited>\r\n",
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


def test_who_is_in_every_chat_is_the_owner(tmp_path: Path) -> None:
    for name, text in (
        ("one.txt", "13/03/2024, 09:12 - Ana: a\n13/03/2024, 09:13 - Ben: b\n"),
        ("two.txt", "13/03/2024, 09:12 - Chidi: a\n13/03/2024, 09:13 - Ana: b\n"),
    ):
        written(tmp_path, text, name)
    owners = [seen for seen in read("whatsapp", tmp_path) if isinstance(seen, AccountSeen)]
    assert [str(seen.account) for seen in owners if seen.owner] == [ANA]


def test_the_owners_name_may_be_told(tmp_path: Path) -> None:
    path = written(tmp_path, "13/03/2024, 09:12 - Ben: a\n", "chat.txt")
    assert acts(read("whatsapp", path)) == []
    (act,) = acts(read("whatsapp", path, Options(owner_name="Ana")))
    assert [str(who) for who in act.recipients] == [ANA]


def test_an_owners_name_in_another_spelling_adds_nobody(tmp_path: Path) -> None:
    path = written(tmp_path, "13/03/2024, 09:12 - Ben: a\n13/03/2024, 09:13 - Anna: b\n", "c.txt")
    found = acts(read("whatsapp", path, Options(owner_name="Ana")))
    assert [len(act.recipients) for act in found] == [1, 1]


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


def test_it_does_not_claim_what_is_no_chat(tmp_path: Path) -> None:
    for number, text in enumerate(
        (
            "2026-03-05 19:30 me -> ana dinner\n",
            "[2026-03-05 19:30:01] server: started\n",
            "2026-03-05 19:30 - INFO: started\n",
            "[05/03/2026, 19:30:01] INFO: started\n",
            "3.5.2026 my diary: a day\n",
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
