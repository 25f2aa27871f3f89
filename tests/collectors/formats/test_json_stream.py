"""Large JSON files are read item by item; traps end in an error."""

from io import BytesIO

import pytest

from roc.collectors.formats.json_stream import MOST_BYTES, items_at
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
        b'["\xff"]',
        b"[" * 50_000,
        b'{"a":' * 30_000,
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
