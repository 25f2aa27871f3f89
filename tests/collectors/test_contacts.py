"""What is peculiar to address books: who shares what, cards of every age, photos and traps."""

import tracemalloc
from functools import partial
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest

from roc.collectors.archive import Export, open_export
from roc.collectors.base import Options
from roc.collectors.contacts import collect, people
from roc.collectors.formats.content_lines import apart, unfolded
from roc.collectors.formats.profile_links import profile
from roc.collectors.formats.vcard import Card, cards
from roc.errors import BrokenExport
from roc.graph.records import AccountSeen, Problem
from tests.collectors import reading
from tests.collectors.failing import damaged_copies, read_until_it_fails

read = partial(reading.read, "contacts")
recognised = partial(reading.recognised, "contacts")
SAMPLES = Path(__file__).parent / "contacts"


def card(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])


def ties(tmp_path: Path, *told: str) -> list[str]:
    """Which accounts an address book holds to be one person's."""
    path = tmp_path / "book.vcf"
    path.write_text("".join(told), encoding="utf-8")
    seen = [record for record in read(path) if isinstance(record, AccountSeen) and record.same_as]
    return [" = ".join(map(str, (one.account, *one.same_as))) for one in seen]


def only(text: str) -> Card:
    (found,) = cards(BytesIO(text.encode()))
    return found


ANA = card("FN:Ana López", "EMAIL:ana@example.org", "TEL:+49 170 1234567")


def test_a_telephone_that_a_family_shares_makes_nobody_the_same_person(tmp_path: Path) -> None:
    home = "TEL:+49 30 7654321"
    told = (
        card("FN:Ana López", "EMAIL:ana@example.org", home, "TEL:+49 170 1234567"),
        card("FN:Ben López", home, "EMAIL:ben@example.org"),
    )
    assert ties(tmp_path, *told) == ["email:ana@example.org = phone:+491701234567"]


def test_two_cards_of_one_name_are_one_person_where_they_share_an_address(tmp_path: Path) -> None:
    other = card("N:López;Ana", "TEL:+49 170 1234567", "EMAIL:ana@work.example.org")
    assert ties(tmp_path, ANA, other) == [
        "email:ana@example.org = phone:+491701234567",
        "email:ana@work.example.org = phone:+491701234567",
    ]


def test_the_order_of_a_names_words_does_not_matter(tmp_path: Path) -> None:
    other = card("FN:LÓPEZ, Ana", "EMAIL:ana@example.org", "TEL:+49 170 1234567")
    assert set(ties(tmp_path, ANA, other)) == {"email:ana@example.org = phone:+491701234567"}


@pytest.mark.parametrize(
    "lines",
    [
        ("FN:Ana", "EMAIL:ana@example.org", "EMAIL:info@example.org"),
        ("EMAIL:ana@example.org", "TEL:+49 170 1234567"),
        ("ORG:Atlas", "EMAIL:atlas@example.org", "TEL:+49 170 1234567"),
        ("FN:Atlas", "ORG:Atlas", "EMAIL:atlas@example.org", "TEL:+49 170 1234567"),
        ("FN:All", "KIND:group", "EMAIL:ana@example.org", "EMAIL:ben@example.org"),
        ("FN:Ana", "EMAIL:ana@example.org", "TEL;TYPE=FAX:+49 170 1234567"),
        ("FN:Ana", "EMAIL:ana@example.org", "URL:https://example.org/ana"),
    ],
)
def test_what_is_an_offices_or_nobodys_is_tied_to_nobody(
    tmp_path: Path, lines: tuple[str, ...]
) -> None:
    assert ties(tmp_path, card(*lines)) == []


def test_a_book_too_large_to_remember_ties_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "MOST_REMEMBERED", 3)
    ben = card("FN:Ben", "EMAIL:ben@example.org", "TEL:+49 170 7654321")
    assert ties(tmp_path, ANA, ben) == ["email:ana@example.org = phone:+491701234567"]


