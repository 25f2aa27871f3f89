"""JSON files walked from the outside in."""

import tracemalloc
from io import StringIO

import pytest

from roc.collectors.formats import json_walk
from roc.collectors.formats.json_walk import Walk
from roc.errors import BrokenExport


class Drops:
    """A text that comes a few characters at a time."""

    def __init__(self, text: str, size: int) -> None:
        self._text = StringIO(text)
        self._size = size

    def read(self, count: int, /) -> str:
        return self._text.read(min(self._size, count))


class Endless:
    """A text that begins, and goes on with the same for so many times."""

    def __init__(self, begin: str, again: str, times: int) -> None:
        self._next = begin
        self._again = again
        self._left = times

    def read(self, count: int, /) -> str:
        now, self._left = self._next, self._left - 1
        self._next = self._again if self._left > 0 else ""
        return now


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_it_reads_the_same_however_the_text_comes(size: int) -> None:
    text = '{"skipped": [1, {"a": [2]}], "n": -12.5e1 , "list": [123, "a\\"b", true, {}, []]}'
    walk = Walk(Drops(text, size), "a.json")
    found: dict[str, object] = {}
    for name in walk.names():
        match name:
            case "skipped":
                walk.skip()
            case "list":
                found[name] = [walk.value() for _ in walk.items()]
            case _:
                found[name] = walk.value()
    assert found == {"n": -125.0, "list": [123, 'a"b', True, {}, []]}


def test_what_is_not_a_list_has_no_items() -> None:
    walk = Walk(StringIO('{"list": {"a": 1}, "object": [1], "last": 2}'), "a.json")
    found = []
    for name in walk.names():
        match name:
            case "list":
                found += [walk.value() for _ in walk.items()]
            case "object":
                found += list(walk.names())
            case _:
                found.append(walk.value())
    assert found == [2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"a"',
        '{"a" 1}',
        '{"a": 1 "b": 2}',
        "{1: 2}",
        '{"a": ]',
        '{"a": [1,',
        '{"a": "\\q"}',
    ],
)
def test_what_is_cut_off_or_no_json_is_refused(text: str) -> None:
    walk = Walk(StringIO(text), "a.json")
    with pytest.raises(BrokenExport, match=r"a\.json is cut off or damaged"):
        walk.skip()


def test_a_trap_of_brackets_is_refused() -> None:
    walk = Walk(StringIO('{"a": ' + "[" * 300_000), "a.json")
    with pytest.raises(BrokenExport):
        walk.skip()


def test_a_value_that_swells_is_refused_before_it_fills_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_walk, "MOST_CHARACTERS", 2**16)
    walk = Walk(Endless('{"a": "', "x" * 2**14, 10**6), "a.json")
    tracemalloc.start()
    try:
        with pytest.raises(BrokenExport):
            walk.skip()
        assert tracemalloc.get_traced_memory()[1] < 4 * 2**20
    finally:
        tracemalloc.stop()


def test_a_long_list_is_passed_over_in_bounded_memory() -> None:
    walk = Walk(Endless('{"a": [0', ",1" * 2**12, 4), "a.json")
    tracemalloc.start()
    try:
        with pytest.raises(BrokenExport):  # it never ends
            walk.skip()
        assert tracemalloc.get_traced_memory()[1] < 2**18
    finally:
        tracemalloc.stop()
