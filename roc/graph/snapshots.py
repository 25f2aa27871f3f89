"""Snapshots: all scores of one moment, kept as a record of what was said."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from roc.graph import tables
from roc.graph.databases.dialects import these_texts


def keep(
    connection: Connection,
    *,
    day: int,
    ego_key: str,
    version: str,
    parameters: Mapping[str, Any],
    scores: Mapping[str, Mapping[str, float]],
) -> None:
    """Keep scores, as ``Graph.keep_snapshot`` says; whoever was forgotten since is left out."""
    numbers = _numbers(connection, {ego_key, *scores})
    if ego_key not in numbers:
        return
    same = select(tables.snapshot.c.id).filter_by(day=day, ego_id=numbers[ego_key])
    connection.execute(delete(tables.score).where(tables.score.c.snapshot_id.in_(same)))
    connection.execute(delete(tables.snapshot).where(tables.snapshot.c.id.in_(same)))
    number = connection.execute(
        insert(tables.snapshot)
        .values(day=day, ego_id=numbers[ego_key], version=version, parameters=parameters)
        .returning(tables.snapshot.c.id)
    ).scalar_one()
    rows = [
        {"snapshot_id": number, "account_id": numbers[key], "name": name, "value": value}
        for key, named in sorted(scores.items())
        if key in numbers
        for name, value in sorted(named.items())
    ]
    if rows:
        connection.execute(insert(tables.score), rows)


def kept(connection: Connection) -> Sequence[Any]:
    """What snapshots there are: ``day``, ``ego``, ``version``, and how many ``scores``."""
    account, snapshot, score = tables.account.c, tables.snapshot.c, tables.score.c
    rows = (
        select(
            snapshot.day,
            (account.source + ":" + account.handle).label("ego"),
            snapshot.version,
            func.count().label("scores"),
        )
        .join(tables.account, account.id == snapshot.ego_id)
        .join(tables.score, score.snapshot_id == snapshot.id)
        .group_by(snapshot.id, snapshot.day, account.id, snapshot.version)
        .order_by(snapshot.day, "ego")
    )
    return connection.execute(rows).all()


def _numbers(connection: Connection, keys: set[str]) -> dict[str, int]:
    """The accounts that keys name."""
    account = tables.account.c
    key = account.source + ":" + account.handle
    handles = these_texts(connection, sorted({each.partition(":")[2] for each in keys}))
    rows = select(key, account.id).where(account.handle.in_(handles))
    return {each: number for each, number in connection.execute(rows) if each in keys}
