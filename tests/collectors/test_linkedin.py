"""What is peculiar to LinkedIn's exports."""

import csv
import zipfile
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest

from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.linkedin import collect
from roc.collectors.linkedin.columns import Table, column, table
from roc.collectors.linkedin.moments import day, moment
from roc.collectors.linkedin.people import People, profiles, split_names
from roc.collectors.linkedin.rows import records
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
from tests.collectors.reading import acts

read = partial(reading.read, "linkedin")
recognised = partial(reading.recognised, "linkedin")

ANA, BEN = Account("linkedin", "ana-lopez"), Account("linkedin", "ben-adler")
ANAS_PROFILE = "https://www.linkedin.com/in/ana-lopez"
BENS_PROFILE = "https://www.linkedin.com/in/ben-adler"
OLD_HEADER = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER"
)
SAMPLES = Path(__file__).parent / "linkedin"


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def a_message(**cells: str) -> dict[str, str]:
    """Ben writes to Ana, as the API and the newest export tell it."""
    row = {
        "CONVERSATION ID": "c1",
        "FROM": "Ben Adler",
        "SENDER PROFILE URL": BENS_PROFILE,
        "TO": "Ana Lopez",
        "RECIPIENT PROFILE URLS": ANAS_PROFILE,
        "DATE": "2026-05-01 14:22:10 UTC",
        "SUBJECT": "",
        "CONTENT": "Hello",
        "FOLDER": "INBOX",
    }
    return {**row, **{name.replace("_", " "): cell for name, cell in cells.items()}}


def test_a_zip_with_everything_in_one_top_folder_reads_like_the_folder(tmp_path: Path) -> None:
    packed = tmp_path / "Complete_LinkedInDataExport_10-04-2026.zip"
    with zipfile.ZipFile(packed, "w") as made:
        for file in (SAMPLES / "2026").iterdir():
            made.write(file, f"Complete_LinkedInDataExport_10-04-2026/{file.name}")
    assert read(packed) == read(SAMPLES / "2026")


def test_a_file_is_known_by_its_columns_and_not_by_its_name(tmp_path: Path) -> None:
    rows = (SAMPLES / "2023" / "Connections.csv").read_text(encoding="utf-8")
    path = written(tmp_path / "people (1).csv", rows)
    assert recognised(path)
    assert any(isinstance(record, DeclaredTie) for record in read(path))


@pytest.mark.parametrize(
    "header",
    [
        "Date,Type,Link",
        "Email Address,Confirmed,Primary",
        "Extension,Number,Type",
        "First Name,Last Name,Emails",
        "name,email",
        "",
    ],
)
def test_tables_that_others_write_too_are_not_taken_for_linkedin(
    tmp_path: Path, header: str
) -> None:
    assert not recognised(written(tmp_path / "a.csv", header, "a,b,c"))


def test_talks_with_linkedins_own_programs_are_no_messages() -> None:
    columns = [column(name) for name in OLD_HEADER.split(",")]
    assert table("messages.csv", columns) is Table.MESSAGES
    assert table("guide_messages.csv", columns) is None
    assert table("learning_coach_messages.csv", columns) is None


def test_columns_in_an_unknown_language_are_said_to_be_so_and_cost_no_other_file(
    tmp_path: Path,
) -> None:
    written(tmp_path / "Connections.csv", "Prénom,Nom,Société,Poste,Connecté le", "Ben,Adler,,,x")
    row = f"c1,,Ben Adler,{BENS_PROFILE},Ana Lopez,2020-05-01 14:22:10 UTC,,,INBOX"
    written(tmp_path / "messages.csv", OLD_HEADER, row)
    with open_export(tmp_path) as export:
        told, failure = read_until_it_fails(collect(export, Options()))
    assert failure == "Connections.csv: its columns are not known here."
    assert len(acts(told)) == 1


def test_a_file_of_mostly_unreadable_rows_is_broken(tmp_path: Path) -> None:
    file = written(tmp_path / "messages.csv", OLD_HEADER, *["c1,,Ben,,Ana,soon,,Hello,INBOX"] * 3)
    with pytest.raises(BrokenExport, match=r"3 of 3 rows cannot be used \(bad_date\)"):
        read(file)


