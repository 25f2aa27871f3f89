"""How records become transactions: pieces large enough to cost little, small enough to hold."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from roc.errors import CollectError
from roc.graph.records import Checkpoint, Interactions, Record

BATCH_RECORDS = 100_000
"""Records in one transaction: large enough that a row costs little, small enough to hold."""


@contextmanager
def rare_search_for_cycles() -> Iterator[Callable[[int], None]]:
    """Look for unreachable cycles once in so many records, not all the while.

    A batch makes hundreds of thousands of small objects and no cycles of them; to look among them
    again and again takes a fifth of the time of collecting. One look takes as long as writing a
    page of a live source, so small batches share one.

    Yields:
        To be called with the number of records behind each batch.
    """
    waiting = 0

    def written(records: int) -> None:
        nonlocal waiting
        waiting += records
        if waiting >= BATCH_RECORDS:
            gc.collect()
            waiting = 0

    was_on = gc.isenabled()
    gc.disable()
    try:
        yield written
    finally:
        if was_on:
            gc.enable()


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """What a collector yields, in pieces of one transaction each; a checkpoint ends its piece.

    Raises:
        CollectError: what the collector raised, after all that it gave before.
    """
    batch: list[Record] = []
    size = 0
    try:
        for record in records:
            batch.append(record)
            size += len(record) if isinstance(record, Interactions) else 1
            if isinstance(record, Checkpoint) or size >= BATCH_RECORDS:
                yield batch
                batch, size = [], 0
    except CollectError:
        # What a broken export or a source in trouble gave before is as good as ever.
        if batch:
            yield batch
        raise
    if batch:
        yield batch
