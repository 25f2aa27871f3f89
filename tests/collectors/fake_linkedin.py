"""LinkedIn's Member Snapshot API as far as roc reads it, on this machine.

LinkedIn publishes no machine-readable description; the shapes are those of its documentation:
elements of one domain, rows under the headers of the export, a ``next`` link, and status 404 with
"No data found" at the end.
"""

from collections.abc import Sequence
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
    """LinkedIn for Ana; ``rows`` are what it keeps, domain by domain."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, Sequence[Any]] = {"PROFILE": PROFILE}
        self.page_size = 2
        self.in_europe = True

    def answer(self, asked: Asked) -> Answer:
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _refusal(401, "Invalid access token", 65600)
        if not self.in_europe:
            return _refusal(403, "Not enough permissions to access: memberSnapshotData.GET", 100)
        if asked.headers.get("LinkedIn-Version") != VERSION:
            return _refusal(426, "Requested version is not active", 0)
        if asked.path != "/rest/memberSnapshotData" or asked.query.get("q") != "criteria":
            return _refusal(404, "Resource does not exist", 0)
        return self._page(asked.query["domain"], int(asked.query.get("start", "0")))

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


def _refusal(status: int, message: str, code: int) -> Answer:
    body = {"serviceErrorCode": code, "message": f"{message}, Ana", "status": status}
    return Answer(status, body)
