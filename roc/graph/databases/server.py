"""A graph that rests in a PostgreSQL database, which a team shares."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, func, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from roc.errors import ConfigError, GraphError, UnwritableGraph
from roc.graph import tables
from roc.graph.databases.layout import check, lay_out
from roc.graph.databases.limits import WAIT_FOR_LOCK_SECONDS
from roc.graph.databases.server_steps import IS_OWNER, bring_up_to_date

_DRIVER = "postgresql+psycopg"
_SEE = "see docs/store-on-a-server.md."
_LOCK = 0x726F63
"""Known to every roc: whoever holds it writes into the graph of the schema."""


class GraphServer:
    """What only a server does its own way.

    Args:
        url: the database, as ``postgresql+psycopg://ana@db.example.org/graph``; an empty graph is
            laid out where nothing is.

    Raises:
        ConfigError: the URL cannot be used, or the driver is not installed.
        NewerGraph: a newer version wrote it.
        UnwritableGraph: the server cannot be reached, or refuses, or is of an earlier
            version and somebody else's.
        GraphError: the database is not a graph of ours.
    """

    def __init__(self, url: str) -> None:
        address = _address(url)
        self.backup = None
        self.where = _without_secrets(address)
        self.engine = _engine_of(address)
        try:
            with self._in_our_words(), self.engine.connect() as connection:
                self._check_encoding(connection)
                lay_out(connection, _begin_writing)
                check(connection, self.where, "name an empty database, or a schema of its own.")
                bring_up_to_date(connection, self.where, _begin_writing)
        except BaseException:
            self.engine.dispose()
            raise

    @contextmanager
    def transaction(self, *, writing: bool, whole: bool = False) -> Iterator[Connection]:
        """One moment of the graph; nobody else writes while one is ``writing``.

        One that goes through the ``whole`` graph is the server's to find room for.
        """
        with self._in_our_words(), self.engine.connect() as connection:
            if writing:
                _begin_writing(connection)
            else:
                _run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection
            connection.commit()

    def overwrite_deleted(self) -> bool:
        """Write the tables anew, without what was deleted; whether that could be done.

        Only the tables' owner may, and only while nobody reads. The server's log and backups hold
        what was deleted until they are replaced in their turn.
        """
        names = ", ".join(table.name for table in tables.metadata.sorted_tables)
        try:
            with self._in_our_words(), self.engine.connect() as connection:
                if not connection.execute(IS_OWNER).scalar_one():
                    return False
                connection.rollback()
                alone = connection.execution_options(isolation_level="AUTOCOMMIT")
                _run(alone, f"SET lock_timeout = {_milliseconds()}")
                _run(alone, f"VACUUM (FULL, ANALYZE) {names}")
        except UnwritableGraph:
            return False
        return True

    def damage(self) -> list[str]:
        """What the server finds wrong when it reads all rows; empty where they can be read."""
        found = []
        for table in tables.metadata.sorted_tables:
            try:
                with self.transaction(writing=False) as connection:
                    connection.execute(select(func.count()).select_from(table))
            except _Damaged:
                found.append(f"PostgreSQL: the table {table.name} cannot be read")
        return found

    def size(self) -> int:
        """Bytes that its tables and indexes take up."""
        with self.transaction(writing=False) as connection:
            sizes = (
                connection.execute(select(_SIZE), {"name": table.name}).scalar_one()
                for table in tables.metadata.sorted_tables
            )
            return sum(map(int, sizes))

    def free_bytes(self, connection: Connection) -> int:
        """Room that holds nothing: the server looks after it by itself."""
        return 0

    def _check_encoding(self, connection: Connection) -> None:
        if connection.exec_driver_sql("SHOW server_encoding").scalar_one() != "UTF8":
            raise GraphError(
                f"{self.where} does not hold text in UTF-8.",
                hint="make one that does: createdb --encoding=UTF8 --template=template0 NAME",
            )

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        """Tell what the server finds in the way as an error of ours."""
        import psycopg

        try:
            yield
        except (DBAPIError, psycopg.Error) as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            told = _in_words(self.where, cause) if isinstance(cause, psycopg.Error) else None
            if told is None:
                raise
            raise told from error


class _Damaged(GraphError):
    """Rows cannot be read any more."""


_SIZE = text("pg_total_relation_size(CAST(:name AS regclass))")


def _address(url: str) -> URL:
    """The URL, taken apart.

    Raises:
        ConfigError: it cannot be used. It is not repeated, as a password may stand in it.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        address = None
    if address is None or address.drivername != _DRIVER or not address.database:
        raise ConfigError(
            "[store] url is not the address of a PostgreSQL database.",
            hint=f'write it as "{_DRIVER}://ana@db.example.org/graph"; {_SEE}',
        )
    if "@" in (address.host or "") or "password" in address.query:
        raise ConfigError(
            "The password in [store] url cannot be told from the rest.",
            hint=f"leave it out and keep it in ~/.pgpass, or write @ in it as %40; {_SEE}",
        )
    return address


