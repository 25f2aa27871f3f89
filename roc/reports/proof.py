"""What is behind the counts of a project: lines that the owner keeps, and a digest of them."""

from dataclasses import dataclass
from hashlib import sha256

from roc.graph.frames import KINDS, Contacts, People
from roc.reports import text
from roc.reports.pairs import Pairs
from roc.reports.tables import csv_text


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the owner holds and could show, without changing it meanwhile.

    Args:
        lines: who reached whom on which day inside the window, a line each.
        sha256: the digest of these lines as a table, in hexadecimal.
    """

    lines: int
    sha256: str


def evidence(people: People, contacts: Contacts, group: Pairs) -> tuple[Evidence, str]:
    """What is behind the counts, line by line, and a digest by which it is known again.

    Args:
        people: everyone.
        contacts: the frame that the pairs were made from.
        group: the pairs among the project's people.

    Returns:
        How many lines and their digest, and the lines as a table in CSV, which names everybody.
    """
    lines = sorted(
        (
            text.day(contacts.day[row]).isoformat(),
            people.keys[contacts.sender[row]],
            people.keys[contacts.recipient[row]],
            KINDS[contacts.kind[row]].value,
            contacts.sources[contacts.source[row]],
            int(contacts.acts[row]),
        )
        for row in group.rows_inside(contacts).tolist()
    )
    table = csv_text(("day", "who", "whom", "how", "where", "acts"), lines)
    told = table.encode("utf-8", "backslashreplace")
    return Evidence(len(lines), sha256(told).hexdigest()), table
