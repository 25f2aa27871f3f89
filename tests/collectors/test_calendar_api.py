"""CalDAV: where calendars are found, what is asked for again, and what servers do otherwise."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roc.collectors.base import LiveSettings
from roc.collectors.calendar import api as calendars
from roc.collectors.http import NotUnderstood
from roc.errors import ConfigError, PermissionMissing, SignInFailed, SourceUnavailable, TwoOwners
from roc.graph.records import Account, AccountSeen, Checkpoint, Problem, Record
from tests.collectors.fake_dav import CALENDAR, FakeDav
from tests.collectors.keeping import kept, last_cursor
from tests.collectors.loopback import Answer, Loopback
from tests.collectors.reading import acts
from tests.live.worlds.calendar import calendar, event

NOW = datetime(2026, 3, 20, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[FakeDav]:
    with FakeDav() as playing:
        yield playing


def read(
    server: Loopback, cursor: dict[str, Any] | None = None, *, now: datetime = NOW, path: str = ""
) -> list[Record]:
    settings = LiveSettings(token="secret", now=now, base_url=server.url + path, user="ana")
    client = calendars.connect(settings)
    return [
        record
        for stream in calendars.streams(client)
        for record in calendars.pull(client, stream, cursor or {})
    ]


def fill(server: FakeDav, *numbers: int) -> None:
    for number in numbers:
        server.put(f"m{number:03}.ics", calendar(event(f"m{number}", number)))


def ids(records: list[Record]) -> list[str]:
    return [act.external_id for act in acts(records)]


def problems(records: list[Record]) -> list[str]:
    return [each.code for each in records if isinstance(each, Problem)]


def multigets(server: Loopback) -> int:
    return sum(b"multiget" in asked.body for asked in server.asked)


@pytest.mark.parametrize("path", ["", "/", "/dav", "/dav/principals/ana/"])
def test_calendars_are_found_from_any_address_that_people_are_told(
    server: FakeDav, path: str
) -> None:
    fill(server, 1)
    assert ids(read(server, path=path)) == ["m1"]


@pytest.mark.parametrize("front", [Answer(404), Answer(403), Answer(302), Answer(200, b"<html>")])
def test_a_page_for_people_at_the_front_hides_nothing(server: FakeDav, front: Answer) -> None:
    server.front = front
    fill(server, 1)
    assert ids(read(server)) == ["m1"]


def test_the_owners_addresses_are_those_of_the_server(server: FakeDav) -> None:
    fill(server, 1)
    owner = AccountSeen(Account("email", "ana@example.org"), owner=True)
    assert [each for each in read(server) if isinstance(each, AccountSeen) and each.owner] == [
        owner
    ]


@pytest.mark.parametrize("elsewhere", ["https://else.example/dav/", "http://127.0.0.1:9/dav/"])
def test_the_password_follows_to_no_other_host(server: FakeDav, elsewhere: str) -> None:
    server.well_known = Answer(301, headers={"Location": elsewhere})
    with pytest.raises(SourceUnavailable, match="another host"):
        read(server)
    server.well_known, server.home = Answer(301, headers={"Location": "/dav/"}), elsewhere
    with pytest.raises(SourceUnavailable, match="another host"):
        read(server)


@pytest.mark.parametrize(
    "hostile",
    [
        b"<html>log in</html>",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><multistatus xmlns="DAV:"/>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><a/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="x-none"?><a/>',
        b'<D:multistatus xmlns:D="DAV:"><D:response>',
        b"\0",
        b"",
    ],
)
def test_what_is_no_answer_is_not_read(server: FakeDav, hostile: bytes) -> None:
    fill(server, 1)
    server.fail(CALENDAR, Answer(207, hostile))
    with pytest.raises(SourceUnavailable, match="something else"):
        read(server)


def test_a_host_without_calendars_says_so(server: FakeDav) -> None:
    server.well_known = Answer(404)
    with pytest.raises(SourceUnavailable, match="no collections"):
        read(server)


def test_a_wrong_password_is_told(server: FakeDav) -> None:
    server.front = Answer(401)
    with pytest.raises(SignInFailed, match="401"):
        read(server)


@pytest.mark.parametrize(("user", "address"), [("", "https://dav.example.org"), ("ana", "")])
def test_somebody_at_some_place_is_to_be_named(user: str, address: str) -> None:
    settings = LiveSettings(token="secret", now=NOW, base_url=address, user=user)
    with pytest.raises(ConfigError, match="not told"):
        calendars.connect(settings)


@pytest.mark.parametrize("knows_sync", [True, False])
def test_only_what_is_new_is_asked_for(server: FakeDav, knows_sync: bool) -> None:
    server.knows_sync = knows_sync
    fill(server, *range(60))
    first = read(server)
    assert len(acts(first)) == 60
    asked = len(server.asked)
    assert acts(read(server, dict(last_cursor(first)))) == []
    assert len(server.asked) - asked == (5 if knows_sync else 6)  # five to find it
    fill(server, 99)
    again = ids(read(server, dict(last_cursor(first))))
    assert "m99" in again
    assert len(again) == (1 if knows_sync else 61)


def test_what_comes_in_pieces_is_put_together(server: FakeDav) -> None:
    server.piece = 7
    fill(server, *range(60))
    assert len(set(ids(read(server)))) == 60


def test_where_a_state_is_forgotten_all_is_read_again(server: FakeDav) -> None:
    fill(server, 1, 2)
    cursor = dict(last_cursor(read(server)))
    fill(server, 3)
    server.oldest_state = 3
    assert len(ids(read(server, cursor))) == 3


def test_a_server_that_refuses_to_tell_changes_at_all_is_no_empty_one(server: FakeDav) -> None:
    fill(server, 1)
    server.fail(CALENDAR, Answer(403))
    with pytest.raises(PermissionMissing):
        read(server)
    server.fail(CALENDAR, Answer(400))
    with pytest.raises(NotUnderstood):
        read(server)


def test_a_run_cut_short_goes_on_behind_what_was_kept(server: FakeDav) -> None:
    fill(server, *range(120))
    server.fail(CALENDAR, Answer(cut=True, body=b"half"), at=4)
    settings = LiveSettings(token="secret", now=NOW, base_url=server.url, user="ana")
    client = calendars.connect(settings)
    (stream,) = calendars.streams(client)
    safe, _ = kept(calendars.pull(client, stream, {}))
    assert len(acts(safe)) == 100
    fill(server, 5, 300)  # one behind the place where it goes on, one changed before it
    asked = multigets(server)
    rest = read(server, dict(last_cursor(safe)))
    assert {*ids(safe), *ids(rest)} == {f"m{number}" for number in (*range(120), 300)}
    assert "m5" in ids(rest)
    assert multigets(server) - asked == 2


def test_what_is_gone_meanwhile_is_passed_over_and_what_is_kept_back_is_told(
    server: FakeDav,
) -> None:
    fill(server, 1, 2, 3)
    del server.entries[CALENDAR + "m002.ics"]
    server.not_given = {CALENDAR + "m003.ics"}
    read_ = read(server)
    assert ids(read_) == ["m1"]
    assert problems(read_) == ["not_given"]


def test_an_entry_that_cannot_be_read_stops_no_other(server: FakeDav) -> None:
    server.put("a.ics", calendar(event("a", 1, start="DTSTART:never")))
    server.put("b.ics", "\0 no calendar at all")
    fill(server, 1)
    read_ = read(server)
    assert ids(read_) == ["m1"]
    assert problems(read_) == ["bad_date"]


def test_a_moved_meeting_is_the_same_one(server: FakeDav) -> None:
    fill(server, 1)
    first = read(server)
    server.put("m001.ics", calendar(event("m1", 1, "SEQUENCE:1", start="DTSTART:20260325T100000Z")))
    (before,), (after,) = acts(first), acts(read(server, dict(last_cursor(first))))
    assert before.external_id == after.external_id
    assert (after.at, after.revision > before.revision) == (
        datetime(2026, 3, 25, 10, tzinfo=UTC),
        True,
    )


def test_an_endless_series_goes_on_for_a_year_and_is_carried_on_in_time(server: FakeDav) -> None:
    weekly = event("w", 0, "RRULE:FREQ=WEEKLY", start="DTSTART:20260106T090000Z")
    server.put("w.ics", calendar(weekly))
    first = read(server)
    cursor = dict(last_cursor(first))
    assert _last(first) > NOW + timedelta(days=359)
    assert acts(read(server, cursor, now=NOW + timedelta(days=100))) == []
    later = NOW + timedelta(days=200)
    assert _last(read(server, cursor, now=later)) > later + timedelta(days=359)


def _last(records: list[Record]) -> datetime:
    return max(act.at for act in acts(records) if act.at and act.recipients)


def test_somebody_elses_cursor_is_refused(server: FakeDav) -> None:
    fill(server, 1)
    with pytest.raises(TwoOwners):
        read(server, {"owner": "ben"})


@pytest.mark.parametrize("cursor", [{"token": 5}, {"until": None}, {"done": [], "coming": {}}])
def test_a_damaged_cursor_is_none(server: FakeDav, cursor: dict[str, Any]) -> None:
    fill(server, 1)
    read_ = read(server, cursor)
    assert ids(read_) == ["m1"]
    assert isinstance(read_[-1], Checkpoint)