def test_a_shared_account_is_seen_in_all_files_of_an_export(tmp_path: Path) -> None:
    (tmp_path / "a.vcf").write_text(ANA, encoding="utf-8")
    (tmp_path / "b.csv").write_text(
        "First Name,E-mail 1 - Value,Phone 1 - Value\nBen,ben@example.org,+49 170 1234567\n"
    )
    assert not any(isinstance(record, AccountSeen) and record.same_as for record in read(tmp_path))


def test_quoted_printable_goes_on_in_the_next_line_whatever_that_begins_with() -> None:
    told = only(
        card("FN;ENCODING=QUOTED-PRINTABLE:Ana=", " L=C3=B3=", "pez", "EMAIL:a@example.org")
    )
    assert (told.name, told.addresses) == ("Ana López", ["a@example.org"])


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:L=F3pez", "López"),
        ("FN;ENCODING=QUOTED-PRINTABLE:L=F3pez", "López"),
        ("FN;CHARSET=idna;ENCODING=QUOTED-PRINTABLE:L=C3=B3pez", "López"),
        ("FN;CHARSET=cp9999:López", "López"),
        ('FN;X="a:b;c":López', "López"),
        ('FN;X="a:López', "López"),
        (r"FN:López\, Ana\; Dr.\n", "López, Ana; Dr."),
        ("N:López;Ana;Maria;Dr.;", "Ana Maria López"),
        (r"N:L\;pez;Ana", "Ana L;pez"),
        ("FN;ENCODING=b:TMOzcGV6", ""),
        ("FN:", ""),
        ("FN", ""),
        (":López", ""),
        ("\0\ufeff;;;:::", ""),
    ],
)
def test_names_are_read_however_they_are_written(line: str, name: str) -> None:
    assert only(card(line)).name == name


@pytest.mark.parametrize(
    ("link", "service", "expected"),
    [
        ("http://www.linkedin.com/in/Ana-L%C3%B3pez/", "", "linkedin:ana-lópez"),
        ("linkedin.com/in/ana", "", "linkedin:ana"),
        ("https://www.linkedin.com/company/atlas", "", "None"),
        ("https://notlinkedin.com/in/ana", "", "None"),
        ("https://example.org/?https://linkedin.com/in/ana", "", "None"),
        ("https://twitter.com/#!/Ana", "", "x:@ana"),
        ("https://x.com/ana/status/1", "", "None"),
        ("https://x.com/search?q=ana", "", "None"),
        ("https://netflix.com/ana", "", "None"),
        ("https://mobile.twitter.com/Ana", "", "x:@ana"),
        ("www.x.com/Ana", "", "x:@ana"),
        ("https://help.x.com/en", "", "None"),
        ("https://blog.twitter.com/engineering", "", "None"),
        ("https://x.com/jobs", "", "None"),
        ("https://x.com/privacy", "", "None"),
        ("https://twitter.com/messages", "", "None"),
        ("https://x.com/i/user/12", "", "None"),
        ("x-apple:Ana", "twitter", "x:@ana"),
        ("ana", "", "None"),
        ("ana b", "twitter,pref", "None"),
        ("https://social.example/@Ana", "mastodon", "mastodon:ana@social.example"),
        ("@Ana@social.example", "mastodon", "mastodon:ana@social.example"),
        ("https://social.example/@Ana", "", "None"),
        ("https://plus.google.com/100000000000000000001", "", "google:100000000000000000001"),
        (
            "http://www.google.com/profiles/100000000000000000001",
            "",
            "google:100000000000000000001",
        ),
        ("https://x.com/" + "a" * 10_000, "", "None"),
    ],
)
def test_a_link_is_a_profile_only_where_it_names_one_for_certain(
    link: str, service: str, expected: str
) -> None:
    assert str(profile(link, service)) == expected


