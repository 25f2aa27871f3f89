"""LinkedIn's snapshot API, played by a server on this machine."""

import csv
import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from roc.collectors.base import LiveSettings
from roc.collectors.linkedin import api as linkedin
from roc.errors import (
    CollectError,
    PermissionMissing,
    RateLimited,
    SignInFailed,
    SourceUnavailable,
)
from roc.graph.records import (
    Account,
    AccountSeen,
    Checkpoint,
    DeclaredTie,
    Interaction,
    Kind,
    Problem,
    Record,
)
from tests.collectors import fake_linkedin
from tests.collectors.fake_linkedin import (
    TOKEN,
    FakeLinkedIn,
    connection,
    invitation,
    message,
)
from tests.collectors.keeping import kept, last_cursor
from tests.collectors.loopback import Answer, Loopback
from tests.collectors.reading import read

NOW = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
PATH = "/rest/memberSnapshotData"
ANA = ("Ana Lopez", fake_linkedin.ANA)
BEN = ("Ben Osei", fake_linkedin.BEN)
CHIDI = ("Chidi Okafor", fake_linkedin.CHIDI)


@pytest.fixture
def town() -> Iterator[FakeLinkedIn]:
    with FakeLinkedIn() as server:
        server.rows["CONNECTIONS"] = [
            connection("Ben", "Osei", fake_linkedin.BEN, "05 Mar 2024", "ben@example.org"),
            connection("Chidi", "Okafor", fake_linkedin.CHIDI, "06 Mar 2024"),
            connection("", "", "", "07 Mar 2024"),
        ]
        server.rows["INBOX"] = [
            message("c1", BEN, ANA, "2026-03-01 08:00:00 UTC", "Coffee?"),
            message("c1", ANA, BEN, "2026-03-01 08:05:00 UTC", "Yes!"),
            message("c1", ANA, BEN, "2026-03-01 08:05:00 UTC", "Yes!"),
            message("c1", BEN, ANA, "2026-03-01 08:06:00 UTC", "At ten?"),
            message("c2", CHIDI, ANA, "2026-03-02 09:00:00 UTC", "Good morning"),
        ]
        server.rows["INVITATIONS"] = [invitation(CHIDI, ANA, "3/14/25, 2:37 PM", "INCOMING")]
        yield server


def settings(server: Loopback, **given: Any) -> LiveSettings:
    return LiveSettings(**{"token": TOKEN, "now": NOW, "base_url": server.url, **given})


def pulled(
    server: Loopback, stream: str, cursor: Mapping[str, Any] | None = None, **given: Any
) -> list[Record]:
    client = linkedin.connect(settings(server, **given))
    return list(linkedin.pull(client, stream, cursor or {}))


def facts(records: list[Record]) -> list[Record]:
    return [record for record in records if isinstance(record, Interaction | DeclaredTie)]


def failed(server: Loopback, stream: str, **given: Any) -> tuple[list[Record], CollectError]:
    return kept(linkedin.pull(linkedin.connect(settings(server, **given)), stream, {}))


def starts(server: Loopback, domain: str) -> list[str]:
    return [asked.query["start"] for asked in server.asked if asked.query.get("domain") == domain]


def test_nothing_is_asked_before_something_is_read(town: FakeLinkedIn) -> None:
    linkedin.connect(settings(town))
    assert town.asked == []


def test_connections_are_ties_of_the_owner_since_a_day(town: FakeLinkedIn) -> None:
    records = pulled(town, "connections")
    ties = [record for record in records if isinstance(record, DeclaredTie)]
    assert [(str(tie.account), str(tie.other), str(tie.since)) for tie in ties] == [
        ("linkedin:ana-lopez", "linkedin:ben-osei", "2024-03-05"),
        ("linkedin:ana-lopez", "linkedin:chidi-okafor", "2024-03-06"),
    ]
    addresses = {
        record.account.handle: record.same_as
        for record in records
        if isinstance(record, AccountSeen) and record.same_as
    }
    assert addresses == {"ben-osei": (Account("email", "ben@example.org"),)}


