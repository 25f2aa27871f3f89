"""Writes the invented network's exports into a folder."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from roc.demo.cast import CAST, OWNER
from roc.errors import UnwritableGraph

LAST_DAY = date(2026, 11, 22)
"""The day on which the invented network ends: always the same, so that everyone sees the same."""

_MARK = "# The owner of the invented network of `roc demo`."


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the invented network's files are.

    Args:
        folder: the folder that holds them all.
        config: settings that say who the owner is, and keep the graph in this folder.
        linkedin: LinkedIn's "Download your data", a zip.
        x: X's archive, a zip.
        mail: everything sent and received, an mbox.
        calendar: an iCalendar file.
        journal: what happened offline, a line each.
        deals: what came of it, as a table.
        same_people: pairs of accounts that only the owner knows to be one person: the journal's
            short names, and LinkedIn members who hide their address.
    """

    folder: Path
    config: Path
    linkedin: Path
    x: Path
    mail: Path
    calendar: Path
    journal: Path
    deals: Path
    same_people: tuple[tuple[str, str], ...]

    @property
    def exports(self) -> tuple[Path, ...]:
        """All exports, in the order in which to collect them."""
        return (self.linkedin, self.x, self.mail, self.calendar, self.journal, self.deals)


def write(folder: Path, *, last_day: date, seed: int = 7) -> Demo:
    """Write the invented network as real export files.

    About sixty people and fourteen months. The same day and seed give the same bytes; files of
    an earlier run are replaced.

    Args:
        folder: where to write; made if need be.
        last_day: the last day on which anything has happened.
        seed: of every random draw.

    Raises:
        UnwritableGraph: the folder cannot be written, or holds a ``config.toml`` of somebody's
            own.
    """
    demo = Demo(
        folder=folder,
        config=folder / "config.toml",
        linkedin=folder / "linkedin.zip",
        x=folder / "x.zip",
        mail=folder / "mail.mbox",
        calendar=folder / "calendar.ics",
        journal=folder / "journal.txt",
        deals=folder / "deals.csv",
        same_people=_same_people(),
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_somebodys_own(demo.config)
        for path, content in _contents(demo, last_day, seed).items():
            path.write_bytes(content)
    except OSError as error:
        raise UnwritableGraph(
            f"Cannot write into {folder}: {error.strerror or error}.",
            hint="name a folder that you may write into.",
        ) from error
    return demo


def _refuse_somebodys_own(config: Path) -> None:
    if config.exists() and not config.read_bytes().startswith(_MARK.encode()):
        raise UnwritableGraph(
            f"{config} is not the invented network's.",
            hint="name another folder; this one seems to hold your own settings.",
        )


def _same_people() -> tuple[tuple[str, str], ...]:
    names = [
        (f"journal:{person.nickname}", f"email:{person.address}")
        for person in CAST.values()
        if person.character == "friend"
    ]
    hidden = [
        (f"linkedin:{person.key}", f"email:{person.address}")
        for person in CAST.values()
        if person.linkedin_address == "" and person.character != "pitcher"
    ]
    return (*names, *hidden)


def _contents(demo: Demo, last_day: date, seed: int) -> dict[Path, bytes]:
    from roc.demo import calendar, crm, journal, linkedin, mail, x
    from roc.demo.packing import packed
    from roc.demo.world import world

    told = world(last_day, seed)
    return {
        demo.linkedin: packed(linkedin.files(told, last_day), last_day),
        demo.x: packed(x.files(told, last_day), last_day),
        demo.mail: mail.mbox(told),
        demo.calendar: calendar.ics(told, last_day),
        demo.journal: journal.lines(told, last_day).encode(),
        demo.deals: crm.deals(last_day, seed).encode(),
        demo.config: _config().encode(),
    }


def _config() -> str:
    """Settings that keep the invented network in a graph of its own, beside its exports."""
    accounts = [
        f"email:{OWNER.address}",
        f"email:{OWNER.linkedin_address}",
        f"linkedin:{OWNER.key}",
        f"x:{OWNER.x_id}",
    ]
    me = f"[me]\nname = {json.dumps(OWNER.name)}\naccounts = {json.dumps(accounts)}\n"
    return f'{_MARK}\n{me}\n[graph]\nfile = "me.graph"\n\n[report]\nfolder = "."\n'
