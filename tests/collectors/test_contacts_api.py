"""CardDAV: an address book is read as a whole, and only when it has changed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from roc.collectors.base import LiveSettings
from roc.collectors.contacts import api as contacts
from roc.errors import TwoOwners
from roc.graph.records import AccountSeen, Record
from tests.collectors.keeping import last_cursor
from tests.live.worlds.contacts import card
from tests.servers.radicale import PASSWORD, USER, Radicale, serving


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    with serving(tmp_path) as started:
        started.make_book("friends")
        yield started


def read(server: Radicale, cursor: dict[str, Any] | None = None) -> list[Record]:
    now = datetime(2026, 3, 20, tzinfo=UTC)
    client = contacts.connect(LiveSettings(token=PASSWORD, now=now, base_url=server.url, user=USER))
    return [
        record
        for stream in contacts.streams(client)
        for record in contacts.pull(client, stream, cursor or {})
    ]


def ties(records: list[Record]) -> list[str]:
    """Which accounts are one person's."""
    return [
        f"{seen.account.handle} = {same.handle}"
        for seen in records
        if isinstance(seen, AccountSeen)
        for same in seen.same_as
    ]


def test_a_telephone_that_turns_out_to_be_a_familys_ties_nobody_any_more(server: Radicale) -> None:
    ben = card("ben", "FN:Ben", "EMAIL:ben@example.org", "TEL:+49 170 1234567")
    server.put("friends/ben.vcf", ben)
    first = read(server)
    assert ties(first) == ["ben@example.org = +491701234567"]
    cursor = dict(last_cursor(first))
    assert read(server, cursor) == []
    dara = card("dara", "FN:Dara", "EMAIL:dara@example.org", "TEL:+49 170 1234567")
    server.put("friends/dara.vcf", dara)
    assert ties(read(server, cursor)) == []


def test_somebody_elses_cursor_is_refused(server: Radicale) -> None:
    with pytest.raises(TwoOwners):
        read(server, {"owner": "ben"})
