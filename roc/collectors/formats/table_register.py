"""A register of people: a table that says who accounts are, one row per account, without acts."""

from collections.abc import Iterator, Mapping

from roc.collectors.formats.addresses import tidy
from roc.collectors.formats.table_people import People, plain
from roc.collectors.formats.tabular import Table
from roc.collectors.formats.tolerance import Tolerance
from roc.graph.records import AccountSeen, Problem, Record


def register(
    table: Table, places: Mapping[str, int], people: People, tolerance: Tolerance
) -> Iterator[Record]:
    """What a register says of each account.

    Args:
        table: the table.
        places: where its columns are: ``account``, and ``name`` or ``organisation`` or both.
        people: makes the accounts, just as for tables of acts.
        tolerance: counts rows.
    """
    cells_of = list(places)
    for line, cells in table.rows([places[role] for role in cells_of]):
        told = {} if cells is None else dict(zip(cells_of, cells, strict=True))
        account = people.account(told.get("account", ""))
        if account is None:
            yield tolerance.count_bad(Problem(table.where(line), "nobody", "no readable account"))
            continue
        tolerance.good += 1
        yield AccountSeen(
            account,
            name=tidy(plain(told.get("name", ""))),
            organisation=tidy(plain(told.get("organisation", ""))),
        )
