"""What is peculiar to Hangouts: one file in two ages, telephones, calls."""

import json
from functools import partial
from pathlib import Path

import pytest

from roc.collectors import hangouts
from roc.collectors.archive import open_export
from roc.collectors.base import Options
from roc.collectors.hangouts import collect
from roc.errors import BrokenExport
from roc.graph.records import Interaction, Kind, Problem, Record
from tests.collectors import reading
from tests.collectors.failing import damaged_copies, read_until_it_fails
from tests.collectors.reading import acts

read = partial(reading.read, "hangouts")
recognised = partial(reading.recognised, "hangouts")
SAMPLES = Path(__file__).parent / "hangouts"


def person(number: str) -> dict[str, str]:
    return {"gaia_id": number, "chat_id": number}


def told(tmp_path: Path, event: object, members: int = 2) -> list[Record]:
    """What is read of one event beside four that are in order."""
    everyone = [{"id": person(f"{number}")} for number in range(1, members + 1)]
    head = {"id": {"id": "c"}, "participant_data": everyone}
    good = [
        message(timestamp=f"155955600000000{number}", event_id=f"{number}") for number in "5678"
    ]
    events = [*good, event]
    chat = {"conversation": {"conversation_id": head["id"], "conversation": head}, "events": events}
    path = tmp_path / "Hangouts.json"
    path.write_text(json.dumps({"conversations": [chat]}))
    found = read(path)
    return found[len(acts(found[:4])) :]


def message(**changed: object) -> dict[str, object]:
    usual = {"conversation_id": {"id": "c"}, "sender_id": person("1"), "chat_message": {}}
    return {**usual, "timestamp": "1559556000000000", "event_id": "0", **changed}


def test_an_act_has_one_id_in_both_ages_of_the_file() -> None:
    old, new = acts(read(SAMPLES / "2014")), acts(read(SAMPLES / "2020"))
    assert len(old) == 2
    assert set(old) <= set(new)


def test_a_call_begins_its_length_before_it_ends_and_only_where_somebody_answered(
    tmp_path: Path,
) -> None:
    call = {"event_type": "END_HANGOUT", "participant_id": [person("1"), person("2")]}
    (held,) = told(tmp_path, message(hangout_event={**call, "hangout_duration_secs": "60"}))
    assert isinstance(held, Interaction)
    assert (held.kind, str(held.at)) == (Kind.CALL, "2019-06-03 09:59:00+00:00")
    for seconds in ("0", "-1", "²", "9" * 5000, None, [60]):
        assert (
            told(tmp_path, message(hangout_event={**call, "hangout_duration_secs": seconds})) == []
        )


def test_in_a_large_chat_nobody_is_reached_by_merely_being_there(tmp_path: Path) -> None:
    assert told(tmp_path, message(), members=200) == []


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (None, "no_chat"),
        ([], "no_chat"),
        (message(conversation_id="c"), "no_chat"),
        (message(sender_id={"gaia_id": ["1"]}), "no_sender"),
        (message(sender_id=person("a b")), "no_sender"),
        (message(timestamp={}), "bad_date"),
        (message(timestamp="9" * 5000), "bad_date"),
        (message(timestamp="-1"), "bad_date"),
    ],
)
def test_an_event_of_any_shape_is_a_problem_and_no_crash(
    tmp_path: Path, event: object, code: str
) -> None:
    (problem,) = told(tmp_path, event)
    assert isinstance(problem, Problem)
    assert (problem.where, problem.code) == ("Hangouts.json, event 5", code)


def test_an_act_without_an_id_has_one_of_our_making(tmp_path: Path) -> None:
    first = told(tmp_path, message(event_id=None))
    again = told(tmp_path, message(event_id=None, event_version="7"))
    other = told(tmp_path, message(event_id=None, timestamp="1559556000000001"))
    assert first == again != other


def test_more_chats_than_anybody_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hangouts, "_MOST_CHATS", 1)
    heads = [{"conversation_id": {"id": name}} for name in "ab"]
    chats = [{"conversation": {"conversation": head}} for head in heads]
    path = tmp_path / "Hangouts.json"
    path.write_text(json.dumps({"conversations": chats}))
    with pytest.raises(BrokenExport, match="more conversations"):
        read(path)


def test_other_json_is_not_taken_for_it(tmp_path: Path) -> None:
    for number, content in enumerate(('{"conversations": []}', '{"messages": []}', "[]", "")):
        path = tmp_path / f"hangouts{number}.json"
        path.write_text(content)
        assert not recognised(path)


def test_no_damage_brings_anything_but_records_and_a_broken_export(tmp_path: Path) -> None:
    for copy in damaged_copies(SAMPLES / "2020", tmp_path, count=40):
        with open_export(copy) as export:
            records, failure = read_until_it_fails(collect(export, Options()))
        assert failure or records
