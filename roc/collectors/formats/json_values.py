"""Reading JSON that may have any shape: what is not as expected is absent, not an error."""

from collections.abc import Iterator, Mapping
from typing import Any

Item = Mapping[str, Any]


def item(value: object, *path: str) -> Item:
    """The mapping found by going down a path of keys; empty where there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def items(value: object) -> Iterator[Item]:
    """The mappings in a list."""
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, Mapping))


def word(value: Item, *keys: str) -> str:
    """The first of these keys that has a value, as text; ids are written as text or as numbers."""
    for key in keys:
        found = value.get(key)
        if isinstance(found, str | int) and not isinstance(found, bool) and str(found).strip():
            return str(found).strip()
    return ""


def words(value: object) -> list[str]:
    """The texts and numbers in a list, as text; an empty text for anything else."""
    return [word({"": each}, "") for each in value] if isinstance(value, list) else []
