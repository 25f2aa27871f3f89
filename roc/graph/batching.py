"""How records become transactions: pieces large enough to cost little, small enough to hold."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from roc.errors import CollectError
from roc.graph.records import Checkpoint, Interactions, Record

BATCH_RECORDS = 100_000
"""Records in one transaction: large enough that a row costs little, small enough to hold."""


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """What a collector yields, in pieces of one transaction each; a checkpoint ends its piece.

    Unreachable cycles are looked for once in so many records, between pieces, and not all the
    while: a piece is hundreds of thousands of small objects with no cycles among them. Whoever
    takes the pieces lets go of each before the next.

    Raises:
        CollectError: what the collector raised, after all that it gave before.
    """
    batch: list[Record] = []
    size = unsearched = 0
    with _no_search_for_cycles():
        try:
            for record in records:
                batch.append(record)
                size += len(record) if isinstance(record, Interactions) else 1
                if isinstance(record, Checkpoint) or size >= BATCH_RECORDS:
                    yield batch
                    unsearched += len(batch)
                    batch, size = [], 0
                    if unsearched >= BATCH_RECORDS:
                        gc.collect()
                        unsearched = 0
        except CollectError:
            # What a broken export or a source in trouble gave before is as good as ever.
            if batch:
                yield batch
            raise
        if batch:
            yield batch


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
