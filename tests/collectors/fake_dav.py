"""A calendar server as odd as some are: without sync, in pieces, forgetful, elsewhere."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.collectors.loopback import Answer, Asked, Loopback

CALENDAR = "/dav/ana/meetings/"
_HREF = re.compile(r"<D:href>([^<]*)</D:href>")
_TOKEN = re.compile(r"<D:sync-token>state-(\d+)</D:sync-token>")
_OK = "HTTP/1.1 200 OK"


class FakeDav(Loopback):
    """Ana's one calendar under ``/dav/``; what the address itself says is ``front``.

    ``entries`` holds texts by path and ``changes`` the paths in the order of their changes; a state
    is how many of them have happened.
    """

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[str, str] = {}
        self.changes: list[str] = []
        self.front = Answer(405)
        self.well_known = Answer(301, headers={"Location": "/dav/"})
        self.home = "/dav/ana/"
        self.addresses: tuple[str, ...] = ("mailto:Ana@Example.org", "/dav/principals/ana/")
        self.knows_sync = True
        self.piece = 1000
        self.oldest_state = 0
        self.not_given: set[str] = set()

    def put(self, name: str, text: str) -> None:
        """Add an entry, or change it."""
        self.entries[CALENDAR + name] = text
        self.changes.append(CALENDAR + name)

    def answer(self, asked: Asked) -> Answer:
        told = asked.body.decode()
        if asked.path.startswith("/.well-known/"):
            return self.well_known
        if asked.path == "/":
            return self.front
        if "sync-collection" in told:
            return self._since(told)
        if "multiget" in told:
            return self._given(_HREF.findall(told))
        if asked.path == CALENDAR:
            own = _response(CALENDAR, "<D:getetag>x</D:getetag>")
            return _multistatus([own, *map(self._mark, self.entries)])
        if asked.path == "/dav/ana/":
            return _multistatus(
                [_response("/dav/ana/", ""), _response(CALENDAR, self._described())]
            )
        principal = "<D:current-user-principal><D:href>/dav/principals/ana/</D:href>"
        own = "".join(f"<D:href>{one}</D:href>" for one in self.addresses)
        return _multistatus(
            [
                _response(
                    asked.path,
                    f"{principal}</D:current-user-principal>"
                    f"<C:calendar-home-set><D:href>{self.home}</D:href></C:calendar-home-set>"
                    f"<C:calendar-user-address-set>{own}</C:calendar-user-address-set>",
                )
            ]
        )

    def _described(self) -> str:
        kind = "<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>"
        return kind + (self._state(len(self.changes)) if self.knows_sync else "")

    def _state(self, number: int) -> str:
        return f"<D:sync-token>state-{number}</D:sync-token>"

    def _since(self, told: str) -> Answer:
        found = _TOKEN.search(told)
        since = int(found[1]) if found else 0
        if found and since < self.oldest_state:
            return Answer(403)
        upto = min(len(self.changes), since + self.piece)
        said = [self._mark(path) for path in dict.fromkeys(self.changes[since:upto])]
        if upto < len(self.changes):
            said.append(_response(CALENDAR, "", status="HTTP/1.1 507 Insufficient Storage"))
        return _multistatus(said, self._state(upto))

    def _mark(self, path: str) -> str:
        if path not in self.entries:
            return _response(path, "", status="HTTP/1.1 404 Not Found")
        return _response(path, f"<D:getetag>{self.changes.count(path)}</D:getetag>")

    def _given(self, paths: Sequence[str]) -> Answer:
        said = []
        for path in paths:
            if path in self.not_given:
                said.append(_response(path, "", status="HTTP/1.1 500 Internal Server Error"))
            elif path in self.entries:
                data = escape(self.entries[path])
                said.append(_response(path, f"<C:calendar-data>{data}</C:calendar-data>"))
            else:
                said.append(_response(path, "", status="HTTP/1.1 404 Not Found"))
        return _multistatus(said)


def _response(path: str, properties: str, *, status: str = "") -> str:
    if status:
        return f"<D:response><D:href>{path}</D:href><D:status>{status}</D:status></D:response>"
    return (
        f"<D:response><D:href>{path}</D:href><D:propstat><D:prop>{properties}</D:prop>"
        f"<D:status>{_OK}</D:status></D:propstat></D:response>"
    )


def _multistatus(responses: Sequence[str], more: str = "") -> Answer:
    body = (
        '<?xml version="1.0"?><D:multistatus xmlns:D="DAV:" '
        f'xmlns:C="urn:ietf:params:xml:ns:caldav">{"".join(responses)}{more}</D:multistatus>'
    )
    return Answer(207, body.encode(), {"Content-Type": "application/xml"})
