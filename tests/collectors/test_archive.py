"""Zips, folders and bare files as they come: honest, damaged and hostile."""

import os
import random
import struct
import zipfile
from pathlib import Path

import pytest

from roc.collectors import archive
from roc.collectors.archive import find, head, open_export, text, whole
from roc.errors import BrokenExport


def zipped(path: Path, files: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def test_a_zip_a_folder_and_a_file_are_read_alike(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    file = folder / "messages.csv"
    file.write_bytes(b"one\ntwo\n")
    packed = zipped(tmp_path / "export.zip", {"messages.csv": b"one\ntwo\n"})
    for path in (file, folder, packed):
        with open_export(path) as export:
            assert export.names() == ("messages.csv",)
            assert whole(export, "messages.csv") == b"one\ntwo\n"
            assert export.size == export.bytes_read == 8


def test_a_single_common_top_folder_is_left_out(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"Takeout/Mail/a.mbox": b"", "Takeout/b.csv": b""})
    with open_export(path) as export:
        assert export.names() == ("Mail/a.mbox", "b.csv")


def test_what_systems_add_by_themselves_is_left_out(tmp_path: Path) -> None:
    junk = ["__MACOSX/top/._a.csv", "top/.DS_Store", "top/._a.csv", "Thumbs.db", "top/desktop.ini"]
    path = zipped(tmp_path / "a.zip", {"top/a.csv": b"x", **dict.fromkeys(junk, b"")})
    with open_export(path) as export:
        assert export.names() == ("a.csv",)


def test_files_are_found_by_the_end_of_their_name_whatever_its_case(tmp_path: Path) -> None:
    files = dict.fromkeys(["in/Email Addresses.csv", "guide_messages.csv", "Messages.csv"], b"")
    with open_export(zipped(tmp_path / "a.zip", files)) as export:
        assert find(export, "email_addresses.csv") == ["in/Email Addresses.csv"]
        assert find(export, "messages.csv") == ["Messages.csv"]


def test_folders_of_a_zip_from_windows_are_folders(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"top\\data\\a.csv": b"x", "top\\b.csv": b"y"})
    with open_export(path) as export:
        assert export.names() == ("b.csv", "data/a.csv")
        assert whole(export, "data/a.csv") == b"x"


def test_a_name_cannot_give_commands_to_the_terminal(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"\x1b[2Ja.csv": b"x", "b.csv": b"y"})
    with open_export(path) as export:
        assert export.names() == ("b.csv", "\N{REPLACEMENT CHARACTER}[2Ja.csv")
        assert whole(export, export.names()[1]) == b"x"


def test_a_name_in_another_encoding_can_be_printed_and_opened(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    latin = os.fsencode(folder) + b"/J\xfcrgen.csv"
    try:
        Path(os.fsdecode(latin)).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    with open_export(folder) as export:
        (name,) = export.names()
        assert name.encode()
        assert whole(export, name) == b"x"


def test_bytes_that_are_not_utf_8_cost_a_letter_and_not_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"\xef\xbb\xbfname\r\nJ\xfcrgen\n")
    with open_export(file) as export, text(export, "a.csv") as lines:
        assert list(lines) == ["name\r\n", "J\N{REPLACEMENT CHARACTER}rgen\n"]


