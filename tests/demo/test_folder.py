"""The invented network's files: the same every time, invented throughout, and nobody else's."""

import json
import mailbox
import re
import zipfile
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from roc.config import load
from roc.demo import Demo, write
from roc.errors import UnwritableGraph
from roc.graph.records import Account

DAY = date(2026, 3, 8)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return write(tmp_path_factory.mktemp("demo"), last_day=DAY)


def texts(demo: Demo) -> dict[str, str]:
    """Every file's text, in the folder or in a zip; the calendar's folded lines unfolded."""
    told: dict[str, str] = {}
    for path in (*demo.exports, demo.config):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                told |= {name: archive.read(name).decode() for name in archive.namelist()}
        else:
            told[path.name] = path.read_bytes().decode().replace("\r\n ", "")
    return told


def test_the_same_day_and_seed_give_the_same_bytes(demo: Demo, tmp_path: Path) -> None:
    again = write(tmp_path, last_day=DAY)
    for first, second in zip(demo.exports, again.exports, strict=True):
        assert first.read_bytes() == second.read_bytes()


def test_another_seed_gives_another_network(demo: Demo, tmp_path: Path) -> None:
    other = write(tmp_path, last_day=DAY, seed=8)
    assert other.mail.read_bytes() != demo.mail.read_bytes()


def test_an_earlier_run_in_the_same_folder_is_replaced(demo: Demo, tmp_path: Path) -> None:
    write(tmp_path, last_day=date(2025, 12, 1), seed=3)
    again = write(tmp_path, last_day=DAY)
    assert again.mail.read_bytes() == demo.mail.read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {
        path.name for path in (*demo.exports, demo.config)
    }


def test_a_folder_with_settings_of_somebodys_own_is_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "config.toml"
    own.write_text('[me]\nname = "Dara"\n', encoding="utf-8")
    with pytest.raises(UnwritableGraph, match="not the invented network's"):
        write(tmp_path, last_day=DAY)
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]
    assert own.read_text(encoding="utf-8") == '[me]\nname = "Dara"\n'


def test_a_folder_that_cannot_be_made_is_told_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(UnwritableGraph, match="Cannot write into") as caught:
        write(tmp_path / "taken", last_day=DAY)
    assert caught.value.hint == "name a folder that you may write into."


def test_the_settings_name_the_owner_and_a_graph_of_the_networks_own(tmp_path: Path) -> None:
    demo = write(tmp_path, last_day=DAY)
    config = load(demo.config)
    assert config.me.name == "Ana Duarte"
    assert Account("linkedin", "ana-duarte") in config.own_accounts
    assert config.graph_file == demo.folder.resolve() / "me.graph"


def test_nobody_real_can_be_reached_at_any_address(demo: Demo) -> None:
    for text in texts(demo).values():
        for domain in re.findall(r"[\w.+-]+@([\w.-]+\w)", text):
            assert domain == "example.org" or domain.endswith(".example"), domain


def test_no_mail_is_younger_than_the_last_day_and_some_is_as_young(demo: Demo) -> None:
    box = mailbox.mbox(demo.mail)
    days = [parsedate_to_datetime(message["Date"]).date() for message in box]
    box.close()
    assert max(days) == DAY or (DAY - max(days)).days <= 3  # the last day may be a Sunday
    assert max(days) <= DAY
    assert days == sorted(days)
    assert (DAY - days[0]).days > 400


def test_every_answer_names_a_mail_that_is_there(demo: Demo) -> None:
    box = mailbox.mbox(demo.mail)
    ids = [message["Message-ID"] for message in box]
    answered = [message["In-Reply-To"] for message in box if message["In-Reply-To"]]
    box.close()
    assert len(set(ids)) == len(ids)
    assert len(answered) > 1000
    assert set(answered) <= set(ids)


def test_newsletters_say_that_they_are_lists(demo: Demo) -> None:
    box = mailbox.mbox(demo.mail)
    lists = [message for message in box if message["List-Id"]]
    box.close()
    assert len(lists) > 60
    assert all(message["List-Unsubscribe"] for message in lists)


def test_linkedin_quotes_every_cell_of_messages_as_it_has_since_2026(demo: Demo) -> None:
    told = texts(demo)["messages.csv"]
    assert told.startswith('"CONVERSATION ID","CONVERSATION TITLE","FROM","SENDER PROFILE URL"')
    assert "spinmail-quill-editor" in told
    assert '"LinkedIn Member"' in told


def test_linkedin_connections_come_after_notes_and_end_without_a_line_end(demo: Demo) -> None:
    lines = texts(demo)["Connections.csv"].split("\n")
    assert lines[0] == "Notes:"
    assert lines[3] == "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
    assert lines[-1].startswith(",,,,,,")


def test_the_x_manifest_counts_what_is_in_each_part(demo: Demo) -> None:
    told = texts(demo)
    manifest = json.loads(told["data/manifest.js"].partition("=")[2])
    for kind in manifest["dataTypes"].values():
        for file in kind["files"]:
            script = told[file["fileName"]]
            assert script.startswith(f"window.{file['globalName']} = [")
            assert len(json.loads(script.partition("=")[2])) == int(file["count"])


def test_the_calendar_knows_series_rooms_and_people_who_do_not_come(demo: Demo) -> None:
    told = texts(demo)["calendar.ics"]
    for sign in ("RRULE", "EXDATE", "CUTYPE=ROOM", "PARTSTAT=DECLINED", "STATUS:CANCELLED"):
        assert sign in told, sign


def test_one_line_of_the_journal_names_a_day_that_does_not_exist(demo: Demo) -> None:
    dates = re.findall(r"^\d{4}-\d\d-\d\d", texts(demo)["journal.txt"], flags=re.MULTILINE)
    assert [day for day in dates if day.endswith("-02-30")] == ["2026-02-30"]
