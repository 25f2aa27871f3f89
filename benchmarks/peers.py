"""Who else reads a format, or does a part of it: what readers of exports are measured beside.

Each takes the path of an export, of one file or of a folder, and drops what it reads.
"""

import csv
import json
import mailbox
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from email.parser import BytesHeaderParser
from email.policy import compat32
from pathlib import Path

_ANDROID = re.compile(r"(\d\d/\d\d/\d{4}, \d\d:\d\d) - ([^:]+): (.*)")


def splitter(path: Path) -> None:
    """An mbox cut into messages, line by line, and nothing else."""
    for _head in heads(path):
        pass


def header_parser(path: Path) -> None:
    """The same, each head parsed by the standard library; no address, date or name is looked at."""
    parser = BytesHeaderParser(policy=compat32)
    for head in heads(path):
        parser.parsebytes(head)


def standard_mailbox(path: Path) -> None:
    """``mailbox.mbox``, each message asked for its sender."""
    box = mailbox.mbox(path, create=False)
    for message in box:
        message["from"]
    box.close()


def dict_reader(path: Path) -> None:
    """``csv.DictReader``, rows dropped."""
    for each in _files(path, ".csv"):
        with each.open(encoding="utf-8", newline="") as file:
            for _row in csv.DictReader(file):
                pass


def json_objects(path: Path) -> None:
    """``json.loads`` for each line, objects dropped."""
    for each in _files(path, ".json"):
        with each.open(encoding="utf-8") as file:
            for line in file:
                json.loads(line)


def whole_json(path: Path) -> None:
    """``json.load`` of each file as a whole; of X's, of what follows ``window.YTD… =``."""
    for each in _files(path, ".json"):
        with each.open(encoding="utf-8") as file:
            json.load(file)
    for each in _files(path, ".js") if path.is_dir() else ():
        json.loads(each.read_text(encoding="utf-8").partition(" = ")[2])


def pattern_and_clock(path: Path) -> None:
    """A pattern and ``strptime`` for each line of a chat whose form is known beforehand."""
    for each in _files(path, ".txt"):
        with each.open(encoding="utf-8") as file:
            for line in file:
                if found := _ANDROID.match(line):
                    datetime.strptime(found[1], "%d/%m/%Y, %H:%M")  # noqa: DTZ007


def icalendar_whole(path: Path) -> None:
    """``icalendar``'s parse of the whole file, of which no component is looked at."""
    from icalendar import Calendar

    Calendar.from_ical(path.read_bytes())


def select(path: Path) -> None:
    """One query for each message's columns and who wrote it."""
    with closing(sqlite3.connect(path)) as connection:
        for _row in connection.execute(
            "SELECT m.guid, m.date, m.is_from_me, h.id FROM message AS m"
            " LEFT JOIN handle AS h ON h.ROWID = m.handle_id"
        ):
            pass


def rev_list(path: Path) -> None:
    """``git rev-list --header``, what it says thrown away."""
    command = ["git", "-C", str(path), "rev-list", "--header", "--all"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while process.stdout.read(2**16):
            pass


def _files(path: Path, suffix: str) -> list[Path]:
    """The file itself, or those with a suffix in a folder."""
    return sorted(path.rglob(f"*{suffix}")) if path.is_dir() else [path]


def heads(path: Path) -> Iterator[bytes]:
    """Each message's headers: what stands between ``From …`` after an empty line and the next."""
    head: list[bytes] = []
    within, empty = False, True
    with path.open("rb") as file:
        for line in file:
            if empty and line.startswith(b"From "):
                head, within = [], True
            elif within and line == b"\n":
                yield b"".join(head)
                within = False
            elif within:
                head.append(line)
            empty = line == b"\n"


_OF_JSON = (
    "telegram",
    "google-chat",
    "hangouts",
    "slack",
    "discord",
    "discord-exporter",
    "facebook",
    "facebook-reactions",
    "instagram",
    "x",
    "x-messages",
    "mastodon",
    "google-plus",
)
_OF_CSV = ("linkedin-messages", "linkedin-connections", "table-by-row", "reddit", "crm")

PEERS: dict[str, dict[str, Callable[[Path], None]]] = {
    "mbox": {
        "lines split": splitter,
        "lines split, BytesHeaderParser": header_parser,
        "mailbox.mbox": standard_mailbox,
    },
    "whatsapp": {"pattern and strptime": pattern_and_clock},
    "signal": {"json.loads": json_objects},
    "table-json-lines": {"json.loads": json_objects},
    "calendar": {"icalendar": icalendar_whole},
    "imessage": {"sqlite3 select": select},
    "git": {"git rev-list": rev_list},
    **{form: {"json.load": whole_json} for form in _OF_JSON},
    **{form: {"csv.DictReader": dict_reader} for form in _OF_CSV},
}
"""Who else is measured on a format, by name."""
