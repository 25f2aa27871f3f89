"""The review queue: people who may be one, and what speaks for it, for the owner to decide."""

from typing import Any

from sqlalchemy import Connection, func, select

from roc.graph import tables
from roc.graph.databases.dialects import read_rows
from roc.graph.likeness.suggesting import CUT, Accounts, Company, Suggestion, suggestions
from roc.graph.records import Nature


def suggested(connection: Connection, least: float = CUT) -> tuple[Suggestion, ...]:
    """Pairs of people who may be one, the likeliest first.

    Whom the owner held to be different, or took apart, is not suggested again.

    Args:
        connection: within a transaction.
        least: the lowest confidence that is of interest.
    """
    link = tables.link.c
    different = select(link.account_id, link.other_id).where(link.withdrawn)
    pairs = [(one, other) for one, other in connection.execute(different)]
    return suggestions(_accounts(connection), _company(connection), pairs, least)


def _accounts(connection: Connection) -> Accounts:
    columns = tables.account.c
    texts = (columns.source, columns.handle, columns.name, columns.organisation, columns.nature)
    # By number, so that both selects have the same rows in the same places.
    number, person = read_rows(
        connection, select(columns.id, columns.person_id).order_by(columns.id)
    )
    rows = connection.execute(select(*texts).order_by(columns.id)).all()
    source, handle, name, organisation, nature = _columns(rows, len(texts))
    return Accounts(
        id=number,
        person=person,
        source=source,
        handle=handle,
        name=name,
        organisation=organisation,
        nature=[Nature(word) for word in nature],
    )


def _columns(rows: Any, width: int) -> list[tuple[str, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _company(connection: Connection) -> Company:
    columns = tables.contact.c
    days = func.count(columns.day.distinct())
    pair = (columns.sender_id, columns.recipient_id)
    return Company(*read_rows(connection, select(*pair, days).group_by(*pair)))
