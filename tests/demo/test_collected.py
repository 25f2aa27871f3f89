"""The invented network is read by the real collectors: its files are what real sources export."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.registry import collector, recognises, sources
from roc.demo import Demo, write
from roc.demo.cast import CAST, OWNER
from roc.graph.records import (
    Account,
    AccountSeen,
    DeclaredTie,
    Interaction,
    Kind,
    Nature,
    Problem,
    Record,
)

DAY = date(2026, 3, 8)
END_OF_DAY = datetime.combine(DAY, time.max, UTC)

Read = dict[str, list[Record]]


def records(path: Path) -> tuple[str, list[Record]]:
    with open_export(path) as export:
        (source,) = (name for name in sources() if recognises(name, export))
        return source, list(collector(source).collect(export, Options()))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return write(tmp_path_factory.mktemp("demo"), last_day=DAY)


@pytest.fixture(scope="module")
def read(demo: Demo) -> Read:
    return dict(records(path) for path in demo.exports)


def acts(read: Read, source: str, kind: Kind) -> list[Interaction]:
    return [
        record for record in read[source] if isinstance(record, Interaction) and record.kind is kind
    ]


def test_every_export_is_recognised_as_what_it_is(read: Read) -> None:
    assert list(read) == ["linkedin", "x", "email", "calendar", "journal", "crm"]


def test_the_only_problem_is_the_journals_day_that_does_not_exist(read: Read) -> None:
    problems = [
        (source, record.code)
        for source, found in read.items()
        for record in found
        if isinstance(record, Problem)
    ]
    assert problems == [("journal", "bad_date")]


def test_linkedin_and_x_say_whose_they_are(read: Read) -> None:
    owners = {
        record.account
        for found in read.values()
        for record in found
        if isinstance(record, AccountSeen) and record.owner
    }
    assert {Account("linkedin", OWNER.key), Account("x", OWNER.x_id)} <= owners


def test_linkedin_tells_which_address_is_whose(read: Read) -> None:
    same = {
        record.account.handle: record.same_as
        for record in read["linkedin"]
        if isinstance(record, AccountSeen) and record.same_as
    }
    assert same["ben-okafor"] == (Account("email", "ben@okafor.example"),)
    assert "sofia-marin" not in same, "she hides her address: only the owner can say who she is"
    assert len(same) > 20


def test_linkedin_has_a_tie_for_everybody_who_is_connected(read: Read) -> None:
    ties = {
        tie.other.handle if tie.account.handle == OWNER.key else tie.account.handle
        for tie in read["linkedin"]
        if isinstance(tie, DeclaredTie)
    }
    on_linkedin = {key for key, person in CAST.items() if person.linkedin_address is not None}
    assert ties == on_linkedin


def test_newsletters_and_notices_are_told_from_people(read: Read) -> None:
    natures = {
        record.account.handle: record.nature
        for record in read["email"]
        if isinstance(record, AccountSeen) and record.nature is not Nature.PERSON
    }
    assert natures["letter@brandletter.example"] is Nature.LIST
    assert natures["noreply@desks.example"] is Nature.BOT
    assert not {person.address for person in CAST.values()} & natures.keys()


def test_messages_on_x_go_both_ways_with_some_and_others_only_follow(read: Read) -> None:
    senders = {act.sender.handle for act in acts(read, "x", Kind.MESSAGE)}
    on_x = {person.x_id: person for person in CAST.values() if person.x_id}
    writers = {x_id for x_id, person in on_x.items() if person.character in {"poster", "friend"}}
    follow = {tie.account.handle for tie in read["x"] if isinstance(tie, DeclaredTie)}
    assert senders == {OWNER.x_id} | writers
    assert follow == {OWNER.x_id} | on_x.keys()


def test_who_declined_or_was_called_off_is_not_met(read: Read) -> None:
    met = {
        account.handle
        for act in acts(read, "calendar", Kind.MEETING)
        if act.at is not None and act.at <= END_OF_DAY
        for account in (act.sender, *act.recipients)
    }
    assert {"dara@duartelim.example", "henrik@sund.example", "rosa@harbour.example"} <= met
    assert "samuel@harbour.example" not in met
    assert not met & {
        person.address for person in CAST.values() if person.character == "acquaintance"
    }


def test_dinners_have_a_tag_and_a_cost(read: Read) -> None:
    dinners = [act for act in acts(read, "journal", Kind.MEETING) if act.tags and act.cost]
    assert len(dinners) >= 8
    assert {tag for act in dinners for tag in act.tags} >= {"q1", "harbour"}


def test_nothing_but_meetings_lies_after_the_last_day(read: Read) -> None:
    for found in read.values():
        for record in found:
            if isinstance(record, Interaction) and record.kind is not Kind.MEETING:
                assert record.at is not None
                assert record.at <= END_OF_DAY