def _without_secrets(address: URL) -> str:
    return URL.create(
        address.drivername, address.username, None, address.host, address.port, address.database
    ).render_as_string()


def _engine_of(address: URL) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise ConfigError(
            "A graph on a PostgreSQL server needs the driver psycopg, which is not installed.",
            hint="pip install 'return-on-connections[postgresql]'",
        ) from error
    return create_engine(
        address.set(query=_DEFAULTS | dict(address.query)),
        pool_pre_ping=True,  # between two pages of a live source the server may have gone and come
        hide_parameters=True,  # names and addresses of people stand in no error
    )


_DEFAULTS = {
    "application_name": "roc",
    "client_encoding": "utf8",
    "connect_timeout": str(WAIT_FOR_LOCK_SECONDS),
}


def _begin_writing(connection: Connection) -> None:
    """Wait for whoever writes, then see what they wrote: one writer at a time, as in a file."""
    _run(connection, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
    _run(connection, f"SET LOCAL lock_timeout = {_milliseconds()}")
    _run(connection, f"SELECT pg_advisory_xact_lock({_LOCK}, hashtext(current_schema()))")


def _milliseconds() -> int:
    return round(WAIT_FOR_LOCK_SECONDS * 1000)


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)


_STATES = (
    ("55P03", "is in use by another roc", "wait for it to finish, then run this again."),
    ("25006", "is read-only", "name the server that takes changes, not its copy."),
    ("42501", "may not be changed by you", f"ask its owner for the rights that {_SEE[4:]}"),
    ("53100", "does not fit: the server's disk is full", "free some space; nothing is half-kept."),
    ("53", "has no room for you", "the server has too many connections or too little memory."),
    ("08", "went away", "run this again when the server is back; nothing was half-written."),
    ("57P", "went away", "run this again when the server is back; nothing was half-written."),
)
"""By the beginning of the SQLSTATE that the server gives."""

_SIGNS = (
    ("authentication failed", "refuses that user or password", f"put it into ~/.pgpass; {_SEE}"),
    ("no password supplied", "asks for a password", f"put it into ~/.pgpass; {_SEE}"),
    ("no pg_hba.conf entry", "lets nobody in from here", f"allow it in pg_hba.conf; {_SEE}"),
    ("permission denied for database", "is not open to you", f"ask its owner; {_SEE}"),
    ("does not exist", "does not exist", f"make the database and the role; {_SEE}"),
    ("too many", "has no room for you", "the server has too many connections."),
    ("server closed", "went away", "run this again when it is back; nothing was half-written."),
    ("connection is", "went away", "run this again when it is back; nothing was half-written."),
)
"""By what libpq says where there is no connection, and so no SQLSTATE."""


def _in_words(where: str, cause: Any) -> GraphError | None:
    """What psycopg raised as one of ours; ``None`` where it is not about the way to the graph."""
    import psycopg

    state = cause.sqlstate
    if state in ("XX001", "XX002"):
        return _Damaged(
            f"The graph at {where} is damaged.", hint="restore the database from a backup."
        )
    if state is not None:
        for sign, told, hint in _STATES:
            if state.startswith(sign):
                return UnwritableGraph(f"The graph at {where} {told}.", hint=hint)
        return None
    if not isinstance(cause, psycopg.OperationalError):
        return None
    for sign, told, hint in _SIGNS:
        if sign in str(cause):
            return UnwritableGraph(f"The graph at {where} {told}.", hint=hint)
    return UnwritableGraph(
        f"The graph at {where} cannot be reached.",
        hint=f"is the server running, and the name right? {_SEE}",
    )
