"""LinkedIn's Member Data Portability API as far as roc reads it, on this machine.

LinkedIn publishes no machine-readable description; the shapes are those of its documentation:
elements of one domain, rows under the headers of the export, a ``next`` link, and status 404 with
"No data found" at the end; and a log of changes, once somebody has asked for one to be kept.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.collectors.loopback import Answer, Asked, Loopback

TOKEN = "linkedin-token-of-ana-that-nobody-may-see"
VERSION = "202312"

ANA = "https://www.linkedin.com/in/ana-lopez"
BEN = "https://www.linkedin.com/in/ben-osei"
CHIDI = "https://www.linkedin.com/in/chidi-okafor"

PROFILE = [{"First Name": "Ana", "Last Name": "Lopez", "Headline": "Gardener"}]


def connection(first: str, last: str, url: str, day: str, email: str = "") -> dict[str, str]:
    """A row of CONNECTIONS."""
    return {
        "First Name": first,
        "Last Name": last,
        "URL": url,
        "Email Address": email,
        "Company": "Example Works",
        "Position": "Baker",
        "Connected On": day,
    }


def message(
    conversation: str, sender: tuple[str, str], to: tuple[str, str], at: str, content: str
) -> dict[str, str]:
    """A row of INBOX; a person is a name and an address."""
    return {
        "CONVERSATION ID": conversation,
        "CONVERSATION TITLE": "",
        "FROM": sender[0],
        "SENDER PROFILE URL": sender[1],
        "TO": to[0],
        "RECIPIENT PROFILE URLS": to[1],
        "DATE": at,
        "SUBJECT": "",
        "CONTENT": content,
        "FOLDER": "INBOX",
        "ATTACHMENTS": "",
        "IS MESSAGE DRAFT": "No",
    }


def invitation(
    sender: tuple[str, str], to: tuple[str, str], at: str, direction: str
) -> dict[str, str]:
    """A row of INVITATIONS."""
    return {
        "From": sender[0],
        "To": to[0],
        "Sent At": at,
        "Message": "Shall we connect?",
        "Direction": direction,
        "inviterProfileUrl": sender[1],
        "inviteeProfileUrl": to[1],
    }


class FakeLinkedIn(Loopback):
    """LinkedIn for Ana; ``rows`` are what it keeps, domain by domain.

    ``changes`` are the moments of events in its log, in ms since 1970; ``logs`` whether it keeps
    one, and ``has_log`` whether it would.
    """

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[int] = []
        self.logs = False
        self.has_log = True
        self.expired = False
        self.rows: dict[str, Sequence[Any]] = {"PROFILE": PROFILE}
        self.page_size = 2
        self.in_europe = True

    def answer(self, asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _refusal(401, "Invalid access token", 65600)
        if self.expired:
            return _refusal(401, "The token has expired", 65601)
        if not self.in_europe:
            return _refusal(403, "Not enough permissions to access: memberSnapshotData.GET", 100)
        if asked.headers.get("LinkedIn-Version") != VERSION:
            return _refusal(426, "Requested version is not active", 0)
        if asked.path == "/rest/memberAuthorizations" and asked.method == "POST":
            self.logs = self.has_log
            return Answer(201) if self.logs else _refusal(403, "Not enough permissions", 100)
        if asked.path == "/rest/memberChangeLogs":
            return self._log(asked.query)
        if asked.path != "/rest/memberSnapshotData" or asked.query.get("q") != "criteria":
            return _refusal(404, "Resource does not exist", 0)
        return self._page(asked.query["domain"], int(asked.query.get("start", "0")))

    def _log(self, query: Mapping[str, str]) -> Answer:
        count, start = int(query.get("count", "10")), int(query.get("start", "0"))
        if query.get("q") != "memberAndApplication" or count > 50:
            return _refusal(400, "Invalid query parameters", 0)
        since = int(query.get("startTime", "0"))
        found = [at for at in sorted(self.changes) if at >= since] if self.logs else []
        page = [_event(at) for at in found[start : start + count]]
        paging = {"start": start, "count": count, "links": [], "total": len(found)}
        return Answer(body={"paging": paging, "elements": page})

    def _page(self, domain: str, start: int) -> Answer:
        first = start * self.page_size
        rows = self.rows.get(domain, ())[first : first + self.page_size]
        if not rows:
            # LinkedIn's own words, by which the end is known.
            return Answer(404, {"message": "No data found for this memberId", "status": 404})
        following = (
            f"/rest/memberSnapshotData?count=10&domain={domain}&q=criteria&start={start + 1}"
        )
        links = [{"type": "application/json", "rel": "next", "href": following}]
        return Answer(
            body={
                "paging": {"start": start, "count": 10, "links": links, "total": 999},
                "elements": [{"snapshotData": list(rows), "snapshotDomain": domain}],
            }
        )


def _event(at: int) -> dict[str, Any]:
    """A comment of Ana's, with a text that nobody may keep."""
    return {
        "id": at,
        "owner": "urn:li:person:AAA",
        "actor": "urn:li:person:AAA",
        "resourceName": "socialActions/comments",
        "method": "CREATE",
        "activityStatus": "SUCCESS",
        "capturedAt": at,
        "processedAt": at,
        "activity": {"message": {"text": "a secret text"}, "object": "urn:li:ugcPost:1"},
    }


def _refusal(status: int, message: str, code: int) -> Answer:
    body = {"serviceErrorCode": code, "message": f"{message}, Ana", "status": status}
    return Answer(status, body)
