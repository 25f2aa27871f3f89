"""A PostgreSQL server of the tests' own, in a temporary folder, run by an ordinary user."""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from roc.graph.store import Graph
from roc.graph.tables import metadata
from tests.servers import free_port

OWNER = "roc"
PASSWORD = "salt-and-pepper"
"""So that a test can look for it where it must not stand."""

_START_SECONDS = 30
_USERS = ("postgres", "nobody")  # the server refuses to be run by root
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",  # what is lost with the machine is lost with the tests
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "32MB",
    "timezone": "Asia/Kathmandu",  # no number may depend on it
}


def binaries() -> Path | None:
    """The folder of PostgreSQL's binaries; of several versions, as Debian keeps them, the newest.

    Returns:
        ``None`` where it is not installed.
    """
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=_version)
    named = shutil.which("postgres")
    if kept:
        return kept[-1].parent
    return Path(named).resolve().parent if named else None


def _version(binary: Path) -> int:
    number = binary.parent.parent.name
    return int(number) if number.isdigit() else 0


class Server:
    """A cluster of databases, listening on the loopback alone.

    Args:
        bin: where PostgreSQL's binaries are.
    """

    def __init__(self, bin: Path) -> None:
        self._bin = bin
        self._as_user = _as_user()
        self.folder = Path(tempfile.mkdtemp(prefix="roc-postgresql-"))
        self.port = free_port()
        password = self.folder / "password"
        password.write_text(PASSWORD)
        for path in (self.folder, password):
            os.chown(path, self._as_user.get("user", -1), self._as_user.get("group", -1))
        # An order of letters that is not that of their codes, so that it is seen if it matters.
        order = ["--locale-provider=icu", "--icu-locale=en"] if _version(bin / "x") >= 15 else []
        words = f"--username={OWNER} --pwfile={password} --auth=scram-sha-256 --encoding=UTF8"
        subprocess.run(
            [bin / "initdb", self._data, *words.split(), "--no-locale", "--no-sync", *order],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            **self._as_user,
        )
        self.start()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = [f"--{name}={value}" for name, value in _SETTINGS.items()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", self._data, f"--port={self.port}", *settings],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self._as_user,
            )
        end = time.monotonic() + _START_SECONDS
        while True:
            try:
                self.run("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > end or self._process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return

    def crash(self) -> None:
        """End it at once, as a power cut would."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()

    def remove(self) -> None:
        """End it and leave nothing behind."""
        self.crash()
        shutil.rmtree(self.folder)

    def run(self, statement: str, *, database: str = "postgres") -> list[Any]:
        """What a statement answers."""
        url = self.url(database).replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def url(self, database: str, *, user: str = OWNER, password: str = PASSWORD) -> str:
        """Where a database of it is, as a team would write it."""
        return f"postgresql+psycopg://{user}:{password}@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self, how: str = "TEMPLATE template0") -> Iterator[str]:
        """The name of an empty database that is there for a while."""
        name = f"test{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} {how}")
        try:
            yield name
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def files(self, database: str) -> bytes:
        """All that is written of a database, byte by byte."""
        self.run("CHECKPOINT")
        [[number]] = self.run(f"SELECT oid FROM pg_database WHERE datname = '{database}'")
        folder = self._data / "base" / str(number)
        return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


@cache
def server() -> Server:
    """The server of this run of the tests, which is started when it is first asked for."""
    bin = binaries()
    assert bin is not None
    started = Server(bin)
    atexit.register(started.remove)
    return started


_free: list[str] = []  # databases with an empty graph, which no test uses now


@contextmanager
def fresh_url() -> Iterator[str]:
    """Where a graph is that nothing was written into.

    To empty the graph of a test before takes a tenth of the time of making a database.
    """
    name = _free.pop() if _free else _with_empty_graph()
    yield server().url(name)
    server().run(_EMPTY_AGAIN, database=name)
    _free.append(name)


def _with_empty_graph() -> str:
    name = f"graph{next(_numbers)}"
    server().run(f"CREATE DATABASE {name} TEMPLATE template0")
    Graph(server().url(name)).close()
    server().run(_REMEMBER, database=name)
    return name


_numbers = count(1)
_NAMES = [table.name for table in metadata.sorted_tables]
_REMEMBER = "CREATE SCHEMA empty;" + "".join(
    f"CREATE TABLE empty.{name} AS TABLE {name};" for name in _NAMES
)
_EMPTY_AGAIN = "".join(
    f"DELETE FROM {name}; INSERT INTO {name} TABLE empty.{name};" for name in _NAMES
)


def _as_user() -> dict[str, Any]:
    """How a process is started as an ordinary user."""
    if os.geteuid() != 0:
        return {}
    known = {user.pw_name: user for user in pwd.getpwall()}
    user = next(known[name] for name in _USERS if name in known)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