def test_a_quote_that_is_never_closed_costs_its_own_file_and_no_memory(tmp_path: Path) -> None:
    lines = ['c1,,Ben,,Ana,2020-05-01 14:22:10 UTC,,"Hello', *["x" * 1000] * 300]
    file = written(tmp_path / "messages.csv", OLD_HEADER, *lines)
    with pytest.raises(BrokenExport, match="bad_csv"):
        read(file)


def test_the_same_message_has_one_id_in_old_and_new_exports_and_the_api() -> None:
    """... as long as the sender keeps the address of their profile."""
    new = a_message()
    old = {name: cell for name, cell in new.items() if name != "RECIPIENT PROFILE URLS"}
    shown_by_api = {name.title(): cell for name, cell in new.items()}
    ids = [
        acts(list(records(name, [("1", row)])))[0].external_id
        for name, row in (("messages.csv", old), ("messages.csv", new), ("INBOX", shown_by_api))
    ]
    assert len(set(ids)) == 1


def test_equal_messages_are_told_apart_by_their_number_whatever_stands_between() -> None:
    rows = [a_message(), a_message(CONTENT="Hello?"), a_message()]
    first = [act.external_id for act in acts(list(records("INBOX", enumerate_places(rows))))]
    again = [act.external_id for act in acts(list(records("INBOX", enumerate_places(rows[::-1]))))]
    assert len(set(first)) == 3
    assert set(first) == set(again)


def test_messages_of_an_export_say_what_the_same_rows_do_one_by_one(tmp_path: Path) -> None:
    rows = [
        a_message(),
        a_message(),
        a_message(FROM="LinkedIn Member", SENDER_PROFILE_URL=""),
        a_message(TO="LinkedIn Member", RECIPIENT_PROFILE_URLS=""),
        a_message(TO="Dara Hoyt, Ph.D., Ana Lopez", RECIPIENT_PROFILE_URLS=ANAS_PROFILE),
        a_message(DATE="soon"),
        a_message(FROM="", SENDER_PROFILE_URL=""),
        a_message(FOLDER="SPAM"),
        a_message(RECIPIENT_PROFILE_URLS=BENS_PROFILE),
        *[a_message(CONTENT=f"Hello {number}") for number in range(9)],
    ]
    path = tmp_path / "messages.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        file.write("\n")
    placed = [(f"messages.csv:{line}", row) for line, row in enumerate(rows, 2)]
    assert read(path) == list(records("messages.csv", placed))


def enumerate_places(rows: list[dict[str, str]]) -> list[tuple[str, dict[str, str]]]:
    return [(f"item {number}", row) for number, row in enumerate(rows, 1)]


@pytest.mark.parametrize(
    "row",
    [
        a_message(IS_MESSAGE_DRAFT="Yes"),
        a_message(IS_CONVERSATION_DRAFT="Yes"),
        a_message(FOLDER="SPAM"),
        a_message(SENDER_PROFILE_URL="", CONTENT='<p class="spinmail-quill-editor">Buy</p>'),
        a_message(SENDER_PROFILE_URL="", CONTENT="Dear %FIRSTNAME%, buy"),
        a_message(RECIPIENT_PROFILE_URLS=BENS_PROFILE),
    ],
)
def test_drafts_spam_advertisements_and_notes_to_self_are_no_contact(row: dict[str, str]) -> None:
    told = list(records("messages.csv", [("messages.csv:2", row)]))
    assert not acts(told)
    assert not any(isinstance(record, Problem) for record in told)


def test_a_person_may_write_what_an_advertisement_does() -> None:
    row = a_message(CONTENT="Do you know how to fill %FIRSTNAME%?")
    assert len(acts(list(records("messages.csv", [("messages.csv:2", row)])))) == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (a_message(DATE="2026-02-30 14:22:10 UTC"), "bad_date"),
        (a_message(FROM="", SENDER_PROFILE_URL=""), "no_sender"),
        (a_message(TO="", RECIPIENT_PROFILE_URLS=""), "no_recipient"),
    ],
)
def test_a_message_that_cannot_be_used_tells_nobodys_secrets(
    row: dict[str, str], code: str
) -> None:
    told = list(records("messages.csv", [("messages.csv:2", row)]))
    problems = [record for record in told if isinstance(record, Problem)]
    assert [(problem.where, problem.code) for problem in problems] == [("messages.csv:2", code)]
    assert not any(word in str(problems) for word in ("Ben", "Ana", "Hello", "02-30"))


