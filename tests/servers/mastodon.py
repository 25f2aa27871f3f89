"""A server that speaks Mastodon's API, with accounts that have tokens."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.servers import free_port, listens, started

DOMAIN = "social.example"
TOKENS = {
    "ana": "mastodon-token-of-ana-that-nobody-may-see",
    "ben": "mastodon-token-of-ben",
    "chidi": "mastodon-token-of-chidi",
}


@dataclass(frozen=True, slots=True)
class Mastodon:
    """A server that runs.

    Args:
        url: where.
    """

    url: str

    def does(self, who: str, path: str, **told: str) -> dict[str, Any]:
        """Somebody posts, boosts, likes or follows."""
        body = urlencode(told).encode()
        asked = Request(f"{self.url}/api/v1/{path}", data=body, method="POST")
        asked.add_header("Authorization", f"Bearer {TOKENS[who]}")
        with urlopen(asked, timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def number_of(self, who: str) -> str:
        """An account's number."""
        asked = Request(f"{self.url}/api/v1/accounts/verify_credentials")
        asked.add_header("Authorization", f"Bearer {TOKENS[who]}")
        with urlopen(asked, timeout=10) as answer:
            return str(json.load(answer)["id"])


@contextmanager
def serving(folder: Path) -> Iterator[Mastodon]:
    """A server on which Ana, Ben and Chidi have accounts."""
    port = free_port()
    accounts = "".join(
        f'[[seed.accounts]]\nusername = "{name}"\ndisplay_name = "{name.title()}"\n'
        f'access_token = "{token}"\n'
        for name, token in TOKENS.items()
    )
    (folder / "server.toml").write_text(f'domain = "{DOMAIN}"\n{accounts}', encoding="utf-8")
    command = [sys.executable, "-m", "mastodon_mock", "serve", "--in-memory"]
    command += ["--config", "server.toml", "--port", str(port), "--domain", DOMAIN]
    with started(command, lambda: listens(port), folder=folder):
        yield Mastodon(f"http://127.0.0.1:{port}")
