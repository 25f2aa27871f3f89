"""When a file counts as broken: some bad rows are told and passed over, too many are not."""

from collections.abc import Iterable, Iterator

from roc.errors import BrokenExport
from roc.graph.records import DeclaredTie, Interaction, Problem, Record

MOST_BAD_SHARE = 0.2
"""Above this share of unusable rows it is not some rows that are wrong, but our reading of them."""

_OF_USE = (Interaction, DeclaredTie)


def usable(name: str, rows: Iterable[Iterable[Record]]) -> Iterator[Record]:
    """The records of one file, as long as most of its rows can be used.

    A row is bad when it gave a ``Problem`` and neither an act nor a tie. Rows that gave nothing
    at all were left out on purpose (drafts, empty lines) and are not counted.

    Args:
        name: the file, for the message.
        rows: what each row gave, one iterable per row.

    Raises:
        BrokenExport: after the last row, when more than a fifth of the counted rows were bad; so
            also when there are rows and none could be used.

    Example:
        >>> bad = Problem("a.csv:2", "bad_date", "no readable date")
        >>> list(usable("a.csv", [[bad]]))
        Traceback (most recent call last):
            ...
        roc.errors.BrokenExport: a.csv: 1 of 1 rows cannot be used (bad_date).
    """
    counted = 0
    codes: dict[str, int] = {}
    for row in rows:
        code, good = "", False
        for record in row:
            if isinstance(record, Problem):
                code = record.code
            elif isinstance(record, _OF_USE):
                good = True
            yield record
        if good or code:
            counted += 1
        if code and not good:
            codes[code] = codes.get(code, 0) + 1
    bad = sum(codes.values())
    if bad > MOST_BAD_SHARE * counted:
        raise BrokenExport(
            f"{name}: {bad} of {counted} rows cannot be used ({', '.join(sorted(codes))}).",
            hint="the source may have changed its export: update roc, or report the file's header.",
        )


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