def test_messages_go_both_ways_and_an_exact_repeat_is_an_act_of_its_own(
    town: FakeLinkedIn,
) -> None:
    acts = [record for record in pulled(town, "inbox") if isinstance(record, Interaction)]
    assert [act.sender.handle for act in acts] == [
        "ben-osei",
        "ana-lopez",
        "ana-lopez",
        "ben-osei",
        "chidi-okafor",
    ]
    assert {act.kind for act in acts} == {Kind.MESSAGE}
    assert len({act.external_id for act in acts}) == 5


def test_the_export_and_the_api_make_the_same_facts(town: FakeLinkedIn, tmp_path: Path) -> None:
    files = {"CONNECTIONS": "Connections", "INBOX": "messages", "INVITATIONS": "Invitations"}
    for domain, name in files.items():
        write_csv(tmp_path / f"{name}.csv", town.rows[domain])
    write_csv(tmp_path / "Profile.csv", [{**fake_linkedin.PROFILE[0], "Maiden Name": ""}])
    exported = facts(read("linkedin", tmp_path))
    from_api = [fact for domain in files for fact in facts(pulled(town, domain.lower()))]
    assert sorted(exported, key=repr) == sorted(from_api, key=repr)


def write_csv(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_the_owner_comes_first_in_every_stream(town: FakeLinkedIn) -> None:
    for stream in linkedin.STREAMS:
        owner = pulled(town, stream)[0]
        assert isinstance(owner, AccountSeen)
        assert (str(owner.account), owner.owner) == ("linkedin:ana-lopez", True)


def test_the_owner_is_found_in_messages_where_nobody_was_invited(town: FakeLinkedIn) -> None:
    town.rows["INVITATIONS"] = []
    owner = pulled(town, "connections")[0]
    assert isinstance(owner, AccountSeen)
    assert str(owner.account) == "linkedin:ana-lopez"


def test_reading_goes_on_until_linkedin_says_that_there_is_no_more(town: FakeLinkedIn) -> None:
    records = pulled(town, "inbox")
    assert starts(town, "INBOX") == ["0", "1", "2", "3"]
    assert len(facts(records)) == 5
    assert last_cursor(records)["done"] == NOW.isoformat()


def test_a_first_page_is_asked_for_once_in_a_run(town: FakeLinkedIn) -> None:
    town.page_size = 100
    client = linkedin.connect(settings(town))
    for stream in linkedin.STREAMS:
        list(linkedin.pull(client, stream, {}))
    assert starts(town, "INVITATIONS") == ["0", "1"]
    assert starts(town, "PROFILE").count("0") == 1


LATER = NOW + timedelta(hours=5)
NEXT_WEEK = NOW + timedelta(days=7)


def ms(moment: datetime) -> int:
    return int(moment.timestamp()) * 1000


def test_a_second_run_reads_nothing_where_the_log_tells_of_no_change(town: FakeLinkedIn) -> None:
    town.changes = [ms(NOW - timedelta(days=1, minutes=number)) for number in range(120)]
    cursor = last_cursor(pulled(town, "inbox"))
    assert cursor["change"] == max(town.changes)
    town.asked.clear()
    assert pulled(town, "inbox", cursor, now=LATER) == []
    assert [asked.path for asked in town.asked] == ["/rest/memberChangeLogs"]


def test_a_second_run_reads_it_all_where_something_has_changed(town: FakeLinkedIn) -> None:
    first = pulled(town, "inbox")
    town.changes = [ms(NOW + timedelta(minutes=1))]
    again = pulled(town, "inbox", last_cursor(first), now=LATER)
    assert facts(again) == facts(first)
    assert last_cursor(again)["change"] == town.changes[0]


def test_a_log_without_a_change_is_believed_for_a_day(town: FakeLinkedIn) -> None:
    """It may not tell what others do."""
    first = pulled(town, "inbox")
    assert facts(pulled(town, "inbox", last_cursor(first), now=NEXT_WEEK)) == facts(first)


def test_where_linkedin_keeps_no_log_all_is_read(town: FakeLinkedIn) -> None:
    town.has_log = False
    first = pulled(town, "inbox")
    assert "change" not in last_cursor(first)
    assert facts(pulled(town, "inbox", last_cursor(first), now=LATER)) == facts(first)


def test_what_is_not_built_yet_is_asked_for_again(town: FakeLinkedIn) -> None:
    built, town.rows["CONNECTIONS"] = town.rows["CONNECTIONS"], []
    cursor = last_cursor(pulled(town, "connections"))
    town.rows["CONNECTIONS"] = built
    assert len(facts(pulled(town, "connections", cursor, now=LATER))) == 2


def test_linkedin_is_asked_to_keep_a_log_once(town: FakeLinkedIn) -> None:
    client = linkedin.connect(settings(town))
    first = [list(linkedin.pull(client, stream, {})) for stream in linkedin.STREAMS]
    pulled(town, "inbox", last_cursor(first[0]), now=LATER)
    assert town.count("/memberAuthorizations") == 1


@pytest.mark.parametrize(("days", "warned"), [(20, False), (22, True)])
def test_who_comes_back_after_three_weeks_is_warned(
    town: FakeLinkedIn, days: int, warned: bool
) -> None:
    cursor = last_cursor(pulled(town, "inbox"))
    again = pulled(town, "inbox", cursor, now=NOW + timedelta(days=days))
    problems = [record.code for record in again if isinstance(record, Problem)]
    assert problems == (["long_ago"] if warned else [])


def test_a_token_that_ends_in_mid_run_is_told(town: FakeLinkedIn) -> None:
    client = linkedin.connect(settings(town))
    list(linkedin.pull(client, "connections", {}))
    town.expired = True
    _, error = kept(linkedin.pull(client, "inbox", {}))
    assert isinstance(error, SignInFailed)


def test_a_run_cut_between_pages_and_resumed_reads_what_one_run_reads(
    town: FakeLinkedIn,
) -> None:
    whole = facts(pulled(town, "inbox"))
    asked_before = 4  # profile and invitations, which tell the owner, and two pages of messages
    town.fail(PATH, Answer(body={"elements": []}, cut=True), at=asked_before + 1)
    safe, error = failed(town, "inbox")
    assert isinstance(error, SourceUnavailable)
    assert facts(safe) == whole[:4]
    town.asked.clear()
    rest = pulled(town, "inbox", last_cursor(safe))
    assert starts(town, "INBOX") == ["1", "2", "3", "0"]  # the first once more, for its names
    assert list(dict.fromkeys(facts(safe) + facts(rest))) == whole


def test_a_name_without_a_profile_is_tied_by_a_run_that_goes_on_too(town: FakeLinkedIn) -> None:
    """It looks once more at the pages before, where somebody else may bear the name."""
    nameless = message("c3", ("Chidi Okafor", ""), ANA, "2026-03-03 09:00:00 UTC", "Me again")
    town.rows["INBOX"] = [*town.rows["INBOX"], nameless]
    tied = AccountSeen(
        Account("linkedin", "name:chidi okafor"), same_as=(Account("linkedin", "chidi-okafor"),)
    )
    assert tied in pulled(town, "inbox")
    gone_on = {"began": NOW.isoformat(), "start": 2}
    assert tied in pulled(town, "inbox", gone_on)
    namesake = message(
        "c4", ("Chidi Okafor", f"{fake_linkedin.CHIDI}-2"), ANA, "2026-02-01 09:00:00 UTC", "Hi"
    )
    town.rows["INBOX"] = [namesake, *town.rows["INBOX"]]
    assert tied not in pulled(town, "inbox")
    assert tied not in pulled(town, "inbox", gone_on)


def test_a_message_repeated_across_the_cut_is_still_an_act_of_its_own(
    town: FakeLinkedIn,
) -> None:
    whole = facts(pulled(town, "inbox"))
    town.fail(PATH, Answer(500), at=4)
    safe, _ = failed(town, "inbox")
    rest = pulled(town, "inbox", last_cursor(safe))
    assert list(dict.fromkeys(facts(safe) + facts(rest))) == whole


def test_a_snapshot_of_yesterday_is_read_from_its_first_page(town: FakeLinkedIn) -> None:
    stale = {"began": (NOW - timedelta(days=2)).isoformat(), "start": 2}
    assert len(facts(pulled(town, "inbox", stale))) == 5


@pytest.mark.parametrize(
    ("answer", "kind", "says"),
    [
        (Answer(401), SignInFailed, "roc connect linkedin"),
        (
            Answer(403, {"serviceErrorCode": 100, "message": "Ana", "status": 403}),
            PermissionMissing,
            "r_dma_portability_self_serve",
        ),
        (Answer(429, headers={"Retry-After": "3600"}), RateLimited, "goes on"),
        (Answer(429), RateLimited, "goes on"),
        (Answer(500), SourceUnavailable, "later"),
        (Answer(body=b"<html>"), SourceUnavailable, "later"),
        (Answer(404, b"gone"), SourceUnavailable, "later"),
        (Answer(404, {"message": "Resource does not exist"}), CollectError, "newer roc"),
        (Answer(426, {"message": "NONEXISTENT_VERSION"}), CollectError, "newer roc"),
    ],
)
def test_each_refusal_is_told_as_what_it_is(
    town: FakeLinkedIn, answer: Answer, kind: type[CollectError], says: str
) -> None:
    town.fail(PATH, answer)
    _, error = failed(town, "connections")
    assert isinstance(error, kind)
    assert says in error.hint
    assert "Ana" not in error.message


def test_a_member_outside_europe_is_told_to_use_the_archive(town: FakeLinkedIn) -> None:
    town.in_europe = False
    _, error = failed(town, "connections")
    assert isinstance(error, PermissionMissing)
    assert "elsewhere use the archive" in error.hint


def test_a_source_that_stays_silent_is_given_up(town: FakeLinkedIn) -> None:
    town.fail(PATH, Answer(silent=True))
    _, error = failed(town, "connections", timeout_seconds=0.2)
    assert "does not answer in time" in error.message


def test_the_token_does_not_follow_a_redirect(town: FakeLinkedIn) -> None:
    with Loopback() as elsewhere:
        town.fail(PATH, Answer(302, headers={"Location": elsewhere.url + "/x"}))
        _, error = failed(town, "connections")
        assert "sends its visitors elsewhere" in error.message
        for asked in elsewhere.asked:
            assert TOKEN not in f"{asked.headers} {asked.path} {asked.query}"


def test_a_domain_that_is_not_built_yet_is_a_problem_that_says_so(town: FakeLinkedIn) -> None:
    town.rows["CONNECTIONS"] = []
    problems = [record for record in pulled(town, "connections") if isinstance(record, Problem)]
    assert [(problem.where, problem.code) for problem in problems] == [
        ("connections, page 1", "no_data_yet")
    ]


def test_nobody_has_to_have_recommendations(town: FakeLinkedIn) -> None:
    records = pulled(town, "recommendations")
    assert [type(record) for record in records] == [AccountSeen, Checkpoint]


def test_endorsements_go_the_way_their_columns_tell(town: FakeLinkedIn) -> None:
    received = {
        "Endorsement Date": "2023/03/01 19:52:23 UTC",
        "Skill Name": "Gardening",
        "Endorser First Name": "Ben",
        "Endorser Last Name": "Osei",
        "Endorser Public Url": "www.linkedin.com/in/ben-osei",
        "Endorsement Status": "ACCEPTED",
    }
    given = {header.replace("Endorser", "Endorsee"): cell for header, cell in received.items()}
    town.rows["ENDORSEMENTS"] = [received, given]
    acts = [record for record in pulled(town, "endorsements") if isinstance(record, Interaction)]
    assert [(act.sender.handle, act.recipients[0].handle) for act in acts] == [
        ("ben-osei", "ana-lopez"),
        ("ana-lopez", "ben-osei"),
    ]


def test_recommendations_of_no_told_direction_are_problems(town: FakeLinkedIn) -> None:
    town.rows["RECOMMENDATIONS"] = [
        {
            "First Name": "Ben",
            "Last Name": "Osei",
            "Text": "Splendid",
            "Creation Date": "01/24/18, 03:00 PM",
            "Status": "VISIBLE",
        }
    ]
    records = pulled(town, "recommendations")
    assert [record.code for record in records if isinstance(record, Problem)] == ["no_direction"]
    assert "Splendid" not in repr(records)


def test_odd_rows_are_problems_and_the_rest_is_read(town: FakeLinkedIn) -> None:
    town.page_size = 100
    good = connection("Ben", "Osei", fake_linkedin.BEN, "05 Mar 2024")
    town.rows["CONNECTIONS"] = [good, "a line", {**good, "Connected On": 7, "Position": None}]
    problems = [record for record in pulled(town, "connections") if isinstance(record, Problem)]
    assert [(problem.where, problem.code) for problem in problems] == [
        ("connections, page 1, item 2", "unknown_shape"),
        ("connections, page 1, item 3", "bad_date"),
    ]


def test_columns_that_nobody_knows_are_told(town: FakeLinkedIn) -> None:
    town.rows["CONNECTIONS"] = [{"Prénom": "Ben", "Nom": "Osei"}]
    problems = [record for record in pulled(town, "connections") if isinstance(record, Problem)]
    assert [problem.code for problem in problems] == ["unknown_columns"]


@pytest.mark.parametrize(
    "hostile",
    [
        {"elements": "x", "paging": 3},
        {"elements": [7, {"snapshotData": {}}, {"snapshotData": None}], "paging": {"links": [1]}},
        {"elements": {"snapshotData": []}, "paging": {"links": {"rel": "next"}}},
    ],
)
def test_answers_of_odd_shape_break_nothing(town: FakeLinkedIn, hostile: dict[str, Any]) -> None:
    for at in (1, 2, 3, 4):
        town.fail(PATH, Answer(body=hostile), at=at)
    assert facts(pulled(town, "connections")) == []


def test_pages_that_never_end_are_told_and_left(town: FakeLinkedIn) -> None:
    page = Answer(
        body={
            "elements": [{"snapshotData": [town.rows["CONNECTIONS"][0]]}],
            "paging": {"links": [{"rel": "next"}]},
        }
    )
    for at in range(3, 40):
        town.fail(PATH, page, at=at)
    records = pulled(town, "connections")
    assert [record.code for record in records if isinstance(record, Problem)] == ["endless_pages"]
    assert len(starts(town, "CONNECTIONS")) == 2
    assert len(facts(records)) == 1


def test_neither_token_nor_texts_are_in_addresses_logs_reprs_or_errors(
    town: FakeLinkedIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client = linkedin.connect(settings(town))
    list(linkedin.pull(client, "inbox", {}))
    town.fail(PATH, Answer(body={"a": "Coffee?"}, cut=True))
    _, error = failed(town, "inbox")
    told = caplog.text + repr(client) + repr(last_cursor(pulled(town, "inbox")))
    seen: BaseException | None = error
    while seen is not None:
        told += f"{seen!r} {seen}"
        seen = seen.__context__
    assert TOKEN not in told
    assert "Coffee" not in told
    assert all(TOKEN not in f"{asked.path} {asked.query}" for asked in town.asked)
