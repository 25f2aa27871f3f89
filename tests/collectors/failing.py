"""Reading what fails on the way, with what came before the failure."""

from collections.abc import Iterator

from roc.errors import BrokenExport
from roc.graph.records import Record


def read_until_it_fails(records: Iterator[Record]) -> tuple[list[Record], str]:
    """What was read, and the message of the failure; empty where there was none."""
    read: list[Record] = []
    try:
        for record in records:
            read.append(record)  # noqa: PERF402 - what came before the failure is looked at
    except BrokenExport as failure:
        return read, failure.message
    return read, ""
