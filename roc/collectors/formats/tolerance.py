"""What cannot be used of a file: some bad rows are told and passed over, too many are not."""

from collections.abc import Iterable, Iterator

from roc.errors import BrokenExport
from roc.graph.records import DeclaredTie, Interaction, Outcome, Problem, Record

MAX_BAD_SHARE = 0.2  # more than a fifth is not a slip but a file misread
FEW = 5  # so many bad rows may be slips even in a short file

_OF_USE = (Interaction, DeclaredTie, Outcome)


class Unusable(Exception):
    """A row, a line or a message that tells too little to be an act.

    Args:
        code: the problem's code.
        detail: what is wrong, without text, names or tokens.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail

    def at(self, where: str) -> Problem:
        """The problem, at its place in the export."""
        return Problem(where, self.code, self.detail)


def or_problem(records: Iterable[Record], where: str) -> Iterator[Record]:
    """What a row gives; where it turns out to be unusable, the problem after what came before.

    Args:
        records: of the row, read as they are taken.
        where: its place.
    """
    try:
        yield from records
    except Unusable as reason:
        yield reason.at(where)


class Tolerance:
    """Counts a file's usable and unusable rows, and refuses it where too few are usable.

    Args:
        name: the file, as the owner knows it.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.good = 0
        self.bad = 0
        self._codes: set[str] = set()

    def count_bad(self, problem: Problem) -> Problem:
        """Count a row that could not be used; the problem is handed back."""
        self.bad += 1
        self._codes.add(problem.code)
        return problem

    def check(self) -> None:
        """Judge the file once all its rows were counted.

        Raises:
            BrokenExport: more than a fifth of the rows, and more than a few, were unusable, or
                there were rows and none was usable.
        """
        too_many = self.bad > FEW and self.bad > MAX_BAD_SHARE * (self.good + self.bad)
        if too_many or (self.bad and not self.good):
            raise BrokenExport(
                f"{self.name}: {self.bad} of {self.good + self.bad} rows cannot be used "
                f"({', '.join(sorted(self._codes))}).",
                hint="it may be another kind of file, or a new layout; roc doctor lists the rows.",
            )


def usable(
    name: str, rows: Iterable[Iterable[Record]], *, silent_is_good: bool = False
) -> Iterator[Record]:
    """The records of one file, as long as most of its rows can be used.

    A row is bad when it gave a ``Problem`` and neither an act nor a tie nor an outcome. Rows
    that gave nothing at all were left out on purpose (drafts, empty lines) and are not counted.

    Args:
        name: the file, for the message.
        rows: what each row gave, one iterable per row.
        silent_is_good: count rows that gave no act, and no problem, as usable: what is said to a
            crowd reaches nobody, and was read all the same.

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
        problem: Problem | None = None
        good = False
        for record in row:
            if isinstance(record, _OF_USE):  # nearly all, so first
                good = True
            elif isinstance(record, Problem):
                problem = record
            yield record
        if good or (silent_is_good and not problem):
            tolerance.good += 1
        elif problem:
            tolerance.count_bad(problem)
    tolerance.check()


def file_by_file(files: Iterable[Iterable[Record]]) -> Iterator[Record]:
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
