"""LinkedIn, as our own server plays it: messages of several pages, contacts and invitations."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.collectors.fake_linkedin import (
    ANA,
    BEN,
    CHIDI,
    PROFILE,
    TOKEN,
    FakeLinkedIn,
    connection,
    invitation,
    message,
)
from tests.live.world import World

PEOPLE = {"ana": ("Ana Lopez", ANA), "ben": ("Ben Osei", BEN), "chidi": ("Chidi Okafor", CHIDI)}
FILES = {"PROFILE": "Profile", "CONNECTIONS": "Connections", "INVITATIONS": "Invitations"}


def said(number: int, sender: str, to: str) -> dict[str, str]:
    """A message in March 2026; every third one has the text and the minute of the one before."""
    minute = number - (number % 3 == 2)
    at = f"2026-03-{1 + minute // 60 % 28:02} {8 + minute // 1680:02}:{minute % 60:02}:00 UTC"
    return message("c1", PEOPLE[sender], PEOPLE[to], at, f"a secret text {minute}")


def history() -> dict[str, list[dict[str, str]]]:
    """Rows by their domains."""
    talk = [said(number, *("ben", "ana")[:: 1 if number % 6 < 3 else -1]) for number in range(120)]
    return {
        "PROFILE": list(PROFILE),
        "INBOX": talk,
        "CONNECTIONS": [
            connection("Ben", "Osei", BEN, "05 Mar 2024", "ben@example.org"),
            connection("Chidi", "Okafor", CHIDI, "06 Mar 2024"),
        ],
        "INVITATIONS": [
            invitation(PEOPLE["chidi"], PEOPLE["ana"], "3/14/25, 2:37 PM", "INCOMING"),
            invitation(PEOPLE["ana"], PEOPLE["ben"], "3/12/25, 9:00 AM", "OUTGOING"),
        ],
    }


def archive(folder: Path) -> Path:
    """What Ana would download."""
    folder.mkdir()
    for domain, rows in history().items():
        _write(folder / f"{FILES.get(domain, 'messages')}.csv", rows)
    return folder


def _write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    with FakeLinkedIn() as server:
        server.most_requests = 20_000  # many runs lead through here
        server.page_size = 25
        server.rows = dict(history())

        def something_new() -> None:
            server.rows["INBOX"] = [*server.rows["INBOX"], said(500, "chidi", "ana")]
            server.changes.append(1_900_000_000_000)

        yield World(
            source="linkedin",
            environment={"ROC_LINKEDIN_TOKEN": TOKEN, "ROC_LINKEDIN_BASE": server.url},
            secrets=(TOKEN, "a secret text", "Shall we connect?"),
            line=server,
            something_new=something_new,
            export=archive(folder / "archive"),
            pages=("/memberSnapshotData",),
        )
