"""LinkedIn: your messages, connections and invitations from its Member Data Portability API.

The rows have the headers of the export and go through the same reader. There is no "what is new":
a stream is the whole of one domain, page by page, and what is known adds nothing.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from roc.collectors.base import LiveSettings, SignedIn, SignIn
from roc.collectors.linkedin.columns import table
from roc.collectors.linkedin.owner import Owner
from roc.collectors.linkedin.people import SOURCE
from roc.collectors.linkedin.rows import Reader, Row
from roc.collectors.linkedin.snapshot import Snapshot, SnapshotPage
from roc.graph.records import Checkpoint, Problem, Record

STREAMS = ("inbox", "connections", "invitations", "recommendations", "endorsements", "profile")
"""Domains of LinkedIn's API, in lower case, most useful first."""

SIGN_IN = SignIn(
    name="LinkedIn",
    page="https://www.linkedin.com/developers/",
    steps=(
        "Make an app; as its page choose LinkedIn's own Member Data Portability (Member) "
        "Default Company.",
        "Add the product Member Data Portability API (Member).",
        "In the token generator make a token with the scope r_dma_portability_self_serve.",
    ),
    secret="access token",
    days=60,
)

_SAME_SNAPSHOT = timedelta(days=1)  # later it may have been built anew, with other pages
_EVERYBODY_HAS = frozenset({"profile", "connections"})


class Client:
    """LinkedIn for one run; whose data it is, is found out at most once.

    Args:
        settings: see ``LiveSettings``.
    """

    def __init__(self, settings: LiveSettings) -> None:
        self.now = settings.now
        self._snapshot = Snapshot(settings)
        self._first_pages: dict[str, SnapshotPage] = {}
        self._owner: Owner | None = None

    def page(self, domain: str, start: int) -> SnapshotPage:
        """One page; first pages are asked for once, for the owner is looked up in them too."""
        if start:
            return self._snapshot.page(domain, start)
        if domain not in self._first_pages:
            self._first_pages[domain] = self._snapshot.page(domain, 0)
        return self._first_pages[domain]

    def owner(self) -> Owner:
        """Whose data it is, as far as the first pages give it away."""
        if self._owner is None:
            owner = Owner()
            for domain, see in (
                ("PROFILE", owner.see_profile),
                ("INVITATIONS", owner.see_invitation),
                ("INBOX", owner.see_message),
            ):
                if owner.profile is None:
                    for row in self.page(domain, 0).rows:
                        if not isinstance(row, Problem):
                            see(row[1])
            self._owner = owner
        return self._owner


@dataclass(frozen=True, slots=True)
class _Place:
    """Where reading is: the number of the next page, and when page 0 was read."""

    start: int
    began: datetime

    @classmethod
    def of(cls, cursor: Mapping[str, Any], now: datetime) -> "_Place":
        """The place a cursor tells; the beginning where it is done, or its snapshot too old."""
        began = datetime.fromisoformat(cursor["began"]) if "began" in cursor else now
        if not timedelta(0) <= now - began < _SAME_SNAPSHOT:
            return cls(0, now)
        # The page before is read again: a message at its end may be repeated on the next one,
        # and repeats are told apart by counting.
        return cls(max(int(cursor.get("start", 0)) - 1, 0), began)

    def cursor(self, *, more: bool) -> dict[str, Any]:
        """The place as plain JSON, once the page before it is read."""
        began = self.began.isoformat()
        return {"began": began, "start": self.start} if more else {"done": began}


def connect(settings: LiveSettings) -> Client:
    """A client for one run; no request is made yet.

    Raises:
        SignInFailed: there is no token, or it cannot be one.
        ConfigError: the base address would show the token to others.
    """
    return Client(settings)


def who(client: Client) -> SignedIn:
    """Whose token it is, as far as LinkedIn's profile says so."""
    owner = client.owner()
    return SignedIn(owner.name or (str(owner.profile) if owner.profile else "a member"))


def streams(client: Client) -> Sequence[str]:
    """What can be pulled."""
    return STREAMS


def pull(client: Client, stream: str, cursor: Mapping[str, Any]) -> Iterator[Record]:
    """All of a stream, each page followed by its checkpoint.

    Args:
        client: from ``connect``.
        stream: one of ``STREAMS``, the name of a domain in lower case.
        cursor: of the stream's last checkpoint, or empty.

    Raises:
        CollectError: see ``roc.collectors.http``.
    """
    first = place = _Place.of(cursor, client.now)
    reader = Reader(client.owner().account)
    if client.owner().is_known:
        yield client.owner().seen()
    for records, more in _pages(client, stream, reader, first.start):
        yield from records
        place = _Place(place.start + 1, place.began)
        if more or first.start:
            yield Checkpoint(SOURCE, stream, place.cursor(more=True))
    # Whose name it is that stands without a profile shows once every page was met: those that an
    # earlier run read are read once more.
    for records, _ in islice(_pages(client, stream, reader, 0), first.start):
        yield from records
    yield from reader.identities()
    yield Checkpoint(SOURCE, stream, place.cursor(more=False))


def _pages(
    client: Client, stream: str, reader: Reader, start: int
) -> Iterator[tuple[list[Record], bool]]:
    """What each page says from one of them on, and whether another follows."""
    domain = stream.upper()
    waiting: deque[Row] = deque()
    told = reader.each_row(domain, _drained(waiting))
    before: tuple[object, ...] | None = None
    more = True
    while more:
        page = client.page(domain, start)
        cells = tuple(row if isinstance(row, Problem) else row[1] for row in page.rows)
        endless = bool(cells) and cells == before
        before = cells
        records: list[Record] = list(_judged(stream, page, start, endless=endless))
        waiting.extend(() if endless else page.rows)
        while waiting:
            records += next(told)
        more = page.more and bool(page.rows) and not endless
        yield records, more
        start += 1


def _drained(waiting: deque[Row]) -> Iterator[Row]:
    """Rows as they come in: the reader counts repeats over all pages, the caller stops at each."""
    while waiting:
        yield waiting.popleft()


def _judged(stream: str, page: SnapshotPage, start: int, *, endless: bool) -> Iterator[Problem]:
    """What is wrong with a page as a whole."""
    where = f"{stream}, page {start + 1}"
    # A row may lack the cells that are empty; a page as a whole shows what columns there are.
    columns = {name for row in page.rows if not isinstance(row, Problem) for name in row[1]}
    if endless:
        yield Problem(where, "endless_pages", "the same page again; the rest was left")
    elif not page.rows and start == 0 and stream in _EVERYBODY_HAS:
        detail = "nothing there yet; LinkedIn builds the data within a day after the consent"
        yield Problem(where, "no_data_yet", detail)
    elif columns and stream != "profile" and not table(stream, columns):
        yield Problem(where, "unknown_columns", "LinkedIn sends columns that are not known here")
