"""Beeper Desktop, as our own server plays it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.collectors.fake_beeper import ANA, BEN, CHIDI, OWN, TOKEN, FakeBeeper, message, person
from tests.live.world import World


@contextmanager
def opened(folder: Path) -> Iterator[World]:
    """Ana writes with Ben on one network, in three pages, and with Chidi on another."""
    with FakeBeeper() as server:
        ben, chidi = "whatsapp!ben", "signal!chidi"
        server.people = {
            ben: [person(ANA, "Ana López"), person(BEN, "Ben", phoneNumber="+491700000002")],
            chidi: [person(OWN["signal"], "Ana"), person(CHIDI, "Chidi")],
        }
        server.messages = {
            ben: [message(ben, n, ANA if n % 3 else BEN, marks=[BEN]) for n in range(50)],
            chidi: [message(chidi, n, CHIDI) for n in range(3)],
        }

        def something_new() -> None:
            server.messages[ben].append(message(ben, 99, BEN))

        yield World(
            source="beeper",
            environment={"ROC_BEEPER_TOKEN": TOKEN, "ROC_BEEPER_BASE": server.url},
            secrets=(TOKEN, "a word that nobody may keep", "A title that nobody may keep"),
            line=server,
            something_new=something_new,
            looks=2,
            pages=("/messages", "/v1/chats"),
        )
