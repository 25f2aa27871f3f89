"""What a collector is and what it may be told.

What it yields are the records of ``roc.graph.records``. A collector of
exports is a module with two functions:

``recognises(export: Export) -> bool``
    whether the export is this source's, judged by its content.
``collect(export: Export, options: Options) -> Iterator[Record]``
    what is in it, row by row, in bounded memory.

It may have six more names:

``resembles(export: Export) -> str``
    for an export that is not this source's as it should be, but nearly: what it looks like, and
    what is missing or to be done, in one sentence; empty otherwise.
``ONE_WAY: frozenset[Kind]``
    the kinds of acts of which the export tells what its owner did, and never what others did.
``ONCE: tuple[str, ...]``
    files of which one export has no more than one, by the ends of their names: where a folder has
    two of them, it holds two exports.
``is_sure(export: Export) -> bool``
    for what is recognised by little: whether it may be taken from a folder without being named.
``INNER: tuple[str, ...]``
    folders within one export, by name, in which those files come again.
``ROOTS: tuple[str, ...]``
    files at the top of a folder by which it is this source's and nobody else's, whatever is in it.

A collector of a live source has, beside or instead of them, a module ``api`` (``registry.live``)
that is imported when it is used, with:

``SIGN_IN: SignIn``
    how a person gets in: where a token is made, and what is to be asked.
``connect(settings: LiveSettings) -> Client``
    a client of the collector's own kind; no request is made yet.
``who(client) -> SignedIn``
    whose token it is, by one harmless request.
``streams(client) -> Sequence[str]``
    what can be pulled, most useful first; folders, calendars and the like are looked up.
``pull(client, stream, cursor) -> Iterator[Record]``
    what is new in a stream since the cursor (empty for a stream never read), each page followed
    by its ``Checkpoint``. Where nothing is new, it makes one request.
``estimate(settings) -> Estimate`` (where reading costs money)
    what a run is going to cost at most.

A collector never writes, prints, waits or reads a clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Options:
    """What the owner may tell a collector of exports.

    Args:
        columns: for tables, which column means what, as ``{"from": "src"}``.
        source: for tables, the source under which rows are kept.
        owner_name: the name the owner goes by, where people are known by name alone.
        date_order: ``dmy``, ``mdy`` or ``ymd``, where nothing in a file tells day from month.
        tone: texts that are passed over otherwise, as bodies of letters, are handed over, too.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    owner_name: str = ""
    date_order: str = ""
    tone: bool = False


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """What a collector of a live source needs to know.

    Args:
        token: the owner's access token or password; never logged, never kept.
        now: the moment of the run, aware UTC.
        base_url: where the source is; empty for the real one.
        user: the name one signs in with, where the token is a password.
        max_cost: stop before the run has cost more than this, in dollars; ``None`` for no cap.
        timeout_seconds: how long one request may take.
    """

    token: str = field(repr=False)
    now: datetime
    base_url: str = ""
    user: str = ""
    max_cost: float | None = None
    timeout_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class OAuth:
    """Signing in on a page of the source (RFC 6749 with the proof of RFC 7636, on loopback).

    Args:
        authorize: the page's address, or its path on the owner's own server.
        token: where a code is changed for a token, an address or a path likewise.
        scopes: what is asked for.
        register: where a client is registered by itself; empty where the owner makes one by hand.
    """

    authorize: str
    token: str
    scopes: tuple[str, ...]
    register: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a person gets in, in the words that ``roc connect`` shows.

    Args:
        name: the source as people write it.
        page: address of the page where the token is made; empty where the server's own has it.
        steps: what to do there, a sentence each.
        secret: what is asked for, such as ``access token`` or ``app password``.
        asks_address: the question for the server's address; empty where there is one server.
        asks_user: the question for the user's name; empty where the token says whose it is.
        days: how long a token lives, where that is known.
        oauth: how to sign in without making a token by hand, where the source offers it.
    """

    name: str
    page: str
    steps: tuple[str, ...]
    secret: str
    asks_address: str = ""
    asks_user: str = ""
    days: int | None = None
    oauth: OAuth | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose token it is.

    Args:
        account: the owner's account, as the source shows it.
        expires: when the token ends, aware UTC; ``None`` where the source does not say.
        lacking: scopes that some stream needs and the token lacks, where the source tells.
    """

    account: str
    expires: datetime | None = None
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a pull costs at most.

    Args:
        dollars: upper bound of the cost.
        reason: how it comes about, in a few words.
    """

    dollars: float
    reason: str
