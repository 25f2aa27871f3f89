"""Large JSON files are read item by item; traps end in an error."""

import json
from io import BytesIO

import pytest

from roc.collectors.formats.json_stream import MOST_BYTES, items_at, values_of
from roc.errors import BrokenExport


def read(data: bytes, path: str = "item") -> list[object]:
    return list(items_at(BytesIO(data), path, "a.json"))


def test_items_come_before_the_file_turns_out_to_be_cut_off() -> None:
    items = items_at(BytesIO(b'[{"a": 1}, {"a": 2}, {"a"'), "item", "a.json")
    assert [next(items), next(items)] == [{"a": 1}, {"a": 2}]
    with pytest.raises(BrokenExport, match="is cut off or damaged"):
        next(items)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 1_500,
        b'{"a":' * 1_500,
        b"[1e999999]",
        b"[" + b"9" * 10_000 + b"]",
    ],
)
def test_what_is_no_json_is_a_broken_export(data: bytes) -> None:
    with pytest.raises(BrokenExport):
        read(data)


def test_one_endless_item_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(BrokenExport, match="beyond reason"):
        read(b'["' + b"a" * (MOST_BYTES + 2**17))
    with pytest.raises(BrokenExport, match="beyond reason"):
        read(b"[" * 1_000_000)


def test_one_bad_byte_does_not_cost_the_file() -> None:
    assert read(b'\xef\xbb\xbf["a\xff", "\xc3\xa9"]') == ["a\N{REPLACEMENT CHARACTER}", "é"]


def test_brackets_in_texts_are_no_nesting() -> None:
    data = b'{"a": [' + b'":[ what a pity it is",' * 20_000 + b'"last"]}'
    assert read(data, "a.item")[-1] == "last"


@pytest.mark.parametrize("text", ["[", '"[', "\\\\[", '\\"{'])
def test_a_text_full_of_brackets_does_not_cost_the_file(text: str) -> None:
    text *= 20_000
    data = json.dumps([text, text, "last"]).encode()
    for shift in range(5):  # wherever a piece of the file ends
        assert read(b" " * shift + data) == [text, text, "last"]


def test_brackets_within_brackets_are_refused_however_they_are_closed() -> None:
    deep = b"[" * 3000 + b"]" * 3000
    with pytest.raises(BrokenExport, match="beyond reason"):
        read(b"[" + deep + b"]")
    with pytest.raises(BrokenExport, match="beyond reason"):
        read(b'["\\\\", ' + deep + b"]")
    assert len(read(b"[" + b"[], " * 100_000 + b"[]]")) == 100_001


def test_values_of_keys_are_found_before_and_behind_a_long_list() -> None:
    long = b'"long": [' + b'{"people": 1}, ' * 2000 + b"0]"
    data = b'{"people": ["Ana"], ' + long + b', "name": "x"}'
    assert values_of(BytesIO(data), {"people", "name"}, "a.json") == {
        "people": ["Ana"],
        "name": "x",
    }
    assert values_of(BytesIO(b'[{"people": 1}]'), {"people"}, "a.json") == {}
    assert values_of(BytesIO(data + b"rubbish"), {"people"}, "a.json") == {"people": ["Ana"]}
    with pytest.raises(BrokenExport):
        values_of(BytesIO(data[:-9]), {"name"}, "a.json")


def test_values_far_apart_are_found_whatever_stands_between_them() -> None:
    between = ", ".join(f'"{number}"' for number in range(2**21))
    data = f'[{{"a": {{"b": [1]}}, "c": [{between}]}}, {{"a": 2}}, {{"a": [[]]}}]'.encode()
    assert len(data) > MOST_BYTES
    found = items_at(BytesIO(data), "item.a", "a.json", far_apart=True)
    assert list(found) == [{"b": [1]}, 2, [[]]]


@pytest.mark.parametrize(
    "trap", [b'[{"a": ["' + b"a" * (MOST_BYTES + 2**17), b'[{"a": 1, "c": "' * 9]
)
def test_values_far_apart_are_bounded_all_the_same(trap: bytes) -> None:
    with pytest.raises(BrokenExport):
        list(items_at(BytesIO(trap), "item.a", "a.json", far_apart=True))
