"""What lies in a folder, a zip, the parts of a zip or a whole download folder, and whose it is."""

import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from roc.collectors.finding import Finding, find_exports, in_parts
from roc.collectors.registry import sources
from roc.errors import BrokenExport, UnknownExport
from tests.collectors.lines import samples

JOURNAL = "2026-01-05 me -> ana message\n"
CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
MAIL = "From ana@example.org Mon Mar 04 11:20:34 +0000 2024\nFrom: ana@example.org\n\nHi\n"
CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
)


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder


def laid(folder: Path, **files: str | bytes) -> Path:
    """Files laid into a folder; ``work_ics`` is ``work.ics``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path


def told(finding: Finding) -> list[str]:
    return [f"{found.source} {found.label}" for found in finding.exports]


def found(*paths: Path) -> Finding:
    return find_exports(paths, sources())


def test_a_takeout_is_read_by_each_source_whose_it_is(tmp_path: Path) -> None:
    takeout = {"Takeout/Mail/All.mbox": MAIL, "Takeout/Calendar/home.ics": CALENDAR}
    path = zipped(tmp_path / "takeout.zip", takeout | {"Takeout/Photos/a.jpg": b"\xff\xd8"})
    finding = found(path)
    assert told(finding) == ["calendar takeout.zip/Calendar", "email takeout.zip/Mail"]
    assert finding.others == 1
    with finding.exports[1].opened() as export:
        assert export.names() == ("All.mbox",)
        assert export.open("All.mbox").read() == MAIL.encode()
        assert export.bytes_read == export.size == len(MAIL)


def test_a_whole_download_folder_is_taken_apart(downloads: Path) -> None:
    laid(downloads, work_ics=CALENDAR, days_journal=JOURNAL, photo_jpg=b"\xff\xd8", notes_md="#")
    laid(downloads / "linkedin", Connections_csv=CONNECTIONS, messages_csv=MESSAGES)
    laid(downloads / "old" / "deep", inbox_mbox=MAIL)
    laid(downloads / "node_modules" / "mail", test_mbox=MAIL)
    zipped(downloads / "more.zip", {"sent.mbox": MAIL})
    finding = found(downloads)
    assert told(finding) == [
        "calendar downloads/work.ics",
        "email downloads/old/deep/inbox.mbox",
        "journal downloads/days.journal",
        "linkedin downloads/linkedin",
        "email downloads/more.zip",
    ]
    with finding.exports[3].opened() as export:
        assert export.names() == ("Connections.csv", "messages.csv")
    assert finding.unread == ()


def test_two_ages_of_an_export_side_by_side_are_two_exports(downloads: Path) -> None:
    for year in ("2021", "2026"):
        laid(downloads / year, Connections_csv=CONNECTIONS, messages_csv=MESSAGES)
    assert told(found(downloads)) == ["linkedin downloads/2021", "linkedin downloads/2026"]


def test_files_of_one_source_that_lie_side_by_side_are_one_export(downloads: Path) -> None:
    laid(downloads, Connections_csv=CONNECTIONS, messages_csv=MESSAGES, work_ics=CALENDAR)
    calendar, linkedin = found(downloads).exports
    assert calendar.label == "downloads/work.ics"
    with linkedin.opened() as export:
        assert export.names() == ("Connections.csv", "messages.csv")


def test_the_zips_of_one_export_are_read_as_one(tmp_path: Path) -> None:
    one = zipped(tmp_path / "takeout-001.zip", {"Takeout/Mail/Sent.mbox": MAIL})
    two = zipped(tmp_path / "takeout-002.zip", {"Takeout/Mail/Inbox.mbox": MAIL})
    assert in_parts([two, one]) == [(one, two)]
    (export,) = found(one, two).exports
    assert export.label == "takeout-001.zip and 1 more"
    with export.opened() as opened:
        assert opened.names() == ("Mail/Inbox.mbox", "Mail/Sent.mbox")
        assert opened.open("Mail/Sent.mbox").read() == MAIL.encode()


def test_an_export_downloaded_twice_is_not_in_parts(tmp_path: Path) -> None:
    once = zipped(tmp_path / "a.zip", {"Connections.csv": CONNECTIONS})
    twice = Path(shutil.copy(once, tmp_path / "a (1).zip"))
    assert in_parts([once, twice]) == [(once,), (twice,)]


def test_what_is_broken_in_a_folder_is_told_and_the_rest_is_read(downloads: Path) -> None:
    laid(downloads, broken_zip=b"PK\x03\x04 cut off", days_journal=JOURNAL)
    zipped(downloads / "outer.zip", {"inner.zip": b"PK\x03\x04", "a.mbox": MAIL})
    finding = found(downloads)
    assert told(finding) == ["journal downloads/days.journal", "email downloads/outer.zip"]
    assert [(each.label, each.reason.split(".")[0]) for each in finding.unread] == [
        ("downloads/broken.zip", "broken"),
        ("downloads/outer.zip/inner.zip", "unpack it first: it is a zip within a zip"),
    ]


def test_nothing_to_read_is_an_error(downloads: Path) -> None:
    with pytest.raises(UnknownExport, match="downloads is empty"):
        found(laid(downloads, nothing_txt=""))
    with pytest.raises(UnknownExport, match="No collector recognises downloads"):
        found(laid(downloads, photo_jpg=b"\xff\xd8"))
    with pytest.raises(BrokenExport, match="is not a whole zip file"):
        found(laid(downloads, broken_zip=b"PK\x03\x04 cut off") / "broken.zip")


def test_all_samples_side_by_side_are_found_one_and_all(downloads: Path) -> None:
    for source in sources():
        for sample in samples(source):
            copy = shutil.copytree if sample.is_dir() else shutil.copy
            copy(sample, downloads / f"{source} {sample.name}")
    expected = {source for source in sources() if samples(source)}
    finding = found(downloads)
    assert {export.source for export in finding.exports} == expected
    assert finding.unread == ()


CHAT = '{"participants": [{"name": "Ana"}], "messages": [{"sender_name": "Ana"}]}'


@pytest.mark.parametrize(
    ("more", "source"),
    [
        ({}, ""),
        ({"personal_information/personal_information.json": '{"profile_user": []}'}, "instagram"),
        ({"autofill_information.json": '{"ig_autofill_information": []}'}, "instagram"),
        ({"autofill_information.json": '{"autofill_information_v2": {}}'}, "facebook"),
    ],
)
def test_chats_are_read_where_something_beside_them_tells_whose_they_are(
    tmp_path: Path, more: dict[str, str | bytes], source: str
) -> None:
    chats = {f"messages/inbox/{name}/message_1.json": CHAT for name in ("ana_1", "ben_2")}
    path = zipped(tmp_path / "export.zip", {**chats, **more})
    if source:
        assert told(found(path)) == [f"{source} export.zip"]
        return
    with pytest.raises(UnknownExport) as failure:
        found(path)
    assert failure.value.hint == (
        "it may be of facebook or instagram: put the right word before it."
    )


@pytest.mark.parametrize("source", ["facebook", "instagram"])
def test_the_one_folder_that_all_chats_lie_in_tells_whose_they_are(
    downloads: Path, source: str
) -> None:
    top = f"your_{source}_activity"
    chats = {f"{top}/messages/inbox/{name}/message_1.json": CHAT for name in ("ana_1", "ben_2")}
    path = zipped(downloads / "export.zip", {**chats})
    assert told(found(path)) == [f"{source} export.zip"]
    path.unlink()
    parts = [zipped(downloads / f"{n}.zip", {name: CHAT}) for n, name in enumerate(chats)]
    assert told(found(*parts)) == [f"{source} 0.zip and 1 more"]
    for part in parts:
        part.unlink()
    for name in chats:
        file = downloads / "export" / name
        file.parent.mkdir(parents=True)
        file.write_text(CHAT)
    for folder in (downloads, downloads / "export", downloads / "export" / top):
        assert {each.source for each in found(folder).exports} == {source}


def test_a_working_copy_is_gits_alone_whatever_is_in_it(downloads: Path) -> None:
    project = downloads / "code" / "project"
    run = partial(subprocess.run, check=True, capture_output=True)
    run(["git", "init", "-q", str(project)])
    laid(project, test_mbox=MAIL, work_ics=CALENDAR)
    who = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org"]
    run(["git", "-C", str(project), *who, "commit", "-q", "--allow-empty", "-m", "Begin"])
    (export,) = found(downloads).exports
    assert export.source == "git"
    with export.opened() as opened:
        assert opened.folder == project
    laid(downloads, sent_mbox=MAIL)
    assert told(found(downloads)) == ["email downloads/sent.mbox", "git downloads/code/project"]


def test_repositories_side_by_side_are_each_one_export(downloads: Path) -> None:
    run = partial(subprocess.run, check=True, capture_output=True)
    for name in ("one", "two"):
        run(["git", "init", "-q", str(downloads / name)])
    run(["git", "init", "-q", "--bare", str(downloads / "bare.git")])
    for name in ("x", "y"):
        shutil.copy(samples("git")[0], downloads / f"{name}.bundle")
    laid(downloads / "bare.git", sent_mbox=MAIL)
    finding = found(downloads)
    assert told(finding) == [
        "git downloads",
        "git downloads/bare.git",
        "git downloads/one",
        "git downloads/two",
    ]
    with finding.exports[0].opened() as bundles:
        assert bundles.names() == ("x.bundle", "y.bundle")


def test_bundles_do_not_hide_hundreds_of_repositories_below_them(downloads: Path) -> None:
    shutil.copy(samples("git")[0], downloads / "x.bundle")
    for number in range(201):
        laid(downloads / f"p{number}" / ".git" / "objects", pack="")
        laid(downloads / f"p{number}" / ".git" / "refs", main="")
        laid(downloads / f"p{number}" / ".git", HEAD="")
    assert len(found(downloads).exports) == 202


def test_hundreds_of_photos_hide_nothing(downloads: Path) -> None:
    laid(downloads, work_ics=CALENDAR, days_journal=JOURNAL)
    laid(downloads / "deep" / "down", inbox_mbox=MAIL)
    for number in range(600):
        (downloads / f"IMG_{number}.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    finding = found(downloads)
    assert {export.source for export in finding.exports} == {"calendar", "email", "journal"}
    assert finding.others == 600


def test_two_years_of_zips_are_two_exports_and_a_broken_one_costs_no_other(tmp_path: Path) -> None:
    old = zipped(tmp_path / "linkedin-1.zip", {"Basic/Connections.csv": CONNECTIONS})
    new = zipped(tmp_path / "linkedin-2.zip", {"Complete/en/Connections.csv": CONNECTIONS, "a": ""})
    other = zipped(tmp_path / "linkedin-2026.zip", {"messages.csv": MESSAGES})
    broken = tmp_path / "linkedin-3.zip"
    broken.write_bytes(b"PK\x03\x04 cut off")
    each = [old, new, other, broken]
    assert sorted(in_parts(each)) == sorted((path,) for path in each)


def test_parts_may_share_files_that_are_the_same(tmp_path: Path) -> None:
    shared = {"Takeout/archive_browser.html": "<html>"}
    one = zipped(tmp_path / "takeout-001.zip", {"Takeout/Mail/Sent.mbox": MAIL} | shared)
    two = zipped(tmp_path / "takeout-002.zip", {"Takeout/Mail/Inbox.mbox": MAIL} | shared)
    assert in_parts([one, two]) == [(one, two)]


def test_tools_folders_are_not_looked_into_and_what_is_common_is_not_taken(downloads: Path) -> None:
    laid(downloads / "code" / "node_modules", test_mbox=MAIL)
    zipped(downloads / "code" / "node_modules" / "more.zip", {"sent.mbox": MAIL})
    laid(downloads / "money", rates_csv="date,from,to,rate\n2026-01-05,EUR,USD,1.1\n")
    laid(downloads, days_journal=JOURNAL, letters_csv="from,to,at\nana,ben,2026-01-05\n")
    finding = found(downloads)
    assert told(finding) == ["journal downloads/days.journal", "table downloads/letters.csv"]
    assert [each.label for each in finding.unread] == ["downloads/money/rates.csv"]
    assert told(found(downloads / "money" / "rates.csv")) == ["table rates.csv"]


def test_names_that_look_alike_are_two_files(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip", {"a\x01.journal": JOURNAL, "a\x02.journal": JOURNAL, "Q: x": ""}
    )
    (export,) = found(path).exports
    with export.opened() as opened:
        assert len(opened.names()) == 2


def test_what_is_packed_otherwise_is_told(downloads: Path) -> None:
    laid(downloads, days_journal=JOURNAL, takeout_tgz=b"\x1f\x8b")
    assert [each.label for each in found(downloads).unread] == ["downloads/takeout.tgz"]
    only = zipped(downloads / "outer.zip", {"inner.zip": b"PK\x03\x04"})
    with pytest.raises(UnknownExport, match="Nothing in outer"):
        found(only)
