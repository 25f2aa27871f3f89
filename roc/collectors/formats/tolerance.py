"""How many unusable rows a file may have before it is refused as a whole."""

from roc.errors import BrokenExport
from roc.graph.records import Problem

MAX_BAD_SHARE = 0.2  # more than a fifth is not a slip but a file misread
FEW = 5  # so many bad rows may be slips even in a short file


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

    def unusable(self, where: str, code: str, detail: str) -> Problem:
        """The problem with one row, counted."""
        self.count_bad(code)
        return Problem(where, code, detail)

    def count_bad(self, code: str) -> None:
        """Count a row that could not be used."""
        self.bad += 1
        self._codes.add(code)

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
