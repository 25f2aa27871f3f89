"""Bringing a server's graph of an earlier version up to date: numbered steps, each once."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, text, update

from roc.errors import UnwritableGraph
from roc.graph import tables
from roc.graph.databases import to_version_3, to_version_4
from roc.graph.databases.layout import schema_version

STEPS: Mapping[int, tuple[Callable[[Callable[[str], object]], None], tuple[str, ...]]] = {
    2: (to_version_3.migrate_on_a_server, ("outcome", "outcome_person")),
    3: (to_version_4.migrate_on_a_server, ("tone", "care")),
}
"""What takes a graph from a version to the next one, and which tables it makes."""

IS_OWNER = text(
    "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'interaction'::regclass"
)
"""Whether whoever asks may do with the tables what their owner may."""

_RIGHTS = text(
    "SELECT grantee, privilege_type FROM information_schema.table_privileges"
    " WHERE table_schema = current_schema() AND table_name = 'interaction'"
    " AND privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')"
    " AND grantee <> current_user ORDER BY 1, 2"
)


def bring_up_to_date(
    connection: Connection, where: str, begin_writing: Callable[[Connection], None]
) -> None:
    """Bring the layout of an earlier version up to date, whole or not at all.

    No copy is made first: a server has its backups. Whoever has rights on the acts gets the same
    on new tables.

    Args:
        connection: to the server.
        where: what people read of where it is.
        begin_writing: begins a transaction that waits for whoever writes.

    Raises:
        UnwritableGraph: the tables are somebody else's.
    """
    if _is_of_today(connection):
        return
    connection.rollback()
    begin_writing(connection)
    if _is_of_today(connection):  # another just did it
        return
    if not connection.execute(IS_OWNER).scalar_one():
        raise UnwritableGraph(
            f"The graph at {where} is laid out by an earlier version of roc.",
            hint="whoever owns its tables brings it up to date by opening it: roc doctor.",
        )
    for number in range(schema_version(connection) or 0, tables.SCHEMA_VERSION):
        migrate, made = STEPS[number]
        migrate(connection.exec_driver_sql)
        _grant(connection, made)
    version = update(tables.setting).where(tables.setting.c.name == "schema_version")
    connection.execute(version.values(value=str(tables.SCHEMA_VERSION)))
    connection.commit()


def _is_of_today(connection: Connection) -> bool:
    return schema_version(connection) == tables.SCHEMA_VERSION


def _grant(connection: Connection, names: tuple[str, ...]) -> None:
    quoted = connection.dialect.identifier_preparer.quote_identifier
    for grantee, right in connection.execute(_RIGHTS).all():
        who = grantee if grantee == "PUBLIC" else quoted(grantee)
        connection.exec_driver_sql(f"GRANT {right} ON {', '.join(names)} TO {who}")