def test_many_files_take_no_more_time_than_their_number(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.vcf").write_text(ANA, encoding="utf-8")
    with patch.object(Export, "names", autospec=True, side_effect=Export.names) as asked:
        assert recognised(tmp_path)
        assert read(tmp_path)
    assert asked.call_count < 10


def test_a_photo_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "book.vcf"
    lines = b"\r\n " + b"A" * 74
    for photo in (lines * 130_000, b"A" * 10_000_000):
        path.write_bytes(
            b"BEGIN:VCARD\r\nFN:Ana\r\nPHOTO;ENCODING=b:"
            + photo
            + b"\r\nEMAIL:ana@example.org\r\nEND:VCARD\r\n"
        )
        tracemalloc.start()
        with path.open("rb", buffering=2**16) as stream:
            (found,) = cards(stream)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert found.addresses == ["ana@example.org"]
        assert peak < 2_000_000


@pytest.mark.parametrize(
    "data",
    [
        b"FN;ENCODING=QUOTED-PRINTABLE:=\n" * 50_000,
        b"FN;ENCODING=QUOTED-PRINTABLE:" + b"=\n" * 200_000,
        b"X" + b";A=b" * 100_000 + b":c\n",
        b'X;A="' + b'";"' * 100_000,
        b"BEGIN:VCARD\n" * 20_000,
        b"BEGIN:VCARD\nAGENT:\n" * 20_000,
        b"BEGIN:VCARD\n" + b"EMAIL:a@example.org\n" * 50_000,
        b"\n" * 200_000,
        b"\0" * 200_000,
    ],
)
def test_traps_take_no_more_time_and_room_than_their_size(data: bytes) -> None:
    for found in cards(BytesIO(b"BEGIN:VCARD\nFN:Ana\n" + data)):
        assert len(found.addresses) <= 100


def test_a_line_is_taken_apart_whatever_stands_in_it() -> None:
    assert apart(b'item1.tel;home;TYPE=cell;X="a:b;c":tel:+1') == (
        "TEL",
        {"TYPE": "home,cell", "X": "a:b;c"},
        b"tel:+1",
    )
    assert apart(b"") == apart(b"TEL") == apart(b":1") == ("", {}, b"")


def test_lines_are_counted_where_they_begin() -> None:
    told = b"A:1\r\n 2\r\n\r\nB;QUOTED-PRINTABLE:1=\r\n2\r\nC:3"
    assert list(unfolded(BytesIO(told), soft_breaks=True)) == [
        (1, b"A:12"),
        (3, b""),
        (4, b"B;QUOTED-PRINTABLE:12"),
        (6, b"C:3"),
    ]


def test_a_book_of_nothing_but_bad_cards_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.vcf"
    path.write_text("BEGIN:VCARD\nFN:Ana\n")
    with pytest.raises(BrokenExport, match="cut_off"):
        read(path)


def test_other_tables_and_files_are_not_taken_for_address_books(tmp_path: Path) -> None:
    contents = (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
        "from,to,at\n",
        "BEGIN:VCALENDAR\n",
        "",
        "\xff\xfe",
    )
    for content in contents:
        (tmp_path / "contacts.csv").write_text(content, encoding="latin-1")
        (tmp_path / "contacts.vcf").write_text(content, encoding="latin-1")
        assert not recognised(tmp_path)


def test_what_is_told_has_no_text_of_people(tmp_path: Path) -> None:
    path = tmp_path / "book.vcf"
    path.write_text(ANA + card("FN:Ben", "EMAIL:ben at home"), encoding="utf-8")
    (problem,) = (record for record in read(path) if isinstance(record, Problem))
    assert problem == Problem("book.vcf:7", "bad_address", "what stands as a mail address is none")


def test_no_damage_brings_anything_but_records_and_a_broken_export(tmp_path: Path) -> None:
    for copy in damaged_copies(SAMPLES, tmp_path, count=20):
        with open_export(copy) as export:
            read_until_it_fails(collect(export, Options()))