def test_recipients_are_told_by_profile_since_their_names_may_hold_commas() -> None:
    row = a_message(
        TO="Dara Hoyt, Ph.D., Ana Lopez",
        RECIPIENT_PROFILE_URLS=f"https://www.linkedin.com/in/dara-hoyt,{ANAS_PROFILE}",
    )
    told = list(records("INBOX", [("1", row)]))
    assert acts(told)[0].recipients == (Account("linkedin", "dara-hoyt"), ANA)
    assert AccountSeen(Account("linkedin", "dara-hoyt"), "Dara Hoyt, Ph.D.") in told


def test_names_are_given_to_nobody_where_they_do_not_match_the_profiles() -> None:
    row = a_message(TO="A, B, C", RECIPIENT_PROFILE_URLS=f"{ANAS_PROFILE},{BENS_PROFILE}x")
    told = list(records("INBOX", [("1", row)]))
    assert acts(told)[0].recipients[0] == ANA
    assert {record.name for record in told if isinstance(record, AccountSeen)} == {"Ben Adler"}


def test_those_who_left_linkedin_are_one_stranger_per_conversation() -> None:
    rows = [
        a_message(CONVERSATION_ID=conversation, FROM="LinkedIn Member", SENDER_PROFILE_URL="")
        for conversation in ("c1", "c2", "c1")
    ]
    senders = [str(act.sender) for act in acts(list(records("INBOX", enumerate_places(rows))))]
    strangers = ["linkedin:conversation:c1", "linkedin:conversation:c2"]
    assert senders == [*strangers, strangers[0]]


def test_a_name_without_profile_is_the_one_profile_that_bears_it() -> None:
    rows = [a_message(), a_message(FROM="Ana Lopez", SENDER_PROFILE_URL="", TO="Ben Adler")]
    rows[1]["RECIPIENT PROFILE URLS"] = ""
    told = list(records("messages.csv", enumerate_places(rows)))
    assert AccountSeen(Account("linkedin", "name:ben adler"), same_as=(BEN,)) in told


def test_a_name_that_two_profiles_bear_stays_its_own_account() -> None:
    rows = [
        a_message(),
        a_message(SENDER_PROFILE_URL=BENS_PROFILE + "-2"),
        a_message(FROM="Ana Lopez", SENDER_PROFILE_URL="", TO="Ben Adler"),
    ]
    rows[2]["RECIPIENT PROFILE URLS"] = ""
    told = list(records("messages.csv", enumerate_places(rows)))
    assert not any(
        isinstance(record, AccountSeen) and "ben adler" in str(record.account) and record.same_as
        for record in told
    )


def contact(name: str, emails: str = "", phones: str = "") -> dict[str, str]:
    row = {"FirstName": name, "LastName": "", "Title": "", "CreatedAt": ""}
    return {**row, "Emails": emails, "PhoneNumbers": phones}


def who_is_who(*rows: dict[str, str]) -> list[tuple[str, str, list[str]]]:
    told = records("ImportedContacts.csv", enumerate_places(list(rows)))
    seen = [record for record in told if isinstance(record, AccountSeen)]
    return [(str(one.account), one.name, [*map(str, one.same_as)]) for one in seen]


def test_an_imported_contact_says_which_addresses_and_numbers_are_one_persons() -> None:
    row = contact("Ben", "ben@example.org; B@example.org", "+49 30 5550101|call me")
    expected = ["email:b@example.org", "phone:+49305550101"]
    assert who_is_who(row, row) == [("email:ben@example.org", "Ben", expected)]


