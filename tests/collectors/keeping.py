"""What a store would hold of a pull: the records before the last checkpoint, whatever came then."""

from collections.abc import Iterable, Mapping
from typing import Any

from roc.errors import CollectError
from roc.graph.records import Checkpoint, Record


def kept(pull: Iterable[Record]) -> tuple[list[Record], CollectError]:
    """The records that a pull brought safely before it failed, and how it failed."""
    safe: list[Record] = []
    waiting: list[Record] = []
    try:
        for record in pull:
            waiting.append(record)
            if isinstance(record, Checkpoint):
                safe, waiting = safe + waiting, []
    except CollectError as error:
        return safe, error
    raise AssertionError("the pull was to fail")


def last_cursor(records: Iterable[Record]) -> Mapping[str, Any]:
    """The cursor of the last checkpoint."""
    return [record for record in records if isinstance(record, Checkpoint)][-1].cursor
