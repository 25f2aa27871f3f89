"""What every earlier version was told before its file was dumped: acts of every shape, invented.

``version-N.sql`` was made by the code of version N with ``python -m tests.graph.earlier.telling``.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from roc.graph.records import (
    ME,
    Account,
    AccountSeen,
    Checkpoint,
    DeclaredKind,
    DeclaredTie,
    Interaction,
    Kind,
    Nature,
    Precision,
    Problem,
    Record,
)
from roc.graph.store import Graph

ANA, BEN, CHIDI, DARA, ZENOBIA = (
    Account("email", f"{name}@example.org") for name in ("ana", "ben", "chidi", "dara", "zenobia")
)
MINE = Account("email", "me@example.org")
ANA_IN, BEN_IN, ANA_X = Account("linkedin", "ana"), Account("linkedin", "ben"), Account("x", "17")
LIST = Account("email", "news@example.org")

_SEEN: Sequence[Record] = (
    AccountSeen(MINE, name="Me Myself", owner=True),
    AccountSeen(ANA, name="Ana López", organisation="Acme", same_as=(ANA_IN,)),
    AccountSeen(ANA_IN, name="Ana"),
    AccountSeen(BEN_IN, name="Ben Okafor", same_as=(BEN,)),
    AccountSeen(LIST, name="Example News", nature=Nature.LIST),
)


def _at(month: int, day: int, hour: int = 9, minute: int = 30, year: int = 2025) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


_MAIL: Sequence[Record] = (
    Interaction("email", "1@x", Kind.MESSAGE, _at(1, 2), MINE, (ANA,), thread="1@x"),
    Interaction("email", "2@x", Kind.REPLY, _at(1, 3), ANA, (MINE,), thread="1@x", parent="1@x"),
    Interaction("email", "3@x", Kind.MESSAGE, _at(1, 3), MINE, (ANA, BEN), copied=(CHIDI,)),
    Interaction("email", "4@x", Kind.MESSAGE, _at(1, 3, 11), BEN, (), copied=(MINE,)),
    Interaction("email", "5@x", Kind.MESSAGE, _at(1, 4), LIST, (MINE,), audience=5000),
    Interaction("email", "6@x", Kind.MESSAGE, _at(12, 31, 23, 59, 1969), MINE, (DARA,)),
    Interaction("email", "7@x", Kind.MESSAGE, _at(1, 5), MINE, (BEN, ZENOBIA)),
    Interaction("email", "8@x", Kind.MESSAGE, _at(1, 5), MINE, (ZENOBIA,)),
    Interaction("email", "9@x", Kind.MESSAGE, _at(1, 2, 17), MINE, (ANA,), audience=3),
    Problem("inbox.mbox:90", "bad_date", "a date that is none"),
)
_CALENDAR: Sequence[Record] = (
    Interaction("calendar", "m1", Kind.MEETING, _at(2, 1), DARA, (MINE, ANA, BEN)),
    Interaction("calendar", "m2", Kind.CALL, _at(2, 1), ZENOBIA, (MINE, CHIDI)),
    Interaction("calendar", "m3", Kind.MEETING, _at(2, 2), ZENOBIA, (MINE,)),
)
_JOURNAL: Sequence[Record] = (
    Interaction(
        "journal", "j1", Kind.MEETING, _at(3, 1, 0, 0), ME, (ANA, BEN), tags=("q1", "café"),
        cost=90.5, currency="EUR", precision=Precision.DAY,
    ),
    Interaction(
        "journal", "j2", Kind.INTRODUCTION, _at(3, 2, 0, 0), ANA, (ME, CHIDI), tags=("q1",),
        precision=Precision.DAY,
    ),
    Interaction("journal", "j3", Kind.THANKS, None, CHIDI, (ME,), precision=Precision.UNKNOWN),
    Interaction("journal", "j4", Kind.MESSAGE, _at(3, 3), ME, (DARA,), cost=7.0),
)  # fmt: skip
_X: Sequence[Record] = (
    Interaction("x", "100", Kind.REPLY, _at(4, 1), ANA_X, (ME,), parent="99"),
    # The same id in other scopes is another act.
    Interaction("x", "100", Kind.REACTION, _at(4, 1), ME, (ANA_X,), scope="like",
                precision=Precision.PROXY),
    Interaction("x", "100", Kind.MESSAGE, _at(4, 2), ANA_X, (ME,), scope="dm", thread="t"),
    Interaction("x", "101", Kind.MESSAGE, _at(4, 2), ME, (ANA_X,), scope="dm", thread="t",
                parent="100"),
    DeclaredTie("x", DeclaredKind.FOLLOWS, ANA_X, ME),
    DeclaredTie("linkedin", DeclaredKind.CONNECTED, ME, BEN_IN, date(2020, 5, 1)),
    Checkpoint("x", "mentions", {"since": "100", "first": ["17"]}),
)  # fmt: skip

EXPORTS: Sequence[tuple[str, str, Sequence[Record]]] = (
    ("email", "inbox.mbox", (*_SEEN, *_MAIL)),
    ("calendar", "work.ics", _CALENDAR),
    ("journal", "journal.txt", _JOURNAL),
    ("x", "mentions", _X),
)


def tell(graph: Graph) -> None:
    """Tell a graph everything, and decide about people as an owner does."""
    for source, export, records in EXPORTS:
        graph.add(records, source=source, export=export)
    graph.merge("x:17", "linkedin:ana")
    graph.split(BEN)
    graph.mute("chidi", muted=True)
    graph.tag("ana lópez", ["client", "q1"])
    graph.keep_snapshot(
        day=20_200,
        ego_key="me:me",
        version="0.1",
        parameters={"half_life": 90},
        scores={"email:ana@example.org": {"strength": 41.5, "trust": 0.25}, "me:me": {"gini": 0.3}},
    )
    graph.forget("zenobia")


def main() -> None:
    """Print the file as SQL."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "me.graph"
        with Graph(path) as graph:
            tell(graph)
        with closing(sqlite3.connect(path)) as connection:
            sys.stdout.writelines(f"{line}\n" for line in connection.iterdump())


if __name__ == "__main__":
    main()
