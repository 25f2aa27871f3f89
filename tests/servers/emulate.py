"""Slack and GitHub, as the ``emulate`` package plays them: stateful, over HTTP."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.servers import free_port, listens, node, node_package, started


@dataclass(frozen=True, slots=True)
class Emulated:
    """A service that runs.

    Args:
        url: where.
    """

    url: str

    def slack(self, token: str, method: str, **told: str) -> dict[str, Any]:
        """What one of Slack's methods answers to somebody."""
        asked = Request(f"{self.url}/api/{method}", urlencode(told).encode(), method="POST")
        asked.add_header("Authorization", f"Bearer {token}")
        with urlopen(asked, timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
        assert found["ok"], found
        return found

    def github(self, token: str, method: str, path: str, **told: Any) -> Any:
        """What GitHub answers to somebody; ``None`` where it is nothing."""
        body = json.dumps(told).encode() if told else None
        asked = Request(f"{self.url}{path}", body, method=method)
        asked.add_header("Authorization", f"Bearer {token}")
        asked.add_header("Content-Type", "application/json")
        try:
            with urlopen(asked, timeout=10) as answer:
                said = answer.read()
        except HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {error.read()[:300]!r}") from error
        return json.loads(said) if said else None


@contextmanager
def serving(service: str, seed: dict[str, Any], folder: Path) -> Iterator[Emulated]:
    """A service with something in it; skipped where the package is not installed.

    Args:
        service: ``slack`` or ``github``.
        seed: what is there at the beginning, in the package's words.
        folder: an empty folder.
    """
    program = node_package("emulate") / "dist" / "index.js"
    (folder / "seed.json").write_text(json.dumps(seed), encoding="utf-8")
    port = free_port()
    command = [node(), str(program), "start", "--service", service, "--port", str(port)]
    command += ["--seed", str(folder / "seed.json")]
    with started(command, lambda: listens(port), folder=folder):
        yield Emulated(f"http://127.0.0.1:{port}")
