"""Bluesky's own servers: a PDS, and an AppView where PostgreSQL and Redis are there."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.postgresql import PASSWORD as DATABASE_PASSWORD
from tests.postgresql import Server, binaries
from tests.servers import free_port, listens, node_package, started

PASSWORD = "app password of somebody that nobody may see"


@dataclass
class Bluesky:
    """Servers that run, with accounts made by ``join``.

    Args:
        url: the PDS.
        full: whether there is an AppView, which tells what others did.
        process: the process to talk to.
    """

    url: str
    full: bool
    process: "subprocess.Popen[str]"
    dids: dict[str, str] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)

    def join(self, name: str) -> None:
        """Make an account, ``name.test``."""
        told = {"handle": f"{name}.test", "email": f"{name}@example.org", "password": PASSWORD}
        made = self._post("com.atproto.server.createAccount", told)
        self.dids[name], self._tokens[name] = made["did"], made["accessJwt"]

    def keeps(self, name: str, collection: str, key: str = "", **record: Any) -> dict[str, Any]:
        """Put a record into somebody's repository; where it is."""
        told = {
            "repo": self.dids[name],
            "collection": collection,
            "record": {"$type": collection, **record},
        }
        if key:
            told["rkey"] = key
        return self._post("com.atproto.repo.createRecord", told, self._tokens[name])

    def index(self) -> None:
        """Wait until the AppView knows all that has happened."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("index\n")
        self.process.stdin.flush()
        _told(self.process)

    def repository(self, name: str) -> bytes:
        """Somebody's repository as a file."""
        asked = f"{self.url}/xrpc/com.atproto.sync.getRepo?did={self.dids[name]}"
        with urlopen(asked, timeout=10) as answer:
            found: bytes = answer.read()
            return found

    def _post(self, method: str, told: dict[str, Any], token: str = "") -> dict[str, Any]:
        asked = Request(f"{self.url}/xrpc/{method}", json.dumps(told).encode(), method="POST")
        asked.add_header("Content-Type", "application/json")
        if token:
            asked.add_header("Authorization", f"Bearer {token}")
        with urlopen(asked, timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found


@contextmanager
def serving(folder: Path) -> Iterator[Bluesky]:
    """Bluesky's servers; skipped where they are not installed."""
    node_package("@atproto/dev-env")
    program = shutil.which("node")
    if program is None:
        pytest.skip("Node.js is not installed")
    with ExitStack() as stack:
        databases = stack.enter_context(_databases(folder))
        process = subprocess.Popen(
            [program, str(Path(__file__).with_suffix(".cjs"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stack.enter_context((folder / "bluesky.log").open("wb")),
            text=True,
            env={**os.environ, "LOG_ENABLED": "false", **databases},
        )
        try:
            told = _told(process)
            yield Bluesky(told["url"].replace("localhost", "127.0.0.1"), told["full"], process)
        finally:
            process.kill()
            process.communicate()


@contextmanager
def _databases(folder: Path) -> Iterator[dict[str, str]]:
    """Where the AppView's databases are; nothing where they cannot be had."""
    bin, redis = binaries(), shutil.which("redis-server")
    if bin is None or redis is None:
        yield {}
        return
    port = free_port()
    server = Server(bin)
    command = [redis, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    try:
        with started(command, lambda: listens(port), folder=folder), server.database() as name:
            where = f"127.0.0.1:{server.port}/{name}"
            yield {
                "DB_POSTGRES_URL": f"postgresql://roc:{DATABASE_PASSWORD}@{where}",
                "REDIS_HOST": f"127.0.0.1:{port}",
            }
    finally:
        server.remove()


def _told(process: "subprocess.Popen[str]") -> dict[str, Any]:
    """What the process says next; it also says other things."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("roc "):
            found: dict[str, Any] = json.loads(line.removeprefix("roc "))
            return found
    raise AssertionError("Bluesky's servers do not start")
