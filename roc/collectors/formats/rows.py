"""When a file counts as broken: some bad rows are told and passed over, too many are not."""

from collections.abc import Iterable, Iterator

from roc.collectors.formats.tolerance import Tolerance
from roc.errors import BrokenExport
from roc.graph.records import DeclaredTie, Interaction, Problem, Record

_OF_USE = (Interaction, DeclaredTie)


def usable(name: str, rows: Iterable[Iterable[Record]]) -> Iterator[Record]:
    """The records of one file, as long as most of its rows can be used.

    A row is bad when it gave a ``Problem`` and neither an act nor a tie. Rows that gave nothing
    at all were left out on purpose (drafts, empty lines) and are not counted.

    Args:
        name: the file, for the message.
        rows: what each row gave, one iterable per row.

    Raises:
        BrokenExport: after the last row, when too many rows were bad (see ``Tolerance``).

    Example:
        >>> bad = Problem("a.csv:2", "bad_date", "no readable date")
        >>> list(usable("a.csv", [[bad]]))
        Traceback (most recent call last):
            ...
        roc.errors.BrokenExport: a.csv: 1 of 1 rows cannot be used (bad_date).
    """
    tolerance = Tolerance(name)
    for row in rows:
        code, good = "", False
        for record in row:
            if isinstance(record, Problem):
                code = record.code
            elif isinstance(record, _OF_USE):
                good = True
            yield record
        if good:
            tolerance.good += 1
        elif code:
            tolerance.count_bad(code)
    tolerance.check()


def each(files: Iterable[Iterable[Record]]) -> Iterator[Record]:
    """The records of several files; one that fails does not cost the others.

    Raises:
        BrokenExport: after the last file, the first failure there was.
    """
    first: BrokenExport | None = None
    for file in files:
        try:
            yield from file
        except BrokenExport as failure:
            first = first or failure
    if first:
        raise first