def test_a_number_that_several_contacts_share_makes_nobody_the_same_person() -> None:
    office = "+49 30 5550101"
    told = who_is_who(
        contact("Ben", "ben@example.org", office), contact("Dara", phones=f"{office},+49170555010")
    )
    assert told == [("email:ben@example.org", "Ben", []), ("phone:+49170555010", "Dara", [])]


def test_long_lists_of_names_are_split_in_no_time_and_not_remembered() -> None:
    titles = "Ana" + ", PhD" * 26_000
    row = a_message(TO=titles, RECIPIENT_PROFILE_URLS="")
    people = People()
    for number in range(20):
        assert people.talk("c1", "", f"Ben {number}", "", row["TO"]).others
    assert split_names(titles) == (titles,)
    assert not people._talks


def test_a_trap_in_place_of_an_address_takes_no_time() -> None:
    trap = f"a@{'.' * 100_000}@"
    assert who_is_who(contact("Ben", trap, "+" + "1 " * 60_000)) == []


def test_a_contact_without_a_name_says_nothing_about_its_one_address() -> None:
    assert who_is_who(contact("", "ben@example.org"), contact("Chidi")) == []
    named = contact("Ben", "ben@example.org")
    assert who_is_who(contact("", "ben@example.org"), named) == [
        ("email:ben@example.org", "Ben", [])
    ]


def test_connections_alone_are_ties_of_whoever_is_me() -> None:
    row = {"First Name": "Ben", "Last Name": "Adler", "URL": BENS_PROFILE, "Connected On": ""}
    (_, tie) = records("CONNECTIONS", [("page 1, item 1", row)])
    assert isinstance(tie, DeclaredTie)
    assert (tie.account, tie.other, tie.since) == (ME, BEN, None)


def test_an_invitation_from_who_left_is_left_out_and_one_from_nobody_is_a_problem() -> None:
    row = {"From": "LinkedIn Member", "To": "Ana Lopez", "Sent At": "3/4/19, 9:01 AM"}
    told = list(records("INVITATIONS", [("1", row), ("2", {**row, "From": ""})]))
    assert [record.where for record in told if isinstance(record, Problem)] == ["2"]
    assert not acts(told)


def test_cells_that_the_api_leaves_out_are_empty() -> None:
    row = {"First Name": "Ben", "URL": BENS_PROFILE}
    (seen, tie) = records("CONNECTIONS", [("page 1, item 1", row)])
    assert seen == AccountSeen(BEN, "Ben")
    assert isinstance(tie, DeclaredTie)


def test_messages_alone_tell_the_owner_as_the_one_who_is_always_there(tmp_path: Path) -> None:
    file = written(
        tmp_path / "messages.csv",
        OLD_HEADER,
        f"c1,,Ben Adler,{BENS_PROFILE},Ana Lopez,2020-05-01 14:22:10 UTC,,,INBOX",
        f'c2,,Ana Lopez,{ANAS_PROFILE},"Ben Adler, Chidi Eze",2020-05-02 14:22:10 UTC,,,INBOX',
        f"c3,,Ana Lopez,{ANAS_PROFILE},Chidi Eze,2020-05-02 14:22:10 UTC,,,INBOX",
    )
    assert read(file)[-1] == AccountSeen(ANA, "Ana Lopez", owner=True)
    header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    written(tmp_path / "Connections.csv", header, f"Ben,Adler,{BENS_PROFILE},,,,05 Mar 2019")
    assert read(tmp_path)[-1] == AccountSeen(ANA, "Ana Lopez", owner=True)


HEADER = OLD_HEADER.replace(",TO,", ",TO,RECIPIENT PROFILE URLS,")


def at(slug: str) -> str:
    """A profile's address."""
    return f"https://www.linkedin.com/in/{slug}"


def between(name: str, url: str, names: str, urls: str = "") -> str:
    """A row of messages.csv."""
    when = "2024-03-05 09:12:00 UTC"
    return f'c,,"{name}",{url},"{names}","{urls}",{when},,,INBOX'


def owners(folder: Path, *rows: str) -> list[AccountSeen]:
    """Who is said to be the owner."""
    told = read(written(folder / "messages.csv", HEADER, *rows).parent)
    return [record for record in told if isinstance(record, AccountSeen) and record.owner]


