"""LinkedIn: your messages, connections and invitations from its Member Data Portability API.

The rows have the headers of the export and go through the same reader. A stream is the whole of one
domain, page by page, and what is known adds nothing. The log of changes tells whether it is worth
the while; its events name people by numbers that nothing else explains, and are no acts here.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from roc.collectors.base import LiveSettings, SignedIn, SignIn
from roc.collectors.linkedin.changes import Changes
from roc.collectors.linkedin.columns import table
from roc.collectors.linkedin.owner import Owner
from roc.collectors.linkedin.people import SOURCE
from roc.collectors.linkedin.rows import Reader, Row
from roc.collectors.linkedin.snapshot import SnapshotPage, snapshot_page
from roc.collectors.linkedin.transport import Transport
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
_LONG_AGO = timedelta(days=21)  # a week before LinkedIn forgets what has changed
_EVERYBODY_HAS = frozenset({"profile", "connections"})


class Client:
    """LinkedIn for one run; whose data it is, is found out at most once.

    Args:
        settings: see ``LiveSettings``.
    """

    def __init__(self, settings: LiveSettings) -> None:
        self.now = settings.now
        self._linkedin = Transport(settings)
        self.changes = Changes(self._linkedin)
        self._first_pages: dict[str, SnapshotPage] = {}
        self._owner: Owner | None = None

    def page(self, domain: str, start: int) -> SnapshotPage:
        """One page; first pages are asked for once, for the owner is looked up in them too."""
        if start:
            return snapshot_page(self._linkedin, domain, start)
        if domain not in self._first_pages:
            self._first_pages[domain] = snapshot_page(self._linkedin, domain, 0)
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
    """Where reading is.

    Args:
        start: the number of the next page.
        began: when page 0 was read.
        change: moment of the newest change before that, in ms since 1970; ``None`` where LinkedIn
            does not tell.
    """

    start: int
    began: datetime
    change: int | None

    @classmethod
    def of(cls, cursor: Mapping[str, Any], client: Client) -> "_Place":
        """The place a cursor tells; the beginning where it is done, or its snapshot too old."""
        began = _moment(cursor, "began") or client.now
        if "began" not in cursor or not timedelta(0) <= client.now - began < _SAME_SNAPSHOT:
            return cls(0, client.now, client.changes.newest(_change(cursor)))
        # The page before is read again: a message at its end may be repeated on the next one,
        # and repeats are told apart by counting.
        return cls(max(int(cursor.get("start", 0)) - 1, 0), began, _change(cursor))

    def next(self) -> "_Place":
        """The place behind the page."""
        return replace(self, start=self.start + 1)

    def cursor(self, *, more: bool) -> dict[str, Any]:
        """The place as plain JSON, once the page before it is read."""
        began = self.began.isoformat()
        told = {"began": began, "start": self.start} if more else {"done": began}
        return told if self.change is None else {**told, "change": self.change}


def _moment(cursor: Mapping[str, Any], name: str) -> datetime | None:
    return datetime.fromisoformat(cursor[name]) if name in cursor else None


def _change(cursor: Mapping[str, Any]) -> int | None:
    known = cursor.get("change")
    return known if isinstance(known, int) else None


def _is_as_it_was(client: Client, cursor: Mapping[str, Any]) -> bool:
    """Whether a stream need not be read: it was, a short while ago, and nothing has changed.

    For how long the log can be believed is not known, as it may not tell what others do: a day.
    """
    done, change = _moment(cursor, "done"), _change(cursor)
    if done is None or change is None or not timedelta(0) <= client.now - done < _SAME_SNAPSHOT:
        return False
    return client.changes.newest(change) == change


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
    if _is_as_it_was(client, cursor):
        return
    yield from _long_ago(client, stream, cursor)
    first = place = _Place.of(cursor, client)
    reader = Reader(client.owner().account)
    if client.owner().is_known:
        yield client.owner().seen()
    for records, more in _pages(client, stream, reader, first.start):
        yield from records
        place = place.next()
        if more or first.start:
            yield Checkpoint(SOURCE, stream, place.cursor(more=True))
    # Whose name it is that stands without a profile shows once every page was met: those that an
    # earlier run read are read once more.
    for records, _ in islice(_pages(client, stream, reader, 0), first.start):
        yield from records
    yield from reader.identities()
    if not client.page(stream.upper(), 0).rows:  # it may not be built yet: it is asked for again
        place = replace(place, change=None)
    yield Checkpoint(SOURCE, stream, place.cursor(more=False))


def _long_ago(client: Client, stream: str, cursor: Mapping[str, Any]) -> Iterator[Problem]:
    """A warning where the last run is nearly too long ago."""
    done = _moment(cursor, "done")
    if done and client.now - done > _LONG_AGO:
        days = (client.now - done).days
        detail = f"last read {days} days ago; LinkedIn tells changes for 28 days: ask it weekly"
        yield Problem(stream, "long_ago", detail)


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
