"""Radicale, a calendar and address book server, with two people who have a password each.

It is licensed under the GPL: it runs as a process of its own, and nothing of it is imported.
"""

import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.servers import free_port, listens, started

USER, PASSWORD = "ana@example.org", "app password of ana that nobody may see"

_CONF = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/collections
"""
_COLLECTION = """<?xml version="1.0"?>
<D:mkcol xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:{namespace}"><D:set><D:prop>
<D:resourcetype><D:collection/><C:{name}/></D:resourcetype>{more}
</D:prop></D:set></D:mkcol>"""
_HOLDS = (
    '<C:supported-calendar-component-set><C:comp name="{}"/></C:supported-calendar-component-set>'
)


@dataclass(frozen=True, slots=True)
class Radicale:
    """A server that runs.

    Args:
        port: where it listens on 127.0.0.1.
    """

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def make_calendar(self, name: str, holds: str = "VEVENT") -> None:
        """Add a calendar of Ana's."""
        self._make(name, "caldav", "calendar", _HOLDS.format(holds))

    def make_book(self, name: str) -> None:
        """Add an address book of Ana's."""
        self._make(name, "carddav", "addressbook", "")

    def put(self, path: str, text: str) -> None:
        """Add an entry, or change one: its path is that of its collection and its own name."""
        kind = "text/calendar" if path.endswith(".ics") else "text/vcard"
        self._ask("PUT", path, text, {"Content-Type": f"{kind}; charset=utf-8"})

    def remove(self, path: str) -> None:
        """Delete an entry or a whole collection."""
        self._ask("DELETE", path, "", {})

    def _make(self, name: str, namespace: str, kind: str, more: str) -> None:
        body = _COLLECTION.format(namespace=namespace, name=kind, more=more)
        self._ask("MKCOL", name, body, {"Content-Type": "application/xml"})

    def _ask(self, method: str, path: str, body: str, headers: dict[str, str]) -> None:
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        secret = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        headers = {**headers, "Authorization": f"Basic {secret}"}
        line.request(method, f"/{USER}/{path}", body.encode(), headers)
        answer = line.getresponse()
        assert answer.status < 300, (answer.status, answer.read())
        line.close()


@contextmanager
def serving(folder: Path) -> Iterator[Radicale]:
    """Radicale with Ana; everything it keeps is in the folder."""
    port = free_port()
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    (folder / "radicale.conf").write_text(_CONF.format(port=port, folder=folder), encoding="utf-8")
    command = [sys.executable, "-m", "radicale", "--config", str(folder / "radicale.conf")]
    with started(command, lambda: listens(port), folder=folder):
        yield Radicale(port)