def test_who_left_linkedin_is_not_the_owner(tmp_path: Path) -> None:
    rows = [between("Ana Lopez", ANAS_PROFILE, name) for name in ("LinkedIn Member", "Ben", "Chi")]
    assert owners(tmp_path, *rows) == [AccountSeen(ANA, "Ana Lopez", owner=True)]


@pytest.mark.parametrize(
    "rows",
    [
        [
            between("Ben Adler", BENS_PROFILE, "LinkedIn Member"),
            between("Ana Lopez", ANAS_PROFILE, "Ben Adler", BENS_PROFILE),
        ],
        [
            between("", "", "Ben Adler", BENS_PROFILE),
            between("Ana Lopez", ANAS_PROFILE, "Ben Adler", BENS_PROFILE),
        ],
        [
            between("Ben Adler", BENS_PROFILE, ""),
            between("Ana Lopez", ANAS_PROFILE, "Ben Adler", BENS_PROFILE),
        ],
        [
            between("Ana Lopez", ANAS_PROFILE, "Ben Adler"),
            between("Ben Adler", BENS_PROFILE, "Ana Smith"),
            between("Ana Smith", ANAS_PROFILE, "Ben Adler"),
        ],
        [
            between("Ana Lopez, Dipl. Ing.", ANAS_PROFILE, "Ben Adler"),
            between("Chidi Eze", at("chidi"), "Ana Lopez, Dipl. Ing., Ben Adler"),
        ],
    ],
)
def test_a_correspondent_is_not_the_owner(tmp_path: Path, rows: list[str]) -> None:
    assert owners(tmp_path, *rows) == []


def test_an_owner_of_two_spellings_is_known_by_their_profile(tmp_path: Path) -> None:
    rows = [
        between("Ana Lopez", ANAS_PROFILE, "Ben Adler", BENS_PROFILE),
        between("Ben Adler", BENS_PROFILE, "Ana Smith", ANAS_PROFILE),
        between("Chidi Eze", at("chidi"), "Ana Smith", ANAS_PROFILE),
    ]
    assert [seen.account for seen in owners(tmp_path, *rows)] == [ANA]


@pytest.mark.parametrize("last", ["wei-me", "wei-third"])
def test_a_namesake_who_writes_first_is_not_the_owner(tmp_path: Path, last: str) -> None:
    written(tmp_path / "Profile.csv", "First Name,Last Name,Maiden Name,Headline", "Wei,Zhang,,")
    found = owners(
        tmp_path,
        between("Wei Zhang", at("wei-other"), "Wei Zhang", at("wei-me")),
        between("Wei Zhang", at("wei-me"), "Ben Adler", BENS_PROFILE),
        between("Wei Zhang", at(last), "Chidi Eze", at("chidi")),
    )
    known = "wei-me" if last == "wei-me" else "name:wei zhang"
    assert [str(seen.account) for seen in found] == [f"linkedin:{known}"]


def test_one_conversation_alone_does_not_tell_whose_it_is(tmp_path: Path) -> None:
    row = f"c1,,Ben Adler,{BENS_PROFILE},Ana Lopez,2020-05-01 14:22:10 UTC,,,INBOX"
    told = read(written(tmp_path / "messages.csv", OLD_HEADER, row))
    assert not any(isinstance(record, AccountSeen) and record.owner for record in told)


def test_the_profiles_name_leads_to_the_owners_account_through_their_messages(
    tmp_path: Path,
) -> None:
    written(tmp_path / "Profile.csv", "First Name,Last Name,Maiden Name,Headline", "Ana,Lopez,,")
    row = f"c1,,Ben Adler,{BENS_PROFILE},Ana Lopez,{ANAS_PROFILE},2026-05-01 14:22:10 UTC,,Hi,"
    header = OLD_HEADER.replace(",TO,", ",TO,RECIPIENT PROFILE URLS,")
    written(tmp_path / "messages.csv", header, row)
    assert AccountSeen(ANA, "Ana Lopez", owner=True) in read(tmp_path)