def test_a_look_at_the_head_reads_no_more_than_that(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.csv": b"x" * 100_000})
    with open_export(path) as export:
        assert head(export, "a.csv", 10) == b"x" * 10
        assert export.bytes_read == 10


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key.csv").write_bytes(b"secret")
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"x")
    (folder / "b.csv").symlink_to(secret / "key.csv")
    (folder / "more").symlink_to(secret, target_is_directory=True)
    (folder / "round").symlink_to(folder, target_is_directory=True)
    with open_export(folder) as export:
        assert export.names() == ("a.csv",)


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_pipe_is_neither_waited_for_nor_read(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    os.mkfifo(folder / "a.csv")
    with open_export(folder) as export:
        assert export.names() == ()
    with pytest.raises(BrokenExport, match="neither a file nor a folder"):
        open_export(folder / "a.csv")


def test_a_path_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(BrokenExport, match="No such file"):
        open_export(tmp_path / "none.zip")


def test_what_is_called_a_zip_and_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "export.zip"
    file.write_bytes(b"<html>Sign in</html>")
    with pytest.raises(BrokenExport, match="not a whole zip"):
        open_export(file)


def test_a_zip_cut_off_while_downloading_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.csv": bytes(1000)}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes()[:600])
    with pytest.raises(BrokenExport, match="not a whole zip"):
        open_export(path)


def test_a_member_with_other_bytes_than_were_packed_is_damage(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.csv": b"x" * 1000}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"xxx", b"xyx", 1))
    with open_export(path) as export, pytest.raises(BrokenExport, match=r"a\.csv is damaged"):
        whole(export, "a.csv")


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "a/../../b.csv", "..\\a.csv", "C:\\a"])
def test_a_name_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "a.zip", {name: b"x", "b.csv": b"y"})
    with pytest.raises(BrokenExport, match="leads outside"):
        open_export(path)


def test_a_zip_bomb_is_refused_before_anything_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "RATIO_MATTERS_FROM_BYTES", 2**20)
    path = zipped(tmp_path / "a.zip", {"a.csv": bytes(2 * 2**20)})
    with pytest.raises(BrokenExport, match="zip bomb"):
        open_export(path)


def test_a_zip_bomb_cannot_hide_behind_the_packed_sizes_it_claims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "RATIO_MATTERS_FROM_BYTES", 1000)
    path = zipped(tmp_path / "a.zip", {"a.csv": bytes(200_000)})
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 20, 200_000)
    path.write_bytes(data)
    with pytest.raises(BrokenExport, match="zip bomb"):
        open_export(path)


def test_a_file_too_large_to_load_at_once_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_WHOLE_BYTES", 2**20)
    path = zipped(tmp_path / "a.zip", {"a.json": bytes(2**20 + 1)})
    with open_export(path) as export, pytest.raises(BrokenExport, match="larger than 1 MiB"):
        whole(export, "a.json")


def test_an_encrypted_zip_says_what_to_do(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.csv": b"x"}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with open_export(path) as export, pytest.raises(BrokenExport, match="encrypted") as told:
        head(export, "a.csv")
    assert "password" in told.value.hint


def test_a_zip_packed_in_an_unusual_way_is_not_called_encrypted(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.csv": b"x"}, zipfile.ZIP_BZIP2)
    with open_export(path) as export, pytest.raises(BrokenExport, match="not read here"):
        head(export, "a.csv")


@pytest.mark.usefixtures("modes_obeyed")
def test_a_file_one_may_not_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x")
    (tmp_path / "a.csv").chmod(0)
    with open_export(tmp_path) as export, pytest.raises(BrokenExport, match="cannot be opened"):
        head(export, "a.csv")


def test_a_file_that_went_away_after_the_listing_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x")
    with open_export(tmp_path) as export:
        (tmp_path / "a.csv").unlink()
        with pytest.raises(BrokenExport, match="cannot be opened"):
            head(export, "a.csv")


def test_no_overwritten_byte_brings_anything_but_a_broken_export(tmp_path: Path) -> None:
    files = {f"top/{letter}.csv": letter.encode() * 500 for letter in "abc"}
    honest = zipped(tmp_path / "honest.zip", files).read_bytes()
    dice = random.Random(7)
    refused = 0
    for _ in range(300):
        data = bytearray(honest)
        for _ in range(dice.randint(1, 4)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        broken = tmp_path / "broken.zip"
        broken.write_bytes(data)
        try:
            with open_export(broken) as export:
                for name in export.names():
                    whole(export, name)
        except BrokenExport:
            refused += 1
    assert refused > 100
