"""What a look into the graph's database finds beside what it tells: for `roc doctor`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, exists, func, select

from roc.graph import tables
from roc.graph.aggregates import CONTACT_COLUMNS, DAY_SECONDS, contacts_from_acts
from roc.graph.frames import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """What is found.

    Args:
        version: the version of the file's layout.
        findings: what is wrong, in a sentence each; empty where the file is sound.
        free_bytes: room inside the file that holds nothing and is used again first.
        problems: how many rows could not be used: source, code, count.
        readings: source, place, and the moment of its last reading, seconds since 1970 or ``None``.
        active_days: UTC days on which a source has acts, ascending, by source.
        ahead: how many acts are dated after the day of looking, by source.
    """

    version: int
    findings: tuple[str, ...]
    free_bytes: int
    problems: tuple[tuple[str, str, int], ...]
    readings: tuple[tuple[str, str, int | None], ...]
    active_days: Mapping[str, Ints]
    ahead: Mapping[str, int]


def inspected(connection: Connection, day: int, free_bytes: int) -> Inspection:
    """Look into a graph that its database finds sound.

    Args:
        connection: within one transaction.
        day: the UTC day for which it is looked at.
        free_bytes: room that holds nothing.
    """
    findings = dangling(connection)
    if not contacts_agree(connection):
        findings.append("the kept contact days do not agree with the acts")
    version = select(tables.setting.c.value).filter_by(name="schema_version")
    return Inspection(
        version=int(connection.execute(version).scalar_one()),
        findings=tuple(findings),
        free_bytes=free_bytes,
        problems=_problems(connection),
        readings=_readings(connection),
        active_days=_active_days(connection),
        ahead=_ahead(connection, day),
    )


def contacts_agree(connection: Connection) -> bool:
    """Whether the kept contact days are those of the acts."""
    columns = [tables.contact.c[name] for name in CONTACT_COLUMNS]
    kept, rebuilt = select(*columns), contacts_from_acts()
    return not any(
        connection.execute(one.except_(other).limit(1)).all()
        for one, other in ((kept, rebuilt), (rebuilt, kept))
    )


def dangling(connection: Connection) -> list[str]:
    """Which tables name rows of others that are not there; empty where none does."""
    found: Counter[tuple[str, str]] = Counter()
    for table in tables.metadata.sorted_tables:
        for key in table.foreign_keys:
            named, there = key.parent, key.column
            lost = named.is_not(None) & ~exists().where(there == named).correlate(table)
            if there.table is not table:
                count = connection.execute(
                    select(func.count()).select_from(table).where(lost)
                ).scalar_one()
                found[table.name, there.table.name] += count
    return [
        f"{count} times, {table} names a row of {other} that is not there"
        for (table, other), count in sorted(found.items())
        if count
    ]


def _problems(connection: Connection) -> tuple[tuple[str, str, int], ...]:
    columns = tables.problem.c
    key = (columns.source, columns.code)
    return _plain(connection.execute(select(*key, func.count()).group_by(*key).order_by(*key)))


def _readings(connection: Connection) -> tuple[tuple[str, str, int | None], ...]:
    place, source = tables.place.c, tables.source.c
    rows = select(source.name, place.name, place.read_at).join(
        tables.source, source.id == place.source_id
    )
    return _plain(connection.execute(rows.order_by(source.name, place.name)))


def _active_days(connection: Connection) -> dict[str, Ints]:
    contact, source = tables.contact.c, tables.source.c
    days = select(contact.source_id, contact.day).distinct().subquery()
    rows = select(source.name, days.c.day).join(tables.source, source.id == days.c.source_id)
    found: dict[str, list[int]] = defaultdict(list)
    for name, day in connection.execute(rows.order_by(source.name, days.c.day)):
        found[name].append(day)
    return {name: np.array(active, dtype=np.int64) for name, active in found.items()}


def _ahead(connection: Connection, day: int) -> dict[str, int]:
    act, source = tables.interaction.c, tables.source.c
    rows = (
        select(source.name, func.count())
        .select_from(tables.interaction)
        .join(tables.source, source.id == act.source_id)
        .where(act.at >= (day + 1) * DAY_SECONDS)
        .group_by(source.name)
        .order_by(source.name)
    )
    return dict(map(tuple, connection.execute(rows)))


def _plain(rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(map(tuple, rows))
