"""What is read of an event's lines at a glance is what the library makes of them."""

import pytest

from roc.collectors.formats import ical_values
from roc.collectors.formats.ical_values import Party, values
from roc.collectors.formats.tolerance import Unusable


@pytest.mark.parametrize(
    "line",
    [
        b"DTSTART:20260105T100000Z",
        b"DTSTART:20260105T100000",
        b"DTSTART;TZID=Europe/Berlin:20260329T023000",
        b"DTSTART;TZID=America/New_York:20261101T013000",
        b"DTSTART;TZID=Nowhere:20260105T100000",
        b"RECURRENCE-ID:20260105T100000Z",
    ],
)
def test_a_plain_moment_is_the_librarys(line: bytes) -> None:
    plain = ical_values._plain(line)
    [(name, librarys)] = ical_values._parsed([line])
    assert plain is not None
    assert (plain[0], plain[1].dt) == (name, librarys.dt)
    assert plain[1].dt.tzinfo == librarys.dt.tzinfo
    assert plain[1].params.get("TZID") == librarys.params.get("TZID")


@pytest.mark.parametrize("line", [b"UID:a-1@example.org", b'UID: a "b"; c:d,e ', b"UID:A^nb"])
def test_a_plain_id_is_the_librarys(line: bytes) -> None:
    [(name, librarys)] = ical_values._parsed([line])
    assert ical_values._plain(line) == (name, str(librarys))


@pytest.mark.parametrize(
    "line",
    [
        b"DTSTART;VALUE=DATE:20260105",
        b"DTSTART:20260105T100060Z",
        b"DTSTART:20261305T100000Z",
        b"DTSTART;TZID=Europe/Berlin:20260105T100000Z",
        b"DTSTART;TZID=W. Europe Standard Time:20260105T100000",
        rb"UID:a\,b",
        "UID:ü".encode(),
    ],
)
def test_whatever_is_less_plain_is_left_to_the_library(line: bytes) -> None:
    assert ical_values._plain(line) is None


@pytest.mark.parametrize("second", [b"ATTENDEE:mailto:" + b"b" * 600, b"ATTENDEE :mailto:b@b.org"])
def test_people_stay_in_the_files_order_however_their_lines_are_written(second: bytes) -> None:
    lines = [second, b"ATTENDEE:mailto:ana@example.org", b"attendee:mailto:chidi@example.org"]
    together = [value for name, value in ical_values._parsed(lines) if name == "ATTENDEE"]
    assert values(lines)["ATTENDEE"] == together


def test_people_are_parties_and_what_is_broken_is_left_out() -> None:
    told = values([b"ATTENDEE;CN=Ana:MAILTO:Ana@Example.org", b"SEQUENCE:often", b"STATUS:X"])
    assert told["ATTENDEE"] == [Party("ana@example.org", "Ana")]
    assert "SEQUENCE" not in told


def test_a_line_without_any_sense_costs_its_event(monkeypatch: pytest.MonkeyPatch) -> None:
    def trips(text: str) -> None:
        raise IndexError

    monkeypatch.setattr("icalendar.Event.from_ical", trips)
    with pytest.raises(Unusable):
        values([b"ATTENDEE:mailto:never-seen-before@example.org"])