def test_recommendations_whose_way_is_not_told_are_not_guessed() -> None:
    row = {
        "First Name": "Ben",
        "Last Name": "Adler",
        "Company": "",
        "Job Title": "",
        "Text": "Kind",
        "Creation Date": "01/24/18, 03:00 PM",
        "Status": "VISIBLE",
    }
    (problem,) = records("RECOMMENDATIONS", [("page 1, item 1", row)])
    assert isinstance(problem, Problem)
    assert problem.code == "no_direction"
    (act,) = acts(list(records("Recommendations_Given.csv", [("2", row)])))
    assert act.sender == ME


@pytest.mark.parametrize(
    ("told", "at", "precision"),
    [
        ("2026-09-30 08:12:40 UTC", "2026-09-30 08:12:40", Precision.INSTANT),
        ("2023/03/01 19:52:23 UTC", "2023-03-01 19:52:23", Precision.INSTANT),
        ("2026-09-05 09:50:45", "2026-09-05 09:50:45", Precision.LOCAL),
        ("3/14/25, 2:37 PM", "2025-03-14 14:37:00", Precision.LOCAL),
        ("3/14/25, 12:07\u202fAM", "2025-03-14 00:07:00", Precision.LOCAL),
        ("01/24/18, 12:00 PM", "2018-01-24 12:00:00", Precision.LOCAL),
        ("1/24/2018 15:00", "2018-01-24 15:00:00", Precision.LOCAL),
    ],
)
def test_a_moment_is_known_as_well_as_it_was_written(
    told: str, at: str, precision: Precision
) -> None:
    assert moment(told) == (datetime.fromisoformat(f"{at}+00:00"), precision)


@pytest.mark.parametrize(
    "told", ["", "soon", "05 Mar 2024", "31/12/25, 2:37 PM", "2026-13-01 08:12:40 UTC", "1/1/25"]
)
def test_no_time_is_invented(told: str) -> None:
    assert moment(told) is None


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("05 Mar 2024", date(2024, 3, 5)),
        ("3. Mai 2022", date(2022, 5, 3)),
        ("14 März 2021", date(2021, 3, 14)),
        ("2024-03-05", date(2024, 3, 5)),
        ("30 Feb 2024", None),
        ("05 mars2024", None),
        ("", None),
    ],
)
def test_days_are_read_in_english_and_german(told: str, expected: date | None) -> None:
    assert day(told) == expected


@pytest.mark.parametrize(
    ("url", "handles"),
    [
        ("www.linkedin.com/in/Ana-Lopez/", ["ana-lopez"]),
        ("https://de.linkedin.com/in/ana-lopez?trk=x#y", ["ana-lopez"]),
        ("https://www.linkedin.com/in/j%C3%BCrgen", ["jürgen"]),
        ("https://www.linkedin.com/company/Acme/about", ["company/acme"]),
        (f"{ANAS_PROFILE},{BENS_PROFILE},{ANAS_PROFILE}", ["ana-lopez", "ben-adler"]),
        (f"{ANAS_PROFILE};{BENS_PROFILE}", ["ana-lopez", "ben-adler"]),
        ("https://example.org/in", []),
        ("", []),
    ],
)
def test_a_profile_is_known_by_what_stands_after_in(url: str, handles: list[str]) -> None:
    assert [account.handle for account in profiles(url)] == handles


def test_titles_after_a_comma_belong_to_the_name_before_it() -> None:
    assert split_names("Jane Doe, PhD, Ben Adler Jr., Cher, Dara Hoyt, M.D., MBA") == (
        "Jane Doe, PhD",
        "Ben Adler Jr.",
        "Cher",
        "Dara Hoyt, M.D., MBA",
    )


def test_no_damage_brings_anything_but_records_and_a_broken_export(tmp_path: Path) -> None:
    whole = len(read(SAMPLES / "2026"))
    for copy in damaged_copies(SAMPLES / "2026", tmp_path, count=60):
        with open_export(copy) as export:
            told, failure = read_until_it_fails(collect(export, Options()))
        assert failure or told
        assert len(told) < 3 * whole
